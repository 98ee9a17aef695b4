//! Escaping: nothing dangerous is left, and the reader gets the text that was written.
// What the property tests alone use.
#![cfg_attr(target_arch = "wasm32", allow(unused_imports, dead_code))]
#![allow(clippy::unwrap_used, clippy::expect_used)] // A test that cannot go on fails.

#[cfg(not(target_arch = "wasm32"))]
use proptest::prelude::*;
use skifteportal::model::{from_json, to_json};
use skifteportal::text::Fritekst;
#[cfg(target_arch = "wasm32")]
use wasm_bindgen_test::wasm_bindgen_test as test;

/// Reads HTML's character references, as far as the escaping uses them.
fn read_html(text: &str) -> String {
    let mut out = String::new();
    let mut rest = text;
    while let Some(at) = rest.find('&') {
        out.push_str(&rest[..at]);
        let end = at + rest[at..].find(';').expect("a reference ends");
        out.push(match &rest[at + 1..end] {
            "amp" => '&',
            "lt" => '<',
            "gt" => '>',
            "quot" => '"',
            other => {
                let hex = other.strip_prefix("#x").expect("a known reference");
                char::from_u32(u32::from_str_radix(hex, 16).unwrap()).unwrap()
            }
        });
        rest = &rest[end + 1..];
    }
    out + rest
}

/// Reads JavaScript's escapes through the JSON reader, which knows the same `\uXXXX`.
fn read_javascript(text: &str) -> String {
    serde_json::from_str(&format!("\"{text}\"")).unwrap()
}

const NASTY: &[&str] = &[
    "</script><script>alert(1)</script>",
    "<!--",
    "]]>",
    "\" onmouseover=\"alert(1)",
    "' onclick='x",
    "a\u{2028}b\u{2029}c",
    "${alert(1)} `x`",
    "\\u003c \\\" \\",
    "&lt; &amp;amp; &#60;",
    "javascript:alert(1)",
    "\0\u{b}\u{c}\r\n\t\u{7f}\u{85}\u{a0}\u{ad}\u{feff}",
    "æøå ÆØÅ \u{1f600} \u{10ffff}",
    "",
];

fn holds(text: &str) {
    let fritekst = Fritekst::new(text);
    let without_nul = text.replace('\0', "\u{fffd}");

    let html = fritekst.escape_html().into_string();
    assert!(!html.contains(['<', '>', '"', '\'', '\0', '\r']), "{html}");
    assert_eq!(read_html(&html), without_nul);

    let attribute = fritekst.escape_attribute().to_string();
    let safe = |c: char| c.is_ascii_alphanumeric() || "&#;".contains(c) || c >= '\u{80}';
    assert!(attribute.chars().all(safe), "{attribute}");
    assert_eq!(read_html(&attribute), without_nul);

    let javascript = fritekst.escape_javascript();
    let safe = |c: char| c.is_ascii_alphanumeric() || c == '\\';
    assert!(javascript.as_str().chars().all(safe), "{javascript}");
    assert!(javascript
        .as_str()
        .split('\\')
        .skip(1)
        .all(|e| { e.starts_with('u') && e.as_bytes()[1..5].iter().all(u8::is_ascii_hexdigit) }));
    assert_eq!(read_javascript(javascript.as_str()), text);

    assert_eq!(
        from_json::<Fritekst>(&to_json(&fritekst)).unwrap(),
        fritekst
    );
    assert_eq!(fritekst.raw(), text);
}

#[test]
fn nasty_texts_are_harmless() {
    for text in NASTY {
        holds(text);
    }
}

#[test]
fn debug_shows_no_text() {
    let text = Fritekst::from("Ione Koss");
    assert_eq!(format!("{text:?}"), "[text of 9 bytes]");
    assert!(Fritekst::new(" \n\t").is_blank());
    assert!(!text.is_blank());
}

#[test]
fn the_three_places_differ() {
    let text = Fritekst::new("a=`b` <i>");
    assert_eq!(text.escape_html().as_str(), "a=`b` &lt;i&gt;");
    let attribute = "a&#x3D;&#x60;b&#x60;&#x20;&#x3C;i&#x3E;";
    assert_eq!(text.escape_attribute().as_str(), attribute);
    let javascript = r"a\u003D\u0060b\u0060\u0020\u003Ci\u003E";
    assert_eq!(text.escape_javascript().as_str(), javascript);
}

#[cfg(not(target_arch = "wasm32"))]
proptest! {
    #[test]
    fn every_text_is_harmless_and_readable(text in any::<String>()) {
        holds(&text);
    }

    #[test]
    fn markup_is_harmless_and_readable(text in "[<>&\"'`=/\\\\;#x a0-9\u{0}-\u{1f}\u{80}-\u{ff}\u{2028}]{0,40}") {
        holds(&text);
    }
}
