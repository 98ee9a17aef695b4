//! A certificate in plain fields, for people to look at.

use super::{Certificate, CertificateKind, Hierarchy, KeyKind, Validity};
use crate::model::Timestamp;

/// What a person needs to know of a certificate. A command line or a binding prints it.
#[derive(Clone, Debug, PartialEq, Eq)]
#[cfg_attr(feature = "uniffi", derive(uniffi::Record))]
#[cfg_attr(
    feature = "dynamic",
    derive(serde::Serialize),
    serde(rename_all = "camelCase")
)]
pub struct CertificateSummary {
    /// What sort of certificate it is.
    pub kind: CertificateKind,
    /// Test or production.
    pub hierarchy: Hierarchy,
    /// What the likvidator types in Samarbejdsportalen (guide 3.2.1).
    pub subject_serial_number: Option<String>,
    /// The CVR number.
    pub cvr: Option<String>,
    /// The commonName of the subject.
    pub common_name: Option<String>,
    /// The organisation of the subject.
    pub organisation: Option<String>,
    /// The issuer's full name.
    pub issuer: String,
    /// The first second in which it is valid.
    pub not_before: Timestamp,
    /// The last second in which it is valid.
    pub not_after: Timestamp,
    /// Whether it is valid at the time that was asked for.
    pub validity: Validity,
    /// The kind of key.
    pub key_kind: KeyKind,
    /// Size of the key in bits.
    pub key_bits: u32,
    /// SHA-256 thumbprint, 64 hexadecimal digits.
    pub thumbprint: String,
    /// What speaks against using it with the portal.
    pub warnings: Vec<CertificateWarning>,
}

/// Something that speaks against using a certificate with the portal.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
#[cfg_attr(feature = "uniffi", derive(uniffi::Enum))]
pub enum CertificateWarning {
    /// It is not valid yet.
    NotYetValid,
    /// The warning period before its end has begun.
    ExpiresSoon,
    /// It has expired.
    Expired,
    /// It is of OCES2, which is no longer accepted.
    Oces2,
    /// It is for a person or an employee. Reading: the guide speaks of the organisation's
    /// certificate (guide 3.1.1).
    NotAnOrganisation,
    /// It is a CA's certificate, or none of OCES.
    NotOces,
    /// The subject has no SERIALNUMBER, or several.
    NoSubjectSerialNumber,
    /// It has no CVR number.
    NoCvr,
    /// The key is not an RSA key.
    KeyNotRsa,
    /// The RSA key has fewer than 2048 bits.
    KeyTooShort,
    /// Its keyUsage does not allow signatures, so no client can authenticate with it.
    KeyNotForSigning,
}

#[cfg(feature = "dynamic")]
impl serde::Serialize for CertificateWarning {
    /// Its code.
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(self.code())
    }
}

impl CertificateWarning {
    /// The stable code of this warning, as all languages show it.
    pub const fn code(self) -> &'static str {
        match self {
            Self::NotYetValid => "certificate.not_yet_valid",
            Self::ExpiresSoon => "certificate.expires_soon",
            Self::Expired => "certificate.expired",
            Self::Oces2 => "certificate.oces2",
            Self::NotAnOrganisation => "certificate.not_an_organisation",
            Self::NotOces => "certificate.not_oces",
            Self::NoSubjectSerialNumber => "certificate.no_subject_serial_number",
            Self::NoCvr => "certificate.no_cvr",
            Self::KeyNotRsa => "certificate.key_not_rsa",
            Self::KeyTooShort => "certificate.key_too_short",
            Self::KeyNotForSigning => "certificate.key_not_for_signing",
        }
    }
}

impl CertificateSummary {
    pub(super) fn of(certificate: &Certificate, now: Timestamp, warning_days: u32) -> Self {
        let text = |value: Option<&str>| value.map(str::to_owned);
        let subject = certificate.subject();
        let key = certificate.key_info();
        let validity = certificate.validity_at(now, warning_days);
        Self {
            kind: certificate.kind(),
            hierarchy: certificate.hierarchy(),
            subject_serial_number: text(certificate.subject_serial_number()),
            cvr: text(certificate.cvr()),
            common_name: text(subject.common_name()),
            organisation: text(subject.organization()),
            issuer: certificate.issuer().to_string(),
            not_before: certificate.not_before(),
            not_after: certificate.not_after(),
            validity,
            key_kind: key.kind,
            key_bits: key.bits,
            thumbprint: certificate.thumbprint_hex(),
            warnings: warnings(certificate, validity),
        }
    }
}

fn warnings(certificate: &Certificate, validity: Validity) -> Vec<CertificateWarning> {
    use CertificateWarning as Warning;
    let mut warnings = Vec::new();
    match validity {
        Validity::NotYetValid { .. } => warnings.push(Warning::NotYetValid),
        Validity::ExpiresSoon { .. } => warnings.push(Warning::ExpiresSoon),
        Validity::Expired { .. } => warnings.push(Warning::Expired),
        Validity::Valid { .. } => {}
    }
    match certificate.kind() {
        CertificateKind::OcesOrganisation => {}
        CertificateKind::OcesEmployee | CertificateKind::OcesPerson => {
            warnings.push(Warning::NotAnOrganisation);
        }
        CertificateKind::Oces2 => warnings.push(Warning::Oces2),
        CertificateKind::Authority | CertificateKind::Other => warnings.push(Warning::NotOces),
    }
    let key = certificate.key_info();
    let found = [
        (
            certificate.subject_serial_number().is_none(),
            Warning::NoSubjectSerialNumber,
        ),
        (certificate.cvr().is_none(), Warning::NoCvr),
        (key.kind != KeyKind::Rsa, Warning::KeyNotRsa),
        (
            key.kind == KeyKind::Rsa && key.bits < 2048,
            Warning::KeyTooShort,
        ),
        (
            certificate.extensions().signs == Some(false),
            Warning::KeyNotForSigning,
        ),
    ];
    warnings.extend(
        found
            .into_iter()
            .filter(|(holds, _)| *holds)
            .map(|(_, warning)| warning),
    );
    warnings
}
