//! OAuth errors: what a Keycloak answers, and what comes in place of it.

use skifteportal::error::{ErrorKind, Fault, Language, PortalError, Retry, TokenRefusal as R};
use skifteportal::http::HttpResponse;
use skifteportal::model::Timestamp;
#[cfg(target_arch = "wasm32")]
use wasm_bindgen_test::wasm_bindgen_test as test;

const NOW: Timestamp = Timestamp::from_unix(784_111_777);

fn decode(status: u16, headers: &[(&str, &str)], body: &str) -> PortalError {
    let response = HttpResponse::new(status, headers.iter().copied(), body);
    PortalError::decode(&response, NOW)
}

fn body(error: &str, description: &str) -> String {
    serde_json::json!({"error": error, "error_description": description}).to_string()
}

/// Every error that a Keycloak 26.4 was seen to answer with.
#[test]
fn every_refusal_of_keycloak_is_told_apart() {
    let credentials = "Invalid client or Invalid client credentials";
    let (client, request) = ("invalid_client", "invalid_request");
    let cases: &[(u16, &str, &str, R)] = &[
        (400, request, "Client Certification missing for MTLS HoK Token Binding", R::MissingClientCertificate),
        (401, "unauthorized_client", credentials, R::WrongClientOrSecret),
        (401, client, credentials, R::WrongClientOrSecret),
        (400, client, credentials, R::WrongClientOrSecret),
        (401, "unauthorized_client", "Client not enabled to retrieve service account", R::ServiceAccountDisabled),
        (400, "unauthorized_client", "Unexpected error when authenticating client", R::WrongVariant),
        (400, "invalid_scope", "Invalid scopes: Openid", R::InvalidScope),
        (400, "invalid_scope", "Invalid scopes: ", R::InvalidScope),
        (400, "unsupported_grant_type", "Unsupported grant_type", R::UnsupportedGrantType),
        (400, request, "Missing form parameter: grant_type", R::MissingGrantType),
        (400, request, "duplicated parameter", R::DuplicateParameter),
        (400, client, "Token reuse detected", R::AssertionReplayed),
        (400, client, "Token is not active", R::AssertionExpired),
        (400, client, "Token expiration is too far in the future and iat claim not present in token", R::AssertionTooLong),
        (400, client, "Token was issued in the future", R::IssuedInFuture),
        (400, client, "Token was issued too far in the past to be used now", R::IssuedTooLongAgo),
        (400, client, "Invalid token audience", R::WrongAudience),
        (400, client, "Multiple audiences not allowed", R::MultipleAudiences),
        (400, client, "Token jti claim is required", R::MissingJti),
        (400, client, "Token exp claim is required", R::MissingExpiry),
        (400, client, "Client authentication with signed JWT failed: Signature on JWT token failed validation", R::BadSignature),
        (400, client, "Invalid signature algorithm", R::WrongAlgorithm),
        (400, client, "Unable to load public key", R::UnknownKey),
        (500, "unknown_error", "For more on this error consult the server log.", R::ServerFault),
    ];
    for (status, error, description, refusal) in cases {
        let decoded = decode(*status, &[], &body(error, description));
        let oauth = decoded.oauth().unwrap();
        assert_eq!(oauth.error, *error);
        assert_eq!(
            oauth.description.as_deref().unwrap_or(""),
            description.trim()
        );
        assert_eq!(decoded.token_refusal(), Some(*refusal), "{description}");
        assert_eq!(decoded.code(), *error);
        assert!(decoded.codes().is_empty(), "{description}");
        assert!(decoded.excerpt().is_none());
        let (danish, english) = (
            decoded.explanation(Language::Danish),
            decoded.explanation(Language::English),
        );
        assert!(danish.len() > 40 && english.len() > 40 && danish != english);
    }
    for (status, error, refusal, kind) in [
        (
            404,
            "Realm does not exist",
            R::UnknownRealm,
            ErrorKind::NotFound,
        ),
        (
            405,
            "HTTP 405 Method Not Allowed",
            R::MethodNotAllowed,
            ErrorKind::Protocol,
        ),
        (
            413,
            "HTTP 413 Request Entity Too Large",
            R::RequestTooLarge,
            ErrorKind::TooLarge,
        ),
    ] {
        let decoded = decode(
            status,
            &[],
            &serde_json::json!({ "error": error }).to_string(),
        );
        assert_eq!(decoded.token_refusal(), Some(refusal));
        assert_eq!(decoded.kind(), kind);
        // A sentence is no code.
        assert_eq!(decoded.code(), format!("http.{status}"));
    }
}

