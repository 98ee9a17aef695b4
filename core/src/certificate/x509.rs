//! One certificate, parsed.

use std::fmt;
use std::sync::Arc;

use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use base64::Engine as _;
use sha2::{Digest, Sha256};
use x509_parser::certificate::{X509Certificate, X509CertificateParser};
use x509_parser::nom::Parser as _;

use super::extensions::Extensions;
use super::pem;
use super::public_key::{KeyInfo, PublicKey};
use super::signature::Signature;
use super::{CertificateError, CertificateKind, CertificateSummary, Hierarchy, Name, Validity};
use crate::model::Timestamp;

/// More than any certificate has; real ones are 1 to 3 kB.
const MAX_DER: usize = 256 * 1024;
/// More than any bundle of certificates has.
const MAX_PEM: usize = 4 * 1024 * 1024;

/// An X.509 certificate, read once. Cloning is cheap.
///
/// Reading does not judge: what a certificate says of itself is to be believed only after
/// [`super::Chain::verify`].
///
/// ```
/// use skifteportal::certificate::{Certificate, CertificateKind};
/// let pem = include_bytes!("../../../tests/data/certificates/oces3-test-system-cert.pem");
/// let certificate = &Certificate::from_pem(pem)?[0];
/// assert_eq!(certificate.kind(), CertificateKind::OcesOrganisation);
/// assert_eq!(
///     certificate.subject_serial_number(),
///     Some("UI:DK-O:G:5e50b9bb-22fd-483d-baf7-fd077ed975f5")
/// );
/// assert_eq!(certificate.cvr(), Some("19552101"));
/// # Ok::<(), skifteportal::certificate::CertificateError>(())
/// ```
#[derive(Clone)]
pub struct Certificate(Arc<Parsed>);

struct Parsed {
    der: Vec<u8>,
    signed: Vec<u8>,
    signature: Signature,
    serial: String,
    subject: Name,
    issuer: Name,
    not_before: Timestamp,
    not_after: Timestamp,
    key: PublicKey,
    extensions: Extensions,
    thumbprint: [u8; 32],
}

impl Certificate {
    /// Reads one certificate in DER (a `.cer` or `.crt` file that is not text).
    pub fn from_der(der: &[u8]) -> Result<Self, CertificateError> {
        check_size(der.len(), MAX_DER)?;
        let malformed = || CertificateError::malformed("certificate");
        // The extensions that matter are read by `Extensions`, so the parser need not look into any.
        let (rest, parsed) = X509CertificateParser::new()
            .with_deep_parse_extensions(false)
            .parse(der)
            .map_err(|_| malformed())?;
        if !rest.is_empty() {
            return Err(CertificateError::TrailingData {
                part: "certificate".to_owned(),
                count: rest.len() as u64,
            });
        }
        let read = Parsed::read(der, &parsed).ok_or_else(malformed)?;
        Ok(Self(Arc::new(read)))
    }

    /// Reads all certificates of a PEM file, in the order of the file. Other blocks, such as private
    /// keys, and text around the blocks are passed over.
    pub fn from_pem(pem: &[u8]) -> Result<Vec<Self>, CertificateError> {
        check_size(pem.len(), MAX_PEM)?;
        let certificates = pem::blocks(pem)?
            .iter()
            .filter(|block| {
                matches!(
                    block.label.as_str(),
                    "CERTIFICATE" | "X509 CERTIFICATE" | "X.509 CERTIFICATE"
                )
            })
            .map(|block| Self::from_der(&block.bytes))
            .collect::<Result<Vec<_>, _>>()?;
        if certificates.is_empty() {
            return Err(CertificateError::NoCertificate);
        }
        Ok(certificates)
    }

    /// The certificate as it was read, in DER.
    pub fn der(&self) -> &[u8] {
        &self.0.der
    }

    /// The certificate in PEM, with lines of 64 characters and a line break at the end.
    pub fn to_pem(&self) -> String {
        let base64 = base64::engine::general_purpose::STANDARD.encode(self.der());
        let mut pem = String::from("-----BEGIN CERTIFICATE-----\n");
        for (at, c) in base64.chars().enumerate() {
            if at > 0 && at % 64 == 0 {
                pem.push('\n');
            }
            pem.push(c);
        }
        pem.push_str("\n-----END CERTIFICATE-----\n");
        pem
    }

    /// Who the certificate is for.
    pub fn subject(&self) -> &Name {
        &self.0.subject
    }

    /// Who issued the certificate.
    pub fn issuer(&self) -> &Name {
        &self.0.issuer
    }

    /// What the likvidator types in Samarbejdsportalen to let this API user act for them: the field
    /// SERIALNUMBER in the certificate's subject, letter for letter (guide 3.2.1, figure 7). It is not
    /// the serial number of the certificate. `None` if the subject has no such field, or several.
    pub fn subject_serial_number(&self) -> Option<&str> {
        self.0.subject.serial_number()
    }

    /// The serial number that the issuer gave the certificate, in hexadecimal, two digits per byte.
    /// This is NOT what Samarbejdsportalen asks for: see [`Certificate::subject_serial_number`].
    pub fn x509_serial_number(&self) -> String {
        self.0.serial.clone()
    }

