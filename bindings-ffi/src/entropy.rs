//! Entropy as it comes from a host.

use skifteportal::secret::Entropy;
use skifteportal::SkifteportalError;
use zeroize::Zeroizing;

/// Thirty-two bytes of the host's cryptographic random source; any other number is a mistake that would
/// weaken every id and signature, and is refused.
pub(crate) fn entropy(bytes: Vec<u8>) -> Result<Entropy, SkifteportalError> {
    let bytes = Zeroizing::new(bytes);
    <[u8; 32]>::try_from(bytes.as_slice())
        .map(Entropy::new)
        .map_err(|_| SkifteportalError::input("entropy", &"entropy has exactly 32 bytes"))
}
