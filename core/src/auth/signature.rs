//! RS256 (RFC 7518 3.3): RSASSA-PKCS1-v1_5 with SHA-256.

use rand_chacha::rand_core::SeedableRng;
use rand_chacha::ChaCha20Rng;
use rsa::pkcs1v15::{Signature, SigningKey, VerifyingKey};
use rsa::signature::{RandomizedSigner, SignatureEncoding, Verifier};
use rsa::traits::PublicKeyParts;
use sha2::{Digest, Sha256};
use zeroize::Zeroize;

use super::AuthError;
use crate::certificate::{Certificate, PrivateKey};
use crate::secret::Entropy;

/// Thirty-two bytes for one purpose, so that the same entropy given twice gives no two values that
/// can be told from each other.
pub(super) fn derive(entropy: &Entropy, purpose: &str) -> [u8; 32] {
    Sha256::new()
        .chain_update(purpose)
        .chain_update([0])
        .chain_update(entropy.bytes())
        .finalize()
        .into()
}

/// Signs. The entropy blinds the RSA operation against timing; the signature does not depend on it.
/// With the feature `native-signing` AWS-LC signs and blinds, if it takes the key.
pub(super) fn sign(
    key: &PrivateKey,
    entropy: &Entropy,
    input: &[u8],
) -> Result<Vec<u8>, AuthError> {
    #[cfg(all(feature = "native-signing", not(target_arch = "wasm32")))]
    if let Some(signature) = key.sign_natively(input) {
        return Ok(signature);
    }
    let mut seed = derive(entropy, "skifteportal rsa blinding");
    let mut rng = ChaCha20Rng::from_seed(seed);
    seed.zeroize();
    // Without the rng the crate would not blind.
    SigningKey::<Sha256>::new(key.rsa().clone())
        .try_sign_with_rng(&mut rng, input)
        .map(|signature| signature.to_vec())
        .map_err(|_| AuthError::SigningFailed)
}

/// Verifies a signature with a certificate's key.
pub(super) fn verify(
    certificate: &Certificate,
    input: &[u8],
    signature: &[u8],
) -> Result<(), AuthError> {
    let key = certificate.rsa_public_key().ok_or(AuthError::KeyNotRsa)?;
    if signature.len() != key.size() {
        return Err(AuthError::SignatureLength {
            expected: key.size(),
            found: signature.len(),
        });
    }
    let signature = Signature::try_from(signature).map_err(|_| AuthError::SignatureMismatch)?;
    VerifyingKey::<Sha256>::new(key)
        .verify(input, &signature)
        .map_err(|_| AuthError::SignatureMismatch)
}

/// Whether a certificate holds a key that RS256 can use.
pub(super) fn usable(certificate: &Certificate) -> bool {
    certificate.rsa_public_key().is_some()
}
