//! The exchange of a direct token for a delegated one (guide 3.2.3), and tokens at the API host.

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::print_stdout,
    reason = "tests"
)]

mod support;

use serde_json::json;
use skifteportal_sandbox::{
    RateLimit, RunningSandbox, SandboxOptions, ADGANGSPROFIL_ID, OTHER_ADGANGSPROFIL_ID,
};
use support::*;

fn exchange_url(sandbox: &RunningSandbox) -> String {
    format!("{}/token", sandbox.auth_url())
}

#[tokio::test]
async fn a_registered_certificate_gets_a_delegated_token() {
    let sandbox = start().await;
    let direct = direct_token(&sandbox, &sandbox.pki().likvidator_system).await;
    let form = exchange(&direct, ADGANGSPROFIL_ID);
    let (status, body) = post(&plain(&sandbox), &exchange_url(&sandbox), &form).await;
    assert_eq!(status, 200, "{body}");
    let names: Vec<&String> = body.as_object().unwrap().keys().collect();
    assert_eq!(names.len(), 7, "{names:?}");
    let delegated = body["access_token"].as_str().unwrap();
    let who = whoami(&sandbox, delegated).await;
    assert_eq!(who["delegated"], true);
    assert_eq!(who["adgangsprofilId"], ADGANGSPROFIL_ID);
    assert_eq!(who["caller"], "delegated 30808460 for ad9a0000");

    let again = exchange(delegated, ADGANGSPROFIL_ID);
    assert_eq!(
        post(&plain(&sandbox), &exchange_url(&sandbox), &again).await,
        refusal(400, "invalid_grant", "actor_token: not a direct token")
    );
}

#[tokio::test]
async fn refusals() {
    let sandbox = start().await;
    let client = plain(&sandbox);
    let url = exchange_url(&sandbox);
    let system = direct_token(&sandbox, &sandbox.pki().likvidator_system).await;
    let good = || exchange(&system, ADGANGSPROFIL_ID);

    // The same company, but another SERIALNUMBER than the registered one.
    let vendor = direct_token(&sandbox, &sandbox.pki().api_user).await;
    let not_registered = refusal(
        403,
        "access_denied",
        "The certificate's SERIALNUMBER is not registered as API-deltager on this adgangsprofil",
    );
    assert_eq!(
        post(&client, &url, &exchange(&vendor, ADGANGSPROFIL_ID)).await,
        not_registered
    );
    assert_eq!(
        post(&client, &url, &exchange(&system, OTHER_ADGANGSPROFIL_ID)).await,
        not_registered
    );
    assert_eq!(
        post(
            &client,
            &url,
            &exchange(&system, "11111111-2222-3333-4444-555555555555")
        )
        .await,
        refusal(
            400,
            "invalid_grant",
            "subject_token: no such adgangsprofil-id"
        )
    );
    for (name, _) in good() {
        let missing = format!("Missing form parameter: {name}");
        assert_eq!(
            post(&client, &url, &changed(good(), &name, None)).await,
            refusal(400, "invalid_request", &missing)
        );
        let twice = [good(), fields(&[(&name, "x")])].concat();
        let duplicated = format!("duplicated parameter: {name}");
        assert_eq!(
            post(&client, &url, &twice).await,
            refusal(400, "invalid_request", &duplicated)
        );
    }
    let grant = changed(good(), "grant_type", Some("client_credentials"));
    assert_eq!(
        post(&client, &url, &grant).await,
        refusal(400, "unsupported_grant_type", "Unsupported grant_type")
    );
    let tampered = format!("{system}A");
    assert_eq!(
        post(&client, &url, &exchange(&tampered, ADGANGSPROFIL_ID)).await,
        refusal(
            400,
            "invalid_grant",
            "actor_token: Token verification failed"
        )
    );
    sandbox.clock().set_offset_seconds(301);
    assert_eq!(
        post(&client, &url, &good()).await,
        refusal(400, "invalid_grant", "actor_token: Token is not active")
    );
    assert_eq!(client.get(&url).send().await.unwrap().status(), 405);
}

#[tokio::test]
async fn an_invalid_token_gets_a_challenge_from_the_api_host() {
    let sandbox = start().await;
    let client = plain(&sandbox);
    let token = direct_token(&sandbox, &sandbox.pki().reporter_a).await;
    let challenge = |value: String| {
        let request = client.get(sandbox.api_url()).header("authorization", value);
        async move {
            let answer = request.send().await.unwrap();
            assert_eq!(answer.status(), 401);
            let challenge = answer.headers()["www-authenticate"]
                .to_str()
                .unwrap()
                .to_owned();
            assert_eq!(answer.text().await.unwrap(), "");
            challenge
        }
    };
    let expected = |text: &str| {
        format!("Bearer realm=\"sts\", error=\"invalid_token\", error_description=\"{text}\"")
    };
    assert_eq!(
        challenge("Bearer abc".to_owned()).await,
        expected("Token verification failed")
    );
    assert_eq!(
        challenge("Basic abc".to_owned()).await,
        expected("Token verification failed")
    );
    sandbox.clock().set_offset_seconds(300);
    assert_eq!(
        challenge(format!("Bearer {token}")).await,
        expected("Token is not active")
    );
    sandbox.reset();
    whoami(&sandbox, &token).await;
    sandbox.revoke_tokens();
    assert_eq!(
        challenge(format!("Bearer {token}")).await,
        expected("Token is revoked")
    );
    let anonymous = client.get(sandbox.api_url()).send().await.unwrap();
    let answer: serde_json::Value = anonymous.json().await.unwrap();
    assert_eq!(answer["caller"], json!(null));
}

#[tokio::test]
async fn the_rate_limit_counts_by_client_id() {
    let limit = RateLimit {
        calls: 2,
        per_seconds: 60,
    };
    let sandbox = start_with(SandboxOptions {
        rate_limit: Some(limit),
        ..SandboxOptions::default()
    })
    .await;
    let token = direct_token(&sandbox, &sandbox.pki().reporter_a).await;
    whoami(&sandbox, &token).await;
    let answer = plain(&sandbox)
        .get(sandbox.api_url())
        .bearer_auth(&token)
        .send()
        .await
        .unwrap();
    assert_eq!(answer.status(), 429);
    let wait: u32 = answer.headers()["retry-after"]
        .to_str()
        .unwrap()
        .parse()
        .unwrap();
    assert!((1..=60).contains(&wait), "{wait}");

    let (id, secret) = sandbox.client_of_reporter_b();
    let form = changed(variant_a(&sandbox), "client_id", Some(id));
    let form = changed(form, "client_secret", Some(secret));
    let client = with(&sandbox, &sandbox.pki().reporter_b);
    assert_eq!(post(&client, &token_url(&sandbox), &form).await.0, 200);
    sandbox.set_rate_limit(None);
    whoami(&sandbox, &token).await;
}
