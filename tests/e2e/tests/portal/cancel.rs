//! Calls that nobody waits for any more.

use serde_json::json;
use skifteportal::api::doedsbo;
use skifteportal_e2e::{once, World};
use skifteportal_sandbox::fault::Host;
use skifteportal_sandbox::portal::seed;

const TOKEN: &str = "/realms/**";
const KRAV: &str = "/doedsbojournaler/*/krav";

/// Waits until so many requests are being handled by the sandbox.
async fn in_hand(world: &World, wanted: usize) {
    let mut in_hand = world.sandbox.requests_in_hand();
    in_hand.wait_for(|count| *count == wanted).await.unwrap();
}

#[tokio::test]
async fn who_waits_for_the_token_of_a_call_that_is_dropped_gets_one() {
    let world = World::new().await;
    let slow = json!({ "kind": "latency", "ms": 3000 });
    world
        .sandbox
        .fault(once(Host::Sysauth, "POST", TOKEN, &slow));
    let file = || {
        let cast = world.cast.clone();
        tokio::spawn(async move { cast.call(&World::add_krav()).await })
    };
    let first = file();
    in_hand(&world, 1).await;
    let others = [file(), file()];
    // They have begun, and wait for the first one's token request.
    let host = &world.cast.host;
    while host.session(|session| session.stats().calls) < 3 {
        tokio::task::yield_now().await;
    }
    first.abort();
    assert!(first.await.unwrap_err().is_cancelled());
    for other in others {
        other.await.unwrap().unwrap();
    }
    let truth = world.truth().await;
    assert_eq!(truth.count(seed::BO_OPEN, "krav"), 2);
    assert_eq!(truth.token_requests(), 2);
    let stats = host.session(|session| session.stats());
    assert_eq!((stats.calls, stats.in_flight), (0, 0));
}

#[tokio::test]
async fn a_filing_that_is_dropped_on_its_way_is_not_sent_again() {
    let world = World::new().await;
    world
        .call(&doedsbo::get_all_krav(&World::bo()))
        .await
        .unwrap();
    let slow = json!({ "kind": "latency", "ms": 3000 });
    world.sandbox.fault(once(Host::Api, "POST", KRAV, &slow));
    let cast = world.cast.clone();
    let call = tokio::spawn(async move { cast.call(&World::add_krav()).await });
    in_hand(&world, 1).await;
    call.abort();
    assert!(call.await.unwrap_err().is_cancelled());
    let host = &world.cast.host;
    let stats = host.session(|session| session.stats());
    assert_eq!((stats.calls, stats.in_flight), (0, 0));
    // Nobody was there to be told: it was filed all the same, once.
    let truth = world.truth().await;
    assert_eq!(truth.count(seed::BO_OPEN, "krav"), 1);
    assert_eq!(truth.requests(Host::Api, "POST", "/krav").len(), 1);
    world.filed().await;
    assert_eq!(world.truth().await.token_requests(), 1);
}

#[tokio::test]
async fn calls_dropped_before_their_turn_leave_nothing_behind() {
    let world = World::new().await;
    let slow = json!({ "kind": "latency", "ms": 3000 });
    world
        .sandbox
        .fault(once(Host::Sysauth, "POST", TOKEN, &slow));
    let calls: Vec<_> = (0..20)
        .map(|_| {
            let cast = world.cast.clone();
            tokio::spawn(async move { cast.call(&World::add_krav()).await })
        })
        .collect();
    in_hand(&world, 1).await;
    for call in &calls {
        call.abort();
    }
    for call in calls {
        assert!(call.await.unwrap_err().is_cancelled());
    }
    let host = &world.cast.host;
    let stats = host.session(|session| session.stats());
    assert_eq!((stats.calls, stats.in_flight), (0, 0));
    assert_eq!(world.truth().await.count(seed::BO_OPEN, "krav"), 0);
    world.filed().await;
}
