//! Variant A (guide 3.1.1) and the TLS in front of it (guide 3.1.2).

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::print_stdout,
    reason = "tests"
)]

mod support;

use serde_json::json;
use skifteportal_sandbox::pki::Identity;
use support::*;

#[tokio::test]
async fn the_answer_is_that_of_the_guide() {
    let sandbox = start().await;
    let client = with(&sandbox, &sandbox.pki().reporter_a);
    let response = client
        .post(token_url(&sandbox))
        .form(&variant_a(&sandbox))
        .send()
        .await
        .unwrap();
    assert_eq!(response.status(), 200);
    assert_eq!(response.headers()["cache-control"], "no-store");
    assert_eq!(response.headers()["content-type"], "application/json");
    let text = response.text().await.unwrap();
    let body: serde_json::Map<String, serde_json::Value> = serde_json::from_str(&text).unwrap();
    let names: Vec<&str> = body.keys().map(String::as_str).collect();
    assert_eq!(
        names,
        [
            "access_token",
            "expires_in",
            "refresh_expires_in",
            "token_type",
            "id_token",
            "not-before-policy",
            "scope"
        ]
    );
    assert_eq!(body["expires_in"], 300);
    assert_eq!(body["token_type"], "Bearer");
    assert_eq!(body["scope"], "openid");

    let token = body["access_token"].as_str().unwrap();
    assert_eq!(
        whoami(&sandbox, token).await,
        json!({
            "handled": 1,
            "caller": "direct 11111111",
            "cvr": "11111111",
            "delegated": false,
            "adgangsprofilId": null,
            "clientId": "advokatsystem-s",
            "serialNumber": "UI:DK-O:G:a0000000-5a4d-4b0c-8000-00000000000a",
        })
    );
}

#[tokio::test]
async fn the_token_stands_for_the_company_of_the_certificate() {
    let sandbox = start().await;
    for identity in [&sandbox.pki().reporter_a, &sandbox.pki().reporter_b] {
        direct_token(&sandbox, identity).await;
        let logged = sandbox.requests().pop().unwrap();
        assert_eq!(
            logged.caller.unwrap(),
            format!("advokatsystem-s {}", identity.cvr)
        );
    }
}

#[tokio::test]
async fn refusals_have_keycloaks_status_and_body() {
    let sandbox = start().await;
    let client = with(&sandbox, &sandbox.pki().reporter_a);
    let url = token_url(&sandbox);
    let form = || variant_a(&sandbox);
    let credentials = "Invalid client or Invalid client credentials";
    let no_grant = || refusal(400, "invalid_request", "Missing form parameter: grant_type");

    let cases = [
        (
            changed(form(), "client_secret", Some("wrong")),
            refusal(401, "unauthorized_client", credentials),
        ),
        (
            changed(form(), "client_secret", Some("")),
            refusal(401, "unauthorized_client", credentials),
        ),
        (
            changed(form(), "client_secret", None),
            refusal(401, "unauthorized_client", credentials),
        ),
        (
            changed(form(), "client_id", Some("nobody")),
            refusal(401, "invalid_client", credentials),
        ),
        (
            changed(form(), "client_id", None),
            refusal(401, "invalid_client", credentials),
        ),
        (
            changed(form(), "client_id", Some("disabled-client")),
            refusal(401, "invalid_client", credentials),
        ),
        (
            changed(form(), "client_id", Some("30808460")),
            refusal(
                400,
                "unauthorized_client",
                "Unexpected error when authenticating client",
            ),
        ),
        (
            changed(form(), "scope", Some("Openid")),
            refusal(400, "invalid_scope", "Invalid scopes: Openid"),
        ),
        (
            changed(form(), "scope", Some("openid nope")),
            refusal(400, "invalid_scope", "Invalid scopes: openid nope"),
        ),
        (
            changed(form(), "scope", Some("")),
            refusal(400, "invalid_scope", "Invalid scopes: "),
        ),
        (
            changed(form(), "grant_type", Some("password")),
            refusal(400, "unsupported_grant_type", "Unsupported grant_type"),
        ),
        (changed(form(), "grant_type", None), no_grant()),
        (Vec::new(), no_grant()),
        (
            [form(), fields(&[("grant_type", "client_credentials")])].concat(),
            refusal(400, "invalid_request", "duplicated parameter"),
        ),
    ];
    for (form, expected) in cases {
        let names: Vec<&String> = form.iter().map(|(name, _)| name).collect();
        assert_eq!(post(&client, &url, &form).await, expected, "{names:?}");
    }
}

