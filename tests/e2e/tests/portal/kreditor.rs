//! Krav and tilgodehavender against a company under compulsory dissolution.

use skifteportal::api::{dokumentlager, tvangsoploesning, BilagUpload};
use skifteportal::model::{SagId, TvangKrav, TvangTilgodehavende};
use skifteportal_e2e::{World, FAKTURA};
use skifteportal_sandbox::portal::seed;

fn sag() -> SagId {
    seed::SAG_OPEN.parse().unwrap()
}

#[tokio::test]
async fn a_krav_names_its_documents() {
    let world = World::new().await;
    let checks = World::checks();
    let mut ids = Vec::new();
    for name in ["faktura.pdf", "rykker.pdf"] {
        let upload = dokumentlager::add_v2(BilagUpload::new(name, FAKTURA), &checks).unwrap();
        ids.push(world.call(&upload).await.unwrap().id.unwrap());
    }
    let new = TvangKrav {
        beloeb: Some("123.00".parse().unwrap()),
        bilag: Some(ids.clone()),
        ..TvangKrav::default()
    };
    let add = tvangsoploesning::add_krav(&sag(), &new, &checks).unwrap();
    let filed = world.call(&add).await.unwrap();
    assert_eq!(filed.bilag.as_ref(), Some(&ids));
    let id = filed.id.clone().unwrap();
    let get = tvangsoploesning::get_krav(&sag(), &id);
    let mut read = world.call(&get).await.unwrap();
    assert_eq!(read, filed);
    assert_eq!(read.beloeb.unwrap().to_string(), "123.00");
    let truth = world.truth().await;
    assert_eq!(truth.count(seed::SAG_OPEN, "bilag"), 2);
    assert_eq!(truth.documents(), 2);

    read.bilag = Some(vec![ids[0].clone()]);
    let update = tvangsoploesning::update_krav(&sag(), &id, &read, &checks).unwrap();
    world.call(&update).await.unwrap();
    let all = tvangsoploesning::get_all_krav(&sag());
    assert_eq!(world.call(&all).await.unwrap()[0].bilag, read.bilag);
    let delete = tvangsoploesning::delete_krav(&sag(), &id);
    world.call(&delete).await.unwrap();
    assert_eq!(world.call(&get).await.unwrap().slettet, Some(true));
    assert_eq!(world.truth().await.count(seed::SAG_OPEN, "krav"), 1);
}

#[tokio::test]
async fn a_krav_with_another_ones_document_is_refused() {
    let world = World::new().await;
    let checks = World::checks();
    let upload = dokumentlager::add_v2(BilagUpload::new("a.pdf", FAKTURA), &checks).unwrap();
    let host = &world.cast.host;
    let foreign = host.call(world.cast.other, &upload).await.unwrap().id;
    let krav = TvangKrav {
        bilag: foreign.map(|id| vec![id]),
        ..TvangKrav::default()
    };
    let add = tvangsoploesning::add_krav(&sag(), &krav, &checks).unwrap();
    let failure = world.call(&add).await.unwrap_err();
    let code = failure.portal_error().unwrap().code();
    assert_eq!(code, "sandkasse.dokument.ukendt");
    assert_eq!(world.truth().await.count(seed::SAG_OPEN, "krav"), 0);
}

#[tokio::test]
async fn a_tilgodehavende_is_filed_read_changed_and_deleted() {
    let world = World::new().await;
    let checks = World::checks();
    let new = TvangTilgodehavende {
        beloeb: Some("0.05".parse().unwrap()),
        udbetalt: Some(false),
        ..TvangTilgodehavende::default()
    };
    let add = tvangsoploesning::add_tilgodehavende(&sag(), &new, &checks).unwrap();
    let filed = world.call(&add).await.unwrap();
    let id = filed.id.clone().unwrap();
    let get = tvangsoploesning::get_tilgodehavende(&sag(), &id);
    let mut read = world.call(&get).await.unwrap();
    assert_eq!(read, filed);
    read.beloeb = Some("0.10".parse().unwrap());
    let update = tvangsoploesning::update_tilgodehavende(&sag(), &id, &read, &checks).unwrap();
    let answered = world.call(&update).await.unwrap().unwrap();
    assert_eq!(answered.beloeb.unwrap().to_string(), "0.10");
    let all = tvangsoploesning::get_all_tilgodehavende(&sag());
    assert_eq!(world.call(&all).await.unwrap(), [answered]);
    let delete = tvangsoploesning::delete_tilgodehavende(&sag(), &id);
    world.call(&delete).await.unwrap();
    assert_eq!(world.call(&get).await.unwrap().slettet, Some(true));
    let truth = world.truth().await;
    assert_eq!(truth.count(seed::SAG_OPEN, "tilgodehavender"), 1);
}
