//! The one error that a call to the portal can end with.

use std::fmt;

use super::{
    decode, explain, BilagLimit, ErrorKind, Fault, FoundCode, Language, OAuthError, ProblemDetails,
    Retry, TokenRefusal, TransportFailure, Unreadable,
};
use crate::http::HttpResponse;
use crate::model::Timestamp;

/// The one error that a call to the portal can end with: an error answer, a success that cannot be
/// read, or no answer at all.
///
/// Its texts hold no secrets: what came from the portal is cut, and everything in it that looks
/// like a token, a password or a CPR number is replaced.
///
/// ```
/// use skifteportal::error::{ErrorKind, Fault, PortalError};
/// use skifteportal::http::HttpResponse;
/// use skifteportal::model::Timestamp;
///
/// let body = r#"{"kode":"doedsbo.f19","besked":"Maksimal grænse for antal bilag på registrering (20) er nået"}"#;
/// let response = HttpResponse::new(400, [("Content-Type", "application/json")], body);
/// let error = PortalError::decode(&response, Timestamp::from_unix(1_700_000_000));
/// assert_eq!(error.kind(), ErrorKind::Data);
/// assert_eq!(error.fault(), Fault::CallerData);
/// assert_eq!(error.code(), "doedsbo.f19");
/// ```
#[derive(Clone, PartialEq)]
pub struct PortalError(Box<Inner>);

#[derive(Clone, Debug, PartialEq)]
pub(super) struct Inner {
    pub(super) origin: Origin,
    pub(super) kind: ErrorKind,
    pub(super) fault: Fault,
    pub(super) retry: Retry,
    pub(super) codes: Vec<FoundCode>,
    pub(super) oauth: Option<OAuthError>,
    pub(super) problem: Option<ProblemDetails>,
    pub(super) said: Option<String>,
    pub(super) reference: Option<String>,
    pub(super) server_time: Option<Timestamp>,
    pub(super) received_at: Option<Timestamp>,
    pub(super) excerpt: Option<String>,
}

#[derive(Clone, Debug, PartialEq)]
pub(super) enum Origin {
    Answer { status: u16 },
    Unreadable { status: u16, what: Unreadable },
    Transport { failure: TransportFailure },
}

impl PortalError {
    pub(super) fn from_inner(inner: Inner) -> Self {
        Self(Box::new(inner))
    }

    /// Decodes an error answer of any status, content type and body. It never fails: what cannot
    /// be understood is kept as an excerpt.
    ///
    /// `now` is the time at which the answer arrived; it anchors `Retry-After` and shows how far
    /// the two clocks are apart.
    pub fn decode(response: &HttpResponse, now: Timestamp) -> Self {
        Self::from_inner(decode::answer(response, now))
    }

    /// The error of a call that got no answer.
    pub fn transport(failure: TransportFailure) -> Self {
        Self::from_inner(decode::transport(failure))
    }

    /// The error of a call whose answer is a success that cannot be read.
    pub fn unreadable(response: &HttpResponse, what: Unreadable) -> Self {
        Self::from_inner(decode::unreadable(response, what))
    }

    /// What the error is about.
    pub fn kind(&self) -> ErrorKind {
        self.0.kind
    }

    /// The status of the answer; `None` if there was none.
    pub fn status(&self) -> Option<u16> {
        match self.0.origin {
            Origin::Answer { status } | Origin::Unreadable { status, .. } => Some(status),
            Origin::Transport { .. } => None,
        }
    }

    /// The portal's codes, known and unknown, in the order of the answer; at most 64.
    pub fn codes(&self) -> &[FoundCode] {
        &self.0.codes
    }

    /// The OAuth error of the answer, from its body or its `WWW-Authenticate` header.
    pub fn oauth(&self) -> Option<&OAuthError> {
        self.0.oauth.as_ref()
    }

    /// What the OAuth error means.
    pub fn token_refusal(&self) -> Option<TokenRefusal> {
        self.0.oauth.as_ref().map(OAuthError::refusal)
    }

    /// The members of the problem document (RFC 9457) that the answer was.
    pub fn problem(&self) -> Option<&ProblemDetails> {
        self.0.problem.as_ref()
    }

    /// Whose fault it is.
    pub fn fault(&self) -> Fault {
        self.0.fault
    }

    /// Whether trying again can help, and when.
    pub fn retry(&self) -> Retry {
        self.0.retry
    }

