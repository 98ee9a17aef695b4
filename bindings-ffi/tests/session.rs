//! A session driven as a binding drives it.
#![allow(clippy::unwrap_used, clippy::panic)] // Helpers of tests.

mod fixture;

use std::thread;

use fixture::{
    body, chain, client_secret, detached, error, json, keeper_signs, now, profil, reporter_key,
    sent, session, token_answer, told,
};
use skifteportal::auth::TokenKind;
use skifteportal::error::{Retry, TokenRefusal, TransportFailure};
use skifteportal::http::Identity;
use skifteportal::session::{Certainty, TokenStatus};
use skifteportal::SkifteportalError;
use skifteportal_ffi::{
    CallFailure, Credentials, Defaults, PortalEnvironment, Session, SessionAction,
};

fn failure(action: SessionAction) -> (std::sync::Arc<CallFailure>, SkifteportalError) {
    let SessionAction::Done { outcome, .. } = action else {
        panic!("{action:?}");
    };
    (outcome.failure().unwrap(), outcome.response().unwrap_err())
}

fn token(action: SessionAction) -> (i64, String, TokenKind) {
    let SessionAction::TokenReady { call, token } = action else {
        panic!("{action:?}");
    };
    (call, token.access_token(), token.kind())
}

#[test]
fn variant_a_brings_a_token() {
    let session = session();
    let reporter = session.add_reporter(&client_secret()).unwrap();
    assert_eq!(
        session.tls_certificate(reporter).unwrap(),
        chain().leaf().thumbprint()
    );
    let wish = session.submit_token(now(), reporter, None).unwrap();
    let SessionAction::Send {
        exchange,
        request,
        reporter: whose,
        call,
        timeout_seconds,
    } = session.next(now())
    else {
        panic!("nothing to send");
    };
    assert_eq!((whose, call, timeout_seconds), (Some(reporter), None, 30));
    assert_eq!(request.identity(), Identity::Reporter);
    assert_eq!(request.url(), PortalEnvironment::test().token_url());
    assert!(body(&request).contains("scope=openid"));
    assert!(matches!(session.next(now()), SessionAction::Parked { .. }));
    let nowhere = session.receive_at(now(), exchange, 200, json(), 0, 7);
    assert_eq!(error(nowhere).0, "input");
    // Where the answer lies in the host's own memory.
    let answer = token_answer("direct");
    let (address, length) = (answer.as_ptr() as i64, i64::try_from(answer.len()).unwrap());
    session
        .receive_at(now(), exchange, 200, json(), address, length)
        .unwrap();
    let got = token(session.next(now()));
    assert_eq!(got, (wish, "direct".to_owned(), TokenKind::Direct));
    assert!(matches!(session.next(now()), SessionAction::Idle));
    assert!(matches!(
        session.token_status(reporter, None).unwrap(),
        TokenStatus::Held { .. }
    ));
    assert_eq!(session.stats().token_requests_total, 1);
}

#[test]
fn variant_b_signs_with_a_key_in_memory() {
    let session = session();
    let store = fixture::store();
    let credentials = Credentials::private_key(
        fixture::assertion_settings(),
        &store.chain(),
        &store.key(),
        fixture::api_user().thumbprint(),
        None,
    );
    assert_eq!(credentials.client_id(), "30808460");
    let reporter = session.add_reporter(&credentials).unwrap();
    session.submit_token(now(), reporter, None).unwrap();
    let (exchange, request) = sent(session.next(now()));
    assert_eq!(request.identity(), Identity::ApiUser);
    assert!(body(&request).contains("client_assertion="));
    session
        .receive(now(), exchange, 200, json(), token_answer("direct"))
        .unwrap();
    assert_eq!(token(session.next(now())).1, "direct");
}

