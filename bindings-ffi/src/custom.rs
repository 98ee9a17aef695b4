//! The catalogue of operations, and calls of operations that it does not have.

use std::sync::Arc;

use skifteportal::api as core;
use skifteportal::api::{CustomCall, OperationSpec, Service, ServiceInfo, TokenRule};
use skifteportal::SkifteportalError;

use crate::group::group;
use crate::RawCall;

group! {
    /// The catalogue of the operations that the library knows, and of the portal's services.
    Catalogue
}

#[uniffi::export]
impl Catalogue {
    /// All operations, by service, in the order of the guide's sections.
    pub fn operations(&self) -> Vec<OperationSpec> {
        core::catalogue().to_vec()
    }

    /// The operation with a key such as `doedsbojournal.addKrav`.
    pub fn operation(&self, key: &str) -> Option<OperationSpec> {
        core::operation(key).cloned()
    }

    /// All services, in the order of the guide's sections 4.3 to 4.5.
    pub fn services(&self) -> Vec<ServiceInfo> {
        core::services().to_vec()
    }

    /// What is known of a service.
    pub fn service(&self, service: Service) -> ServiceInfo {
        *service.info()
    }

    /// The stable name of a token rule: `none`, `direct`, `delegated` or `either`.
    pub fn token_rule_name(&self, rule: TokenRule) -> String {
        rule.as_str().to_owned()
    }
}

group! {
    /// Calls of operations that the catalogue does not have, or has otherwise than the host's official
    /// OpenAPI file.
    Custom
}

#[uniffi::export]
impl Custom {
    /// A call in the words of the official OpenAPI file. It obeys the service's token rule; its answer
    /// is the host's to read. A POST counts as one that files, so it is not repeatable.
    pub fn call(&self, call: CustomCall) -> Result<Arc<RawCall>, SkifteportalError> {
        Ok(Arc::new(RawCall(core::custom(call)?)))
    }
}
