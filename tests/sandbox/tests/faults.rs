//! The faults and the control endpoint.

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::print_stdout,
    reason = "tests"
)]

mod support;

use std::time::{Duration, Instant};

use serde_json::{json, Value};
use skifteportal_sandbox::RunningSandbox;
use support::*;

/// Sends to the control endpoint, as an integrator's test does.
async fn control(sandbox: &RunningSandbox, method: &str, path: &str, body: Option<Value>) -> Value {
    let url = format!("{}{path}", sandbox.control_url());
    let mut request = plain(sandbox).request(method.parse().unwrap(), url);
    if let Some(body) = body {
        request = request.json(&body);
    }
    let answer = request.send().await.unwrap();
    assert!(answer.status().is_success(), "{}", answer.status());
    answer.json().await.unwrap_or_default()
}

async fn fault(sandbox: &RunningSandbox, fault: Value) {
    let rule = json!({ "host": "api", "match": { "path": "/krav/*" }, "fault": fault });
    control(sandbox, "POST", "/faults", Some(rule)).await;
}

/// How many requests the API host's handler has seen.
async fn handled(sandbox: &RunningSandbox) -> u64 {
    let state = control(sandbox, "GET", "/state", None).await;
    assert_eq!(state, sandbox.state());
    state["handled"].as_u64().unwrap()
}

fn url(sandbox: &RunningSandbox) -> String {
    format!("{}/krav/4634875520?navn=Erlinda", sandbox.api_url())
}

#[tokio::test]
async fn statuses_with_and_without_processing() {
    let sandbox = start().await;
    let client = plain(&sandbox);
    fault(
        &sandbox,
        json!({ "kind": "status", "status": 429, "retryAfter": "2" }),
    )
    .await;
    let answer = client.get(url(&sandbox)).send().await.unwrap();
    assert_eq!(
        (answer.status().as_u16(), &answer.headers()["retry-after"]),
        (429, &"2".parse().unwrap())
    );
    let date = "Wed, 21 Oct 2026 07:28:00 GMT";
    fault(
        &sandbox,
        json!({ "kind": "status", "status": 503, "retryAfter": date, "body": "{}" }),
    )
    .await;
    let answer = client.get(url(&sandbox)).send().await.unwrap();
    assert_eq!(answer.headers()["retry-after"], date);
    assert_eq!(answer.headers()["content-type"], "application/json");
    fault(&sandbox, json!({ "kind": "html502" })).await;
    let answer = client.get(url(&sandbox)).send().await.unwrap();
    assert_eq!(answer.headers()["content-type"], "text/html");
    assert!(answer.text().await.unwrap().contains("502 Bad Gateway"));
    assert_eq!(handled(&sandbox).await, 0);
    fault(
        &sandbox,
        json!({ "kind": "status", "status": 500, "afterProcessing": true }),
    )
    .await;
    assert_eq!(
        client.get(url(&sandbox)).send().await.unwrap().status(),
        500
    );
    assert_eq!(handled(&sandbox).await, 1);
}

#[tokio::test]
async fn connections_are_cut_before_or_after_processing() {
    let sandbox = start().await;
    for http1 in [true, false] {
        sandbox.reset();
        let config = tls(&sandbox, None);
        let builder = reqwest::Client::builder().use_preconfigured_tls(config);
        let client = if http1 { builder.http1_only() } else { builder }
            .build()
            .unwrap();
        assert_eq!(
            client.get(url(&sandbox)).send().await.unwrap().status(),
            200
        );
        fault(&sandbox, json!({ "kind": "dropAfterProcessing" })).await;
        assert!(client.post(url(&sandbox)).body("x").send().await.is_err());
        // The first request and the one whose answer was lost.
        assert_eq!(handled(&sandbox).await, 2);
        fault(&sandbox, json!({ "kind": "dropBefore" })).await;
        assert!(client.post(url(&sandbox)).body("x").send().await.is_err());
        assert_eq!(handled(&sandbox).await, 2);
        let seen: Vec<(Option<u16>, bool, Option<&str>)> = sandbox
            .requests()
            .iter()
            .filter(|request| request.method == "POST")
            .map(|request| (request.status, request.processed, request.fault))
            .collect();
        assert_eq!(
            seen,
            [
                (None, true, Some("dropAfterProcessing")),
                (None, false, Some("dropBefore"))
            ]
        );
    }
}

#[tokio::test]
async fn bodies_are_cut_short_or_meaningless() {
    let sandbox = start().await;
    let client = plain(&sandbox);
    fault(&sandbox, json!({ "kind": "truncate" })).await;
    let answer = client.get(url(&sandbox)).send().await.unwrap();
    assert_eq!(answer.status(), 200);
    assert!(answer.bytes().await.is_err());
    fault(&sandbox, json!({ "kind": "garbage" })).await;
    let answer = client.get(url(&sandbox)).send().await.unwrap();
    assert_eq!(answer.headers()["content-type"], "application/json");
    let body = answer.bytes().await.unwrap();
    assert_eq!(body.len(), 64);
    assert!(serde_json::from_slice::<Value>(&body).is_err());
}

#[tokio::test]
async fn a_truncated_answer_arrives_by_half_over_http_1() {
    let sandbox = start().await;
    let client = reqwest::Client::builder()
        .use_preconfigured_tls(tls(&sandbox, None))
        .http1_only()
        .build()
        .unwrap();
    fault(&sandbox, json!({ "kind": "truncate" })).await;
    let mut answer = client.get(url(&sandbox)).send().await.unwrap();
    let length = answer.content_length().unwrap();
    let first = answer.chunk().await.unwrap().unwrap();
    assert_eq!(u64::try_from(first.len()).unwrap(), length / 2);
    assert!(answer.chunk().await.is_err());
}

