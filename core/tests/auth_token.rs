//! Token answers (guide 3.1.3, 3.2.4) and what an access token says of itself.
// What the property tests alone use.
#![cfg_attr(target_arch = "wasm32", allow(unused_imports, dead_code))]
#![allow(clippy::unwrap_used, clippy::expect_used)]

mod auth_fixture;

use auth_fixture::now;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use base64::Engine as _;
#[cfg(not(target_arch = "wasm32"))]
use proptest::prelude::*;
use skifteportal::auth::{read_token, AccessTokenClaims, Token, TokenKind};
use skifteportal::error::{ErrorKind, PortalError, Unreadable};
use skifteportal::http::HttpResponse;
use skifteportal::model::Timestamp;
use skifteportal::secret::Secret;
#[cfg(target_arch = "wasm32")]
use wasm_bindgen_test::wasm_bindgen_test as test;

fn answer(status: u16, body: impl Into<Vec<u8>>) -> Result<Token, PortalError> {
    let response = HttpResponse::new(status, [("Content-Type", "application/json")], body);
    read_token(&response, TokenKind::Direct, now())
}

fn with_lifetime(expires_in: &str) -> Option<Timestamp> {
    let body = format!(
        r#"{{"access_token":"eyJ.e30.c2ln","token_type":"Bearer","expires_in":{expires_in}}}"#
    );
    answer(200, body).unwrap().expires_at()
}

#[test]
fn the_guides_answer() {
    let body = r#"{
 "access_token": "eyJhbGciOiJSUzI1sInR5c...Z0qmVKMw",
 "expires_in": 300,
 "refresh_expires_in": 0,
 "token_type": "Bearer",
 "id_token":"eyJhbGciOiJSUzI1NiIsInR5...F96X_s1cjxNw",
 "not-before-policy": 0,
 "scope": "openid"
}"#;
    let token = answer(200, body).unwrap();
    assert_eq!(
        token.access_token().expose(),
        "eyJhbGciOiJSUzI1sInR5c...Z0qmVKMw"
    );
    assert_eq!(token.kind(), TokenKind::Direct);
    assert_eq!(token.expires_at(), Some(now().plus_seconds(300)));
    assert_eq!(token.scope(), Some("openid"));
    assert_eq!(token.refresh_expires_in(), Some(0));
    assert_eq!(token.not_before_policy(), Some(0));
    assert!(!format!("{token:?}").contains("eyJ"));
}

