//! An assertion that the reporter's backend made (guide 3.1.2).
// What the property tests alone use.
#![cfg_attr(target_arch = "wasm32", allow(unused_imports, dead_code))]
#![allow(clippy::unwrap_used, clippy::expect_used)]

mod auth_fixture;

use std::sync::OnceLock;

use auth_fixture::{prepared, settings, signed, REPORTER_KEY_PEM};
use base64::engine::general_purpose::{URL_SAFE, URL_SAFE_NO_PAD};
use base64::Engine as _;
#[cfg(not(target_arch = "wasm32"))]
use proptest::prelude::*;
use rsa::pkcs1v15::SigningKey;
use rsa::pkcs8::DecodePrivateKey;
use rsa::signature::{SignatureEncoding, Signer};
use sha2::Sha256;
use skifteportal::auth::SignedAssertion;
use skifteportal::secret::Secret;
#[cfg(target_arch = "wasm32")]
use wasm_bindgen_test::wasm_bindgen_test as test;

/// Signs any header and claims with the reporter's key.
fn jwt(header: &str, claims: &str) -> String {
    let key = std::str::from_utf8(REPORTER_KEY_PEM).unwrap();
    let key = SigningKey::<Sha256>::new(rsa::RsaPrivateKey::from_pkcs8_pem(key).unwrap());
    let input = format!(
        "{}.{}",
        URL_SAFE_NO_PAD.encode(header),
        URL_SAFE_NO_PAD.encode(claims)
    );
    let signature = key.sign(input.as_bytes()).to_vec();
    format!("{input}.{}", URL_SAFE_NO_PAD.encode(signature))
}

fn header() -> String {
    let input = prepared(&settings()).signing_input().to_vec();
    let header = input.split(|b| *b == b'.').next().unwrap();
    String::from_utf8(URL_SAFE_NO_PAD.decode(header).unwrap()).unwrap()
}

fn code(jwt: &str) -> &'static str {
    SignedAssertion::from_jwt(jwt.into()).map_or_else(|error| error.code(), |_| "")
}

const CLAIMS: &str = r#"{"sub":"30808460","aud":["https://sysauth.domstol.dk"],"exp":61697372400,"jti":"1","other":[]}"#;

#[test]
fn ours_is_taken_back() {
    let ours = signed(&settings());
    let read = SignedAssertion::from_jwt(ours.jwt().clone()).unwrap();
    assert_eq!(read.jwt().expose(), ours.jwt().expose());
    assert_eq!(read.claims(), ours.claims());
    assert_eq!(
        read.chain().certificates().len(),
        ours.chain().certificates().len()
    );
}

#[test]
fn another_backends_is_taken_with_what_the_guide_demands() {
    let read = SignedAssertion::from_jwt(jwt(&header(), CLAIMS).into()).unwrap();
    assert_eq!(read.claims().expires_at, 61_697_372_400);
    assert_eq!(read.claims().audience, "https://sysauth.domstol.dk");
    assert_eq!(read.claims().issuer, "");
    assert_eq!(read.claims().issued_at, None);
    let without_thumbprint = header().replace("x5t#S256", "x");
    assert_eq!(code(&jwt(&without_thumbprint, CLAIMS)), "");
}

#[test]
fn what_the_portal_would_refuse_is_refused() {
    for (from, to, expected) in [
        ("RS256", "PS256", "auth.algorithm"),
        ("RS256", "none", "auth.algorithm"),
        ("\"x5t#S256\":\"", "\"x5t#S256\":\"x", "auth.thumbprint"),
        ("x5c", "X5C", "auth.not_a_jwt"),
        ("[\"", "[\"-_", "auth.not_a_jwt"),
        ("[\"", "[\"AAAA\",\"", "auth.not_a_jwt"),
        ("\"alg\"", "\"alg\":\"RS256\",\"alg\"", "auth.not_a_jwt"),
    ] {
        let header = header().replacen(from, to, 1);
        assert_eq!(code(&jwt(&header, CLAIMS)), expected, "{from} {to}");
    }
    let header_text = header();
    let (_, entries) = header_text.split_once("[\"").unwrap();
    let (leaf, _) = entries.split_once('"').unwrap();
    let no_array = format!(r#"{{"x5c":"{leaf}","alg":"RS256"}}"#);
    assert_eq!(code(&jwt(&no_array, CLAIMS)), "auth.not_a_jwt");
    for (from, to) in [
        ("\"sub\"", "\"Sub\""),
        ("\"exp\"", "\"Exp\""),
        ("\"jti\"", "\"Jti\""),
        ("\"aud\":[", "\"aud\":[\"two\","),
        ("\"other\"", "\"sub\""),
    ] {
        let claims = CLAIMS.replacen(from, to, 1);
        assert_eq!(code(&jwt(&header(), &claims)), "auth.not_a_jwt", "{to}");
    }
}

#[test]
fn a_wrong_signature_is_refused() {
    let good = jwt(&header(), CLAIMS);
    let other = jwt(&header(), &CLAIMS.replace("30808460", "11223344"));
    let (input, signature) = good.rsplit_once('.').unwrap();
    let (other_input, _) = other.rsplit_once('.').unwrap();
    assert_eq!(
        code(&format!("{other_input}.{signature}")),
        "auth.signature_mismatch"
    );
    assert_eq!(code(&format!("{input}.")), "auth.signature_length");
    let bytes = URL_SAFE_NO_PAD.decode(signature).unwrap();
    let short = URL_SAFE.encode(&bytes[..383]);
    assert!(short.ends_with('='));
    assert_eq!(code(&format!("{input}.{short}")), "auth.not_a_jwt");
}

#[cfg(not(target_arch = "wasm32"))]
proptest! {
    #[test]
    fn any_text_is_refused(text in any::<String>(), header in any::<Vec<u8>>(), rest in any::<Vec<u8>>()) {
        prop_assert!(SignedAssertion::from_jwt(Secret::new(text)).is_err());
        let [header, rest] = [header, rest].map(|part| URL_SAFE_NO_PAD.encode(part));
        let text = format!("{header}.{rest}.{rest}");
        prop_assert!(SignedAssertion::from_jwt(Secret::new(text)).is_err());
    }

    #[test]
    fn a_damaged_assertion_is_refused(at in any::<prop::sample::Index>(), to in any::<char>()) {
        static GOOD: OnceLock<String> = OnceLock::new();
        let good = GOOD.get_or_init(|| signed(&settings()).jwt().expose().to_owned());
        let at = at.index(good.len());
        let damaged: String =
            good.char_indices().map(|(i, c)| if i == at { to } else { c }).collect();
        if damaged != *good {
            prop_assert!(SignedAssertion::from_jwt(Secret::new(damaged)).is_err());
        }
    }
}
