//! The client assertion of variant B.

use std::sync::Arc;

use skifteportal::auth as core;
use skifteportal::auth::{AssertionClaims, AssertionSettings};
use skifteportal::model::Timestamp;
use skifteportal::secret::Secret;
use skifteportal::SkifteportalError;

use crate::bytes::Bytes;
use crate::certificate::{Chain, PrivateKey};
use crate::entropy::entropy;
use crate::shown::shown_as_in_the_core;

/// An assertion that lacks its signature. Either `sign` it with a key in memory, or have the key's
/// keeper (the Windows certificate store, a PKCS#11 token, a key vault) sign `signingInput` and give the
/// result to `withSignature`.
#[derive(uniffi::Object)]
#[uniffi::export(Debug)]
pub struct UnsignedAssertion(core::UnsignedAssertion);

shown_as_in_the_core!(UnsignedAssertion, SignedAssertion);

#[uniffi::export]
impl UnsignedAssertion {
    /// Lays out header and claims. The audience is normally the environment's, the `jti` from
    /// `Auth.jti`; every attempt to get a token needs a new assertion with a new one.
    #[uniffi::constructor]
    pub fn prepare(
        settings: AssertionSettings,
        audience: &str,
        chain: &Chain,
        now: Timestamp,
        jti: &str,
    ) -> Result<Arc<Self>, SkifteportalError> {
        let unsigned = core::UnsignedAssertion::prepare(&settings, audience, &chain.0, now, jti)?;
        Ok(Arc::new(Self(unsigned)))
    }

    /// The bytes to sign with RSASSA-PKCS1-v1_5 and SHA-256 (`SHA256withRSA`, RS256).
    pub fn signing_input(&self) -> Bytes {
        self.0.signing_input().into()
    }

    /// The SHA-256 of the signing input, for a keeper that takes the hash and not the bytes. It must not
    /// hash it once more.
    pub fn signing_digest(&self) -> Vec<u8> {
        self.0.signing_digest().to_vec()
    }

    /// The claims.
    pub fn claims(&self) -> AssertionClaims {
        self.0.claims().clone()
    }

    /// The chain whose leaf must sign.
    pub fn chain(&self) -> Arc<Chain> {
        Arc::new(Chain(self.0.chain().clone()))
    }

    /// Adds a signature made outside: the raw bytes. It is verified with the leaf's key, so that a wrong
    /// one is found before anything is sent.
    pub fn with_signature(
        &self,
        signature: Vec<u8>,
    ) -> Result<Arc<SignedAssertion>, SkifteportalError> {
        let signed = self.0.clone().with_signature(&signature)?;
        Ok(Arc::new(SignedAssertion(signed)))
    }

    /// Signs with a key in memory. The 32 bytes of entropy blind the operation; the result does not
    /// depend on them.
    pub fn sign(
        &self,
        key: &PrivateKey,
        entropy_bytes: Vec<u8>,
    ) -> Result<Arc<SignedAssertion>, SkifteportalError> {
        let signed = self.0.clone().sign(&key.0, &entropy(entropy_bytes)?)?;
        Ok(Arc::new(SignedAssertion(signed)))
    }
}

/// An assertion that can be sent, once. Whoever holds it and the API user's certificate can get a token
/// until it ends, so no text shows it.
#[derive(uniffi::Object)]
#[uniffi::export(Debug)]
pub struct SignedAssertion(pub(crate) core::SignedAssertion);

#[uniffi::export]
impl SignedAssertion {
    /// Takes an assertion that the reporter's own backend has made and signed. It is read strictly, and
    /// its signature is verified; `Auth.checkAssertion` judges what it says.
    #[uniffi::constructor]
    pub fn from_jwt(jwt: String) -> Result<Arc<Self>, SkifteportalError> {
        let signed = core::SignedAssertion::from_jwt(Secret::new(jwt))?;
        Ok(Arc::new(Self(signed)))
    }

    /// The compact JWT. It is a secret.
    pub fn jwt(&self) -> String {
        self.0.jwt().expose().to_owned()
    }

    /// The claims.
    pub fn claims(&self) -> AssertionClaims {
        self.0.claims().clone()
    }

    /// The chain whose leaf signed.
    pub fn chain(&self) -> Arc<Chain> {
        Arc::new(Chain(self.0.chain().clone()))
    }
}
