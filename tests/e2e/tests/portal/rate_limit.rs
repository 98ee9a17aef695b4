//! Limits of calls per client id.

use serde_json::json;
use skifteportal::api::doedsbo;
use skifteportal::error::{ErrorKind, Retry};
use skifteportal::session::{Certainty, SessionSettings};
use skifteportal_e2e::{always, once, quick, World};
use skifteportal_example::now;
use skifteportal_sandbox::fault::Host;
use skifteportal_sandbox::portal::{seed, PortalOptions};
use skifteportal_sandbox::RateLimit;
use tokio::task::JoinSet;

const KRAV: &str = "/doedsbojournaler/*/krav";

#[tokio::test]
async fn filings_above_the_limit_wait_and_are_filed_once_each() {
    let settings = SessionSettings {
        max_wait_seconds: 60,
        ..quick()
    };
    let world = World::with(PortalOptions::default(), settings).await;
    let limit = RateLimit {
        calls: 6,
        per_seconds: 1,
    };
    world.sandbox.set_rate_limit(Some(limit));
    let mut calls = JoinSet::new();
    for _ in 0..12 {
        let cast = world.cast.clone();
        calls.spawn(async move { cast.call(&World::add_krav()).await.map(|krav| krav.id) });
    }
    let mut ids: Vec<_> = calls
        .join_all()
        .await
        .into_iter()
        .map(|filed| filed.unwrap().unwrap().to_string())
        .collect();
    ids.sort();
    ids.dedup();
    assert_eq!(ids.len(), 12);
    let truth = world.truth().await;
    assert_eq!(truth.count(seed::BO_OPEN, "krav"), 12);
    let posts = truth.requests(Host::Api, "POST", "/krav");
    assert!(posts.iter().any(|post| post.status == Some(429)));
}

#[tokio::test]
async fn a_longer_wait_than_allowed_ends_the_call_with_the_portals_time() {
    let world = World::new().await;
    let hour = json!({ "kind": "status", "status": 429, "retryAfter": "3600" });
    let before = now();
    world.sandbox.fault(once(Host::Api, "POST", KRAV, &hour));
    let failure = world.call(&World::add_krav()).await.unwrap_err();
    assert_eq!(failure.certainty(), Certainty::NotProcessed);
    let error = failure.portal_error().unwrap();
    assert_eq!(error.kind(), ErrorKind::RateLimited);
    let Retry::Later { at: Some(at) } = error.retry() else {
        panic!("{:?}", error.retry());
    };
    assert!(at >= before.plus_seconds(3590), "{at}");
    // The client id is held: the next call ends without a request, with the same answer.
    let failure = world.call(&World::add_krav()).await.unwrap_err();
    assert_eq!(failure.portal_error().unwrap().code(), "http.429");
    let truth = world.truth().await;
    assert_eq!(truth.requests(Host::Api, "POST", "/krav").len(), 1);
    assert_eq!(truth.count(seed::BO_OPEN, "krav"), 0);
    // Another client id is not.
    let (host, other) = (&world.cast.host, world.cast.other);
    host.call(other, &World::add_krav()).await.unwrap();
}

#[tokio::test]
async fn a_filing_is_not_sent_again_after_429_where_the_host_forbids_it() {
    let settings = SessionSettings {
        resend_refused_filings: false,
        ..quick()
    };
    let world = World::with(PortalOptions::default(), settings).await;
    let limited = json!({ "kind": "status", "status": 429, "retryAfter": "0" });
    world
        .sandbox
        .fault(always(Host::Api, "POST", KRAV, &limited));
    let failure = world.call(&World::add_krav()).await.unwrap_err();
    assert_eq!(failure.portal_error().unwrap().code(), "http.429");
    let truth = world.truth().await;
    assert_eq!(truth.requests(Host::Api, "POST", "/krav").len(), 1);
    // A GET is, for it files nothing.
    let all = doedsbo::get_all_krav(&World::bo());
    world.sandbox.clear_faults();
    world.sandbox.fault(once(Host::Api, "GET", KRAV, &limited));
    world.call(&all).await.unwrap();
}
