//! The compact form of a JWT (RFC 7519 3, RFC 7515 7.1).

use base64::engine::general_purpose::{GeneralPurpose, STANDARD, URL_SAFE_NO_PAD};
use base64::engine::{DecodePaddingMode, GeneralPurposeConfig};
use base64::{alphabet, Engine as _};
use zeroize::Zeroizing;

use super::AuthError;

/// The longest text that is read as a JWT. Real ones are under 10 kB.
const MAX_LENGTH: usize = 256 * 1024;

/// For reading only: a padded part is no valid JWT, but what it says can still be shown.
const LENIENT: GeneralPurpose = GeneralPurpose::new(
    &alphabet::URL_SAFE,
    GeneralPurposeConfig::new()
        .with_decode_padding_mode(DecodePaddingMode::Indifferent)
        .with_decode_allow_trailing_bits(true),
);

/// Base64url without padding (RFC 7515 2).
pub(super) fn base64url(bytes: &[u8]) -> String {
    URL_SAFE_NO_PAD.encode(bytes)
}

/// Standard Base64 with padding, as `x5c` wants it (RFC 7515 4.1.6).
pub(super) fn base64(bytes: &[u8]) -> String {
    STANDARD.encode(bytes)
}

/// Reads what [`base64`] writes, and nothing else.
pub(super) fn decode_base64(text: &str) -> Option<Vec<u8>> {
    STANDARD.decode(text).ok()
}

/// The parts of a JWT that is to be sent, each decoded as RFC 7515 demands.
pub(super) struct Parts<'a> {
    pub(super) header: Vec<u8>,
    pub(super) payload: Vec<u8>,
    pub(super) signature: Vec<u8>,
    /// What the signature signs.
    pub(super) signing_input: &'a [u8],
}

impl<'a> Parts<'a> {
    pub(super) fn read(jwt: &'a str) -> Result<Self, AuthError> {
        let [header, payload, signature] = split(jwt)?;
        let decode = |part, fault| {
            URL_SAFE_NO_PAD
                .decode(part)
                .map_err(|_| AuthError::NotAJwt { part: fault })
        };
        let (signing_input, _) = jwt.rsplit_once('.').unwrap_or_default();
        Ok(Self {
            header: decode(header, "the first part is not Base64url")?,
            payload: decode(payload, "the second part is not Base64url")?,
            signature: decode(signature, "the third part is not Base64url")?,
            signing_input: signing_input.as_bytes(),
        })
    }
}

/// The second part of a JWT, decoded as well as can be.
pub(super) fn payload(jwt: &str) -> Result<Zeroizing<Vec<u8>>, AuthError> {
    let [_, payload, _] = split(jwt)?;
    LENIENT
        .decode(payload)
        .map(Zeroizing::new)
        .map_err(|_| AuthError::NotAJwt {
            part: "the second part is not Base64url",
        })
}

fn split(jwt: &str) -> Result<[&str; 3], AuthError> {
    let fail = |part| AuthError::NotAJwt { part };
    if jwt.len() > MAX_LENGTH {
        return Err(fail("the text is longer than any token"));
    }
    let mut parts = jwt.split('.');
    match (parts.next(), parts.next(), parts.next(), parts.next()) {
        (Some(header), Some(payload), Some(signature), None) => Ok([header, payload, signature]),
        _ => Err(fail("it has not three parts with a full stop between them")),
    }
}
