//! Refusals that all operations share: tokens, bodies, paths, and the shapes of errors.

mod portal_support;

use axum::body::Body;
use axum::http::Request;
use portal_support::{code, direct, likvidator, Sandbox, CVR};
use serde_json::json;
use skifteportal_sandbox::portal::seed::BO_OPEN;
use skifteportal_sandbox::portal::{
    made_up_paths, ErrorShape, PortalOptions, Provenance, TokenRule, OPERATIONS,
};

/// A path of the operation with ids that nothing has.
fn some_path(template: &str) -> String {
    let segment = |part: &str| {
        if part.starts_with('{') {
            "00000000-0000-4000-8000-000000000000".to_owned()
        } else {
            part.to_owned()
        }
    };
    template
        .split('/')
        .map(segment)
        .collect::<Vec<_>>()
        .join("/")
}

#[tokio::test]
async fn every_operation_asks_for_its_kind_of_token() {
    let sandbox = Sandbox::new();
    for operation in OPERATIONS {
        let status = |caller| {
            let path = some_path(operation.path);
            let sandbox = &sandbox;
            async move {
                sandbox
                    .call(caller, operation.method, &path, "{}")
                    .await
                    .status
                    .as_u16()
            }
        };
        let (none, direct, delegated) = (
            status(None).await,
            status(direct(CVR)).await,
            status(likvidator()).await,
        );
        let key = operation.key;
        assert_eq!(none == 401, operation.token != TokenRule::None, "{key}");
        assert_eq!(
            direct == 403,
            operation.token == TokenRule::Delegated,
            "{key}"
        );
        assert_eq!(
            delegated == 403,
            operation.token == TokenRule::Direct,
            "{key}"
        );
    }
}

#[test]
fn the_made_up_paths_are_those_that_nothing_prints() {
    let made_up = made_up_paths();
    assert!(made_up.contains(&("dokumentlager.getFil", "/v2/dokumenter/{dokumentId}")));
    assert!(made_up
        .iter()
        .all(|(key, _)| !key.contains("Krav") || !key.starts_with("doedsbo")));
    let printed = OPERATIONS
        .iter()
        .filter(|one| one.provenance == Provenance::Printed)
        .count();
    assert_eq!(made_up.len() + printed, OPERATIONS.len());
    let keys: std::collections::BTreeSet<&str> = OPERATIONS.iter().map(|one| one.key).collect();
    assert_eq!(keys.len(), OPERATIONS.len());
}