#[tokio::test]
async fn refusals_of_odd_requests_are_keycloaks_too() {
    let sandbox = start().await;
    let client = with(&sandbox, &sandbox.pki().reporter_a);
    let url = token_url(&sandbox);
    let form = || variant_a(&sandbox);

    let settings = sandbox.settings();
    let account = &settings["otherClients"]["noServiceAccount"];
    let secret = std::fs::read_to_string(account["clientSecretFile"].as_str().unwrap()).unwrap();
    let form_of = |id: &str, secret: &str| {
        changed(
            changed(form(), "client_id", Some(id)),
            "client_secret",
            Some(secret),
        )
    };
    assert_eq!(
        post(&client, &url, &form_of("no-service-account", &secret)).await,
        refusal(
            401,
            "unauthorized_client",
            "Client not enabled to retrieve service account"
        )
    );

    let json_body = client
        .post(&url)
        .json(&json!({ "grant_type": "client_credentials" }));
    let answer = json_body.send().await.unwrap();
    assert_eq!(answer.status(), 400);
    let broken = client
        .post(&url)
        .header("content-type", "application/x-www-form-urlencoded")
        .body("grant_type=%zz")
        .send()
        .await
        .unwrap();
    assert_eq!(broken.status(), 500);
    assert_eq!(
        broken.json::<serde_json::Value>().await.unwrap()["error"],
        "unknown_error"
    );
    let large = changed(form(), "client_secret", Some(&"x".repeat(200_000)));
    assert_eq!(
        client
            .post(&url)
            .form(&large)
            .send()
            .await
            .unwrap()
            .status(),
        413
    );

    let get = client.get(&url).send().await.unwrap();
    assert_eq!(get.status(), 405);
    assert_eq!(
        get.json::<serde_json::Value>().await.unwrap(),
        json!({ "error": "HTTP 405 Method Not Allowed" })
    );
    let realm = url.replace("/realms/sts/", "/realms/other/");
    let other = client.post(realm).form(&form()).send().await.unwrap();
    assert_eq!(other.status(), 404);
    assert_eq!(
        other.json::<serde_json::Value>().await.unwrap(),
        json!({ "error": "Realm does not exist" })
    );
}

#[tokio::test]
async fn what_keycloak_takes_is_taken() {
    let sandbox = start().await;
    let client = with(&sandbox, &sandbox.pki().reporter_a);
    let url = token_url(&sandbox);
    let ok = |answer: (u16, serde_json::Value)| assert_eq!(answer.0, 200, "{answer:?}");
    ok(post(&client, &format!("{url}/"), &variant_a(&sandbox)).await);
    ok(post(
        &client,
        &url,
        &[variant_a(&sandbox), fields(&[("extra", "1")])].concat(),
    )
    .await);

    let odd = &sandbox.settings()["otherClients"]["odd"];
    let id = odd["clientId"].as_str().unwrap();
    let secret = std::fs::read_to_string(odd["clientSecretFile"].as_str().unwrap()).unwrap();
    let form = changed(variant_a(&sandbox), "client_id", Some(id));
    ok(post(
        &client,
        &url,
        &changed(form, "client_secret", Some(&secret)),
    )
    .await);

    let (id, secret) = sandbox.client();
    let basic = client
        .post(&url)
        .basic_auth(id, Some(secret))
        .form(&fields(&[
            ("grant_type", "client_credentials"),
            ("scope", "openid"),
        ]))
        .send()
        .await
        .unwrap();
    assert_eq!(basic.status(), 200);

    let (status, body) = post(&client, &url, &changed(variant_a(&sandbox), "scope", None)).await;
    assert_eq!((status, body.get("id_token")), (200, None));
}

