//! Runs every script of `tests/vectors/session`; the README there describes the format, so that
//! other languages can run the same files.

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::print_stdout
)] // Helpers of tests.

use std::collections::BTreeMap;

use include_dir::{include_dir, Dir};
use serde_json::{json, Map, Value};
use skifteportal::api::{custom, doedsbo, CustomBody, CustomCall, Page, PreparedCall, Service};
use skifteportal::auth::{AssertionSettings, DEFAULT_SCOPE};
use skifteportal::certificate::{Certificate, Chain, PrivateKey};
use skifteportal::environment::Environment;
use skifteportal::error::TransportFailure;
use skifteportal::http::{HttpRequest, HttpResponse, Identity, Method};
use skifteportal::model::{DoedsbojournalQuery, Timestamp};
use skifteportal::rules::Checks;
use skifteportal::secret::Entropy;
use skifteportal::session::{
    Action, CallId, CertificateThumbprint, Credentials, ExchangeId, RateBudget, ReporterId,
    Session, SessionError, SessionSettings, SignatureId,
};
#[cfg(target_arch = "wasm32")]
use wasm_bindgen_test::wasm_bindgen_test as test;

/// 2023-11-14T22:13:20Z, second 0 of every script.
const START: i64 = 1_700_000_000_000;

/// The scripts are part of the test, because a wasm test has no file system.
static SCRIPTS: Dir<'_> = include_dir!("$CARGO_MANIFEST_DIR/../tests/vectors/session");

fn read(path: &str) -> &'static [u8] {
    let file = SCRIPTS.get_file(path);
    file.unwrap_or_else(|| panic!("there is no {path}"))
        .contents()
}

fn chain() -> Chain {
    let certificate = |name: &str| {
        let pem = read(&format!("keys/{name}"));
        Certificate::from_pem(pem).unwrap().remove(0)
    };
    Chain::as_given(vec![certificate("leaf.pem"), certificate("root.pem")]).unwrap()
}

fn key() -> PrivateKey {
    PrivateKey::from_pem(read("keys/leaf.key"), None).unwrap()
}

fn text<'a>(value: &'a Value, name: &str) -> &'a str {
    value[name]
        .as_str()
        .unwrap_or_else(|| panic!("no text {name} in {value}"))
}

fn credentials(value: &Value) -> Credentials {
    let certificate = |name: &str| {
        CertificateThumbprint([u8::from_str_radix(text(value, name), 16).unwrap(); 32])
    };
    match text(value, "variant") {
        "a" => Credentials::ClientSecret {
            client_id: text(value, "client_id").into(),
            client_secret: text(value, "client_secret").into(),
            certificate: certificate("certificate"),
            scope: DEFAULT_SCOPE.into(),
        },
        "b" => {
            let mut settings =
                AssertionSettings::new(text(value, "issuer"), text(value, "subject"));
            settings.include_iat = true;
            Credentials::Assertion {
                settings,
                chain: chain(),
                key: (value["detached"] != true).then(key),
                api_user: certificate("api_user"),
                scope: DEFAULT_SCOPE.into(),
            }
        }
        other => panic!("variant {other}"),
    }
}

fn settings(value: &Value) -> SessionSettings {
    let mut settings = SessionSettings::default();
    let empty = Map::new();
    for (name, value) in value.as_object().unwrap_or(&empty) {
        let number = || u32::try_from(value.as_u64().unwrap()).unwrap();
        match name.as_str() {
            "refresh_margin_seconds" => settings.refresh_margin_seconds = number(),
            "max_attempts" => settings.max_attempts = number(),
            "retry_deadline_seconds" => settings.retry_deadline_seconds = number(),
            "max_wait_seconds" => settings.max_wait_seconds = number(),
            "refusal_cool_down_seconds" => settings.refusal_cool_down_seconds = number(),
            "resend_refused_filings" => settings.resend_refused_filings = value == true,
            "rate_budget" => {
                let part = |name: &str| u32::try_from(value[name].as_u64().unwrap()).unwrap();
                settings.rate_budget = Some(RateBudget {
                    calls: part("calls"),
                    per_seconds: part("per_seconds"),
                });
            }
            "max_reporters" => settings.max_reporters = number(),
            "max_calls" => settings.max_calls = number(),
            "max_in_flight" => settings.max_in_flight = number(),
            "max_in_flight_per_token" => settings.max_in_flight_per_token = Some(number()),
            "max_response_bytes" => settings.max_response_bytes = number().into(),
            "timeout_seconds" => settings.timeout_seconds = number(),
            "lost_after_seconds" => settings.lost_after_seconds = number(),
            other => panic!("setting {other}"),
        }
    }
    settings
}

