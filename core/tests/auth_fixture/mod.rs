//! The certificates and keys of `data/auth`.
#![allow(dead_code)] // Each test file uses some of them.

use skifteportal::auth::{AssertionSettings, SignedAssertion, UnsignedAssertion};
use skifteportal::certificate::{Certificate, Chain, PrivateKey};
use skifteportal::environment::Environment;
use skifteportal::model::Timestamp;
use skifteportal::secret::Entropy;

pub(crate) const JTI: &str = "0b60c02a-46c3-4cc9-b0fc-dd87f81ff0b7";
pub(crate) const REPORTER_KEY_PEM: &[u8] = include_bytes!("../data/auth/reporter.key.pem");

pub(crate) fn certificate(pem: &[u8]) -> Certificate {
    Certificate::from_pem(pem).unwrap().remove(0)
}

pub(crate) fn reporter() -> Certificate {
    certificate(include_bytes!("../data/auth/reporter.pem"))
}

pub(crate) fn api_user() -> Certificate {
    certificate(include_bytes!("../data/auth/api-user.pem"))
}

pub(crate) fn employee() -> Certificate {
    certificate(include_bytes!("../data/auth/employee.pem"))
}

pub(crate) fn issuing_ca() -> Certificate {
    certificate(include_bytes!("../data/auth/ca.pem"))
}

pub(crate) fn root() -> Certificate {
    certificate(include_bytes!("../data/auth/root.pem"))
}

pub(crate) fn chain() -> Chain {
    Chain::as_given(vec![reporter(), issuing_ca(), root()]).unwrap()
}

pub(crate) fn reporter_key() -> PrivateKey {
    PrivateKey::from_pem(REPORTER_KEY_PEM, None).unwrap()
}

/// PKCS#1, and not the key of the reporter's certificate.
pub(crate) fn other_key() -> PrivateKey {
    PrivateKey::from_pem(include_bytes!("../data/auth/api-user.key.pem"), None).unwrap()
}

pub(crate) fn now() -> Timestamp {
    "2026-12-01T12:00:00.75Z".parse().unwrap()
}

pub(crate) fn entropy(seed: u8) -> Entropy {
    Entropy::new([seed; 32])
}

pub(crate) fn settings() -> AssertionSettings {
    AssertionSettings::new("https://test.local", "30808460")
}

pub(crate) fn prepared(settings: &AssertionSettings) -> UnsignedAssertion {
    let environment = Environment::test();
    UnsignedAssertion::prepare(settings, environment.audience(), &chain(), now(), JTI).unwrap()
}

pub(crate) fn signed(settings: &AssertionSettings) -> SignedAssertion {
    prepared(settings)
        .sign(&reporter_key(), &entropy(1))
        .unwrap()
}
