//! Codes in bodies of shapes that nobody announced.

use skifteportal::error::{ErrorKind, FoundBy, Language, PortalError};
use skifteportal::http::HttpResponse;
use skifteportal::model::Timestamp;
#[cfg(target_arch = "wasm32")]
use wasm_bindgen_test::wasm_bindgen_test as test;

fn decode(body: &str) -> PortalError {
    let response = HttpResponse::new(400, [("Content-Type", "application/json")], body);
    PortalError::decode(&response, Timestamp::from_unix(1_700_000_000))
}

fn codes(body: &str) -> Vec<String> {
    decode(body)
        .codes()
        .iter()
        .map(|f| f.code.clone())
        .collect()
}

#[test]
fn codes_wherever_they_stand() {
    for (body, expected) in [
        (r#"{"errorCode":"doedsbo.f1"}"#, &["doedsbo.f1"] as &[_]),
        (r#"{"doedsbo.f1":null}"#, &["doedsbo.f1"]),
        (r#"{"doedsbo.f1":{"message":"x"}}"#, &["doedsbo.f1"]),
        (
            r#"["doedsbo.f1","doedsbo.f2"]"#,
            &["doedsbo.f1", "doedsbo.f2"],
        ),
        (r#""doedsbo.f1""#, &["doedsbo.f1"]),
        (
            r#"{"a":{"b":[[{"c":"fejl: doedsbo.f1 (CPR)"}]]}}"#,
            &["doedsbo.f1"],
        ),
        (
            r#"{"errors":{"beloeb":["doedsbo.f17"],"dato":["doedsbo.f16","doedsbo.f7"]}}"#,
            &["doedsbo.f17", "doedsbo.f16", "doedsbo.f7"],
        ),
        (
            r#"{"message":"Validering: [doedsbo.f1, doedsbo.f2]"}"#,
            &["doedsbo.f1", "doedsbo.f2"],
        ),
        (
            r#"{"type":"urn:fejl:doedsbo.f24","title":"x"}"#,
            &["doedsbo.f24"],
        ),
        (
            r#"{"type":"about:blank","title":"doedsbo.f24","detail":"Filen skal være en PDF-fil"}"#,
            &["doedsbo.f24"],
        ),
        (r#"{"kode":"DOEDSBO.F24"}"#, &["DOEDSBO.F24"]),
        (r"{'kode':'doedsbo.f24'}", &["doedsbo.f24"]),
        (r#"{kode:"doedsbo.f24",}"#, &["doedsbo.f24"]),
        ("400 BAD_REQUEST \"doedsbo.f24\"", &["doedsbo.f24"]),
        (
            "<fejl><kode>doedsbo.f24</kode><tekst>Filen skal være en PDF-fil</tekst></fejl>",
            &["doedsbo.f24"],
        ),
        (r#"{"code":"doedsbo.f2"#, &["doedsbo.f2"]),
        // The text above and the code below are one error, and so are a code twice.
        (
            r#"{"message":"Filen skal være en PDF-fil","errors":[{"code":"doedsbo.f24"}]}"#,
            &["doedsbo.f24"],
        ),
        (
            r#"{"code":"doedsbo.f24","message":"doedsbo.f24: Filen skal være en PDF-fil"}"#,
            &["doedsbo.f24"],
        ),
        (
            r#"{"kode":"sag.registrering.krav.opgjortdato.fremtidig","besked":"Opgjortdato skal være dags dato eller tidligere"}"#,
            &["sag.registrering.krav.opgjortdato.fremtidig"],
        ),
        // Not codes.
        (r#"{"code":400,"status":400,"type":"about:blank"}"#, &[]),
        (r#"{"code":null,"kode":"","key":"two words"}"#, &[]),
        (r#"{"type":"VIRKSOMHED","navn":"sag.dk"}"#, &[]),
        (
            r#"{"timestamp":"2024-01-01","status":400,"error":"Bad Request","path":"/sag.x"}"#,
            &[],
        ),
        ("", &[]),
        ("null", &[]),
        ("{}", &[]),
    ] {
        assert_eq!(codes(body), expected, "{body}");
    }
}

#[test]
fn unknown_codes_are_kept_and_shown() {
    for (body, code, text) in [
        (
            r#"{"kode":"doedsbo.f40","besked":"Noget helt nyt"}"#,
            "doedsbo.f40",
            Some("Noget helt nyt"),
        ),
        (
            r#"{"fejl":"sag.ny.regel.brudt"}"#,
            "sag.ny.regel.brudt",
            None,
        ),
        (
            "handling.ny.regel: Noget nyt",
            "handling.ny.regel",
            Some("Noget nyt"),
        ),
        (
            r#"{"code":"VALIDATION_ERROR","message":"Noget nyt"}"#,
            "VALIDATION_ERROR",
            Some("Noget nyt"),
        ),
        (
            r#"{"errorCode":4711,"description":"Noget nyt"}"#,
            "4711",
            Some("Noget nyt"),
        ),
        (
            r#"{"type":"https://x.dk/fejl/beloeb.ugyldigt","detail":"Noget nyt"}"#,
            "beloeb.ugyldigt",
            Some("Noget nyt"),
        ),
    ] {
        let error = decode(body);
        let [found] = error.codes() else {
            panic!("{body} {:?}", error.codes());
        };
        assert_eq!(
            (found.code.as_str(), found.template),
            (code, None),
            "{body}"
        );
        assert_eq!(found.text.as_deref(), text, "{body}");
        assert_eq!(error.code(), code);
        assert_eq!(error.kind(), ErrorKind::Data);
        for language in [Language::Danish, Language::English] {
            let shown = error.explanation(language);
            assert!(
                shown.contains(code) && shown.contains(text.unwrap_or("")),
                "{shown}"
            );
        }
    }
    // A known code says more than a general one above it.
    let error = decode(r#"{"code":"VALIDATION","errors":[{"code":"doedsbo.f13"}]}"#);
    assert_eq!(error.codes().len(), 2);
    assert_eq!(error.code(), "doedsbo.f13");
}

#[test]
fn fields_arguments_and_references() {
    let field = |body: &str| decode(body).codes()[0].pointer.clone();
    for body in [
        r#"{"errors":[{"code":"doedsbo.f17","field":"opgjortdato"}]}"#,
        r#"{"errors":[{"code":"doedsbo.f17","felt":"opgjortdato"}]}"#,
        r#"{"errors":[{"code":"doedsbo.f17","source":{"pointer":"opgjortdato"}}]}"#,
        r#"{"fejl":{"opgjortdato":["doedsbo.f17"]}}"#,
    ] {
        assert_eq!(field(body).as_deref(), Some("opgjortdato"), "{body}");
    }
    assert_eq!(
        field(r#"{"detail":[{"loc":["body","beloeb"],"kode":"doedsbo.f17"}]}"#).as_deref(),
        Some("/body/beloeb")
    );
    assert_eq!(field(r#"{"path":"/krav","code":"doedsbo.f17"}"#), None);
    let two =
        r#"{"errors":[{"code":"doedsbo.f17","field":"a"},{"code":"doedsbo.f17","field":"b"}]}"#;
    assert_eq!(decode(two).codes().len(), 2);
    let error =
        decode(r#"{"kode":"doedsbo.f18","argumenter":["12 MB","10 MB"],"traceId":"abc-1"}"#);
    assert_eq!(error.bilag_limit().unwrap().limit, "10 MB");
    assert_eq!(error.reference(), Some("abc-1"));
    assert!(error
        .explanation(Language::English)
        .contains("reference: abc-1"));
    let error = decode(
        r#"{"type":"about:blank","title":"Forkert","status":400,"detail":"Noget","instance":"/f/1"}"#,
    );
    let problem = error.problem().unwrap();
    assert_eq!(problem.detail.as_deref(), Some("Noget"));
    assert_eq!(problem.instance.as_deref(), Some("/f/1"));
    assert!(error.explanation(Language::Danish).contains("\"Noget\""));
}

#[test]
fn words_without_a_code_are_told() {
    let error = decode(r#"{"status":500,"error":"Fejl","message":"Noget &quot;gik&quot; galt"}"#);
    assert_eq!(error.portal_text(), Some("Noget \"gik\" galt"));
    assert!(error
        .explanation(Language::English)
        .contains("The answer says: \"Noget"));
}

#[test]
fn many_codes_are_bounded_and_counted() {
    let body: Vec<String> = (100..400)
        .map(|n| format!("{{\"kode\":\"doedsbo.f{n}\"}}"))
        .collect();
    let error = decode(&format!("[{}]", body.join(",")));
    assert_eq!(error.codes().len(), 64);
    assert!(error
        .explanation(Language::English)
        .contains("59 more errors"));
}

#[test]
fn an_error_is_small_and_shareable() {
    fn shareable<T: Send + Sync + Clone + std::error::Error + 'static>() {}
    shareable::<PortalError>();
    assert_eq!(
        std::mem::size_of::<PortalError>(),
        std::mem::size_of::<usize>()
    );
    let error = decode(r#"{"kode":"doedsbo.f24"}"#);
    assert_eq!(error.clone(), error);
    assert_eq!(
        error.to_string(),
        "doedsbo.f24 (HTTP 400): The file must be a PDF file"
    );
    assert_eq!(error.codes()[0].found_by, FoundBy::Code);
}
