//! Variant B (guide 3.1.2): the assertion, its chain, and the certificate of the connection.

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::print_stdout,
    reason = "tests"
)]

mod support;

use aws_lc_rs::signature::RSA_PSS_SHA256;
use base64::engine::general_purpose::{STANDARD, URL_SAFE};
use base64::Engine as _;
use serde_json::{json, Value};
use skifteportal_sandbox::RunningSandbox;
use support::*;

async fn send(sandbox: &RunningSandbox, assertion: &str) -> (u16, Value) {
    let client = with(sandbox, &sandbox.pki().api_user);
    post(&client, &token_url(sandbox), &variant_b(assertion)).await
}

/// Sends an assertion after a change to its header and claims.
async fn altered(
    sandbox: &RunningSandbox,
    jti: &str,
    change: impl FnOnce(&mut Value, &mut Value),
) -> (u16, Value) {
    let (mut header, mut claims) = assertion_parts(sandbox, jti);
    change(&mut header, &mut claims);
    send(
        sandbox,
        &signed(&header, &claims, &sandbox.pki().reporter_a.key_pkcs8),
    )
    .await
}

fn client_refusal(description: &str) -> (u16, Value) {
    refusal(400, "invalid_client", description)
}

fn chain_refusal(reason: &str) -> (u16, Value) {
    client_refusal(&format!(
        "Client authentication with signed JWT failed: x5c: {reason}"
    ))
}

fn unknown() -> (u16, Value) {
    refusal(
        401,
        "invalid_client",
        "Invalid client or Invalid client credentials",
    )
}

fn x5c(chain: &[Vec<u8>]) -> Value {
    chain.iter().map(|der| STANDARD.encode(der)).collect()
}

#[tokio::test]
async fn the_guides_example_is_accepted_and_stands_for_the_reporter() {
    let sandbox = start().await;
    let (status, body) = altered(&sandbox, "a", |_, _| {}).await;
    assert_eq!((status, &body["scope"]), (200, &json!("openid")), "{body}");
    let who = whoami(&sandbox, body["access_token"].as_str().unwrap()).await;
    assert_eq!(who["caller"], "direct 11111111");
    assert_eq!(who["clientId"], "30808460");
    assert_eq!(who["serialNumber"], sandbox.pki().reporter_a.serial_number);
}

#[tokio::test]
async fn variations_that_the_guide_allows_are_accepted() {
    let sandbox = start().await;
    let pki = sandbox.pki();
    let ok = |answer: (u16, Value)| assert_eq!(answer.0, 200, "{answer:?}");
    ok(altered(&sandbox, "1", |header, _| {
        header["x5c"] = x5c(&pki.reporter_a.chain[..2]);
    })
    .await);
    ok(altered(&sandbox, "2", |_, claims| claims["iss"] = json!(7)).await);
    ok(altered(&sandbox, "3", |_, claims| {
        claims.as_object_mut().unwrap().remove("iss");
    })
    .await);
    ok(altered(&sandbox, "4", |_, claims| {
        claims["aud"] = json!([sandbox.sysauth_url()]);
    })
    .await);
    ok(altered(&sandbox, "5", |_, claims| claims["sub"] = json!(30_808_460)).await);
    let thumbprint = {
        let hash = aws_lc_rs::digest::digest(&aws_lc_rs::digest::SHA256, pki.reporter_a.leaf());
        base64::engine::general_purpose::URL_SAFE_NO_PAD.encode(hash)
    };
    ok(altered(&sandbox, "6", |header, _| {
        header["x5t#S256"] = json!(thumbprint);
    })
    .await);
}

#[tokio::test]
async fn claims_are_checked_with_keycloaks_answers() {
    let sandbox = start().await;
    let now = sandbox.clock().unix_seconds();
    let without = |name: &'static str| {
        move |_: &mut Value, claims: &mut Value| {
            claims.as_object_mut().unwrap().remove(name);
        }
    };
    let cases: [(&str, Value, (u16, Value)); 9] = [
        (
            "aud",
            json!("https://sysauth.domstol.dk"),
            client_refusal("Invalid token audience"),
        ),
        (
            "aud",
            json!(format!("{}/realms/sts", sandbox.sysauth_url())),
            client_refusal("Invalid token audience"),
        ),
        (
            "aud",
            json!([sandbox.sysauth_url(), "https://other"]),
            client_refusal("Multiple audiences not allowed"),
        ),
        ("exp", json!(now - 1), client_refusal("Token is not active")),
        ("exp", json!(0), client_refusal("Token is not active")),
        (
            "nbf",
            json!(now + 120),
            client_refusal("Token is not active"),
        ),
        (
            "iat",
            json!(now + 120),
            client_refusal("Token was issued in the future"),
        ),
        ("sub", json!("11111111"), unknown()),
        ("sub", json!("advokatsystem-s"), unknown()),
    ];
    for (name, value, expected) in cases {
        let answer = altered(&sandbox, "same", |_, claims| claims[name] = value.clone()).await;
        assert_eq!(answer, expected, "{name} {value}");
    }
    let required = |name: &str| client_refusal(&format!("Token {name} claim is required"));
    assert_eq!(
        altered(&sandbox, "same", without("exp")).await,
        required("exp")
    );
    assert_eq!(
        altered(&sandbox, "same", without("jti")).await,
        required("jti")
    );
    assert_eq!(
        altered(&sandbox, "same", without("aud")).await,
        client_refusal("Invalid token audience")
    );
    assert_eq!(altered(&sandbox, "same", without("sub")).await, unknown());
    // None of these spent the jti.
    assert_eq!(altered(&sandbox, "same", |_, _| {}).await.0, 200);
}

