//! The driver of calls, for a host with any number of threads.

mod action;
mod credentials;
mod failure;

use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use skifteportal::error::TransportFailure;
use skifteportal::model::{AdgangsprofilId, Timestamp};
use skifteportal::session as core;
use skifteportal::session::{
    CallId, Certainty, CertificateThumbprint, ExchangeId, ReporterId, SessionSettings,
    SessionStats, SignatureAlgorithm, SignatureId, TokenStatus,
};
use skifteportal::SkifteportalError;

use crate::bytes::Bytes;
use crate::call::PreparedCall;
use crate::entropy::entropy;
use crate::environment::PortalEnvironment;
use crate::http::{received, HeaderField};
use crate::memory;

pub use action::SessionAction;
pub use credentials::Credentials;
pub use failure::{CallFailure, CallResult};

/// The driver of all calls of any number of reporters in one environment: it fetches, renews and
/// exchanges tokens, answers a 401 with one fresh token, keeps away after a 429, and tries again where
/// that is safe. It opens no connection; the host does, in this loop:
///
/// 1. Submit calls at any time, from any thread: `submit`.
/// 2. Ask `next` (one pump for all calls) or `nextFor` (one thread per call) what to do, and do it; see
///    `SessionAction`.
/// 3. Go on with 2. A host that can send several requests at once asks again right after each `Send` and
///    `Sign`, without waiting for the answer.
///
/// Every method may be called from many threads at once. None of them waits for anything but another
/// one's few microseconds: sending and signing happen outside, between the calls.
#[derive(uniffi::Object)]
#[uniffi::export(Debug)]
pub struct Session(Mutex<core::Session>);

impl std::fmt::Debug for Session {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        self.lock().fmt(f)
    }
}

impl Session {
    /// No method of the core panics, so that a poisoned lock would still guard a whole session.
    fn lock(&self) -> MutexGuard<'_, core::Session> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// Ids cross as 64-bit integers, which Java has; the core's are below 2^52. One that was never given
/// becomes 0, which is nobody's.
fn number(id: i64) -> u64 {
    u64::try_from(id).unwrap_or(0)
}

fn id(number: u64) -> i64 {
    i64::try_from(number).unwrap_or(0)
}

#[uniffi::export]
impl Session {
    /// A session without reporters. The 32 bytes of entropy must come from the host's cryptographic
    /// random source, anew for each session.
    #[uniffi::constructor]
    pub fn new(
        environment: &PortalEnvironment,
        settings: SessionSettings,
        entropy_bytes: Vec<u8>,
    ) -> Result<Arc<Self>, SkifteportalError> {
        let entropy = entropy(entropy_bytes)?;
        let session = core::Session::new(environment.0.clone(), settings, entropy);
        Ok(Arc::new(Self(Mutex::new(session))))
    }

    /// The environment that all calls go to.
    pub fn environment(&self) -> Arc<PortalEnvironment> {
        Arc::new(PortalEnvironment(self.lock().environment().clone()))
    }

    /// The settings in force, after nonsensical values were raised to the smallest sensible ones.
    pub fn settings(&self) -> SessionSettings {
        self.lock().settings().clone()
    }

    /// Adds a reporter and gives its id. The same credentials added twice give two reporters that share
    /// their tokens.
    pub fn add_reporter(&self, credentials: &Credentials) -> Result<i64, SkifteportalError> {
        let reporter = self.lock().add_reporter(credentials.0.clone())?;
        Ok(id(reporter.number()))
    }

    /// Gives a reporter other credentials: a renewed certificate, a new secret. Its calls go on with a
    /// token of the new ones.
    pub fn replace_credentials(
        &self,
        reporter: i64,
        credentials: &Credentials,
    ) -> Result<(), SkifteportalError> {
        let reporter = ReporterId::from_number(number(reporter));
        Ok(self
            .lock()
            .replace_credentials(reporter, credentials.0.clone())?)
    }

    /// Removes a reporter. Its calls that wait end as failed and not processed.
    pub fn remove_reporter(&self, reporter: i64) -> Result<(), SkifteportalError> {
        let reporter = ReporterId::from_number(number(reporter));
        Ok(self.lock().remove_reporter(reporter)?)
    }

    /// Forgets the tokens of a reporter, its delegated ones too, and any refusal.
    pub fn invalidate_tokens(&self, reporter: i64) -> Result<(), SkifteportalError> {
        let reporter = ReporterId::from_number(number(reporter));
        Ok(self.lock().invalidate_tokens(reporter)?)
    }

    /// The thumbprint of the certificate that a reporter's connections to the STS present.
    pub fn tls_certificate(
        &self,
        reporter: i64,
    ) -> Result<CertificateThumbprint, SkifteportalError> {
        let reporter = ReporterId::from_number(number(reporter));
        Ok(self.lock().tls_certificate(reporter)?)
    }

    /// Submits a call for a reporter, or with an adgangsprofil for the likvidator whom it names, and
    /// gives its id.
    pub fn submit(
        &self,
        now: Timestamp,
        reporter: i64,
        adgangsprofil: Option<AdgangsprofilId>,
        call: &PreparedCall,
    ) -> Result<i64, SkifteportalError> {
        let reporter = ReporterId::from_number(number(reporter));
        let call = call.0.clone();
        let submitted = self.lock().submit(now, reporter, adgangsprofil, call)?;
        Ok(id(submitted.number()))
    }

