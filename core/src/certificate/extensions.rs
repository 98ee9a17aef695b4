//! The extensions that decide about a chain (RFC 5280 section 4.2).

use x509_parser::extensions::X509Extension;

use super::asn1::{Asn1Error, Reader, BIT_STRING, OCTET_STRING, SEQUENCE};

const SUBJECT_KEY_ID: &str = "2.5.29.14";
const KEY_USAGE: &str = "2.5.29.15";
const SUBJECT_ALT_NAME: &str = "2.5.29.17";
const BASIC_CONSTRAINTS: &str = "2.5.29.19";
const NAME_CONSTRAINTS: &str = "2.5.29.30";
const CRL_DISTRIBUTION_POINTS: &str = "2.5.29.31";
const CERTIFICATE_POLICIES: &str = "2.5.29.32";
const AUTHORITY_KEY_ID: &str = "2.5.29.35";
const EXTENDED_KEY_USAGE: &str = "2.5.29.37";
const AUTHORITY_INFO_ACCESS: &str = "1.3.6.1.5.5.7.1.1";
const QC_STATEMENTS: &str = "1.3.6.1.5.5.7.1.3";
const CA_ISSUERS: &str = "1.3.6.1.5.5.7.48.2";

const BOOLEAN: u8 = 0x01;

/// What the extensions say.
#[derive(Default)]
pub(super) struct Extensions {
    /// basicConstraints: cA.
    pub(super) authority: bool,
    /// basicConstraints: pathLenConstraint.
    pub(super) path_length: Option<u32>,
    /// keyUsage: keyCertSign; `None` without keyUsage.
    pub(super) signs_certificates: Option<bool>,
    /// keyUsage: digitalSignature; `None` without keyUsage.
    pub(super) signs: Option<bool>,
    pub(super) subject_key_id: Option<Vec<u8>>,
    pub(super) authority_key_id: Option<Vec<u8>>,
    /// authorityInfoAccess: where the issuer's certificate is.
    pub(super) issuer_urls: Vec<String>,
    /// The first extension that must be understood and is not.
    pub(super) not_understood: Option<String>,
    /// An extension that is read here is damaged or there twice.
    pub(super) damaged: bool,
}

impl Extensions {
    pub(super) fn read(extensions: &[X509Extension<'_>]) -> Self {
        let mut found = Self::default();
        let mut seen: Vec<String> = Vec::new();
        for extension in extensions {
            let oid = extension.oid.to_id_string();
            found.damaged |= seen.contains(&oid);
            let understood = found.extension(&oid, extension.value);
            found.damaged |= understood.is_err();
            let understood = understood.unwrap_or(true);
            // Name constraints limit whom a CA may vouch for. They are not processed here, so a
            // certificate with them is refused even if they are not critical.
            if found.not_understood.is_none()
                && ((extension.critical && !understood) || oid == NAME_CONSTRAINTS)
            {
                found.not_understood = Some(oid.clone());
            }
            seen.push(oid);
        }
        found
    }

    fn extension(&mut self, oid: &str, value: &[u8]) -> Result<bool, Asn1Error> {
        match oid {
            BASIC_CONSTRAINTS => {
                let mut reader = Reader::only(value, SEQUENCE)?;
                self.authority = match reader.take_if(BOOLEAN)? {
                    Some([0]) | None => false,
                    Some([_]) => true,
                    Some(_) => return Err(Asn1Error),
                };
                if !reader.is_empty() {
                    self.path_length = Some(reader.small_integer()?);
                }
                reader.end()?;
            }
            KEY_USAGE => {
                let mut reader = Reader::new(value);
                let [_unused, bits @ ..] = reader.take(BIT_STRING)? else {
                    return Err(Asn1Error);
                };
                let first = bits.first().copied().unwrap_or(0);
                self.signs = Some(first & 0x80 != 0);
                self.signs_certificates = Some(first & 0x04 != 0);
                reader.end()?;
            }
            SUBJECT_KEY_ID => {
                self.subject_key_id = Some(Reader::new(value).take(OCTET_STRING)?.to_vec());
            }
            AUTHORITY_KEY_ID => {
                let key_id = Reader::only(value, SEQUENCE)?.take_if(0x80)?;
                self.authority_key_id = key_id.map(<[u8]>::to_vec);
            }
            AUTHORITY_INFO_ACCESS => {
                let mut descriptions = Reader::only(value, SEQUENCE)?;
                while !descriptions.is_empty() {
                    let mut description = descriptions.sequence()?;
                    let method = description.oid()?;
                    let location = description.next()?;
                    if method == CA_ISSUERS && location.tag == 0x86 && location.content.is_ascii() {
                        let url = String::from_utf8_lossy(location.content).into_owned();
                        self.issuer_urls.push(url);
                    }
                }
            }
            // Nothing in these can make a chain invalid that is good without them, as long as the
            // caller asks for no policy and looks up no revocation.
            SUBJECT_ALT_NAME
            | CERTIFICATE_POLICIES
            | EXTENDED_KEY_USAGE
            | CRL_DISTRIBUTION_POINTS
            | QC_STATEMENTS => {}
            _ => return Ok(false),
        }
        Ok(true)
    }
}
