//! The client assertion of variant B (guide 3.1.2, RFC 7523 2.2).

use std::fmt;

use serde::Serialize;
use sha2::{Digest, Sha256};
use zeroize::Zeroizing;

use super::{jose, signature, AuthError};
use crate::certificate::{Certificate, Chain, PrivateKey};
use crate::model::Timestamp;
use crate::secret::{Entropy, Secret};

/// What an assertion says, and how. The defaults are the portal's.
///
/// ```
/// use skifteportal::auth::AssertionSettings;
/// let settings = AssertionSettings::new("https://reporter.example", "30808460");
/// assert_eq!(settings.lifetime_seconds, 50);
/// assert!(settings.include_root && !settings.include_iat && !settings.include_nbf);
/// ```
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
#[cfg_attr(feature = "uniffi", derive(uniffi::Record))]
#[cfg_attr(
    feature = "dynamic",
    derive(serde::Serialize, serde::Deserialize),
    serde(rename_all = "camelCase", deny_unknown_fields)
)]
pub struct AssertionSettings {
    /// `iss`: the reporter's backend that issues the assertion. Free text, which the portal does not
    /// validate (guide 3.1.2); a stock Keycloak wants the same text as in `sub`.
    pub issuer: String,
    /// `sub`: the API user's CVR number, 8 digits, as in the certificate that the TLS connection
    /// presents (guide 3.1.2). Elsewhere (a stock Keycloak) it is the client id, so its form is a
    /// finding of [`check_assertion`](super::check_assertion) and not refused here.
    pub subject: String,
    /// Seconds from now to `exp`. 50 by default: a stock Keycloak refuses more than 60 without `iat`.
    #[cfg_attr(feature = "dynamic", serde(deserialize_with = "crate::model::whole"))]
    pub lifetime_seconds: i64,
    /// Whether `x5c` ends with the root. True by default. Reading: the guide asks for certificates
    /// "up to the root", and its example has three, which is an OCES3 chain with its root.
    pub include_root: bool,
    /// Whether to send `iat`. False by default: the guide's example has none, and a clock that runs
    /// ahead makes it a reason to refuse.
    pub include_iat: bool,
    /// Whether to send `nbf`, with the time of `iat`. False by default, as for `iat`.
    pub include_nbf: bool,
}

impl AssertionSettings {
    /// The portal's defaults for an issuer and a subject.
    pub fn new(issuer: impl Into<String>, subject: impl Into<String>) -> Self {
        Self {
            issuer: issuer.into(),
            subject: subject.into(),
            lifetime_seconds: 50,
            include_root: true,
            include_iat: false,
            include_nbf: false,
        }
    }
}

/// The claims of an assertion. They are no secret: without the signature they grant nothing.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[non_exhaustive]
#[cfg_attr(feature = "uniffi", derive(uniffi::Record))]
#[cfg_attr(feature = "dynamic", derive(serde::Deserialize))]
pub struct AssertionClaims {
    /// `iss`: the reporter's backend.
    #[serde(rename = "iss")]
    pub issuer: String,
    /// `sub`: the API user's CVR number.
    #[serde(rename = "sub")]
    pub subject: String,
    /// `aud`: the STS.
    #[serde(rename = "aud")]
    pub audience: String,
    /// `exp`: seconds since 1970 after which the portal refuses it.
    #[serde(rename = "exp")]
    pub expires_at: i64,
    /// `jti`: an id that no other assertion has.
    pub jti: String,
    /// `iat`, seconds since 1970.
    #[serde(rename = "iat", skip_serializing_if = "Option::is_none")]
    pub issued_at: Option<i64>,
    /// `nbf`, seconds since 1970.
    #[serde(rename = "nbf", skip_serializing_if = "Option::is_none")]
    pub not_before: Option<i64>,
}

/// The JOSE header. `x5t#S256` comes first, as in the guide's example. No `kid`: a stock Keycloak
/// refuses one that it does not know, and the guide's header has none.
#[derive(Serialize)]
struct JoseHeader {
    #[serde(rename = "x5t#S256")]
    x5t_s256: String,
    x5c: Vec<String>,
    alg: &'static str,
}

