//! Every code of the guide, in every form in which it may arrive.
#![allow(clippy::unwrap_used)] // A helper that cannot go on fails its test.

use skifteportal::error::{catalogue, FoundBy, Language, PortalError};
use skifteportal::http::HttpResponse;
use skifteportal::model::Timestamp;
#[cfg(target_arch = "wasm32")]
use wasm_bindgen_test::wasm_bindgen_test as test;

fn decode(content_type: &str, body: impl Into<Vec<u8>>) -> PortalError {
    let response = HttpResponse::new(400, [("Content-Type", content_type)], body);
    PortalError::decode(&response, Timestamp::from_unix(1_700_000_000))
}

fn guide() -> Vec<(String, String, String)> {
    let text = include_str!("data/guide/error-codes.json");
    let entries: Vec<serde_json::Value> = serde_json::from_str(text).unwrap();
    let get = |e: &serde_json::Value, k: &str| e[k].as_str().unwrap().to_owned();
    entries
        .iter()
        .map(|e| (get(e, "code"), get(e, "da"), get(e, "source")))
        .collect()
}

#[test]
fn the_catalogue_is_the_guides() {
    let ours: Vec<_> = catalogue::entries()
        .map(|e| (e.code.to_owned(), e.danish.to_owned(), e.source.to_owned()))
        .collect();
    assert_eq!(ours.len(), 89);
    assert_eq!(ours, guide());
}

#[test]
fn every_code_is_explained_in_both_languages() {
    for entry in catalogue::entries() {
        assert_ne!(entry.danish, entry.english);
        assert_ne!(entry.remedy_danish, entry.remedy_english);
        for remedy in [entry.remedy_danish, entry.remedy_english] {
            assert!(
                remedy.len() > 30 && remedy.ends_with('.'),
                "{}: {remedy}",
                entry.code
            );
        }
        for n in 0..3 {
            let place = format!("{{{n}}}");
            assert_eq!(
                entry.danish.contains(&place),
                entry.english.contains(&place),
                "{}",
                entry.code
            );
        }
        let arguments = ["12".to_owned(), "10".to_owned()];
        for language in [Language::Danish, Language::English] {
            let text = entry.explanation(language, &arguments);
            assert!(!text.contains('{') && !text.contains("''"), "{text}");
        }
    }
}

/// The argument values of the tests, for each number of arguments.
fn samples(template: &str) -> Vec<Vec<String>> {
    let sets: &[[&str; 2]] = &[
        ["1183", "10485760"],
        ["10.485.761", "20 MB"],
        ["O'Brien & Søn", "må ikke være \"tom\""],
        ["", ""],
        ["a {0} b", "{x}"],
        ["USKIFTET_BO", "e25d84d3-7aec-4361-84da-93125cb83f08"],
        ["Krav, nr. 7", "før. Fejl"],
    ];
    let count = [template.contains("{0}"), template.contains("{1}")]
        .iter()
        .filter(|x| **x)
        .count();
    if count == 0 {
        return vec![vec![]];
    }
    sets.iter()
        .map(|set| set[..count].iter().map(|s| (*s).to_owned()).collect())
        .collect()
}

fn fill(template: &str, arguments: &[String]) -> String {
    let mut out = String::new();
    let mut rest = template;
    while let Some((before, after)) = rest.split_once('{') {
        let (n, after) = after.split_once('}').unwrap();
        out += before;
        out += &arguments[n.parse::<usize>().unwrap()];
        rest = after;
    }
    out + rest
}

/// The ways in which a template may be rendered: as it stands, with the apostrophes as Java leaves
/// them, without any, with typographic ones, over several lines.
fn renderings(template: &str, arguments: &[String]) -> Vec<String> {
    let single = template.replace("''", "'");
    let none = template.replace('\'', "");
    let mut out = vec![
        fill(template, arguments),
        fill(&single, arguments),
        fill(&none, arguments),
        fill(&single.replace('\'', "\u{2019}"), arguments),
        fill(&none.replace("{0}", "\u{201c}{0}\u{201d}"), arguments),
        fill(&single.replace(' ', "\n "), arguments),
        fill(&format!("  {}", single.trim_end_matches('.')), arguments),
    ];
    if !template.contains('\'') {
        // Quotes that no template has belong to the argument.
        out.remove(4);
    }
    if !template.trim_end_matches('.').ends_with('}') {
        out.push(format!(
            "{}.",
            fill(single.trim_end_matches('.'), arguments)
        ));
        out.push(fill(&single.to_uppercase(), arguments));
    }
    out
}

fn json(text: &str) -> String {
    serde_json::to_string(text).unwrap()
}

fn html(text: &str) -> String {
    text.replace('&', "&amp;")
        .replace('<', "&lt;")
        .replace('\'', "&#39;")
        .replace('æ', "&aelig;")
}

