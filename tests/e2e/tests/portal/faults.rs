//! Every fault at every step, once and for ever: what the host reports against what the sandbox
//! knows.

use serde_json::{json, Value};
use skifteportal::api::{doedsbo, henvendelse, BilagUpload, Page};
use skifteportal::error::Language;
use skifteportal::model::{DoedsbojournalQuery, Henvendelse, Henvendelsestraad, KravId};
use skifteportal::session::{Certainty, ReporterId, SessionSettings};
use skifteportal_e2e::{always, once, quick, Cast, Truth, World, FAKTURA};
use skifteportal_example::HostFailure;
use skifteportal_sandbox::fault::Host;
use skifteportal_sandbox::portal::seed;
use skifteportal_sandbox::ServerCertificate;
use tokio::task::JoinSet;

#[derive(Clone, Copy, Debug, PartialEq)]
enum Step {
    TokenA,
    TokenB,
    Exchange,
    Search,
    Add,
    Upload,
    Update,
    Delete,
}

use Step::{Add, Delete, Exchange, Search, TokenA, TokenB, Update, Upload};

const STEPS: [Step; 8] = [
    TokenA, TokenB, Exchange, Search, Add, Upload, Update, Delete,
];

/// What goes wrong, and the code that a call ends with where it does not get over it.
#[derive(Clone, Debug)]
enum Ruin {
    /// A fault of the sandbox.
    Rule(&'static str, Value),
    /// The host shows an expired certificate.
    Certificate,
    /// All tokens are revoked.
    Revoked,
}

fn ruins() -> Vec<Ruin> {
    let status = |status: u16| json!({ "kind": "status", "status": status });
    let limited = |after: &str| json!({ "kind": "status", "status": 429, "retryAfter": after });
    let lost = json!({ "kind": "status", "status": 500, "afterProcessing": true });
    let kind = |kind: &str| json!({ "kind": kind });
    vec![
        Ruin::Rule(
            "network.timed_out",
            json!({ "kind": "latency", "ms": 3000 }),
        ),
        Ruin::Rule("http.401", status(401)),
        Ruin::Rule("http.429", limited("1")),
        Ruin::Rule("http.429", limited("Sun, 06 Nov 1994 08:49:37 GMT")),
        Ruin::Rule("http.500", status(500)),
        Ruin::Rule("http.500", lost),
        Ruin::Rule("http.503", status(503)),
        Ruin::Rule("http.502", kind("html502")),
        Ruin::Rule("network.broken", kind("dropBefore")),
        Ruin::Rule("network.broken", kind("dropAfterProcessing")),
        Ruin::Rule("network.broken", kind("truncate")),
        Ruin::Rule("body.not_json", kind("garbage")),
        Ruin::Certificate,
        Ruin::Revoked,
    ]
}

impl Ruin {
    fn code(&self) -> &'static str {
        match self {
            Self::Rule(code, _) => code,
            Self::Certificate => "network.server_certificate_invalid",
            Self::Revoked => "http.401",
        }
    }

    /// Whether the portal has done what it was asked, when this gets in the way.
    fn comes_late(&self) -> bool {
        let Self::Rule(_, fault) = self else {
            return false;
        };
        fault["afterProcessing"] == true
            || ["latency", "dropAfterProcessing", "truncate"]
                .contains(&fault["kind"].as_str().unwrap())
    }

    fn is_latency(&self) -> bool {
        self.code() == "network.timed_out"
    }
}

/// How a call ends.
#[derive(Clone, Copy, Debug, PartialEq)]
enum End {
    Done,
    Failed(Certainty),
}

const NOT: End = End::Failed(Certainty::NotProcessed);
const UNKNOWN: End = End::Failed(Certainty::Unknown);

/// What the session promises, by its documentation.
#[allow(clippy::match_same_arms, reason = "each arm has a reason of its own")]
fn promised(step: Step, ruin: &Ruin, forever: bool) -> End {
    let Ruin::Rule(code, _) = ruin else {
        return match ruin {
            Ruin::Certificate => NOT,
            _ => End::Done,
        };
    };
    match (step, *code) {
        // A refused token request is not made again, unless a new direct token may help it.
        (TokenA | TokenB, "http.401") => NOT,
        // Before there is a token nothing is filed, whatever becomes of the request for it.
        (TokenA | TokenB | Exchange, _) if forever => NOT,
        (TokenA | TokenB | Exchange, _) => End::Done,
        // The portal did it; what it said of it cannot be read.
        (Add | Search, "body.not_json") => End::Failed(Certainty::Processed),
        // What these are answered with is not stated, so that anything will do.
        (Upload | Update | Delete, "body.not_json") => End::Done,
        (_, "http.401" | "http.429") if forever => NOT,
        (_, "http.401" | "http.429") => End::Done,
        (Add | Upload, _) => UNKNOWN,
        (_, _) if forever => UNKNOWN,
        (_, _) => End::Done,
    }
}

