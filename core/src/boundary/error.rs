//! The one error that a binding throws.

use std::fmt::Display;

use crate::api::disposition::FilenameError;
use crate::api::CallError;
use crate::auth::AuthError;
use crate::certificate::{CertificateError, ChainError};
use crate::error::{
    BilagLimit, ErrorKind, Fault, FoundCode, Language, OAuthError, PortalError, ProblemDetails,
    Retry, TokenRefusal,
};
use crate::http::UrlError;
use crate::model::{JsonError, Timestamp};
use crate::pdf::{Report, SanitizeError};
use crate::rules::RuleViolation;
use crate::session::{CallFailure, Certainty, FailureReason, SessionError};

/// What went wrong. Each case has a stable code and an English text without secrets or personal data.
#[derive(Clone, Debug, PartialEq, thiserror::Error)]
#[non_exhaustive]
#[cfg_attr(feature = "uniffi", derive(uniffi::Error))]
#[cfg_attr(
    feature = "dynamic",
    derive(serde::Serialize),
    serde(
        tag = "type",
        rename_all = "snake_case",
        rename_all_fields = "camelCase"
    )
)]
pub enum SkifteportalError {
    /// A value that was given is not what it should be: an id, an amount, a URL.
    #[error("{text}")]
    Input {
        /// The stable code.
        code: String,
        /// What is wrong, in English.
        text: String,
    },
    /// A text is not the JSON that it should be. No value of it is told.
    #[error("{text}")]
    Json {
        /// The stable code.
        code: String,
        /// What is wrong, in English.
        text: String,
        /// The member that does not fit, as a JSON pointer (RFC 6901); empty if it is the whole.
        pointer: String,
        /// The line, from 1; 0 if the text was not looked at.
        line: u64,
        /// The byte in the line, from 1; 0 at a line's beginning.
        column: u64,
    },
    /// A certificate, key or key store cannot be used.
    #[error("{text}")]
    Certificate {
        /// The stable code.
        code: String,
        /// What is wrong, in English.
        text: String,
    },
    /// A token request cannot be made, or what came back is no token.
    #[error("{text}")]
    Auth {
        /// The stable code.
        code: String,
        /// What is wrong, in English.
        text: String,
    },
    /// A call cannot be made: nothing was sent.
    #[error("{text}")]
    Call {
        /// The stable code.
        code: String,
        /// What is wrong, in English.
        text: String,
        /// The payload rules that are broken.
        violations: Vec<RuleViolation>,
        /// What is wrong with the PDF.
        report: Option<Box<Report>>,
    },
    /// A PDF cannot be written anew.
    #[error("{text}")]
    Pdf {
        /// The stable code.
        code: String,
        /// What is wrong, in English.
        text: String,
    },
    /// The portal or the network said no.
    #[error("{text}")]
    Portal {
        /// The portal's code, else that of OAuth, else one of ours.
        code: String,
        /// What happened, in one English line.
        text: String,
        /// All that is known of it.
        refusal: Box<PortalRefusal>,
        /// Whether the portal has acted on the call.
        certainty: Certainty,
        /// How often the call was sent.
        attempts: u32,
    },
    /// The session was used in a way that it does not know.
    #[error("{text}")]
    Session {
        /// The stable code.
        code: String,
        /// What is wrong, in English.
        text: String,
    },
}

/// All that is known of an error answer, of a success that cannot be read, or of no answer.
#[derive(Clone, Debug, PartialEq)]
#[cfg_attr(feature = "uniffi", derive(uniffi::Record))]
#[cfg_attr(
    feature = "dynamic",
    derive(serde::Serialize),
    serde(rename_all = "camelCase")
)]
pub struct PortalRefusal {
    /// The one code to show and to log: the portal's, else that of OAuth, else one of ours.
    pub code: String,
    /// What happened, in one English line.
    pub text: String,
    /// What it is about.
    pub kind: ErrorKind,
    /// Whose turn it is.
    pub fault: Fault,
    /// Whether trying again can help.
    pub retry: Retry,
    /// The HTTP status; absent if there was no answer.
    pub status: Option<i32>,
    /// The portal's codes, known and unknown, in the order of the answer.
    pub codes: Vec<FoundCode>,
    /// The OAuth error.
    pub oauth: Option<OAuthError>,
    /// What the OAuth error means.
    pub token_refusal: Option<TokenRefusal>,
    /// The problem document (RFC 9457).
    pub problem: Option<ProblemDetails>,
    /// What happened and what to do, for the people who use the practice system.
    pub danish: String,
    /// The same in English.
    pub english: String,
    /// What the answer says in words.
    pub portal_text: Option<String>,
    /// The portal's reference of the failure.
    pub reference: Option<String>,
    /// The beginning of a body that could not be understood, redacted.
    pub excerpt: Option<String>,
    /// The portal's time when it answered.
    pub server_time: Option<Timestamp>,
    /// How many seconds the portal's clock is ahead of ours.
    pub clock_offset_seconds: Option<i64>,
    /// Whether the portal may have acted on the request all the same.
    pub may_have_been_processed: bool,
    /// The size limit of a bilag.
    pub bilag_limit: Option<BilagLimit>,
    /// How many bilag a registration may have.
    pub bilag_count_limit: Option<u32>,
}

