//! Many calls at once.

use serde_json::json;
use skifteportal::api::doedsbo;
use skifteportal_e2e::{once, pki, Cast, Stores, World};
use skifteportal_example::Pem;
use skifteportal_sandbox::fault::Host;
use skifteportal_sandbox::portal::seed;
use tokio::task::JoinSet;

/// Ids of which each is another.
fn distinct(mut ids: Vec<String>) -> usize {
    ids.sort();
    ids.dedup();
    ids.len()
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn forty_calls_of_one_reporter_share_one_token_request() {
    let world = World::new().await;
    for reporter in [world.cast.reporter, world.cast.by_assertion] {
        world.sandbox.reset();
        let mut calls = JoinSet::new();
        for _ in 0..40 {
            let host = world.cast.host.clone();
            calls.spawn(async move { host.call(reporter, &World::add_krav()).await });
        }
        let filed = calls.join_all().await.into_iter();
        let ids = filed.map(|krav| krav.unwrap().id.unwrap().to_string());
        assert_eq!(distinct(ids.collect()), 40);
        let truth = world.truth().await;
        assert_eq!(truth.token_requests(), 1);
        assert_eq!(truth.requests(Host::Api, "POST", "/krav").len(), 40);
        assert_eq!(truth.count(seed::BO_OPEN, "krav"), 40);
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn forty_calls_with_a_revoked_token_share_one_new_one() {
    let world = World::new().await;
    let list = doedsbo::get_all_krav(&World::bo());
    world.call(&list).await.unwrap();
    world.sandbox.revoke_tokens();
    let mut calls = JoinSet::new();
    for _ in 0..40 {
        let cast = world.cast.clone();
        calls.spawn(async move { cast.call(&World::add_krav()).await.map(drop) });
    }
    assert!(calls.join_all().await.into_iter().all(|call| call.is_ok()));
    let truth = world.truth().await;
    assert_eq!(truth.token_requests(), 2);
    assert_eq!(truth.count(seed::BO_OPEN, "krav"), 40);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn twenty_reporters_file_at_once_and_each_in_its_own_name() {
    let world = World::new().await;
    let stores = Stores::get();
    let reporters: Vec<_> = (0..20)
        .map(|number| {
            // Each of its own issuer, so that each has a token of its own.
            let (store, cvr) = if number % 2 == 0 {
                (&stores.reporter_a, pki().reporter_a.cvr)
            } else {
                (&stores.reporter_b, pki().reporter_b.cvr)
            };
            let credentials = Cast::by_key(&format!("https://{number}.example"), store);
            let pem = Pem::of(&stores.api_user).unwrap();
            (world.cast.add(credentials, pem), cvr)
        })
        .collect();
    let mut calls = JoinSet::new();
    for (reporter, cvr) in reporters {
        for _ in 0..3 {
            let host = world.cast.host.clone();
            calls.spawn(async move {
                let filed = host.call(reporter, &World::add_krav()).await.unwrap();
                let company = filed.indberetter.unwrap().virksomhed.unwrap();
                assert_eq!(company.cvr_nummer.unwrap().to_string(), cvr);
                filed.id.unwrap().to_string()
            });
        }
    }
    assert_eq!(distinct(calls.join_all().await), 60);
    let truth = world.truth().await;
    assert_eq!(truth.token_requests(), 20);
    assert_eq!(truth.count(seed::BO_OPEN, "krav"), 60);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_likvidators_calls_share_one_exchange() {
    let world = World::new().await;
    let mut calls = JoinSet::new();
    for _ in 0..20 {
        let cast = world.cast.clone();
        calls.spawn(async move {
            let mine = skifteportal::api::sagslager::hent_sager();
            cast.likvidator(&mine).await.map(drop)
        });
    }
    assert!(calls.join_all().await.into_iter().all(|call| call.is_ok()));
    let truth = world.truth().await;
    assert_eq!((truth.token_requests(), truth.exchanges()), (1, 1));
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn what_was_lost_among_many_is_reported_as_unknown_and_filed_at_most_once() {
    let world = World::new().await;
    world
        .call(&doedsbo::get_all_krav(&World::bo()))
        .await
        .unwrap();
    for fault in ["dropBefore", "dropAfterProcessing", "truncate"] {
        let mut rule = once(
            Host::Api,
            "POST",
            "/doedsbojournaler/*/krav",
            &json!({ "kind": fault }),
        );
        rule.skip = 5;
        rule.times = 5;
        world.sandbox.fault(rule);
    }
    let mut calls = JoinSet::new();
    for _ in 0..40 {
        let cast = world.cast.clone();
        calls.spawn(async move { cast.call(&World::add_krav()).await });
    }
    let outcomes = calls.join_all().await;
    let truth = world.truth().await;
    let filed = outcomes.iter().filter(|outcome| outcome.is_ok()).count();
    let unknown = outcomes.iter().filter(|outcome| {
        let failure = outcome.as_ref().err();
        failure.is_some_and(|f| f.certainty() == skifteportal::session::Certainty::Unknown)
    });
    let unknown = unknown.count();
    assert_eq!(filed + unknown, 40, "{outcomes:?}");
    let there = usize::try_from(truth.count(seed::BO_OPEN, "krav")).unwrap();
    assert!(
        filed <= there && there <= filed + unknown,
        "{filed} {there} {unknown}"
    );
    assert!(unknown >= 15, "{unknown}");
    assert!(truth.requests(Host::Api, "POST", "/krav").len() <= 40);
    // Each krav that was reported as filed is there.
    let all = world.call(&doedsbo::get_all_krav(&World::bo())).await;
    let all: Vec<_> = all
        .unwrap()
        .into_iter()
        .filter_map(|krav| krav.id)
        .collect();
    for krav in outcomes.into_iter().filter_map(Result::ok) {
        assert!(all.contains(&krav.id.unwrap()));
    }
}
