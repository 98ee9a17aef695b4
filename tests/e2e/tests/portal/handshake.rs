//! Certificates that are refused, on either side.

use skifteportal::api::doedsbo;
use skifteportal::certificate::{Certificate, Chain, KeyStore};
use skifteportal::environment::Environment;
use skifteportal::error::{ErrorKind, Fault, TokenRefusal, TransportFailure};
use skifteportal::session::{Certainty, Credentials, ReporterId, Session};
use skifteportal_e2e::{pki, quick, Cast, Stores, World};
use skifteportal_example::{client, entropy, Host, HostFailure, Pem};
use skifteportal_sandbox::fault::Host as SandboxHost;
use skifteportal_sandbox::portal::seed;
use skifteportal_sandbox::ServerCertificate;

fn failure_of(failure: &HostFailure) -> &TransportFailure {
    let error = failure.portal_error().unwrap();
    error.transport_failure().unwrap()
}

/// Files a krav with a client certificate that the STS refuses.
async fn assert_refused(world: &World, store: &KeyStore, certificate: Pem) {
    world.sandbox.reset();
    let trusted = Some(Stores::get().trusted.as_bytes());
    let credentials = Cast::by_secret(world.sandbox.client(), store);
    let client = client(trusted, Some(certificate)).unwrap();
    // A new session, which does not remember the refusal of the one before.
    let host = Cast::assemble(&world.sandbox, quick()).host;
    let reporter = host.add_reporter(credentials, client).unwrap();
    let failure = host.call(reporter, &World::add_krav()).await.unwrap_err();
    assert_eq!(failure.certainty(), Certainty::NotProcessed);
    let error = failure.portal_error().unwrap();
    let refused = matches!(failure_of(&failure), TransportFailure::TlsRefused { .. });
    assert!(refused, "{error:?}");
    assert_eq!(error.kind(), ErrorKind::Credentials);
    assert_eq!(error.fault(), Fault::CallerCredentials);
    let truth = world.truth().await;
    assert_eq!(truth.token_requests(), 0);
    assert_eq!(truth.count(seed::BO_OPEN, "krav"), 0);
    // Asked once: what is refused now is refused in a moment too. The sandbox writes it down a
    // little after the client has heard of it.
    while world.sandbox.refused_handshakes().is_empty() {
        tokio::task::yield_now().await;
    }
    assert_eq!(world.sandbox.refused_handshakes().len(), 1);
}

#[tokio::test]
async fn client_certificates_that_do_not_pass_are_credentials_that_are_refused() {
    let world = World::new().await;
    let pki = pki();
    for identity in [&pki.expired, &pki.revoked, &pki.foreign] {
        let store = Stores::of(identity);
        assert_refused(&world, &store, Pem::of(&store).unwrap()).await;
    }
    let store = &Stores::get().reporter_a;
    let whole = Pem::of(store).unwrap();
    let leaf = Pem {
        chain: store.chain().leaf().to_pem(),
        key: whole.key,
    };
    assert_refused(&world, store, leaf).await;
}

#[tokio::test]
async fn a_connection_without_a_certificate_is_refused_by_the_sts() {
    let world = World::new().await;
    let stores = Stores::get();
    let host = &world.cast.host;
    let bare = || client(Some(stores.trusted.as_bytes()), None).unwrap();
    for credentials in [
        Cast::by_secret(world.sandbox.client(), &stores.reporter_a),
        Cast::by_key("https://bare.example", &stores.reporter_a),
    ] {
        world.sandbox.reset();
        let other_key = match credentials {
            // Of another scope, so that it shares no token with reporter A's own.
            Credentials::ClientSecret {
                client_id,
                client_secret,
                certificate,
                ..
            } => Credentials::ClientSecret {
                client_id,
                client_secret,
                certificate,
                scope: "openid profile".into(),
            },
            by_key @ Credentials::Assertion { .. } => by_key,
        };
        let reporter = host.add_reporter(other_key, bare()).unwrap();
        let failure = host.call(reporter, &World::add_krav()).await.unwrap_err();
        assert_eq!(failure.certainty(), Certainty::NotProcessed);
        let error = failure.portal_error().unwrap();
        assert_eq!(error.kind(), ErrorKind::Credentials, "{error:?}");
        let refusal = error.token_refusal();
        assert_eq!(refusal, Some(TokenRefusal::MissingClientCertificate));
        assert_eq!(world.truth().await.token_requests(), 1);
    }
}

#[tokio::test]
async fn a_chain_that_the_portal_will_refuse_is_found_beforehand() {
    let pki = pki();
    let now = skifteportal_example::now();
    let root = Certificate::from_der(&pki.oces_root).unwrap();
    for (identity, good) in [
        (&pki.reporter_a, true),
        (&pki.expired, false),
        (&pki.foreign, false),
    ] {
        let store = Stores::of(identity);
        let checked = store.chain().verify(std::slice::from_ref(&root), now);
        assert_eq!(checked.is_ok(), good, "{}: {checked:?}", identity.folder);
    }
    let leaf = Certificate::from_der(pki.reporter_a.leaf()).unwrap();
    let alone = Chain::as_given(vec![leaf]).unwrap();
    assert!(alone.verify(&[root], now).is_err());
}

fn assert_nothing_was_sent(failure: &HostFailure) {
    assert_eq!(failure.certainty(), Certainty::NotProcessed);
    let failure = failure_of(failure);
    assert!(
        matches!(failure, TransportFailure::ServerCertificateInvalid { .. }),
        "{failure:?}"
    );
}

#[tokio::test]
async fn nothing_is_sent_to_a_host_with_an_expired_certificate() {
    for host in [SandboxHost::Sysauth, SandboxHost::Api] {
        let world = World::new().await;
        world
            .sandbox
            .show_certificate(host, ServerCertificate::Expired);
        let failure = world.call(&World::add_krav()).await.unwrap_err();
        assert_nothing_was_sent(&failure);
        let truth = world.truth().await;
        assert_eq!(truth.requests(host, "POST", "").len(), 0);
        assert_eq!(truth.count(seed::BO_OPEN, "krav"), 0);
    }
}

/// A reporter of a host that trusts other authorities than the sandbox's.
fn distrustful(world: &World) -> (Host, ReporterId) {
    let strange = Certificate::from_der(&pki().oces_root).unwrap().to_pem();
    let trusted = Some(strange.as_bytes());
    let sandbox = &world.sandbox;
    let environment =
        Environment::custom(sandbox.sysauth_url(), sandbox.auth_url(), sandbox.api_url());
    let session = Session::new(environment.unwrap(), quick(), entropy().unwrap());
    let host = Host::new(session, client(trusted, None).unwrap());
    let store = &Stores::get().reporter_a;
    let reporter = host.add_reporter(
        Cast::by_secret(sandbox.client(), store),
        client(trusted, Some(Pem::of(store).unwrap())).unwrap(),
    );
    (host, reporter.unwrap())
}

#[tokio::test]
async fn nothing_is_sent_to_a_host_of_an_unknown_authority() {
    let world = World::new().await;
    let (host, reporter) = distrustful(&world);
    let list = doedsbo::get_all_krav(&World::bo());
    let failure = host.call(reporter, &list).await.unwrap_err();
    assert_nothing_was_sent(&failure);
    assert_eq!(world.truth().await.token_requests(), 0);
}
