//! Password-based encryption: the old schemes of PKCS#12 (RFC 7292 appendix C) and PBES2 (RFC 8018).

use cbc::cipher::block_padding::Pkcs7;
use cbc::cipher::{BlockDecryptMut as _, InnerIvInit as _, KeyIvInit as _};
use pkcs5::der::Decode as _;
use sha1::Sha1;
use zeroize::Zeroizing;

use super::asn1::{is_one_sequence, Asn1Error, Reader, INTEGER, OCTET_STRING, SEQUENCE};
use super::kdf::{self, Purpose};
use super::CertificateError;
use crate::secret::Secret;

pub(super) const DEFAULT_MAX_ITERATIONS: u32 = 10_000_000;

/// The rounds of key derivation that a file may still ask for. Counting over the whole file keeps a
/// hostile one from asking a little many times.
pub(super) struct Rounds {
    spent: u64,
    limit: u64,
}

impl Rounds {
    pub(super) fn new(limit: u32) -> Self {
        Self {
            spent: 0,
            limit: u64::from(limit),
        }
    }

    /// Pays for deriving `blocks` blocks with `iterations` rounds each.
    pub(super) fn spend(&mut self, iterations: u32, blocks: usize) -> Result<(), CertificateError> {
        if iterations == 0 {
            return Err(malformed(Asn1Error));
        }
        self.spent = self
            .spent
            .saturating_add(u64::from(iterations).saturating_mul(blocks as u64));
        if self.spent > self.limit {
            return Err(CertificateError::TooManyIterations {
                iterations: self.spent,
                limit: self.limit,
            });
        }
        Ok(())
    }
}

/// One password in the forms that programs have turned it into bytes.
pub(super) struct Passwords {
    /// For PBES2 and PBMAC1: UTF-8.
    pub(super) utf8: Zeroizing<Vec<u8>>,
    /// For PKCS#12's own key derivation, in the order to try.
    pub(super) wide: Vec<Zeroizing<Vec<u8>>>,
}

impl Passwords {
    pub(super) fn of(password: &Secret) -> Self {
        let text = password.expose();
        let terminated = |units: &mut dyn Iterator<Item = u16>| {
            let mut bytes = Zeroizing::new(Vec::with_capacity(text.len() * 2 + 2));
            bytes.extend(units.flat_map(u16::to_be_bytes));
            bytes.extend([0, 0]);
            bytes
        };
        let mut wide = vec![terminated(&mut text.encode_utf16())];
        if text.is_empty() {
            // Some programs take "no password" to be no bytes at all, without the terminator.
            wide.push(Zeroizing::new(Vec::new()));
        } else if !text.is_ascii() {
            // openssl before 1.1.0 widened each byte of the UTF-8 text.
            wide.push(terminated(&mut text.bytes().map(u16::from)));
        }
        Self {
            utf8: Zeroizing::new(text.as_bytes().to_vec()),
            wide,
        }
    }
}

/// Decrypts with an `AlgorithmIdentifier` in DER. A result that is not one SEQUENCE counts as a
/// wrong password, as a wrong padding does.
pub(super) fn decrypt(
    algorithm: &[u8],
    data: &[u8],
    passwords: &Passwords,
    rounds: &mut Rounds,
) -> Result<Zeroizing<Vec<u8>>, CertificateError> {
    let mut reader = Reader::only(algorithm, SEQUENCE).map_err(malformed)?;
    let oid = reader.oid().map_err(malformed)?;
    if oid == "1.2.840.113549.1.5.13" {
        let parameters = reader.next().map_err(malformed)?.whole;
        let plain = pbes2(parameters, data, passwords, rounds)?;
        return plausible(plain);
    }
    let cipher = match oid.as_str() {
        "1.2.840.113549.1.12.1.3" => Cipher::TripleDes3,
        "1.2.840.113549.1.12.1.4" => Cipher::TripleDes2,
        "1.2.840.113549.1.12.1.5" => Cipher::Rc2Bits128,
        "1.2.840.113549.1.12.1.6" => Cipher::Rc2Bits40,
        "1.2.840.113549.1.12.1.1" | "1.2.840.113549.1.12.1.2" => {
            return Err(CertificateError::unsupported("RC4"));
        }
        _ => return Err(CertificateError::unsupported(format!("encryption {oid}"))),
    };
    let mut parameters = reader.sequence().map_err(malformed)?;
    let salt = parameters.take(OCTET_STRING).map_err(malformed)?;
    let iterations = parameters.small_integer().map_err(malformed)?;
    for password in &passwords.wide {
        let decrypted = pbes1(cipher, password, salt, iterations, data, rounds)?;
        if let Ok(plain) = decrypted
            .ok_or(CertificateError::WrongPassword)
            .and_then(plausible)
        {
            return Ok(plain);
        }
    }
    Err(CertificateError::WrongPassword)
}

