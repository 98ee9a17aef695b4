//! The driver under random hosts, and under many reporters and calls.
// Properties of random input: the host is quicker at it.
#![cfg(not(target_arch = "wasm32"))]
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::print_stdout
)] // Helpers of tests.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write as _;

use proptest::prelude::*;
use skifteportal::api::{custom, CustomBody, CustomCall, PreparedCall, Service};
use skifteportal::environment::Environment;
use skifteportal::error::TransportFailure;
use skifteportal::http::{HttpResponse, Method};
use skifteportal::model::Timestamp;
use skifteportal::secret::Entropy;
use skifteportal::session::{
    Action, CallId, Certainty, CertificateThumbprint, Credentials, ExchangeId, RateBudget,
    ReporterId, Session, SessionError, SessionSettings,
};

const START: i64 = 1_700_000_000_000;

fn at(millis: i64) -> Timestamp {
    Timestamp::from_unix_millis(START + millis)
}

fn credentials(number: usize, client_id: &str) -> Credentials {
    let mut thumbprint = [0; 32];
    thumbprint[..8].copy_from_slice(&(number as u64).to_be_bytes());
    Credentials::ClientSecret {
        client_id: client_id.into(),
        client_secret: "geheim".into(),
        certificate: CertificateThumbprint(thumbprint),
        scope: "openid".into(),
    }
}

fn call(service: Service, method: Method) -> PreparedCall {
    let body = if method == Method::Get || method == Method::Delete {
        CustomBody::Empty
    } else {
        CustomBody::Json {
            bytes: b"{}".to_vec(),
        }
    };
    let call = custom(CustomCall {
        service,
        operation_id: "tested".into(),
        method,
        path: "/tested".into(),
        parameters: vec![],
        query: vec![],
        body,
    });
    call.unwrap().prepared().clone()
}

