//! What calls make of answers.

#[cfg(not(target_arch = "wasm32"))]
use proptest::prelude::*;
use skifteportal::api::{
    custom, doedsbo, dokumentlager, henvendelse, sagslager, tvangsoploesning, CustomBody,
    CustomCall, Page, Paged, Service,
};
use skifteportal::error::{ErrorKind, PortalError, Unreadable};
use skifteportal::http::{HttpResponse, Method};
use skifteportal::model::{DoedsbojournalId, Krav, KravId};

use crate::calls::{checks, now, payload, pdf, JOURNAL, SAG};
#[cfg(target_arch = "wasm32")]
use wasm_bindgen_test::wasm_bindgen_test as test;

const JSON: [(&str, &str); 1] = [("Content-Type", "application/json")];
/// The answer to addKrav, as the guide prints it (4.3.3), shortened.
const KRAV: &str = r#"{
  "id":"4b97d591-1b88-4b70-81bc-7a4c4a227627",
  "indberetter": {"type":"VIRKSOMHED", "virksomhed": {"cvrNummer":"11111111"}},
  "beloeb":123,
  "opgjortdato":"2022-04-29",
  "rettidigt":true,
  "kvittering": {"kode":"K1", "overskrift": "Dit krav er nu anmeldt "},
  "slettet":false
}"#;

fn journal() -> DoedsbojournalId {
    JOURNAL.parse().unwrap()
}

fn krav_id() -> KravId {
    "k1".parse().unwrap()
}

fn answer(status: u16, body: &str) -> HttpResponse {
    HttpResponse::new(status, JSON, body)
}

#[test]
fn a_filed_krav_comes_back_with_id_and_kvittering() {
    let call = doedsbo::add_krav(&journal(), &Krav::default(), &checks()).unwrap();
    for status in [200, 201] {
        let krav = call.outcome(&answer(status, KRAV), now()).unwrap();
        assert_eq!(
            krav.id.unwrap().to_string(),
            "4b97d591-1b88-4b70-81bc-7a4c4a227627"
        );
        assert!(krav.kvittering.is_some());
    }
}

