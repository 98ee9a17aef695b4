//! What sort of certificate it is: the national forms of OCES2 and OCES3.

use super::name::{ORGANIZATIONAL_UNIT, ORGANIZATION_IDENTIFIER};
use super::Certificate;

/// What sort of certificate it is, going by what it says. Anyone can write these things into a
/// certificate of their own; [`super::Chain::verify`] tells whether they are true.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
#[cfg_attr(feature = "uniffi", derive(uniffi::Enum))]
#[cfg_attr(
    feature = "dynamic",
    derive(serde::Serialize),
    serde(rename_all = "snake_case")
)]
pub enum CertificateKind {
    /// OCES3 for an organisation or its system: subject SERIALNUMBER `UI:DK-O:…`. This is what the
    /// portal expects of a reporter and of an API user (guide 3.1.1, 3.1.2).
    OcesOrganisation,
    /// OCES3 for an employee: subject SERIALNUMBER `UI:DK-E:…`.
    OcesEmployee,
    /// OCES3 for a private person: subject SERIALNUMBER `UI:DK-P:…`.
    OcesPerson,
    /// The former OCES2 of `NemID` (`CVR:…-UID:…`, `CVR:…-RID:…`, `CVR:…-FID:…`, `PID:…`). No longer
    /// accepted.
    Oces2,
    /// A CA's certificate: an issuing CA or a root.
    Authority,
    /// None of these.
    Other,
}

impl CertificateKind {
    /// Its name, which stays as it is.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::OcesOrganisation => "oces_organisation",
            Self::OcesEmployee => "oces_employee",
            Self::OcesPerson => "oces_person",
            Self::Oces2 => "oces2",
            Self::Authority => "authority",
            Self::Other => "other",
        }
    }
}

/// The hierarchy that a certificate says it is from.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[cfg_attr(feature = "uniffi", derive(uniffi::Enum))]
#[cfg_attr(
    feature = "dynamic",
    derive(serde::Serialize),
    serde(rename_all = "snake_case")
)]
pub enum Hierarchy {
    /// The test hierarchy: its CAs have `OU=Test - cti` and publish at `cti-gov.dk` (OCES2:
    /// `TRUST2408 Systemtest`).
    Test,
    /// The production hierarchy: its CAs publish at `ca1.gov.dk` (OCES2: `TRUST2408`).
    Production,
    /// Not a Danish OCES certificate, as far as it says.
    Unknown,
}

impl Hierarchy {
    /// Its name, which stays as it is.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Test => "test",
            Self::Production => "production",
            Self::Unknown => "unknown",
        }
    }
}

/// The issuer of all OCES3 certificates.
const STATE: &str = "Den Danske Stat";

pub(super) fn kind(certificate: &Certificate) -> CertificateKind {
    if certificate.is_authority() {
        return CertificateKind::Authority;
    }
    let Some(serial) = certificate.subject_serial_number() else {
        return CertificateKind::Other;
    };
    if serial.starts_with("UI:DK-O:") {
        CertificateKind::OcesOrganisation
    } else if serial.starts_with("UI:DK-E:") {
        CertificateKind::OcesEmployee
    } else if serial.starts_with("UI:DK-P:") {
        CertificateKind::OcesPerson
    } else if serial.starts_with("PID:") || oces2_cvr(serial).is_some() {
        CertificateKind::Oces2
    } else {
        CertificateKind::Other
    }
}

pub(super) fn cvr(certificate: &Certificate) -> Option<&str> {
    let subject = certificate.subject();
    match subject.organization_identifier() {
        Some(identifier) => identifier.strip_prefix("NTRDK-").filter(|cvr| is_cvr(cvr)),
        // Several of them: it is not known which one counts.
        None if subject.iter(ORGANIZATION_IDENTIFIER).next().is_some() => None,
        None => oces2_cvr(subject.serial_number()?),
    }
}

/// The CVR number in an OCES2 serial number, `CVR:<cvr>-<UID|RID|FID>:<id>`.
fn oces2_cvr(serial: &str) -> Option<&str> {
    let (cvr, holder) = serial.strip_prefix("CVR:")?.split_once('-')?;
    let known = ["UID:", "RID:", "FID:"]
        .iter()
        .any(|form| holder.starts_with(form));
    (known && is_cvr(cvr)).then_some(cvr)
}

fn is_cvr(text: &str) -> bool {
    text.len() == 8 && text.bytes().all(|byte| byte.is_ascii_digit())
}

pub(super) fn hierarchy(certificate: &Certificate) -> Hierarchy {
    let issuer = certificate.issuer();
    match issuer.organization() {
        Some(STATE) => {
            let test_unit = issuer
                .iter(ORGANIZATIONAL_UNIT)
                .any(|unit| unit.starts_with("Test"));
            let hosts = || {
                let urls = &certificate.extensions().issuer_urls;
                urls.iter().filter_map(|url| host(url))
            };
            let under = |domain: &str| {
                hosts().any(|host| {
                    host == domain
                        || host
                            .strip_suffix(domain)
                            .is_some_and(|rest| rest.ends_with('.'))
                })
            };
            if test_unit || under("cti-gov.dk") {
                Hierarchy::Test
            } else if under("ca1.gov.dk") {
                Hierarchy::Production
            } else {
                Hierarchy::Unknown
            }
        }
        Some("TRUST2408") => match issuer.common_name() {
            Some(name) if name.contains("Systemtest") => Hierarchy::Test,
            Some(_) => Hierarchy::Production,
            None => Hierarchy::Unknown,
        },
        _ => Hierarchy::Unknown,
    }
}

fn host(url: &str) -> Option<String> {
    let (_, rest) = url.split_once("://")?;
    let authority = rest.split(['/', '?', '#']).next()?;
    let host = authority.rsplit('@').next()?;
    Some(host.split(':').next()?.to_ascii_lowercase())
}