fn plausible(plain: Zeroizing<Vec<u8>>) -> Result<Zeroizing<Vec<u8>>, CertificateError> {
    // One wrong password in 256 leaves a padding that looks right.
    if is_one_sequence(&plain) {
        Ok(plain)
    } else {
        Err(CertificateError::WrongPassword)
    }
}

#[derive(Clone, Copy)]
enum Cipher {
    TripleDes3,
    TripleDes2,
    Rc2Bits128,
    Rc2Bits40,
}

impl Cipher {
    const fn key_length(self) -> usize {
        match self {
            Self::TripleDes3 => 24,
            Self::TripleDes2 | Self::Rc2Bits128 => 16,
            Self::Rc2Bits40 => 5,
        }
    }

    fn decrypt(self, key: &[u8], iv: &[u8], data: &mut [u8]) -> Option<usize> {
        let plain = match self {
            Self::TripleDes3 => cbc::Decryptor::<des::TdesEde3>::new_from_slices(key, iv)
                .ok()?
                .decrypt_padded_mut::<Pkcs7>(data),
            Self::TripleDes2 => cbc::Decryptor::<des::TdesEde2>::new_from_slices(key, iv)
                .ok()?
                .decrypt_padded_mut::<Pkcs7>(data),
            Self::Rc2Bits128 | Self::Rc2Bits40 => {
                let cipher = rc2::Rc2::new_with_eff_key_len(key, key.len() * 8);
                cbc::Decryptor::inner_iv_slice_init(cipher, iv)
                    .ok()?
                    .decrypt_padded_mut::<Pkcs7>(data)
            }
        };
        plain.ok().map(<[u8]>::len)
    }
}

const SHA1_BYTES: usize = 20;

fn pbes1(
    cipher: Cipher,
    password: &[u8],
    salt: &[u8],
    iterations: u32,
    data: &[u8],
    rounds: &mut Rounds,
) -> Result<Option<Zeroizing<Vec<u8>>>, CertificateError> {
    let key_length = cipher.key_length();
    rounds.spend(iterations, key_length.div_ceil(SHA1_BYTES) + 1)?;
    let key = kdf::pkcs12::<Sha1>(password, salt, Purpose::Key, iterations, key_length);
    let iv = kdf::pkcs12::<Sha1>(password, salt, Purpose::Iv, iterations, 8);
    let mut plain = Zeroizing::new(data.to_vec());
    Ok(cipher.decrypt(&key, &iv, &mut plain).map(|length| {
        plain.truncate(length);
        plain
    }))
}

/// PBES2 with PBKDF2. The parameters are looked through before `pkcs5` gets them, which takes any
/// number of rounds and trusts the length of the IV.
fn pbes2(
    parameters: &[u8],
    data: &[u8],
    passwords: &Passwords,
    rounds: &mut Rounds,
) -> Result<Zeroizing<Vec<u8>>, CertificateError> {
    let mut reader = Reader::only(parameters, SEQUENCE).map_err(malformed)?;
    let mut derivation = reader.sequence().map_err(malformed)?;
    let mut scheme = reader.sequence().map_err(malformed)?;
    match derivation.oid().map_err(malformed)?.as_str() {
        "1.2.840.113549.1.5.12" => {}
        "1.3.6.1.4.1.11591.4.11" => return Err(CertificateError::unsupported("scrypt")),
        other => {
            return Err(CertificateError::unsupported(format!(
                "key derivation {other}"
            )))
        }
    }
    let pbkdf2 = Pbkdf2::read(derivation.sequence().map_err(malformed)?)?;
    let cipher = scheme.oid().map_err(malformed)?;
    let (iv_length, key_length) = match cipher.as_str() {
        "2.16.840.1.101.3.4.1.2" => (16, 16),
        "2.16.840.1.101.3.4.1.22" => (16, 24),
        "2.16.840.1.101.3.4.1.42" => (16, 32),
        "1.2.840.113549.3.7" => (8, 24),
        other => return Err(CertificateError::unsupported(format!("encryption {other}"))),
    };
    let iv = scheme.take(OCTET_STRING).map_err(malformed)?;
    if iv.len() != iv_length || pbkdf2.key_length.is_some_and(|length| length != key_length) {
        return Err(malformed(Asn1Error));
    }
    rounds.spend(
        pbkdf2.iterations,
        (key_length as usize).div_ceil(pbkdf2.hash_length),
    )?;
    let scheme =
        pkcs5::pbes2::Parameters::from_der(parameters).map_err(|_| malformed(Asn1Error))?;
    let mut plain = Zeroizing::new(data.to_vec());
    let length = scheme
        .decrypt_in_place(passwords.utf8.as_slice(), &mut plain)
        .map_err(|_| CertificateError::WrongPassword)?
        .len();
    plain.truncate(length);
    Ok(plain)
}