#[test]
fn the_total_is_read_and_garbage_is_not() {
    let query = payload(r#"{"cprNummer":"4634875520"}"#);
    let call = doedsbo::search_bo(&query, Page::first(), &checks()).unwrap();
    for (header, total) in [
        ("0", Some(0)),
        (" 17 ", Some(17)),
        ("18446744073709551615", Some(u64::MAX)),
        ("18446744073709551616", None),
        ("", None),
        ("-1", None),
        ("+1", None),
        ("1.5", None),
        ("many", None),
    ] {
        let response = HttpResponse::new(200, [("x-total-count", header)], "[{}]");
        let page = call.outcome(&response, now()).unwrap();
        assert_eq!((page.items.len(), page.total), (1, total), "{header:?}");
    }
    assert_eq!(call.outcome(&answer(200, "[]"), now()).unwrap().total, None);
}

#[test]
fn a_loop_over_pages_ends() {
    let full: Paged<u8> = Paged {
        items: vec![1, 2],
        total: Some(4),
    };
    assert!(full.may_have_more(2));
    assert!(!full.may_have_more(4) && !full.may_have_more(5));
    let empty: Paged<u8> = Paged {
        items: vec![],
        total: Some(4),
    };
    assert!(!empty.may_have_more(2));
    let unknown: Paged<u8> = Paged {
        items: vec![1],
        total: None,
    };
    assert!(unknown.may_have_more(100));
}

#[test]
fn sager_are_read_with_their_total() {
    let body = r#"[{"id":"ddf07fc5-d4af-43b0-9d55-44637c1fb2a8"}]"#;
    let found = sagslager::hent_sager()
        .outcome(&answer(200, body), now())
        .unwrap();
    assert_eq!(found.items[0].id.as_ref().unwrap().to_string(), SAG);
}

#[test]
fn what_update_and_upload_answer_with_may_be_nothing() {
    let update = doedsbo::update_krav(&journal(), &krav_id(), &Krav::default(), &checks()).unwrap();
    for (status, body) in [(204, ""), (200, " \n"), (200, "OK"), (200, "\"k1\"")] {
        assert_eq!(update.outcome(&answer(status, body), now()).unwrap(), None);
    }
    for body in [KRAV.to_owned(), format!("\u{feff} {KRAV}")] {
        let krav = update.outcome(&answer(200, &body), now()).unwrap();
        assert!(krav.unwrap().id.is_some());
    }
    let cut_off = update.outcome(&answer(200, "{\"id\":"), now()).unwrap_err();
    assert!(cut_off.may_have_been_processed());

    let upload =
        doedsbo::upload_krav_bilag(&journal(), &krav_id(), pdf("a.pdf"), &checks()).unwrap();
    assert_eq!(upload.outcome(&answer(201, ""), now()).unwrap(), None);
    let body = r#"{"id":"b1","filnavn":"a.pdf"}"#;
    let bilag = upload.outcome(&answer(201, body), now()).unwrap().unwrap();
    assert_eq!(bilag.id.unwrap().to_string(), "b1");

    let delete = doedsbo::delete_krav(&journal(), &krav_id());
    for (status, body) in [(204, ""), (200, KRAV), (202, "gone")] {
        delete.outcome(&answer(status, body), now()).unwrap();
    }
    let traad = henvendelse::add_traad(&payload("{}"), &checks()).unwrap();
    assert_eq!(traad.outcome(&answer(201, ""), now()).unwrap(), None);
}

#[test]
fn a_filing_whose_answer_cannot_be_read_says_that_it_was_accepted() {
    let call = doedsbo::add_krav(&journal(), &Krav::default(), &checks()).unwrap();
    assert!(!call.prepared().repeatable());
    for (body, what) in [
        ("", "body.empty"),
        ("<html>", "body.not_json"),
        ("{\"id\":", "body.not_json"),
        ("{\"beloeb\":\"mange\"}", "body.shape"),
        ("[]", "body.shape"),
        ("null", "body.shape"),
    ] {
        let error = call.outcome(&answer(201, body), now()).unwrap_err();
        assert!(error.may_have_been_processed(), "{body}");
        assert_eq!(error.status(), Some(201));
        assert_eq!(
            error.unreadable_reason().map(Unreadable::code),
            Some(what),
            "{body}"
        );
        assert!(!format!("{error} {error:?}").contains("mange"));
    }
}

#[test]
fn a_refusal_is_decoded_for_every_kind_of_call() {
    let refused = answer(400, r#"{"kode":"doedsbo.f19"}"#);
    let is_refusal = |error: PortalError| {
        assert_eq!(
            (error.status(), error.unreadable_reason()),
            (Some(400), None)
        );
    };
    let add = doedsbo::add_krav(&journal(), &Krav::default(), &checks()).unwrap();
    is_refusal(add.outcome(&refused, now()).unwrap_err());
    is_refusal(
        doedsbo::get_all_krav(&journal())
            .outcome(&refused, now())
            .unwrap_err(),
    );
    let delete = doedsbo::delete_krav(&journal(), &krav_id());
    is_refusal(delete.outcome(&refused, now()).unwrap_err());
    let file = doedsbo::download_krav_bilag(&journal(), &krav_id(), &"b1".parse().unwrap());
    is_refusal(file.outcome(&refused, now()).unwrap_err());
    for status in [100, 302, 304, 401, 500] {
        assert!(
            delete.outcome(&answer(status, ""), now()).is_err(),
            "{status}"
        );
    }
}

#[test]
fn a_download_brings_name_type_and_bytes() {
    let call = dokumentlager::get_fil(&"d1".parse().unwrap());
    let bytes = b"%PDF-1.7\r\n\0\xff".to_vec();
    let headers = [
        ("content-type", "application/pdf"),
        (
            "content-disposition",
            "attachment; filename=\"x.pdf\"; filename*=UTF-8''%C3%B8.pdf",
        ),
    ];
    let response = HttpResponse::new(200, headers, bytes.clone());
    let file = call.outcome(&response, now()).unwrap();
    assert_eq!(file.filnavn.as_deref(), Some("ø.pdf"));
    assert_eq!(file.content_type.as_deref(), Some("application/pdf"));
    assert_eq!(file.bytes, bytes);
    assert!(!format!("{file:?}").contains('ø'));

    let bare = call
        .outcome(&HttpResponse::new(200, [("", "")], "x"), now())
        .unwrap();
    assert_eq!((bare.filnavn, bare.content_type), (None, None));
    let empty = call.outcome(&HttpResponse::new(200, headers, ""), now());
    assert_eq!(empty.unwrap_err().kind(), ErrorKind::Protocol);
}

#[test]
fn a_custom_call_brings_its_answer_as_it_came() {
    let call = custom(CustomCall {
        service: Service::Virksomhed,
        operation_id: "made-up".into(),
        method: Method::Get,
        path: "/made-up".into(),
        parameters: vec![],
        query: vec![],
        body: CustomBody::Empty,
    })
    .unwrap();
    let raw = call
        .outcome(
            &HttpResponse::new(206, [("X-Total-Count", "3")], "not json"),
            now(),
        )
        .unwrap();
    assert_eq!(
        (raw.status, raw.total, &*raw.bytes),
        (206, Some(3), &b"not json"[..])
    );
    assert!(call.outcome(&answer(404, ""), now()).is_err());
}

#[cfg(not(target_arch = "wasm32"))]
proptest! {
    #[test]
    fn no_answer_makes_a_call_panic(
        status in 0u16..1000,
        headers in proptest::collection::vec(("[A-Za-z-]{0,20}", any::<String>()), 0..4),
        total in any::<String>(),
        disposition in any::<String>(),
        body in proptest::collection::vec(any::<u8>(), 0..80),
    ) {
        let mut headers = headers;
        headers.push(("X-Total-Count".into(), total));
        headers.push(("Content-Disposition".into(), disposition));
        let response = HttpResponse::new(status, headers, body);
        let query = payload(r#"{"cprNummer":"4634875520"}"#);
        let search = doedsbo::search_bo(&query, Page::first(), &checks()).unwrap();
        let _ = search.outcome(&response, now());
        let add = doedsbo::add_krav(&journal(), &Krav::default(), &checks()).unwrap();
        let _ = add.outcome(&response, now());
        let file = doedsbo::download_krav_bilag(&journal(), &krav_id(), &"b1".parse().unwrap());
        let _ = file.outcome(&response, now());
        let sag = SAG.parse().unwrap();
        let krav = payload("{}");
        let update = tvangsoploesning::update_krav(&sag, &krav_id(), &krav, &checks()).unwrap();
        let _ = update.outcome(&response, now());
    }
}
