//! All three hosts with the sandbox's own operations.

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    reason = "tests"
)]

mod support;

use serde_json::{json, Value};
use support::*;

#[tokio::test]
async fn a_krav_whose_answer_is_lost_has_been_filed_once() {
    let sandbox = start_whole().await;
    let client = plain(&sandbox);
    let token = direct_token(&sandbox, &sandbox.pki().reporter_a).await;
    let cpr = &sandbox.settings()["testData"]["cprNummer"];
    let found: Value = client
        .post(format!("{}/doedsbojournaler", sandbox.api_url()))
        .bearer_auth(&token)
        .json(&json!({ "cprNummer": cpr }))
        .send()
        .await
        .unwrap()
        .json()
        .await
        .unwrap();
    let id = found[0]["id"].as_str().unwrap();
    let krav = format!("{}/doedsbojournaler/{id}/krav", sandbox.api_url());

    let rule = json!({
        "host": "api",
        "match": { "method": "POST", "path": "/doedsbojournaler/*/krav" },
        "fault": { "kind": "dropAfterProcessing" },
    });
    sandbox.fault(serde_json::from_value(rule).unwrap());
    let body = json!({ "beloeb": 123, "endeligt": false, "opgjortdato": "2022-04-29" });
    let sent = client
        .post(&krav)
        .bearer_auth(&token)
        .json(&body)
        .send()
        .await;
    assert!(sent.is_err(), "{sent:?}");

    let filed: Value = client
        .get(&krav)
        .bearer_auth(&token)
        .send()
        .await
        .unwrap()
        .json()
        .await
        .unwrap();
    assert_eq!(filed.as_array().unwrap().len(), 1, "{filed}");
    let logged = sandbox.requests();
    let post = logged
        .iter()
        .find(|request| request.path.ends_with("/krav"))
        .unwrap();
    assert_eq!((post.status, post.processed), (None, true));

    sandbox.reset();
    let empty: Value = client
        .get(&krav)
        .bearer_auth(&token)
        .send()
        .await
        .unwrap()
        .json()
        .await
        .unwrap();
    assert_eq!(empty, json!([]));
}

#[tokio::test]
async fn the_likvidators_operations_want_a_delegated_token() {
    let sandbox = start_whole().await;
    let client = plain(&sandbox);
    let direct = direct_token(&sandbox, &sandbox.pki().likvidator_system).await;
    let form = exchange(&direct, skifteportal_sandbox::ADGANGSPROFIL_ID);
    let url = format!("{}/token", sandbox.auth_url());
    let (_, answer) = post(&client, &url, &form).await;
    let delegated = answer["access_token"].as_str().unwrap();
    let traad = json!({
        "sagId": skifteportal_sandbox::portal::seed::SAG_OPEN,
        "emneord": "Ring venligst",
        "henvendelser": [{ "tekst": "Nyt i sagen?", "dokumenter": [] }],
    });
    let send = |token: &str| {
        let url = format!("{}/henvendelseTraade", sandbox.api_url());
        client.post(url).bearer_auth(token).json(&traad).send()
    };
    assert!(send(delegated).await.unwrap().status().is_success());
    assert_eq!(send(&direct).await.unwrap().status(), 403);
    let paths = sandbox.settings()["paths"].as_object().unwrap();
    assert!(!paths.is_empty() && !paths.contains_key("doedsbojournal.addKrav"));
}