fn token(text: &str, expires_in: u32) -> HttpResponse {
    let body =
        format!(r#"{{"access_token":"{text}","expires_in":{expires_in},"token_type":"Bearer"}}"#);
    HttpResponse::new(200, [("Content-Type", "application/json")], body)
}

#[derive(Clone, Debug)]
enum Step {
    Submit { reporter: usize, kind: usize },
    Next { times: usize },
    NextFor { which: usize },
    Answer { which: usize, how: usize },
    Fail { which: usize, how: usize },
    Pass { millis: i64 },
    Cancel { which: usize },
    Replace { reporter: usize },
    Remove { reporter: usize },
    Invalidate { reporter: usize },
    Nonsense { number: u64 },
}

fn step() -> impl Strategy<Value = Step> {
    prop_oneof![
        6 => (0..4usize, 0..7usize).prop_map(|(reporter, kind)| Step::Submit { reporter, kind }),
        8 => (1..6usize).prop_map(|times| Step::Next { times }),
        4 => any::<usize>().prop_map(|which| Step::NextFor { which }),
        12 => (any::<usize>(), 0..16usize).prop_map(|(which, how)| Step::Answer { which, how }),
        3 => (any::<usize>(), 0..5usize).prop_map(|(which, how)| Step::Fail { which, how }),
        4 => prop_oneof![0..2000i64, 0..400_000i64, -5000..0i64].prop_map(|millis| Step::Pass { millis }),
        1 => any::<usize>().prop_map(|which| Step::Cancel { which }),
        1 => (0..4usize).prop_map(|reporter| Step::Replace { reporter }),
        1 => (0..4usize).prop_map(|reporter| Step::Remove { reporter }),
        1 => (0..4usize).prop_map(|reporter| Step::Invalidate { reporter }),
        1 => any::<u64>().prop_map(|number| Step::Nonsense { number }),
    ]
}

struct Out {
    call: Option<CallId>,
    /// What is asked for: the form, which names the client, or the direct token and adgangsprofil.
    token_key: Option<Vec<u8>>,
}

/// A host that notes what the session must never do.
struct Host {
    session: Session,
    now: i64,
    reporters: Vec<ReporterId>,
    calls: BTreeSet<CallId>,
    filings: BTreeSet<CallId>,
    /// Filings that the portal may have acted on.
    tainted: BTreeSet<CallId>,
    out: BTreeMap<ExchangeId, Out>,
    sent: u64,
    tokens: u64,
}

impl Host {
    fn take(&mut self, action: Action) -> bool {
        match action {
            Action::Send {
                exchange,
                request,
                call,
                reporter,
                ..
            } => {
                self.sent += 1;
                let token_key = call.is_none().then(|| {
                    let mut key = request.body.clone();
                    if let Some(reporter) = reporter {
                        key.extend(self.session.tls_certificate(reporter).unwrap().0);
                    }
                    key
                });
                if let Some(key) = &token_key {
                    let same = |out: &&Out| out.token_key.as_ref() == Some(key);
                    assert_eq!(
                        self.out.values().filter(same).count(),
                        0,
                        "two for one token"
                    );
                }
                if let Some(call) = call {
                    assert!(self.calls.contains(&call), "sent after its end");
                    assert!(!self.tainted.contains(&call), "a filing was sent twice");
                    assert!(
                        !self.out.values().any(|out| out.call == Some(call)),
                        "out twice at once"
                    );
                }
                self.out.insert(exchange, Out { call, token_key });
                true
            }
            Action::Done { call, outcome } => {
                assert!(self.calls.remove(&call), "ended twice");
                if let Err(failure) = outcome {
                    if self.tainted.contains(&call) {
                        assert_eq!(failure.certainty, Certainty::Unknown);
                    }
                    assert!(failure.attempts <= 40);
                }
                true
            }
            Action::Wait { until } | Action::Parked { until } => {
                assert!(until > at(self.now), "a pause that is over");
                false
            }
            Action::Idle => {
                assert!(self.calls.is_empty(), "idle with calls");
                false
            }
            other => panic!("{other:?}"),
        }
    }

    fn nth_out(&self, which: usize) -> Option<ExchangeId> {
        let keys: Vec<_> = self.out.keys().copied().collect();
        (!keys.is_empty()).then(|| keys[which % keys.len()])
    }

    fn answer(&mut self, exchange: ExchangeId, how: usize) {
        let out = self.out.remove(&exchange).unwrap();
        let none: [(&str, &str); 0] = [];
        let response = if out.call.is_none() && how < 8 {
            self.tokens += 1;
            token(
                &format!("t{}", self.tokens),
                [300, 300, 300, 60, 1, 0, 300, 300][how],
            )
        } else {
            match how {
                0..=4 => HttpResponse::new(200, none, "{}"),
                5 => HttpResponse::new(204, none, ""),
                6 | 8 => HttpResponse::new(401, none, ""),
                7 | 9 => HttpResponse::new(429, [("Retry-After", "3")], ""),
                10 => HttpResponse::new(429, none, ""),
                11 => HttpResponse::new(503, [("Retry-After", "1")], ""),
                12 => HttpResponse::new(500, none, ""),
                13 => HttpResponse::new(404, none, ""),
                14 => HttpResponse::new(429, [("Retry-After", "999999999999999999999")], ""),
                _ => HttpResponse::new(302, [("Location", "https://elsewhere.test")], ""),
            }
        };
        if let Some(call) = out.call.filter(|call| self.filings.contains(call)) {
            if response.status >= 500 || response.status < 400 {
                self.tainted.insert(call);
            }
        }
        let result = self.session.receive(at(self.now), exchange, response);
        assert!(matches!(
            result,
            Ok(()) | Err(SessionError::UnknownExchange)
        ));
    }

    fn fail(&mut self, exchange: ExchangeId, how: usize) {
        let out = self.out.remove(&exchange).unwrap();
        let reason = String::new();
        let failure = match how {
            0 => TransportFailure::NotSent { reason },
            1 => TransportFailure::ConnectFailed { reason },
            2 => TransportFailure::TlsRefused { reason },
            3 => TransportFailure::Broken { reason },
            _ => TransportFailure::TimedOut,
        };
        if let Some(call) = out.call.filter(|call| self.filings.contains(call)) {
            if failure.may_have_been_processed() {
                self.tainted.insert(call);
            }
        }
        let result = self.session.failed(at(self.now), exchange, failure);
        assert!(matches!(
            result,
            Ok(()) | Err(SessionError::UnknownExchange)
        ));
    }

    /// Time has passed: what has been out for too long counts as lost.
    fn pass(&mut self, millis: i64) {
        self.now += millis;
    }

    /// After asking the session, exchanges that it gave up are no longer the host's either.
    fn drop_lost(&mut self) {
        // The host cannot see which; a long pause in this test loses all that was out.
        for (_, out) in std::mem::take(&mut self.out) {
            if let Some(call) = out.call.filter(|call| self.filings.contains(call)) {
                self.tainted.insert(call);
            }
        }
    }

    fn step(&mut self, step: &Step) {
        let now = at(self.now);
        match *step {
            Step::Submit { reporter, kind } => {
                let (service, method) = [
                    (Service::Doedsbojournal, Method::Get),
                    (Service::Doedsbojournal, Method::Post),
                    (Service::Doedsbojournal, Method::Put),
                    (Service::Doedsbojournal, Method::Delete),
                    (Service::TvangsoploesningLikvidator, Method::Get),
                    (Service::TvangsoploesningLikvidator, Method::Post),
                    (Service::Retskreds, Method::Get),
                ][kind];
                let profil = (service == Service::TvangsoploesningLikvidator)
                    .then(|| format!("p{}", self.sent % 3).parse().unwrap());
                let id = self.reporters[reporter % self.reporters.len()];
                match self.session.submit(now, id, profil, call(service, method)) {
                    Ok(id) => {
                        assert!(self.calls.insert(id));
                        if method == Method::Post {
                            self.filings.insert(id);
                        }
                    }
                    Err(error) => assert!(matches!(
                        error,
                        SessionError::TooManyCalls { .. } | SessionError::UnknownReporter
                    )),
                }
            }
            Step::Next { times } => {
                for _ in 0..times {
                    let action = self.session.next(now);
                    if !self.take(action) {
                        break;
                    }
                }
            }
            Step::NextFor { which } => {
                let calls: Vec<_> = self.calls.iter().copied().collect();
                if let Some(call) = calls.get(which % calls.len().max(1)) {
                    let action = self.session.next_for(*call, now).unwrap();
                    self.take(action);
                }
            }
            Step::Answer { which, how } => {
                if let Some(exchange) = self.nth_out(which) {
                    self.answer(exchange, how);
                }
            }
            Step::Fail { which, how } => {
                if let Some(exchange) = self.nth_out(which) {
                    self.fail(exchange, how);
                }
            }
            Step::Pass { millis } => {
                if millis > 20_000 {
                    // Beyond every time-out of these settings: all that is out is lost.
                    self.drop_lost();
                }
                self.pass(millis);
            }
            Step::Cancel { which } => {
                let calls: Vec<_> = self.calls.iter().copied().collect();
                if let Some(call) = calls.get(which % calls.len().max(1)) {
                    self.session.cancel(*call).unwrap();
                    self.calls.remove(call);
                }
            }
            Step::Replace { reporter } => {
                let id = self.reporters[reporter % self.reporters.len()];
                let fresh = credentials(100 + usize::try_from(self.sent).unwrap(), "client-0");
                let _ = self.session.replace_credentials(id, fresh);
            }
            Step::Remove { reporter } => {
                let place = reporter % self.reporters.len();
                let _ = self.session.remove_reporter(self.reporters[place]);
                let fresh = credentials(200 + usize::try_from(self.sent).unwrap(), "client-1");
                self.reporters[place] = self.session.add_reporter(fresh).unwrap();
            }
            Step::Invalidate { reporter } => {
                let id = self.reporters[reporter % self.reporters.len()];
                let _ = self.session.invalidate_tokens(id);
            }
            Step::Nonsense { number } => {
                let exchange = ExchangeId::from_number(number);
                if !self.out.contains_key(&exchange) {
                    let none: [(&str, &str); 0] = [];
                    let response = HttpResponse::new(200, none, "");
                    // An exchange that the host has forgotten may still be out: leave it.
                    if number > 1 << 52 {
                        assert!(self.session.receive(now, exchange, response).is_err());
                    }
                }
                let _ = self
                    .session
                    .next_for(CallId::from_number(number | 1 << 53), now);
            }
        }
    }

    /// Every call ends when the host goes on answering.
    fn finish(&mut self) {
        let mut steps = 0;
        while !self.calls.is_empty() {
            steps += 1;
            assert!(steps < 4000, "{} calls do not end", self.calls.len());
            let action = self.session.next(at(self.now));
            let until = match &action {
                Action::Wait { until } | Action::Parked { until } => Some(*until),
                _ => None,
            };
            self.take(action);
            if let Some(until) = until {
                if let Some(exchange) = self.nth_out(steps) {
                    self.answer(exchange, steps % 6);
                } else {
                    self.now = until.unix_millis() - START;
                }
            }
        }
        let none: Vec<ExchangeId> = self.out.keys().copied().collect();
        for exchange in none {
            self.answer(exchange, 0);
        }
        self.pass(1_000_000_000);
        assert!(matches!(self.session.next(at(self.now)), Action::Idle));
        let stats = self.session.stats();
        assert_eq!(
            (stats.calls, stats.ended, stats.in_flight, stats.timers),
            (0, 0, 0, 0)
        );
        // What is left of the cache are the reporters' own places: no delegated ones.
        assert!(stats.tokens <= 2 * stats.reporters);
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 400, failure_persistence: None, ..ProptestConfig::default() })]
    #[test]
    fn any_host_is_served(
        steps in proptest::collection::vec(step(), 0..120),
        seed in any::<[u8; 32]>(),
        budget in proptest::option::of((1..20u32, 1..20u32)),
        most in 1..6u32,
        per_token in proptest::option::of(1..3u32),
    ) {
        let settings = SessionSettings {
            max_calls: 40,
            max_in_flight: most,
            max_in_flight_per_token: per_token,
            rate_budget: budget.map(|(calls, per_seconds)| RateBudget { calls, per_seconds }),
            timeout_seconds: 10,
            token_timeout_seconds: 10,
            lost_after_seconds: 10,
            ..SessionSettings::default()
        };
        let environment =
            Environment::custom("https://sts.test", "https://x.test", "https://api.test").unwrap();
        let mut session = Session::new(environment, settings, Entropy::new(seed));
        let reporters = (0..4)
            .map(|n| session.add_reporter(credentials(n, ["client-0", "client-1"][n % 2])).unwrap())
            .collect();
        let mut host = Host {
            session,
            now: 0,
            reporters,
            calls: BTreeSet::new(),
            filings: BTreeSet::new(),
            tainted: BTreeSet::new(),
            out: BTreeMap::new(),
            sent: 0,
            tokens: 0,
        };
        for step in &steps {
            host.step(step);
        }
        host.finish();
    }
}