/// A new `jti`: a version 4 UUID (RFC 9562 5.4), the form of the guide's example. The same entropy
/// gives the same id, so every assertion needs entropy of its own.
///
/// ```
/// use skifteportal::{auth::jti_from, secret::Entropy};
/// assert_eq!(jti_from(&Entropy::new([7; 32])).len(), 36);
/// ```
pub fn jti_from(entropy: &Entropy) -> String {
    // Derived rather than cut out: the id is sent, and the entropy may also blind a signature.
    let derived = signature::derive(entropy, "skifteportal jti");
    let bits = derived
        .iter()
        .take(16)
        .fold(0u128, |bits, byte| bits << 8 | u128::from(*byte));
    let (version, variant) = (0x4000 | bits >> 64 & 0x0fff, 0x8000 | bits >> 48 & 0x3fff);
    format!(
        "{:08x}-{:04x}-{version:04x}-{variant:04x}-{:012x}",
        bits >> 96,
        bits >> 80 & 0xffff,
        bits & 0xffff_ffff_ffff
    )
}

/// An assertion that lacks its signature.
///
/// Either [`sign`](Self::sign) it with a key in memory, or have the key's keeper (an HSM, a key
/// vault, a certificate store) sign [`signing_input`](Self::signing_input) and give the result to
/// [`with_signature`](Self::with_signature): then the key never enters the library.
///
/// ```
/// use skifteportal::auth::{
///     jti_from, variant_b_request, AssertionSettings, UnsignedAssertion, DEFAULT_SCOPE,
/// };
/// use skifteportal::certificate::KeyStore;
/// use skifteportal::environment::Environment;
/// use skifteportal::model::Timestamp;
/// use skifteportal::secret::Entropy;
///
/// let file = include_bytes!("../../tests/data/auth/reporter.p12");
/// let reporter = KeyStore::from_pkcs12(file, &"fixture".into()).unwrap();
/// let environment = Environment::test();
/// // The host's clock and random source; new entropy for every attempt.
/// let (now, entropy) = (Timestamp::from_unix(1_800_000_000), Entropy::new([7; 32]));
///
/// let settings = AssertionSettings::new("https://reporter.example", "30808460");
/// let jti = jti_from(&entropy);
/// let assertion = UnsignedAssertion::prepare(
///     &settings, environment.audience(), reporter.chain(), now, &jti,
/// )?
/// .sign(reporter.key(), &entropy)?;
/// let request = variant_b_request(&environment, &assertion, DEFAULT_SCOPE);
/// assert!(request.body.starts_with(b"client_assertion_type=urn%3Aietf%3A"));
/// # Ok::<(), skifteportal::auth::AuthError>(())
/// ```
#[derive(Clone)]
pub struct UnsignedAssertion {
    claims: AssertionClaims,
    chain: Chain,
    signing_input: String,
}

impl UnsignedAssertion {
    /// Lays out header and claims. `audience` is normally
    /// [`Environment::audience`](crate::environment::Environment::audience), `jti` from
    /// [`jti_from`]. The chain is put in `x5c` as it is, leaf first;
    /// [`check_assertion`](super::check_assertion) says what is wrong with it.
    ///
    /// Every attempt to get a token needs a new assertion with a new `jti`, also after a timeout or
    /// an error: the STS remembers the ids it has seen.
    pub fn prepare(
        settings: &AssertionSettings,
        audience: &str,
        chain: &Chain,
        now: Timestamp,
        jti: &str,
    ) -> Result<Self, AuthError> {
        let named = [
            ("iss", settings.issuer.as_str()),
            ("sub", settings.subject.as_str()),
            ("aud", audience),
            ("jti", jti),
        ];
        for (claim, value) in named {
            if value.is_empty() {
                return Err(AuthError::EmptyClaim { claim });
            }
        }
        let claims = AssertionClaims {
            issuer: settings.issuer.clone(),
            subject: settings.subject.clone(),
            audience: audience.to_owned(),
            expires_at: expiry(now, settings.lifetime_seconds)?,
            jti: jti.to_owned(),
            issued_at: settings.include_iat.then(|| now.unix()),
            not_before: settings.include_nbf.then(|| now.unix()),
        };
        let header = JoseHeader {
            x5t_s256: chain.leaf().x5t_s256(),
            x5c: x5c(chain, settings.include_root),
            alg: "RS256",
        };
        let part = |json: Result<Vec<u8>, serde_json::Error>| {
            // Texts and integers always serialise.
            jose::base64url(&json.unwrap_or_default())
        };
        let header = part(serde_json::to_vec(&header));
        let payload = part(serde_json::to_vec(&claims));
        Ok(Self {
            signing_input: format!("{header}.{payload}"),
            chain: chain.clone(),
            claims,
        })
    }

