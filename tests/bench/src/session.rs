//! A session of 1,000 reporters and 100,000 calls.

use std::hint::black_box;
use std::time::{Duration, Instant};

use skifteportal::api::PreparedCall;
use skifteportal::auth::{TokenKind, DEFAULT_SCOPE};
use skifteportal::environment::Environment;
use skifteportal::http::{HttpRequest, HttpResponse};
use skifteportal::session::{
    Action, CallOutcome, CertificateThumbprint, Credentials, ExchangeId, ReporterId, Session,
    SessionSettings,
};

use crate::fixture::{self, entropy, now};
use crate::memory::count;
use crate::table::{bytes, time, Table};
use crate::timing::Spread;
use crate::Outcome;

const REPORTERS: u32 = 1_000;
const CALLS: u32 = 100_000;
/// The calls that are timed together; what they leave behind is dropped outside of the time.
const BATCH: u32 = 1_000;
const ROUNDS: u32 = 11;

pub(crate) fn run(table: &mut Table) -> Outcome {
    table.section("A session of 1,000 reporters and 100,000 calls");
    let (reporters, opened) = count(Bench::open);
    let mut bench = reporters?;
    let held = u64::try_from(opened.held).unwrap_or(0);
    table.row(
        "1,000 reporters, each with its token",
        format!("holds {}", bytes(held)),
        "–",
        "what the session and its 1,000 tokens of 1.2 kB take",
    );

    let building = building(&bench)?;
    let steady = bench.rounds(Bench::steady)?;
    let after = |spread: Spread| spread.median - building.median;
    driver(
        table,
        "call after call",
        steady,
        after(steady),
        "submit, next, receive, next until done, one call at a time; without building",
    );
    let waves = bench.rounds(Bench::waves)?;
    driver(
        table,
        "64 in flight",
        waves,
        after(waves),
        "1,000 calls submitted at once, as many out as the settings allow",
    );
    let flood = bench.rounds_of_all(Bench::flood)?;
    driver(
        table,
        "100,000 at once",
        flood,
        after(flood),
        "all calls submitted before the first is sent",
    );
    table.row(
        "of that, building the request",
        time(building),
        "–",
        "`PreparedCall::to_request`: URL, headers with the token",
    );
    growth(table)
}

fn driver(table: &mut Table, what: &str, whole: Spread, driver: f64, meaning: &str) {
    let part = format!("driver alone **{:.2} µs** a call", driver / 1e3);
    table.row(
        what,
        format!("{part}, with building {}", time(whole)),
        "aim: under 2 µs",
        meaning,
    );
}

/// Building the same requests without a session.
fn building(bench: &Bench) -> Outcome<Spread> {
    let environment = Environment::test();
    let token = fixture::token(TokenKind::Direct)?;
    let mut samples = Vec::new();
    for _ in 0..ROUNDS * (CALLS / BATCH) / 4 {
        let mut kept = Vec::with_capacity(BATCH as usize);
        let start = Instant::now();
        for _ in 0..BATCH {
            kept.push(bench.call.to_request(&environment, Some(&token))?);
        }
        samples.push(start.elapsed().as_secs_f64() * 1e9 / f64::from(BATCH));
        black_box(kept);
    }
    Ok(Spread::of(samples))
}

/// Allocations and bytes over N and 2 N calls, in a session that has done nothing before.
fn growth(table: &mut Table) -> Outcome {
    let mut bench = Bench::open()?;
    let environment = Environment::test();
    let token = fixture::token(TokenKind::Direct)?;
    let (_, request) = count(|| black_box(bench.call.to_request(&environment, Some(&token))));
    let (_, answered) = count(|| black_box(answer("[]")));
    let mut round = || -> Outcome<_> {
        let (result, memory) =
            count(|| (0..CALLS / BATCH).try_for_each(|_| bench.steady().map(drop)));
        result?;
        Ok(memory)
    };
    let (first, second) = (round()?, round()?);
    table.row(
        "allocations per call",
        format!(
            "{:.2}, of which {} build the request and {} the answer",
            per_call(second.allocations),
            request.allocations,
            answered.allocations
        ),
        "–",
        "the rest is the driver's",
    );
    table.row(
        "bytes held more after 100,000 calls, and after 100,000 more",
        format!("{} B, {} B", first.held, second.held),
        "aim: no growth",
        "requests and answers are dropped by then",
    );
    let (submitted, memory) = count(|| (0..CALLS).try_for_each(|_| bench.submit()));
    submitted?;
    table.row(
        "100,000 calls waiting",
        format!(
            "{:.0} B a call, peak {:.0} B",
            per_call(u64::try_from(memory.held)?),
            per_call(u64::try_from(memory.peak)?)
        ),
        "–",
        "beyond what was held before; the payload excepted, which is shared with the caller",
    );
    Ok(())
}

#[allow(clippy::cast_precision_loss)] // Far below 2^52.
fn per_call(count: u64) -> f64 {
    count as f64 / f64::from(CALLS)
}

struct Bench {
    session: Session,
    reporters: Vec<ReporterId>,
    call: PreparedCall,
    turn: usize,
}

