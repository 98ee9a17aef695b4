//! Search of dødsboer.

mod portal_support;

use portal_support::{code, direct, likvidator, Sandbox, CVR};
use serde_json::json;
use skifteportal_sandbox::portal::seed::{BO_OPEN, BO_PASSED, CPR_OPEN};

#[tokio::test]
async fn answers_the_guides_example() {
    let answer = Sandbox::new()
        .post("/doedsbojournaler", r#"{"cprNummer":"4634875520"}"#)
        .await;
    assert_eq!(answer.status, 200);
    assert_eq!(answer.header("x-total-count"), "1");
    assert_eq!(answer.header("content-type"), "application/json");
    let expected = json!([{
        "id": "e25d84d3-7aec-4361-84da-93125cb83f08",
        "oprettelsestidspunkt": "2022-06-15T07:14:50.6432001Z",
        "redigeringstidspunkt": "2022-06-15T07:14:50.7475822Z",
        "afdoede": {
            "personId": "6dc24b2e-0097-4ec4-b7f5-d75edb7547ea",
            "navn": "Erlinda Hills",
            "foedselsdato": "1923-06-10",
            "adresse": {
                "id": "5d7a5811-d837-4eeb-88f1-71d22bc11153",
                "adresselinje": "Ved Ringen 1",
                "postnummer": "4000",
                "by": "Roskilde"
            },
            "erNavnAdresseBeskyttet": false
        },
        "retskredsId": "1183",
        "skifteform": {"skifteform": "USKIFTET_BO", "udleveringsdato": "2022-06-15"},
        "kontaktperson": {
            "part": {
                "type": "PERSON",
                "person": {"personId": "e37eef41-5493-4ccf-b16d-33f7a80a78e2"}
            }
        },
        "vigtigeDatoer": {"doedsdato": "2014-12-11", "boUdleveret": "2022-06-15"}
    }]);
    assert_eq!(answer.json(), expected);
    assert!(!answer.text().contains(CPR_OPEN));
}

#[tokio::test]
async fn finds_nothing_for_an_unknown_number() {
    let answer = Sandbox::new()
        .post("/doedsbojournaler", r#"{"cprNummer":"0000000000"}"#)
        .await;
    assert_eq!(
        (answer.status.as_u16(), answer.header("x-total-count")),
        (200, "0")
    );
    assert_eq!(answer.json(), json!([]));
}

#[tokio::test]
async fn f1_and_f2() {
    let sandbox = Sandbox::new();
    let both = r#"{"cprNummer":"4634875520","navn":"Erlinda Hills"}"#;
    let answer = sandbox.post("/doedsbojournaler", both).await;
    assert_eq!(answer.refusal(), code("doedsbo.f1"));
    assert_eq!(
        answer.besked(),
        "CPR-nr. må ikke kombineres med andre parametre"
    );
    for neither in ["{}", r#"{"navn":"Erlinda Hills"}"#, r#"{"cprNummer":null}"#] {
        let answer = sandbox.post("/doedsbojournaler", neither).await;
        assert_eq!(answer.refusal(), code("doedsbo.f2"), "{neither}");
    }
}

#[tokio::test]
async fn pages_and_sorts_by_name_and_address() {
    let sandbox = Sandbox::new();
    let query =
        r#"{"navn":"testine fiktiv","adresse":{"adresselinje":"Prøvevej 3","postnummer":"4000"}}"#;
    let all = sandbox
        .post("/doedsbojournaler?sort=foedselsdato&direction=DESC", query)
        .await;
    assert_eq!(all.header("x-total-count"), "2");
    let born = |index: usize, answer: &portal_support::Answer| {
        answer.json()[index]["afdoede"]["foedselsdato"]
            .as_str()
            .unwrap()
            .to_owned()
    };
    assert_eq!(
        (born(0, &all), born(1, &all)),
        ("1968-04-05".into(), "1940-10-31".into())
    );
    let second = sandbox
        .post(
            "/doedsbojournaler?page=1&size=1&sort=foedselsdato&direction=asc",
            query,
        )
        .await;
    assert_eq!(
        (
            second.header("x-total-count"),
            second.json().as_array().unwrap().len()
        ),
        ("2", 1)
    );
    assert_eq!(born(0, &second), "1968-04-05");
    let beyond = sandbox
        .post(
            "/doedsbojournaler?page=18446744073709551615&size=100",
            query,
        )
        .await;
    assert_eq!(
        (beyond.header("x-total-count"), beyond.json()),
        ("2", json!([]))
    );
    for bad in [
        "page=-1",
        "page=x",
        "size=0",
        "size=101",
        "sort=cpr",
        "direction=op",
    ] {
        let answer = sandbox
            .post(&format!("/doedsbojournaler?{bad}"), query)
            .await;
        assert_eq!(answer.refusal(), code("sandkasse.query"), "{bad}");
    }
}

#[tokio::test]
async fn tells_what_has_changed_since() {
    let sandbox = Sandbox::new();
    let path = "/doedsbojournaler/aendringer";
    let query = |since: &str| {
        json!({"doedsbojournalIder": [BO_OPEN, BO_PASSED], "tidspunkt": since}).to_string()
    };
    let all = sandbox.post(path, &query("2020-01-01T00:00:00Z")).await;
    assert_eq!(
        (all.status.as_u16(), all.header("x-total-count")),
        (200, "2")
    );
    let since = query("2022-06-15T09:14:50.8+02:00");
    assert_eq!(sandbox.post(path, &since).await.json(), json!([]));
    sandbox
        .post(&format!("/doedsbojournaler/{BO_PASSED}/krav"), "{}")
        .await
        .id();
    let changed = sandbox.post(path, &since).await.json();
    assert_eq!(
        (changed.as_array().unwrap().len(), &changed[0]["id"]),
        (1, &json!(BO_PASSED))
    );
    for bad in [
        r#"{"doedsbojournalIder":[]}"#,
        r#"{"tidspunkt":"2020-01-01T00:00:00Z"}"#,
    ] {
        assert_eq!(
            sandbox.post(path, bad).await.refusal(),
            code("sandkasse.attribut"),
            "{bad}"
        );
    }
}

#[tokio::test]
async fn takes_a_direct_token_only() {
    let sandbox = Sandbox::new();
    let query = r#"{"cprNummer":"4634875520"}"#;
    let post = |caller| sandbox.call(caller, "POST", "/doedsbojournaler", query);
    assert_eq!(post(direct(CVR)).await.status, 200);
    assert_eq!(
        post(likvidator()).await.refusal(),
        (403, "sandkasse.token.direkte".into())
    );
    let none = post(None).await;
    assert_eq!((none.status.as_u16(), none.body.len()), (401, 0));
    assert_eq!(none.header("www-authenticate"), r#"Bearer realm="sts""#);
}
