//! Why a request, an assertion or a reading could not be made.

/// What went wrong on our side of a token request. What the portal answers is a
/// [`PortalError`](crate::error::PortalError) instead.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum AuthError {
    /// A claim that the assertion must have is empty (guide 3.1.2).
    #[error("the assertion's {claim} is empty")]
    EmptyClaim {
        /// `iss`, `sub`, `aud` or `jti`.
        claim: &'static str,
    },
    /// The lifetime is under one second, or ends beyond the year 9999 or before 1970. An `exp` of 0
    /// would count as "never expires" with a Keycloak.
    #[error("the assertion's lifetime of {seconds} seconds is not one that can be sent")]
    Lifetime {
        /// The lifetime asked for.
        seconds: i64,
    },
    /// The private key is not the one of the chain's first certificate.
    #[error("the private key does not belong to the leaf certificate")]
    KeyMismatch,
    /// The leaf certificate holds no RSA key that RS256 can use.
    #[error("the leaf certificate holds no RSA key that this library can use")]
    KeyNotRsa,
    /// The RSA operation failed: a damaged key, or one too short for RS256.
    #[error("the private key could not make an RS256 signature")]
    SigningFailed,
    /// A signature made outside has not the length of the leaf's key.
    #[error(
        "the signature has {found} bytes where the leaf's key makes {expected}: give the raw \
         bytes, not hexadecimal or Base64"
    )]
    SignatureLength {
        /// The bytes of the leaf's modulus.
        expected: usize,
        /// The bytes given.
        found: usize,
    },
    /// A signature does not verify with the leaf's public key.
    #[error(
        "the signature does not verify with the leaf certificate's key: sign the signing input \
         with RSASSA-PKCS1-v1_5 and SHA-256 (not PSS, not hashed twice) and with that \
         certificate's key"
    )]
    SignatureMismatch,
    /// An assertion made elsewhere is not signed with RS256 (guide 3.1.2).
    #[error("the assertion is not signed with RS256")]
    Algorithm,
    /// The `x5t#S256` of an assertion made elsewhere is not that of its first certificate.
    #[error("the assertion's x5t#S256 is not the thumbprint of its first certificate")]
    Thumbprint,
    /// The exchange takes the direct token, and this one is delegated already (guide 3.2.3).
    #[error("only a direct token can be exchanged")]
    NotDirect,
    /// A token is empty or holds a character that RFC 6750 2.1 does not allow in a header.
    #[error("the token is empty or holds a character that cannot go in a header")]
    TokenCharacter,
    /// The text is not a JWT that can be read. Access tokens need not be JWTs (RFC 6749 1.4).
    #[error("the text cannot be read as a JWT: {part}")]
    NotAJwt {
        /// Which part is at fault, and how.
        part: &'static str,
    },
}

impl AuthError {
    /// The stable text code, such as `auth.signature_mismatch`.
    pub const fn code(&self) -> &'static str {
        match self {
            Self::EmptyClaim { .. } => "auth.empty_claim",
            Self::Lifetime { .. } => "auth.lifetime",
            Self::KeyMismatch => "auth.key_mismatch",
            Self::KeyNotRsa => "auth.key_not_rsa",
            Self::SigningFailed => "auth.signing_failed",
            Self::SignatureLength { .. } => "auth.signature_length",
            Self::SignatureMismatch => "auth.signature_mismatch",
            Self::Algorithm => "auth.algorithm",
            Self::Thumbprint => "auth.thumbprint",
            Self::NotDirect => "auth.not_direct",
            Self::TokenCharacter => "auth.token_character",
            Self::NotAJwt { .. } => "auth.not_a_jwt",
        }
    }
}
