//! The private key that belongs to a certificate.

use std::fmt;
use std::sync::Arc;

use rsa::traits::PublicKeyParts as _;
use rsa::{BigUint, RsaPrivateKey, RsaPublicKey};
use zeroize::Zeroizing;

use super::asn1::{Asn1Error, Reader, OCTET_STRING, SEQUENCE};
use super::pbe::{self, Rounds};
use super::public_key::MAX_RSA_BITS;
use super::x509::check_size;
use super::{pem, Certificate, CertificateError};
use crate::secret::Secret;

const MAX_KEY_FILE: usize = 256 * 1024;
const RSA_ENCRYPTION: &str = "1.2.840.113549.1.1.1";
const RSASSA_PSS: &str = "1.2.840.113549.1.1.10";

/// An RSA private key. It is wiped from memory when the last clone is dropped, and no text shows it.
///
/// A key that may not leave its store (an HSM, the Windows certificate store, `WebCrypto`) needs none
/// of this: see `auth::UnsignedAssertion`.
#[derive(Clone)]
pub struct PrivateKey(Arc<Numbers>);

struct Numbers {
    rsa: RsaPrivateKey,
    #[cfg(all(feature = "native-signing", not(target_arch = "wasm32")))]
    native: super::native::NativeKey,
}

impl PrivateKey {
    /// The largest key that is read, in bits.
    pub const MAX_BITS: usize = MAX_RSA_BITS;

    /// Reads the first private key of a PEM file: PKCS#8 (`PRIVATE KEY`), PKCS#1
    /// (`RSA PRIVATE KEY`), or encrypted PKCS#8 (`ENCRYPTED PRIVATE KEY`), which needs the password.
    /// The traditional encryption of openssl (`Proc-Type: 4,ENCRYPTED`) is not supported; convert
    /// such a key with `openssl pkcs8 -topk8`.
    pub fn from_pem(pem: &[u8], password: Option<&Secret>) -> Result<Self, CertificateError> {
        check_size(pem.len(), MAX_KEY_FILE)?;
        for block in pem::blocks(pem)? {
            match block.label.as_str() {
                "PRIVATE KEY" => return Self::from_pkcs8(&block.bytes),
                "RSA PRIVATE KEY" if block.encrypted_headers => {
                    return Err(CertificateError::unsupported(
                        "the traditional PEM encryption of private keys",
                    ));
                }
                "RSA PRIVATE KEY" => return Self::from_pkcs1(&block.bytes),
                "ENCRYPTED PRIVATE KEY" => {
                    let password = password.ok_or(CertificateError::PasswordNeeded)?;
                    return Self::from_encrypted_der(&block.bytes, password);
                }
                "EC PRIVATE KEY" | "DSA PRIVATE KEY" => return Err(CertificateError::KeyNotRsa),
                _ => {}
            }
        }
        Err(CertificateError::NoPrivateKey)
    }

    /// Reads a private key in DER: PKCS#8 or PKCS#1, not encrypted.
    pub fn from_der(der: &[u8]) -> Result<Self, CertificateError> {
        check_size(der.len(), MAX_KEY_FILE)?;
        let mut outer = Reader::new(der);
        let mut inner = outer.sequence().map_err(malformed)?;
        if outer.end().is_err() {
            return Err(CertificateError::TrailingData {
                part: "private key".to_owned(),
                count: der.len().saturating_sub(inner_end(der)) as u64,
            });
        }
        let encrypted = inner.next().is_ok_and(|first| first.tag == SEQUENCE);
        if encrypted {
            return Err(CertificateError::PasswordNeeded);
        }
        match inner.next().map_err(malformed)?.tag {
            SEQUENCE => Self::from_pkcs8(der),
            _ => Self::from_pkcs1(der),
        }
    }

    /// Reads a private key in encrypted PKCS#8 (`EncryptedPrivateKeyInfo`, RFC 5958) in DER.
    pub fn from_encrypted_der(der: &[u8], password: &Secret) -> Result<Self, CertificateError> {
        check_size(der.len(), MAX_KEY_FILE)?;
        let mut rounds = Rounds::new(pbe::DEFAULT_MAX_ITERATIONS);
        let plain = decrypt_pkcs8(der, &pbe::Passwords::of(password), &mut rounds)?;
        Self::from_pkcs8(&plain)
    }

