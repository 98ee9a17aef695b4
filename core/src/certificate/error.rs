//! What can be wrong with a certificate, a key, a key store or a chain.

use super::keystore::KeyEntry;
use crate::model::Timestamp;

/// Why a certificate, a private key or a key store cannot be read or used.
///
/// No text holds a password, key material or personal data. [`CertificateError::code`] is stable.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum CertificateError {
    /// The bytes are not what they should be: truncated, damaged, or of another kind of file.
    #[error("the {part} cannot be read: it is damaged or not of this kind")]
    Malformed {
        /// What was being read: "certificate", "private key", "PKCS#12 file", "PEM block".
        part: String,
    },
    /// Bytes follow after the certificate or key: the file was joined with another or altered.
    #[error("{count} bytes follow after the end of the {part}")]
    TrailingData {
        /// What was read before them.
        part: String,
        /// How many bytes follow.
        count: u64,
    },
    /// The input is larger than any honest file of its kind.
    #[error("the input is {size} bytes, more than the {limit} that are read")]
    TooLarge {
        /// Bytes given.
        size: u64,
        /// Bytes allowed.
        limit: u64,
    },
    /// No `-----BEGIN` line was found. DER files are read by the `from_der` functions, `.p12` and
    /// `.pfx` files by [`super::KeyStore::from_pkcs12`].
    #[error("the input is not PEM: it has no BEGIN line")]
    NotPem,
    /// The input was read and holds no certificate.
    #[error("no certificate was found")]
    NoCertificate,
    /// The input was read and holds no private key.
    #[error("no private key was found")]
    NoPrivateKey,
    /// There is a private key, and none of the certificates is for it.
    #[error("none of the {certificates} certificates belongs to the private key")]
    NoCertificateForKey {
        /// How many certificates there were.
        certificates: u32,
    },
    /// The certificate that issued the leaf is not there. Export the file again with the whole
    /// chain, or give the issuing certificates separately ([`super::KeyStoreSettings`]).
    #[error("the chain is missing: the certificate of the issuer ({issuer}) is not there")]
    MissingChain {
        /// The issuer's name as the leaf gives it.
        issuer: String,
    },
    /// The key store holds several private keys with certificates: choose one of `entries`.
    #[error("there are {} private keys; choose one of them", entries.len())]
    SeveralKeys {
        /// What there is to choose from.
        entries: Vec<KeyEntry>,
    },
    /// There is one private key with several certificates for it: choose one by its thumbprint.
    #[error("there are {} certificates for the private key; choose one of them", entries.len())]
    SeveralCertificates {
        /// What there is to choose from.
        entries: Vec<KeyEntry>,
    },
    /// Nothing in the key store is what [`super::KeyChoice`] asked for.
    #[error("no private key of the {} there are is the chosen one", entries.len())]
    NoSuchKey {
        /// What there is to choose from.
        entries: Vec<KeyEntry>,
    },
    /// The password does not open the file. A damaged file looks the same.
    #[error("the password is wrong, or the file is damaged")]
    WrongPassword,
    /// The private key is encrypted and no password was given.
    #[error("the private key is encrypted and needs a password")]
    PasswordNeeded,
    /// The file is protected in a way that is not supported.
    #[error("{what} is not supported")]
    Unsupported {
        /// The feature or the object identifier of the algorithm.
        what: String,
    },
    /// The file asks for more rounds of key derivation than allowed; a hostile file would stall
    /// the caller. [`super::KeyStoreSettings::max_iterations`] sets the limit.
    #[error("opening the file takes {iterations} rounds, more than the limit of {limit}")]
    TooManyIterations {
        /// Rounds asked for so far.
        iterations: u64,
        /// The limit.
        limit: u64,
    },
    /// The private key is not an RSA key. OCES3 certificates have RSA keys.
    #[error("the private key is not an RSA key")]
    KeyNotRsa,
    /// The parts of the RSA key do not belong together.
    #[error("the private key is not a valid RSA key")]
    KeyInvalid,
    /// The RSA key is larger than 16384 bits.
    #[error("the RSA key has {bits} bits, more than the {limit} that are read")]
    KeyTooLarge {
        /// Size of the modulus in bits.
        bits: u64,
        /// The limit.
        limit: u64,
    },
    /// The chain is not usable.
    #[error("{reason}")]
    Chain {
        /// What is wrong with it.
        reason: ChainError,
    },
}

impl CertificateError {
    /// The stable code of this error, as all languages show it.
    pub fn code(&self) -> &'static str {
        match self {
            Self::Malformed { .. } => "certificate.malformed",
            Self::TrailingData { .. } => "certificate.trailing_data",
            Self::TooLarge { .. } => "certificate.too_large",
            Self::NotPem => "certificate.not_pem",
            Self::NoCertificate => "certificate.no_certificate",
            Self::NoPrivateKey => "certificate.no_private_key",
            Self::NoCertificateForKey { .. } => "certificate.no_certificate_for_key",
            Self::MissingChain { .. } => "certificate.missing_chain",
            Self::SeveralKeys { .. } => "certificate.several_keys",
            Self::SeveralCertificates { .. } => "certificate.several_certificates",
            Self::NoSuchKey { .. } => "certificate.no_such_key",
            Self::WrongPassword => "certificate.wrong_password",
            Self::PasswordNeeded => "certificate.password_needed",
            Self::Unsupported { .. } => "certificate.unsupported",
            Self::TooManyIterations { .. } => "certificate.too_many_iterations",
            Self::KeyNotRsa => "certificate.key_not_rsa",
            Self::KeyInvalid => "certificate.key_invalid",
            Self::KeyTooLarge { .. } => "certificate.key_too_large",
            Self::Chain { reason } => reason.code(),
        }
    }

    pub(super) fn malformed(part: &str) -> Self {
        Self::Malformed {
            part: part.to_owned(),
        }
    }

    pub(super) fn unsupported(what: impl Into<String>) -> Self {
        Self::Unsupported { what: what.into() }
    }
}