/// Drives calls to their end, each answered at once; gives how many were sent for tokens.
fn drive(session: &mut Session, reporters: &[ReporterId], calls: usize, now: Timestamp) -> usize {
    let get = call(Service::Doedsbojournal, Method::Get);
    let none: [(&str, &str); 0] = [];
    let (mut submitted, mut done, mut tokens) = (0, 0, 0);
    while done < calls {
        while submitted < calls && submitted - done < 2000 {
            let reporter = reporters[submitted % reporters.len()];
            session.submit(now, reporter, None, get.clone()).unwrap();
            submitted += 1;
        }
        match session.next(now) {
            Action::Send { exchange, call, .. } => {
                let response = if call.is_none() {
                    tokens += 1;
                    token("t", 300)
                } else {
                    HttpResponse::new(200, none, "")
                };
                session.receive(now, exchange, response).unwrap();
            }
            Action::Done { outcome, .. } => {
                assert!(outcome.is_ok());
                done += 1;
            }
            other => panic!("{other:?}"),
        }
    }
    tokens
}

#[test]
#[allow(clippy::disallowed_methods)] // A test may look at the clock.
fn a_thousand_reporters_and_a_hundred_thousand_calls() {
    let environment =
        Environment::custom("https://sts.test", "https://x.test", "https://api.test").unwrap();
    let mut session = Session::new(
        environment,
        SessionSettings::default(),
        Entropy::new([1; 32]),
    );
    let reporters: Vec<_> = (0..1000)
        .map(|n| session.add_reporter(credentials(n, "bureau")).unwrap())
        .collect();
    assert_eq!(drive(&mut session, &reporters, 4000, at(0)), 1000);
    let before = session.stats();
    let started = std::time::Instant::now();
    assert_eq!(drive(&mut session, &reporters, 100_000, at(1000)), 0);
    let per_call = started.elapsed().as_nanos() / 100_000;
    let after = session.stats();
    println!("{per_call} ns per call, {} places", after.places);
    assert_eq!(
        after.places, before.places,
        "memory grew with finished calls"
    );
    assert_eq!((after.calls, after.in_flight), (0, 0));
    assert_eq!(after.timers, before.timers);
    assert_eq!(after.ended_total, 104_000);
}

