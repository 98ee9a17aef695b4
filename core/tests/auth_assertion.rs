//! The assertion of variant B: its bytes, its signature, its refusals (guide 3.1.2).
// What the property tests alone use.
#![cfg_attr(target_arch = "wasm32", allow(unused_imports, dead_code))]
#![allow(clippy::unwrap_used, clippy::expect_used)]

mod auth_fixture;

use auth_fixture::{
    chain, entropy, issuing_ca, now, other_key, prepared, reporter, reporter_key, root, settings,
    signed, JTI,
};
use base64::engine::general_purpose::{STANDARD, URL_SAFE_NO_PAD};
use base64::Engine as _;
#[cfg(not(target_arch = "wasm32"))]
use proptest::prelude::*;
use serde_json::Value;
use sha2::{Digest, Sha256};
use skifteportal::auth::{jti_from, AssertionSettings, AuthError, UnsignedAssertion};
use skifteportal::certificate::{Chain, KeyStore};
use skifteportal::environment::Environment;
use skifteportal::model::Timestamp;
#[cfg(target_arch = "wasm32")]
use wasm_bindgen_test::wasm_bindgen_test as test;

fn part(jwt: &str, at: usize) -> Vec<u8> {
    URL_SAFE_NO_PAD
        .decode(jwt.split('.').nth(at).unwrap())
        .unwrap()
}

fn x5c(jwt: &str) -> Vec<Vec<u8>> {
    let header: Value = serde_json::from_slice(&part(jwt, 0)).unwrap();
    let entries = header["x5c"].as_array().unwrap();
    entries
        .iter()
        .map(|entry| STANDARD.decode(entry.as_str().unwrap()).unwrap())
        .collect()
}

#[test]
fn the_header_begins_as_the_guides_example_does() {
    let assertion = signed(&settings());
    let jwt = assertion.jwt().expose();
    assert!(jwt.starts_with("eyJ4NXQjUzI1NiI6I"));
    let header = String::from_utf8(part(jwt, 0)).unwrap();
    let thumbprint = URL_SAFE_NO_PAD.encode(Sha256::digest(reporter().der()));
    let x5c: Vec<String> = [reporter(), issuing_ca(), root()]
        .iter()
        .map(|certificate| format!("\"{}\"", STANDARD.encode(certificate.der())))
        .collect();
    assert_eq!(
        header,
        format!(
            r#"{{"x5t#S256":"{thumbprint}","x5c":[{}],"alg":"RS256"}}"#,
            x5c.join(",")
        )
    );
}

#[test]
fn x5c_holds_the_chain_leaf_first() {
    let with_root = signed(&settings());
    assert_eq!(
        x5c(with_root.jwt().expose()),
        [reporter().der(), issuing_ca().der(), root().der()]
    );
    let mut settings = settings();
    settings.include_root = false;
    let without_root = signed(&settings);
    assert_eq!(
        x5c(without_root.jwt().expose()),
        [reporter().der(), issuing_ca().der()]
    );
}

