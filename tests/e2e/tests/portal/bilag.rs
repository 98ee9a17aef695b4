//! Bilag of every kind of filing, and their limits.

use skifteportal::api::{doedsbo, BilagUpload, Call, CallError, DownloadedFile};
use skifteportal::model::{
    Bilag, BilagId, Effektfortegnelse, Forespoergsel, Proformaopgoerelse, Tilgodehavende,
};
use skifteportal::pdf::Profile;
use skifteportal::rules::Checks;
use skifteportal::session::Certainty;
use skifteportal_e2e::{quick, World, FAKTURA, FAKTURA_MED_JAVASCRIPT, LAAST};
use skifteportal_example::safe_bilag;
use skifteportal_sandbox::portal::{seed, PortalOptions, Scanner};

/// Uploads, lists and downloads a bilag.
async fn round_trip(
    world: &World,
    upload: Call<Option<Bilag>>,
    list: Call<Vec<Bilag>>,
    download: impl Fn(&BilagId) -> Call<DownloadedFile>,
) {
    assert!(world.call(&list).await.unwrap().is_empty());
    let answered = world.call(&upload).await.unwrap().unwrap();
    let listed = world.call(&list).await.unwrap();
    assert_eq!(listed, [answered]);
    let name = listed[0].filnavn.as_ref().unwrap();
    assert_eq!(name.raw(), "Årsopgørelse \"2024\" – æ,ø,å.pdf");
    let id = listed[0].id.as_ref().unwrap();
    let file = world.call(&download(id)).await.unwrap();
    assert!(file.bytes == FAKTURA);
    assert_eq!(
        file.filnavn.as_deref(),
        Some("Årsopgørelse \"2024\" – æ,ø,å.pdf")
    );
    assert_eq!(file.content_type.as_deref(), Some("application/pdf"));
    let url = listed[0].relative_url().unwrap();
    assert!(url.ends_with(&id.to_string()), "{url}");
}

#[tokio::test]
async fn every_kind_of_filing_takes_and_returns_bilag() {
    let world = World::new().await;
    let (bo, checks) = (World::bo(), World::checks());
    let pdf = || BilagUpload::new("Årsopgørelse \"2024\" – æ,ø,å.pdf", FAKTURA);

    let id = world.filed().await;
    round_trip(
        &world,
        doedsbo::upload_krav_bilag(&bo, &id, pdf(), &checks).unwrap(),
        doedsbo::list_krav_bilag(&bo, &id),
        |bilag| doedsbo::download_krav_bilag(&bo, &id, bilag),
    )
    .await;

    let new = Tilgodehavende::default();
    let add = doedsbo::add_tilgodehavende(&bo, &new, &checks).unwrap();
    let id = world.call(&add).await.unwrap().id.unwrap();
    round_trip(
        &world,
        doedsbo::upload_tilgodehavende_bilag(&bo, &id, pdf(), &checks).unwrap(),
        doedsbo::list_tilgodehavende_bilag(&bo, &id),
        |bilag| doedsbo::download_tilgodehavende_bilag(&bo, &id, bilag),
    )
    .await;

    let new = Effektfortegnelse {
        bemaerkning: Some("En kuffert".into()),
        ..Effektfortegnelse::default()
    };
    let add = doedsbo::add_effektfortegnelse(&bo, &new, &checks).unwrap();
    let id = world.call(&add).await.unwrap().id.unwrap();
    round_trip(
        &world,
        doedsbo::upload_effektfortegnelse_bilag(&bo, &id, pdf(), &checks).unwrap(),
        doedsbo::list_effektfortegnelse_bilag(&bo, &id),
        |bilag| doedsbo::download_effektfortegnelse_bilag(&bo, &id, bilag),
    )
    .await;

    let new = Forespoergsel {
        bekraeftet: Some(true),
        ..Forespoergsel::default()
    };
    let add = doedsbo::add_forespoergsel(&bo, &new, &checks).unwrap();
    let id = world.call(&add).await.unwrap().id.unwrap();
    round_trip(
        &world,
        doedsbo::upload_forespoergsel_bilag(&bo, &id, pdf(), &checks).unwrap(),
        doedsbo::list_forespoergsel_bilag(&bo, &id),
        |bilag| doedsbo::download_forespoergsel_bilag(&bo, &id, bilag),
    )
    .await;

    let new = Proformaopgoerelse {
        bekraeftet: Some(true),
        ..Proformaopgoerelse::default()
    };
    let add = doedsbo::add_proformaopgoerelse(&bo, &new, &checks).unwrap();
    let id = world.call(&add).await.unwrap().id.unwrap();
    round_trip(
        &world,
        doedsbo::upload_proformaopgoerelse_bilag(&bo, &id, pdf(), &checks).unwrap(),
        doedsbo::list_proformaopgoerelse_bilag(&bo, &id),
        |bilag| doedsbo::download_proformaopgoerelse_bilag(&bo, &id, bilag),
    )
    .await;
    assert_eq!(world.truth().await.count(seed::BO_OPEN, "bilag"), 5);
}