#[test]
fn a_keeper_signs_outside() {
    let session = session();
    let reporter = session.add_reporter(&detached()).unwrap();
    let wish = session.submit_token(now(), reporter, None).unwrap();
    let SessionAction::Sign {
        signature,
        reporter: whose,
        signing_input,
        algorithm,
    } = session.next_for(now(), wish).unwrap()
    else {
        panic!("nothing to sign");
    };
    assert_eq!(whose, reporter);
    assert_eq!(session.algorithm_name(algorithm), "RS256");
    session
        .signed(now(), signature, keeper_signs(&signing_input))
        .unwrap();
    let (exchange, request) = sent(session.next_for(now(), wish).unwrap());
    assert_eq!(request.identity(), Identity::ApiUser);
    session
        .receive(now(), exchange, 200, json(), token_answer("direct"))
        .unwrap();
    assert_eq!(token(session.next_for(now(), wish).unwrap()).0, wish);
    assert_eq!(
        error(session.next_for(now(), wish)),
        ("session", "session.unknown_call".to_owned())
    );
}

#[test]
fn a_keeper_that_does_not_sign_ends_the_wait() {
    for (bytes, code) in [
        (Some(vec![0; 3]), "auth.signature_length"),
        (Some(vec![0; 384]), "auth.signature_mismatch"),
        (None, "session.not_signed"),
    ] {
        let session = session();
        let reporter = session.add_reporter(&detached()).unwrap();
        session.submit_token(now(), reporter, None).unwrap();
        let SessionAction::Sign {
            signature,
            signing_input,
            ..
        } = session.next(now())
        else {
            panic!("nothing to sign");
        };
        match bytes {
            // As long as the key's own, whatever its size is.
            Some(bytes) if bytes.len() > 3 => {
                let length = keeper_signs(&signing_input).len();
                session.signed(now(), signature, vec![0; length]).unwrap();
            }
            Some(bytes) => session.signed(now(), signature, bytes).unwrap(),
            None => session.sign_failed(now(), signature, "no card").unwrap(),
        }
        let (failure, thrown) = failure(session.next(now()));
        assert_eq!(failure.code(), code);
        assert_eq!(failure.certainty(), Certainty::NotProcessed);
        assert!(failure.refusal().is_none() && failure.response().is_none());
        assert_eq!(told(thrown).1, code);
    }
}

#[test]
fn a_likvidators_token_is_exchanged() {
    let session = session();
    let reporter = session.add_reporter(&client_secret()).unwrap();
    let wish = session
        .submit_token(now(), reporter, Some(profil()))
        .unwrap();
    let (exchange, _) = sent(session.next(now()));
    session
        .receive(now(), exchange, 200, json(), token_answer("direct"))
        .unwrap();
    let (exchange, request) = sent(session.next(now()));
    assert_eq!(request.identity(), Identity::None);
    assert_eq!(request.url(), session.environment().exchange_url());
    assert!(body(&request).contains("actor_token=direct"));
    session
        .receive(now(), exchange, 200, json(), token_answer("delegated"))
        .unwrap();
    let got = token(session.next(now()));
    assert_eq!(got, (wish, "delegated".to_owned(), TokenKind::Delegated));
}

#[test]
fn a_refusal_is_thrown_with_all_that_is_known() {
    let session = session();
    let reporter = session.add_reporter(&client_secret()).unwrap();
    session.submit_token(now(), reporter, None).unwrap();
    let (exchange, _) = sent(session.next(now()));
    let body = br#"{"error":"unauthorized_client","error_description":"Invalid client or Invalid client credentials"}"#;
    session
        .receive(now(), exchange, 401, json(), body[..].into())
        .unwrap();
    let (failure, thrown) = failure(session.next(now()));
    assert_eq!(failure.attempts(), 0);
    let SkifteportalError::Portal {
        refusal, certainty, ..
    } = thrown
    else {
        panic!("{thrown:?}");
    };
    assert_eq!(certainty, Certainty::NotProcessed);
    assert_eq!(refusal.status, Some(401));
    assert_eq!(
        refusal.token_refusal,
        Some(TokenRefusal::WrongClientOrSecret)
    );
    assert_eq!(failure.refusal(), Some(*refusal));
    assert_eq!(session.certainty_name(failure.certainty()), "not_processed");
}

