//! What belongs to no single certificate.

use std::sync::Arc;

use skifteportal::certificate as core;
use skifteportal::certificate::{
    CertificateKind, CertificateWarning, Hierarchy, KeyEntry, KeyKind, Validity,
};
use skifteportal::secret::Secret;
use skifteportal::SkifteportalError;
use zeroize::Zeroizing;

use super::{wrap, Certificate};
use crate::group::group;

group! {
    /// Files with several certificates or keys, and the stable names of what certificates say.
    Certificates
}

#[uniffi::export]
impl Certificates {
    /// Reads all certificates of a PEM file, in the order of the file.
    pub fn all_from_pem(&self, pem: Vec<u8>) -> Result<Vec<Arc<Certificate>>, SkifteportalError> {
        Ok(wrap(&core::Certificate::from_pem(&Zeroizing::new(pem))?))
    }

    /// Lists the keys of a PKCS#12 file that have a certificate, to choose from.
    pub fn list_pkcs12(
        &self,
        file: Vec<u8>,
        password: String,
    ) -> Result<Vec<KeyEntry>, SkifteportalError> {
        let (file, password) = (Zeroizing::new(file), Secret::new(password));
        let most = core::KeyStoreSettings::default().max_iterations;
        Ok(core::KeyStore::list_pkcs12(&file, &password, most)?)
    }

    /// The name of a kind, such as `oces_organisation`.
    pub fn kind_name(&self, kind: CertificateKind) -> String {
        kind.as_str().to_owned()
    }

    /// The name of a hierarchy, such as `test`.
    pub fn hierarchy_name(&self, hierarchy: Hierarchy) -> String {
        hierarchy.as_str().to_owned()
    }

    /// The name of a validity, such as `expires_soon`.
    pub fn validity_name(&self, validity: Validity) -> String {
        validity.as_str().to_owned()
    }

    /// Whether a certificate of this validity can be used.
    pub fn is_usable(&self, validity: Validity) -> bool {
        validity.is_usable()
    }

    /// The name of a kind of key, such as `rsa`.
    pub fn key_kind_name(&self, kind: KeyKind) -> String {
        kind.as_str().to_owned()
    }

    /// The code of a warning, such as `certificate.expires_soon`.
    pub fn warning_code(&self, warning: CertificateWarning) -> String {
        warning.code().to_owned()
    }
}