#[tokio::test]
async fn the_twenty_first_bilag_is_refused_with_the_limit() {
    let portal = PortalOptions {
        scanner: Scanner::BuiltIn,
        ..PortalOptions::default()
    };
    let world = World::with(portal, quick()).await;
    let (bo, id) = (World::bo(), world.filed().await);
    let upload = || {
        let pdf = BilagUpload::new("faktura.pdf", FAKTURA);
        doedsbo::upload_krav_bilag(&bo, &id, pdf, &World::checks()).unwrap()
    };
    for _ in 0..20 {
        world.call(&upload()).await.unwrap();
    }
    let failure = world.call(&upload()).await.unwrap_err();
    let error = failure.portal_error().unwrap();
    assert_eq!(error.code(), "doedsbo.f19");
    assert_eq!(error.bilag_count_limit(), Some(20));
    assert_eq!(failure.certainty(), Certainty::NotProcessed);
    assert_eq!(world.truth().await.count(seed::BO_OPEN, "bilag"), 20);
}

#[tokio::test]
async fn a_bilag_that_is_too_large_is_refused_with_size_and_limit() {
    let portal = PortalOptions {
        max_bilag_bytes: FAKTURA.len() - 1,
        ..PortalOptions::default()
    };
    let world = World::with(portal, quick()).await;
    let (bo, id) = (World::bo(), world.filed().await);
    let pdf = BilagUpload::new("faktura.pdf", FAKTURA);
    let upload = doedsbo::upload_krav_bilag(&bo, &id, pdf, &World::checks()).unwrap();
    let failure = world.call(&upload).await.unwrap_err();
    let error = failure.portal_error().unwrap();
    assert_eq!(error.code(), "doedsbo.f18");
    let limit = error.bilag_limit().unwrap();
    assert_eq!(digits(&limit.actual), FAKTURA.len().to_string());
    assert_eq!(digits(&limit.limit), (FAKTURA.len() - 1).to_string());
    assert_eq!(world.truth().await.count(seed::BO_OPEN, "bilag"), 0);
}

fn digits(text: &str) -> String {
    text.chars().filter(char::is_ascii_digit).collect()
}

#[tokio::test]
async fn unsafe_locked_and_false_pdfs_are_refused_by_their_codes() {
    let world = World::new().await;
    let (bo, id) = (World::bo(), world.filed().await);
    for (content, code) in [
        (&b"MZ, not a PDF file"[..], "doedsbo.f24"),
        (FAKTURA_MED_JAVASCRIPT, "doedsbo.f25"),
        (LAAST, "doedsbo.f29"),
    ] {
        let pdf = BilagUpload::new("faktura.pdf", content);
        let upload = doedsbo::upload_krav_bilag(&bo, &id, pdf, &Checks::none()).unwrap();
        let failure = world.call(&upload).await.unwrap_err();
        assert_eq!(failure.portal_error().unwrap().code(), code);
        assert_eq!(failure.certainty(), Certainty::NotProcessed);
    }
    assert_eq!(world.truth().await.count(seed::BO_OPEN, "bilag"), 0);
}

#[tokio::test]
async fn what_is_refused_is_told_before_and_accepted_once_sanitised() {
    let world = World::new().await;
    let (bo, id) = (World::bo(), world.filed().await);
    let profile = Profile::portal();
    for (content, code) in [
        (&b"MZ, not a PDF file"[..], "doedsbo.f24"),
        (FAKTURA_MED_JAVASCRIPT, "doedsbo.f25"),
        (LAAST, "doedsbo.f29"),
    ] {
        let refused = BilagUpload::checked("faktura.pdf", content, &profile).unwrap_err();
        let CallError::Pdf { report } = refused else {
            panic!("{refused}")
        };
        assert_eq!(report.codes(), [code]);
    }
    let (pdf, told) = safe_bilag("faktura.pdf", FAKTURA_MED_JAVASCRIPT.to_vec()).unwrap();
    assert_eq!(told.len(), 1);
    let upload = doedsbo::upload_krav_bilag(&bo, &id, pdf, &Checks::none()).unwrap();
    world.call(&upload).await.unwrap();
    let (pdf, told) = safe_bilag("faktura.pdf", FAKTURA.to_vec()).unwrap();
    assert!(pdf.bytes == FAKTURA && told.is_empty());
    assert!(safe_bilag("faktura.pdf", LAAST.to_vec()).is_err());
    assert_eq!(world.truth().await.count(seed::BO_OPEN, "bilag"), 1);
}
