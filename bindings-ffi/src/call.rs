//! The part of a call that is sent.

use std::sync::Arc;

use skifteportal::api as core;
use skifteportal::SkifteportalError;

use crate::{HttpRequest, PortalEnvironment, Token};

/// A call that is ready to be sent: by a session, or with a token of the host's.
#[derive(uniffi::Object)]
#[uniffi::export(Debug)]
pub struct PreparedCall(pub(crate) core::PreparedCall);

impl std::fmt::Debug for PreparedCall {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        self.0.fmt(f)
    }
}

#[uniffi::export]
impl PreparedCall {
    /// The operation's key in the catalogue, such as `doedsbojournal.addKrav`.
    pub fn operation(&self) -> String {
        self.0.operation().key.to_string()
    }

    /// The catalogue's entry, or the host's own words in a custom call.
    pub fn spec(&self) -> core::OperationSpec {
        self.0.operation().clone()
    }

    /// Whether sending it again does no harm when the outcome of the first time is unknown.
    pub fn repeatable(&self) -> bool {
        self.0.repeatable()
    }

    /// The complete request, for a host that has a token of its own and no session. A token of the wrong
    /// kind is refused; an operation that takes none is sent none.
    #[uniffi::method(default(token = None))]
    pub fn to_request(
        &self,
        environment: &PortalEnvironment,
        token: Option<Arc<Token>>,
    ) -> Result<Arc<HttpRequest>, SkifteportalError> {
        let token = token.as_deref().map(|token| &token.0);
        Ok(Arc::new(HttpRequest(
            self.0.to_request(&environment.0, token)?,
        )))
    }
}
