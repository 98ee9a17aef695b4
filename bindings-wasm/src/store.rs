//! Key stores.

use serde::Deserialize;
use skifteportal::certificate as core;
use skifteportal::secret::Secret;
use wasm_bindgen::prelude::*;
use zeroize::Zeroizing;

use crate::certificate::{unwrap, wrap, Certificate};
use crate::chain::Chain;
use crate::failure::Outcome;
use crate::key::PrivateKey;
use crate::value::{object, value};

/// What may be said of how a store is opened. Certificates, which are objects, stand beside it.
#[derive(Default, Deserialize)]
#[serde(rename_all = "camelCase", default, deny_unknown_fields)]
struct Settings {
    choice: Option<core::KeyChoice>,
    allow_missing_chain: bool,
    max_iterations: Option<u32>,
}

fn settings(given: &JsValue, issuers: &JsValue) -> Outcome<core::KeyStoreSettings> {
    let given = value::<Option<Settings>>(given)?.unwrap_or_default();
    let mut settings = core::KeyStoreSettings::default();
    settings.choice = given.choice.unwrap_or_default();
    settings.allow_missing_chain = given.allow_missing_chain;
    settings.max_iterations = given.max_iterations.unwrap_or(settings.max_iterations);
    settings.issuers = unwrap(issuers)?;
    Ok(settings)
}

/// A private key with its certificate and chain.
#[wasm_bindgen(skip_typescript)]
pub struct KeyStore(core::KeyStore);

#[wasm_bindgen]
impl KeyStore {
    /// Opens a PKCS#12 file.
    #[wasm_bindgen(js_name = fromPkcs12)]
    pub fn from_pkcs12(
        file: Vec<u8>,
        password: String,
        how: &JsValue,
        issuers: &JsValue,
    ) -> Outcome<KeyStore> {
        let (file, password) = (Zeroizing::new(file), Secret::new(password));
        let settings = settings(how, issuers)?;
        let store = core::KeyStore::from_pkcs12_with(&file, &password, &settings)?;
        Ok(Self(store))
    }

    /// Takes a key and certificates that were read separately.
    #[wasm_bindgen(js_name = fromParts)]
    pub fn from_parts(
        key: &PrivateKey,
        certificates: &JsValue,
        how: &JsValue,
        issuers: &JsValue,
    ) -> Outcome<KeyStore> {
        let settings = settings(how, issuers)?;
        let certificates = unwrap(certificates)?;
        let store = core::KeyStore::from_parts(key.0.clone(), &certificates, &settings)?;
        Ok(Self(store))
    }

    /// Lists the keys of a PKCS#12 file.
    pub fn list(file: Vec<u8>, password: String) -> Outcome<JsValue> {
        let (file, password) = (Zeroizing::new(file), Secret::new(password));
        let most = core::KeyStoreSettings::default().max_iterations;
        let keys = core::KeyStore::list_pkcs12(&file, &password, most)?;
        Ok(object(&keys))
    }

    /// The certificate of the key and its issuers.
    #[wasm_bindgen(getter)]
    pub fn chain(&self) -> Chain {
        Chain(self.0.chain().clone())
    }

    /// The private key.
    #[wasm_bindgen(getter)]
    pub fn key(&self) -> PrivateKey {
        PrivateKey(self.0.key().clone())
    }

    /// Certificates of the file that are not in the chain.
    #[wasm_bindgen(getter)]
    pub fn others(&self) -> Vec<Certificate> {
        wrap(self.0.others())
    }

    /// The name that the file gives to the key.
    #[wasm_bindgen(getter, js_name = friendlyName)]
    pub fn friendly_name(&self) -> Option<String> {
        self.0.friendly_name().map(ToOwned::to_owned)
    }
}