    pub(super) fn from_pkcs8(der: &[u8]) -> Result<Self, CertificateError> {
        let read = || -> Result<(String, &[u8]), Asn1Error> {
            let mut info = Reader::only(der, SEQUENCE)?;
            if info.small_integer()? > 1 {
                return Err(Asn1Error);
            }
            let algorithm = info.sequence()?.oid()?;
            Ok((algorithm, info.take(OCTET_STRING)?))
        };
        let (algorithm, key) = read().map_err(malformed)?;
        match algorithm.as_str() {
            RSA_ENCRYPTION | RSASSA_PSS => Self::from_pkcs1(key),
            _ => Err(CertificateError::KeyNotRsa),
        }
    }

    fn from_pkcs1(der: &[u8]) -> Result<Self, CertificateError> {
        let mut fields = Reader::only(der, SEQUENCE).map_err(malformed)?;
        if fields.small_integer().map_err(malformed)? != 0 {
            return Err(CertificateError::unsupported(
                "an RSA key of more than two primes",
            ));
        }
        let mut number = || -> Result<BigUint, CertificateError> {
            let bytes = fields.unsigned().map_err(malformed)?;
            if bytes.len() * 8 > MAX_RSA_BITS {
                return Err(CertificateError::KeyTooLarge {
                    bits: bytes.len() as u64 * 8,
                    limit: MAX_RSA_BITS as u64,
                });
            }
            Ok(BigUint::from_bytes_be(bytes))
        };
        let (modulus, public, private) = (number()?, number()?, number()?);
        let (p, q) = (number()?, number()?);
        check_numbers(&modulus, &public, &private, &p, &q)?;
        let invalid = |_| CertificateError::KeyInvalid;
        let key = RsaPrivateKey::from_components(modulus, public, private, vec![p, q])
            .map_err(invalid)?;
        key.validate().map_err(invalid)?;
        Ok(Self(Arc::new(Numbers {
            rsa: key,
            #[cfg(all(feature = "native-signing", not(target_arch = "wasm32")))]
            native: super::native::NativeKey::default(),
        })))
    }

    /// Whether the certificate is for this key.
    pub fn belongs_to(&self, certificate: &Certificate) -> bool {
        certificate.public_key().is_for(&self.public())
    }

    /// Size of the modulus in bits. OCES3 keys have 3072.
    pub fn bits(&self) -> usize {
        self.0.rsa.n().bits()
    }

    pub(crate) fn rsa(&self) -> &RsaPrivateKey {
        &self.0.rsa
    }

    /// Signs by AWS-LC, if it takes the key.
    #[cfg(all(feature = "native-signing", not(target_arch = "wasm32")))]
    pub(crate) fn sign_natively(&self, input: &[u8]) -> Option<Vec<u8>> {
        self.0.native.sign(&self.0.rsa, input)
    }

    pub(super) fn public(&self) -> RsaPublicKey {
        self.0.rsa.to_public_key()
    }
}

impl fmt::Debug for PrivateKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "PrivateKey([redacted], {} bits)", self.bits())
    }
}

/// Refuses what would make the arithmetic below divide by zero, or take long.
fn check_numbers(
    modulus: &BigUint,
    public: &BigUint,
    private: &BigUint,
    p: &BigUint,
    q: &BigUint,
) -> Result<(), CertificateError> {
    let (one, three) = (BigUint::from(1u8), BigUint::from(3u8));
    let odd = |number: &BigUint| number.to_bytes_le().first().is_some_and(|low| low & 1 == 1);
    let sound = modulus.bits() >= 512
        && public.bits() <= 33
        && *public >= three
        && odd(public)
        && *private > one
        && private < modulus
        && [p, q].iter().all(|prime| **prime > three && odd(prime))
        && p != q
        && p * q == *modulus;
    if sound {
        Ok(())
    } else {
        Err(CertificateError::KeyInvalid)
    }
}

/// Opens an `EncryptedPrivateKeyInfo`.
pub(super) fn decrypt_pkcs8(
    der: &[u8],
    passwords: &pbe::Passwords,
    rounds: &mut Rounds,
) -> Result<Zeroizing<Vec<u8>>, CertificateError> {
    let mut info = Reader::only(der, SEQUENCE).map_err(malformed)?;
    let algorithm = info.next().map_err(malformed)?.whole;
    let data = info.take(OCTET_STRING).map_err(malformed)?;
    pbe::decrypt(algorithm, data, passwords, rounds)
}

fn inner_end(der: &[u8]) -> usize {
    Reader::new(der)
        .next()
        .map_or(0, |element| element.whole.len())
}

fn malformed(_: Asn1Error) -> CertificateError {
    CertificateError::malformed("private key")
}
