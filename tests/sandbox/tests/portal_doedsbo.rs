//! Krav, tilgodehavender, effektfortegnelser, forespørgsler and proformaopgørelser on a dødsbo.

mod portal_support;

use portal_support::{code, direct, Sandbox, CVR};
use serde_json::json;
use skifteportal_sandbox::portal::seed::{BO_OPEN, BO_PASSED, BO_PRELIMINARY, REPORTER_B};
use skifteportal_sandbox::portal::Counts;

fn krav(bo: &str) -> String {
    format!("/doedsbojournaler/{bo}/krav")
}

fn at(bo: &str, segment: &str) -> String {
    format!("/doedsbojournaler/{bo}/{segment}")
}

const EXAMPLE: &str = r#"{"beloeb":123,"endeligt":false,"opgjortdato":"2022-04-29"}"#;

#[tokio::test]
async fn files_the_guides_krav() {
    let answer = Sandbox::new().post(&krav(BO_PASSED), EXAMPLE).await;
    assert_eq!(answer.status, 201);
    let entity = answer.json();
    let names: Vec<&str> = entity
        .as_object()
        .unwrap()
        .keys()
        .map(String::as_str)
        .collect();
    let expected = [
        "id",
        "oprettelsestidspunkt",
        "redigeringstidspunkt",
        "indberetter",
        "beloeb",
        "endeligt",
        "opgjortdato",
        "rettidigt",
        "harBilag",
        "kvittering",
        "slettet",
    ];
    assert_eq!(names, expected);
    let indberetter = json!({"type": "VIRKSOMHED", "virksomhed": {"cvrNummer": CVR}});
    assert_eq!(entity["indberetter"], indberetter);
    // The proklamafrist of this dødsbo has passed.
    assert_eq!(
        (&entity["rettidigt"], &entity["slettet"]),
        (&json!(false), &json!(false))
    );
    let kvittering = json!({
        "kode": "K1",
        "overskrift": "Dit krav er nu anmeldt ",
        "indhold": "Du har anmeldt et krav i boet efter Ione Koss.\nNår boet udleveres, vil boets \
                    kontaktperson få besked om dit krav.\nDu vil modtage en meddelelse via \
                    digital post, når boet udleveres."
    });
    assert_eq!(entity["kvittering"], kvittering);
    let time = entity["redigeringstidspunkt"].as_str().unwrap();
    assert!(
        time.len() > "2022-09-09T13:08:25.98Z".len() && time.ends_with('Z'),
        "{time}"
    );
}

