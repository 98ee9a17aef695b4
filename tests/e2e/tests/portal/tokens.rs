//! Tokens by variant A, by variant B and by exchange.

use skifteportal::api::doedsbo;
use skifteportal::auth::TokenKind;
use skifteportal::certificate::KeyStore;
use skifteportal::error::{ErrorKind, TokenRefusal};
use skifteportal::secret::Secret;
use skifteportal::session::{Certainty, TokenStatus};
use skifteportal_e2e::{pki, Cast, Stores, World};
use skifteportal_example::{Config, HostFailure, Pem};
use skifteportal_sandbox::fault::Host;
use skifteportal_sandbox::pki::StoreStyle;

#[tokio::test]
async fn variant_a_and_b_give_a_direct_token_for_the_reporters_company() {
    let world = World::new().await;
    for reporter in [world.cast.reporter, world.cast.by_assertion] {
        world.sandbox.reset();
        let token = world.cast.host.token(reporter, None).await.unwrap();
        assert_eq!(token.kind(), TokenKind::Direct);
        let again = world.cast.host.token(reporter, None).await.unwrap();
        assert!(token.access_token().expose() == again.access_token().expose());
        let list = doedsbo::get_all_krav(&World::bo());
        world.cast.host.call(reporter, &list).await.unwrap();
        let truth = world.truth().await;
        assert_eq!(truth.token_requests(), 1);
        let caller = truth.requests(Host::Api, "GET", "/krav")[0].caller.clone();
        assert!(caller.unwrap().contains(pki().reporter_a.cvr));
    }
}

#[tokio::test]
async fn a_delegated_token_is_exchanged_for_a_direct_one_and_both_are_kept() {
    let world = World::new().await;
    let (host, system) = (&world.cast.host, world.cast.system);
    let profil = Cast::profil();
    let token = host.token(system, Some(profil.clone())).await.unwrap();
    assert_eq!(token.kind(), TokenKind::Delegated);
    host.token(system, Some(profil.clone())).await.unwrap();
    host.token(system, None).await.unwrap();
    let truth = world.truth().await;
    assert_eq!((truth.token_requests(), truth.exchanges()), (1, 1));
    let status = host.session(|session| session.token_status(system, Some(&profil)));
    assert!(matches!(status, Ok(TokenStatus::Held { .. })), "{status:?}");
}

#[tokio::test]
async fn a_client_id_and_secret_of_odd_characters_arrive_whole() {
    let world = World::new().await;
    let odd = &world.sandbox.settings()["otherClients"]["odd"];
    let id = odd["clientId"].as_str().unwrap();
    let secret = std::fs::read_to_string(odd["clientSecretFile"].as_str().unwrap()).unwrap();
    let store = &Stores::get().reporter_a;
    let credentials = Cast::by_secret((id, &secret), store);
    let reporter = world.cast.add(credentials, Pem::of(store).unwrap());
    world.cast.host.token(reporter, None).await.unwrap();
}

#[tokio::test]
async fn refusals_of_the_sts_are_typed_and_asked_for_once() {
    let world = World::new().await;
    let store = &Stores::get().reporter_a;
    let clients = &world.sandbox.settings()["otherClients"];
    let of = |name: &str| {
        let client = &clients[name];
        let secret = std::fs::read_to_string(client["clientSecretFile"].as_str().unwrap());
        (client["clientId"].as_str().unwrap(), secret.unwrap())
    };
    let known = world.sandbox.client().0;
    for ((id, secret), expected) in [
        (
            (known, "mistyped".to_owned()),
            TokenRefusal::WrongClientOrSecret,
        ),
        (
            ("nobody", "x".to_owned()),
            TokenRefusal::WrongClientOrSecret,
        ),
        (of("disabled"), TokenRefusal::WrongClientOrSecret),
        (of("noServiceAccount"), TokenRefusal::ServiceAccountDisabled),
    ] {
        world.sandbox.reset();
        let credentials = Cast::by_secret((id, &secret), store);
        let reporter = world.cast.add(credentials, Pem::of(store).unwrap());
        for _ in 0..2 {
            let failure = world
                .cast
                .host
                .call(reporter, &World::add_krav())
                .await
                .unwrap_err();
            assert_eq!(failure.certainty(), Certainty::NotProcessed);
            let error = failure.portal_error().unwrap();
            assert_eq!(error.kind(), ErrorKind::Credentials, "{id}: {error}");
            assert_eq!(error.token_refusal(), Some(expected), "{id}: {error}");
        }
        // The second one is answered from the session's memory of the refusal.
        assert_eq!(world.truth().await.token_requests(), 1, "{id}");
    }
}

#[tokio::test]
async fn an_employees_certificate_and_a_strange_adgangsprofil_are_refused() {
    let world = World::new().await;
    let employee = Stores::of(&pki().employee);
    let credentials = Cast::by_secret(world.sandbox.client(), &employee);
    let reporter = world.cast.add(credentials, Pem::of(&employee).unwrap());
    let failure = world.cast.host.token(reporter, None).await.unwrap_err();
    assert_credentials(&failure);

    let strange = skifteportal_sandbox::OTHER_ADGANGSPROFIL_ID
        .parse()
        .unwrap();
    let failure = world
        .cast
        .host
        .token(world.cast.system, Some(strange))
        .await;
    let failure = failure.unwrap_err();
    let error = failure.portal_error().unwrap();
    assert!(
        matches!(error.kind(), ErrorKind::Credentials | ErrorKind::Forbidden),
        "{error}"
    );
    // Reporter A's certificate is not registered on the likvidator's.
    let failure = world
        .cast
        .host
        .token(world.cast.reporter, Some(Cast::profil()))
        .await;
    assert!(failure.is_err());
}

fn assert_credentials(failure: &HostFailure) {
    let error = failure.portal_error().unwrap();
    assert_eq!(error.kind(), ErrorKind::Credentials, "{error}");
    assert_eq!(failure.certainty(), Certainty::NotProcessed);
}

#[tokio::test]
async fn every_style_of_pkcs12_is_read_and_opens_the_portal() {
    let world = World::new().await;
    let identity = &pki().reporter_b;
    let password = Secret::new(identity.password.as_str());
    for file in [
        identity.pkcs12.clone(),
        identity.pkcs12_legacy.clone(),
        identity.pkcs12_in(StoreStyle::Rc2).unwrap(),
    ] {
        let store = KeyStore::from_pkcs12(&file, &password).unwrap();
        let issuer = format!("https://{}.example", file.len());
        let by_key = Cast::by_key(&issuer, &store);
        let pem = Pem::of(&Stores::get().api_user).unwrap();
        let reporter = world.cast.add(by_key, pem);
        world.cast.host.token(reporter, None).await.unwrap();
    }
}

#[tokio::test]
async fn the_sandboxs_own_file_is_a_configuration() {
    let world = World::new().await;
    let config = Config::load(&world.sandbox.directory().join("sandbox.json")).unwrap();
    let parties: Vec<_> = config.reporters.iter().chain(&config.api_user).collect();
    assert_eq!(parties.len(), 3);
    let roots = config.roots().unwrap();
    for party in parties {
        let store = config.key_store(party).unwrap();
        let now = skifteportal_example::now();
        store.chain().verify(&roots, now).unwrap();
        assert!(!config.client_secret(party).unwrap().is_empty());
    }
    assert_eq!(config.environment().unwrap().token_url(), {
        let sysauth = world.sandbox.sysauth_url();
        format!("{sysauth}/realms/sts/protocol/openid-connect/token")
    });
}