impl Step {
    /// The requests of this step.
    fn requests(self) -> (Host, &'static str, &'static str) {
        match self {
            TokenA | TokenB => (Host::Sysauth, "POST", "/realms/**"),
            Exchange => (Host::Auth, "POST", "/token"),
            Search => (Host::Api, "POST", "/doedsbojournaler"),
            Add => (Host::Api, "POST", "/doedsbojournaler/*/krav"),
            Upload => (Host::Api, "POST", "/doedsbojournaler/*/krav/*/bilag"),
            Update => (Host::Api, "PUT", "/doedsbojournaler/*/krav/*"),
            Delete => (Host::Api, "DELETE", "/doedsbojournaler/*/krav/*"),
        }
    }

    /// How the path of the request ends that must not have its effect twice.
    fn filing(self) -> Option<&'static str> {
        match self {
            TokenA | TokenB | Add => Some("/krav"),
            Exchange => Some("/henvendelseTraade"),
            Upload => Some("/bilag"),
            Search | Update | Delete => None,
        }
    }

    fn reporter(self, cast: &Cast) -> ReporterId {
        match self {
            TokenB => cast.by_assertion,
            Exchange => cast.system,
            _ => cast.reporter,
        }
    }

    /// The step's call.
    async fn perform(self, cast: &Cast, krav: &KravId) -> Result<(), HostFailure> {
        let (bo, checks) = (World::bo(), World::checks());
        let (host, reporter) = (&cast.host, self.reporter(cast));
        match self {
            TokenA | TokenB | Add => {
                let filed = host.call(reporter, &World::add_krav()).await?;
                assert!(filed.id.is_some() && filed.kvittering.is_some());
            }
            Exchange => {
                let traad = Henvendelsestraad {
                    sag_id: Some(seed::SAG_OPEN.parse().unwrap()),
                    henvendelser: Some(vec![Henvendelse {
                        tekst: Some("Nyt i sagen?".into()),
                        ..Henvendelse::default()
                    }]),
                    ..Henvendelsestraad::default()
                };
                let send = henvendelse::add_traad(&traad, &checks).unwrap();
                cast.likvidator(&send).await?;
            }
            Search => {
                let query = DoedsbojournalQuery::from_cpr(seed::CPR_OPEN.parse().unwrap());
                let search = doedsbo::search_bo(&query, Page::first(), &checks).unwrap();
                assert_eq!(host.call(reporter, &search).await?.total, Some(1));
            }
            Upload => {
                let pdf = BilagUpload::new("faktura.pdf", FAKTURA);
                let upload = doedsbo::upload_krav_bilag(&bo, krav, pdf, &checks).unwrap();
                host.call(reporter, &upload).await?;
            }
            Update => {
                let mut changed = World::krav();
                changed.beloeb = Some("99.50".parse().unwrap());
                let update = doedsbo::update_krav(&bo, krav, &changed, &checks).unwrap();
                host.call(reporter, &update).await?;
            }
            Delete => {
                host.call(reporter, &doedsbo::delete_krav(&bo, krav))
                    .await?;
            }
        }
        Ok(())
    }

    /// How often the call has had its effect, by the sandbox's own word.
    async fn effects(self, observer: &Cast, truth: &Truth, krav: &KravId) -> u64 {
        match self {
            TokenA | TokenB | Add => truth.count(seed::BO_OPEN, "krav") - 1,
            Exchange => truth.threads() as u64,
            Upload => truth.count(seed::BO_OPEN, "bilag"),
            Delete => truth.count(seed::BO_OPEN, "slettede"),
            Update => {
                let get = doedsbo::get_krav(&World::bo(), krav);
                let read = observer.call(&get).await.unwrap();
                u64::from(read.beloeb.unwrap().to_string() == "99.50")
            }
            Search => 0,
        }
    }
}

/// How often a cell is played in which the fault never struck.
const TRIES: usize = 20;

/// Plays one cell of the matrix, and says what is wrong with it.
async fn play(world: &World, step: Step, ruin: &Ruin, forever: bool) -> Vec<String> {
    for _ in 0..TRIES {
        // On a busy machine, the host's short patience may end before its request has arrived.
        let wrong = cell(world, step, ruin, forever).await;
        let Some(wrong) = wrong else { continue };
        return wrong;
    }
    vec!["nothing went wrong at all".to_owned()]
}

