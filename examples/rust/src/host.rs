//! The pump: asks the session what to do, does it, and hands back what came of it.

use std::collections::BTreeMap;
use std::fmt;
use std::sync::{Mutex, MutexGuard, PoisonError};
use std::time::{Duration, SystemTime, UNIX_EPOCH};

use skifteportal::api::Call;
use skifteportal::auth::Token;
use skifteportal::error::{Language, PortalError, TransportFailure};
use skifteportal::http::{HttpRequest, HttpResponse, Method};
use skifteportal::model::{AdgangsprofilId, Timestamp};
use skifteportal::secret::Entropy;
use skifteportal::session::{
    Action, CallFailure, CallId, Certainty, Credentials, ExchangeId, ReporterId, Session,
    SessionError,
};
use tokio::sync::Notify;

use crate::tls::failure;

/// The host: one session, and an HTTP client for each client certificate.
pub struct Host {
    session: Mutex<Session>,
    /// Without a client certificate: for the exchange and the API.
    plain: reqwest::Client,
    /// For the token requests of each reporter: with its own certificate in variant A, with the API
    /// user's in variant B.
    clients: Mutex<BTreeMap<ReporterId, reqwest::Client>>,
    /// Told whenever the session has received something that other calls may wait for.
    changed: Notify,
}

/// The host's clock.
pub fn now() -> Timestamp {
    let since = SystemTime::now()
        .duration_since(UNIX_EPOCH)
        .unwrap_or_default();
    Timestamp::from_unix_millis(i64::try_from(since.as_millis()).unwrap_or(i64::MAX))
}

/// Entropy from the operating system.
pub fn entropy() -> Result<Entropy, getrandom::Error> {
    let mut bytes = [0; 32];
    getrandom::fill(&mut bytes)?;
    Ok(Entropy::new(bytes))
}

fn lock<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}

impl Host {
    /// A host around a session. The client without a certificate serves the exchange and the API.
    pub fn new(session: Session, plain: reqwest::Client) -> Self {
        let clients = Mutex::default();
        Self {
            session: Mutex::new(session),
            plain,
            clients,
            changed: Notify::new(),
        }
    }

    /// Adds a reporter, with the HTTP client that presents the certificate for its token requests.
    pub fn add_reporter(
        &self,
        credentials: Credentials,
        client: reqwest::Client,
    ) -> Result<ReporterId, SessionError> {
        let reporter = lock(&self.session).add_reporter(credentials)?;
        lock(&self.clients).insert(reporter, client);
        Ok(reporter)
    }

    /// Looks into the session, for diagnosis.
    pub fn session<T>(&self, look: impl FnOnce(&mut Session) -> T) -> T {
        look(&mut lock(&self.session))
    }

    /// Makes a call for a reporter and reads its answer into its type.
    pub async fn call<T>(&self, reporter: ReporterId, call: &Call<T>) -> Result<T, HostFailure> {
        self.call_for(reporter, None, call).await
    }

    /// Makes a call for a likvidator, through the reporter whose certificate is registered on the
    /// likvidator's adgangsprofil (guide 3.2).
    pub async fn call_for<T>(
        &self,
        reporter: ReporterId,
        adgangsprofil: Option<AdgangsprofilId>,
        call: &Call<T>,
    ) -> Result<T, HostFailure> {
        let id =
            lock(&self.session).submit(now(), reporter, adgangsprofil, call.prepared().clone())?;
        match self.drive(id).await? {
            Ended::Answer(response) => Ok(call.outcome(&response, now())?),
            Ended::Token(_) => Err(HostFailure::Unsupported),
        }
    }

    /// A fresh token, for a program that calls the API in its own way.
    pub async fn token(
        &self,
        reporter: ReporterId,
        adgangsprofil: Option<AdgangsprofilId>,
    ) -> Result<Token, HostFailure> {
        let id = lock(&self.session).submit_token(now(), reporter, adgangsprofil)?;
        match self.drive(id).await? {
            Ended::Token(token) => Ok(token),
            Ended::Answer(_) => Err(HostFailure::Unsupported),
        }
    }