    /// The CVR number, 8 digits: from organizationIdentifier (`NTRDK-…`), in OCES2 from the subject's
    /// SERIALNUMBER (`CVR:…-…`).
    pub fn cvr(&self) -> Option<&str> {
        super::kind::cvr(self)
    }

    /// What sort of certificate this is, going by what it says.
    pub fn kind(&self) -> CertificateKind {
        super::kind::kind(self)
    }

    /// Whether the certificate says that it is from the test or the production hierarchy.
    pub fn hierarchy(&self) -> Hierarchy {
        super::kind::hierarchy(self)
    }

    /// The first second in which the certificate is valid.
    pub fn not_before(&self) -> Timestamp {
        self.0.not_before
    }

    /// The last second in which the certificate is valid.
    pub fn not_after(&self) -> Timestamp {
        self.0.not_after
    }

    /// Whether the certificate is valid at a time, with a warning in the last `warning_days` days.
    pub fn validity_at(&self, now: Timestamp, warning_days: u32) -> Validity {
        Validity::of(self.0.not_before, self.0.not_after, now, warning_days)
    }

    /// Kind and size of the public key.
    pub fn key_info(&self) -> KeyInfo {
        self.0.key.info()
    }

    /// SHA-256 over the certificate in DER.
    pub fn thumbprint_sha256(&self) -> [u8; 32] {
        self.0.thumbprint
    }

    /// The thumbprint in hexadecimal, 64 lower-case digits.
    pub fn thumbprint_hex(&self) -> String {
        hex(&self.0.thumbprint)
    }

    /// The thumbprint as the header `x5t#S256` of a JWT has it: base64url without padding
    /// (RFC 7515 section 4.1.8).
    pub fn x5t_s256(&self) -> String {
        URL_SAFE_NO_PAD.encode(self.0.thumbprint)
    }

    /// Whether subject and issuer are the same name, as in a root.
    pub fn is_self_issued(&self) -> bool {
        self.0.subject.matches(&self.0.issuer)
    }

    /// Whether the certificate says that it is a CA's (basicConstraints, RFC 5280 section 4.2.1.9).
    pub fn is_authority(&self) -> bool {
        self.0.extensions.authority
    }

    /// The address where the issuer's certificate can be fetched (authorityInfoAccess), for a chain
    /// with a missing link. What it gives is to be verified like any certificate.
    pub fn issuer_certificate_url(&self) -> Option<&str> {
        self.0.extensions.issuer_urls.first().map(String::as_str)
    }

    /// What a person needs to know of the certificate, as plain fields.
    pub fn summary(&self, now: Timestamp, warning_days: u32) -> CertificateSummary {
        CertificateSummary::of(self, now, warning_days)
    }

    pub(super) fn signed(&self) -> &[u8] {
        &self.0.signed
    }

    pub(super) fn signature(&self) -> &Signature {
        &self.0.signature
    }

    pub(super) fn public_key(&self) -> &PublicKey {
        &self.0.key
    }

    pub(super) fn extensions(&self) -> &Extensions {
        &self.0.extensions
    }

    /// The RSA key of the certificate, for checking a signature that its holder made.
    pub(crate) fn rsa_public_key(&self) -> Option<rsa::RsaPublicKey> {
        // A key for RSASSA-PSS alone makes no RS256 signatures.
        if self.key_info().kind == super::KeyKind::Rsa {
            self.0.key.rsa()
        } else {
            None
        }
    }
}

impl Parsed {
    fn read(der: &[u8], parsed: &X509Certificate<'_>) -> Option<Self> {
        let tbs = &parsed.tbs_certificate;
        let time = |time: &x509_parser::time::ASN1Time| Timestamp::from_unix(time.timestamp());
        Some(Self {
            der: der.to_vec(),
            signed: tbs.as_ref().to_vec(),
            signature: Signature::read(der).ok()?,
            serial: hex(tbs.raw_serial()),
            subject: Name::read(tbs.subject()),
            issuer: Name::read(tbs.issuer()),
            not_before: time(&tbs.validity().not_before),
            not_after: time(&tbs.validity().not_after),
            key: PublicKey::read(tbs.public_key())?,
            extensions: Extensions::read(tbs.extensions()),
            thumbprint: Sha256::digest(der).into(),
        })
    }
}

impl PartialEq for Certificate {
    fn eq(&self, other: &Self) -> bool {
        self.0.der == other.0.der
    }
}

impl Eq for Certificate {}

impl fmt::Debug for Certificate {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Certificate")
            .field("subject", &self.0.subject)
            .field("issuer", &self.0.issuer)
            .field("not_after", &self.0.not_after)
            .field("thumbprint", &self.thumbprint_hex())
            .finish_non_exhaustive()
    }
}

pub(super) fn check_size(size: usize, limit: usize) -> Result<(), CertificateError> {
    if size > limit {
        return Err(CertificateError::TooLarge {
            size: size as u64,
            limit: limit as u64,
        });
    }
    Ok(())
}

pub(super) fn hex(bytes: &[u8]) -> String {
    use fmt::Write as _;
    bytes
        .iter()
        .fold(String::with_capacity(bytes.len() * 2), |mut text, byte| {
            let _ = write!(text, "{byte:02x}");
            text
        })
}
