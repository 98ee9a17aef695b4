//! The certificates of all tests of a binary, made once and read once.

use std::sync::{Arc, OnceLock};

use skifteportal::certificate::{Certificate, KeyStore};
use skifteportal::secret::Secret;
use skifteportal_example::Pem;
use skifteportal_sandbox::pki::{Identity, Pki};

/// The certificates that all sandboxes of this test binary share.
pub fn pki() -> Arc<Pki> {
    static PKI: OnceLock<Arc<Pki>> = OnceLock::new();
    Arc::clone(PKI.get_or_init(|| Arc::new(Pki::generate().unwrap())))
}

/// The key stores of the cast, as the core reads them from their PKCS#12 files.
pub struct Stores {
    /// Reporter A.
    pub reporter_a: KeyStore,
    /// Reporter B.
    pub reporter_b: KeyStore,
    /// The API user of variant B.
    pub api_user: KeyStore,
    /// The system that is registered on the likvidator's adgangsprofil.
    pub system: KeyStore,
    /// The authority behind the hosts' certificates, PEM.
    pub trusted: String,
}

impl Stores {
    /// Those of [`pki`].
    pub fn get() -> &'static Self {
        static STORES: OnceLock<Stores> = OnceLock::new();
        STORES.get_or_init(|| {
            let pki = pki();
            Self {
                reporter_a: Self::of(&pki.reporter_a),
                reporter_b: Self::of(&pki.reporter_b),
                api_user: Self::of(&pki.api_user),
                system: Self::of(&pki.likvidator_system),
                trusted: Certificate::from_der(&pki.server_ca).unwrap().to_pem(),
            }
        })
    }

    /// The key store of an identity of the sandbox.
    pub fn of(identity: &Identity) -> KeyStore {
        let password = Secret::new(identity.password.as_str());
        KeyStore::from_pkcs12(&identity.pkcs12, &password).unwrap()
    }

    /// Chain and key of an identity for TLS, straight from the sandbox: the core refuses to read
    /// some of these certificates' stores without need.
    pub fn pem_of(identity: &Identity) -> Pem {
        Pem::of(&Self::of(identity)).unwrap()
    }
}