#[tokio::test]
async fn a_certificate_is_demanded_on_sysauth_and_must_be_an_organisations() {
    let sandbox = start().await;
    let url = token_url(&sandbox);
    assert_eq!(
        post(&plain(&sandbox), &url, &variant_a(&sandbox)).await,
        refusal(
            400,
            "invalid_request",
            "Client Certification missing for MTLS HoK Token Binding"
        )
    );
    assert_eq!(
        post(
            &with(&sandbox, &sandbox.pki().employee),
            &url,
            &variant_a(&sandbox)
        )
        .await,
        refusal(
            400,
            "invalid_client",
            "The client certificate is not an OCES3 organisation certificate"
        )
    );
}

async fn handshake_fails(
    sandbox: &skifteportal_sandbox::RunningSandbox,
    chain: &[Vec<u8>],
    key: &[u8],
) {
    let client = http(tls(sandbox, Some((chain, key))));
    let sent = client
        .post(token_url(sandbox))
        .form(&variant_a(sandbox))
        .send()
        .await;
    assert!(sent.is_err(), "{sent:?}");
}

#[tokio::test]
async fn expired_revoked_and_foreign_certificates_fail_in_the_handshake() {
    let sandbox = start().await;
    let pki = sandbox.pki();
    let reason = || sandbox.refused_handshakes().pop().unwrap().reason;
    let fails = |identity: &Identity| {
        let (chain, key) = (identity.chain.clone(), identity.key_pkcs8.clone());
        let sandbox = &sandbox;
        async move { handshake_fails(sandbox, &chain, &key).await }
    };
    fails(&pki.expired).await;
    assert!(reason().to_lowercase().contains("expired"), "{}", reason());
    fails(&pki.revoked).await;
    assert!(reason().contains("Revoked"), "{}", reason());
    fails(&pki.foreign).await;
    assert!(reason().contains("UnknownIssuer"), "{}", reason());
    assert!(sandbox.requests().is_empty());

    // Only the root is trusted: a client must send the issuing authority too, but not the root.
    let a = &pki.reporter_a;
    handshake_fails(&sandbox, &a.chain[..1], &a.key_pkcs8).await;
    let short = http(tls(&sandbox, Some((&a.chain[..2], &a.key_pkcs8))));
    assert_eq!(
        post(&short, &token_url(&sandbox), &variant_a(&sandbox))
            .await
            .0,
        200
    );
}

#[tokio::test]
async fn the_certificate_is_judged_by_the_sandboxs_clock() {
    let sandbox = start().await;
    let a = &sandbox.pki().reporter_a;
    sandbox.clock().set_offset_seconds(4 * 365 * 86_400);
    handshake_fails(&sandbox, &a.chain, &a.key_pkcs8).await;
    sandbox.reset();
    direct_token(&sandbox, a).await;
}

#[tokio::test]
async fn tls_1_2_serves_too() {
    let sandbox = start().await;
    let a = &sandbox.pki().reporter_a;
    let versions = [&rustls::version::TLS12];
    let chain = Some((a.chain.as_slice(), a.key_pkcs8.as_slice()));
    let config = tls_of(&sandbox, chain, &versions);
    let client = reqwest::Client::builder()
        .use_preconfigured_tls(config)
        .http1_only()
        .build()
        .unwrap();
    assert_eq!(
        post(&client, &token_url(&sandbox), &variant_a(&sandbox))
            .await
            .0,
        200
    );
}
