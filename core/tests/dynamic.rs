//! Operations by their names, and the faces of payloads.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

use std::fs;
use std::path::Path;

use serde_json::{json, Value};
use skifteportal::api::{catalogue, doedsbo, services, BilagUpload, Effect};
use skifteportal::dynamic::{self, face, Answer, Payloads};
use skifteportal::http::{HttpResponse, Method};
use skifteportal::model::{to_json, Krav, Timestamp};
use skifteportal::rules::Checks;
use skifteportal::SkifteportalError;

const JOURNAL: &str = "e25d84d3-7aec-4361-84da-93125cb83f08";

fn now() -> Timestamp {
    "2026-03-02T10:00:00Z".parse().unwrap()
}

fn call(
    key: &str,
    arguments: &Value,
    file: Option<BilagUpload>,
) -> Result<dynamic::DynamicCall, SkifteportalError> {
    dynamic::call(key, &arguments.to_string(), file, &Checks::none())
}

fn code(error: &SkifteportalError) -> String {
    let face: Value = serde_json::from_str(&face(error)).unwrap();
    face["code"].as_str().unwrap().to_owned()
}

fn pdf() -> BilagUpload {
    BilagUpload::new("Faktura.pdf", &b"%PDF-1.7"[..])
}

/// Arguments that an operation takes: an id for each parameter of its path, and what its method needs.
fn arguments(spec: &skifteportal::api::OperationSpec) -> (Value, Option<BilagUpload>) {
    let mut arguments = json!({});
    for name in spec.parameters.iter() {
        arguments[name.as_ref()] = json!("id-1");
    }
    let uploads = spec.id.starts_with("addBilag") || spec.id == "addV2";
    if uploads {
        return (arguments, Some(pdf()));
    }
    if spec.id == "findChangedSince" {
        arguments["payload"] = json!({
            "ids": [JOURNAL],
            "siden": "2026-01-01T00:00:00Z",
            "navne": {"ids": "a", "siden": "b"},
        });
    } else if matches!(spec.method, Method::Post | Method::Put) {
        arguments["payload"] = json!({});
    }
    (arguments, None)
}

#[test]
fn every_operation_is_called_by_its_name() {
    for spec in catalogue() {
        let (given, file) = arguments(spec);
        let call = call(&spec.key, &given, file).unwrap_or_else(|e| panic!("{}: {e}", spec.key));
        assert_eq!(call.prepared().operation().key, spec.key);
        assert_eq!(call.prepared().repeatable(), spec.effect != Effect::Creates);
    }
}

#[test]
fn a_call_by_name_is_the_typed_one() {
    let krav = Krav {
        beloeb: Some("123.50".parse().unwrap()),
        ..Krav::default()
    };
    let typed = doedsbo::add_krav(&JOURNAL.parse().unwrap(), &krav, &Checks::none()).unwrap();
    let given = json!({"doedsbojournalId": JOURNAL, "payload": {"beloeb": "123.50"}});
    let named = call("doedsbojournal.addKrav", &given, None).unwrap();

    let token =
        skifteportal::auth::Token::new("abc".into(), skifteportal::auth::TokenKind::Direct, None)
            .unwrap();
    let test = skifteportal::environment::Environment::test();
    let of = |prepared: &skifteportal::api::PreparedCall| {
        let request = prepared.to_request(&test, Some(&token)).unwrap();
        (request.method, request.url.clone(), request.body.clone())
    };
    assert_eq!(of(named.prepared()), of(typed.prepared()));
    assert_eq!(of(named.prepared()).2, to_json(&krav));
}