#[test]
fn freshness_keeps_a_margin() {
    let token = answer(
        200,
        r#"{"access_token":"t","token_type":"bearer","expires_in":300}"#,
    )
    .unwrap();
    assert!(token.is_fresh(now(), 0));
    assert!(token.is_fresh(now().plus_seconds(269), 30));
    assert!(!token.is_fresh(now().plus_seconds(270), 30));
    assert!(!token.is_fresh(now(), u32::MAX));
    let endless = answer(200, r#"{"access_token":"t","token_type":"BEARER"}"#).unwrap();
    assert_eq!(endless.expires_at(), None);
    assert!(endless.is_fresh(now(), u32::MAX));
}

#[test]
fn lifetimes_are_read_leniently() {
    let after = |seconds| Some(now().plus_seconds(seconds));
    for (text, expected) in [
        ("300", after(300)),
        (r#""300""#, after(300)),
        ("299.9", after(299)),
        ("0", after(0)),
        ("-300", after(0)),
        ("9223372036854775807", after(i64::MAX)),
        ("1e999", after(i64::MAX)),
        ("null", None),
        ("true", None),
        ("{}", None),
        (r#""soon""#, None),
    ] {
        assert_eq!(with_lifetime(text), expected, "{text}");
    }
}

#[test]
fn an_answer_without_a_usable_token_is_an_error_of_the_protocol() {
    let missing = |name: &str| Unreadable::MissingMember { name: name.into() };
    let value = |name: &str| Unreadable::Value { name: name.into() };
    let shape = |column| Unreadable::Shape { line: 1, column };
    let twice = Unreadable::Shape { line: 0, column: 0 };
    let not_json = |column| Unreadable::NotJson { line: 1, column };
    let bodies = [
        ("", Unreadable::Empty),
        (" \n", Unreadable::Empty),
        (
            "<!DOCTYPE html><html><body>Log in</body></html>",
            not_json(1),
        ),
        (
            r#"{"access_token":"secret-token","expires_in":300,"token_ty"#,
            not_json(57),
        ),
        ("[]", shape(0)),
        ("null", shape(4)),
        (r#""secret-token""#, shape(14)),
        ("{}", missing("access_token")),
        (r#"{"token_type":"Bearer"}"#, missing("access_token")),
        (r#"{"access_token":"secret-token"}"#, missing("token_type")),
        (
            r#"{"access_token":"secret-token","token_type":null}"#,
            missing("token_type"),
        ),
        (
            r#"{"access_token":"secret-token","token_type":"DPoP"}"#,
            value("token_type"),
        ),
        (
            r#"{"access_token":"secret-token","token_type":"N_A"}"#,
            value("token_type"),
        ),
        (
            r#"{"access_token":"secret-token","token_type":["Bearer"]}"#,
            value("token_type"),
        ),
        (
            r#"{"access_token":"","token_type":"Bearer"}"#,
            missing("access_token"),
        ),
        (
            r#"{"access_token":null,"token_type":"Bearer"}"#,
            missing("access_token"),
        ),
        (
            r#"{"access_token":7,"token_type":"Bearer"}"#,
            value("access_token"),
        ),
        (
            r#"{"access_token":"=","token_type":"Bearer"}"#,
            value("access_token"),
        ),
        (
            r#"{"access_token":"secret-token\r\nX: 1","token_type":"Bearer"}"#,
            value("access_token"),
        ),
        (
            r#"{"access_token":"secret token","token_type":"Bearer"}"#,
            value("access_token"),
        ),
        (
            r#"{"access_token":"secret-tøken","token_type":"Bearer"}"#,
            value("access_token"),
        ),
        (
            r#"{"access_token":"secret-token","access_token":"other","token_type":"Bearer"}"#,
            twice,
        ),
        (
            r#"{"access_token":"secret-token","token_type":"Bearer"} trailing"#,
            not_json(55),
        ),
    ];
    for (body, what) in bodies {
        let error = answer(200, body).unwrap_err();
        assert_eq!(error.kind(), ErrorKind::Protocol, "{body}");
        assert_eq!(error.unreadable_reason(), Some(&what), "{body}");
        let shown = format!("{error:?} {error} {:?}", error.excerpt());
        assert!(!shown.contains("secret"), "{body}: {shown}");
    }
}

#[test]
fn a_refusal_is_decoded_whatever_its_status() {
    let body = r#"{"error":"invalid_client","error_description":"Token reuse detected"}"#;
    for status in [200, 400, 401, 500] {
        let error = answer(status, body).unwrap_err();
        assert_eq!(error.status(), Some(status));
        assert!(error.unreadable_reason().is_none());
    }
    // A token with a status that is no success is none.
    let token = r#"{"access_token":"t","token_type":"Bearer"}"#;
    assert!(answer(302, token).is_err());
    assert!(answer(200, token).is_ok());
}

#[test]
fn unknown_members_are_passed_over() {
    let body = r#"{"x":{"y":[1e999]},"access_token":"t","refresh_token":"never-kept","token_type":"Bearer","scope":7}"#;
    let token = answer(200, body).unwrap();
    assert_eq!(token.scope(), None);
    assert!(!format!("{token:?}").contains("never-kept"));
}

#[test]
fn a_token_of_the_hosts_own() {
    assert!(Token::new("a.b-c_d~e+f/g==".into(), TokenKind::Delegated, None).is_ok());
    for text in ["", "=", "a b", "a=b", "a\n", "æ", "a\u{0}"] {
        let refused = Token::new(text.into(), TokenKind::Direct, None).unwrap_err();
        assert_eq!(refused.code(), "auth.token_character", "{text:?}");
    }
}

fn jwt(claims: &str) -> Secret {
    format!(
        "{}.{}.c2ln",
        URL_SAFE_NO_PAD.encode(r#"{"alg":"RS256"}"#),
        URL_SAFE_NO_PAD.encode(claims)
    )
    .into()
}

#[test]
fn the_claims_of_a_keycloak_token() {
    let claims = AccessTokenClaims::read(&jwt(
        r#"{"exp":1700000300,"iat":1700000000.5,"nbf":"1700000000","jti":"cc:1","iss":"https://sts/realms/sts",
        "aud":["account","api"],"sub":"5f0c","typ":"Bearer","azp":"30808460","acr":"1",
        "cnf":{"x5t#S256":"Q-LU"},"scope":"openid email","client_id":"30808460","realm_access":{"roles":[]}}"#,
    ))
    .unwrap();
    assert_eq!(claims.issuer.as_deref(), Some("https://sts/realms/sts"));
    assert_eq!(claims.subject.as_deref(), Some("5f0c"));
    assert_eq!(claims.audience, ["account", "api"]);
    assert_eq!(claims.expires_at, Some(Timestamp::from_unix(1_700_000_300)));
    assert_eq!(claims.issued_at, Some(Timestamp::from_unix(1_700_000_000)));
    assert_eq!(claims.not_before, claims.issued_at);
    assert_eq!(claims.authorized_party.as_deref(), Some("30808460"));
    assert_eq!(claims.client_id.as_deref(), Some("30808460"));
    assert_eq!(claims.scope.as_deref(), Some("openid email"));
    assert_eq!(claims.token_type.as_deref(), Some("Bearer"));
    assert_eq!(claims.certificate_thumbprint.as_deref(), Some("Q-LU"));
    assert_eq!(claims.other_claims, ["jti", "acr", "realm_access"]);
}

#[test]
fn odd_claims_spoil_nothing_but_themselves() {
    let claims = AccessTokenClaims::read(&jwt(
        r#"{"iss":7,"aud":"one","exp":61697372400,"iat":1e999,"cnf":"x","sub":null}"#,
    ))
    .unwrap();
    assert_eq!(claims.issuer, None);
    assert_eq!(claims.audience, ["one"]);
    assert_eq!(
        claims.expires_at.unwrap().to_string(),
        "3925-02-10T23:00:00Z"
    );
    assert_eq!(claims.issued_at, Some(Timestamp::from_unix(i64::MAX)));
    assert_eq!(claims.certificate_thumbprint, None);

    let many: Vec<String> = (0..500)
        .map(|n| format!("\"{n}{}\":1", "x".repeat(500)))
        .collect();
    let claims = AccessTokenClaims::read(&jwt(&format!("{{{}}}", many.join(",")))).unwrap_err();
    assert_eq!(claims.code(), "auth.not_a_jwt");
    let claims = AccessTokenClaims::read(&jwt(&format!("{{{}}}", many[..100].join(",")))).unwrap();
    assert_eq!(claims.other_claims.len(), 64);
    assert!(claims.other_claims.iter().all(|name| name.len() == 64));
}

#[test]
fn what_is_no_jwt_says_so() {
    for text in [
        "",
        "opaque",
        "a.b",
        "a.b.c.d",
        "a..c",
        "a.%%%.c",
        "a.W10.c",
        "a.e30",
        "Bearer a.e30.c d.e",
    ] {
        let refused = AccessTokenClaims::read(&text.into()).unwrap_err();
        assert_eq!(refused.code(), "auth.not_a_jwt", "{text}");
    }
    for text in ["a.e30.c", "a.e30=.c", ".e30."] {
        let claims = AccessTokenClaims::read(&text.into()).unwrap();
        assert_eq!(claims, AccessTokenClaims::default(), "{text}");
    }
}

#[cfg(not(target_arch = "wasm32"))]
proptest! {
    #[test]
    fn any_answer_is_judged(status in any::<u16>(), body in any::<Vec<u8>>()) {
        let _ = answer(status, body.clone());
        let _ = answer(200, body);
    }

    #[test]
    fn any_members_are_judged(
        token in any::<String>(), kind in any::<String>(), lifetime in any::<f64>(), other in any::<String>()
    ) {
        let body = serde_json::json!({
            "access_token": token, "token_type": kind, "expires_in": lifetime, other: 1,
        });
        let body = serde_json::to_vec(&body).unwrap();
        let _ = answer(200, body.clone());
        let bearer = String::from_utf8(body).unwrap();
        for cut in 0..bearer.len() {
            if bearer.is_char_boundary(cut) {
                prop_assert!(answer(200, &bearer[..cut]).is_err());
            }
        }
    }

    #[test]
    fn any_text_is_read_or_refused(text in any::<String>(), payload in any::<Vec<u8>>()) {
        let _ = AccessTokenClaims::read(&Secret::new(text));
        let jwt = format!("e30.{}.c2ln", URL_SAFE_NO_PAD.encode(payload));
        let _ = AccessTokenClaims::read(&Secret::new(jwt));
    }

    #[test]
    fn any_claim_is_read(name in any::<String>(), value in any::<String>(), number in any::<i64>()) {
        let claims = serde_json::json!({ "exp": number, "sub": value, name: value });
        let read = AccessTokenClaims::read(&jwt(&claims.to_string())).unwrap();
        prop_assert!(read.expires_at.is_some() || claims["exp"].is_string());
    }
}
