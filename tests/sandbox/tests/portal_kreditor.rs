//! Krav and tilgodehavender on sager about tvangsopløsning.

mod portal_support;

use portal_support::{code, direct, likvidator, Sandbox, CVR};
use serde_json::json;
use skifteportal_sandbox::portal::seed::{
    LIKVIDATOR_CVR, REPORTER_B, SAG_CLOSED, SAG_OPEN, SAG_OTHER,
};

fn at(sag: &str, segment: &str) -> String {
    format!("/tvangsoploesning-dirigent-kreditor/sager/{sag}/{segment}")
}

#[tokio::test]
async fn both_kinds_follow_the_pattern() {
    let sandbox = Sandbox::new();
    for segment in ["krav", "tilgodehavender"] {
        let path = at(SAG_OPEN, segment);
        let payload = r#"{"beloeb":1234.50,"nyt":[1.0]}"#;
        let added = sandbox.post(&path, payload).await;
        assert_eq!(added.status, 201);
        assert!(added.text().contains(r#""beloeb":1234.50,"nyt":[1.0]"#));
        assert_eq!(
            added.json()["indberetter"]["virksomhed"]["cvrNummer"],
            json!(CVR)
        );
        let one = format!("{path}/{}", added.id());
        assert_eq!(sandbox.get(&one).await.json(), added.json());
        assert_eq!(sandbox.get(&path).await.json(), json!([added.json()]));
        assert_eq!(
            sandbox.put(&one, r#"{"beloeb":1}"#).await.json()["beloeb"],
            json!(1)
        );
        assert_eq!(
            sandbox
                .call(direct("99999999"), "GET", &one, "")
                .await
                .status,
            404
        );
        assert_eq!(
            sandbox
                .call(direct("99999999"), "DELETE", &one, "")
                .await
                .status,
            403
        );
        assert_eq!(sandbox.delete(&one).await.status, 204);
        assert_eq!(sandbox.delete(&one).await.status, 204);
        assert_eq!(sandbox.get(&one).await.json()["slettet"], json!(true));
    }
    let counts = &sandbox.portal.counts()[SAG_OPEN];
    assert_eq!(
        (counts.krav, counts.tilgodehavender, counts.slettede),
        (1, 1, 2)
    );
}

#[tokio::test]
async fn refers_to_documents_of_the_caller() {
    let sandbox = Sandbox::new();
    let path = at(SAG_OPEN, "krav");
    let own = sandbox.document(direct(CVR)).await;
    let foreign = sandbox.document(direct("99999999")).await;
    let added = sandbox
        .post(&path, &json!({"bilag": [own]}).to_string())
        .await;
    let entity = added.json();
    assert_eq!(
        (&entity["bilag"], &entity["harBilag"]),
        (&json!([own]), &json!(true))
    );
    let answer = sandbox
        .post(&path, &json!({"bilag": [own, foreign]}).to_string())
        .await;
    assert_eq!(answer.refusal(), code("sandkasse.dokument.ukendt"));
    for bad in [r#"{"bilag":"x"}"#, r#"{"bilag":[1]}"#] {
        let answer = sandbox.post(&path, bad).await;
        assert_eq!(answer.refusal(), code("handling.mapning.fejlet"), "{bad}");
    }
    assert_eq!(sandbox.portal.counts()[SAG_OPEN].krav, 1);
}

#[tokio::test]
async fn answers_the_codes_of_registrations() {
    let sandbox = Sandbox::new();
    let afsluttet = "sag.registrering.sag.afsluttet";
    for (sag, segment, payload, expected) in [
        (SAG_CLOSED, "krav", "{}", afsluttet),
        (SAG_CLOSED, "tilgodehavender", "{}", afsluttet),
        (
            SAG_OPEN,
            "krav",
            r#"{"opgjortdato":"2999-01-01"}"#,
            "sag.registrering.krav.opgjortdato.fremtidig",
        ),
        (
            SAG_OPEN,
            "tilgodehavender",
            r#"{"udbetaltdato":"2999-01-01"}"#,
            "sag.registrering.tilgodehavende.udbetaltdato.fremtidig",
        ),
        (
            SAG_OTHER,
            "krav",
            r#"{"tredjepart":{"type":"ANDEN","anden":{}}}"#,
            "sag.registrering.tredjepart.anden.tom",
        ),
        (
            SAG_OPEN,
            "krav",
            r#"{"beloeb":"meget"}"#,
            "handling.mapning.fejlet",
        ),
        (
            SAG_OPEN,
            "krav",
            r#"{"opgjortdato":"i går"}"#,
            "handling.mapning.fejlet",
        ),
    ] {
        let answer = sandbox.post(&at(sag, segment), payload).await;
        assert_eq!(answer.refusal(), code(expected), "{payload}");
    }
    let text = |answer: portal_support::Answer| answer.besked();
    let closed = text(sandbox.post(&at(SAG_CLOSED, "tilgodehavender"), "{}").await);
    assert_eq!(
        closed,
        "Tilgodehavende kan ikke registreres på sagen, da sagen er afsluttet"
    );
    let mapping = text(
        sandbox
            .post(&at(SAG_OPEN, "krav"), r#"{"beloeb":"x"}"#)
            .await,
    );
    assert_eq!(
        mapping,
        "Fejlet mapning af attribut: beloeb. Fejl: et tal var ventet"
    );
}

#[tokio::test]
async fn a_likvidator_registers_nothing() {
    let sandbox = Sandbox::new();
    let path = at(SAG_OPEN, "krav");
    let with_delegated = sandbox.call(likvidator(), "POST", &path, "{}").await;
    assert_eq!(
        with_delegated.refusal(),
        (403, "sandkasse.token.direkte".into())
    );
    let expected = "sag.registrering.bruger.maa.ikke.vaere.likvidator";
    for (sag, company) in [(SAG_OPEN, LIKVIDATOR_CVR), (SAG_OTHER, REPORTER_B)] {
        let own = sandbox
            .call(direct(company), "POST", &at(sag, "krav"), "{}")
            .await;
        assert_eq!(own.refusal(), code(expected));
    }
    let elsewhere = sandbox.call(direct(REPORTER_B), "POST", &path, "{}").await;
    assert_eq!(elsewhere.status, 201);
    assert_eq!(sandbox.call(None, "POST", &path, "{}").await.status, 401);
}
