//! The signature on a certificate, and checking it: RSASSA-PSS and RSASSA-PKCS1-v1_5 with SHA-2
//! (RFC 8017, RFC 4055).

use rsa::{Pkcs1v15Sign, Pss, RsaPublicKey};
use sha2::{Digest, Sha256, Sha384, Sha512};

use super::asn1::{Asn1Error, Reader, BIT_STRING, INTEGER, NULL, SEQUENCE};
use super::{Certificate, ChainError, KeyKind};

/// The tag `[0]` of the version.
const VERSION: u8 = 0xa0;
const RSASSA_PSS: &str = "1.2.840.113549.1.1.10";
const MGF1: &str = "1.2.840.113549.1.1.8";

/// Keys below this size vouch for nothing. OCES3 has 3072 bits and more.
const MIN_RSA_BITS: u32 = 2048;

pub(super) struct Signature {
    algorithm: String,
    /// The content of the parameters.
    parameters: Option<Vec<u8>>,
    value: Vec<u8>,
    /// Whether the algorithm is the same inside and outside of what is signed.
    consistent: bool,
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Hash {
    Sha256,
    Sha384,
    Sha512,
}

/// What RSASSA-PSS was, or has to be, made with.
struct PssParameters {
    hash: Hash,
    salt_length: usize,
}

impl Signature {
    /// Reads what is not signed of a certificate in DER, letter for letter: whoever can change a bit
    /// there without breaking the signature has a second certificate with another thumbprint.
    pub(super) fn read(der: &[u8]) -> Result<Self, Asn1Error> {
        let mut certificate = Reader::only(der, SEQUENCE)?;
        let mut signed = certificate.sequence()?;
        let outside = certificate.next()?;
        let [0, value @ ..] = certificate.take(BIT_STRING)? else {
            return Err(Asn1Error);
        };
        certificate.end()?;
        signed.take_if(VERSION)?;
        signed.take(INTEGER)?;
        let inside = signed.next()?;
        let mut algorithm = Reader::only(outside.whole, SEQUENCE)?;
        let oid = algorithm.oid()?;
        let parameters = if algorithm.is_empty() {
            None
        } else {
            Some(algorithm.next()?.content.to_vec())
        };
        Ok(Self {
            algorithm: oid,
            parameters,
            value: value.to_vec(),
            consistent: inside.whole == outside.whole,
        })
    }
}

/// Checks that `issuer`'s key signed `certificate`.
pub(super) fn check(
    certificate: &Certificate,
    position: u32,
    issuer: &Certificate,
    issuer_position: u32,
) -> Result<(), ChainError> {
    let signature = certificate.signature();
    let bad = ChainError::BadSignature { position };
    let refused = |algorithm: &str| ChainError::SignatureAlgorithm {
        position,
        algorithm: algorithm.to_owned(),
    };
    if !signature.consistent {
        return Err(bad);
    }
    let key_info = issuer.key_info();
    let issuer_key = ChainError::IssuerKey {
        position: issuer_position,
        bits: match key_info.kind {
            KeyKind::Rsa | KeyKind::RsaPss => key_info.bits,
            _ => 0,
        },
    };
    if signature.algorithm == RSASSA_PSS {
        let made_with = signature
            .parameters
            .as_ref()
            .and_then(|content| PssParameters::read(content).ok())
            .ok_or_else(|| refused("RSASSA-PSS with these parameters"))?;
        let key = usable_key(issuer).ok_or(issuer_key)?;
        if let Some(required) = &issuer.public_key().pss_parameters {
            let required = PssParameters::read(required).map_err(|_| bad.clone())?;
            if required.hash != made_with.hash || made_with.salt_length < required.salt_length {
                return Err(bad);
            }
        }
        return made_with
            .verify(&key, certificate.signed(), &signature.value)
            .map_err(|_| bad);
    }
    let hash = match signature.algorithm.as_str() {
        "1.2.840.113549.1.1.11" => Hash::Sha256,
        "1.2.840.113549.1.1.12" => Hash::Sha384,
        "1.2.840.113549.1.1.13" => Hash::Sha512,
        "1.2.840.113549.1.1.5" => return Err(refused("RSA with SHA-1")),
        "1.2.840.113549.1.1.4" => return Err(refused("RSA with MD5")),
        other => return Err(refused(other)),
    };
    // An RSASSA-PSS key may make no other signatures (RFC 4055 section 1.2).
    if key_info.kind != KeyKind::Rsa {
        return Err(issuer_key);
    }
    let key = usable_key(issuer).ok_or(issuer_key)?;
    let (scheme, digest) = hash.pkcs1(certificate.signed());
    key.verify(scheme, &digest, &signature.value)
        .map_err(|_| bad)
}

fn usable_key(issuer: &Certificate) -> Option<RsaPublicKey> {
    if issuer.key_info().bits < MIN_RSA_BITS {
        return None;
    }
    issuer.public_key().rsa()
}

impl Hash {
    fn from_oid(oid: &str) -> Option<Self> {
        match oid {
            "2.16.840.1.101.3.4.2.1" => Some(Self::Sha256),
            "2.16.840.1.101.3.4.2.2" => Some(Self::Sha384),
            "2.16.840.1.101.3.4.2.3" => Some(Self::Sha512),
            _ => None,
        }
    }