#[test]
fn the_claims_are_the_guides() {
    let payload = |settings: &AssertionSettings| {
        String::from_utf8(part(signed(settings).jwt().expose(), 1)).unwrap()
    };
    let claims = format!(
        r#"{{"iss":"https://test.local","sub":"30808460","aud":"https://sysauth.test-minskiftesag.net","exp":1796126450,"jti":"{JTI}""#
    );
    assert_eq!(payload(&settings()), format!("{claims}}}"));
    let mut with_times = settings();
    with_times.include_iat = true;
    with_times.include_nbf = true;
    assert_eq!(
        payload(&with_times),
        format!(r#"{claims},"iat":1796126400,"nbf":1796126400}}"#)
    );
}

#[test]
fn the_same_inputs_give_the_same_bytes_whatever_blinds_them() {
    let sign = |seed| {
        prepared(&settings())
            .sign(&reporter_key(), &entropy(seed))
            .unwrap()
    };
    assert_eq!(sign(1).jwt().expose(), sign(1).jwt().expose());
    assert_eq!(sign(1).jwt().expose(), sign(2).jwt().expose());
}

#[test]
fn a_key_store_signs_the_same() {
    let file = include_bytes!("data/auth/reporter.p12");
    let store = KeyStore::from_pkcs12(file, &"fixture".into()).unwrap();
    let audience = Environment::test().audience().to_owned();
    let assertion =
        UnsignedAssertion::prepare(&settings(), &audience, store.chain(), now(), JTI).unwrap();
    let signed_by_store = assertion.sign(store.key(), &entropy(1)).unwrap();
    assert_eq!(
        signed_by_store.jwt().expose(),
        signed(&settings()).jwt().expose()
    );
}

#[test]
fn a_key_of_another_certificate_is_refused() {
    let refused = prepared(&settings()).sign(&other_key(), &entropy(1));
    assert_eq!(refused.unwrap_err(), AuthError::KeyMismatch);
}

#[test]
fn a_signature_made_outside_is_verified() {
    let inside = signed(&settings());
    let signature = part(inside.jwt().expose(), 2);
    let outside = prepared(&settings()).with_signature(&signature).unwrap();
    assert_eq!(outside.jwt().expose(), inside.jwt().expose());
    assert_eq!(outside.claims(), inside.claims());

    let mut flipped = signature.clone();
    flipped[100] ^= 1;
    let refused = prepared(&settings()).with_signature(&flipped).unwrap_err();
    assert_eq!(refused.code(), "auth.signature_mismatch");
    let text = URL_SAFE_NO_PAD.encode(&signature);
    for wrong in [&[], text.as_bytes(), &signature[1..]] {
        let refused = prepared(&settings()).with_signature(wrong).unwrap_err();
        assert_eq!(refused.code(), "auth.signature_length");
    }
    // A signature of another assertion.
    let mut other = settings();
    other.issuer.push('x');
    assert!(prepared(&other).with_signature(&signature).is_err());
    // A number that is not below the modulus.
    assert!(prepared(&settings()).with_signature(&[0xff; 384]).is_err());
}

#[test]
fn the_digest_is_of_the_signing_input() {
    let assertion = prepared(&settings());
    let digest: [u8; 32] = Sha256::digest(assertion.signing_input()).into();
    assert_eq!(assertion.signing_digest(), digest);
}

#[test]
fn lifetimes() {
    let expires = |now, seconds| {
        let mut settings = settings();
        settings.lifetime_seconds = seconds;
        UnsignedAssertion::prepare(&settings, "aud", &chain(), now, JTI)
            .map(|assertion| assertion.claims().expires_at)
    };
    let at = Timestamp::from_unix;
    assert_eq!(expires(at(1_000), 50), Ok(1_050));
    // The guide's example: year 3925.
    assert_eq!(expires(at(0), 61_697_372_400), Ok(61_697_372_400));
    for (now, seconds) in [
        (at(1_000), 0),
        (at(1_000), -1),
        (at(1_000), i64::MIN),
        (at(1_000), i64::MAX),
        (at(-50), 50),
        (at(i64::MAX), 1),
    ] {
        let refused = expires(now, seconds);
        assert_eq!(refused, Err(AuthError::Lifetime { seconds }));
    }
}

#[test]
fn empty_claims_are_refused_and_no_form_is_demanded() {
    let prepare = |issuer: &str, subject: &str, audience: &str, jti: &str| {
        let settings = AssertionSettings::new(issuer, subject);
        UnsignedAssertion::prepare(&settings, audience, &chain(), now(), jti).err()
    };
    assert_eq!(prepare("any text", "variant-b æ", "aud", "1"), None);
    let empty = |claim| Some(AuthError::EmptyClaim { claim });
    assert_eq!(prepare("", "s", "a", "j"), empty("iss"));
    assert_eq!(prepare("i", "", "a", "j"), empty("sub"));
    assert_eq!(prepare("i", "s", "", "j"), empty("aud"));
    assert_eq!(prepare("i", "s", "a", ""), empty("jti"));
}

#[test]
fn a_leaf_alone_stays_in_x5c() {
    let mut settings = settings();
    settings.include_root = false;
    for leaf in [reporter(), root()] {
        let chain = Chain::as_given(vec![leaf.clone()]).unwrap();
        let assertion = UnsignedAssertion::prepare(&settings, "aud", &chain, now(), JTI).unwrap();
        let input = std::str::from_utf8(assertion.signing_input()).unwrap();
        assert_eq!(x5c(input), [leaf.der()]);
    }
}

#[test]
fn nothing_of_the_signature_shows() {
    fn crosses_threads<T: Send + Sync>(value: T) -> T {
        value
    }
    let unsigned = crosses_threads(prepared(&settings()));
    let signed = crosses_threads(signed(&settings()));
    let shown = format!("{unsigned:?} {signed:?}");
    assert!(shown.contains("30808460") && !shown.contains("eyJ"));
}

#[cfg(not(target_arch = "wasm32"))]
proptest! {
    #[test]
    fn ids_are_version_4_uuids(bytes in any::<[u8; 32]>()) {
        let entropy = skifteportal::secret::Entropy::new(bytes);
        let jti = jti_from(&entropy);
        prop_assert_eq!(&jti, &jti_from(&entropy));
        let groups: Vec<usize> = jti.split('-').map(str::len).collect();
        prop_assert_eq!(groups, [8, 4, 4, 4, 12]);
        prop_assert!(jti.bytes().all(|b| matches!(b, b'0'..=b'9' | b'a'..=b'f' | b'-')));
        prop_assert_eq!(jti.as_bytes()[14], b'4');
        prop_assert!(b"89ab".contains(&jti.as_bytes()[19]));
    }

    #[test]
    fn any_claims_survive(issuer in "\\PC+", subject in ".+", jti in any::<String>(), now in any::<i64>()) {
        let settings = AssertionSettings::new(issuer.clone(), subject.clone());
        let now = Timestamp::from_unix(now);
        if let Ok(assertion) = UnsignedAssertion::prepare(&settings, "aud", &chain(), now, &jti) {
            let input = std::str::from_utf8(assertion.signing_input()).unwrap();
            let claims: Value = serde_json::from_slice(&part(input, 1)).unwrap();
            prop_assert_eq!(&claims["iss"], &issuer);
            prop_assert_eq!(&claims["sub"], &subject);
            prop_assert_eq!(&claims["jti"], &jti);
        }
    }

    #[test]
    fn any_signature_is_judged(signature in proptest::collection::vec(any::<u8>(), 0..400)) {
        prop_assert!(prepared(&settings()).with_signature(&signature).is_err());
    }
}
