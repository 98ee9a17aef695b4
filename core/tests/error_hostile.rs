//! Whatever arrives: no panic, bounded, and no secret in any text.
// What the property tests alone use.
#![cfg_attr(target_arch = "wasm32", allow(unused_imports, dead_code))]

use std::fmt::Write as _;

#[cfg(not(target_arch = "wasm32"))]
use proptest::prelude::*;
use skifteportal::error::{Language, PortalError, TransportFailure, Unreadable};
use skifteportal::http::HttpResponse;
use skifteportal::model::Timestamp;
#[cfg(target_arch = "wasm32")]
use wasm_bindgen_test::wasm_bindgen_test as test;

const JWT: &str = "eyJhbGciOiJSUzI1NiJ9.eyJzdWIiOiIzMDgwODQ2MCJ9.c2lnbmF0dXJlLXNpZ25hdHVyZQ";

/// Everything that an error shows.
fn shown(error: &PortalError) -> String {
    let mut out = format!("{error:?}\n{error}\n{}\n", error.code());
    for language in [Language::Danish, Language::English] {
        out += &error.explanation(language);
    }
    // Writing to a String cannot fail.
    let _ = write!(
        out,
        "{:?}{:?}{:?}{:?}{:?}",
        error.codes(),
        error.oauth(),
        error.problem(),
        error.excerpt(),
        error.reference()
    );
    out
}

fn decode(status: u16, headers: &[(String, String)], body: &[u8]) -> PortalError {
    let response = HttpResponse::new(status, headers.iter().cloned(), body);
    PortalError::decode(&response, Timestamp::from_unix(1_700_000_000))
}

