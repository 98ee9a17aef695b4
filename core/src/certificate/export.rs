//! Handing a key store to a TLS stack that cannot read PKCS#12 itself.

use rsa::pkcs8::{EncodePrivateKey as _, LineEnding};

use super::{CertificateError, Chain, PrivateKey};
use crate::secret::Secret;

impl PrivateKey {
    /// The key as PEM (PKCS#8, not encrypted), for a TLS stack that reads no PKCS#12: Python's `ssl`
    /// and rustls are such. Hand it over in memory; never write it to disk.
    pub fn to_pkcs8_pem(&self) -> Result<Secret, CertificateError> {
        let pem = self
            .rsa()
            .to_pkcs8_pem(LineEnding::LF)
            .map_err(|_| CertificateError::KeyInvalid)?;
        Ok(Secret::new(pem.as_str()))
    }
}

impl Chain {
    /// The certificates as PEM, leaf first, as a TLS stack wants them.
    pub fn to_pem(&self) -> String {
        self.certificates()
            .iter()
            .map(super::Certificate::to_pem)
            .collect()
    }
}