    /// Whether the portal may have acted on the request all the same: no answer after the request
    /// may have left, a failure of the portal or a gateway (5xx, 408), or a success that cannot be
    /// read. Then a request that files must not be sent again before someone has looked.
    pub fn may_have_been_processed(&self) -> bool {
        match &self.0.origin {
            Origin::Answer { status } => match self.0.kind {
                ErrorKind::Portal => *status == 408 || (500..=599).contains(status),
                _ => self.0.retry == Retry::LookFirst,
            },
            Origin::Unreadable { .. } => true,
            Origin::Transport { failure } => failure.may_have_been_processed(),
        }
    }

    /// Why there was no answer, where there was none.
    pub fn transport_failure(&self) -> Option<&TransportFailure> {
        match &self.0.origin {
            Origin::Transport { failure } => Some(failure),
            _ => None,
        }
    }

    /// What is wrong with the success, where it was one.
    pub fn unreadable_reason(&self) -> Option<&Unreadable> {
        match &self.0.origin {
            Origin::Unreadable { what, .. } => Some(what),
            _ => None,
        }
    }

    /// The one code to show and to log: the portal's, else OAuth's, else ours (`http.502`,
    /// `network.timed_out`, `body.not_json`).
    pub fn code(&self) -> String {
        // One that the guide lists says more than a general one above it.
        let codes = &self.0.codes;
        if let Some(found) = codes
            .iter()
            .find(|f| f.template.is_some())
            .or(codes.first())
        {
            return found.code.clone();
        }
        if let Some(oauth) = &self.0.oauth {
            // Keycloak also writes sentences in this place; they are no codes.
            if !oauth.error.contains(' ') {
                return oauth.error.clone();
            }
        }
        match &self.0.origin {
            Origin::Answer { status } => format!("http.{status}"),
            Origin::Unreadable { what, .. } => what.code().to_owned(),
            Origin::Transport { failure } => failure.code().to_owned(),
        }
    }

    /// The portal's time when it answered (header `Date`).
    pub fn server_time(&self) -> Option<Timestamp> {
        self.0.server_time
    }

    /// How many seconds the portal's clock is ahead of ours (negative: behind), by the header
    /// `Date`. The time on the wire is in it, so a few seconds mean nothing.
    pub fn clock_offset_seconds(&self) -> Option<i64> {
        let (server, ours) = (self.0.server_time?, self.0.received_at?);
        Some(server.unix().saturating_sub(ours.unix()))
    }

    /// The portal's reference of the failure (a trace or request id), where the answer has one. Give
    /// it to the portal's support.
    pub fn reference(&self) -> Option<&str> {
        self.0.reference.as_deref()
    }

    /// What the answer says in words, from a member such as `besked` or `message` at its top: one
    /// line, at most 500 characters, redacted.
    pub fn portal_text(&self) -> Option<&str> {
        self.0.said.as_deref()
    }

    /// The beginning of a body that could not be understood: one line, at most 500 characters,
    /// redacted.
    pub fn excerpt(&self) -> Option<&str> {
        self.0.excerpt.as_deref()
    }

    /// The size limit of a bilag that `doedsbo.f18` reports.
    pub fn bilag_limit(&self) -> Option<BilagLimit> {
        let found = self.0.codes.iter().find(|f| is(f, "doedsbo.f18"))?;
        match found.arguments.as_slice() {
            [actual, limit] => Some(BilagLimit {
                actual: actual.clone(),
                limit: limit.clone(),
            }),
            _ => None,
        }
    }

    /// How many bilag a registration may have, as `doedsbo.f19` reports it.
    pub fn bilag_count_limit(&self) -> Option<u32> {
        let found = self.0.codes.iter().find(|f| is(f, "doedsbo.f19"))?;
        found.arguments.first()?.trim().parse().ok()
    }

    /// What happened, whose turn it is and what to do, in full sentences.
    pub fn explanation(&self, language: Language) -> String {
        explain::explanation(&self.0, language)
    }
}

fn is(found: &FoundCode, code: &str) -> bool {
    found.template.is_some_and(|entry| entry.code == code)
}

impl fmt::Display for PortalError {
    /// One line in English: code, status, what happened. No secrets.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.code())?;
        if let (Some(status), false) = (self.status(), self.code().starts_with("http.")) {
            write!(f, " (HTTP {status})")?;
        }
        write!(f, ": {}", explain::summary(&self.0))
    }
}

impl fmt::Debug for PortalError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.fmt(f)
    }
}

impl std::error::Error for PortalError {}
