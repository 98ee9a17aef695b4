//! No text form of what crosses shows a secret.
#![allow(clippy::unwrap_used, clippy::panic)] // Helpers of tests.

mod fixture;

use std::fmt::Debug;

use fixture::{
    body, chain, client_secret, json, now, profil, reporter_key, sent, session, store,
    token_answer, API_USER_KEY, REPORTER_KEY, SECRET,
};
use skifteportal::auth::TokenKind;
use skifteportal::NamedValue;
use skifteportal_ffi::{
    Auth, HeaderField, HttpResponse, PortalEnvironment, SessionAction, Token, UnsignedAssertion,
};

const TOKEN: &str = "token-of-the-test";

#[track_caller]
fn hides(shown: &dyn Debug) {
    let text = format!("{shown:?} {shown:#?}");
    for secret in [SECRET, TOKEN] {
        assert!(!text.contains(secret), "{text}");
    }
    for key in [REPORTER_KEY, API_USER_KEY] {
        let pem = std::str::from_utf8(key).unwrap();
        assert!(!text.contains(pem.lines().nth(1).unwrap()), "{text}");
    }
}

#[test]
fn keys_secrets_and_tokens() {
    hides(&store());
    hides(&reporter_key());
    hides(&client_secret());
    hides(&Token::new(TOKEN.into(), TokenKind::Direct, None).unwrap());
    hides(&HeaderField {
        name: "Authorization".into(),
        value: format!("Bearer {TOKEN}"),
    });
    hides(&NamedValue {
        name: "client_secret".into(),
        value: SECRET.into(),
    });
    hides(&HttpResponse::new(200, json(), token_answer(TOKEN)).unwrap());
    let key = reporter_key();
    let settings = fixture::assertion_settings();
    let unsigned = UnsignedAssertion::prepare(settings, "https://sts", &chain(), now(), "1");
    let signed = unsigned.unwrap().sign(&key, vec![1; 32]).unwrap();
    assert!(!format!("{signed:?}").contains(&signed.jwt()));
    let environment = PortalEnvironment::test();
    let request = Auth::new().variant_b_request(&environment, &signed, None);
    assert!(!format!("{request:?}").contains(&signed.jwt()));
}

#[test]
fn a_session_and_its_actions() {
    let session = session();
    let reporter = session.add_reporter(&client_secret()).unwrap();
    session
        .submit_token(now(), reporter, Some(profil()))
        .unwrap();
    for _ in 0..2 {
        let action = session.next(now());
        hides(&action);
        hides(&session);
        let (exchange, request) = sent(action);
        let sent = body(&request);
        assert!(sent.contains(SECRET) || sent.contains(TOKEN));
        session
            .receive(now(), exchange, 200, json(), token_answer(TOKEN))
            .unwrap();
    }
    let ready = session.next(now());
    hides(&ready);
    assert!(matches!(ready, SessionAction::TokenReady { .. }));
    hides(&session);
}

#[test]
fn a_failure_and_what_it_throws() {
    let session = session();
    let reporter = session.add_reporter(&client_secret()).unwrap();
    session.submit_token(now(), reporter, None).unwrap();
    let (exchange, _) = sent(session.next(now()));
    // A page that quotes what was sent.
    let page = format!("<html>client_secret={SECRET} Bearer {TOKEN}</html>");
    session
        .receive(now(), exchange, 400, vec![], page.as_bytes().into())
        .unwrap();
    let action = session.next(now());
    hides(&action);
    let SessionAction::Done { outcome, .. } = action else {
        panic!("{action:?}");
    };
    hides(&outcome);
    hides(&outcome.failure().unwrap());
    let thrown = outcome.response().unwrap_err();
    hides(&thrown);
    let text = thrown.to_string();
    assert!(!text.contains(SECRET) && !text.contains(TOKEN), "{text}");
}