#[test]
fn the_same_inputs_give_the_same_actions() {
    let run = || {
        let environment = Environment::test();
        let settings = SessionSettings::default();
        let mut session = Session::new(environment, settings, Entropy::new([9; 32]));
        let reporter = session.add_reporter(credentials(1, "a")).unwrap();
        for _ in 0..5 {
            let get = call(Service::Doedsbojournal, Method::Get);
            session.submit(at(0), reporter, None, get).unwrap();
        }
        let (mut seen, mut now) = (String::new(), 0);
        for turn in 0..200u16 {
            let action = session.next(at(now));
            // Writing to a String cannot fail.
            let _ = writeln!(seen, "{action:?}");
            match action {
                Action::Send { exchange, call, .. } if call.is_some() || turn < 2 => {
                    let none: [(&str, &str); 0] = [];
                    let response = HttpResponse::new(500 + turn % 4, none, "");
                    session.receive(at(now), exchange, response).unwrap();
                }
                Action::Send { exchange, .. } => {
                    session.receive(at(now), exchange, token("t", 300)).unwrap();
                }
                Action::Wait { until } => now = until.unix_millis() - START,
                _ => {}
            }
        }
        seen
    };
    let seen = run();
    assert_eq!(seen, run());
    assert!(!seen.contains("geheim"));
}

