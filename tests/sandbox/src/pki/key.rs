//! Keys of authorities and holders, and the two PSS variants of OCES3.

use aws_lc_rs::encoding::AsDer;
use aws_lc_rs::rand::SystemRandom;
use aws_lc_rs::rsa::KeySize;
use aws_lc_rs::signature::{
    EcdsaKeyPair, KeyPair, RsaKeyPair, ECDSA_P256_SHA256_ASN1_SIGNING, RSA_PSS_SHA256,
    RSA_PSS_SHA512,
};

use super::der;
use super::PkiError;

/// How a certificate or a revocation list is signed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum SignatureKind {
    /// RSASSA-PSS, SHA-256, a salt of 32 bytes: what OCES3's issuing authorities use.
    PssSha256,
    /// RSASSA-PSS, SHA-512, a salt of 64 bytes: what OCES3's root uses.
    PssSha512,
    /// ECDSA with P-256 and SHA-256: the server certificates.
    EcdsaSha256,
}

impl SignatureKind {
    /// The `AlgorithmIdentifier`, byte for byte as in real OCES3 certificates.
    pub(super) fn algorithm(self) -> Vec<u8> {
        let (last_arc, salt) = match self {
            Self::PssSha256 => (1, 32),
            Self::PssSha512 => (3, 64),
            Self::EcdsaSha256 => return der::sequence(&[der::oid(&[1, 2, 840, 10_045, 4, 3, 2])]),
        };
        let hash = der::sequence(&[
            der::oid(&[2, 16, 840, 1, 101, 3, 4, 2, last_arc]),
            der::null(),
        ]);
        let mask = der::sequence(&[der::oid(&[1, 2, 840, 113_549, 1, 1, 8]), hash.clone()]);
        der::sequence(&[
            der::oid(&[1, 2, 840, 113_549, 1, 1, 10]),
            der::sequence(&[
                der::explicit(0, &hash),
                der::explicit(1, &mask),
                der::explicit(2, &der::integer(&[salt])),
            ]),
        ])
    }
}

/// A private key that the sandbox made.
pub(super) enum Key {
    /// RSA.
    Rsa(RsaKeyPair),
    /// P-256.
    Ecdsa(EcdsaKeyPair),
}

impl Key {
    pub(super) fn rsa(size: KeySize) -> Result<Self, PkiError> {
        RsaKeyPair::generate(size)
            .map(Self::Rsa)
            .map_err(|_| PkiError::Key)
    }

    pub(super) fn ecdsa() -> Result<Self, PkiError> {
        EcdsaKeyPair::generate(&ECDSA_P256_SHA256_ASN1_SIGNING)
            .map(Self::Ecdsa)
            .map_err(|_| PkiError::Key)
    }

    /// The `SubjectPublicKeyInfo`.
    pub(super) fn public_der(&self) -> Result<Vec<u8>, PkiError> {
        let der = match self {
            Self::Rsa(key) => key.public_key().as_der(),
            Self::Ecdsa(key) => key.public_key().as_der(),
        };
        der.map(|der| der.as_ref().to_vec())
            .map_err(|_| PkiError::Key)
    }

    /// The PKCS#8 form.
    pub(super) fn pkcs8(&self) -> Result<Vec<u8>, PkiError> {
        match self {
            Self::Rsa(key) => key
                .as_der()
                .map(|der| der.as_ref().to_vec())
                .map_err(|_| PkiError::Key),
            Self::Ecdsa(key) => key
                .to_pkcs8v1()
                .map(|der| der.as_ref().to_vec())
                .map_err(|_| PkiError::Key),
        }
    }

    pub(super) fn sign(&self, kind: SignatureKind, message: &[u8]) -> Result<Vec<u8>, PkiError> {
        let random = SystemRandom::new();
        match (self, kind) {
            (Self::Ecdsa(key), SignatureKind::EcdsaSha256) => key
                .sign(&random, message)
                .map(|signature| signature.as_ref().to_vec())
                .map_err(|_| PkiError::Signature),
            (Self::Rsa(key), SignatureKind::PssSha256 | SignatureKind::PssSha512) => {
                let padding = if kind == SignatureKind::PssSha256 {
                    &RSA_PSS_SHA256
                } else {
                    &RSA_PSS_SHA512
                };
                let mut signature = vec![0; key.public_modulus_len()];
                key.sign(padding, &random, message, &mut signature)
                    .map_err(|_| PkiError::Signature)?;
                Ok(signature)
            }
            _ => Err(PkiError::Signature),
        }
    }
}
