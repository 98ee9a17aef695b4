//! A krav from its filing to its deletion.

use skifteportal::api::doedsbo;
use skifteportal::error::ErrorKind;
use skifteportal::model::{CprNummer, Krav};
use skifteportal::secret::Secret;
use skifteportal::session::Certainty;
use skifteportal_e2e::{environment, pki, Stores, World, FAKTURA};
use skifteportal_example::{file_a_claim, set_up};
use skifteportal_sandbox::portal::seed;

#[tokio::test]
async fn a_krav_is_filed_read_changed_and_deleted() {
    let world = World::new().await;
    let bo = World::bo();
    let filed = world.call(&World::add_krav()).await.unwrap();
    let id = filed.id.clone().unwrap();
    let receipt = filed.kvittering.as_ref().unwrap();
    assert_eq!(receipt.kode.as_deref(), Some("K1"));
    assert_eq!(filed.rettidigt, Some(true));
    assert_eq!(filed.har_bilag, Some(false));
    let company = filed.indberetter.as_ref().unwrap().virksomhed.as_ref();
    let cvr = company.unwrap().cvr_nummer.as_ref().unwrap();
    assert_eq!(cvr.to_string(), "11111111");

    let mut read = world.call(&doedsbo::get_krav(&bo, &id)).await.unwrap();
    assert_eq!(read, filed);
    read.endeligt = Some(true);
    read.beloeb = Some("99.50".parse().unwrap());
    let update = doedsbo::update_krav(&bo, &id, &read, &World::checks()).unwrap();
    let answered = world.call(&update).await.unwrap().unwrap();
    let all = world.call(&doedsbo::get_all_krav(&bo)).await.unwrap();
    assert_eq!(all, [answered]);
    assert_eq!(all[0].endeligt, Some(true));
    assert_eq!(all[0].beloeb.unwrap().to_string(), "99.50");

    world.call(&doedsbo::delete_krav(&bo, &id)).await.unwrap();
    let gone = world.call(&doedsbo::get_krav(&bo, &id)).await.unwrap();
    assert_eq!(gone.slettet, Some(true));
    let truth = world.truth().await;
    assert_eq!(truth.count(seed::BO_OPEN, "krav"), 1);
    assert_eq!(truth.count(seed::BO_OPEN, "slettede"), 1);
    assert_eq!(truth.token_requests(), 1);
}

#[tokio::test]
async fn amounts_and_unknown_members_come_back_as_they_went() {
    let world = World::new().await;
    let bo = World::bo();
    for beloeb in ["123.00", "0.10", "12345678901234567890.12", "100"] {
        let mut krav = Krav {
            beloeb: Some(beloeb.parse().unwrap()),
            ..World::krav()
        };
        let unknown = r#"{"a":[1.50,{"b":null}],"tal":12345678901234567890.000}"#;
        krav.extra.set("ukendtMedlem", unknown).unwrap();
        let add = doedsbo::add_krav(&bo, &krav, &World::checks()).unwrap();
        let id = world.call(&add).await.unwrap().id.unwrap();
        let read = world.call(&doedsbo::get_krav(&bo, &id)).await.unwrap();
        assert_eq!(read.beloeb.unwrap().to_string(), beloeb);
        assert_eq!(read.extra.get("ukendtMedlem"), Some(unknown));
        // Read, changed in another place and sent back whole: nothing is lost on the way.
        let mut changed = read;
        changed.endeligt = Some(true);
        let update = doedsbo::update_krav(&bo, &id, &changed, &World::checks()).unwrap();
        world.call(&update).await.unwrap();
        let again = world.call(&doedsbo::get_krav(&bo, &id)).await.unwrap();
        assert_eq!(again.beloeb.unwrap().to_string(), beloeb);
        assert_eq!(again.extra.get("ukendtMedlem"), Some(unknown));
    }
}

#[tokio::test]
async fn the_readmes_function_files_one_claim_with_one_bilag() {
    let world = World::new().await;
    let cpr = CprNummer::new(seed::CPR_OPEN).unwrap();
    let (bo, filed) = file_a_claim(
        &world.cast.host,
        world.cast.by_assertion,
        cpr,
        World::krav(),
        FAKTURA.to_vec(),
    )
    .await
    .unwrap();
    assert_eq!(bo, World::bo());
    let id = filed.id.unwrap();
    let read = world.call(&doedsbo::get_krav(&World::bo(), &id)).await;
    assert_eq!(read.unwrap().har_bilag, Some(true));
    let truth = world.truth().await;
    assert_eq!(truth.count(seed::BO_OPEN, "krav"), 1);
    assert_eq!(truth.count(seed::BO_OPEN, "bilag"), 1);
}

#[tokio::test]
async fn the_readmes_host_is_set_up_from_a_file_and_a_secret() {
    let world = World::new().await;
    let reporter_a = &pki().reporter_a;
    let (client_id, secret) = world.sandbox.client();
    let (host, reporter) = set_up(
        environment(&world.sandbox),
        Some(Stores::get().trusted.as_bytes()),
        &reporter_a.pkcs12,
        &Secret::new(reporter_a.password.clone()),
        client_id,
        Secret::new(secret),
    )
    .unwrap();
    let filed = host.call(reporter, &World::add_krav()).await.unwrap();
    assert!(filed.id.is_some());
    let truth = world.truth().await;
    assert_eq!(truth.count(seed::BO_OPEN, "krav"), 1);
    assert_eq!(truth.token_requests(), 1);
}

#[tokio::test]
async fn what_another_company_filed_is_hidden_and_cannot_be_changed() {
    let world = World::new().await;
    let (bo, id) = (World::bo(), world.filed().await);
    let (host, other) = (&world.cast.host, world.cast.other);
    let look = host.call(other, &doedsbo::get_krav(&bo, &id)).await;
    let update = doedsbo::update_krav(&bo, &id, &World::krav(), &World::checks()).unwrap();
    let change = host.call(other, &update).await;
    let delete = host.call(other, &doedsbo::delete_krav(&bo, &id)).await;
    for (result, kind) in [
        (look.map(drop), ErrorKind::NotFound),
        (change.map(drop), ErrorKind::Forbidden),
        (delete, ErrorKind::Forbidden),
    ] {
        let failure = result.unwrap_err();
        assert_eq!(failure.portal_error().unwrap().kind(), kind, "{failure}");
        assert_eq!(failure.certainty(), Certainty::NotProcessed);
    }
    let seen = host.call(other, &doedsbo::get_all_krav(&bo)).await.unwrap();
    assert!(seen.is_empty());

    world.call(&doedsbo::delete_krav(&bo, &id)).await.unwrap();
    let failure = world.call(&update).await.unwrap_err();
    assert_eq!(failure.portal_error().unwrap().kind(), ErrorKind::Conflict);
}