    /// An `AlgorithmIdentifier` of a hash; its parameters are NULL or absent (RFC 4055 section 2.1).
    fn read(mut algorithm: Reader<'_>) -> Result<Self, Asn1Error> {
        let oid = algorithm.oid()?;
        if let Some(null) = algorithm.take_if(NULL)? {
            if !null.is_empty() {
                return Err(Asn1Error);
            }
        }
        algorithm.end()?;
        Self::from_oid(&oid).ok_or(Asn1Error)
    }

    fn pkcs1(self, signed: &[u8]) -> (Pkcs1v15Sign, Vec<u8>) {
        match self {
            Self::Sha256 => (
                Pkcs1v15Sign::new::<Sha256>(),
                Sha256::digest(signed).to_vec(),
            ),
            Self::Sha384 => (
                Pkcs1v15Sign::new::<Sha384>(),
                Sha384::digest(signed).to_vec(),
            ),
            Self::Sha512 => (
                Pkcs1v15Sign::new::<Sha512>(),
                Sha512::digest(signed).to_vec(),
            ),
        }
    }
}

impl PssParameters {
    /// Reads RSASSA-PSS-params. A field that is left out stands for SHA-1, which is not accepted;
    /// nor is a mask hash that differs from the signature's (RFC 4055 section 3.1 recommends the same).
    fn read(content: &[u8]) -> Result<Self, Asn1Error> {
        let mut reader = Reader::new(content);
        let mut hash = Reader::new(reader.take(0xa0)?);
        let hash_algorithm = Hash::read(hash.sequence()?)?;
        hash.end()?;
        let mut mask = Reader::new(reader.take(0xa1)?);
        let mut mask_algorithm = mask.sequence()?;
        mask.end()?;
        if mask_algorithm.oid()? != MGF1
            || Hash::read(mask_algorithm.sequence()?)? != hash_algorithm
        {
            return Err(Asn1Error);
        }
        mask_algorithm.end()?;
        let salt_length = match reader.take_if(0xa2)? {
            Some(inner) => {
                let mut inner = Reader::new(inner);
                let length = inner.small_integer()?;
                inner.end()?;
                length
            }
            None => 20,
        };
        if let Some(inner) = reader.take_if(0xa3)? {
            if Reader::new(inner).small_integer()? != 1 {
                return Err(Asn1Error);
            }
        }
        reader.end()?;
        // No key that is accepted has room for more.
        if salt_length > 2048 {
            return Err(Asn1Error);
        }
        Ok(Self {
            hash: hash_algorithm,
            salt_length: usize::try_from(salt_length).map_err(|_| Asn1Error)?,
        })
    }

    fn verify(&self, key: &RsaPublicKey, signed: &[u8], signature: &[u8]) -> rsa::Result<()> {
        let salt = self.salt_length;
        match self.hash {
            Hash::Sha256 => key.verify(
                Pss::new_with_salt::<Sha256>(salt),
                &Sha256::digest(signed),
                signature,
            ),
            Hash::Sha384 => key.verify(
                Pss::new_with_salt::<Sha384>(salt),
                &Sha384::digest(signed),
                signature,
            ),
            Hash::Sha512 => key.verify(
                Pss::new_with_salt::<Sha512>(salt),
                &Sha512::digest(signed),
                signature,
            ),
        }
    }
}