#[tokio::test]
async fn a_jti_is_spent_once_even_when_the_request_then_fails() {
    let sandbox = start().await;
    assert_eq!(altered(&sandbox, "a", |_, _| {}).await.0, 200);
    let reuse = client_refusal("Token reuse detected");
    assert_eq!(altered(&sandbox, "a", |_, _| {}).await, reuse);

    let (header, claims) = assertion_parts(&sandbox, "b");
    let assertion = signed(&header, &claims, &sandbox.pki().reporter_a.key_pkcs8);
    let answer = post(
        &plain(&sandbox),
        &token_url(&sandbox),
        &variant_b(&assertion),
    )
    .await;
    assert_eq!(
        answer,
        refusal(
            400,
            "invalid_request",
            "Client Certification missing for MTLS HoK Token Binding"
        )
    );
    assert_eq!(send(&sandbox, &assertion).await, reuse);
}

#[tokio::test]
async fn the_chain_is_verified_to_the_root() {
    let sandbox = start().await;
    let pki = std::sync::Arc::clone(sandbox.pki());
    let chain = &pki.reporter_a.chain;
    let swapped = vec![chain[0].clone(), chain[2].clone(), chain[1].clone()];
    let reversed: Vec<Vec<u8>> = chain.iter().rev().cloned().collect();
    let cases = [
        (
            x5c(&chain[..1]),
            "the chain does not lead to the OCES root (is the issuing CA there?)",
        ),
        (x5c(&swapped), "the chain is not in order, leaf first"),
        (x5c(&reversed), "the chain is not in order, leaf first"),
        (x5c(&[]), "the header has no certificate chain"),
        (
            json!([URL_SAFE.encode(&chain[0]) + "_"]),
            "certificate 1 is not standard base64",
        ),
        (
            x5c(&pki.foreign.chain),
            "the chain does not lead to the OCES root (is the issuing CA there?)",
        ),
        (x5c(&pki.expired.chain), "a certificate has expired"),
        (x5c(&pki.revoked.chain), "a certificate is revoked"),
        (
            x5c(&pki.employee.chain),
            "the leaf is not an OCES3 organisation certificate",
        ),
    ];
    for (x5c, reason) in cases {
        let answer = altered(&sandbox, "a", |header, _| header["x5c"] = x5c).await;
        assert_eq!(answer, chain_refusal(reason));
    }
    let no_chain = altered(&sandbox, "a", |header, _| {
        header.as_object_mut().unwrap().remove("x5c");
    });
    assert_eq!(
        no_chain.await,
        chain_refusal("the header has no certificate chain")
    );
    let text = altered(&sandbox, "a", |header, _| header["x5c"] = json!("MII"));
    assert_eq!(text.await, unknown());
    let thumbprint = altered(&sandbox, "a", |header, _| {
        header["x5t#S256"] = json!("AAAA");
    });
    assert_eq!(
        thumbprint.await,
        chain_refusal("x5t#S256 is not the leaf's thumbprint")
    );
}

#[tokio::test]
async fn the_signature_is_the_leafs_and_rs256() {
    let sandbox = start().await;
    let pki = sandbox.pki();
    let (header, claims) = assertion_parts(&sandbox, "a");
    let bad = client_refusal(
        "Client authentication with signed JWT failed: Signature on JWT token failed validation",
    );
    assert_eq!(
        send(
            &sandbox,
            &signed(&header, &claims, &pki.reporter_b.key_pkcs8)
        )
        .await,
        bad
    );
    let good = signed(&header, &claims, &pki.reporter_a.key_pkcs8);
    let (start, _) = good.rsplit_once('.').unwrap();
    assert_eq!(send(&sandbox, &format!("{start}.")).await, bad);
    assert_eq!(send(&sandbox, &format!("{good}==")).await, bad);
    let pss = signed_with(&header, &claims, &pki.reporter_a.key_pkcs8, &RSA_PSS_SHA256);
    assert_eq!(send(&sandbox, &pss).await, bad);
    let algorithm = client_refusal("Invalid signature algorithm");
    for name in ["PS256", "HS256", "none"] {
        let answer = altered(&sandbox, "a", |header, _| header["alg"] = json!(name)).await;
        assert_eq!(answer, algorithm);
    }
    for nonsense in ["", "a.b", "a.b.c", "…"] {
        assert_eq!(send(&sandbox, nonsense).await, unknown());
    }
    let form = changed(variant_b(&good), "client_assertion_type", Some("other"));
    let client = with(&sandbox, &pki.api_user);
    assert_eq!(post(&client, &token_url(&sandbox), &form).await, unknown());
    let form = changed(variant_b(&good), "client_id", Some("advokatsystem-s"));
    assert_eq!(
        post(&client, &token_url(&sandbox), &form).await,
        refusal(
            401,
            "unauthorized_client",
            "Invalid client or Invalid client credentials"
        )
    );
    let form = changed(variant_b(&good), "client_id", Some("30808460"));
    assert_eq!(post(&client, &token_url(&sandbox), &form).await.0, 200);
}

#[tokio::test]
async fn the_connections_certificate_is_the_api_users() {
    let sandbox = start().await;
    let (header, claims) = assertion_parts(&sandbox, "a");
    let assertion = signed(&header, &claims, &sandbox.pki().reporter_a.key_pkcs8);
    let client = with(&sandbox, &sandbox.pki().reporter_a);
    assert_eq!(
        post(&client, &token_url(&sandbox), &variant_b(&assertion)).await,
        client_refusal("The CVR number of the client certificate is not the sub of the assertion")
    );
}
