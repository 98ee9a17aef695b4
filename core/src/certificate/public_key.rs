//! The public key of a certificate.

use rsa::traits::PublicKeyParts as _;
use rsa::{BigUint, RsaPublicKey};
use x509_parser::x509::SubjectPublicKeyInfo;

use super::asn1::{Reader, SEQUENCE};

/// The largest RSA key that is used; a larger one would stall the caller.
pub(super) const MAX_RSA_BITS: usize = 16384;

/// Kind and size of a public key.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[cfg_attr(feature = "uniffi", derive(uniffi::Record))]
#[cfg_attr(
    feature = "dynamic",
    derive(serde::Serialize),
    serde(rename_all = "camelCase")
)]
pub struct KeyInfo {
    /// The kind of key.
    pub kind: KeyKind,
    /// Size in bits: of an RSA modulus, of an EC field; 0 if it is not known.
    pub bits: u32,
}

/// The kind of a public key.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
#[cfg_attr(feature = "uniffi", derive(uniffi::Enum))]
#[cfg_attr(
    feature = "dynamic",
    derive(serde::Serialize),
    serde(rename_all = "snake_case")
)]
pub enum KeyKind {
    /// RSA. All OCES3 certificates have it.
    Rsa,
    /// RSA that may be used for RSASSA-PSS alone (RFC 4055).
    RsaPss,
    /// Elliptic curve.
    Ec,
    /// Ed25519 or Ed448.
    Ed,
    /// Anything else.
    Other,
}

impl KeyKind {
    /// Its name, which stays as it is.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Rsa => "rsa",
            Self::RsaPss => "rsa_pss",
            Self::Ec => "ec",
            Self::Ed => "ed",
            Self::Other => "other",
        }
    }
}

pub(super) struct PublicKey {
    info: KeyInfo,
    modulus: Vec<u8>,
    exponent: Vec<u8>,
    /// The content of the parameters of an RSASSA-PSS key.
    pub(super) pss_parameters: Option<Vec<u8>>,
}

impl PublicKey {
    pub(super) fn read(info: &SubjectPublicKeyInfo<'_>) -> Option<Self> {
        let oid = info.algorithm.algorithm.to_id_string();
        let parameters = info.algorithm.parameters.as_ref();
        let (kind, bits) = match oid.as_str() {
            "1.2.840.113549.1.1.1" => (KeyKind::Rsa, 0),
            "1.2.840.113549.1.1.10" => (KeyKind::RsaPss, 0),
            "1.2.840.10045.2.1" => {
                let curve = parameters.and_then(|any| any.as_oid().ok());
                let bits = curve.map_or(0, |curve| match curve.to_id_string().as_str() {
                    "1.2.840.10045.3.1.7" => 256,
                    "1.3.132.0.34" => 384,
                    "1.3.132.0.35" => 521,
                    _ => 0,
                });
                (KeyKind::Ec, bits)
            }
            "1.3.101.112" => (KeyKind::Ed, 255),
            "1.3.101.113" => (KeyKind::Ed, 448),
            _ => (KeyKind::Other, 0),
        };
        let mut key = Self {
            info: KeyInfo { kind, bits },
            modulus: Vec::new(),
            exponent: Vec::new(),
            pss_parameters: None,
        };
        if matches!(kind, KeyKind::Rsa | KeyKind::RsaPss) {
            let mut numbers = Reader::only(&info.subject_public_key.data, SEQUENCE).ok()?;
            key.modulus = numbers.unsigned().ok()?.to_vec();
            key.exponent = numbers.unsigned().ok()?.to_vec();
            numbers.end().ok()?;
            key.info.bits = bit_length(&key.modulus)?;
        }
        if kind == KeyKind::RsaPss {
            key.pss_parameters = parameters.map(|any| any.data.to_vec());
        }
        Some(key)
    }

    pub(super) const fn info(&self) -> KeyInfo {
        self.info
    }

    /// The RSA key, if it is one of a size that can be used.
    pub(super) fn rsa(&self) -> Option<RsaPublicKey> {
        if self.modulus.is_empty() {
            return None;
        }
        RsaPublicKey::new_with_max_size(
            BigUint::from_bytes_be(&self.modulus),
            BigUint::from_bytes_be(&self.exponent),
            MAX_RSA_BITS,
        )
        .ok()
    }

    pub(super) fn is_for(&self, key: &RsaPublicKey) -> bool {
        !self.modulus.is_empty()
            && BigUint::from_bytes_be(&self.modulus) == *key.n()
            && BigUint::from_bytes_be(&self.exponent) == *key.e()
    }
}

fn bit_length(magnitude: &[u8]) -> Option<u32> {
    let first = magnitude.first()?;
    let bits = magnitude.len().checked_mul(8)?;
    u32::try_from(bits).ok()?.checked_sub(first.leading_zeros())
}
