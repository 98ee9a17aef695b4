//! Who calls.

use skifteportal::secret::Secret;
use skifteportal::session as core;
use wasm_bindgen::prelude::*;

use crate::assertion::settings;
use crate::auth::scope_or_default;
use crate::chain::Chain;
use crate::failure::Outcome;
use crate::key::PrivateKey;
use crate::value::{optional, scalar};

/// How a reporter gets its token. No text shows a secret of it.
#[wasm_bindgen(skip_typescript)]
pub struct Credentials(pub(crate) core::Credentials);

#[wasm_bindgen]
impl Credentials {
    /// Variant A.
    #[wasm_bindgen(js_name = clientSecret)]
    pub fn client_secret(
        client_id: String,
        client_secret: String,
        certificate: &str,
        scope: Option<String>,
    ) -> Outcome<Credentials> {
        Ok(Self(core::Credentials::ClientSecret {
            client_id,
            client_secret: Secret::new(client_secret),
            certificate: scalar("thumbprint", certificate)?,
            scope: scope_or_default(scope),
        }))
    }

    /// Variant B; without a key the session asks for each signature.
    pub fn assertion(
        given: &JsValue,
        chain: &Chain,
        key: &JsValue,
        api_user: &str,
        scope: Option<String>,
    ) -> Outcome<Credentials> {
        Ok(Self(core::Credentials::Assertion {
            settings: settings(given)?,
            chain: chain.0.clone(),
            key: optional::<PrivateKey>(key)?.map(|key| key.0),
            api_user: scalar("thumbprint", api_user)?,
            scope: scope_or_default(scope),
        }))
    }

    /// The Client ID.
    #[wasm_bindgen(getter, js_name = clientId)]
    pub fn client_id(&self) -> String {
        self.0.client_id().to_owned()
    }

    /// The thumbprint of the certificate that the connection to the STS presents.
    #[wasm_bindgen(getter, js_name = tlsCertificate)]
    pub fn tls_certificate(&self) -> String {
        self.0.tls_certificate().to_string()
    }
}
