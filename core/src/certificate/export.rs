//! Handing a key store to a TLS stack that cannot read PKCS#12 itself.

use pkcs5::pbes2::Parameters;
use rand_chacha::ChaCha20Rng;
use rsa::pkcs8::{EncodePrivateKey as _, LineEnding, PrivateKeyInfo};
use rsa::rand_core::{RngCore as _, SeedableRng as _};

use super::{CertificateError, Chain, PrivateKey};
use crate::secret::{Entropy, Secret};

/// How often the password is hashed: as the JDK's keytool does it.
const ROUNDS: u32 = 10_000;

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

    /// The key as PEM under a password (PKCS#8, AES-256), for a TLS stack that takes keys from files
    /// alone, as Python's `ssl` does. Make up a random password for it, of 32 bytes, and remove the file
    /// at once: a password that a person made up protects no file that stays. The entropy is for the
    /// salt and the initial vector; it must be new each time.
    pub fn to_encrypted_pkcs8_pem(
        &self,
        password: &Secret,
        entropy: &Entropy,
    ) -> Result<String, CertificateError> {
        let mut random = ChaCha20Rng::from_seed(*entropy.bytes());
        let (mut salt, mut vector) = ([0; 16], [0; 16]);
        random.fill_bytes(&mut salt);
        random.fill_bytes(&mut vector);
        let encrypted = || -> rsa::pkcs8::Result<String> {
            let plain = self.rsa().to_pkcs8_der()?;
            let parameters = Parameters::pbkdf2_sha256_aes256cbc(ROUNDS, &salt, &vector)?;
            let document = PrivateKeyInfo::try_from(plain.as_bytes())?
                .encrypt_with_params(parameters, password.expose())?;
            Ok(document
                .to_pem("ENCRYPTED PRIVATE KEY", LineEnding::LF)?
                .as_str()
                .to_owned())
        };
        encrypted().map_err(|_| CertificateError::KeyInvalid)
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