impl From<&PortalError> for PortalRefusal {
    fn from(error: &PortalError) -> Self {
        let owned = |text: Option<&str>| text.map(ToOwned::to_owned);
        Self {
            code: error.code(),
            text: error.to_string(),
            kind: error.kind(),
            fault: error.fault(),
            retry: error.retry(),
            status: error.status().map(i32::from),
            codes: error.codes().to_vec(),
            oauth: error.oauth().cloned(),
            token_refusal: error.token_refusal(),
            problem: error.problem().cloned(),
            danish: error.explanation(Language::Danish),
            english: error.explanation(Language::English),
            portal_text: owned(error.portal_text()),
            reference: owned(error.reference()),
            excerpt: owned(error.excerpt()),
            server_time: error.server_time(),
            clock_offset_seconds: error.clock_offset_seconds(),
            may_have_been_processed: error.may_have_been_processed(),
            bilag_limit: error.bilag_limit(),
            bilag_count_limit: error.bilag_count_limit(),
        }
    }
}

impl SkifteportalError {
    /// An error of a given value.
    pub fn input(code: &str, error: &dyn Display) -> Self {
        Self::Input {
            code: code.to_owned(),
            text: error.to_string(),
        }
    }
}

/// Errors that are a code and a text, by their case.
macro_rules! plain {
    ($($case:ident: $($error:ty),+;)+) => {$($(
        impl From<$error> for SkifteportalError {
            fn from(error: $error) -> Self {
                Self::$case {
                    code: error.code().to_owned(),
                    text: error.to_string(),
                }
            }
        }
    )+)+};
}

plain! {
    Input: UrlError, FilenameError;
    Certificate: CertificateError, ChainError;
    Auth: AuthError;
    Pdf: SanitizeError;
    Session: SessionError;
}

impl From<JsonError> for SkifteportalError {
    fn from(error: JsonError) -> Self {
        Self::Json {
            code: error.code().to_owned(),
            text: error.to_string(),
            line: error.line as u64,
            column: error.column as u64,
            pointer: error.pointer,
        }
    }
}

impl From<CallError> for SkifteportalError {
    fn from(error: CallError) -> Self {
        let (code, text) = (error.code().to_owned(), error.to_string());
        let (violations, report) = match error {
            CallError::Rules { violations } => (violations, None),
            CallError::Pdf { report } => (Vec::new(), Some(report)),
            _ => (Vec::new(), None),
        };
        Self::Call {
            code,
            text,
            violations,
            report,
        }
    }
}

impl SkifteportalError {
    /// What the portal or the network said to a call that was sent outside of a session, once.
    pub fn portal(error: &PortalError) -> Self {
        let certainty = if error.unreadable_reason().is_some() {
            Certainty::Processed
        } else if error.may_have_been_processed() {
            Certainty::Unknown
        } else {
            Certainty::NotProcessed
        };
        Self::of_portal(error, certainty, 1)
    }

    fn of_portal(error: &PortalError, certainty: Certainty, attempts: u32) -> Self {
        Self::Portal {
            code: error.code(),
            text: error.to_string(),
            refusal: Box::new(error.into()),
            certainty,
            attempts,
        }
    }
}

impl From<CallFailure> for SkifteportalError {
    fn from(failure: CallFailure) -> Self {
        let retry = failure.retry();
        let (code, text) = (failure.code(), failure.to_string());
        match failure.reason {
            FailureReason::Portal { error } => {
                let mut told = Self::of_portal(&error, failure.certainty, failure.attempts);
                if let Self::Portal { refusal, .. } = &mut told {
                    refusal.retry = retry;
                }
                told
            }
            FailureReason::Call { error } => error.into(),
            FailureReason::Auth { error } => error.into(),
            FailureReason::NotSigned { .. } | FailureReason::ReporterRemoved => {
                Self::Session { code, text }
            }
        }
    }
}
