//! Claims filed through a session, from the payload to the typed answer.
#![allow(clippy::unwrap_used, clippy::panic)] // Helpers of tests.

mod fixture;

use std::sync::Arc;

use fixture::{body, client_secret, error, json, now, profil, sent, session, token_answer};
use skifteportal::api::{CustomBody, CustomCall, Service};
use skifteportal::error::{Retry, TransportFailure};
use skifteportal::http::Method;
use skifteportal::model::Krav;
use skifteportal::session::Certainty;
use skifteportal::SkifteportalError;
use skifteportal_ffi::{
    CallResult, Checks, Custom, Doedsbo, HttpResponse, KravCall, Session, SessionAction,
};

fn claim() -> Arc<KravCall> {
    let journal = "7a0a9f5c-4a02-4d3a-9a7e-0d8d2c5f6b11".parse().unwrap();
    let krav = Krav::default();
    Doedsbo::new()
        .add_krav(&journal, &krav, &Checks::none())
        .unwrap()
}

/// A session that has a direct token, its reporter, and a claim whose request is out.
fn filed() -> (Arc<Session>, i64, i64) {
    let session = session();
    let reporter = session.add_reporter(&client_secret()).unwrap();
    let call = session
        .submit(now(), reporter, None, &claim().prepared())
        .unwrap();
    let (exchange, _) = sent(session.next(now()));
    session
        .receive(now(), exchange, 200, json(), token_answer("direct"))
        .unwrap();
    let (exchange, request) = sent(session.next(now()));
    assert_eq!(request.method(), Method::Post);
    assert_eq!(
        request.header("authorization").as_deref(),
        Some("Bearer direct")
    );
    assert!(body(&request).starts_with('{'));
    (session, call, exchange)
}

fn outcome(action: SessionAction, expected: i64) -> Arc<CallResult> {
    match action {
        SessionAction::Done { call, outcome } if call == expected => outcome,
        other => panic!("{other:?}"),
    }
}

#[test]
fn a_claim_is_filed_and_read() {
    let (session, call, exchange) = filed();
    let answer = br#"{"id":"0f0a9f5c-4a02-4d3a-9a7e-0d8d2c5f6b22"}"#[..].into();
    session
        .receive(now(), exchange, 201, json(), answer)
        .unwrap();
    let outcome = outcome(session.next(now()), call);
    assert!(outcome.failure().is_none());
    let response = outcome.response().unwrap();
    assert_eq!(response.status(), 201);
    let krav = claim().outcome(&response, now()).unwrap();
    assert!(krav.id.is_some());
}

#[test]
fn a_claim_without_answer_says_look_first() {
    let (session, call, exchange) = filed();
    session
        .failed(now(), exchange, TransportFailure::TimedOut)
        .unwrap();
    let outcome = outcome(session.next(now()), call);
    let failure = outcome.failure().unwrap();
    assert_eq!(failure.certainty(), Certainty::Unknown);
    assert_eq!((failure.retry(), failure.attempts()), (Retry::LookFirst, 1));
    assert!(failure.response().is_none() && !failure.may_be_own_effect());
    let SkifteportalError::Portal {
        code,
        refusal,
        attempts,
        ..
    } = outcome.response().unwrap_err()
    else {
        panic!("another error");
    };
    assert_eq!((code.as_str(), attempts), ("network.timed_out", 1));
    assert_eq!(refusal.retry, Retry::LookFirst);
    assert!(refusal.may_have_been_processed);
}

#[test]
fn a_refused_claim_keeps_the_portals_answer() {
    let (session, call, exchange) = filed();
    session
        .receive(now(), exchange, 400, json(), br#"{"code":"x"}"#[..].into())
        .unwrap();
    let outcome = outcome(session.next(now()), call);
    let failure = outcome.failure().unwrap();
    assert_eq!(failure.certainty(), Certainty::NotProcessed);
    assert_eq!(failure.response().unwrap().status(), 400);
    assert_eq!(failure.refusal().unwrap().status, Some(400));
    assert_eq!(error(outcome.response()).0, "portal");
}

#[test]
fn a_call_for_a_likvidator_takes_the_delegated_token() {
    let custom = |service| {
        let call = CustomCall {
            service,
            operation_id: "made-up".into(),
            method: Method::Get,
            path: "/made-up".into(),
            parameters: vec![],
            query: vec![],
            body: CustomBody::Empty,
        };
        Custom::new().call(call).unwrap()
    };
    let session = session();
    let reporter = session.add_reporter(&client_secret()).unwrap();
    let likvidator = custom(Service::TvangsoploesningLikvidator);
    assert_eq!(
        error(session.submit(now(), reporter, None, &likvidator.prepared())),
        ("session", "session.adgangsprofil_needed".to_owned())
    );
    let doedsbo = custom(Service::Doedsbojournal);
    assert_eq!(
        error(session.submit(now(), reporter, Some(profil()), &doedsbo.prepared())),
        ("session", "session.adgangsprofil_not_taken".to_owned())
    );
    let call = session
        .submit(now(), reporter, Some(profil()), &likvidator.prepared())
        .unwrap();
    for token in ["direct", "delegated"] {
        let (exchange, _) = sent(session.next_for(now(), call).unwrap());
        session
            .receive(now(), exchange, 200, json(), token_answer(token))
            .unwrap();
    }
    let (exchange, request) = sent(session.next_for(now(), call).unwrap());
    assert_eq!(
        request.header("Authorization").as_deref(),
        Some("Bearer delegated")
    );
    session
        .receive(now(), exchange, 204, vec![], [][..].into())
        .unwrap();
    let outcome = outcome(session.next_for(now(), call).unwrap(), call);
    assert_eq!(outcome.response().unwrap().status(), 204);
}

#[test]
fn a_host_with_its_own_token_needs_no_session() {
    use skifteportal::auth::TokenKind;
    use skifteportal_ffi::{PortalEnvironment, Token};
    let token = Token::new("abc".into(), TokenKind::Direct, None).unwrap();
    let environment = PortalEnvironment::test();
    let request = claim().prepared().to_request(&environment, Some(token));
    assert!(request.unwrap().url().starts_with(&environment.api()));
    let refused = HttpResponse::new(500, vec![], [][..].into()).unwrap();
    assert_eq!(error(claim().outcome(&refused, now())).0, "portal");
}