#[tokio::test]
async fn an_invalid_token_is_told_from_none() {
    let sandbox = Sandbox::new();
    let request = Request::get(format!("/doedsbojournaler/{BO_OPEN}/krav"))
        .header("authorization", "Bearer x")
        .body(Body::empty())
        .unwrap();
    let answer = sandbox.send(None, request).await;
    assert_eq!((answer.status.as_u16(), answer.body.len()), (401, 0));
    assert!(answer
        .header("www-authenticate")
        .contains(r#"error="invalid_token""#));
}

#[tokio::test]
async fn a_request_without_the_extension_has_no_caller() {
    use tower::ServiceExt;
    let router = skifteportal_sandbox::portal::router(Sandbox::new().portal);
    let request = Request::get("/sagslager/mine-sager")
        .body(Body::empty())
        .unwrap();
    assert_eq!(router.oneshot(request).await.unwrap().status(), 401);
}

#[tokio::test]
async fn hostile_bodies_are_refused() {
    let sandbox = Sandbox::new();
    let path = format!("/doedsbojournaler/{BO_OPEN}/krav");
    let deep = format!("{{\"a\":{}", "[".repeat(200_000));
    for body in [
        "",
        "{",
        "[]",
        "null",
        "{\"beloeb\":01}",
        "{\"a\":1}{}",
        deep.as_str(),
    ] {
        let answer = sandbox.post(&path, body).await;
        assert_eq!(
            answer.refusal(),
            code("sandkasse.json"),
            "{}",
            &body[..body.len().min(20)]
        );
    }
    let huge = format!("{{\"a\":\"{}\"}}", "x".repeat(1024 * 1024));
    let answer = sandbox.post(&path, &huge).await;
    assert_eq!(answer.refusal(), (413, "sandkasse.for.stor".into()));
    let form = Request::post(&path)
        .header("content-type", "application/x-www-form-urlencoded")
        .body(Body::from("{}"))
        .unwrap();
    assert_eq!(sandbox.send(direct(CVR), form).await.refusal().0, 415);
    assert_eq!(sandbox.portal.counts()[BO_OPEN].krav, 0);
}

#[tokio::test]
async fn unknown_paths_and_methods() {
    let sandbox = Sandbox::new();
    let refusal = |method: &'static str, path: &'static str| {
        let sandbox = &sandbox;
        async move { sandbox.call(direct(CVR), method, path, "").await.refusal() }
    };
    assert_eq!(
        refusal("GET", "/nowhere").await,
        (404, "sandkasse.ukendt.sti".into())
    );
    assert_eq!(
        refusal("DELETE", "/retskredse").await,
        (405, "sandkasse.metode".into())
    );
}

async fn refused_in(shape: &str) -> Result<portal_support::Answer, axum::http::Error> {
    let request = Request::post(format!("/doedsbojournaler/{BO_OPEN}/effektfortegnelser"))
        .header("content-type", "application/json")
        .header("x-sandbox-error-shape", shape)
        .body(Body::from(r#"{"kategorier":["<b>","<b>"]}"#));
    let answer = Sandbox::new().send(direct(CVR), request?).await;
    assert_eq!(answer.status, 400, "{shape}");
    Ok(answer)
}

#[tokio::test]
async fn errors_come_in_the_shape_that_is_asked_for() {
    let (f39, f39_text) = (
        "doedsbo.f39",
        "Angiv venligst 1 effekt eller skriv bemærkning",
    );
    let (f20, f20_text) = (
        "doedsbo.f20",
        "Kategorier må kun angives en gang, De følgende er duplikater: <b>",
    );
    let one = json!({"kode": f39, "besked": f39_text});
    for shape in ["kode", "KODE", "unknown"] {
        assert_eq!(refused_in(shape).await.unwrap().json(), one, "{shape}");
    }
    let list = json!([one, {"kode": f20, "besked": f20_text}]);
    assert_eq!(refused_in("liste").await.unwrap().json(), list);
    let nested = json!({"fejl": [
        {"fejlkode": f39, "fejlbesked": f39_text},
        {"fejlkode": f20, "fejlbesked": f20_text},
    ]});
    assert_eq!(refused_in("indlejret").await.unwrap().json(), nested);

    let problem = refused_in("problem").await.unwrap();
    assert_eq!(problem.header("content-type"), "application/problem+json");
    let problem = problem.json();
    assert_eq!(
        (&problem["status"], &problem["code"]),
        (&json!(400), &json!(f39))
    );
    assert_eq!(problem["errors"].as_array().unwrap().len(), 2);

    let spring = refused_in("spring").await.unwrap().json();
    assert_eq!(spring["message"], json!(format!("{f39}: {f39_text}")));
    assert_eq!(
        spring["path"],
        json!(format!("/doedsbojournaler/{BO_OPEN}/effektfortegnelser"))
    );

    let text = refused_in("tekst").await.unwrap();
    assert!(text.header("content-type").starts_with("text/plain"));
    assert_eq!(text.text(), format!("{f39}: {f39_text}\n{f20}: {f20_text}"));

    let html = refused_in("html").await.unwrap();
    assert!(html.header("content-type").starts_with("text/html"));
    assert!(html.text().contains("duplikater: &lt;b&gt;") && !html.text().contains("<b>"));

    assert_eq!(refused_in("tom").await.unwrap().body.len(), 0);
}

#[tokio::test]
async fn the_shape_is_an_option_too() {
    for (name, shape) in ErrorShape::ALL {
        assert_eq!(ErrorShape::named(name), Some(shape));
        let options = PortalOptions {
            error_shape: shape,
            ..PortalOptions::default()
        };
        let answer = Sandbox::with(options).post("/doedsbojournaler", "{}").await;
        assert_eq!(answer.status, 400);
        assert_eq!(
            answer.text().contains("doedsbo.f2"),
            shape != ErrorShape::Tom,
            "{name}"
        );
    }
}
