//! What the STS reads from a certificate's subject.

use aws_lc_rs::digest::{digest, SHA256};
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use base64::Engine as _;
use x509_cert::der::asn1::{PrintableStringRef, Utf8StringRef};
use x509_cert::der::oid::ObjectIdentifier;
use x509_cert::der::{Any, Decode as _};
use x509_cert::Certificate;

const SERIAL_NUMBER: ObjectIdentifier = ObjectIdentifier::new_unwrap("2.5.4.5");
const ORGANIZATION_IDENTIFIER: ObjectIdentifier = ObjectIdentifier::new_unwrap("2.5.4.97");

/// A certificate whose chain has been verified elsewhere.
#[derive(Clone, Debug)]
pub(crate) struct Subject {
    /// The SERIALNUMBER of the subject: `UI:DK-O:G:…`.
    pub(crate) serial_number: String,
    /// The CVR number.
    pub(crate) cvr: Option<String>,
    /// The SHA-256 thumbprint, base64url.
    pub(crate) thumbprint: String,
    /// The public key, PKCS#1.
    pub(crate) public_key: Vec<u8>,
}

impl Subject {
    pub(crate) fn read(der: &[u8]) -> Option<Self> {
        let certificate = Certificate::from_der(der).ok()?.tbs_certificate;
        let attribute = |oid: ObjectIdentifier| {
            let mut attributes = certificate.subject.0.iter().flat_map(|part| part.0.iter());
            attributes
                .find(|attribute| attribute.oid == oid)
                .and_then(|found| text(&found.value))
        };
        let cvr = attribute(ORGANIZATION_IDENTIFIER)
            .and_then(|text| text.strip_prefix("NTRDK-").map(ToOwned::to_owned))
            .filter(|cvr| cvr.len() == 8 && cvr.bytes().all(|byte| byte.is_ascii_digit()));
        Some(Self {
            serial_number: attribute(SERIAL_NUMBER).unwrap_or_default(),
            cvr,
            thumbprint: URL_SAFE_NO_PAD.encode(digest(&SHA256, der)),
            public_key: certificate
                .subject_public_key_info
                .subject_public_key
                .as_bytes()?
                .to_vec(),
        })
    }

    /// The CVR number of an OCES3 organisation certificate (guide 2.4); `None` for an employee's.
    pub(crate) fn organisation(&self) -> Option<&str> {
        self.cvr
            .as_deref()
            .filter(|_| self.serial_number.starts_with("UI:DK-O:"))
    }
}

fn text(value: &Any) -> Option<String> {
    let utf8 = value
        .decode_as::<Utf8StringRef<'_>>()
        .map(|text| text.as_str().to_owned());
    utf8.or_else(|_| {
        value
            .decode_as::<PrintableStringRef<'_>>()
            .map(|text| text.as_str().to_owned())
    })
    .ok()
}

/// Whether `issuer` is the name that issued `certificate`.
pub(crate) fn issued_by(certificate: &[u8], issuer: &[u8]) -> bool {
    match (
        Certificate::from_der(certificate),
        Certificate::from_der(issuer),
    ) {
        (Ok(certificate), Ok(issuer)) => {
            certificate.tbs_certificate.issuer == issuer.tbs_certificate.subject
        }
        _ => false,
    }
}
