//! A private key in memory.

use std::sync::Arc;

use skifteportal::certificate as core;
use skifteportal::secret::Secret;
use skifteportal::SkifteportalError;
use zeroize::Zeroizing;

use super::Certificate;
use crate::entropy::entropy;
use crate::shown::shown_as_in_the_core;

/// An RSA private key in memory; no text shows it, and it is wiped when the last user lets go of it. A
/// key that may not leave its store needs none of this: see `UnsignedAssertion` and
/// `Credentials.detached`.
#[derive(uniffi::Object)]
#[uniffi::export(Debug)]
pub struct PrivateKey(pub(crate) core::PrivateKey);

shown_as_in_the_core!(PrivateKey);

#[uniffi::export]
impl PrivateKey {
    /// Reads the first private key of a PEM file: PKCS#8, PKCS#1, or encrypted PKCS#8, which needs the
    /// password.
    #[uniffi::constructor]
    pub fn from_pem(
        pem: Vec<u8>,
        password: Option<String>,
    ) -> Result<Arc<Self>, SkifteportalError> {
        let (pem, password) = (Zeroizing::new(pem), password.map(Secret::new));
        let key = core::PrivateKey::from_pem(&pem, password.as_ref())?;
        Ok(Arc::new(Self(key)))
    }

    /// Reads a private key in DER: PKCS#8 or PKCS#1, or encrypted PKCS#8 where there is a password.
    #[uniffi::constructor]
    pub fn from_der(
        der: Vec<u8>,
        password: Option<String>,
    ) -> Result<Arc<Self>, SkifteportalError> {
        let (der, password) = (Zeroizing::new(der), password.map(Secret::new));
        let key = match &password {
            Some(password) => core::PrivateKey::from_encrypted_der(&der, password)?,
            None => core::PrivateKey::from_der(&der)?,
        };
        Ok(Arc::new(Self(key)))
    }

    /// Whether the certificate is for this key.
    pub fn belongs_to(&self, certificate: &Certificate) -> bool {
        self.0.belongs_to(&certificate.0)
    }

    /// Size of the modulus in bits.
    pub fn bits(&self) -> i32 {
        i32::try_from(self.0.bits()).unwrap_or(i32::MAX)
    }

    /// The key as PEM (PKCS#8, not encrypted), for a TLS stack that reads no PKCS#12. It is a secret:
    /// hand it over in memory, never write it to disk.
    pub fn to_pkcs8_pem(&self) -> Result<String, SkifteportalError> {
        Ok(self.0.to_pkcs8_pem()?.expose().to_owned())
    }

    /// The key as PEM under a password (PKCS#8, AES-256), for a TLS stack that takes keys from files
    /// alone, as Python's `ssl` does. Make up a random password for it, of 32 bytes, and remove the file
    /// at once: a password that a person made up protects no file that stays. The 32 bytes of entropy must
    /// come from the host's cryptographic random source, anew each time.
    pub fn to_encrypted_pkcs8_pem(
        &self,
        password: String,
        entropy_bytes: Vec<u8>,
    ) -> Result<String, SkifteportalError> {
        let (password, entropy) = (Secret::new(password), entropy(entropy_bytes)?);
        Ok(self.0.to_encrypted_pkcs8_pem(&password, &entropy)?)
    }
}
