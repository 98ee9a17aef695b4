//! The three token requests to the byte (guide 3.1.1, 3.1.2, 3.2.3).
// What the property tests alone use.
#![cfg_attr(target_arch = "wasm32", allow(unused_imports, dead_code))]
#![allow(clippy::unwrap_used, clippy::expect_used)]

mod auth_fixture;

use auth_fixture::{settings, signed};
#[cfg(not(target_arch = "wasm32"))]
use proptest::prelude::*;
use skifteportal::auth::{
    exchange_request, variant_a_request, variant_b_request, Token, TokenKind, DEFAULT_SCOPE,
};
use skifteportal::environment::Environment;
use skifteportal::http::{HttpRequest, Identity, Method};
use skifteportal::model::AdgangsprofilId;
#[cfg(target_arch = "wasm32")]
use wasm_bindgen_test::wasm_bindgen_test as test;

const PROFILE: &str = "3f1a7e52-1c9b-4e0a-9a53-0f2f6f0f3c11";

fn body(request: &HttpRequest) -> &str {
    std::str::from_utf8(&request.body).unwrap()
}

fn assert_form(request: &HttpRequest, url: &str, identity: Identity) {
    assert_eq!(request.method, Method::Post);
    assert_eq!(request.url, url);
    assert_eq!(request.identity, identity);
    let headers: Vec<_> = request
        .headers
        .iter()
        .map(|header| (header.name(), header.value()))
        .collect();
    assert_eq!(
        headers,
        [
            ("Accept", "application/json"),
            ("Content-Type", "application/x-www-form-urlencoded"),
        ]
    );
}

fn token(kind: TokenKind) -> Token {
    Token::new("eyJh.e30.c2ln+/~=".into(), kind, None).unwrap()
}

#[test]
fn variant_a() {
    let request = variant_a_request(
        &Environment::test(),
        "variant-a odd+id&=æ",
        &"p+q&r=s%41 ~*-._!'()ø/€\u{1}\"\\#;".into(),
        DEFAULT_SCOPE,
    );
    assert_form(
        &request,
        "https://sysauth.test-minskiftesag.net/realms/sts/protocol/openid-connect/token",
        Identity::Reporter,
    );
    assert_eq!(
        body(&request),
        "client_id=variant-a+odd%2Bid%26%3D%C3%A6\
         &client_secret=p%2Bq%26r%3Ds%2541+%7E*-._%21%27%28%29%C3%B8%2F%E2%82%AC%01%22%5C%23%3B\
         &grant_type=client_credentials&scope=openid"
    );
}

#[test]
fn an_empty_scope_is_left_out() {
    let request = variant_a_request(&Environment::production(), "id", &"secret".into(), "");
    assert_eq!(
        request.url,
        "https://sysauth.domstol.dk/realms/sts/protocol/openid-connect/token"
    );
    assert_eq!(
        body(&request),
        "client_id=id&client_secret=secret&grant_type=client_credentials"
    );
}

#[test]
fn variant_b() {
    let assertion = signed(&settings());
    let request = variant_b_request(&Environment::test(), &assertion, DEFAULT_SCOPE);
    assert_form(
        &request,
        "https://sysauth.test-minskiftesag.net/realms/sts/protocol/openid-connect/token",
        Identity::ApiUser,
    );
    // A compact JWT has no character that a form would encode.
    let expected = format!(
        "client_assertion_type=urn%3Aietf%3Aparams%3Aoauth%3Aclient-assertion-type%3Ajwt-bearer\
         &client_assertion={}&grant_type=client_credentials&scope=openid",
        assertion.jwt().expose()
    );
    assert_eq!(body(&request), expected);
}

#[test]
fn exchange() {
    let profile = AdgangsprofilId::new(PROFILE).unwrap();
    let request =
        exchange_request(&Environment::test(), &token(TokenKind::Direct), &profile).unwrap();
    assert_form(
        &request,
        "https://auth.test-minskiftesag.net/token",
        Identity::None,
    );
    assert_eq!(
        body(&request),
        "actor_token=eyJh.e30.c2ln%2B%2F%7E%3D\
         &actor_token_type=urn%3Aietf%3Aparams%3Aoauth%3Atoken-type%3Aaccess_token\
         &grant_type=urn%3Aietf%3Aparams%3Aoauth%3Agrant-type%3Atoken-exchange\
         &requested_token_type=urn%3Aietf%3Aparams%3Aoauth%3Atoken-type%3Aaccess_token\
         &subject_token=3f1a7e52-1c9b-4e0a-9a53-0f2f6f0f3c11\
         &subject_token_type=urn%3Adk%3Adomstol%3Atoken-type%3Aadgangsprofil-id"
    );
}

#[test]
fn a_delegated_token_is_not_exchanged_again() {
    let profile = AdgangsprofilId::new(PROFILE).unwrap();
    let refused = exchange_request(&Environment::test(), &token(TokenKind::Delegated), &profile);
    assert_eq!(refused.unwrap_err().code(), "auth.not_direct");
}

#[test]
fn no_secret_shows() {
    let assertion = signed(&settings());
    let shown = [
        format!(
            "{:?}",
            variant_a_request(&Environment::test(), "id", &"hush-hush".into(), "openid")
        ),
        format!(
            "{:?}",
            variant_b_request(&Environment::test(), &assertion, "openid")
        ),
        format!("{assertion:?}"),
        format!("{:?}", token(TokenKind::Direct)),
    ];
    let signature = assertion.jwt().expose().rsplit('.').next().unwrap();
    for text in shown {
        for secret in ["hush-hush", signature, "e30.c2ln", "eyJ"] {
            assert!(!text.contains(secret), "{text}");
        }
    }
}

#[cfg(not(target_arch = "wasm32"))]
proptest! {
    #[test]
    fn any_credentials_stay_in_their_fields(id in any::<String>(), secret in any::<String>()) {
        let request = variant_a_request(
            &Environment::test(), &id, &secret.as_str().into(), DEFAULT_SCOPE);
        let again = variant_a_request(
            &Environment::test(), &id, &secret.as_str().into(), DEFAULT_SCOPE);
        prop_assert_eq!(&request, &again);
        let fields: Vec<(String, String)> = body(&request)
            .split('&')
            .map(|field| field.split_once('=').unwrap())
            .map(|(name, value)| (decode(name), decode(value)))
            .collect();
        let expected = [
            ("client_id", id.as_str()),
            ("client_secret", secret.as_str()),
            ("grant_type", "client_credentials"),
            ("scope", "openid"),
        ];
        let expected: Vec<_> =
            expected.iter().map(|(n, v)| ((*n).to_owned(), (*v).to_owned())).collect();
        prop_assert_eq!(fields, expected);
    }
}

/// Form decoding, written apart from the encoder (URL Standard 5.1).
fn decode(text: &str) -> String {
    let mut bytes = Vec::new();
    let mut rest = text.bytes();
    while let Some(byte) = rest.next() {
        bytes.push(match byte {
            b'+' => b' ',
            b'%' => {
                let digits = [rest.next().unwrap(), rest.next().unwrap()];
                u8::from_str_radix(std::str::from_utf8(&digits).unwrap(), 16).unwrap()
            }
            other => other,
        });
    }
    String::from_utf8(bytes).unwrap()
}
