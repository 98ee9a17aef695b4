//! RS256 by AWS-LC, for hosts that sign more than the `rsa` crate can (feature `native-signing`).
//!
//! PKCS#1 v1.5 leaves nothing to choice, so the signature is the same to the byte. What differs: the
//! blinding is drawn from the operating system and not from the caller's entropy.

use std::sync::OnceLock;

use aws_lc_rs::rand::SystemRandom;
use aws_lc_rs::signature::{RsaKeyPair, RSA_PKCS1_SHA256};
use rsa::pkcs1::EncodeRsaPrivateKey as _;
use rsa::RsaPrivateKey;

/// The key as AWS-LC wants it, made when it first signs. AWS-LC wipes what it frees.
#[derive(Default)]
pub(super) struct NativeKey(OnceLock<Option<RsaKeyPair>>);

impl NativeKey {
    /// The signature; `None` for a key that AWS-LC does not take (below 2048 bits, say), which is
    /// then for the `rsa` crate.
    pub(super) fn sign(&self, key: &RsaPrivateKey, input: &[u8]) -> Option<Vec<u8>> {
        let pair = self.0.get_or_init(|| {
            let der = key.to_pkcs1_der().ok()?;
            RsaKeyPair::from_der(der.as_bytes()).ok()
        });
        let pair = pair.as_ref()?;
        let mut signature = vec![0; pair.public_modulus_len()];
        pair.sign(
            &RSA_PKCS1_SHA256,
            &SystemRandom::new(),
            input,
            &mut signature,
        )
        .ok()?;
        Some(signature)
    }
}

#[cfg(test)]
mod tests {
    use rsa::pkcs1v15::SigningKey;
    use rsa::signature::{SignatureEncoding as _, Signer as _};
    use sha2::Sha256;

    use super::NativeKey;
    use crate::certificate::PrivateKey;

    #[test]
    fn signatures_are_those_of_the_rsa_crate_to_the_byte() {
        for pem in [
            &include_bytes!("../../tests/data/auth/reporter.key.pem")[..],
            include_bytes!("../../tests/data/auth/api-user.key.pem"),
        ] {
            let key = PrivateKey::from_pem(pem, None).unwrap();
            let native = NativeKey::default();
            let pure = SigningKey::<Sha256>::new(key.rsa().clone());
            for input in [&b""[..], b"a", &[0xff; 10_000]] {
                let signature = native.sign(key.rsa(), input).unwrap();
                assert_eq!(signature, pure.sign(input).to_vec());
            }
        }
    }
}
