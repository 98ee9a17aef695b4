//! Chains of certificates.

use skifteportal::certificate as core;
use wasm_bindgen::prelude::*;

use crate::certificate::{unwrap, wrap, Certificate};
use crate::failure::Outcome;
use crate::value::time;

/// A chain of certificates, the leaf first.
#[wasm_bindgen(skip_typescript)]
#[derive(Clone)]
pub struct Chain(pub(crate) core::Chain);

#[wasm_bindgen]
impl Chain {
    /// The leaf, and from the pool the issuer of each.
    pub fn ordered(leaf: &Certificate, pool: &JsValue) -> Outcome<Chain> {
        Ok(Self(core::Chain::ordered(leaf.0.clone(), &unwrap(pool)?)?))
    }

    /// Certificates in the order given.
    #[wasm_bindgen(js_name = asGiven)]
    pub fn as_given(certificates: &JsValue) -> Outcome<Chain> {
        Ok(Self(core::Chain::as_given(unwrap(certificates)?)?))
    }

    /// The certificate at the start.
    #[wasm_bindgen(getter)]
    pub fn leaf(&self) -> Certificate {
        Certificate(self.0.leaf().clone())
    }

    /// All certificates.
    #[wasm_bindgen(getter)]
    pub fn certificates(&self) -> Vec<Certificate> {
        wrap(self.0.certificates())
    }

    /// Whether the last certificate is a root.
    #[wasm_bindgen(getter, js_name = hasRoot)]
    pub fn has_root(&self) -> bool {
        self.0.has_root()
    }

    /// Checks that each certificate is issued by the next.
    #[wasm_bindgen(js_name = checkOrder)]
    pub fn check_order(&self) -> Outcome<()> {
        Ok(self.0.check_order()?)
    }

    /// Verifies the chain up to one of the roots at a time.
    pub fn verify(&self, roots: &JsValue, now: &JsValue) -> Outcome<()> {
        Ok(self.0.verify(&unwrap(roots)?, time(now)?)?)
    }

    /// The certificates as PEM.
    #[wasm_bindgen(js_name = toPem)]
    pub fn to_pem(&self) -> String {
        self.0.to_pem()
    }
}
