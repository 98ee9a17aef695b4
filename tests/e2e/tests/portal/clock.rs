//! Clocks that differ.

use skifteportal::error::TokenRefusal;
use skifteportal::session::{Certainty, Credentials, ReporterId, SessionSettings};
use skifteportal_e2e::{quick, Cast, Stores, World};
use skifteportal_example::Pem;
use skifteportal_sandbox::portal::PortalOptions;

/// Reporter A by variant B, with `iat` and `nbf` in its assertions: then a clock that is ahead of
/// the STS's is refused too.
fn dated(cast: &Cast) -> ReporterId {
    let mut credentials = Cast::by_key("https://dated.example", &Stores::get().reporter_a);
    if let Credentials::Assertion { settings, .. } = &mut credentials {
        settings.include_iat = true;
        settings.include_nbf = true;
    }
    cast.add(credentials, Pem::of(&Stores::get().api_user).unwrap())
}

#[tokio::test]
async fn variant_b_learns_the_offset_from_one_refusal() {
    for hours in [1, -1] {
        let world = World::new().await;
        world.sandbox.clock().set_offset_seconds(hours * 3600);
        let (host, reporter) = (&world.cast.host, dated(&world.cast));
        host.call(reporter, &World::add_krav()).await.unwrap();
        assert_eq!(world.truth().await.token_requests(), 2, "{hours} hours");
        let offset = host.session(|session| session.clock_offset_millis());
        let wrong = (offset - hours * 3_600_000).abs();
        assert!(wrong <= 60_000, "{offset} ms for {hours} hours");
        // What was learned serves the others.
        host.call(world.cast.by_assertion, &World::add_krav())
            .await
            .unwrap();
        assert_eq!(world.truth().await.token_requests(), 3);
    }
}

#[tokio::test]
async fn without_dates_only_a_clock_behind_the_sts_is_refused() {
    for (hours, requests) in [(1, 2), (-1, 1)] {
        let world = World::new().await;
        world.sandbox.clock().set_offset_seconds(hours * 3600);
        let (host, reporter) = (&world.cast.host, world.cast.by_assertion);
        host.call(reporter, &World::add_krav()).await.unwrap();
        assert_eq!(world.truth().await.token_requests(), requests);
    }
}

#[tokio::test]
async fn variant_a_does_not_depend_on_the_clock() {
    for hours in [1, -1] {
        let world = World::new().await;
        world.sandbox.clock().set_offset_seconds(hours * 3600);
        world.filed().await;
        assert_eq!(world.truth().await.token_requests(), 1);
    }
}

#[tokio::test]
async fn an_offset_beyond_belief_is_refused_and_shown() {
    let settings = SessionSettings {
        max_clock_offset_seconds: 60,
        ..quick()
    };
    let world = World::with(PortalOptions::default(), settings).await;
    world.sandbox.clock().set_offset_seconds(3600);
    let (host, reporter) = (&world.cast.host, world.cast.by_assertion);
    let failure = host.call(reporter, &World::add_krav()).await.unwrap_err();
    assert_eq!(failure.certainty(), Certainty::NotProcessed);
    let error = failure.portal_error().unwrap();
    assert_eq!(error.token_refusal(), Some(TokenRefusal::AssertionExpired));
    let offset = error.clock_offset_seconds().unwrap();
    assert!((3590..=3610).contains(&offset), "{offset}");
    assert_eq!(host.session(|session| session.clock_offset_millis()), 0);
    assert_eq!(world.truth().await.token_requests(), 1);
}