#[test]
fn every_code_with_its_arguments_in_every_shape() {
    let mut cases = 0;
    for entry in catalogue::entries() {
        for arguments in samples(entry.danish) {
            for (number, text) in renderings(entry.danish, &arguments).into_iter().enumerate() {
                let (code, quoted) = (entry.code, json(&text));
                let flat = text.replace('\n', " ");
                let bodies = [
                    (
                        "application/json",
                        format!(r#"{{"fejlkode":"{code}","besked":{quoted}}}"#),
                    ),
                    (
                        "application/json",
                        format!(
                            r#"{{"status":400,"errors":[{{"message":{quoted},"code":"{code}","field":"beloeb"}}]}}"#
                        ),
                    ),
                    (
                        "application/problem+json",
                        format!(
                            r#"{{"type":"https://example.dk/fejl/{code}","title":"Bad Request","status":400,"detail":{quoted}}}"#
                        ),
                    ),
                    ("application/json", format!(r#"{{"{code}":[{quoted}]}}"#)),
                    ("text/plain", format!("{code}: {flat}")),
                    (
                        "text/html",
                        format!(
                            "<html><title>Fejl</title><body><h1>{code}</h1><p>{}</p></body></html>",
                            html(&flat)
                        ),
                    ),
                    (
                        "application/json",
                        format!(
                            r#"{{"code":"{code}","message":{}"#,
                            quoted.strip_suffix('"').unwrap()
                        ),
                    ),
                    (
                        "text/plain",
                        json(&format!(r#"{{"kode":"{code}","tekst":{quoted}}}"#)),
                    ),
                ];
                for (content_type, body) in bodies {
                    let error = decode(content_type, body.clone());
                    let [found] = error.codes() else {
                        panic!("{body}\n{:?}", error.codes());
                    };
                    assert_eq!(found.code, code, "{body}");
                    assert_eq!(found.template, Some(entry), "{body}");
                    assert_eq!(error.code(), code);
                    assert_eq!(found.arguments, arguments, "rendering {number}: {body}");
                    cases += 1;
                }
            }
        }
    }
    assert!(cases > 5000, "{cases}");
}

#[test]
fn a_text_without_its_code_is_recognised() {
    for entry in catalogue::entries() {
        let arguments: Vec<String> = samples(entry.danish).swap_remove(0);
        let text = fill(&entry.danish.replace("''", "'"), &arguments);
        for body in [
            format!(r#"{{"message":{}}}"#, json(&text)),
            text.clone(),
            format!("<p>{}</p>", html(&text)),
            format!("400 Bad Request: {{\"detail\":{}}}", json(&text)),
        ] {
            let error = decode("application/json", body.clone());
            let [found] = error.codes() else {
                panic!("{body}\n{:?}", error.codes());
            };
            assert_eq!(found.found_by, FoundBy::Text);
            assert_eq!(found.arguments, arguments, "{body}");
            // Three texts belong to two codes each; the first of the guide stands for both.
            let first = catalogue::entries()
                .find(|e| e.danish == entry.danish)
                .unwrap();
            assert_eq!(found.code, first.code, "{body}");
        }
    }
}

#[test]
fn a_bare_template_has_no_arguments() {
    for entry in catalogue::entries() {
        for text in [entry.danish.to_owned(), entry.danish.replace('\'', "")] {
            let error = decode(
                "application/json",
                format!(r#"{{"kode":"{}","besked":{}}}"#, entry.code, json(&text)),
            );
            assert_eq!(error.codes().len(), 1, "{text}");
            assert_eq!(error.codes()[0].arguments, Vec::<String>::new(), "{text}");
        }
    }
}

#[test]
fn the_limits_of_a_bilag() {
    let error = decode(
        "",
        "Bilaget overskrider den maksimalt tilladte størrelse (1234567890/10.485.760)",
    );
    let limit = error.bilag_limit().unwrap();
    // Ten digits, but a size: shown as it is.
    assert_eq!(
        (limit.actual.as_str(), limit.limit.as_str()),
        ("1234567890", "10.485.760")
    );
    assert!(error
        .explanation(Language::Danish)
        .contains("(1234567890/10.485.760)"));
    let error = decode("", r#"{"kode":"doedsbo.f19","argumenter":[20]}"#);
    assert_eq!(error.bilag_count_limit(), Some(20));
    assert_eq!(error.bilag_limit(), None);
    assert_eq!(decode("", r#"{"kode":"doedsbo.f18"}"#).bilag_limit(), None);
}

#[test]
fn several_texts_in_one() {
    let text = "Retskreds med id '1' eksisterer ikke. Adresse med darId '2' eksisterer ikke; \
        Kategorier må kun angives en gang, De følgende er duplikater: BIL, BOLIG, PDF filen er usikker";
    let error = decode("text/plain", text);
    let found: Vec<_> = error
        .codes()
        .iter()
        .map(|f| (f.code.as_str(), f.arguments.clone()))
        .collect();
    assert_eq!(
        found,
        [
            ("doedsbo.f5", vec!["1".to_owned()]),
            ("doedsbo.f6", vec!["2".to_owned()]),
            ("doedsbo.f20", vec!["BIL, BOLIG".to_owned()]),
            ("doedsbo.f25", vec![]),
        ]
    );
}
