//! What a likvidator does with a delegated token: documents, sager, henvendelser.

use skifteportal::api::{dokumentlager, henvendelse, sagslager, BilagUpload};
use skifteportal::error::ErrorKind;
use skifteportal::model::{Henvendelse, HenvendelseDokument, Henvendelsestraad, SagsQuery};
use skifteportal::session::{Certainty, SessionError};
use skifteportal_e2e::{World, FAKTURA};
use skifteportal_example::HostFailure;
use skifteportal_sandbox::portal::seed;

fn letter(sag: &str) -> Henvendelsestraad {
    Henvendelsestraad {
        sag_id: Some(sag.parse().unwrap()),
        emneord: Some("Ring venligst".into()),
        henvendelser: Some(vec![Henvendelse {
            tekst: Some("Nyt i sagen?\n\n<b>Hilsen</b> & tak".into()),
            ..Henvendelse::default()
        }]),
        ..Henvendelsestraad::default()
    }
}

#[tokio::test]
async fn a_document_comes_back_byte_by_byte() {
    let world = World::new().await;
    let pdf = BilagUpload::new("redegørelse.pdf", FAKTURA);
    let add = dokumentlager::add_v2(pdf, &World::checks()).unwrap();
    let stored = world.cast.likvidator(&add).await.unwrap();
    assert_eq!(stored.stoerelse, Some(FAKTURA.len() as u64));
    assert_eq!(stored.medietype.as_deref(), Some("application/pdf"));
    let owner = stored.metadata.unwrap().oprettet_af_part_id;
    assert_eq!(owner.as_deref(), Some("30808460"));
    let id = stored.id.unwrap();
    let get = dokumentlager::get_fil(&id);
    let file = world.cast.likvidator(&get).await.unwrap();
    assert!(file.bytes == FAKTURA);
    assert_eq!(file.filnavn.as_deref(), Some("redegørelse.pdf"));
    // The direct token is of the same API user; reporter A's is not.
    let host = &world.cast.host;
    let direct = host.call(world.cast.system, &get).await.unwrap();
    assert!(direct.bytes == FAKTURA);
    let failure = world.call(&get).await.unwrap_err();
    assert_eq!(failure.portal_error().unwrap().kind(), ErrorKind::NotFound);
    assert_eq!(world.truth().await.documents(), 1);
}

#[tokio::test]
async fn a_henvendelse_is_sent_with_a_document_and_answered() {
    let world = World::new().await;
    let pdf = BilagUpload::new("redegørelse.pdf", FAKTURA);
    let add = dokumentlager::add_v2(pdf, &World::checks()).unwrap();
    let dokument_id = world.cast.likvidator(&add).await.unwrap().id;
    let mut traad = letter(seed::SAG_OPEN);
    traad.henvendelser.as_mut().unwrap()[0].dokumenter = Some(vec![HenvendelseDokument {
        dokument_id,
        filnavn: Some("redegørelse.pdf".into()),
        navn: Some("Redegørelse".into()),
        ..HenvendelseDokument::default()
    }]);
    let call = henvendelse::add_traad(&traad, &World::checks()).unwrap();
    let answer = world.cast.likvidator(&call).await.unwrap().unwrap();
    let get = henvendelse::get_traad(answer.id.as_ref().unwrap());
    let read = world.cast.likvidator(&get).await.unwrap();
    let letters = read.henvendelser.unwrap();
    assert_eq!(letters.len(), 2);
    let own = traad.henvendelser.unwrap();
    assert_eq!(letters[0].tekst, own[0].tekst);
    assert_eq!(letters[0].dokumenter, own[0].dokumenter);
    assert_eq!(letters[1].extra.get("afsender"), Some("\"RETTEN\""));
    assert!(letters[1]
        .tekst
        .as_ref()
        .unwrap()
        .raw()
        .contains("modtaget"));
    assert_eq!(world.truth().await.threads(), 1);
}

#[tokio::test]
async fn a_henvendelse_goes_out_for_the_appointed_likvidator_only() {
    let world = World::new().await;
    let send = henvendelse::add_traad(&letter(seed::SAG_OTHER), &World::checks()).unwrap();
    let failure = world.cast.likvidator(&send).await.unwrap_err();
    let error = failure.portal_error().unwrap();
    assert_eq!(error.kind(), ErrorKind::Forbidden, "{error}");
    assert_eq!(failure.certainty(), Certainty::NotProcessed);
    // Without an adgangsprofil nothing is sent at all.
    let failure = world.call(&send).await.unwrap_err();
    assert!(matches!(
        failure,
        HostFailure::Session(SessionError::AdgangsprofilNeeded { .. })
    ));
    let truth = world.truth().await;
    assert_eq!((truth.threads(), truth.exchanges()), (0, 1));
}

#[tokio::test]
async fn sager_are_searched_with_either_token_and_listed_by_who_asks() {
    let world = World::new().await;
    let by_cvr = SagsQuery {
        cvr_nummer: Some(seed::CVR_OPEN.parse().unwrap()),
        ..SagsQuery::default()
    };
    let search = sagslager::soeg_sager(&by_cvr, &World::checks()).unwrap();
    let direct = world.call(&search).await.unwrap();
    let delegated = world.cast.likvidator(&search).await.unwrap();
    assert_eq!(direct, delegated);
    assert_eq!(direct.total, Some(1));
    let sag = &direct.items[0];
    assert_eq!(sag.id.as_ref().unwrap().to_string(), seed::SAG_OPEN);
    let by_name = SagsQuery {
        virksomhedsnavn: Some("fiktiv".into()),
        ..SagsQuery::default()
    };
    let search = sagslager::soeg_sager(&by_name, &World::checks()).unwrap();
    assert_eq!(world.call(&search).await.unwrap().total, Some(3));

    let mine = sagslager::hent_sager();
    assert!(world.call(&mine).await.unwrap().items.is_empty());
    let likvidators = world.cast.likvidator(&mine).await.unwrap();
    assert_eq!(likvidators.total, Some(2));
}
