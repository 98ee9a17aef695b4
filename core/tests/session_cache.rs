//! Which reporters share a token: those that nothing tells apart. And what a session shows.

#![allow(clippy::unwrap_used, clippy::panic)] // Helpers of tests.

mod auth_fixture;

use auth_fixture::{chain, employee, issuing_ca, reporter_key, root, settings};
use skifteportal::api::{doedsbo, henvendelse, PreparedCall};
use skifteportal::auth::AssertionSettings;
use skifteportal::certificate::Chain;
use skifteportal::environment::Environment;
use skifteportal::model::{AdgangsprofilId, HenvendelsestraadId, Timestamp};
use skifteportal::secret::Entropy;
use skifteportal::session::{
    Action, CertificateThumbprint, Credentials, ReporterId, Session, SessionSettings,
};

const NOW: Timestamp = Timestamp::from_unix(1_800_000_000);

fn session() -> Session {
    let entropy = Entropy::new([5; 32]);
    Session::new(Environment::test(), SessionSettings::default(), entropy)
}

fn krav() -> PreparedCall {
    let journal = "e25d84d3-7aec-4361-84da-93125cb83f08".parse().unwrap();
    doedsbo::get_all_krav(&journal).prepared().clone()
}

fn traad() -> PreparedCall {
    let id: HenvendelsestraadId = "t1".parse().unwrap();
    henvendelse::get_traad(&id).prepared().clone()
}

fn secret(client_id: &str, secret: &str, certificate: u8, scope: &str) -> Credentials {
    Credentials::ClientSecret {
        client_id: client_id.into(),
        client_secret: secret.into(),
        certificate: CertificateThumbprint([certificate; 32]),
        scope: scope.into(),
    }
}

fn assertion(settings: AssertionSettings, chain: Chain, api_user: u8) -> Credentials {
    Credentials::Assertion {
        settings,
        chain,
        key: None,
        api_user: CertificateThumbprint([api_user; 32]),
        scope: "openid".into(),
    }
}

fn changed(change: fn(&mut AssertionSettings)) -> AssertionSettings {
    let mut settings = settings();
    change(&mut settings);
    settings
}

/// How many token requests go out when each of the reporters has a call.
fn requests(all: Vec<Credentials>) -> usize {
    let mut session = session();
    for credentials in all {
        let reporter = session.add_reporter(credentials).unwrap();
        session.submit(NOW, reporter, None, krav()).unwrap();
    }
    let mut out = 0;
    loop {
        match session.next(NOW) {
            Action::Send { call: None, .. } | Action::Sign { .. } => out += 1,
            Action::Parked { .. } => return out,
            other => panic!("{other:?}"),
        }
    }
}

#[test]
fn whatever_changes_a_token_has_a_token_of_its_own() {
    let first = || secret("client", "secret", 1, "openid");
    assert_eq!(requests(vec![first(), first()]), 1);
    for other in [
        secret("another", "secret", 1, "openid"),
        secret("client", "another", 1, "openid"),
        secret("client", "secret", 2, "openid"),
        secret("client", "secret", 1, "openid profile"),
        assertion(settings(), chain(), 1),
    ] {
        assert_eq!(requests(vec![first(), other.clone()]), 2, "{other:?}");
    }
    let first = || assertion(settings(), chain(), 1);
    assert_eq!(requests(vec![first(), first()]), 1);
    let signer = Chain::as_given(vec![employee(), issuing_ca(), root()]).unwrap();
    let mut in_process = first();
    if let Credentials::Assertion { key, .. } = &mut in_process {
        *key = Some(reporter_key());
    }
    for other in [
        in_process,
        assertion(settings(), chain(), 2),
        assertion(settings(), signer, 1),
        assertion(changed(|s| s.subject = "12345678".into()), chain(), 1),
        assertion(changed(|s| s.issuer = "https://x.test".into()), chain(), 1),
        assertion(changed(|s| s.lifetime_seconds = 40), chain(), 1),
        assertion(changed(|s| s.include_root = false), chain(), 1),
        assertion(changed(|s| s.include_iat = true), chain(), 1),
        assertion(changed(|s| s.include_nbf = true), chain(), 1),
    ] {
        assert_eq!(requests(vec![first(), other.clone()]), 2, "{other:?}");
    }
}

#[test]
fn each_adgangsprofil_has_a_token_of_its_own() {
    let environment = Environment::test()
        .with_path(
            "henvendelse.getHenvendelseTraad",
            "/traade/{henvendelsestraadId}",
        )
        .unwrap();
    let entropy = Entropy::new([6; 32]);
    let mut session = Session::new(environment, SessionSettings::default(), entropy);
    let reporter = session
        .add_reporter(secret("client", "secret", 1, "openid"))
        .unwrap();
    let profiles = ["p1", "p2", "p1"];
    for profile in profiles {
        let profile: AdgangsprofilId = profile.parse().unwrap();
        session
            .submit(NOW, reporter, Some(profile), traad())
            .unwrap();
    }
    let (mut exchanged, mut tokens) = (Vec::new(), 0);
    while exchanged.len() < 3 && tokens < 8 {
        match session.next(NOW) {
            Action::Send {
                exchange,
                request,
                call: None,
                ..
            } => {
                tokens += 1;
                let body = String::from_utf8(request.body.clone()).unwrap();
                let profile = body
                    .split('&')
                    .find_map(|field| field.strip_prefix("subject_token=").map(str::to_owned));
                exchanged.extend(profile);
                let json = format!(
                    r#"{{"access_token":"t{tokens}","expires_in":300,"token_type":"Bearer"}}"#
                );
                let headers = [("Content-Type", "application/json")];
                let answer = skifteportal::http::HttpResponse::new(200, headers, json);
                session.receive(NOW, exchange, answer).unwrap();
            }
            Action::Send { .. } => {}
            _ => break,
        }
    }
    assert_eq!(exchanged, ["p1", "p2"]);
    assert_eq!(tokens, 3, "one direct token for both");
}

fn not_signed(session: &mut Session, reporter: ReporterId, reason: &str) -> String {
    session.submit(NOW, reporter, None, krav()).unwrap();
    let Action::Sign { signature, .. } = session.next(NOW) else {
        panic!("no signature asked for")
    };
    session.sign_failed(NOW, signature, reason).unwrap();
    let Action::Done { outcome, .. } = session.next(NOW) else {
        panic!("the call goes on")
    };
    let failure = outcome.unwrap_err();
    assert_eq!(failure.code(), "session.not_signed");
    format!("{failure} {failure:?}")
}

#[test]
fn the_words_of_a_keeper_are_cut_and_redacted() {
    let mut session = session();
    let reporter = session
        .add_reporter(assertion(settings(), chain(), 1))
        .unwrap();
    let reason = format!(
        "no card\r\nin the reader, PIN password=hunter2 {}",
        "x ".repeat(2000)
    );
    let shown = not_signed(&mut session, reporter, &reason);
    assert!(shown.contains("no card in the reader"), "{shown}");
    assert!(!shown.contains("hunter2") && shown.len() < 1200, "{shown}");
}
