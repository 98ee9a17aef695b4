//! Certificates, chains, private keys and key stores.

mod chain;
mod group;
mod key;
mod store;

use std::sync::Arc;

use crate::shown::shown_as_in_the_core;
use skifteportal::certificate as core;
use skifteportal::certificate::{
    CertificateKind, CertificateSummary, Hierarchy, KeyInfo, NameAttribute, Validity,
};
use skifteportal::model::Timestamp;
use skifteportal::session::CertificateThumbprint;
use skifteportal::SkifteportalError;

pub use chain::Chain;
pub use group::Certificates;
pub use key::PrivateKey;
pub use store::{KeyStore, KeyStoreSettings};

/// An X.509 certificate. Reading does not judge: what it says of itself is to be believed only after
/// `Chain.verify`.
#[derive(PartialEq, Eq, uniffi::Object)]
#[uniffi::export(Debug, Eq)]
pub struct Certificate(pub(crate) core::Certificate);

shown_as_in_the_core!(Certificate, Name);

#[uniffi::export]
impl Certificate {
    /// Reads one certificate in DER: what an operating system's store or a token hands out.
    #[uniffi::constructor]
    pub fn from_der(der: Vec<u8>) -> Result<Arc<Self>, SkifteportalError> {
        Ok(Arc::new(Self(core::Certificate::from_der(&der)?)))
    }

    /// Reads the first certificate of a PEM file. `Certificates.allFromPem` reads all.
    #[uniffi::constructor]
    pub fn from_pem(pem: Vec<u8>) -> Result<Arc<Self>, SkifteportalError> {
        let mut all = core::Certificate::from_pem(&pem)?.into_iter();
        let first = all.next().ok_or(core::CertificateError::NoCertificate)?;
        Ok(Arc::new(Self(first)))
    }

    /// The certificate as it was read, in DER.
    pub fn der(&self) -> Vec<u8> {
        self.0.der().to_vec()
    }

    /// The certificate in PEM.
    pub fn to_pem(&self) -> String {
        self.0.to_pem()
    }

    /// Whom it is for.
    pub fn subject(&self) -> Arc<Name> {
        Arc::new(Name(self.0.subject().clone()))
    }

    /// Who issued it.
    pub fn issuer(&self) -> Arc<Name> {
        Arc::new(Name(self.0.issuer().clone()))
    }

    /// What the likvidator types in Samarbejdsportalen: the attribute SERIALNUMBER in the subject,
    /// letter for letter. It is not the serial number of the certificate. Absent if the subject has no
    /// such field, or several.
    pub fn subject_serial_number(&self) -> Option<String> {
        self.0.subject_serial_number().map(ToOwned::to_owned)
    }

    /// The serial number that the issuer gave the certificate, in hexadecimal. This is NOT what
    /// Samarbejdsportalen asks for.
    pub fn x509_serial_number(&self) -> String {
        self.0.x509_serial_number()
    }

    /// The CVR number, 8 digits.
    pub fn cvr(&self) -> Option<String> {
        self.0.cvr().map(ToOwned::to_owned)
    }

    /// What sort of certificate this is, going by what it says.
    pub fn kind(&self) -> CertificateKind {
        self.0.kind()
    }

    /// Whether it says that it is from the test or the production hierarchy.
    pub fn hierarchy(&self) -> Hierarchy {
        self.0.hierarchy()
    }

    /// The first second in which it is valid.
    pub fn not_before(&self) -> Timestamp {
        self.0.not_before()
    }

    /// The last second in which it is valid.
    pub fn not_after(&self) -> Timestamp {
        self.0.not_after()
    }

    /// Whether it is valid at a time, with a warning in the last days of its life.
    pub fn validity_at(&self, now: Timestamp, warning_days: i32) -> Validity {
        self.0.validity_at(now, days(warning_days))
    }

    /// Kind and size of the public key.
    pub fn key_info(&self) -> KeyInfo {
        self.0.key_info()
    }

    /// The SHA-256 thumbprint: 64 lower-case hexadecimal digits. `Credentials` ask for it.
    pub fn thumbprint(&self) -> CertificateThumbprint {
        (&self.0).into()
    }

    /// The SHA-256 thumbprint as 32 bytes.
    pub fn thumbprint_sha256(&self) -> Vec<u8> {
        self.0.thumbprint_sha256().to_vec()
    }

    /// The thumbprint as the header `x5t#S256` of a JWT has it.
    pub fn x5t_s256(&self) -> String {
        self.0.x5t_s256()
    }

    /// Whether subject and issuer are the same name, as in a root.
    pub fn is_self_issued(&self) -> bool {
        self.0.is_self_issued()
    }

    /// Whether it says that it is an authority's.
    pub fn is_authority(&self) -> bool {
        self.0.is_authority()
    }

    /// The address where the issuer's certificate can be fetched, for a chain with a missing link.
    pub fn issuer_certificate_url(&self) -> Option<String> {
        self.0.issuer_certificate_url().map(ToOwned::to_owned)
    }

    /// What a person needs to know of it, and what speaks against using it with the portal.
    pub fn summary(&self, now: Timestamp, warning_days: i32) -> CertificateSummary {
        self.0.summary(now, days(warning_days))
    }
}

/// A number of days from a host; Java has no unsigned type, and fewer than none are none.
fn days(days: i32) -> u32 {
    u32::try_from(days).unwrap_or(0)
}

pub(crate) fn wrap(certificates: &[core::Certificate]) -> Vec<Arc<Certificate>> {
    let wrapped = certificates.iter().cloned().map(Certificate);
    wrapped.map(Arc::new).collect()
}

pub(crate) fn unwrap(certificates: &[Arc<Certificate>]) -> Vec<core::Certificate> {
    certificates.iter().map(|one| one.0.clone()).collect()
}

/// A distinguished name: whom a certificate is for, or who issued it. As a text it is
/// `CN=…, SERIALNUMBER=…, O=…, C=DK`, in the order of the certificate.
#[derive(uniffi::Object)]
#[uniffi::export(Display)]
pub struct Name(core::Name);

impl std::fmt::Display for Name {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        self.0.fmt(f)
    }
}

#[uniffi::export]
impl Name {
    /// All attributes in the order of the certificate.
    pub fn attributes(&self) -> Vec<NameAttribute> {
        self.0.attributes()
    }

    /// The values of one type of attribute, by its object identifier.
    pub fn values(&self, oid: &str) -> Vec<String> {
        self.0.values(oid)
    }

    /// The commonName.
    pub fn common_name(&self) -> Option<String> {
        self.0.common_name().map(ToOwned::to_owned)
    }

    /// The organizationName.
    pub fn organization(&self) -> Option<String> {
        self.0.organization().map(ToOwned::to_owned)
    }

    /// The organizationalUnitName.
    pub fn organizational_unit(&self) -> Option<String> {
        self.0.organizational_unit().map(ToOwned::to_owned)
    }

    /// The countryName.
    pub fn country(&self) -> Option<String> {
        self.0.country().map(ToOwned::to_owned)
    }

    /// The attribute SERIALNUMBER; absent if there is none, or several.
    pub fn serial_number(&self) -> Option<String> {
        self.0.serial_number().map(ToOwned::to_owned)
    }

    /// The organizationIdentifier, such as `NTRDK-19552101`; absent if there is none, or several.
    pub fn organization_identifier(&self) -> Option<String> {
        self.0.organization_identifier().map(ToOwned::to_owned)
    }

    /// Whether both are the same name by the rules of RFC 5280 section 7.1.
    pub fn matches(&self, other: &Name) -> bool {
        self.0.matches(&other.0)
    }
}
