//! What requests of all operations have in common, and what is refused. The exact request of each is
//! in `tests/vectors/operations`.

use skifteportal::api::{doedsbo, PreparedCall, TokenRule};
use skifteportal::auth::TokenKind;
use skifteportal::environment::Environment;
use skifteportal::http::HttpRequest;
use skifteportal::model::KravId;

use crate::calls::{checks, environment, every_call, payload, pdf, token, JOURNAL};
#[cfg(target_arch = "wasm32")]
use wasm_bindgen_test::wasm_bindgen_test as test;

fn send(call: &PreparedCall) -> HttpRequest {
    let kind = match call.operation().token {
        TokenRule::Delegated => TokenKind::Delegated,
        _ => TokenKind::Direct,
    };
    call.to_request(&environment(), Some(&token(kind))).unwrap()
}

#[test]
fn the_same_call_makes_the_same_request_again() {
    for call in every_call() {
        assert_eq!(send(&call), send(&call));
        assert_eq!(send(&call.clone()), send(&call));
    }
}

#[test]
fn production_differs_in_its_host_only() {
    let journal = JOURNAL.parse().unwrap();
    let call = doedsbo::get_all_krav(&journal);
    let token = token(TokenKind::Direct);
    let request = call
        .prepared()
        .to_request(&Environment::production(), Some(&token))
        .unwrap();
    assert_eq!(
        request.url,
        format!("https://api.domstol.dk/doedsbojournaler/{JOURNAL}/krav")
    );
}

#[test]
fn a_path_of_the_host_wins_over_the_catalogue() {
    let environment = Environment::test()
        .with_path("doedsbojournal.addKrav", "/v9/boer/{doedsbojournalId}/krav")
        .unwrap();
    let journal = JOURNAL.parse().unwrap();
    let call = doedsbo::add_krav(&journal, &payload("{}"), &checks()).unwrap();
    let token = token(TokenKind::Direct);
    let request = call
        .prepared()
        .to_request(&environment, Some(&token))
        .unwrap();
    assert_eq!(
        request.url,
        format!("https://api.test-minskiftesag.net/v9/boer/{JOURNAL}/krav")
    );
}

#[test]
fn a_path_with_other_parameters_is_refused() {
    let journal = JOURNAL.parse().unwrap();
    let call = doedsbo::get_krav(&journal, &"k1".parse().unwrap());
    let token = token(TokenKind::Direct);
    for template in [
        "/krav",
        "/boer/{doedsbojournalId}/krav",
        "/boer/{doedsbojournalId}/krav/{id}",
        "/boer/{doedsbojournalId}/krav/{kravId}/{more}",
        "/boer/{doedsbojournalId}/{kravId}/{kravId}",
    ] {
        let environment = Environment::test()
            .with_path("doedsbojournal.getKrav", template)
            .unwrap();
        let error = call
            .prepared()
            .to_request(&environment, Some(&token))
            .unwrap_err();
        assert_eq!(error.code(), "call.path_parameters", "{template}");
        assert!(error.to_string().contains("kravId"), "{error}");
    }
}

#[test]
fn a_path_that_is_not_known_is_never_guessed() {
    let mut unknown = 0;
    for call in every_call() {
        let spec = call.operation();
        let kind = match spec.token {
            TokenRule::Delegated => TokenKind::Delegated,
            _ => TokenKind::Direct,
        };
        let result = call.to_request(&Environment::test(), Some(&token(kind)));
        if spec.path.is_some() {
            assert!(result.is_ok(), "{}", spec.key);
            continue;
        }
        unknown += 1;
        let error = result.unwrap_err();
        assert_eq!(error.code(), "call.path_not_known");
        let text = error.to_string();
        assert!(text.contains(&*spec.key), "{text}");
        assert!(text.contains("-oas.yaml"), "{text}");
        assert!(text.contains("Environment::with_path"), "{text}");
    }
    assert_eq!(unknown, 14);
}

#[test]
fn all_broken_rules_are_told_at_once_and_each_can_be_turned_off() {
    let journal = JOURNAL.parse().unwrap();
    let krav = payload(r#"{"opgjortdato":"2099-01-01","tredjepart":{"type":"ANDEN"},"beloeb":1}"#);
    let error = doedsbo::add_krav(&journal, &krav, &checks()).unwrap_err();
    assert_eq!(error.code(), "call.rules");
    let mut codes: Vec<&str> = error.violations().iter().map(|v| v.code).collect();
    codes.sort_unstable();
    assert_eq!(codes, ["doedsbo.f17", "doedsbo.f4"]);

    let one_off = checks().without("doedsbo.f17");
    let error = doedsbo::add_krav(&journal, &krav, &one_off).unwrap_err();
    assert_eq!(error.violations().len(), 1);
    let both_off = one_off.without("doedsbo.f4");
    assert!(doedsbo::add_krav(&journal, &krav, &both_off).is_ok());
    let id = "k1".parse().unwrap();
    assert!(doedsbo::update_krav(&journal, &id, &krav, &checks()).is_err());
}

#[test]
fn what_is_no_pdf_is_not_uploaded_unless_the_host_insists() {
    let (journal, id) = (JOURNAL.parse().unwrap(), "k1".parse().unwrap());
    let mut upload = pdf("a.pdf");
    upload.bytes = b"PK\x03\x04".to_vec();
    let error = doedsbo::upload_krav_bilag(&journal, &id, upload.clone(), &checks()).unwrap_err();
    assert_eq!(error.violations()[0].code, "doedsbo.f24");
    let off = checks().without("doedsbo.f24");
    assert!(doedsbo::upload_krav_bilag(&journal, &id, upload, &off).is_ok());
}

#[test]
fn placeholders_for_member_names_are_not_sent() {
    let query = skifteportal::model::DoedsbojournalAendringer {
        ids: vec![],
        siden: "2024-01-01T00:00:00Z".parse().unwrap(),
        navne: skifteportal::model::AendringerNavne::default(),
        extra: skifteportal::model::Extra::default(),
    };
    let page = skifteportal::api::Page::first();
    let error = doedsbo::find_changed_since(&query, page, &checks()).unwrap_err();
    assert_eq!(error.code(), "call.member_names_not_known");
}

#[test]
fn an_id_that_could_leave_its_segment_is_no_id() {
    for text in [
        "", ".", "..", "../k", "k/1", "k%2f1", "k?1", "k#1", "k\r\n1", "k;1", "k 1", "kæ",
    ] {
        assert!(KravId::new(text).is_err(), "{text:?}");
    }
}

#[test]
fn nothing_printed_for_debugging_holds_a_value() {
    let mut texts: Vec<String> = every_call().iter().map(|c| format!("{c:?}")).collect();
    texts.push(format!("{:?}", pdf("hemmelig.pdf")));
    texts.extend(every_call().iter().map(|c| format!("{:?}", send(c))));
    for text in texts {
        for secret in ["4634875520", "direct.token", "delegated.token", "hemmelig"] {
            assert!(!text.contains(secret), "{text}");
        }
    }
}
