//! The driver: which token is needed, what to send next, when to try again.
//!
//! A [`Session`] holds any number of reporters and their calls, and drives each call to its end: it
//! fetches and renews tokens, exchanges them for a likvidator's adgangsprofil, answers a 401 with
//! one fresh token, keeps away after a 429, and tries again where that is safe. It opens no
//! connection and reads no clock: the host does, in this loop.
//!
//! 1. Submit calls at any time: [`Session::submit`].
//! 2. Ask [`Session::next`] (one pump for all calls) or [`Session::next_for`] (one thread per call)
//!    what to do, and do it:
//!    - [`Action::Send`]: send the request; then call [`Session::receive`] or [`Session::failed`]
//!      with its id, exactly once.
//!    - [`Action::Sign`]: sign the bytes; then call [`Session::signed`] or [`Session::sign_failed`]
//!      with its id, exactly once.
//!    - [`Action::Wait`]: come back at the time it says, or when something was submitted.
//!    - [`Action::Parked`]: come back when any answer was handed in or anything submitted, at the
//!      time it says at the latest.
//!    - [`Action::Done`]: the call has ended; this is its outcome.
//!    - [`Action::Token`]: a token that was asked for with [`Session::submit_token`].
//!    - [`Action::Idle`]: there are no calls; come back when one was submitted.
//! 3. Go on with 2. A host that can send many requests at once asks again right after each `Send`
//!    and `Sign`, without waiting for the answer.
//!
//! Breaking the loop (answering twice, naming an id that is not out) is a [`SessionError`] and
//! changes nothing. A clock that is set back stops the session's time for that step and no longer.
//!
//! What it decides:
//! - **Tokens.** One per environment, client, secret or signer, certificate, scope, audience and
//!   adgangsprofil; not used in the last seconds of its life; one request for one however many calls
//!   wait. Every attempt of variant B has a new assertion with a new `jti`. A refusal that trying
//!   again cannot help (wrong secret, unknown client) ends the waiting calls, and new ones for ten
//!   seconds, with the same error.
//! - **401.** The call is sent once more with a token that was fetched after the refused one; also a
//!   POST that files, since a 401 refuses before anything is processed (a reading:
//!   [`SessionSettings::resend_refused_filings`] turns it off). A second 401 ends the call.
//! - **The clock.** A refused assertion whose answer's `Date` is far from the host's time teaches
//!   the offset, and the request is made once more with the corrected time.
//! - **429.** All calls and token requests of the Client ID wait (guide 2.2 item 3) for as long as
//!   `Retry-After` says.
//! - **Failures.** GET, PUT, DELETE, searches and token requests are tried again after no answer and
//!   after 5xx, with growing, random pauses. A POST that files is only sent again where it cannot
//!   have been processed; else the call ends with [`Certainty::Unknown`], and [`CallFailure::retry`]
//!   says to look first.
//!
//! The same inputs in the same order give the same actions: all chance comes from the entropy given
//! at the start.
//!
//! ```
//! use skifteportal::api::doedsbo;
//! use skifteportal::environment::Environment;
//! use skifteportal::http::HttpResponse;
//! use skifteportal::model::Timestamp;
//! use skifteportal::secret::Entropy;
//! use skifteportal::session::{Action, CertificateThumbprint, Credentials, Session, SessionSettings};
//!
//! let entropy = Entropy::new([7; 32]); // from the host's cryptographic random source
//! let mut session = Session::new(Environment::test(), SessionSettings::default(), entropy);
//! let reporter = session.add_reporter(Credentials::ClientSecret {
//!     client_id: "my-client".into(),
//!     client_secret: "my-secret".into(),
//!     certificate: CertificateThumbprint([0; 32]),
//!     scope: skifteportal::auth::DEFAULT_SCOPE.into(),
//! })?;
//!
//! let now = Timestamp::from_unix(1_700_000_000); // from the host's clock
//! let id = "7a0a9f5c-4a02-4d3a-9a7e-0d8d2c5f6b11".parse()?;
//! let call = doedsbo::get_all_krav(&id);
//! session.submit(now, reporter, None, call.prepared().clone())?;
//!
//! // First the token …
//! let Action::Send { exchange, request, .. } = session.next(now) else { panic!() };
//! assert_eq!(request.url, Environment::test().token_url());
//! let token = r#"{"access_token":"abc","expires_in":300,"token_type":"Bearer"}"#;
//! session.receive(now, exchange, HttpResponse::new(200, [("Content-Type", "application/json")], token))?;
//! // … then the call.
//! let Action::Send { exchange, request, .. } = session.next(now) else { panic!() };
//! assert_eq!(request.header("Authorization"), Some("Bearer abc"));
//! session.receive(now, exchange, HttpResponse::new(200, [("Content-Type", "application/json")], "[]"))?;
//! let Action::Done { outcome, .. } = session.next(now) else { panic!() };
//! assert_eq!(outcome.unwrap().status, 200);
//! assert!(matches!(session.next(now), Action::Idle));
//! # Ok::<(), Box<dyn std::error::Error>>(())
//! ```