    /// Does what the session asks for until the call is done.
    async fn drive(&self, call: CallId) -> Result<Ended, HostFailure> {
        // A call whose future is dropped half-way is taken out of the session.
        let mut guard = Cancel {
            host: self,
            call,
            out: None,
        };
        loop {
            // Listening begins before the question, so that no change is missed between them.
            let changed = self.changed.notified();
            tokio::pin!(changed);
            changed.as_mut().enable();
            let action = lock(&self.session).next_for(call, now())?;
            match action {
                Action::Send {
                    exchange,
                    request,
                    reporter,
                    timeout_seconds,
                    ..
                } => {
                    let client = reporter
                        .and_then(|reporter| lock(&self.clients).get(&reporter).cloned())
                        .unwrap_or_else(|| self.plain.clone());
                    let timeout = Duration::from_secs(u64::from(timeout_seconds));
                    guard.out = Some(exchange);
                    let answer = send(&client, &request, timeout).await;
                    guard.out = None;
                    let mut session = lock(&self.session);
                    let told = match answer {
                        Ok(response) => session.receive(now(), exchange, response),
                        Err(failure) => session.failed(now(), exchange, failure),
                    };
                    drop(session);
                    match told {
                        // The session gave it up for lost: the machine slept, or its clock was set. The
                        // call then has its outcome, which says that the portal may have acted.
                        Ok(()) | Err(SessionError::UnknownExchange) => {}
                        Err(error) => return Err(error.into()),
                    }
                    self.changed.notify_waiters();
                }
                // Either wait ends early when another call's answer changes things.
                Action::Wait { until } | Action::Parked { until } => {
                    let millis = u64::try_from(until.millis_since(now())).unwrap_or(0);
                    let _ = tokio::time::timeout(Duration::from_millis(millis), changed).await;
                }
                Action::Done { outcome, .. } => return Ok(Ended::Answer(outcome?)),
                Action::Token { token, .. } => return Ok(Ended::Token(token)),
                // This host's keys are in memory, so the session signs by itself.
                _ => return Err(HostFailure::Unsupported),
            }
        }
    }
}

/// What a call came to.
enum Ended {
    Answer(HttpResponse),
    Token(Token),
}

/// Takes a call that nobody waits for any more out of the session.
struct Cancel<'a> {
    host: &'a Host,
    call: CallId,
    /// The exchange that is out.
    out: Option<ExchangeId>,
}

impl Drop for Cancel<'_> {
    fn drop(&mut self) {
        let mut session = lock(&self.host.session);
        if let Some(exchange) = self.out {
            // Other calls may wait for this very token.
            let _ = session.failed(now(), exchange, TransportFailure::Cancelled);
        }
        // A call that is done is not known any more, which is the ordinary case.
        let _ = session.cancel(self.call);
        drop(session);
        self.host.changed.notify_waiters();
    }
}

/// Why a call has no result.
#[derive(Debug)]
pub enum HostFailure {
    /// The call could not be submitted.
    Session(SessionError),
    /// The call failed: what the portal or the network said, and whether the portal has acted.
    Call(Box<CallFailure>),
    /// The portal acted on the call, but its answer could not be read.
    Answer(PortalError),
    /// The session asked for what this host does not do.
    Unsupported,
}

impl HostFailure {
    /// What the portal or the network said, where that is the reason.
    pub fn portal_error(&self) -> Option<&PortalError> {
        match self {
            Self::Call(failure) => failure.portal_error(),
            Self::Answer(error) => Some(error),
            Self::Session(_) | Self::Unsupported => None,
        }
    }

    /// Whether the portal has acted on the call.
    pub fn certainty(&self) -> Certainty {
        match self {
            Self::Call(failure) => failure.certainty,
            Self::Answer(_) => Certainty::Processed,
            Self::Session(_) | Self::Unsupported => Certainty::NotProcessed,
        }
    }

    /// What happened and what to do, for people.
    pub fn explanation(&self, language: Language) -> String {
        self.portal_error()
            .map_or_else(|| self.to_string(), |error| error.explanation(language))
    }
}

impl fmt::Display for HostFailure {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Session(error) => error.fmt(f),
            Self::Call(failure) => failure.fmt(f),
            Self::Answer(error) => error.fmt(f),
            Self::Unsupported => f.write_str("the session asked for what this host does not do"),
        }
    }
}

impl std::error::Error for HostFailure {}

impl From<SessionError> for HostFailure {
    fn from(error: SessionError) -> Self {
        Self::Session(error)
    }
}

impl From<Box<CallFailure>> for HostFailure {
    fn from(failure: Box<CallFailure>) -> Self {
        Self::Call(failure)
    }
}

impl From<PortalError> for HostFailure {
    fn from(error: PortalError) -> Self {
        Self::Answer(error)
    }
}

/// Sends one request and reads its answer to the end.
pub async fn send(
    client: &reqwest::Client,
    request: &HttpRequest,
    timeout: Duration,
) -> Result<HttpResponse, TransportFailure> {
    let method = match request.method {
        Method::Get => reqwest::Method::GET,
        Method::Post => reqwest::Method::POST,
        Method::Put => reqwest::Method::PUT,
        Method::Delete => reqwest::Method::DELETE,
    };
    let mut builder = client.request(method, &request.url).timeout(timeout);
    for header in &request.headers {
        builder = builder.header(header.name(), header.value());
    }
    let answer = builder
        .body(request.body.clone())
        .send()
        .await
        .map_err(|error| failure(&error))?;
    let status = answer.status().as_u16();
    let headers: Vec<(String, String)> = answer
        .headers()
        .iter()
        .map(|(name, value)| {
            (
                name.to_string(),
                String::from_utf8_lossy(value.as_bytes()).into_owned(),
            )
        })
        .collect();
    let body = answer.bytes().await.map_err(|error| failure(&error))?;
    Ok(HttpResponse::new(status, headers, body))
}