/// The kinds of calls that the README lists.
fn call(kind: &str) -> PreparedCall {
    let (service, method) = match kind {
        "search" => {
            let query = DoedsbojournalQuery::default();
            let call = doedsbo::search_bo(&query, Page::first(), &Checks::none()).unwrap();
            return call.prepared().clone();
        }
        "get" => (Service::Doedsbojournal, Method::Get),
        "file" => (Service::Doedsbojournal, Method::Post),
        "put" => (Service::Doedsbojournal, Method::Put),
        "delete" => (Service::Doedsbojournal, Method::Delete),
        "get for likvidator" => (Service::TvangsoploesningLikvidator, Method::Get),
        "get for either" => (Service::TvangsoploesningDirigent, Method::Get),
        "get without token" => (Service::Retskreds, Method::Get),
        other => panic!("call {other}"),
    };
    let body = match method {
        Method::Post | Method::Put => CustomBody::Json {
            bytes: b"{}".to_vec(),
        },
        Method::Get | Method::Delete => CustomBody::Empty,
    };
    let call = custom(CustomCall {
        service,
        operation_id: "scripted".into(),
        method,
        path: "/scripted".into(),
        parameters: vec![],
        query: vec![],
        body,
    });
    call.unwrap().prepared().clone()
}

fn response(value: &Value) -> HttpResponse {
    let mut headers: Vec<(String, String)> = vec![];
    for (name, header) in value["headers"].as_object().unwrap_or(&Map::new()) {
        headers.push((name.clone(), header.as_str().unwrap().into()));
    }
    let status = u16::try_from(value["status"].as_u64().unwrap()).unwrap();
    let body = match &value["body"] {
        Value::Null => vec![],
        Value::String(text) => text.clone().into_bytes(),
        json => {
            headers.push(("Content-Type".into(), "application/json".into()));
            json.to_string().into_bytes()
        }
    };
    HttpResponse::new(status, headers, body)
}

fn failure(name: &str) -> TransportFailure {
    let reason = String::from("scripted");
    match name {
        "not_sent" => TransportFailure::NotSent { reason },
        "connect_failed" => TransportFailure::ConnectFailed { reason },
        "tls_refused" => TransportFailure::TlsRefused { reason },
        "timed_out" => TransportFailure::TimedOut,
        "broken" => TransportFailure::Broken { reason },
        other => panic!("failure {other}"),
    }
}

/// The fields of a form, or the claims of the assertion in it.
fn form(request: &HttpRequest) -> BTreeMap<String, String> {
    let body = String::from_utf8(request.body.clone()).unwrap();
    let pairs = body.split('&').filter_map(|pair| pair.split_once('='));
    pairs.map(|(n, v)| (n.into(), v.into())).collect()
}

fn claims(jwt: &str) -> Value {
    use base64::Engine as _;
    let payload = jwt.split('.').nth(1).unwrap();
    let bytes = base64::engine::general_purpose::URL_SAFE_NO_PAD
        .decode(payload)
        .unwrap();
    serde_json::from_slice(&bytes).unwrap()
}

struct Run {
    session: Session,
    reporters: BTreeMap<String, ReporterId>,
    calls: BTreeMap<String, CallId>,
    exchanges: BTreeMap<String, ExchangeId>,
    signatures: BTreeMap<String, SignatureId>,
    jtis: Vec<String>,
    now: i64,
    waited: i64,
}

impl Run {
    fn time(&self) -> Timestamp {
        Timestamp::from_unix_millis(self.now)
    }