mod action;
mod call_answers;
mod calls;
mod chance;
mod credentials;
mod gate;
mod inputs;
mod inspect;
mod next;
mod order;
mod refusals;
mod reporters;
mod settings;
mod slab;
mod slot;
mod time;
mod token_answers;
mod tokens;

use std::fmt;
use std::sync::Arc;

pub use action::{
    Action, CallFailure, CallId, CallOutcome, Certainty, ExchangeId, FailureReason, ReporterId,
    SessionError, SignatureAlgorithm, SignatureId,
};
pub use credentials::{CertificateThumbprint, Credentials, ThumbprintError};
pub use inspect::{SessionStats, TokenStatus};
pub use settings::{RateBudget, SessionSettings};

use crate::environment::Environment;
use crate::secret::Entropy;
use crate::sorted::Sorted;
use calls::CallEntry;
use chance::Chance;
use credentials::{CacheKey, EnvironmentKey};
use gate::Gate;
use inputs::{Exchange, Signature};
use inspect::Counters;
use reporters::Reporter;
use slab::{ByAge, Key, Slab};
use slot::Slot;
use time::{Clock, Millis, Timers};

/// The driver of all calls of any number of reporters in one environment; see the
/// [module](self) for the loop that a host runs.
///
/// It is `Send` and has no inner locks: a host with several threads puts it in a mutex, and does its
/// sending and signing outside of it. `Debug` shows figures and no secret.
pub struct Session {
    settings: SessionSettings,
    environment: Environment,
    environment_key: Arc<EnvironmentKey>,
    chance: Chance,
    clock: Clock,
    /// How far the STS's clock is ahead of the host's.
    sts_offset: Millis,
    /// Counts whatever needs an order.
    age: u64,
    reporters: Slab<Reporter>,
    slots: Slab<Slot>,
    by_key: Sorted<CacheKey, Key>,
    gates: Slab<Gate>,
    by_client: Sorted<String, Key>,
    calls: Slab<CallEntry>,
    exchanges: Slab<Exchange>,
    signatures: Slab<Signature>,
    /// Slots whose request is signed and must go out, by age.
    signed: ByAge,
    /// Open gates with something to send, by whose turn it is.
    open: ByAge,
    /// Ended calls that were not handed back yet, by the order in which they ended.
    done: ByAge,
    /// What moves calls forward.
    timers: Timers,
    /// What is only forgotten: tokens, refusals.
    expiries: Timers,
    counters: Counters,
}

impl Session {
    /// A session without reporters. The entropy must come from the host's cryptographic random
    /// source, anew for each session: jitter, each `jti` and the blinding of signatures are drawn
    /// from it through `ChaCha20`.
    #[allow(clippy::needless_pass_by_value)] // Taken, so that one value is not used for two sessions.
    pub fn new(environment: Environment, settings: SessionSettings, entropy: Entropy) -> Self {
        Self {
            settings: settings.sane(),
            environment_key: Arc::new(EnvironmentKey::of(&environment)),
            environment,
            chance: Chance::new(&entropy),
            clock: Clock::new(),
            sts_offset: 0,
            age: 0,
            reporters: Slab::new(),
            slots: Slab::new(),
            by_key: Sorted::new(),
            gates: Slab::new(),
            by_client: Sorted::new(),
            calls: Slab::new(),
            exchanges: Slab::new(),
            signatures: Slab::new(),
            signed: ByAge::new(),
            open: ByAge::new(),
            done: ByAge::new(),
            timers: Timers::default(),
            expiries: Timers::default(),
            counters: Counters::default(),
        }
    }

    /// The environment that all calls go to.
    pub const fn environment(&self) -> &Environment {
        &self.environment
    }

    /// The settings in force, after nonsensical values were raised to the smallest sensible ones.
    pub const fn settings(&self) -> &SessionSettings {
        &self.settings
    }

    fn now(&self) -> Millis {
        self.clock.now()
    }

    fn next_age(&mut self) -> u64 {
        self.age += 1;
        self.age
    }
}

/// Seconds of a setting as the clock counts.
fn seconds(setting: u32) -> Millis {
    Millis::from(setting) * 1000
}

impl fmt::Debug for Session {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Session")
            .field("environment", &self.environment.kind())
            .field("stats", &self.stats())
            .finish_non_exhaustive()
    }
}
