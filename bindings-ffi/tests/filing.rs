//! The objects, called as a binding calls them: a krav is filed, and the portal answers.
#![allow(clippy::unwrap_used, clippy::panic)] // A test that cannot go on fails.

use std::sync::Arc;

use skifteportal::api::{CustomBody, CustomCall, Page, Service, Sort, TokenRule};
use skifteportal::auth::TokenKind;
use skifteportal::http::Method;
use skifteportal::model::{
    AendringerNavne, DoedsbojournalAendringer, DoedsbojournalQuery, Extra, Krav, Timestamp,
};
use skifteportal::{NamedValue, SkifteportalError};
use skifteportal_ffi::*;

const JOURNAL: &str = "e25d84d3-7aec-4361-84da-93125cb83f08";
const PDF: &[u8] = b"%PDF-1.4
1 0 obj <</Type/Catalog /Pages 2 0 R /OpenAction <</S/JavaScript /JS(app.alert\\(1\\))>> >> endobj
2 0 obj <</Type/Pages /Kids[3 0 R] /Count 1>> endobj
3 0 obj <</Type/Page /Parent 2 0 R /MediaBox[0 0 595 842]>> endobj
trailer <</Root 1 0 R>>";

fn now() -> Timestamp {
    "2026-03-02T10:00:00Z".parse().unwrap()
}

fn answer(status: i32, body: &str) -> Arc<HttpResponse> {
    let total = HeaderField {
        name: "X-Total-Count".into(),
        value: "7".into(),
    };
    HttpResponse::new(status, vec![total], body.as_bytes().into()).unwrap()
}

fn token() -> Arc<Token> {
    Token::new("abc".into(), TokenKind::Direct, None).unwrap()
}

#[test]
fn a_krav_is_filed() {
    let krav = Krav {
        beloeb: Some("123.00".parse().unwrap()),
        ..Krav::default()
    };
    let journal = JOURNAL.parse().unwrap();
    let call = Doedsbo::new()
        .add_krav(&journal, &krav, &Checks::at(now()))
        .unwrap();
    let prepared = call.prepared();
    assert_eq!(prepared.operation(), "doedsbojournal.addKrav");
    assert_eq!(prepared.spec().token, TokenRule::Direct);
    assert!(!prepared.repeatable());
    let request = prepared
        .to_request(&PortalEnvironment::test(), Some(token()))
        .unwrap();
    assert_eq!(request.method_name(), "POST");
    assert_eq!(*request.body(), *br#"{"beloeb":123.00}"#);
    let filed = call.outcome(&answer(201, r#"{"id":"k1"}"#), now()).unwrap();
    assert_eq!(filed.id.unwrap().to_string(), "k1");
    let code = |error: SkifteportalError| match error {
        SkifteportalError::Portal { code, refusal, .. } => {
            assert_eq!(code, refusal.code);
            code
        }
        SkifteportalError::Call { code, .. } => code,
        other => panic!("{other:?}"),
    };
    let refused = call.outcome(&answer(400, r#"{"kode":"doedsbo.f17"}"#), now());
    assert_eq!(code(refused.unwrap_err()), "doedsbo.f17");
    let without_token = prepared.to_request(&PortalEnvironment::test(), None);
    assert_eq!(code(without_token.unwrap_err()), "call.token_needed");
}

#[test]
fn a_search_is_read_page_by_page() {
    let query = DoedsbojournalQuery::from_cpr("4634875520".parse().unwrap());
    let sort = Sort {
        by: Some("id".into()),
        direction: None,
    };
    let call = Doedsbo::new()
        .search_bo(&query, Page::numbered(2, 5), &Checks::none(), Some(sort))
        .unwrap();
    let request = call
        .prepared()
        .to_request(&PortalEnvironment::test(), Some(token()))
        .unwrap();
    assert!(request
        .url()
        .ends_with("/doedsbojournaler?page=2&size=5&sort=id"));
    let page = call
        .outcome(&answer(200, r#"[{"id":"d1"}]"#), now())
        .unwrap();
    assert_eq!((page.items.len(), page.total), (1, Some(7)));
    assert!(Pages::new().may_have_more(1, page.total, 6));
    assert!(!Pages::new().may_have_more(1, page.total, 7));
}

#[test]
fn a_question_for_changes_needs_the_names_of_its_members() {
    let ask = |navne: AendringerNavne| {
        let query = DoedsbojournalAendringer {
            ids: vec![JOURNAL.parse().unwrap()],
            siden: now(),
            navne,
            extra: Extra::default(),
        };
        Doedsbo::new().find_changed_since(&query, Page::first(), &Checks::none())
    };
    assert!(ask(AendringerNavne::default()).is_err());
    assert!(ask(AendringerNavne::new("a", "b").unwrap()).is_ok());
}

#[test]
fn a_pdf_is_checked_where_there_is_a_profile() {
    let upload = |profile| {
        Doedsbo::new().upload_krav_bilag(
            &JOURNAL.parse().unwrap(),
            &"k1".parse().unwrap(),
            "Faktura.pdf".into(),
            PDF.into(),
            &Checks::none(),
            profile,
        )
    };
    assert!(upload(None).is_ok());
    match upload(Some(Profile::portal())).unwrap_err() {
        SkifteportalError::Call { code, report, .. } => {
            assert_eq!(code, "call.pdf");
            assert_eq!(Pdf::new().codes(&report.unwrap()), ["doedsbo.f25"]);
        }
        other => panic!("{other:?}"),
    }
}

#[test]
fn a_custom_call_keeps_its_answer_raw() {
    let pair = |name: &str, value: &str| (name.to_owned(), value.to_owned());
    let call = CustomCall {
        service: Service::Retskreds,
        operation_id: "hentRetskreds".into(),
        method: Method::Get,
        path: "/made-up/{retskredsId}".into(),
        parameters: vec![pair("retskredsId", "1183")],
        query: vec![pair("navn", "Erlinda")],
        body: CustomBody::Empty,
    };
    assert!(!format!("{call:?}").contains("Erlinda"));
    let call = Custom::new().call(call).unwrap();
    let raw = call.outcome(&answer(200, "secret"), now()).unwrap();
    assert_eq!((raw.status, raw.total), (200, Some(7)));
    assert_eq!(raw.bytes, b"secret");
    assert!(!format!("{raw:?}").contains("secret"));
    let told = NamedValue {
        name: "navn".into(),
        value: "Erlinda".into(),
    };
    assert!(!format!("{told:?}").contains("Erlinda"));
}

#[test]
fn the_catalogue_is_whole() {
    let catalogue = Catalogue::new();
    let operations = catalogue.operations();
    assert!(operations.len() > 50);
    for operation in operations {
        let found = catalogue.operation(&operation.key).unwrap();
        assert_eq!(found.key, operation.key);
        assert_eq!(catalogue.service(operation.service).token, operation.token);
    }
    assert_eq!(catalogue.services().len(), 12);
}