    /// The bytes to sign with RSASSA-PKCS1-v1_5 and SHA-256 (`SHA256withRSA`, RS256).
    pub fn signing_input(&self) -> &[u8] {
        self.signing_input.as_bytes()
    }

    /// The SHA-256 of the signing input, for a keeper that takes the hash and not the text (many key
    /// vaults do). Such a keeper must not hash it once more.
    pub fn signing_digest(&self) -> [u8; 32] {
        Sha256::digest(self.signing_input()).into()
    }

    /// The claims.
    pub const fn claims(&self) -> &AssertionClaims {
        &self.claims
    }

    /// The chain whose leaf must sign.
    pub const fn chain(&self) -> &Chain {
        &self.chain
    }

    /// Adds a signature made outside: the raw bytes. It is verified with the leaf's key, so that a
    /// wrong one is found before anything is sent (`auth.signature_length`,
    /// `auth.signature_mismatch`).
    pub fn with_signature(self, signature: &[u8]) -> Result<SignedAssertion, AuthError> {
        signature::verify(self.chain.leaf(), self.signing_input(), signature)?;
        let signature = Zeroizing::new(jose::base64url(signature));
        // Room for all at once: a text that grows leaves unwiped pieces behind.
        let mut jwt = String::with_capacity(self.signing_input.len() + 1 + signature.len());
        jwt.push_str(&self.signing_input);
        jwt.push('.');
        jwt.push_str(&signature);
        Ok(SignedAssertion {
            jwt: Secret::new(jwt),
            claims: self.claims,
            chain: self.chain,
        })
    }

    /// Signs with a key in memory. The entropy blinds the operation against timing attacks; the
    /// bytes of the result do not depend on it.
    pub fn sign(self, key: &PrivateKey, entropy: &Entropy) -> Result<SignedAssertion, AuthError> {
        if !key.belongs_to(self.chain.leaf()) {
            return Err(AuthError::KeyMismatch);
        }
        let signature = signature::sign(key, entropy, self.signing_input())?;
        self.with_signature(&signature)
    }
}

impl fmt::Debug for UnsignedAssertion {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("UnsignedAssertion")
            .field("claims", &self.claims)
            .finish_non_exhaustive()
    }
}

/// An assertion that can be sent, once. Whoever holds it and the API user's certificate can get a
/// token until it ends, so it is kept as a secret.
#[derive(Clone)]
pub struct SignedAssertion {
    pub(super) jwt: Secret,
    pub(super) claims: AssertionClaims,
    pub(super) chain: Chain,
}

impl SignedAssertion {
    /// The compact JWT.
    pub const fn jwt(&self) -> &Secret {
        &self.jwt
    }

    /// The claims.
    pub const fn claims(&self) -> &AssertionClaims {
        &self.claims
    }

    /// The chain whose leaf signed.
    pub const fn chain(&self) -> &Chain {
        &self.chain
    }
}

impl fmt::Debug for SignedAssertion {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("SignedAssertion")
            .field("jwt", &self.jwt)
            .field("claims", &self.claims)
            .finish_non_exhaustive()
    }
}

fn expiry(now: Timestamp, seconds: i64) -> Result<i64, AuthError> {
    let latest = Timestamp::from_unix(i64::MAX).unix();
    let exp = now.unix().saturating_add(seconds);
    if seconds < 1 || exp < 1 || exp > latest {
        return Err(AuthError::Lifetime { seconds });
    }
    Ok(exp)
}

/// The certificates in standard Base64, leaf first (RFC 7515 4.1.6).
fn x5c(chain: &Chain, include_root: bool) -> Vec<String> {
    let wanted = |(at, certificate): &(usize, &Certificate)| {
        // A leaf that issued itself stays: without it there is no header to speak of.
        include_root || *at == 0 || !certificate.is_self_issued()
    };
    chain
        .certificates()
        .iter()
        .enumerate()
        .filter(wanted)
        .map(|(_, certificate)| jose::base64(certificate.der()))
        .collect()
}
