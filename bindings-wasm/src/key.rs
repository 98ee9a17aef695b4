//! Private keys in memory.

use skifteportal::certificate as core;
use skifteportal::secret::Secret;
use wasm_bindgen::prelude::*;
use zeroize::Zeroizing;

use crate::certificate::Certificate;
use crate::failure::Outcome;

/// An RSA private key in memory.
#[wasm_bindgen(skip_typescript)]
#[derive(Clone)]
pub struct PrivateKey(pub(crate) core::PrivateKey);

#[wasm_bindgen]
impl PrivateKey {
    /// The same object once more.
    pub fn copy(&self) -> Self {
        self.clone()
    }

    /// Reads the first private key of a PEM file.
    #[wasm_bindgen(js_name = fromPem)]
    pub fn from_pem(pem: Vec<u8>, password: Option<String>) -> Outcome<PrivateKey> {
        let (pem, password) = (Zeroizing::new(pem), password.map(Secret::new));
        Ok(Self(core::PrivateKey::from_pem(&pem, password.as_ref())?))
    }

    /// Reads a private key in DER.
    #[wasm_bindgen(js_name = fromDer)]
    pub fn from_der(der: Vec<u8>, password: Option<String>) -> Outcome<PrivateKey> {
        let (der, password) = (Zeroizing::new(der), password.map(Secret::new));
        Ok(Self(match &password {
            Some(password) => core::PrivateKey::from_encrypted_der(&der, password)?,
            None => core::PrivateKey::from_der(&der)?,
        }))
    }

    /// Whether the certificate is for this key.
    #[wasm_bindgen(js_name = belongsTo)]
    pub fn belongs_to(&self, certificate: &Certificate) -> bool {
        self.0.belongs_to(&certificate.0)
    }

    /// Size of the modulus in bits.
    #[wasm_bindgen(getter)]
    pub fn bits(&self) -> u32 {
        u32::try_from(self.0.bits()).unwrap_or(u32::MAX)
    }

    /// The key as PEM, not encrypted.
    #[wasm_bindgen(js_name = toPkcs8Pem)]
    pub fn to_pkcs8_pem(&self) -> Outcome<String> {
        Ok(self.0.to_pkcs8_pem()?.expose().to_owned())
    }
}
