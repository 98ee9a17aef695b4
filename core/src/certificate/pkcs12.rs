//! The contents of a PKCS#12 file (RFC 7292): its keys and certificates, with the names on them.

use hmac::digest::core_api::BlockSizeUser;
use hmac::digest::Digest;
use hmac::{Mac as _, SimpleHmac};
use sha1::Sha1;
use sha2::{Sha224, Sha256, Sha384, Sha512};
use zeroize::Zeroizing;

use super::asn1::{definite, joined, Asn1Error, Reader, OCTET_STRING, OID, SEQUENCE, SET};
use super::kdf::{self, Purpose};
use super::pbe::{self, Passwords, Pbkdf2, Rounds};
use super::private_key::decrypt_pkcs8;
use super::x509::{check_size, hex};
use super::{Certificate, CertificateError};
use crate::secret::Secret;

/// Larger than any key store for one user.
const MAX_FILE: usize = 4 * 1024 * 1024;
/// Bags within bags.
const MAX_DEPTH: usize = 4;

const DATA: &str = "1.2.840.113549.1.7.1";
const ENCRYPTED_DATA: &str = "1.2.840.113549.1.7.6";
const EXPLICIT_0: u8 = 0xa0;

/// What a PKCS#12 file holds. The keys are in PKCS#8, decrypted.
#[derive(Default)]
pub(super) struct Contents {
    pub(super) keys: Vec<Bag<Zeroizing<Vec<u8>>>>,
    pub(super) certificates: Vec<Bag<Certificate>>,
}

/// A key or a certificate with its attributes.
pub(super) struct Bag<T> {
    pub(super) value: T,
    pub(super) friendly_name: Option<String>,
    pub(super) local_key_id: Option<String>,
}

struct Opening {
    passwords: Passwords,
    rounds: Rounds,
    contents: Contents,
}

/// Opens a file: checks its MAC, decrypts it and reads all keys and certificates.
pub(super) fn open(
    file: &[u8],
    password: &Secret,
    max_iterations: u32,
) -> Result<Contents, CertificateError> {
    check_size(file.len(), MAX_FILE)?;
    let file = Zeroizing::new(definite(file).map_err(malformed)?);
    let mut pfx = Reader::only(&file, SEQUENCE).map_err(malformed)?;
    if pfx.small_integer().map_err(malformed)? != 3 {
        return Err(CertificateError::unsupported(
            "a PKCS#12 version other than 3",
        ));
    }
    let (kind, content) = content_info(pfx.sequence().map_err(malformed)?)?;
    if kind != DATA {
        return Err(CertificateError::unsupported(
            "PKCS#12 that is protected with a public key",
        ));
    }
    let safe = Reader::new(content).take(OCTET_STRING).map_err(malformed)?;
    let mut opening = Opening {
        passwords: Passwords::of(password),
        rounds: Rounds::new(max_iterations),
        contents: Contents::default(),
    };
    if !pfx.is_empty() {
        let mac = pfx.sequence().map_err(malformed)?;
        opening.check_mac(mac, safe)?;
    }
    let safe = Zeroizing::new(definite(safe).map_err(malformed)?);
    let mut parts = Reader::only(&safe, SEQUENCE).map_err(malformed)?;
    while !parts.is_empty() {
        let (kind, content) = content_info(parts.sequence().map_err(malformed)?)?;
        opening.part(&kind, content)?;
    }
    Ok(opening.contents)
}

/// A `ContentInfo`: its type, and its content without the explicit tag.
fn content_info(mut info: Reader<'_>) -> Result<(String, &[u8]), CertificateError> {
    let kind = info.oid().map_err(malformed)?;
    let content = info.take(EXPLICIT_0).map_err(malformed)?;
    Ok((kind, content))
}