#[tokio::test]
async fn a_client_that_sends_a_large_body_finds_the_answer() {
    let sandbox = start().await;
    let client = reqwest::Client::builder()
        .use_preconfigured_tls(tls(&sandbox, None))
        .http1_only()
        .build()
        .unwrap();
    let send = || client.post(url(&sandbox)).body(vec![b'x'; 8 << 20]);
    fault(&sandbox, json!({ "kind": "status", "status": 503 })).await;
    assert_eq!(send().send().await.unwrap().status(), 503);
    assert_eq!(send().bearer_auth("no").send().await.unwrap().status(), 401);
}

#[tokio::test]
async fn latency() {
    let sandbox = start().await;
    fault(&sandbox, json!({ "kind": "latency", "ms": 300 })).await;
    let start = Instant::now();
    assert_eq!(
        plain(&sandbox)
            .get(url(&sandbox))
            .send()
            .await
            .unwrap()
            .status(),
        200
    );
    assert!(start.elapsed() >= Duration::from_millis(300));
}

#[tokio::test]
async fn the_clock_shows_in_the_date_header() {
    let sandbox = start().await;
    let set = control(
        &sandbox,
        "POST",
        "/clock",
        Some(json!({ "offsetSeconds": -86_400 })),
    )
    .await;
    assert_eq!(set["offsetSeconds"], -86_400);
    let answer = plain(&sandbox).get(url(&sandbox)).send().await.unwrap();
    let date = httpdate::parse_http_date(answer.headers()["date"].to_str().unwrap()).unwrap();
    let behind = std::time::SystemTime::now().duration_since(date).unwrap();
    assert!((86_390..86_460).contains(&behind.as_secs()), "{behind:?}");
}

#[tokio::test]
async fn an_expired_server_certificate_ends_open_connections_and_refuses_new_ones() {
    let sandbox = start().await;
    let client = plain(&sandbox);
    assert_eq!(
        client.get(url(&sandbox)).send().await.unwrap().status(),
        200
    );
    let switch = |shown: &str| json!({ "host": "api", "use": shown });
    control(&sandbox, "POST", "/certificate", Some(switch("expired"))).await;
    tokio::time::sleep(Duration::from_millis(100)).await;
    let failed = client.get(url(&sandbox)).send().await.unwrap_err();
    assert!(format!("{failed:?}").contains("Expired"), "{failed:?}");
    control(&sandbox, "POST", "/certificate", Some(switch("valid"))).await;
    assert_eq!(
        client.get(url(&sandbox)).send().await.unwrap().status(),
        200
    );
}

#[tokio::test]
async fn the_log_tells_who_without_values() {
    let sandbox = start().await;
    let token = direct_token(&sandbox, &sandbox.pki().reporter_a).await;
    plain(&sandbox)
        .get(url(&sandbox))
        .bearer_auth(&token)
        .send()
        .await
        .unwrap();
    let log = control(&sandbox, "GET", "/requests", None).await;
    let last = &log["requests"][1];
    assert_eq!(last["path"], "/krav/**********");
    assert_eq!(last["query"], json!(["navn"]));
    assert_eq!(last["caller"], "direct 11111111");
    assert_eq!(last["status"], 200);
    let text = log.to_string();
    for secret in [token.as_str(), sandbox.client().1, "4634875520", "Erlinda"] {
        assert!(!text.contains(secret));
    }
}

#[tokio::test]
async fn reset_and_revocation_through_the_control_endpoint() {
    let sandbox = start().await;
    let token = direct_token(&sandbox, &sandbox.pki().reporter_a).await;
    fault(&sandbox, json!({ "kind": "dropBefore" })).await;
    assert_eq!(
        control(&sandbox, "GET", "/faults", None)
            .await
            .as_array()
            .unwrap()
            .len(),
        1
    );
    control(&sandbox, "POST", "/reset", None).await;
    assert_eq!(control(&sandbox, "GET", "/faults", None).await, json!([]));
    assert_eq!(whoami(&sandbox, &token).await["handled"], 1);
    control(&sandbox, "POST", "/revoke-tokens", None).await;
    let answer = plain(&sandbox)
        .get(url(&sandbox))
        .bearer_auth(&token)
        .send()
        .await
        .unwrap();
    assert_eq!(answer.status(), 401);
    control(
        &sandbox,
        "POST",
        "/rate-limit",
        Some(json!({ "calls": 0, "perSeconds": 9 })),
    )
    .await;
    let limited = with(&sandbox, &sandbox.pki().reporter_a)
        .post(token_url(&sandbox))
        .form(&variant_a(&sandbox))
        .send()
        .await
        .unwrap();
    assert_eq!(
        (limited.status().as_u16(), &limited.headers()["retry-after"]),
        (429, &"9".parse().unwrap())
    );
    control(&sandbox, "POST", "/rate-limit", Some(Value::Null)).await;

    let wrong = plain(&sandbox)
        .post(format!("{}/faults", sandbox.control_url()))
        .body(r#"{"fault":{"kind":"flood"}}"#)
        .send()
        .await
        .unwrap();
    assert_eq!(wrong.status(), 400);
    assert!(wrong.text().await.unwrap().contains("flood"));
    assert_eq!(
        control(&sandbox, "GET", "/settings", None).await,
        *sandbox.settings()
    );
}