#[test]
fn no_answer_is_thrown_too() {
    let mut settings = Defaults::new().session();
    settings.max_attempts = 1;
    let session = Session::new(&PortalEnvironment::test(), settings, vec![7; 32]).unwrap();
    let reporter = session.add_reporter(&client_secret()).unwrap();
    session.submit_token(now(), reporter, None).unwrap();
    let (exchange, _) = sent(session.next(now()));
    session
        .failed(now(), exchange, TransportFailure::TimedOut)
        .unwrap();
    let (failure, thrown) = failure(session.next(now()));
    assert_eq!(told(thrown), ("portal", "network.timed_out".to_owned()));
    assert_eq!(failure.retry(), Retry::Later { at: None });
}

#[test]
fn mistakes_are_errors_and_change_nothing() {
    let session = session();
    let entropy = Session::new(&PortalEnvironment::test(), session.settings(), vec![7; 31]);
    assert_eq!(error(entropy), ("input", "entropy".to_owned()));
    for number in [-1, 0, 17, i64::MIN, i64::MAX] {
        for (result, code) in [
            (
                session.submit_token(now(), number, None).map(|_| ()),
                "session.unknown_reporter",
            ),
            (session.remove_reporter(number), "session.unknown_reporter"),
            (
                session.invalidate_tokens(number),
                "session.unknown_reporter",
            ),
            (session.cancel(number).map(|_| ()), "session.unknown_call"),
            (
                session.signed(now(), number, vec![]),
                "session.unknown_signature",
            ),
            (
                session.receive(now(), number, 200, vec![], [][..].into()),
                "session.unknown_exchange",
            ),
            (
                session.failed(now(), number, TransportFailure::TimedOut),
                "session.unknown_exchange",
            ),
        ] {
            assert_eq!(error(result), ("session", code.to_owned()));
        }
    }
    let reporter = session.add_reporter(&client_secret()).unwrap();
    let wish = session.submit_token(now(), reporter, None).unwrap();
    let (exchange, _) = sent(session.next(now()));
    let odd = session.receive(now(), exchange, 70_000, json(), token_answer("direct"));
    assert_eq!(error(odd), ("input", "http.status".to_owned()));
    session
        .receive(now(), exchange, 200, json(), token_answer("direct"))
        .unwrap();
    assert_eq!(session.cancel(wish).unwrap(), Certainty::NotProcessed);
    session.remove_reporter(reporter).unwrap();
    let stranger = Credentials::private_key(
        fixture::assertion_settings(),
        &chain(),
        &skifteportal_ffi::PrivateKey::from_pem(fixture::API_USER_KEY.to_vec(), None).unwrap(),
        fixture::api_user().thumbprint(),
        None,
    );
    assert_eq!(
        error(session.add_reporter(&stranger)),
        ("session", "session.wrong_key".to_owned())
    );
    assert!(reporter_key().belongs_to(&chain().leaf()));
}

#[test]
fn sixteen_threads_share_one_session_and_one_token_request() {
    let session = session();
    let reporter = session.add_reporter(&client_secret()).unwrap();
    let wishes: Vec<i64> = (0..16)
        .map(|_| session.submit_token(now(), reporter, None).unwrap())
        .collect();
    thread::scope(|scope| {
        for wish in wishes {
            let session = &session;
            scope.spawn(move || loop {
                match session.next_for(now(), wish).unwrap() {
                    SessionAction::Send { exchange, .. } => session
                        .receive(now(), exchange, 200, json(), token_answer("direct"))
                        .unwrap(),
                    SessionAction::TokenReady { call, token } => {
                        assert_eq!((call, token.access_token()), (wish, "direct".to_owned()));
                        break;
                    }
                    SessionAction::Parked { .. } => thread::yield_now(),
                    other => panic!("{other:?}"),
                }
            });
        }
    });
    let stats = session.stats();
    assert_eq!((stats.token_requests_total, stats.ended_total), (1, 16));
    assert_eq!((stats.calls, stats.in_flight), (0, 0));
}
