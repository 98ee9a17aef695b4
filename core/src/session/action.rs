//! What the session asks of its host, and how a call ends.

use std::fmt;

use super::slab::Key;
use crate::api::CallError;
use crate::auth::{AuthError, Token};
use crate::error::{PortalError, Retry};
use crate::http::{HttpRequest, HttpResponse};
use crate::model::Timestamp;

macro_rules! ids {
    ($($(#[$meta:meta])* $name:ident;)+) => {$(
        $(#[$meta])*
        #[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub struct $name(pub(super) Key);

        impl $name {
            /// The id as a number below 2^52, for hosts that keep ids as numbers.
            pub fn number(self) -> u64 {
                self.0.number()
            }

            /// The id of a number. One that the session never gave is found out where it is used.
            pub fn from_number(number: u64) -> Self {
                Self(Key::from_number(number))
            }
        }

        impl fmt::Debug for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                write!(f, "{}({})", stringify!($name), self.number())
            }
        }
    )+};
}

ids! {
    /// A reporter (indberetter) of a session. Never used again for another one.
    ReporterId;
    /// A call of a session.
    CallId;
    /// One request that the host sends, and its answer.
    ExchangeId;
    /// One signature that the host makes.
    SignatureId;
}

/// How to sign.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
#[cfg_attr(feature = "uniffi", derive(uniffi::Enum))]
#[cfg_attr(
    feature = "dynamic",
    derive(serde::Serialize),
    serde(rename_all = "snake_case")
)]
pub enum SignatureAlgorithm {
    /// RSASSA-PKCS1-v1_5 with SHA-256 (RFC 7518 3.3), known as `SHA256withRSA`.
    Rs256,
}

impl SignatureAlgorithm {
    /// The algorithm's JOSE name.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Rs256 => "RS256",
        }
    }
}

/// What the host does next.
#[derive(Clone, Debug)]
#[non_exhaustive]
pub enum Action {
    /// Send the request as it is, then call [`Session::receive`](super::Session::receive) or
    /// [`Session::failed`](super::Session::failed) with the id, exactly once.
    Send {
        /// Names the exchange in the answer.
        exchange: ExchangeId,
        /// What to send.
        request: HttpRequest,
        /// Whose certificate the connection presents (variant B: the one whose API user's); `None`
        /// where it presents none, which the request's `identity` says too.
        reporter: Option<ReporterId>,
        /// The call that is sent; `None` for a token request.
        call: Option<CallId>,
        /// How long to wait for the answer, in seconds. Then report a time-out.
        timeout_seconds: u32,
    },
    /// Sign the bytes with the reporter's key, then call [`Session::signed`](super::Session::signed)
    /// or [`Session::sign_failed`](super::Session::sign_failed) with the id, exactly once.
    Sign {
        /// Names the signature in the answer.
        signature: SignatureId,
        /// Whose key.
        reporter: ReporterId,
        /// The bytes to sign; not a hash of them.
        signing_input: Vec<u8>,
        /// How.
        algorithm: SignatureAlgorithm,
    },
    /// Nothing is out and nothing is due: ask again at this time, or after something was submitted.
    Wait {
        /// By the host's clock.
        until: Timestamp,
    },
    /// An exchange or a signature is out that this waits for. Ask again after any answer was handed
    /// in, or after something was submitted; but at this time at the latest.
    Parked {
        /// By the host's clock.
        until: Timestamp,
    },
    /// A call has ended. Its id is not known any more.
    Done {
        /// Which call.
        call: CallId,
        /// How it ended.
        outcome: CallOutcome,
    },
    /// A token that was asked for with [`Session::submit_token`](super::Session::submit_token). Its
    /// id is not known any more. Where the token could not be had, [`Action::Done`] says why.
    Token {
        /// Which wish.
        call: CallId,
        /// The token, fresh by the session's margin.
        token: Token,
    },
    /// There are no calls.
    Idle,
}

/// How a call ended: with a 2xx answer, for [`Call::outcome`](crate::api::Call::outcome) to read, or
/// not.
pub type CallOutcome = Result<HttpResponse, Box<CallFailure>>;

/// Whether the portal has acted on a call that failed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[cfg_attr(feature = "uniffi", derive(uniffi::Enum))]
#[cfg_attr(
    feature = "dynamic",
    derive(serde::Serialize),
    serde(rename_all = "snake_case")
)]
pub enum Certainty {
    /// It has not: the call never left, or was refused. Reading: an answer of 4xx refuses, and a
    /// refused call has no effect; the guide's error codes are all of that kind (4.3.6, 4.4.4).
    NotProcessed,
    /// It has: the answer was a success, though not one that could be handed on.
    Processed,
    /// Nobody knows. Look (with a GET) before filing again.
    Unknown,
}

impl Certainty {
    /// A stable name, for logs and bindings.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::NotProcessed => "not_processed",
            Self::Processed => "processed",
            Self::Unknown => "unknown",
        }
    }
}