/// What a timed batch leaves behind.
type Remains = (Duration, Vec<HttpRequest>, Vec<CallOutcome>);

impl Bench {
    fn open() -> Outcome<Self> {
        let settings = SessionSettings::default();
        let mut session = Session::new(Environment::test(), settings, entropy());
        let mut reporters = Vec::with_capacity(REPORTERS as usize);
        for number in 0..REPORTERS {
            reporters.push(session.add_reporter(Credentials::ClientSecret {
                client_id: format!("client-{number}"),
                client_secret: format!("secret-{number}").into(),
                certificate: CertificateThumbprint([7; 32]),
                scope: DEFAULT_SCOPE.into(),
            })?);
        }
        for reporter in &reporters {
            session.submit_token(now(), *reporter, None)?;
        }
        let secret = fixture::access_token();
        let token = format!(
            r#"{{"access_token":"{}","expires_in":86400,"token_type":"Bearer"}}"#,
            secret.expose()
        );
        loop {
            match session.next(now()) {
                Action::Send { exchange, .. } => {
                    session.receive(now(), exchange, answer(&token))?;
                }
                Action::Idle => break,
                _ => {}
            }
        }
        Ok(Self {
            session,
            reporters,
            call: fixture::get_all_krav()?.prepared().clone(),
            turn: 0,
        })
    }

    /// Time per call, over all batches of all rounds.
    fn rounds(&mut self, batch: fn(&mut Self) -> Outcome<Remains>) -> Outcome<Spread> {
        let mut samples = Vec::new();
        batch(self)?;
        for _ in 0..ROUNDS * (CALLS / BATCH) {
            let (time, ..) = batch(self)?;
            samples.push(time.as_secs_f64() * 1e9 / f64::from(BATCH));
        }
        Ok(Spread::of(samples))
    }

    /// Time per call, where a batch is all 100,000 calls.
    fn rounds_of_all(&mut self, all: fn(&mut Self) -> Outcome<Remains>) -> Outcome<Spread> {
        let mut samples = Vec::new();
        all(self)?;
        for _ in 0..ROUNDS {
            let (time, ..) = all(self)?;
            samples.push(time.as_secs_f64() * 1e9 / f64::from(CALLS));
        }
        Ok(Spread::of(samples))
    }

    fn submit(&mut self) -> Outcome {
        // A step that is prime to their number, so that neighbours in time are none in memory.
        self.turn = (self.turn + 337) % self.reporters.len();
        let reporter = self.reporters.get(self.turn).ok_or("no reporter")?;
        let call = self.call.clone();
        self.session.submit(now(), *reporter, None, call)?;
        Ok(())
    }

    fn steady(&mut self) -> Outcome<Remains> {
        let mut answers = answers(BATCH);
        let (mut requests, mut outcomes) = room(BATCH);
        let start = Instant::now();
        for _ in 0..BATCH {
            self.submit()?;
            let Action::Send {
                exchange, request, ..
            } = self.session.next(now())
            else {
                return Err("nothing to send".into());
            };
            let answer = answers.pop().ok_or("no answer left")?;
            self.session.receive(now(), exchange, answer)?;
            let Action::Done { outcome, .. } = self.session.next(now()) else {
                return Err("not done".into());
            };
            requests.push(request);
            outcomes.push(outcome);
        }
        Ok((start.elapsed(), requests, outcomes))
    }

    fn waves(&mut self) -> Outcome<Remains> {
        self.submitted_first(BATCH)
    }

    fn flood(&mut self) -> Outcome<Remains> {
        self.submitted_first(CALLS)
    }

    fn submitted_first(&mut self, calls: u32) -> Outcome<Remains> {
        let mut answers = answers(calls);
        let (mut requests, mut outcomes) = room(calls);
        let mut out: Vec<ExchangeId> = Vec::with_capacity(64);
        let start = Instant::now();
        for _ in 0..calls {
            self.submit()?;
        }
        loop {
            match self.session.next(now()) {
                Action::Send {
                    exchange, request, ..
                } => {
                    requests.push(request);
                    out.push(exchange);
                }
                Action::Done { outcome, .. } => outcomes.push(outcome),
                Action::Parked { .. } => {
                    for exchange in out.drain(..) {
                        let answer = answers.pop().ok_or("no answer left")?;
                        self.session.receive(now(), exchange, answer)?;
                    }
                }
                Action::Idle => break,
                other => return Err(format!("unexpected: {other:?}").into()),
            }
        }
        let time = start.elapsed();
        if outcomes.len() != calls as usize || outcomes.iter().any(Result::is_err) {
            return Err("a call was lost".into());
        }
        Ok((time, requests, outcomes))
    }
}

fn answer(body: &str) -> HttpResponse {
    HttpResponse::new(200, [("Content-Type", "application/json")], body)
}

fn answers(count: u32) -> Vec<HttpResponse> {
    (0..count).map(|_| answer("[]")).collect()
}

fn room(count: u32) -> (Vec<HttpRequest>, Vec<CallOutcome>) {
    let count = count as usize;
    (Vec::with_capacity(count), Vec::with_capacity(count))
}