#[test]
fn a_session_can_be_sent_to_another_thread() {
    fn sendable<T: Send>() {}
    fn shared<T: Send + Sync>() {}
    sendable::<Session>();
    shared::<Action>();
    shared::<SessionError>();
}

#[test]
#[allow(clippy::disallowed_methods)] // Tests may read files.
fn a_signature_made_outside_gets_a_token() {
    use rsa::pkcs8::DecodePrivateKey as _;
    use sha2::Digest as _;
    use skifteportal::auth::AssertionSettings;
    use skifteportal::certificate::{Certificate, Chain};

    let folder = concat!(
        env!("CARGO_MANIFEST_DIR"),
        "/../tests/vectors/session/keys/"
    );
    let read = |name: &str| std::fs::read_to_string(format!("{folder}{name}")).unwrap();
    let certificate = |name: &str| {
        Certificate::from_pem(read(name).as_bytes())
            .unwrap()
            .remove(0)
    };
    let key = rsa::RsaPrivateKey::from_pkcs8_pem(&read("leaf.key")).unwrap();
    let settings = SessionSettings::default();
    let mut session = Session::new(Environment::test(), settings, Entropy::new([3; 32]));
    let detached = Credentials::Assertion {
        settings: AssertionSettings::new("https://reporter.test", "30808460"),
        chain: Chain::as_given(vec![certificate("leaf.pem"), certificate("root.pem")]).unwrap(),
        key: None,
        api_user: CertificateThumbprint([2; 32]),
        scope: "openid".into(),
    };
    let reporter = session.add_reporter(detached).unwrap();
    let get = call(Service::Doedsbojournal, Method::Get);
    session.submit(at(0), reporter, None, get).unwrap();
    // The first signature comes too late: the session asks for another one, over a new assertion.
    let mut inputs = BTreeSet::new();
    for millis in [0, 51_000] {
        let Action::Sign {
            signature,
            signing_input,
            ..
        } = session.next(at(millis))
        else {
            panic!("no signature asked for")
        };
        let digest = sha2::Sha256::digest(&signing_input);
        let bytes = key
            .sign(rsa::Pkcs1v15Sign::new::<sha2::Sha256>(), &digest)
            .unwrap();
        assert!(inputs.insert(signing_input));
        session.signed(at(51_000), signature, &bytes).unwrap();
    }
    let Action::Send {
        exchange, request, ..
    } = session.next(at(51_000))
    else {
        panic!("no token request")
    };
    assert!(request.body.starts_with(b"client_assertion_type="));
    session
        .receive(at(52_000), exchange, token("t", 300))
        .unwrap();
    assert!(matches!(
        session.next(at(52_000)),
        Action::Send { call: Some(_), .. }
    ));
}

#[test]
fn a_wish_for_a_token_shares_the_one_request() {
    let settings = SessionSettings::default();
    let mut session = Session::new(Environment::test(), settings, Entropy::new([4; 32]));
    let reporter = session.add_reporter(credentials(1, "a")).unwrap();
    let get = call(Service::Doedsbojournal, Method::Get);
    session.submit(at(0), reporter, None, get).unwrap();
    let wish = session.submit_token(at(0), reporter, None).unwrap();
    let Action::Send { exchange, .. } = session.next(at(0)) else {
        panic!("no token request")
    };
    assert!(matches!(
        session.next_for(wish, at(0)),
        Ok(Action::Parked { .. })
    ));
    session.receive(at(1), exchange, token("t", 300)).unwrap();
    let Ok(Action::Token { call, token }) = session.next_for(wish, at(1)) else {
        panic!("no token")
    };
    assert_eq!((call, token.access_token().expose()), (wish, "t"));
    assert_eq!(session.stats().token_requests_total, 1);
}