#[test]
fn what_to_do_about_a_refusal() {
    let verdict = |status, error: &str, description: &str| {
        let decoded = decode(status, &[], &body(error, description));
        (decoded.kind(), decoded.fault(), decoded.retry())
    };
    let credentials = |retry| (ErrorKind::Credentials, Fault::CallerCredentials, retry);
    let client = "invalid_client";
    assert_eq!(
        verdict(400, client, "Token reuse detected"),
        credentials(Retry::WithFreshAssertion)
    );
    assert_eq!(
        verdict(400, client, "Token is not active"),
        credentials(Retry::WithFreshAssertion)
    );
    assert_eq!(
        verdict(400, client, "Invalid token audience"),
        credentials(Retry::AfterChange)
    );
    assert_eq!(
        verdict(401, client, "Invalid client or Invalid client credentials"),
        credentials(Retry::AfterChange)
    );
    assert_eq!(
        verdict(401, "invalid_client", "noget nyt"),
        credentials(Retry::AfterChange)
    );
    assert_eq!(
        verdict(400, "noget_nyt", "noget nyt"),
        credentials(Retry::AfterChange)
    );
    assert_eq!(
        verdict(400, "invalid_grant", "x"),
        credentials(Retry::AfterChange)
    );
    let later = Retry::Later { at: None };
    assert_eq!(
        verdict(500, "unknown_error", "x"),
        (ErrorKind::Portal, Fault::Portal, later)
    );
    assert_eq!(
        verdict(400, "temporarily_unavailable", "x"),
        (ErrorKind::Portal, Fault::Portal, later)
    );
    let form = (ErrorKind::Protocol, Fault::CallerData, Retry::AfterChange);
    assert_eq!(
        verdict(400, "invalid_request", "duplicated parameter"),
        form
    );
}

#[test]
fn clocks_are_compared() {
    // The server's clock is 75 seconds behind ours.
    let date = [("Date", "Sun, 06 Nov 1994 08:48:22 GMT")];
    let error = decode(
        400,
        &date,
        &body("invalid_client", "Token was issued in the future"),
    );
    assert!(error.token_refusal().unwrap().clock_related());
    assert_eq!(error.clock_offset_seconds(), Some(-75));
    assert_eq!(error.server_time().unwrap().unix(), 784_111_702);
    let english = error.explanation(Language::English);
    assert!(
        english.contains("75 seconds ahead of the portal's"),
        "{english}"
    );
    assert!(error
        .explanation(Language::Danish)
        .contains("75 sekunder foran portalens"));
    let related = [
        R::AssertionExpired,
        R::AssertionTooLong,
        R::IssuedInFuture,
        R::IssuedTooLongAgo,
    ];
    assert!(related.iter().all(|r| r.clock_related()));
    assert!(!R::AssertionReplayed.clock_related());
    let error = decode(400, &date, &body("invalid_client", "Token reuse detected"));
    assert!(!error.explanation(Language::English).contains("75"));
}

#[test]
fn the_challenge_of_a_resource() {
    for value in [
        r#"Bearer realm="sts", error="invalid_token", error_description="Token verification failed""#,
        r#"bearer error=invalid_token,error_description="Token verification failed""#,
        r#"Negotiate abc==, Basic realm="a, b", Bearer realm="s\"ts" , error = "invalid_token", error_description="Token verification failed", scope="a b""#,
        r#"DPoP algs="RS256", error="invalid_token", error_description="Token verification failed"#,
    ] {
        let error = decode(401, &[("WWW-Authenticate", value)], "");
        let oauth = error.oauth().expect(value);
        assert_eq!(oauth.error, "invalid_token");
        assert_eq!(
            oauth.description.as_deref(),
            Some("Token verification failed"),
            "{value}"
        );
        assert_eq!(error.token_refusal(), Some(R::InvalidToken));
        assert_eq!(error.retry(), Retry::WithFreshToken);
        assert_eq!(error.code(), "invalid_token");
    }
    let two = [
        ("WWW-Authenticate", "Basic realm=x"),
        ("www-authenticate", "Bearer error=\"insufficient_scope\""),
    ];
    let error = decode(403, &two, "");
    assert_eq!(
        (error.kind(), error.token_refusal()),
        (ErrorKind::Forbidden, Some(R::InsufficientScope))
    );
    for value in [
        "Bearer",
        "Bearer realm=\"sts\"",
        "",
        "\"",
        "=",
        "Basic error=\"x\"",
        ",,,=\"",
        "Bearer error",
    ] {
        let error = decode(401, &[("WWW-Authenticate", value)], "");
        assert_eq!(error.oauth(), None, "{value}");
        assert_eq!(
            (error.kind(), error.retry()),
            (ErrorKind::Credentials, Retry::WithFreshToken)
        );
        assert_eq!(error.code(), "http.401");
    }
}

#[test]
fn what_is_not_oauth_is_not_taken_for_it() {
    for body in [
        r#"{"timestamp":"2024-01-01T00:00:00Z","status":400,"error":"Bad Request","path":"/x"}"#,
        r#"{"error":"doedsbo.f1"}"#,
        r#"{"error":{"code":"x"}}"#,
        r#"[{"error":"invalid_client"}]"#,
        "<html><body>invalid_client</body></html>",
        "",
        "invalid_client",
    ] {
        assert_eq!(decode(400, &[], body).oauth(), None, "{body}");
    }
    // Cut off, but enough is there.
    let error = decode(
        400,
        &[],
        r#"{"error":"invalid_client","error_description":"Token reuse det"#,
    );
    assert_eq!(error.oauth().unwrap().error, "invalid_client");
    // A page in place of the answer.
    let page = "<html><head><title>400 No required SSL certificate was sent</title></head>\
        <body><center><h1>400 Bad Request</h1></center></body></html>";
    let error = decode(400, &[("Content-Type", "text/html")], page);
    assert_eq!(
        (error.kind(), error.fault()),
        (ErrorKind::Credentials, Fault::CallerCredentials)
    );
    assert!(error
        .explanation(Language::English)
        .contains("client certificate"));
}