/// One cell: what is wrong with it, if the fault struck.
async fn cell(world: &World, step: Step, ruin: &Ruin, forever: bool) -> Option<Vec<String>> {
    let sandbox = &world.sandbox;
    sandbox.reset();
    // Its calls meet no fault. It is a new one each time: a connection of the last one's may be
    // about to close, for the certificate was changed.
    let observer = Cast::assemble(sandbox, quick());
    let filed = observer.call(&World::add_krav()).await.unwrap();
    let krav = filed.id.unwrap();
    let seconds = if ruin.is_latency() { 2 } else { 30 };
    // A busy machine may be late by itself more often than the fault strikes.
    let max_attempts = if ruin.is_latency() && !forever { 10 } else { 2 };
    let settings = SessionSettings {
        max_attempts,
        timeout_seconds: seconds,
        token_timeout_seconds: seconds,
        refusal_cool_down_seconds: 0,
        ..quick()
    };
    let cast = Cast::assemble(sandbox, settings);
    let (host, method, path) = step.requests();
    if host != Host::Sysauth || matches!(ruin, Ruin::Revoked) {
        let reporter = step.reporter(&cast);
        cast.host.token(reporter, None).await.unwrap();
    }
    match ruin {
        Ruin::Rule(_, fault) if forever => sandbox.fault(always(host, method, path, fault)),
        Ruin::Rule(_, fault) => sandbox.fault(once(host, method, path, fault)),
        Ruin::Certificate => sandbox.show_certificate(host, ServerCertificate::Expired),
        Ruin::Revoked => sandbox.revoke_tokens(),
    }
    let result = step.perform(&cast, &krav).await;
    sandbox.clear_faults();
    sandbox.show_certificate(host, ServerCertificate::Valid);
    let truth = Truth::of(sandbox).await;
    if ruin.is_latency() && truth.faults() == 0 {
        return None;
    }
    let effects = step.effects(&observer, &truth, &krav).await;

    let mut wrong = Vec::new();
    let end = match &result {
        Ok(()) => End::Done,
        Err(failure) => End::Failed(failure.certainty()),
    };
    if end != promised(step, ruin, forever) {
        wrong.push(format!("ended as {end:?}: {result:?}"));
    }
    let possible = match end {
        _ if step == Search => 0..=0,
        End::Done | End::Failed(Certainty::Processed) => 1..=1,
        End::Failed(Certainty::NotProcessed) => 0..=0,
        End::Failed(Certainty::Unknown) => 0..=1,
    };
    if !possible.contains(&effects) {
        wrong.push(format!("{end:?} was reported and had {effects} effects"));
    }
    if matches!(step, Add | Upload) && end == UNKNOWN && effects != u64::from(ruin.comes_late()) {
        wrong.push(format!("the sandbox itself had {effects} effects"));
    }
    if matches!(ruin, Ruin::Rule(..)) && truth.faults() == 0 {
        wrong.push("nothing went wrong at all".to_owned());
    }
    if let Some(ending) = step.filing() {
        // The observer has filed the krav that the others are about.
        let own = u64::from(ending == "/krav");
        let handled = truth.requests(Host::Api, "POST", ending);
        let handled = handled.iter().filter(|request| {
            request.processed
                && (request.fault.is_some() || request.status.is_none_or(|status| status < 400))
        });
        let handled = handled.count() as u64;
        if handled > own + 1 {
            wrong.push(format!("handled {handled} times"));
        }
    }
    if let Err(failure) = &result {
        wrong.extend(badly_typed(ruin, failure));
    }
    // What has failed is over: the next call is an ordinary one. Only a 429 keeps all away.
    if ruin.code() != "http.429" {
        let list = doedsbo::get_all_krav(&World::bo());
        let next = cast.host.call(step.reporter(&cast), &list).await;
        if let Err(failure) = next {
            wrong.push(format!("the next call failed: {failure}"));
        }
    }
    Some(wrong)
}

/// What is wrong with a failure as a failure.
fn badly_typed(ruin: &Ruin, failure: &HostFailure) -> Vec<String> {
    let mut wrong = Vec::new();
    let Some(error) = failure.portal_error() else {
        return vec![format!("no error of the portal: {failure:?}")];
    };
    if error.code() != ruin.code() {
        wrong.push(format!("the code is {}: {error:?}", error.code()));
    }
    let unknown = failure.certainty() == Certainty::Unknown;
    if unknown && !error.may_have_been_processed() {
        wrong.push(format!("unknown, and the error says no: {error:?}"));
    }
    for (language, look) in [(Language::Danish, "se efter"), (Language::English, "look")] {
        let text = failure.explanation(language);
        if text.len() < 20 || unknown && !text.to_lowercase().contains(look) {
            wrong.push(format!("{language:?} says too little: {text}"));
        }
    }
    wrong
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn what_is_reported_is_what_happened() {
    let mut steps = JoinSet::new();
    for step in STEPS {
        steps.spawn(async move {
            let world = World::new().await;
            let mut wrong = Vec::new();
            for ruin in &ruins() {
                for forever in [false, true] {
                    for what in play(&world, step, ruin, forever).await {
                        let times = if forever { "for ever" } else { "once" };
                        wrong.push(format!("{step:?}, {ruin:?} {times}: {what}"));
                    }
                }
            }
            wrong
        });
    }
    let wrong = steps.join_all().await.concat();
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}
