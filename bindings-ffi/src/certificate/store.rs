//! A private key with its certificate and chain.

use std::sync::Arc;

use skifteportal::certificate as core;
use skifteportal::certificate::KeyChoice;
use skifteportal::secret::Secret;
use skifteportal::SkifteportalError;
use zeroize::Zeroizing;

use super::{unwrap, wrap, Certificate, Chain, PrivateKey};
use crate::shown::shown_as_in_the_core;

/// How a key store is opened. `Defaults.keyStore` suits a file with one key and its whole chain.
// Not the core's own struct: that holds certificates, which cross as objects.
#[derive(Clone, Debug, uniffi::Record)]
pub struct KeyStoreSettings {
    /// Which key to take.
    pub choice: KeyChoice,
    /// Certificates of issuers to use in addition to those in the file, in any order.
    pub issuers: Vec<Arc<Certificate>>,
    /// Whether a file that lacks the issuer's certificate is taken all the same.
    pub allow_missing_chain: bool,
    /// How many rounds of key derivation the file may ask for, so that a hostile one cannot stall the
    /// caller.
    pub max_iterations: i32,
}

impl KeyStoreSettings {
    fn read(&self) -> core::KeyStoreSettings {
        let mut settings = core::KeyStoreSettings::default();
        settings.choice = self.choice.clone();
        settings.issuers = unwrap(&self.issuers);
        settings.allow_missing_chain = self.allow_missing_chain;
        settings.max_iterations = u32::try_from(self.max_iterations).unwrap_or(0);
        settings
    }
}

impl Default for KeyStoreSettings {
    fn default() -> Self {
        let settings = core::KeyStoreSettings::default();
        Self {
            choice: settings.choice,
            issuers: wrap(&settings.issuers),
            allow_missing_chain: settings.allow_missing_chain,
            max_iterations: i32::try_from(settings.max_iterations).unwrap_or(i32::MAX),
        }
    }
}

/// A private key with the certificate for it and the chain of that certificate.
#[derive(uniffi::Object)]
#[uniffi::export(Debug)]
pub struct KeyStore(core::KeyStore);

shown_as_in_the_core!(KeyStore);

#[uniffi::export]
impl KeyStore {
    /// Opens a PKCS#12 file (`.p12`, `.pfx`) that holds one private key with its whole chain. An empty
    /// password is a password.
    #[uniffi::constructor]
    pub fn from_pkcs12(file: Vec<u8>, password: String) -> Result<Arc<Self>, SkifteportalError> {
        Self::from_pkcs12_with(file, password, KeyStoreSettings::default())
    }

    /// Opens a PKCS#12 file with settings: which key, which more certificates.
    /// `Certificates.listPkcs12` tells which keys there are.
    #[uniffi::constructor]
    pub fn from_pkcs12_with(
        file: Vec<u8>,
        password: String,
        settings: KeyStoreSettings,
    ) -> Result<Arc<Self>, SkifteportalError> {
        let (file, password) = (Zeroizing::new(file), Secret::new(password));
        let store = core::KeyStore::from_pkcs12_with(&file, &password, &settings.read())?;
        Ok(Arc::new(Self(store)))
    }

    /// Takes a key and certificates that were read separately, such as from PEM files, in any order.
    #[uniffi::constructor]
    pub fn from_parts(
        key: &PrivateKey,
        certificates: Vec<Arc<Certificate>>,
        settings: KeyStoreSettings,
    ) -> Result<Arc<Self>, SkifteportalError> {
        let certificates = unwrap(&certificates);
        let store = core::KeyStore::from_parts(key.0.clone(), &certificates, &settings.read())?;
        Ok(Arc::new(Self(store)))
    }

    /// The certificate of the key and its issuers, the leaf first.
    pub fn chain(&self) -> Arc<Chain> {
        Arc::new(Chain(self.0.chain().clone()))
    }

    /// The private key.
    pub fn key(&self) -> Arc<PrivateKey> {
        Arc::new(PrivateKey(self.0.key().clone()))
    }

    /// Certificates of the file that are not in the chain.
    pub fn others(&self) -> Vec<Arc<Certificate>> {
        wrap(self.0.others())
    }

    /// The name that the file gives to the key.
    pub fn friendly_name(&self) -> Option<String> {
        self.0.friendly_name().map(ToOwned::to_owned)
    }
}