impl Opening {
    /// Checks the MAC (RFC 7292 section 4, RFC 9579) and keeps the form of the password that fits.
    fn check_mac(&mut self, mut mac: Reader<'_>, safe: &[u8]) -> Result<(), CertificateError> {
        let mut info = mac.sequence().map_err(malformed)?;
        let mut algorithm = info.sequence().map_err(malformed)?;
        let expected = info.take(OCTET_STRING).map_err(malformed)?;
        let salt = mac.take(OCTET_STRING).map_err(malformed)?;
        let iterations = if mac.is_empty() {
            1
        } else {
            mac.small_integer().map_err(malformed)?
        };
        let oid = algorithm.oid().map_err(malformed)?;
        if oid == "1.2.840.113549.1.5.14" {
            return self.check_pbmac1(algorithm, safe, expected);
        }
        let check: MacCheck = match oid.as_str() {
            "1.3.14.3.2.26" => mac_fits::<Sha1>,
            "2.16.840.1.101.3.4.2.4" => mac_fits::<Sha224>,
            "2.16.840.1.101.3.4.2.1" => mac_fits::<Sha256>,
            "2.16.840.1.101.3.4.2.2" => mac_fits::<Sha384>,
            "2.16.840.1.101.3.4.2.3" => mac_fits::<Sha512>,
            other => return Err(CertificateError::unsupported(format!("MAC with {other}"))),
        };
        let mut fitting = None;
        for (index, password) in self.passwords.wide.iter().enumerate() {
            self.rounds.spend(iterations, 1)?;
            if check(password, salt, iterations, safe, expected) {
                fitting = Some(index);
                break;
            }
        }
        let fitting = fitting.ok_or(CertificateError::WrongPassword)?;
        self.passwords.wide.swap(0, fitting);
        self.passwords.wide.truncate(1);
        Ok(())
    }

    fn check_pbmac1(
        &mut self,
        mut algorithm: Reader<'_>,
        safe: &[u8],
        expected: &[u8],
    ) -> Result<(), CertificateError> {
        let mut parameters = algorithm.sequence().map_err(malformed)?;
        let mut derivation = parameters.sequence().map_err(malformed)?;
        let mut scheme = parameters.sequence().map_err(malformed)?;
        if derivation.oid().map_err(malformed)? != "1.2.840.113549.1.5.12" {
            return Err(CertificateError::unsupported("PBMAC1 without PBKDF2"));
        }
        let pbkdf2 = Pbkdf2::read(derivation.sequence().map_err(malformed)?)?;
        // RFC 9579 section 6 wants the length to be there; short keys would be guessed.
        let length = match pbkdf2.key_length {
            Some(length @ 20..=64) => length as usize,
            _ => return Err(malformed(Asn1Error)),
        };
        self.rounds
            .spend(pbkdf2.iterations, length.div_ceil(pbkdf2.hash_length))?;
        let derive = match pbkdf2.prf.as_str() {
            "1.2.840.113549.2.7" => kdf::pbkdf2::<Sha1>,
            "1.2.840.113549.2.8" => kdf::pbkdf2::<Sha224>,
            "1.2.840.113549.2.9" => kdf::pbkdf2::<Sha256>,
            "1.2.840.113549.2.10" => kdf::pbkdf2::<Sha384>,
            _ => kdf::pbkdf2::<Sha512>,
        };
        let key = derive(&self.passwords.utf8, pbkdf2.salt, pbkdf2.iterations, length)
            .ok_or_else(|| malformed(Asn1Error))?;
        let fits = match scheme.oid().map_err(malformed)?.as_str() {
            "1.2.840.113549.2.9" => hmac_fits::<Sha256>(&key, safe, expected),
            "1.2.840.113549.2.10" => hmac_fits::<Sha384>(&key, safe, expected),
            "1.2.840.113549.2.11" => hmac_fits::<Sha512>(&key, safe, expected),
            other => return Err(CertificateError::unsupported(format!("MAC with {other}"))),
        };
        if fits {
            Ok(())
        } else {
            Err(CertificateError::WrongPassword)
        }
    }

    fn part(&mut self, kind: &str, content: &[u8]) -> Result<(), CertificateError> {
        match kind {
            DATA => {
                let bags = Reader::new(content).take(OCTET_STRING).map_err(malformed)?;
                self.bags(bags, 0)
            }
            ENCRYPTED_DATA => {
                let mut data = Reader::only(content, SEQUENCE).map_err(malformed)?;
                data.small_integer().map_err(malformed)?;
                let mut info = data.sequence().map_err(malformed)?;
                info.oid().map_err(malformed)?;
                let algorithm = info.next().map_err(malformed)?.whole;
                let encrypted = info.next().map_err(malformed)?;
                let encrypted = match encrypted.tag {
                    0x80 => encrypted.content.to_vec(),
                    // Written in pieces, as BER allows.
                    EXPLICIT_0 => joined(encrypted.content).map_err(malformed)?,
                    _ => return Err(malformed(Asn1Error)),
                };
                let bags = pbe::decrypt(algorithm, &encrypted, &self.passwords, &mut self.rounds)?;
                self.bags(&bags, 0)
            }
            other => Err(CertificateError::unsupported(format!(
                "a PKCS#12 part of type {other}"
            ))),
        }
    }