    fn step(&mut self, step: &Value) -> Result<(), SessionError> {
        match &step["at"] {
            Value::Null => {}
            Value::String(word) if word == "waited" => self.now = self.waited,
            at => {
                #[allow(clippy::cast_possible_truncation)]
                let millis = (at.as_f64().unwrap() * 1000.0).round() as i64;
                self.now = START + millis;
            }
        }
        let now = self.time();
        match text(step, "do") {
            "submit" => {
                let profil = step["adgangsprofil"].as_str().map(|p| p.parse().unwrap());
                let reporter = self.reporters[text(step, "reporter")];
                let id = self
                    .session
                    .submit(now, reporter, profil, call(text(step, "kind")))?;
                self.calls.insert(text(step, "call").into(), id);
            }
            "submit_token" => {
                let profil = step["adgangsprofil"].as_str().map(|p| p.parse().unwrap());
                let reporter = self.reporters[text(step, "reporter")];
                let id = self.session.submit_token(now, reporter, profil)?;
                self.calls.insert(text(step, "call").into(), id);
            }
            "invalidate_tokens" => {
                let reporter = self.reporters[text(step, "reporter")];
                self.session.invalidate_tokens(reporter)?;
            }
            "next" => {
                let action = self.session.next(now);
                self.expect(action, &step["expect"]);
            }
            "next_for" => {
                let action = self.session.next_for(self.calls[text(step, "call")], now)?;
                self.expect(action, &step["expect"]);
            }
            "receive" => {
                let exchange = self.exchanges[text(step, "exchange")];
                self.session.receive(now, exchange, response(step))?;
            }
            "failed" => {
                let exchange = self.exchanges[text(step, "exchange")];
                let failure = failure(text(step, "failure"));
                self.session.failed(now, exchange, failure)?;
            }
            "sign_failed" => {
                let signature = self.signatures[text(step, "signature")];
                self.session.sign_failed(now, signature, "no card")?;
            }
            "signed" => {
                let signature = self.signatures[text(step, "signature")];
                self.session.signed(now, signature, &[0; 256])?;
            }
            "cancel" => {
                let certainty = self.session.cancel(self.calls[text(step, "call")])?;
                assert_eq!(certainty.as_str(), text(step, "certainty"));
            }
            "remove_reporter" => {
                let reporter = self.reporters[text(step, "reporter")];
                self.session.remove_reporter(reporter)?;
            }
            "replace_credentials" => {
                let reporter = self.reporters[text(step, "reporter")];
                let credentials = credentials(&step["credentials"]);
                self.session.replace_credentials(reporter, credentials)?;
            }
            "clock_offset" => {
                let offset = json!(self.session.clock_offset_millis());
                assert_eq!(offset, step["milliseconds"]);
            }
            other => panic!("do {other}"),
        }
        Ok(())
    }

    #[allow(clippy::too_many_lines)] // One arm for each action.
    fn expect(&mut self, action: Action, expected: &Value) {
        let mut seen = Map::new();
        let mut see = |name: &str, value: Value| seen.insert(name.into(), value);
        match action {
            Action::Send {
                exchange,
                request,
                reporter,
                call,
                ..
            } => {
                if let Some(name) = expected["as"].as_str() {
                    self.exchanges.insert(name.into(), exchange);
                    see("as", json!(name));
                }
                see("action", json!("send"));
                see("method", json!(request.method.as_str()));
                see("url", json!(request.url));
                see("authorization", json!(request.header("authorization")));
                see("call", json!(name_of(&self.calls, call)));
                see("reporter", json!(name_of(&self.reporters, reporter)));
                let identity = match request.identity {
                    Identity::None => "none",
                    Identity::Reporter => "reporter",
                    Identity::ApiUser => "api_user",
                };
                see("identity", json!(identity));
                let form = form(&request);
                see("actor_token", json!(form.get("actor_token")));
                see("client_secret", json!(form.get("client_secret")));
                if let Some(jwt) = form.get("client_assertion") {
                    let claims = claims(jwt);
                    let jti = claims["jti"].as_str().unwrap().to_owned();
                    assert!(!self.jtis.contains(&jti), "a jti was used again");
                    self.jtis.push(jti);
                    let since = claims["iat"].as_i64().unwrap() - START / 1000;
                    see("assertion_issued_at", json!(since));
                }
            }
            Action::Sign {
                signature,
                reporter,
                algorithm,
                ..
            } => {
                if let Some(name) = expected["as"].as_str() {
                    self.signatures.insert(name.into(), signature);
                    see("as", json!(name));
                }
                see("action", json!("sign"));
                see("reporter", json!(name_of(&self.reporters, Some(reporter))));
                see("algorithm", json!(algorithm.as_str()));
            }
            Action::Wait { until } | Action::Parked { until } if until.unix_millis() < self.now => {
                panic!("a wait that is over")
            }
            Action::Wait { until } => {
                self.waited = until.unix_millis();
                see("action", json!("wait"));
                see("until", json!(self.waited - START));
                if let Some(range) = expected["between"].as_array() {
                    let (from, to) = (range[0].as_i64().unwrap(), range[1].as_i64().unwrap());
                    let at = self.waited - START;
                    assert!((from..=to).contains(&at), "waits until {at} ms");
                    see("between", expected["between"].clone());
                }
            }
            Action::Parked { until } => {
                self.waited = until.unix_millis();
                see("action", json!("parked"));
                see("until", json!(self.waited - START));
            }
            Action::Done { call, outcome } => {
                see("action", json!("done"));
                see("call", json!(name_of(&self.calls, Some(call))));
                match outcome {
                    Ok(response) => {
                        see("status", json!(response.status));
                    }
                    Err(failure) => {
                        see("code", json!(failure.code()));
                        see("certainty", json!(failure.certainty.as_str()));
                        see("retry", json!(failure.retry().as_str()));
                        see("attempts", json!(failure.attempts));
                        see("may_be_own_effect", json!(failure.may_be_own_effect));
                        let kind = failure.portal_error().map(|e| e.kind().as_str());
                        see("kind", json!(kind));
                        see("status", json!(failure.response.as_ref().map(|r| r.status)));
                    }
                }
            }
            Action::Token { call, token } => {
                see("action", json!("token"));
                see("call", json!(name_of(&self.calls, Some(call))));
                see("kind", json!(token.kind().as_str()));
                see("access_token", json!(token.access_token().expose()));
            }
            Action::Idle => {
                see("action", json!("idle"));
            }
            other => panic!("{other:?}"),
        }
        for (name, value) in expected.as_object().expect("expect") {
            assert_eq!(
                seen.get(name),
                Some(value),
                "{name}; all that was seen: {}",
                Value::Object(seen.clone())
            );
        }
    }
}