#[test]
fn answers_have_faces() {
    let answer = |key: &str, body: &str| {
        let spec = skifteportal::api::operation(key).unwrap();
        let (given, file) = arguments(spec);
        let response = HttpResponse::new(200, [("X-Total-Count", "7")], body);
        call(key, &given, file).unwrap().outcome(&response, now())
    };
    let value = |key, body| match answer(key, body).unwrap() {
        Answer::Value(face) => face,
        other => panic!("{other:?}"),
    };
    let krav = r#"[{"beloeb":1.10,"nyt":2.20}]"#;
    let face = r#"[{"beloeb":"1.10","extra":"07ff[[\"nyt\",2.20]]"}]"#;
    assert_eq!(value("doedsbojournal.getAllKrav", krav), face);
    assert_eq!(value("doedsbojournal.updateKrav", ""), "null");
    assert_eq!(value("doedsbojournal.deleteKrav", "gone"), "null");
    assert_eq!(
        value("doedsbojournal.searchBo", r#"[{"id":"a"}]"#),
        r#"{"items":[{"id":"a"}],"total":7}"#
    );
    let file = answer("doedsbojournal.getBilagForKrav", "%PDF").unwrap();
    assert!(matches!(file, Answer::File(file) if file.bytes == b"%PDF"));

    let spec = skifteportal::api::operation("doedsbojournal.getKrav").unwrap();
    let refused = call(&spec.key, &arguments(spec).0, None).unwrap();
    let error = refused.outcome(&HttpResponse::new(503, [("", "")], ""), now());
    let told: Value = serde_json::from_str(&dynamic::face(&error.unwrap_err())).unwrap();
    assert_eq!(told["type"], "portal");
    assert_eq!(told["refusal"]["status"], 503);
    assert_eq!(told["certainty"], "unknown");
    assert!(told["refusal"]["danish"].as_str().unwrap().len() > 10);
}

#[test]
fn wrong_arguments_are_refused() {
    let journal = json!({ "doedsbojournalId": JOURNAL });
    let refused = |key, given: &Value, file| code(&call(key, given, file).unwrap_err());
    let krav = |payload: Value| json!({"doedsbojournalId": JOURNAL, "payload": payload});
    let add = "doedsbojournal.addKrav";

    assert_eq!(
        refused("doedsbojournal.addLoan", &journal, None),
        "operation"
    );
    assert_eq!(refused(add, &journal, None), "argument.missing");
    assert_eq!(
        refused(
            "doedsbojournal.addBilagForKrav",
            &json!({"doedsbojournalId": "a", "kravId": "b"}),
            None
        ),
        "argument.missing"
    );
    assert_eq!(
        refused("doedsbojournal.getAllKrav", &krav(json!({})), None),
        "argument.unknown"
    );
    assert_eq!(
        refused(add, &krav(json!({})), Some(pdf())),
        "argument.unknown"
    );
    assert_eq!(
        refused(
            add,
            &json!({"doedsbojournalId": "../a", "payload": {}}),
            None
        ),
        "id"
    );
    // An amount that is a number has passed through a binary fraction by the time it is here.
    assert_eq!(
        refused(add, &krav(json!({"beloeb": 123.5})), None),
        "json.data"
    );
    assert_eq!(
        refused(add, &krav(json!({"belob": "123.5"})), None),
        "json.data"
    );
    // A reading that does not fit is the program's mistake here, and not the guide's.
    assert_eq!(refused(add, &krav(json!({"titel": 5})), None), "json.data");

    let error = call(add, &krav(json!({"beloeb": 123.5})), None).unwrap_err();
    let told: Value = serde_json::from_str(&face(&error)).unwrap();
    assert_eq!(told["pointer"], "/payload/beloeb");
}

#[test]
fn services_go_by_their_keys() {
    let faces: Vec<Value> = serde_json::from_str(&face(services())).unwrap();
    assert_eq!(faces[2]["service"], "tvangsoploesning-dirigent-kreditor");
    let words = json!({"service": "nowhere", "operationId": "a", "method": "GET", "path": "/a"});
    let error = dynamic::custom(&words.to_string(), Vec::new()).unwrap_err();
    assert_eq!(code(&error), "service");
}

/// What the vectors read is the same when it has gone through a face.
#[test]
fn faces_lose_nothing() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../tests/vectors/payloads");
    let mut compared = 0;
    for file in fs::read_dir(folder).unwrap() {
        let text = fs::read_to_string(file.unwrap().path()).unwrap();
        let vectors: Value = serde_json::from_str(&text).unwrap();
        for case in vectors["cases"].as_array().unwrap() {
            let (Some(name), Some(json), Some(expected)) = (
                case["input"]["type"].as_str(),
                case["input"]["json"].as_str(),
                case["expect"]["json"].as_str(),
            ) else {
                continue;
            };
            if case["input"].get("changes").is_some() {
                continue;
            }
            let of = Payloads::named(name).unwrap();
            let face = of.read(json.as_bytes()).unwrap();
            let again = of.write(&face).unwrap();
            assert_eq!(
                String::from_utf8(again).unwrap(),
                expected,
                "{}",
                case["name"]
            );
            compared += 1;
        }
    }
    assert!(compared >= 20, "{compared} were compared");
    assert!(Payloads::named("Loan").is_err());
}