    /// Asks for a token: the reporter's direct one, or with an adgangsprofil the likvidator's delegated
    /// one. It comes with `SessionAction.TokenReady`. For a host that has its own way of calling the API; when
    /// the API answers 401, tell it with `invalidateTokens` and ask again, once.
    pub fn submit_token(
        &self,
        now: Timestamp,
        reporter: i64,
        adgangsprofil: Option<AdgangsprofilId>,
    ) -> Result<i64, SkifteportalError> {
        let reporter = ReporterId::from_number(number(reporter));
        let submitted = self.lock().submit_token(now, reporter, adgangsprofil)?;
        Ok(id(submitted.number()))
    }

    /// Gives a call up. If it is out, its answer must still be handed in, and leads to nothing. Says
    /// whether the portal may have acted on it.
    pub fn cancel(&self, call: i64) -> Result<Certainty, SkifteportalError> {
        Ok(self.lock().cancel(CallId::from_number(number(call)))?)
    }

    /// What to do next, for any call.
    pub fn next(&self, now: Timestamp) -> SessionAction {
        // The lock is given back before the action is turned into objects.
        let action = self.lock().next(now);
        action.into()
    }

    /// What to do next for one call: sends and signs what this call needs, and nothing else. A thread
    /// that is told `Parked` or `Wait` must be woken when another one has handed in an answer.
    pub fn next_for(&self, now: Timestamp, call: i64) -> Result<SessionAction, SkifteportalError> {
        let call = CallId::from_number(number(call));
        let action = self.lock().next_for(call, now)?;
        Ok(action.into())
    }

    /// Hands in the answer to a request, whatever its status: the headers in their order, the body after
    /// the transport's own decoding (chunked, gzip).
    pub fn receive(
        &self,
        now: Timestamp,
        exchange: i64,
        status: i32,
        headers: Vec<HeaderField>,
        body: Bytes,
    ) -> Result<(), SkifteportalError> {
        let response = received(status, headers, body.into_vec())?;
        let exchange = ExchangeId::from_number(number(exchange));
        Ok(self.lock().receive(now, exchange, response)?)
    }

    /// The same with a body that the caller keeps at an address while this runs: it is copied once. For
    /// the language's own layer alone: a wrong address or length ends the program.
    pub fn receive_at(
        &self,
        now: Timestamp,
        exchange: i64,
        status: i32,
        headers: Vec<HeaderField>,
        address: i64,
        length: i64,
    ) -> Result<(), SkifteportalError> {
        // SAFETY: the language's layer pins the memory for the call, as this method's text demands.
        let body = unsafe { memory::at(address, length) }?;
        let response = received(status, headers, body.to_vec())?;
        let exchange = ExchangeId::from_number(number(exchange));
        Ok(self.lock().receive(now, exchange, response)?)
    }

    /// Reports that a request got no answer.
    pub fn failed(
        &self,
        now: Timestamp,
        exchange: i64,
        failure: TransportFailure,
    ) -> Result<(), SkifteportalError> {
        let exchange = ExchangeId::from_number(number(exchange));
        Ok(self.lock().failed(now, exchange, failure)?)
    }

    /// Hands in a signature: the raw bytes. One that does not verify ends the calls that wait for it.
    pub fn signed(
        &self,
        now: Timestamp,
        signature: i64,
        bytes: Vec<u8>,
    ) -> Result<(), SkifteportalError> {
        let signature = SignatureId::from_number(number(signature));
        Ok(self.lock().signed(now, signature, &bytes)?)
    }

    /// Reports that the reporter's key did not sign. The reason is for people: it is cut, and what looks
    /// like a secret in it is replaced.
    pub fn sign_failed(
        &self,
        now: Timestamp,
        signature: i64,
        reason: &str,
    ) -> Result<(), SkifteportalError> {
        let signature = SignatureId::from_number(number(signature));
        Ok(self.lock().sign_failed(now, signature, reason)?)
    }

    /// The session's figures.
    pub fn stats(&self) -> SessionStats {
        self.lock().stats()
    }

    /// What the session has of a reporter's direct token, or of the delegated one for an adgangsprofil.
    pub fn token_status(
        &self,
        reporter: i64,
        adgangsprofil: Option<AdgangsprofilId>,
    ) -> Result<TokenStatus, SkifteportalError> {
        let reporter = ReporterId::from_number(number(reporter));
        Ok(self.lock().token_status(reporter, adgangsprofil.as_ref())?)
    }

    /// How many milliseconds the STS's clock is ahead of the host's, as far as a refusal has shown it.
    pub fn clock_offset_millis(&self) -> i64 {
        self.lock().clock_offset_millis()
    }

    /// The JOSE name of a signature algorithm: `RS256`, which Java calls `SHA256withRSA`.
    pub fn algorithm_name(&self, algorithm: SignatureAlgorithm) -> String {
        algorithm.as_str().to_owned()
    }

    /// The name of a certainty: `not_processed`, `processed` or `unknown`.
    pub fn certainty_name(&self, certainty: Certainty) -> String {
        certainty.as_str().to_owned()
    }
}