impl From<ChainError> for CertificateError {
    fn from(reason: ChainError) -> Self {
        match reason {
            ChainError::MissingIssuer {
                position: 0,
                issuer,
            } => Self::MissingChain { issuer },
            reason => Self::Chain { reason },
        }
    }
}

/// Why a chain of certificates is refused (RFC 5280 section 6). `position` counts from the leaf,
/// which is 0.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
#[cfg_attr(feature = "uniffi", derive(uniffi::Enum))]
#[cfg_attr(
    feature = "dynamic",
    derive(serde::Serialize),
    serde(
        tag = "type",
        rename_all = "snake_case",
        rename_all_fields = "camelCase"
    )
)]
pub enum ChainError {
    /// The chain has no certificate.
    #[error("the chain is empty")]
    Empty,
    /// The chain is longer than [`super::Chain::MAX_LENGTH`].
    #[error("the chain has {length} certificates, more than the {limit} that are looked at")]
    TooLong {
        /// Certificates in the chain.
        length: u32,
        /// The limit.
        limit: u32,
    },
    /// The certificate of the issuer was not found.
    #[error("the issuer ({issuer}) of certificate {position} is missing")]
    MissingIssuer {
        /// The certificate whose issuer is missing.
        position: u32,
        /// The name of the issuer.
        issuer: String,
    },
    /// The next certificate in the chain is not the issuer: its name is another one.
    #[error("certificate {position} is not issued by the next one in the chain")]
    WrongIssuer {
        /// The certificate whose issuer does not follow.
        position: u32,
    },
    /// The chain leads to none of the roots that the caller trusts.
    #[error("the chain does not lead to a trusted root; its last issuer is {issuer}")]
    UntrustedRoot {
        /// The issuer of the last certificate.
        issuer: String,
    },
    /// The signature does not fit the certificate and its issuer's key: it was altered or forged.
    #[error("the signature of certificate {position} is wrong")]
    BadSignature {
        /// The certificate with the signature.
        position: u32,
    },
    /// The signature is made in a way that is not accepted, such as with SHA-1.
    #[error("the signature algorithm {algorithm} of certificate {position} is not accepted")]
    SignatureAlgorithm {
        /// The certificate with the signature.
        position: u32,
        /// Which algorithm: a name, or an object identifier.
        algorithm: String,
    },
    /// The issuer's key is of another kind than RSA, or shorter than 2048 or longer than 16384 bits.
    #[error("the key of certificate {position} ({bits} bits) cannot vouch for another")]
    IssuerKey {
        /// The certificate with the key.
        position: u32,
        /// Size of the key; 0 if it is not an RSA key.
        bits: u32,
    },
    /// The certificate is not valid yet at the given time.
    #[error("certificate {position} is not valid before {not_before}")]
    NotYetValid {
        /// Which certificate.
        position: u32,
        /// When it becomes valid.
        not_before: Timestamp,
    },
    /// The certificate is not valid any more at the given time.
    #[error("certificate {position} was valid until {not_after}")]
    Expired {
        /// Which certificate.
        position: u32,
        /// When it ceased to be valid.
        not_after: Timestamp,
    },
    /// A certificate that is not a CA's has issued another one (basicConstraints).
    #[error("certificate {position} is not an authority and must not issue certificates")]
    NotAuthority {
        /// The certificate that issued another.
        position: u32,
    },
    /// The CA's key may not sign certificates (keyUsage without keyCertSign).
    #[error("the key of certificate {position} is not for signing certificates")]
    KeyUsage {
        /// The certificate that issued another.
        position: u32,
    },
    /// There are more CAs below this one than it allows (pathLenConstraint).
    #[error("certificate {position} allows {allowed} authorities below it")]
    PathLength {
        /// The certificate with the constraint.
        position: u32,
        /// How many it allows.
        allowed: u32,
    },
    /// The certificate has a critical extension that is not understood here, so it must be refused.
    #[error("certificate {position} has the critical extension {oid}, which is not supported")]
    CriticalExtension {
        /// Which certificate.
        position: u32,
        /// The object identifier of the extension.
        oid: String,
    },
    /// An extension that decides about the chain is damaged or given twice.
    #[error("an extension of certificate {position} cannot be read")]
    Extension {
        /// Which certificate.
        position: u32,
    },
}

impl ChainError {
    /// The stable code of this error, as all languages show it.
    pub fn code(&self) -> &'static str {
        match self {
            Self::Empty => "certificate.chain_empty",
            Self::TooLong { .. } => "certificate.chain_too_long",
            Self::MissingIssuer { .. } => "certificate.missing_issuer",
            Self::WrongIssuer { .. } => "certificate.wrong_issuer",
            Self::UntrustedRoot { .. } => "certificate.untrusted_root",
            Self::BadSignature { .. } => "certificate.bad_signature",
            Self::SignatureAlgorithm { .. } => "certificate.signature_algorithm",
            Self::IssuerKey { .. } => "certificate.issuer_key",
            Self::NotYetValid { .. } => "certificate.not_yet_valid",
            Self::Expired { .. } => "certificate.expired",
            Self::NotAuthority { .. } => "certificate.not_authority",
            Self::KeyUsage { .. } => "certificate.key_usage",
            Self::PathLength { .. } => "certificate.path_length",
            Self::CriticalExtension { .. } => "certificate.critical_extension",
            Self::Extension { .. } => "certificate.extension",
        }
    }
}
