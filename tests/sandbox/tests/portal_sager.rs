//! The Sagshylde, the general API of a sag, and the retskredse.

mod portal_support;

use portal_support::{code, delegated, direct, likvidator, Sandbox, CVR};
use serde_json::json;
use skifteportal_sandbox::portal::seed::{RETSKREDS, SAG_CLOSED, SAG_OPEN, SAG_OTHER};

#[tokio::test]
async fn searches_by_cvr_number_and_by_name() {
    let sandbox = Sandbox::new();
    for caller in [direct(CVR), likvidator()] {
        let query = r#"{"cvrNummer":"44444444"}"#;
        let found = sandbox
            .call(caller, "POST", "/sagslager/sager", query)
            .await;
        assert_eq!(
            (found.status.as_u16(), found.header("x-total-count")),
            (200, "1")
        );
        assert_eq!(found.json()[0]["id"], json!(SAG_OPEN));
        assert!(found.json()[0]["sagsnummer"].is_string());
    }
    let search = |query: &'static str| sandbox.post("/sagslager/sager?size=2", query);
    let all = search(r#"{"virksomhedsnavn":"fiktiv"}"#).await;
    assert_eq!(
        (
            all.header("x-total-count"),
            all.json().as_array().unwrap().len()
        ),
        ("3", 2)
    );
    let both = search(r#"{"cvrNummer":"44444444","virksomhedsnavn":"Transport"}"#).await;
    assert_eq!(both.json(), json!([]));
    assert_eq!(search("{}").await.refusal(), code("sandkasse.soegning.tom"));
    assert_eq!(
        search(r#"{"cvrNummer":44444444}"#).await.refusal(),
        code("sandkasse.attribut")
    );
    assert_eq!(
        sandbox
            .call(None, "POST", "/sagslager/sager", "{}")
            .await
            .status,
        401
    );
}

#[tokio::test]
async fn mine_are_those_i_have_to_do_with() {
    let sandbox = Sandbox::new();
    let mine = |caller| {
        let sandbox = &sandbox;
        async move {
            let answer = sandbox
                .call(caller, "GET", "/sagslager/mine-sager", "")
                .await;
            let sager = answer.json();
            let ids = sager
                .as_array()
                .unwrap()
                .iter()
                .map(|sag| sag["id"].as_str().unwrap());
            ids.map(ToOwned::to_owned).collect::<Vec<_>>()
        }
    };
    assert_eq!(mine(likvidator()).await, [SAG_OPEN, SAG_CLOSED]);
    assert!(mine(delegated("00000000-0000-4000-8000-000000000000"))
        .await
        .is_empty());
    assert!(mine(direct(CVR)).await.is_empty());
    let krav = format!("/tvangsoploesning-dirigent-kreditor/sager/{SAG_OTHER}/krav");
    sandbox.post(&krav, "{}").await.id();
    assert_eq!(mine(direct(CVR)).await, [SAG_OTHER]);
}

#[tokio::test]
async fn without_a_relation_the_lists_are_empty() {
    let sandbox = Sandbox::new();
    let path = format!("/tvangsoploesning-dirigent/sager/{SAG_OPEN}");
    let lists = ["sagensGang", "afgoerelser", "retsboeger"];
    for (caller, filled) in [(likvidator(), true), (direct(CVR), false)] {
        let sag = sandbox.call(caller, "GET", &path, "").await.json();
        assert_eq!(sag["id"], json!(SAG_OPEN));
        for list in lists {
            assert_eq!(!sag[list].as_array().unwrap().is_empty(), filled, "{list}");
        }
    }
    let unknown = "/tvangsoploesning-dirigent/sager/00000000-0000-4000-8000-000000000000";
    assert_eq!(sandbox.get(unknown).await.status, 404);
}

#[tokio::test]
async fn the_retskredse_are_open_to_all() {
    let sandbox = Sandbox::new();
    for caller in [None, direct(CVR), likvidator()] {
        let answer = sandbox.call(caller, "GET", "/retskredse", "").await;
        assert_eq!(answer.status, 200);
        assert_eq!(answer.json()[0]["id"], json!(RETSKREDS));
    }
}
