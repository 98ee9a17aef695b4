//! What the portal or the network said, and what the guide's codes mean.

use skifteportal::error::{
    catalogue, CodeEntry, ErrorKind, Fault, Language, PortalError, Retry, TokenRefusal,
    TransportFailure,
};
use skifteportal::model::Timestamp;
use skifteportal::{PortalRefusal, SkifteportalError};

use crate::group::group;
use crate::HttpResponse;

group! {
    /// The decoding of error answers and failures, and the guide's table of codes. Calls and the session
    /// decode their answers by themselves; this is for hosts that send by other ways.
    Errors
}

#[uniffi::export]
impl Errors {
    /// Decodes an error answer of any status, content type and body; it never fails. `now` is when the
    /// answer arrived.
    pub fn decode(&self, response: &HttpResponse, now: Timestamp) -> PortalRefusal {
        (&PortalError::decode(&response.0, now)).into()
    }

    /// What it means that no answer arrived.
    pub fn transport(&self, failure: TransportFailure) -> PortalRefusal {
        (&PortalError::transport(failure)).into()
    }

    /// Fails with what the portal said, unless the answer is a success.
    pub fn ensure_success(
        &self,
        response: &HttpResponse,
        now: Timestamp,
    ) -> Result<(), SkifteportalError> {
        if response.0.is_success() {
            return Ok(());
        }
        let error = PortalError::decode(&response.0, now);
        Err(SkifteportalError::portal(&error))
    }

    /// Fails with what it means that no answer arrived.
    pub fn fail_transport(&self, failure: TransportFailure) -> Result<(), SkifteportalError> {
        Err(SkifteportalError::portal(&PortalError::transport(failure)))
    }

    /// Sorts a failure by the words of an HTTP or TLS library, for hosts whose library gives nothing
    /// else. What it does not know it takes for a broken connection: the request may have been processed.
    pub fn classify(&self, reason: &str) -> TransportFailure {
        TransportFailure::classify(reason)
    }

    /// The stable code of a failure, such as `network.timed_out`.
    pub fn failure_code(&self, failure: &TransportFailure) -> String {
        failure.code().to_owned()
    }

    /// Whether the portal may have received the request and acted on it.
    pub fn failure_may_have_been_processed(&self, failure: &TransportFailure) -> bool {
        failure.may_have_been_processed()
    }

    /// What happened and what to do.
    pub fn explain_failure(&self, failure: &TransportFailure, language: Language) -> String {
        failure.explanation(language).to_owned()
    }

    /// All codes of the guide, in its order.
    pub fn codes(&self) -> Vec<CodeEntry> {
        catalogue::entries().copied().collect()
    }

    /// The entry of a code, compared without regard to case.
    pub fn code(&self, code: &str) -> Option<CodeEntry> {
        catalogue::find(code).copied()
    }

    /// What a code of the guide says, with its arguments in place; nothing for a code that it does not
    /// list.
    pub fn code_text(
        &self,
        code: &str,
        arguments: Vec<String>,
        language: Language,
    ) -> Option<String> {
        catalogue::find(code).map(|entry| entry.text(language, &arguments))
    }

    /// What a code of the guide says and what to do, in full sentences.
    pub fn explain_code(
        &self,
        code: &str,
        arguments: Vec<String>,
        language: Language,
    ) -> Option<String> {
        catalogue::find(code).map(|entry| entry.explanation(language, &arguments))
    }

    /// The stable code of what an OAuth error means, such as `assertion.replayed`.
    pub fn token_refusal_code(&self, refusal: TokenRefusal) -> String {
        refusal.code().to_owned()
    }

    /// What it means and what to do.
    pub fn explain_token_refusal(&self, refusal: TokenRefusal, language: Language) -> String {
        refusal.explanation(language).to_owned()
    }

    /// Whether a wrong clock is a likely cause.
    pub fn is_clock_related(&self, refusal: TokenRefusal) -> bool {
        refusal.clock_related()
    }

    /// The stable name of what an error is about, such as `not_found`.
    pub fn kind_name(&self, kind: ErrorKind) -> String {
        kind.as_str().to_owned()
    }

    /// The stable name of whose turn it is, such as `caller_data`.
    pub fn fault_name(&self, fault: Fault) -> String {
        fault.as_str().to_owned()
    }

    /// The stable name of whether trying again can help, such as `after_change`.
    pub fn retry_name(&self, retry: &Retry) -> String {
        retry.as_str().to_owned()
    }

    /// Whether the same call can succeed without a change to its data.
    pub fn may_help(&self, retry: &Retry) -> bool {
        retry.may_help()
    }
}