#[test]
fn secrets_show_nowhere() {
    let secrets = [
        (JWT, "eyJ"),
        ("4634875520", "4634875520"),
        ("463487-5520", "5520"),
        ("client_secret=hemmelig17", "hemmelig17"),
        ("Bearer abcdef0123456789", "abcdef0123456789"),
        (
            "MIIEvQIBADANBgkqhkiG9w0BAQEFAASCBKcwggSjAgEAAoIBAQC7VJTUt9Us8cKj",
            "BADANBgkq",
        ),
    ];
    for (text, secret) in secrets {
        let quoted = serde_json::to_string(text).unwrap();
        let bodies = [
            format!(
                r#"{{"kode":"doedsbo.f28","besked":"Følgende krævede værdier i udleveringens detaljer er ikke udfyldt: {text}"}}"#
            ),
            format!(
                r#"{{"kode":"doedsbo.f5","besked":"Retskreds med id '{text}' eksisterer ikke"}}"#
            ),
            format!(r#"{{"kode":"handling.mapning.fejlet","argumenter":["a",{quoted}]}}"#),
            format!(r#"{{"kode":{quoted},"besked":{quoted},"felt":{quoted},"traceId":{quoted}}}"#),
            format!(r#"{{"code":"X","errors":{{{quoted}:["doedsbo.f1"]}}}}"#),
            format!(
                r#"{{"title":{quoted},"detail":{quoted},"type":{quoted},"instance":{quoted}}}"#
            ),
            format!(
                r#"{{"error":"invalid_client","error_description":{quoted},"error_uri":{quoted}}}"#
            ),
            format!(r#"{{"error":{quoted}}}"#),
            format!("doedsbo.f40: {text}"),
            text.to_owned(),
            format!("<html><title>{text}</title><p>{text}</p></html>"),
            format!("{} {text}", "x ".repeat(245)),
        ];
        for body in bodies {
            let header = ("X-Request-Id".to_owned(), text.to_owned());
            for status in [400, 401, 502] {
                let all = shown(&decode(
                    status,
                    std::slice::from_ref(&header),
                    body.as_bytes(),
                ));
                assert!(!all.contains(secret), "{body}\n{all}");
            }
        }
        let challenge = format!("Bearer error=\"invalid_token\", error_description=\"{text}\"");
        let all = shown(&decode(401, &[("WWW-Authenticate".into(), challenge)], b""));
        assert!(!all.contains(secret), "{all}");
        let failure = TransportFailure::Broken {
            reason: text.to_owned(),
        };
        assert!(!shown(&PortalError::transport(failure)).contains(secret));
        let response = HttpResponse::new(200, [("a", "b")], "");
        let what = Unreadable::MissingMember {
            name: text.to_owned(),
        };
        assert!(!shown(&PortalError::unreadable(&response, what)).contains(secret));
    }
}

#[test]
fn large_and_repetitive_bodies_end_soon() {
    let pieces = [
        "[",
        "{\"a\":",
        "<script>",
        "<",
        "&",
        "&#",
        "\"",
        "\\\"",
        "'",
        "doedsbo.f",
        "sag.",
        "sag.a.b ",
        "doedsbo.f18 ",
        "Fejlet mapning af attribut: ",
        "Retskreds med id ",
        "Kategorier må kun angives en gang, De følgende er duplikater: ",
        "kan ikke registreres på sagen, da sagen er afsluttet ",
        "Bilaget overskrider den maksimalt tilladte størrelse (/",
        "token=",
        "token ",
        "token: \"",
        "Bearer ",
        "eyJ",
        "-----BEGIN ",
        "123456-",
        "{\"kode\":\"doedsbo.f18\",\"besked\":\"",
        "{\"doedsbo.f18\":[",
        "\u{202e}",
        "æ",
        "<!--",
        "<title",
        "{\"a\":\"{\\\"a\\\":",
    ];
    for piece in pieces {
        let body = piece.repeat(400_000 / piece.len());
        for start in ["", "{\"besked\":\"", "<p>"] {
            let all = shown(&decode(400, &[], format!("{start}{body}").as_bytes()));
            assert!(all.len() < 400_000, "{piece}");
        }
    }
}

#[cfg(not(target_arch = "wasm32"))]
proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::with_cases(400) })]

    #[test]
    fn any_answer_is_decoded(
        status in any::<u16>(),
        headers in proptest::collection::vec(
            ("(?i)(content-type|retry-after|date|www-authenticate|x-request-id|[a-z]{1,5})", any::<String>()), 0..5),
        body in proptest::collection::vec(any::<u8>(), 0..600),
    ) {
        let error = decode(status, &headers, &body);
        prop_assert_eq!(error.status(), Some(status));
        let line = error.to_string();
        prop_assert!(!line.contains(['\n', '\r', '\0']));
        let _ = shown(&error);
        let response = HttpResponse::new(status, headers, body);
        let _ = shown(&PortalError::unreadable(&response, Unreadable::Empty));
    }

    #[test]
    fn anything_like_an_error_body_is_decoded(
        parts in proptest::collection::vec(prop_oneof![
            Just("{"), Just("}"), Just("["), Just("]"), Just("\""), Just(":"), Just(","), Just("\\"), Just("'"),
            Just("kode"), Just("besked"), Just("errors"), Just("doedsbo.f18"), Just("doedsbo.f5"), Just("doedsbo.f"),
            Just("Bilaget overskrider den maksimalt tilladte størrelse ("), Just("/"), Just(")"), Just("4634875520"),
            Just("Retskreds med id '"), Just("' eksisterer ikke"), Just("<title>"), Just("<"), Just(">"), Just("&#39;"),
            Just("error"), Just("\\ud83d"), Just("\\u00e6"), Just(" "), Just("\n"), Just("æøå"), Just("Fejl: "),
            Just("Fejlet mapning af attribut: "), Just("token="), Just("Bearer "), Just("İ"), Just("\u{2019}"),
        ], 0..60)
    ) {
        let body = parts.concat();
        for status in [400, 401, 500] {
            let error = decode(status, &[], body.as_bytes());
            let all = shown(&error);
            prop_assert!(error.codes().len() <= 64);
            prop_assert!(!error.to_string().contains('\n'));
            // A CPR number between anything but digits never shows, unless as the size of a bilag.
            let longer = ["04634875520", "84634875520", "54634875520", "64634875520"];
            if error.bilag_limit().is_none() && !longer.iter().any(|l| body.contains(l)) {
                prop_assert!(!all.contains("4634875520"), "{}\n{}", body, all);
            }
        }
    }

    #[test]
    fn any_words_of_a_library(words in any::<String>()) {
        let _ = shown(&PortalError::transport(TransportFailure::classify(&words)));
    }

    #[test]
    fn arguments_survive(a in "[^'\"/()\\p{C}]{0,40}", b in "[0-9 a-zA-Z.,]{0,12}") {
        let (a, b) = (a.trim(), b.trim());
        let text = format!("Retskreds med id '{a}' eksisterer ikke");
        let body = serde_json::json!({"kode": "doedsbo.f5", "besked": text}).to_string();
        let error = decode(400, &[], body.as_bytes());
        prop_assert_eq!(&error.codes()[0].code, "doedsbo.f5");
        let redacted = error.codes()[0].arguments.first().is_some_and(|x| x.contains("[redacted]"));
        if !redacted && !a.contains('&') && a.split_whitespace().count() == a.split(' ').filter(|w| !w.is_empty()).count() {
            prop_assert_eq!(&error.codes()[0].arguments, &vec![a.to_owned()]);
        }
        let text = format!("Bilaget overskrider den maksimalt tilladte størrelse ({b}/{b})");
        let error = decode(400, &[], text.as_bytes());
        prop_assert_eq!(error.bilag_limit().unwrap().actual, b);
    }
}
