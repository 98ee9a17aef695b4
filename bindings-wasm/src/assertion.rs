//! The client assertion of variant B.

use js_sys::Uint8Array;
use serde::Deserialize;
use skifteportal::auth as core;
use skifteportal::secret::Secret;
use wasm_bindgen::prelude::*;

use crate::certificate::{unwrap, Certificate};
use crate::chain::Chain;
use crate::failure::Outcome;
use crate::key::PrivateKey;
use crate::value::{changed, entropy, object, optional, time, value};

/// Settings of an assertion; all but the issuer and the subject may be left out.
pub(crate) fn settings(given: &JsValue) -> Outcome<core::AssertionSettings> {
    changed(&core::AssertionSettings::new("", ""), given)
}

/// An assertion that lacks its signature.
#[wasm_bindgen(skip_typescript)]
pub struct UnsignedAssertion(core::UnsignedAssertion);

#[wasm_bindgen]
impl UnsignedAssertion {
    /// Lays out header and claims.
    pub fn prepare(
        given: &JsValue,
        audience: &str,
        chain: &Chain,
        now: &JsValue,
        jti: &str,
    ) -> Outcome<UnsignedAssertion> {
        let settings = settings(given)?;
        let now = time(now)?;
        let unsigned = core::UnsignedAssertion::prepare(&settings, audience, &chain.0, now, jti)?;
        Ok(Self(unsigned))
    }

    /// The bytes to sign.
    #[wasm_bindgen(getter, js_name = signingInput)]
    pub fn signing_input(&self) -> Uint8Array {
        self.0.signing_input().into()
    }

    /// The SHA-256 of the bytes to sign.
    #[wasm_bindgen(getter, js_name = signingDigest)]
    pub fn signing_digest(&self) -> Uint8Array {
        self.0.signing_digest().as_slice().into()
    }

    /// The claims.
    #[wasm_bindgen(getter)]
    pub fn claims(&self) -> JsValue {
        object(self.0.claims())
    }

    /// The chain whose leaf must sign.
    #[wasm_bindgen(getter)]
    pub fn chain(&self) -> Chain {
        Chain(self.0.chain().clone())
    }

    /// Adds a signature made outside.
    #[wasm_bindgen(js_name = withSignature)]
    pub fn with_signature(&self, signature: &[u8]) -> Outcome<SignedAssertion> {
        let signed = self.0.clone().with_signature(signature)?;
        Ok(SignedAssertion(signed))
    }

    /// Signs with a key in memory.
    pub fn sign(&self, key: &PrivateKey, blinding: Vec<u8>) -> Outcome<SignedAssertion> {
        let signed = self.0.clone().sign(&key.0, &entropy(blinding)?)?;
        Ok(SignedAssertion(signed))
    }
}

/// An assertion that can be sent, once.
#[wasm_bindgen(skip_typescript)]
pub struct SignedAssertion(pub(crate) core::SignedAssertion);

#[wasm_bindgen]
impl SignedAssertion {
    /// Takes an assertion that was signed elsewhere.
    #[wasm_bindgen(js_name = fromJwt)]
    pub fn from_jwt(jwt: String) -> Outcome<SignedAssertion> {
        Ok(Self(core::SignedAssertion::from_jwt(Secret::new(jwt))?))
    }

    /// The compact JWT.
    pub fn jwt(&self) -> String {
        self.0.jwt().expose().to_owned()
    }

    /// The claims.
    #[wasm_bindgen(getter)]
    pub fn claims(&self) -> JsValue {
        object(self.0.claims())
    }

    /// The chain whose leaf signed.
    #[wasm_bindgen(getter)]
    pub fn chain(&self) -> Chain {
        Chain(self.0.chain().clone())
    }
}

/// What an assertion is held against. Certificates, which are objects, stand beside it.
#[derive(Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
struct Check {
    #[serde(default)]
    audience: Option<String>,
    #[serde(default)]
    subject_is_cvr: Option<bool>,
    #[serde(default)]
    root_expected: Option<bool>,
}

/// A finding with its stable code and its text.
#[derive(serde::Serialize)]
struct Found<'a> {
    code: &'a str,
    text: String,
    role: Option<core::CertificateRole>,
    reason: Option<&'a str>,
    finding: &'a core::AuthFinding,
}

/// All that the portal would refuse in an assertion.
#[wasm_bindgen(js_name = checkAssertion, skip_typescript)]
pub fn check_assertion(
    claims: &JsValue,
    chain: &Chain,
    key: &JsValue,
    now: &JsValue,
    against: &JsValue,
    api_user: &JsValue,
    roots: &JsValue,
) -> Outcome<JsValue> {
    let given: Option<Check> = value(against)?;
    let mut check = core::AssertionCheck::at(time(now)?).with_roots(unwrap(roots)?);
    if let Some(given) = given {
        check.audience = given.audience;
        check.subject_is_cvr = given.subject_is_cvr.unwrap_or(check.subject_is_cvr);
        check.root_expected = given.root_expected.unwrap_or(check.root_expected);
    }
    check.api_user = optional::<Certificate>(api_user)?.map(|one| one.0);
    let claims: core::AssertionClaims = value(claims)?;
    let key: Option<PrivateKey> = optional(key)?;
    let key = key.as_ref().map(|key| &key.0);
    let findings = core::check_assertion(&claims, &chain.0, key, &check);
    let found: Vec<Found<'_>> = findings.iter().map(found).collect();
    Ok(object(&found))
}

fn found(finding: &core::AuthFinding) -> Found<'_> {
    use core::AuthFinding as F;

    let reason = match finding {
        F::ChainOrder { reason } | F::ChainUntrusted { reason } => Some(reason.code()),
        _ => None,
    };
    let role = match finding {
        F::CertificateExpired { role, .. }
        | F::CertificateNotYetValid { role, .. }
        | F::NotOrganisation { role, .. } => Some(*role),
        _ => None,
    };
    Found {
        code: finding.code(),
        text: finding.to_string(),
        role,
        reason,
        finding,
    }
}
