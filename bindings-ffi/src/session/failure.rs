//! How a call ended.

use std::sync::Arc;

use skifteportal::error::Retry;
use skifteportal::session as core;
use skifteportal::session::{CallOutcome, Certainty};
use skifteportal::{PortalRefusal, SkifteportalError};

use crate::http::HttpResponse;
use crate::shown::shown_as_in_the_core;

/// How a call ended: with a 2xx answer, for the call's own object to read, or not.
#[derive(uniffi::Object)]
#[uniffi::export(Debug)]
pub struct CallResult(Result<Arc<HttpResponse>, Arc<CallFailure>>);

impl From<CallOutcome> for CallResult {
    fn from(outcome: CallOutcome) -> Self {
        Self(match outcome {
            Ok(response) => Ok(Arc::new(HttpResponse(response))),
            Err(failure) => Err(Arc::new(CallFailure(*failure))),
        })
    }
}

shown_as_in_the_core!(CallResult, CallFailure);

#[uniffi::export]
impl CallResult {
    /// The answer; where the call failed, the failure as an exception.
    pub fn response(&self) -> Result<Arc<HttpResponse>, SkifteportalError> {
        match &self.0 {
            Ok(response) => Ok(Arc::clone(response)),
            Err(failure) => Err(failure.0.clone().into()),
        }
    }

    /// The failure; absent where there is an answer.
    pub fn failure(&self) -> Option<Arc<CallFailure>> {
        self.0.as_ref().err().cloned()
    }
}

/// A call that failed.
// An object: the core's struct holds its error and the last answer by value.
#[derive(uniffi::Object)]
#[uniffi::export(Debug)]
pub struct CallFailure(core::CallFailure);

#[uniffi::export]
impl CallFailure {
    /// The stable code of the reason: the portal's or OAuth's own, or ours.
    pub fn code(&self) -> String {
        self.0.code()
    }

    /// What happened, in one English line without secrets or personal data.
    pub fn text(&self) -> String {
        self.0.to_string()
    }

    /// Whether the portal has acted on the call.
    pub fn certainty(&self) -> Certainty {
        self.0.certainty
    }

    /// Whether to make the call again.
    pub fn retry(&self) -> Retry {
        self.0.retry()
    }

    /// How often the call itself was sent; token requests do not count.
    pub fn attempts(&self) -> i32 {
        i32::try_from(self.0.attempts).unwrap_or(i32::MAX)
    }

    /// Whether the answer (404 to a DELETE) may be the effect of an earlier attempt of this same call
    /// whose outcome is unknown.
    pub fn may_be_own_effect(&self) -> bool {
        self.0.may_be_own_effect
    }

    /// What the portal or the network said, where the reason is that.
    pub fn refusal(&self) -> Option<PortalRefusal> {
        self.0.portal_error().map(PortalRefusal::from)
    }

    /// The portal's last answer to the call, if there was one.
    pub fn response(&self) -> Option<Arc<HttpResponse>> {
        let response = self.0.response.clone()?;
        Some(Arc::new(HttpResponse(response)))
    }
}