    fn bags(&mut self, bytes: &[u8], depth: usize) -> Result<(), CertificateError> {
        if depth > MAX_DEPTH {
            return Err(malformed(Asn1Error));
        }
        let bytes = Zeroizing::new(definite(bytes).map_err(malformed)?);
        let mut bags = Reader::only(&bytes, SEQUENCE).map_err(malformed)?;
        while !bags.is_empty() {
            let mut bag = bags.sequence().map_err(malformed)?;
            let kind = bag.oid().map_err(malformed)?;
            let value = bag.take(EXPLICIT_0).map_err(malformed)?;
            let (friendly_name, local_key_id) = match bag.take_if(SET).map_err(malformed)? {
                Some(attributes) => read_attributes(attributes).map_err(malformed)?,
                None => (None, None),
            };
            let Some(kind) = kind.strip_prefix("1.2.840.113549.1.12.10.1.") else {
                continue;
            };
            match kind {
                "1" | "2" => {
                    let key = if kind == "1" {
                        Zeroizing::new(value.to_vec())
                    } else {
                        decrypt_pkcs8(value, &self.passwords, &mut self.rounds)?
                    };
                    self.contents.keys.push(Bag {
                        value: key,
                        friendly_name,
                        local_key_id,
                    });
                }
                "3" => {
                    if let Some(der) = x509_in_bag(value).map_err(malformed)? {
                        self.contents.certificates.push(Bag {
                            value: Certificate::from_der(der)?,
                            friendly_name,
                            local_key_id,
                        });
                    }
                }
                "6" => self.bags(value, depth + 1)?,
                // Revocation lists and other secrets are of no use here.
                _ => {}
            }
        }
        Ok(())
    }
}

/// The certificate in a `CertBag`; `None` if it is none of X.509.
fn x509_in_bag(value: &[u8]) -> Result<Option<&[u8]>, Asn1Error> {
    let mut bag = Reader::only(value, SEQUENCE)?;
    if bag.oid()? != "1.2.840.113549.1.9.22.1" {
        return Ok(None);
    }
    Reader::new(bag.take(EXPLICIT_0)?)
        .take(OCTET_STRING)
        .map(Some)
}

/// The friendly name, and the local key id in hexadecimal.
fn read_attributes(set: &[u8]) -> Result<(Option<String>, Option<String>), Asn1Error> {
    let (mut name, mut key_id) = (None, None);
    let mut attributes = Reader::new(set);
    while !attributes.is_empty() {
        let mut attribute = attributes.sequence()?;
        let oid = attribute.oid()?;
        let Ok(value) = Reader::new(attribute.take(SET)?).next() else {
            continue;
        };
        match oid.as_str() {
            "1.2.840.113549.1.9.20" => {
                let units: Vec<u16> = value
                    .content
                    .chunks_exact(2)
                    .map(|pair| {
                        pair.iter()
                            .fold(0, |unit, byte| unit << 8 | u16::from(*byte))
                    })
                    .collect();
                name = Some(String::from_utf16_lossy(&units));
            }
            "1.2.840.113549.1.9.21" if value.tag != OID => key_id = Some(hex(value.content)),
            _ => {}
        }
    }
    Ok((name, key_id))
}

/// Password, salt, iterations, data, expected MAC.
type MacCheck = fn(&[u8], &[u8], u32, &[u8], &[u8]) -> bool;

fn mac_fits<D: Digest + BlockSizeUser>(
    password: &[u8],
    salt: &[u8],
    iterations: u32,
    data: &[u8],
    expected: &[u8],
) -> bool {
    let length = <D as Digest>::output_size();
    let key = kdf::pkcs12::<D>(password, salt, Purpose::Mac, iterations, length);
    hmac_fits::<D>(&key, data, expected)
}

fn hmac_fits<D: Digest + BlockSizeUser>(key: &[u8], data: &[u8], expected: &[u8]) -> bool {
    SimpleHmac::<D>::new_from_slice(key)
        .is_ok_and(|mac| mac.chain_update(data).verify_slice(expected).is_ok())
}

fn malformed(_: Asn1Error) -> CertificateError {
    CertificateError::malformed("PKCS#12 file")
}
