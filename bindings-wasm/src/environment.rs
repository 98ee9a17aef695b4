//! Where tokens are issued and where the API answers.

use skifteportal::environment as core;
use wasm_bindgen::prelude::*;

use crate::failure::Outcome;
use crate::value::object;

/// An environment. It never changes.
#[wasm_bindgen(skip_typescript)]
#[derive(Clone)]
pub struct Environment(pub(crate) core::Environment);

#[wasm_bindgen]
impl Environment {
    /// The external test environment.
    pub fn test() -> Self {
        Self(core::Environment::test())
    }

    /// Production.
    pub fn production() -> Self {
        Self(core::Environment::production())
    }

    /// Hosts of the caller's.
    pub fn custom(sysauth: &str, auth: &str, api: &str) -> Outcome<Environment> {
        Ok(Self(core::Environment::custom(sysauth, auth, api)?))
    }

    /// The same with another audience.
    #[wasm_bindgen(js_name = withAudience)]
    pub fn with_audience(&self, audience: String) -> Self {
        Self(self.0.clone().with_audience(audience))
    }

    /// The same with a path template for an operation.
    #[wasm_bindgen(js_name = withPath)]
    pub fn with_path(&self, key: &str, template: &str) -> Outcome<Environment> {
        Ok(Self(self.0.clone().with_path(key, template)?))
    }

    /// Test, production or custom.
    #[wasm_bindgen(getter)]
    pub fn kind(&self) -> JsValue {
        object(&self.0.kind())
    }

    /// The STS host.
    #[wasm_bindgen(getter)]
    pub fn sysauth(&self) -> String {
        self.0.sysauth().as_str().to_owned()
    }

    /// The exchange host.
    #[wasm_bindgen(getter)]
    pub fn auth(&self) -> String {
        self.0.auth().as_str().to_owned()
    }

    /// The API host.
    #[wasm_bindgen(getter)]
    pub fn api(&self) -> String {
        self.0.api().as_str().to_owned()
    }

    /// The URL of the token endpoint.
    #[wasm_bindgen(getter, js_name = tokenUrl)]
    pub fn token_url(&self) -> String {
        self.0.token_url()
    }

    /// The URL of the exchange.
    #[wasm_bindgen(getter, js_name = exchangeUrl)]
    pub fn exchange_url(&self) -> String {
        self.0.exchange_url()
    }

    /// The audience of the assertions of variant B.
    #[wasm_bindgen(getter)]
    pub fn audience(&self) -> String {
        self.0.audience().to_owned()
    }

    /// The path template that was set for an operation.
    pub fn path(&self, key: &str) -> Option<String> {
        self.0.path(key).map(ToOwned::to_owned)
    }
}