/// PBKDF2-params (RFC 8018 appendix A.2).
pub(super) struct Pbkdf2<'a> {
    pub(super) salt: &'a [u8],
    pub(super) iterations: u32,
    pub(super) key_length: Option<u32>,
    pub(super) prf: String,
    pub(super) hash_length: usize,
}

impl<'a> Pbkdf2<'a> {
    pub(super) fn read(mut parameters: Reader<'a>) -> Result<Self, CertificateError> {
        let salt = parameters.take(OCTET_STRING).map_err(malformed)?;
        let iterations = parameters.small_integer().map_err(malformed)?;
        let mut next = parameters;
        let key_length = match next.next() {
            Ok(element) if element.tag == INTEGER => {
                Some(parameters.small_integer().map_err(malformed)?)
            }
            _ => None,
        };
        let prf = if parameters.is_empty() {
            "1.2.840.113549.2.7".to_owned()
        } else {
            let mut prf = parameters.sequence().map_err(malformed)?;
            prf.oid().map_err(malformed)?
        };
        let hash_length = match prf.as_str() {
            "1.2.840.113549.2.7" => 20,
            "1.2.840.113549.2.8" => 28,
            "1.2.840.113549.2.9" => 32,
            "1.2.840.113549.2.10" => 48,
            "1.2.840.113549.2.11" => 64,
            other => {
                return Err(CertificateError::unsupported(format!(
                    "key derivation with {other}"
                )))
            }
        };
        Ok(Self {
            salt,
            iterations,
            key_length,
            prf,
            hash_length,
        })
    }
}

fn malformed(_: Asn1Error) -> CertificateError {
    CertificateError::malformed("encryption of the file")
}

#[cfg(test)]
mod tests {
    use super::*;
    #[cfg(target_arch = "wasm32")]
    use wasm_bindgen_test::wasm_bindgen_test as test;

    fn tlv(tag: u8, content: &[u8]) -> Vec<u8> {
        [&[tag, u8::try_from(content.len()).unwrap()], content].concat()
    }

    /// PBES2 with PBKDF2 and 3DES.
    fn algorithm(iterations: &[u8], iv: &[u8]) -> Vec<u8> {
        let pbes2 = [0x2a, 0x86, 0x48, 0x86, 0xf7, 0x0d, 0x01, 0x05, 0x0d];
        let pbkdf2 = [0x2a, 0x86, 0x48, 0x86, 0xf7, 0x0d, 0x01, 0x05, 0x0c];
        let des3 = [0x2a, 0x86, 0x48, 0x86, 0xf7, 0x0d, 0x03, 0x07];
        let derivation = tlv(0x30, &[tlv(4, b"salt"), tlv(2, iterations)].concat());
        let derivation = tlv(0x30, &[tlv(6, &pbkdf2), derivation].concat());
        let scheme = tlv(0x30, &[tlv(6, &des3), tlv(4, iv)].concat());
        let parameters = tlv(0x30, &[derivation, scheme].concat());
        tlv(0x30, &[tlv(6, &pbes2), parameters].concat())
    }

    fn code(iterations: &[u8], iv: &[u8]) -> &'static str {
        let passwords = Passwords::of(&Secret::new("x"));
        let mut rounds = Rounds::new(1000);
        let data = [0; 16];
        decrypt(&algorithm(iterations, iv), &data, &passwords, &mut rounds)
            .unwrap_err()
            .code()
    }

    #[test]
    fn a_short_iv_is_refused() {
        assert_eq!(code(&[1], &[0; 8]), "certificate.wrong_password");
        assert_eq!(code(&[1], &[0; 7]), "certificate.malformed");
        assert_eq!(code(&[1], &[]), "certificate.malformed");
    }

    #[test]
    fn rounds_are_counted_per_block() {
        // 24 bytes of key take two blocks of SHA-1.
        assert_eq!(code(&[0x01, 0xf4], &[0; 8]), "certificate.wrong_password");
        let too_many = "certificate.too_many_iterations";
        assert_eq!(code(&[0x01, 0xf5], &[0; 8]), too_many);
        assert_eq!(code(&[0x7f, 0xff, 0xff, 0xff], &[0; 8]), too_many);
        assert_eq!(code(&[0], &[0; 8]), "certificate.malformed");
    }
}