fn name_of<T: PartialEq>(names: &BTreeMap<String, T>, id: Option<T>) -> Option<&str> {
    let id = id?;
    let found = names.iter().find(|(_, known)| **known == id);
    found.map(|(name, _)| name.as_str())
}

fn run(path: &str) {
    let script: Value = serde_json::from_slice(read(path)).unwrap();
    let entropy = Entropy::new([7; 32]);
    let session = Session::new(
        Environment::custom(
            "https://sts.test",
            "https://exchange.test",
            "https://api.test",
        )
        .unwrap(),
        settings(&script["settings"]),
        entropy,
    );
    let mut run = Run {
        session,
        reporters: BTreeMap::new(),
        calls: BTreeMap::new(),
        exchanges: BTreeMap::new(),
        signatures: BTreeMap::new(),
        jtis: vec![],
        now: START,
        waited: START,
    };
    for (name, value) in script["reporters"].as_object().unwrap() {
        let id = run.session.add_reporter(credentials(value)).unwrap();
        run.reporters.insert(name.clone(), id);
    }
    for (at, step) in script["steps"].as_array().unwrap().iter().enumerate() {
        println!("{path} step {at}: {step}");
        let error = run.step(step).err().map(|error| error.code());
        assert_eq!(json!(error), step["error"], "step {at}");
        for secret in ["geheim", "direct-", "delegated-"] {
            assert!(!format!("{:?}", run.session).contains(secret));
        }
    }
}

macro_rules! scripts {
    ($($name:ident)+) => {
        $(#[test]
        fn $name() {
            run(concat!(stringify!($name), ".json"));
        })+

        #[test]
        fn every_script_is_run() {
            let names = [$(stringify!($name)),+];
            for file in SCRIPTS.files() {
                let path = file.path();
                if path.extension().is_some_and(|e| e == "json") {
                    let name = path.file_stem().unwrap().to_str().unwrap();
                    assert!(names.contains(&name), "{name} is not run");
                }
            }
        }
    };
}

scripts! {
    a_401_is_answered_by_one_fresh_token
    a_401_on_a_delegated_call_exchanges_again
    a_429_holds_the_whole_client
    a_budget_spreads_the_calls
    a_call_that_never_left_needs_no_look
    a_cancelled_call_leads_to_nothing
    a_clock_offset_is_learned_from_a_refusal
    a_clock_set_back_stops_nothing
    a_deleted_resource_may_be_our_own_effect
    a_fetch_is_tried_again_after_a_server_error
    a_filing_is_not_resent_after_401_where_the_host_says_so
    a_filing_is_not_sent_twice_after_a_time_out
    a_filing_that_never_left_is_sent_again
    a_long_retry_after_fails_the_call
    a_lost_exchange_is_given_up
    a_newer_token_is_used_after_401
    a_refused_exchange_renews_the_direct_token
    a_retry_after_date_counts_from_date
    a_second_401_ends_the_call
    a_short_token_keeps_half_its_life
    a_signature_is_made_outside
    a_token_is_handed_out_to_who_asks
    a_token_is_renewed_before_it_ends
    a_token_request_is_tried_again_with_a_new_jti
    a_too_large_answer_is_refused
    a_wrong_secret_ends_all_waiting_calls
    an_adgangsprofil_is_exchanged_once
    answering_twice_is_an_error
    limits_are_errors
    new_credentials_take_over
    one_call_is_driven_by_its_own_thread
    one_token_request_for_many_calls
    operations_without_token_need_none
    other_clients_go_on_after_429
    the_same_seed_gives_the_same_pauses
}