/// Why a call failed.
#[derive(Clone, Debug, PartialEq, thiserror::Error)]
#[non_exhaustive]
pub enum FailureReason {
    /// The portal or the network said no, to the call or to the token request before it.
    #[error("{error}")]
    Portal {
        /// What was said.
        error: PortalError,
    },
    /// The request could not be built from the call.
    #[error("the request could not be built: {error}")]
    Call {
        /// Why.
        error: CallError,
    },
    /// The token request could not be built, or a signature made outside does not verify.
    #[error("the token request could not be built: {error}")]
    Auth {
        /// Why.
        error: AuthError,
    },
    /// The keeper of the reporter's key did not sign.
    #[error("the reporter's key did not sign: {reason}")]
    NotSigned {
        /// The host's own words, cut at 200 characters and redacted.
        reason: String,
    },
    /// The reporter was removed while the call waited.
    #[error("the reporter was removed before the call was sent")]
    ReporterRemoved,
}

impl FailureReason {
    /// The stable code: the portal's or OAuth's own, or ours (`network.timed_out`,
    /// `session.not_signed`).
    pub fn code(&self) -> String {
        match self {
            Self::Portal { error } => error.code(),
            Self::Call { error } => error.code().to_owned(),
            Self::Auth { error } => error.code().to_owned(),
            Self::NotSigned { .. } => "session.not_signed".to_owned(),
            Self::ReporterRemoved => "session.reporter_removed".to_owned(),
        }
    }
}

/// A call that failed.
#[derive(Clone, Debug, PartialEq, thiserror::Error)]
#[error("{reason}")]
#[non_exhaustive]
pub struct CallFailure {
    /// Why.
    pub reason: FailureReason,
    /// Whether the portal has acted on the call.
    pub certainty: Certainty,
    /// How often the call itself was sent; token requests do not count.
    pub attempts: u32,
    /// Whether the answer (404 to a DELETE) may be the effect of an earlier attempt of this same
    /// call whose outcome is unknown.
    pub may_be_own_effect: bool,
    /// The portal's last answer to the call, if there was one.
    pub response: Option<HttpResponse>,
}

impl CallFailure {
    /// What the portal or the network said, where the reason is that.
    pub fn portal_error(&self) -> Option<&PortalError> {
        match &self.reason {
            FailureReason::Portal { error } => Some(error),
            _ => None,
        }
    }

    /// The stable code of the reason.
    pub fn code(&self) -> String {
        self.reason.code()
    }

    /// Whether to make the call again. It differs from the error's own
    /// [`retry`](PortalError::retry) where the portal may have acted, which the error alone cannot
    /// know: then the answer is to look first. For a call that only reads, looking and calling again
    /// are the same.
    pub fn retry(&self) -> Retry {
        match (self.certainty, &self.reason) {
            (Certainty::Processed | Certainty::Unknown, _) => Retry::LookFirst,
            // Such as a call whose token request got no answer: nothing of the call is there to be found.
            (Certainty::NotProcessed, FailureReason::Portal { error }) => match error.retry() {
                Retry::LookFirst => Retry::Later { at: None },
                retry => retry,
            },
            (Certainty::NotProcessed, _) => Retry::AfterChange,
        }
    }
}

/// A mistake in the use of a session. The session goes on as if it had not been made.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum SessionError {
    /// The session has as many reporters as its settings allow.
    #[error("the session has {limit} reporters, which is its limit")]
    TooManyReporters {
        /// The setting.
        limit: u32,
    },
    /// The session has as many calls as its settings allow.
    #[error("the session has {limit} calls, which is its limit")]
    TooManyCalls {
        /// The setting.
        limit: u32,
    },
    /// No reporter of the session has this id.
    #[error("the session knows no such reporter")]
    UnknownReporter,
    /// No call of the session has this id: it was never submitted, was cancelled, or has been handed
    /// back.
    #[error("the session knows no such call")]
    UnknownCall,
    /// No exchange with this id is out: it was answered before, or counts as lost.
    #[error("no such exchange is out: answered before, or given up as lost")]
    UnknownExchange,
    /// No signature with this id is out: it was answered before, or counts as lost.
    #[error("no such signature is out: answered before, or given up as lost")]
    UnknownSignature,
    /// The operation acts for a likvidator: say which adgangsprofil (guide 3.2).
    #[error("{operation} takes a delegated token: name the adgangsprofil")]
    AdgangsprofilNeeded {
        /// The operation's key.
        operation: String,
    },
    /// The operation never acts for a likvidator, so that it would act in another name than asked.
    #[error("{operation} takes no delegated token: name no adgangsprofil")]
    AdgangsprofilNotTaken {
        /// The operation's key.
        operation: String,
    },
    /// The Client ID (variant B: the assertion's subject) is empty.
    #[error("the credentials have no client id")]
    NoClientId,
    /// The private key is not the one of the chain's first certificate.
    #[error("the private key does not belong to the leaf certificate")]
    WrongKey,
}

impl SessionError {
    /// The stable text code, such as `session.unknown_exchange`.
    pub const fn code(&self) -> &'static str {
        match self {
            Self::TooManyReporters { .. } => "session.too_many_reporters",
            Self::TooManyCalls { .. } => "session.too_many_calls",
            Self::UnknownReporter => "session.unknown_reporter",
            Self::UnknownCall => "session.unknown_call",
            Self::UnknownExchange => "session.unknown_exchange",
            Self::UnknownSignature => "session.unknown_signature",
            Self::AdgangsprofilNeeded { .. } => "session.adgangsprofil_needed",
            Self::AdgangsprofilNotTaken { .. } => "session.adgangsprofil_not_taken",
            Self::NoClientId => "session.no_client_id",
            Self::WrongKey => "session.wrong_key",
        }
    }
}