#[tokio::test]
async fn keeps_amounts_and_unknown_members_as_they_were_sent() {
    let sandbox = Sandbox::new();
    let payload =
        r#"{"beloeb":123.00,"nyt":{"x":1.0e+2, "y":[0.10]},"beloeb2":90071992547409931.10}"#;
    let added = sandbox.post(&krav(BO_OPEN), payload).await;
    let one = format!("{}/{}", krav(BO_OPEN), added.id());
    for answer in [
        added,
        sandbox.get(&one).await,
        sandbox.put(&one, payload).await,
    ] {
        let text = answer.text();
        assert!(
            text.contains(r#""beloeb":123.00,"nyt":{"x":1.0e+2, "y":[0.10]}"#),
            "{text}"
        );
        assert!(text.contains(r#""beloeb2":90071992547409931.10"#), "{text}");
    }
}

#[tokio::test]
async fn lists_gets_updates_and_deletes() {
    let sandbox = Sandbox::new();
    let added = sandbox.post(&krav(BO_OPEN), EXAMPLE).await;
    let entity = added.json();
    assert_eq!(entity["rettidigt"], json!(true));
    let one = format!("{}/{}", krav(BO_OPEN), added.id());
    assert_eq!(sandbox.get(&one).await.json(), entity);
    assert_eq!(sandbox.get(&krav(BO_OPEN)).await.json(), json!([entity]));

    // What came back can be sent back whole, with the preliminary krav made final.
    let mut changed = entity.clone();
    changed["endeligt"] = json!(true);
    changed["beloeb"] = json!(200);
    changed["id"] = json!("another");
    let updated = sandbox.put(&one, &changed.to_string()).await;
    assert_eq!(updated.status, 200);
    let updated = updated.json();
    assert_eq!(
        (&updated["id"], &updated["endeligt"]),
        (&entity["id"], &json!(true))
    );
    assert_eq!(
        updated["oprettelsestidspunkt"],
        entity["oprettelsestidspunkt"]
    );
    let edited =
        |entity: &serde_json::Value| entity["redigeringstidspunkt"].as_str().unwrap().to_owned();
    assert!(edited(&updated) > edited(&entity));

    assert_eq!(sandbox.delete(&one).await.status, 204);
    assert_eq!(sandbox.get(&one).await.json()["slettet"], json!(true));
    assert_eq!(
        sandbox
            .get(&krav(BO_OPEN))
            .await
            .json()
            .as_array()
            .unwrap()
            .len(),
        1
    );
    assert_eq!(sandbox.delete(&one).await.status, 204);
    assert_eq!(
        sandbox.put(&one, EXAMPLE).await.refusal(),
        (409, "sandkasse.slettet".into())
    );
    let counts = &sandbox.portal.counts()[BO_OPEN];
    assert_eq!((counts.krav, counts.slettede), (1, 1));
}

#[tokio::test]
async fn belongs_to_who_filed_it() {
    let sandbox = Sandbox::new();
    let one = format!(
        "{}/{}",
        krav(BO_PASSED),
        sandbox.post(&krav(BO_PASSED), EXAMPLE).await.id()
    );
    let as_other = |method, path: String| {
        let sandbox = &sandbox;
        async move {
            sandbox
                .call(direct("99999999"), method, &path, EXAMPLE)
                .await
        }
    };
    assert_eq!(as_other("GET", one.clone()).await.status, 404);
    assert_eq!(as_other("GET", krav(BO_PASSED)).await.json(), json!([]));
    for method in ["PUT", "DELETE"] {
        let refusal = as_other(method, one.clone()).await.refusal();
        assert_eq!(refusal, (403, "sandkasse.ikke.indberetter".into()));
    }
    // Who handles the dødsbo sees it (guide 2.4), and changes nothing.
    let seen = sandbox.call(direct(REPORTER_B), "GET", &one, "").await;
    assert_eq!(seen.status, 200);
    assert_eq!(
        sandbox
            .call(direct(REPORTER_B), "DELETE", &one, "")
            .await
            .status,
        403
    );
}

#[tokio::test]
async fn every_kind_follows_the_pattern() {
    let sandbox = Sandbox::new();
    for (segment, payload, can_change) in [
        ("krav", EXAMPLE, true),
        (
            "tilgodehavender",
            r#"{"beloeb":5.50,"udbetalt":false}"#,
            true,
        ),
        (
            "effektfortegnelser",
            r#"{"bemaerkning":"En kuffert"}"#,
            true,
        ),
        ("forespoergsler", r#"{"bekraeftet":true}"#, false),
        ("proformaopgoerelser", r#"{"bekraeftet":true}"#, false),
    ] {
        let path = at(BO_OPEN, segment);
        let added = sandbox.post(&path, payload).await;
        let one = format!("{path}/{}", added.id());
        assert_eq!(sandbox.get(&one).await.json(), added.json(), "{segment}");
        assert_eq!(
            sandbox.get(&path).await.json(),
            json!([added.json()]),
            "{segment}"
        );
        let (put, delete) = (sandbox.put(&one, payload).await, sandbox.delete(&one).await);
        let expected = if can_change { (200, 204) } else { (405, 405) };
        assert_eq!(
            (put.status.as_u16(), delete.status.as_u16()),
            expected,
            "{segment}"
        );
        // An id of one kind is none of another.
        let other = if segment == "krav" {
            "tilgodehavender"
        } else {
            "krav"
        };
        let path = format!("{}/{}", at(BO_OPEN, other), added.id());
        assert_eq!(sandbox.get(&path).await.status, 404, "{segment}");
    }
    let counts = &sandbox.portal.counts()[BO_OPEN];
    let each = [
        counts.krav,
        counts.tilgodehavender,
        counts.effektfortegnelser,
        counts.forespoergsler,
        counts.proformaopgoerelser,
    ];
    assert_eq!((each, counts.slettede), ([1; 5], 3));
}

#[tokio::test]
async fn answers_the_codes_of_payloads() {
    let sandbox = Sandbox::new();
    for (segment, payload, expected) in [
        ("krav", r#"{"tredjepart":{"type":"ANDEN"}}"#, "f4"),
        (
            "krav",
            r#"{"tredjepart":{"type":"ANDEN","anden":{"navn":" "}}}"#,
            "f4",
        ),
        (
            "effektfortegnelser",
            r#"{"bemaerkning":"x","kontaktperson":{}}"#,
            "f13",
        ),
        (
            "forespoergsler",
            r#"{"bekraeftet":true,"kontaktperson":null}"#,
            "f13",
        ),
        ("tilgodehavender", r#"{"udbetalt":true}"#, "f14"),
        (
            "tilgodehavender",
            r#"{"udbetalt":false,"udbetaltdato":"2020-01-01"}"#,
            "f15",
        ),
        (
            "tilgodehavender",
            r#"{"udbetalt":true,"udbetaltdato":"2999-01-01"}"#,
            "f16",
        ),
        ("krav", r#"{"opgjortdato":"2999-01-01"}"#, "f17"),
        ("tilgodehavender", r#"{"opgjortdato":"2999-01-01"}"#, "f17"),
        (
            "effektfortegnelser",
            r#"{"effekter":[{"kategori":"UR"},{"kategori":"RING"},{"kategori":"UR"}]}"#,
            "f20",
        ),
        (
            "effektfortegnelser",
            r#"{"bemaerkning":"x","kategorier":["UR","UR"]}"#,
            "f20",
        ),
        ("proformaopgoerelser", "{}", "f35"),
        ("proformaopgoerelser", r#"{"bekraeftet":false}"#, "f35"),
        ("forespoergsler", r#"{"bekraeftet":false}"#, "f37"),
        (
            "effektfortegnelser",
            r#"{"bemaerkning":"x","modtagelsesdato":"2999-01-01"}"#,
            "f38",
        ),
        (
            "effektfortegnelser",
            r#"{"effekter":[],"bemaerkning":" "}"#,
            "f39",
        ),
    ] {
        let answer = sandbox.post(&at(BO_OPEN, segment), payload).await;
        assert_eq!(
            answer.refusal(),
            code(&format!("doedsbo.{expected}")),
            "{payload}"
        );
        if expected == "f20" {
            let text = "Kategorier må kun angives en gang, De følgende er duplikater: UR";
            assert_eq!(answer.besked(), text);
        }
    }
    assert!(sandbox
        .portal
        .counts()
        .values()
        .all(|counts| *counts == Counts::default()));
    let fine = [
        (
            "krav",
            r#"{"tredjepart":{"type":"ANDEN","anden":{"navn":"Fiktiv Kreditor"}}}"#,
        ),
        (
            "tilgodehavender",
            r#"{"udbetalt":true,"udbetaltdato":"2020-01-01"}"#,
        ),
        (
            "effektfortegnelser",
            r#"{"effekter":[{"kategori":"UR"}],"modtagelsesdato":"2020-01-01"}"#,
        ),
    ];
    for (segment, payload) in fine {
        sandbox.post(&at(BO_OPEN, segment), payload).await.id();
    }
}

#[tokio::test]
async fn f21_f22_and_f23_by_the_deadlines() {
    let sandbox = Sandbox::new();
    let add = |bo: &'static str, segment: &'static str, payload: &'static str| {
        let sandbox = &sandbox;
        async move {
            let path = at(bo, segment);
            let id = sandbox.post(&path, payload).await.id();
            sandbox
                .put(&format!("{path}/{id}"), r#"{"endeligt":true}"#)
                .await
        }
    };
    let (last, first) = (r#"{"endeligt":true}"#, r#"{"endeligt":false}"#);
    assert_eq!(
        add(BO_PASSED, "krav", last).await.refusal(),
        code("doedsbo.f21")
    );
    assert_eq!(
        add(BO_PASSED, "krav", first).await.refusal(),
        code("doedsbo.f22")
    );
    assert_eq!(
        add(BO_PASSED, "tilgodehavender", "{}").await.refusal(),
        code("doedsbo.f23")
    );
    assert_eq!(
        add(BO_PRELIMINARY, "krav", last).await.refusal(),
        code("doedsbo.f21")
    );
    assert_eq!(
        add(BO_PRELIMINARY, "krav", first).await.json()["endeligt"],
        json!(true)
    );
    assert_eq!(add(BO_OPEN, "krav", last).await.status, 200);
}

#[tokio::test]
async fn the_clock_decides_what_is_in_the_future() {
    let sandbox = Sandbox::new();
    let payload = r#"{"opgjortdato":"2060-01-01"}"#;
    assert_eq!(sandbox.post(&krav(BO_OPEN), payload).await.status, 400);
    sandbox.clock.set_offset_seconds(60 * 366 * 86_400);
    assert_eq!(sandbox.post(&krav(BO_OPEN), payload).await.status, 201);
}

#[tokio::test]
async fn attributes_of_the_wrong_type_are_refused() {
    let sandbox = Sandbox::new();
    for payload in [
        r#"{"beloeb":"123"}"#,
        r#"{"endeligt":"ja"}"#,
        r#"{"opgjortdato":"29-04-2022"}"#,
        r#"{"opgjortdato":20220429}"#,
        r#"{"tredjepart":"K"}"#,
    ] {
        let answer = sandbox.post(&krav(BO_OPEN), payload).await;
        assert_eq!(answer.refusal(), code("sandkasse.attribut"), "{payload}");
    }
}

#[tokio::test]
async fn starts_again_with_the_same_ids() {
    let sandbox = Sandbox::new();
    let first = sandbox.post(&krav(BO_OPEN), EXAMPLE).await.id();
    let second = sandbox.post(&krav(BO_OPEN), EXAMPLE).await.id();
    assert_ne!(first, second);
    sandbox.portal.reset();
    assert_eq!(sandbox.get(&krav(BO_OPEN)).await.json(), json!([]));
    assert_eq!(sandbox.post(&krav(BO_OPEN), EXAMPLE).await.id(), first);
}

#[tokio::test]
async fn the_snapshot_tells_no_secrets() {
    let sandbox = Sandbox::new();
    let payload = r#"{"beskrivelse":"om 4634875520"}"#;
    let id = sandbox.post(&krav(BO_OPEN), payload).await.id();
    let snapshot = sandbox.portal.snapshot().to_string();
    assert!(snapshot.contains(&id) && snapshot.contains(r#""krav":1"#));
    assert!(!snapshot.contains("46348755"), "{snapshot}");
}

#[tokio::test]
async fn an_unknown_doedsbo_is_not_found() {
    let sandbox = Sandbox::new();
    let unknown = "00000000-0000-4000-8000-000000000000";
    assert_eq!(sandbox.post(&krav(unknown), EXAMPLE).await.status, 404);
    assert_eq!(sandbox.get(&krav("%ff")).await.status, 400);
    assert_eq!(sandbox.get(&krav("..%2f..")).await.status, 404);
}
