//! Letters of a likvidator to the court.

mod portal_support;

use portal_support::{code, delegated, direct, likvidator, Sandbox, CVR};
use serde_json::json;
use skifteportal_sandbox::portal::seed::{SAG_CLOSED, SAG_OPEN, SAG_OTHER};

const PATH: &str = "/henvendelseTraade";

fn letter(sag: &str, document: &str) -> String {
    json!({
        "sagId": sag,
        "emneord": "Ring venligst",
        "henvendelser": [{
            "tekst": "Jeg vil gerne snarest kontaktes.\n\nMed venlig hilsen\nLikvidator",
            "dokumenter": [{
                "dokumentId": document,
                "filnavn": "Henvendelsesbilag.pdf",
                "navn": "Min henvendelse vedrørende sag 147"
            }]
        }]
    })
    .to_string()
}

#[tokio::test]
async fn starts_a_thread_and_reads_the_answer() {
    let sandbox = Sandbox::new();
    let document = sandbox.document(likvidator()).await;
    let payload = letter(SAG_OPEN, &document);
    let added = sandbox.call(likvidator(), "POST", PATH, &payload).await;
    assert_eq!(added.status, 201);
    let thread = added.json();
    assert_eq!(
        (&thread["sagId"], &thread["emneord"]),
        (&json!(SAG_OPEN), &json!("Ring venligst"))
    );
    let sent = &thread["henvendelser"][0];
    assert_eq!(sent["dokumenter"][0]["dokumentId"], json!(document));
    assert_eq!(thread["henvendelser"].as_array().unwrap().len(), 1);

    let path = format!("{PATH}/{}?sagId={SAG_OPEN}", added.id());
    let fetched = sandbox.call(likvidator(), "GET", &path, "").await.json();
    assert_eq!(&fetched["henvendelser"][0], sent);
    assert_eq!(fetched["henvendelser"][1]["afsender"], json!("RETTEN"));
}

#[tokio::test]
async fn only_the_appointed_likvidator_writes() {
    let sandbox = Sandbox::new();
    let payload = |sag: &str| json!({"sagId": sag, "henvendelser": [{"tekst": "x"}]}).to_string();
    let post = |caller, body: String| {
        let sandbox = &sandbox;
        async move { sandbox.call(caller, "POST", PATH, &body).await }
    };
    let wrong_kind = post(direct(CVR), payload(SAG_OPEN)).await;
    assert_eq!(
        wrong_kind.refusal(),
        (403, "sandkasse.token.delegeret".into())
    );
    let elsewhere = post(likvidator(), payload(SAG_OTHER)).await;
    assert_eq!(
        elsewhere.refusal(),
        (403, "sandkasse.ikke.likvidator".into())
    );
    let stranger = delegated("00000000-0000-4000-8000-000000000000");
    assert_eq!(post(stranger.clone(), payload(SAG_OPEN)).await.status, 403);
    let closed = post(likvidator(), payload(SAG_CLOSED)).await;
    assert_eq!(closed.refusal(), code("sag.allerede.afsluttet"));
    let unknown = post(
        likvidator(),
        payload("00000000-0000-4000-8000-000000000000"),
    )
    .await;
    assert_eq!(unknown.status, 404);

    let thread = post(likvidator(), payload(SAG_OPEN)).await.id();
    let get = |caller, path: String| {
        let sandbox = &sandbox;
        async move { sandbox.call(caller, "GET", &path, "").await.refusal() }
    };
    let missing = (404, "sag.henvendelse.traad.findes.ikke".to_owned());
    assert_eq!(get(stranger, format!("{PATH}/{thread}")).await, missing);
    assert_eq!(get(likvidator(), format!("{PATH}/unknown")).await, missing);
    let other_sag = get(likvidator(), format!("{PATH}/{thread}?sagId={SAG_OTHER}")).await;
    assert_eq!(other_sag, code("sag.henvendelse.traad.findes.ikke.paa.sag"));
}

#[tokio::test]
async fn malformed_letters_and_foreign_documents() {
    let sandbox = Sandbox::new();
    let foreign = sandbox.document(direct(CVR)).await;
    let answer = sandbox
        .call(likvidator(), "POST", PATH, &letter(SAG_OPEN, &foreign))
        .await;
    assert_eq!(answer.refusal(), code("sandkasse.dokument.ukendt"));
    for bad in [
        json!({}),
        json!({"sagId": 1}),
        json!({"sagId": SAG_OPEN}),
        json!({"sagId": SAG_OPEN, "henvendelser": []}),
        json!({"sagId": SAG_OPEN, "henvendelser": ["x"]}),
        json!({"sagId": SAG_OPEN, "henvendelser": [{"tekst": ""}]}),
        json!({"sagId": SAG_OPEN, "henvendelser": [{"tekst": "x", "dokumenter": [{}]}]}),
        json!({"sagId": SAG_OPEN, "henvendelser": [{"tekst": "x", "dokumenter": "y"}]}),
    ] {
        let answer = sandbox
            .call(likvidator(), "POST", PATH, &bad.to_string())
            .await;
        assert_eq!(answer.refusal(), code("handling.mapning.fejlet"), "{bad}");
    }
}
