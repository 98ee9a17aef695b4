//! Where tokens are issued and where the API answers.

use std::sync::Arc;

use crate::shown::shown_as_in_the_core;
use skifteportal::environment as core;
use skifteportal::environment::EnvironmentKind;
use skifteportal::SkifteportalError;

/// An environment: test, production, or hosts of the caller's. It never changes; the methods `with…`
/// give a new one.
// Not `Environment`: in C# that name is ambiguous wherever `System` is used. So is `Action`.
#[derive(PartialEq, Eq, uniffi::Object)]
#[uniffi::export(Debug, Eq)]
pub struct PortalEnvironment(pub(crate) core::Environment);

shown_as_in_the_core!(PortalEnvironment);

#[uniffi::export]
impl PortalEnvironment {
    /// The external test environment.
    #[uniffi::constructor]
    pub fn test() -> Arc<Self> {
        Arc::new(Self(core::Environment::test()))
    }

    /// Production.
    #[uniffi::constructor]
    pub fn production() -> Arc<Self> {
        Arc::new(Self(core::Environment::production()))
    }

    /// Hosts of the caller's: the sandbox, or a proxy in front of the portal. Each is
    /// `https://host[:port]`; `http` is taken on loopback alone.
    #[uniffi::constructor]
    pub fn custom(sysauth: &str, auth: &str, api: &str) -> Result<Arc<Self>, SkifteportalError> {
        Ok(Arc::new(Self(core::Environment::custom(
            sysauth, auth, api,
        )?)))
    }

    /// The same with another `aud` for the assertions of variant B: a stock Keycloak wants its issuer
    /// URL.
    pub fn with_audience(&self, audience: String) -> Arc<Self> {
        Arc::new(Self(self.0.clone().with_audience(audience)))
    }

    /// The same with a path template for an operation, named by its key in the catalogue, as the
    /// portal's official `OpenAPI` file gives it.
    pub fn with_path(&self, key: &str, template: &str) -> Result<Arc<Self>, SkifteportalError> {
        Ok(Arc::new(Self(self.0.clone().with_path(key, template)?)))
    }

    /// Test, production or custom.
    pub fn kind(&self) -> EnvironmentKind {
        self.0.kind()
    }

    /// The STS host, which demands mutual TLS.
    pub fn sysauth(&self) -> String {
        self.0.sysauth().as_str().to_owned()
    }

    /// The exchange host.
    pub fn auth(&self) -> String {
        self.0.auth().as_str().to_owned()
    }

    /// The API host.
    pub fn api(&self) -> String {
        self.0.api().as_str().to_owned()
    }

    /// The URL of the token endpoint.
    pub fn token_url(&self) -> String {
        self.0.token_url()
    }

    /// The URL of the exchange.
    pub fn exchange_url(&self) -> String {
        self.0.exchange_url()
    }

    /// The audience of the assertions of variant B.
    pub fn audience(&self) -> String {
        self.0.audience().to_owned()
    }

    /// The path template that was set for an operation.
    pub fn path(&self, key: &str) -> Option<String> {
        self.0.path(key).map(ToOwned::to_owned)
    }
}
