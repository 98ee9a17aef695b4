//! Assertions and token requests of a host that runs no session.
#![allow(clippy::unwrap_used, clippy::panic)] // Helpers of tests.

mod fixture;

use fixture::{
    api_user, assertion_settings, body, chain, error, json, keeper_signs, now, profil,
    reporter_key, root, token_answer, SECRET,
};
use skifteportal::auth::TokenKind;
use skifteportal_ffi::{
    Auth, Defaults, HttpResponse, PortalEnvironment, SignedAssertion, Token, UnsignedAssertion,
};

const ENTROPY: [u8; 32] = [9; 32];

fn unsigned() -> std::sync::Arc<UnsignedAssertion> {
    let jti = Auth::new().jti(ENTROPY.to_vec()).unwrap();
    let audience = PortalEnvironment::test().audience();
    UnsignedAssertion::prepare(assertion_settings(), &audience, &chain(), now(), &jti).unwrap()
}

#[test]
fn a_key_inside_and_a_key_outside_make_the_same_assertion() {
    let inside = unsigned().sign(&reporter_key(), ENTROPY.to_vec()).unwrap();
    let outside = unsigned()
        .with_signature(keeper_signs(&unsigned().signing_input()))
        .unwrap();
    assert_eq!(inside.jwt(), outside.jwt());
    assert_eq!(unsigned().signing_digest().len(), 32);
    let received = SignedAssertion::from_jwt(inside.jwt()).unwrap();
    assert_eq!(received.claims(), unsigned().claims());
    assert_eq!(received.chain(), chain());

    let request = Auth::new().variant_b_request(&PortalEnvironment::test(), &inside, None);
    assert!(body(&request).ends_with("grant_type=client_credentials&scope=openid"));
}

#[test]
fn what_cannot_be_signed_is_an_error() {
    let wrong = unsigned().with_signature(vec![1, 2, 3]);
    assert_eq!(error(wrong), ("auth", "auth.signature_length".to_owned()));
    let short = unsigned().sign(&reporter_key(), vec![0; 8]);
    assert_eq!(error(short), ("input", "entropy".to_owned()));
    let no_jti =
        UnsignedAssertion::prepare(assertion_settings(), "https://sts", &chain(), now(), "");
    assert_eq!(error(no_jti), ("auth", "auth.empty_claim".to_owned()));
    let no_jwt = SignedAssertion::from_jwt("x.y.z".into());
    assert_eq!(error(no_jwt), ("auth", "auth.not_a_jwt".to_owned()));
}

#[test]
fn findings_are_told_before_anything_is_sent() {
    let auth = Auth::new();
    let mut check = Defaults::new().check(now());
    check.api_user = Some(api_user());
    check.roots = vec![root()];
    let mut claims = unsigned().claims();
    claims.expires_at = 1;
    claims.subject = "12345678".into();
    let found = auth.check_assertion(claims, &chain(), Some(reporter_key()), check);
    let codes: Vec<String> = found
        .iter()
        .map(|finding| auth.finding_code(finding.clone()))
        .collect();
    assert_eq!(codes, ["auth.subject_mismatch", "auth.assertion_expired"]);
    for finding in found {
        assert!(!auth.finding_text(finding.clone()).is_empty());
        assert_eq!(auth.finding_reason(finding), None);
    }
}

#[test]
fn tokens_are_asked_for_read_and_exchanged() {
    let (auth, environment) = (Auth::new(), PortalEnvironment::test());
    let request = auth.variant_a_request(
        &environment,
        "my-client",
        SECRET.into(),
        Some(String::new()),
    );
    assert!(!body(&request).contains("scope"));
    let answer = HttpResponse::new(200, json(), token_answer("abc")).unwrap();
    let token = auth.read_token(&answer, TokenKind::Direct, now()).unwrap();
    assert_eq!(token.access_token(), "abc");
    assert!(token.is_fresh(now(), 299) && !token.is_fresh(now(), 300) && token.is_fresh(now(), -1));
    let exchange = auth
        .exchange_request(&environment, &token, profil())
        .unwrap();
    assert_eq!(exchange.url(), environment.exchange_url());

    let delegated = Token::new("abc".into(), TokenKind::Delegated, None).unwrap();
    assert_eq!(
        error(auth.exchange_request(&environment, &delegated, profil())),
        ("auth", "auth.not_direct".to_owned())
    );
    assert_eq!(
        error(Token::new("a b".into(), TokenKind::Direct, None)),
        ("auth", "auth.token_character".to_owned())
    );
    let refused =
        HttpResponse::new(400, json(), br#"{"error":"invalid_client"}"#[..].into()).unwrap();
    assert_eq!(
        error(auth.read_token(&refused, TokenKind::Direct, now())),
        ("portal", "invalid_client".to_owned())
    );
    assert_eq!(
        error(auth.access_token_claims("opaque".into())),
        ("auth", "auth.not_a_jwt".to_owned())
    );
}
