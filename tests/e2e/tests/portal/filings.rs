//! The other filings on a dødsbo: tilgodehavende, effektfortegnelse, forespørgsel,
//! proformaopgørelse.

use skifteportal::api::doedsbo;
use skifteportal::model::{
    Dato, Effekt, Effektfortegnelse, Forespoergsel, Proformaopgoerelse, Tilgodehavende,
};
use skifteportal_e2e::World;
use skifteportal_example::now;
use skifteportal_sandbox::portal::seed;

#[tokio::test]
async fn a_tilgodehavende_is_filed_read_changed_and_deleted() {
    let world = World::new().await;
    let (bo, checks) = (World::bo(), World::checks());
    let new = Tilgodehavende {
        beloeb: Some("5000.25".parse().unwrap()),
        titel: Some("Husleje".into()),
        udbetalt: Some(false),
        ..Tilgodehavende::default()
    };
    let add = doedsbo::add_tilgodehavende(&bo, &new, &checks).unwrap();
    let filed = world.call(&add).await.unwrap();
    let id = filed.id.clone().unwrap();
    let get = doedsbo::get_tilgodehavende(&bo, &id);
    let mut read = world.call(&get).await.unwrap();
    assert_eq!(read, filed);
    read.udbetalt = Some(true);
    read.udbetaltdato = Some(Dato::in_denmark(now()));
    let update = doedsbo::update_tilgodehavende(&bo, &id, &read, &checks).unwrap();
    let answered = world.call(&update).await.unwrap().unwrap();
    assert_eq!(answered.udbetalt, Some(true));
    let all = doedsbo::get_all_tilgodehavende(&bo);
    assert_eq!(world.call(&all).await.unwrap(), [answered]);
    let delete = doedsbo::delete_tilgodehavende(&bo, &id);
    world.call(&delete).await.unwrap();
    assert_eq!(world.call(&get).await.unwrap().slettet, Some(true));
    let truth = world.truth().await;
    assert_eq!(truth.count(seed::BO_OPEN, "tilgodehavender"), 1);
    assert_eq!(truth.count(seed::BO_OPEN, "slettede"), 1);
}

#[tokio::test]
async fn an_effektfortegnelse_is_filed_read_changed_and_deleted() {
    let world = World::new().await;
    let (bo, checks) = (World::bo(), World::checks());
    let new = Effektfortegnelse {
        effekter: Some(vec![Effekt {
            kategori: Some("MOEBLER".into()),
            beskrivelse: Some("Et skrivebord & en stol".into()),
            ..Effekt::default()
        }]),
        modtagelsesdato: Some("2024-02-29".parse().unwrap()),
        ..Effektfortegnelse::default()
    };
    let add = doedsbo::add_effektfortegnelse(&bo, &new, &checks).unwrap();
    let filed = world.call(&add).await.unwrap();
    let id = filed.id.clone().unwrap();
    let get = doedsbo::get_effektfortegnelse(&bo, &id);
    let mut read = world.call(&get).await.unwrap();
    assert_eq!(read, filed);
    assert_eq!(read.effekter, new.effekter);
    read.bemaerkning = Some("Afhentes".into());
    let update = doedsbo::update_effektfortegnelse(&bo, &id, &read, &checks).unwrap();
    let answered = world.call(&update).await.unwrap().unwrap();
    let all = doedsbo::get_all_effektfortegnelse(&bo);
    assert_eq!(world.call(&all).await.unwrap(), [answered]);
    let delete = doedsbo::delete_effektfortegnelse(&bo, &id);
    world.call(&delete).await.unwrap();
    assert_eq!(world.call(&get).await.unwrap().slettet, Some(true));
    let truth = world.truth().await;
    assert_eq!(truth.count(seed::BO_OPEN, "effektfortegnelser"), 1);
}

#[tokio::test]
async fn a_forespoergsel_is_filed_and_read() {
    let world = World::new().await;
    let bo = World::bo();
    let new = Forespoergsel {
        bekraeftet: Some(true),
        beskrivelse: Some("Hvem er boets kontakt?".into()),
        ..Forespoergsel::default()
    };
    let add = doedsbo::add_forespoergsel(&bo, &new, &World::checks()).unwrap();
    let filed = world.call(&add).await.unwrap();
    let get = doedsbo::get_forespoergsel(&bo, filed.id.as_ref().unwrap());
    assert_eq!(world.call(&get).await.unwrap(), filed);
    let all = doedsbo::get_all_forespoergsel(&bo);
    assert_eq!(world.call(&all).await.unwrap(), [filed]);
    let truth = world.truth().await;
    assert_eq!(truth.count(seed::BO_OPEN, "forespoergsler"), 1);
}

#[tokio::test]
async fn a_proformaopgoerelse_is_filed_and_read() {
    let world = World::new().await;
    let bo = World::bo();
    let new = Proformaopgoerelse {
        bekraeftet: Some(true),
        ..Proformaopgoerelse::default()
    };
    let add = doedsbo::add_proformaopgoerelse(&bo, &new, &World::checks()).unwrap();
    let filed = world.call(&add).await.unwrap();
    let get = doedsbo::get_proformaopgoerelse(&bo, filed.id.as_ref().unwrap());
    assert_eq!(world.call(&get).await.unwrap(), filed);
    let all = doedsbo::get_all_proformaopgoerelse(&bo);
    assert_eq!(world.call(&all).await.unwrap(), [filed]);
    let truth = world.truth().await;
    assert_eq!(truth.count(seed::BO_OPEN, "proformaopgoerelser"), 1);
}
