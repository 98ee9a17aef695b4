//! Filenames in headers.

#[cfg(not(target_arch = "wasm32"))]
use proptest::prelude::*;
use skifteportal::api::disposition::{check, decode, encode, FilenameError};
use skifteportal::api::{doedsbo, dokumentlager};
use skifteportal::http::Header;

use crate::calls::{checks, pdf, JOURNAL};
#[cfg(target_arch = "wasm32")]
use wasm_bindgen_test::wasm_bindgen_test as test;

#[test]
fn names_are_written_so() {
    for (name, value) in [
        ("test.pdf", r#"attachment; filename="test.pdf""#),
        ("to ord.pdf", r#"attachment; filename="to ord.pdf""#),
        (r#"a"b.pdf"#, r#"attachment; filename="a\"b.pdf""#),
        ("100%25;=.pdf", r#"attachment; filename="100%25;=.pdf""#),
        (
            "Æble-ødå.pdf",
            r#"attachment; filename="Aeble-oedaa.pdf"; filename*=UTF-8''%C3%86ble-%C3%B8d%C3%A5.pdf"#,
        ),
        (
            "\u{20ac} \"1\" 🐟.pdf",
            r#"attachment; filename="_ \"1\" _.pdf"; filename*=UTF-8''%E2%82%AC%20%221%22%20%F0%9F%90%9F.pdf"#,
        ),
    ] {
        assert_eq!(encode(name).unwrap(), value);
        assert_eq!(decode(value).as_deref(), Some(name));
    }
}

#[test]
fn names_that_are_not_sent() {
    for (name, error) in [
        ("", FilenameError::Empty),
        (".", FilenameError::Empty),
        ("..", FilenameError::Empty),
        ("a/b.pdf", FilenameError::Separator { at: 1 }),
        (r"C:\b.pdf", FilenameError::Separator { at: 2 }),
        ("a\r\nX-Evil: 1", FilenameError::Control { at: 1 }),
        ("a\0.pdf", FilenameError::Control { at: 1 }),
        ("a\u{85}.pdf", FilenameError::Control { at: 1 }),
        ("a\u{202e}fdp.exe", FilenameError::Control { at: 1 }),
    ] {
        assert_eq!(encode(name), Err(error), "{name:?}");
        let (journal, id) = (JOURNAL.parse().unwrap(), "k1".parse().unwrap());
        let refused = doedsbo::upload_krav_bilag(&journal, &id, pdf(name), &checks());
        assert_eq!(refused.unwrap_err().code(), error.code());
        let refused = dokumentlager::add_v2(pdf(name), &checks());
        assert_eq!(refused.unwrap_err().code(), error.code());
    }
    assert_eq!(check(&"æ".repeat(127)), Ok(()));
    let long = check(&"æ".repeat(128));
    assert_eq!(long, Err(FilenameError::TooLong { bytes: 256 }));
}

#[test]
fn all_forms_are_read() {
    for (value, name) in [
        (r#"filename="test.pdf""#, Some("test.pdf")),
        ("filename=test.pdf", Some("test.pdf")),
        ("attachment;filename=test.pdf", Some("test.pdf")),
        ("ATTACHMENT; FILENAME=test.pdf; size=3", Some("test.pdf")),
        ("inline; filename = to ord.pdf ; x=y", Some("to ord.pdf")),
        (r#"attachment; filename="a;b.pdf""#, Some("a;b.pdf")),
        (
            r#"attachment; x="filename=no"; filename=a.pdf"#,
            Some("a.pdf"),
        ),
        (
            r#"attachment; filename="uafsluttet.pdf"#,
            Some("uafsluttet.pdf"),
        ),
        ("attachment; filename*=utf-8'da'%C3%B8.pdf", Some("ø.pdf")),
        ("attachment; filename*=ISO-8859-1''%F8.pdf", Some("ø.pdf")),
        // What cannot be decoded gives way to the plain name, in whatever order.
        ("filename*=UTF-8''%ff.pdf; filename=a.pdf", Some("a.pdf")),
        ("filename=a.pdf; filename*=UTF-8''%C3%B", Some("a.pdf")),
        ("filename=a.pdf; filename*=KOI8-R''%C3.pdf", Some("a.pdf")),
        ("filename=a.pdf; filename*=b.pdf", Some("a.pdf")),
        ("filename*=UTF-8''%2e%2e; filename=a.pdf", Some("a.pdf")),
        ("filename=a.pdf; filename*=UTF-8''%C3%B8.pdf", Some("ø.pdf")),
        // Nothing to leave the host's folder by.
        (r#"filename="/etc/passwd""#, Some("passwd")),
        ("filename*=UTF-8''..%2F..%5Ca%00b.pdf", Some("ab.pdf")),
        (r#"filename="../..""#, None),
        (r#"filename="""#, None),
        ("attachment", None),
        ("", None),
        (";;=;\"", None),
    ] {
        assert_eq!(decode(value).as_deref(), name, "{value}");
    }
}

#[cfg(not(target_arch = "wasm32"))]
proptest! {
    #[test]
    fn what_is_written_is_read_again(name in "\\PC{1,60}") {
        match encode(&name) {
            Ok(value) => {
                prop_assert!(Header::new("Content-Disposition", value.clone()).is_ok());
                prop_assert_eq!(decode(&value), Some(name));
            }
            Err(error) => prop_assert_eq!(check(&name), Err(error)),
        }
    }

    #[test]
    fn any_header_is_read_to_a_safe_name(value in any::<String>()) {
        if let Some(name) = decode(&value) {
            prop_assert!(!name.is_empty() && name != "." && name != "..");
            prop_assert!(!name.contains(['/', '\\']));
            prop_assert!(!name.chars().any(char::is_control));
        }
    }

    #[test]
    fn headers_that_nearly_fit_are_read_too(
        value in "(attachment|inline)?[; ]{0,2}(filename\\*?|FILENAME|x) ?= ?[\"'%A-Fa-f0-9Uutf\\\\;/. -]{0,30}"
    ) {
        let _ = decode(&value);
    }

    #[test]
    fn any_text_is_checked(name in any::<String>()) {
        prop_assert_eq!(encode(&name).is_ok(), check(&name).is_ok());
    }
}
