//! The file as a whole.

use super::builder::{expect_file, portal, Pdf};
use skifteportal::pdf::{check, Kind, Profile, Verdict};

#[cfg(target_arch = "wasm32")]
use wasm_bindgen_test::wasm_bindgen_test as test;

#[test]
fn what_is_no_pdf() {
    let docx = b"PK\x03\x04 word/document.xml and a mention of %PDF-1.4 in its text";
    for file in [
        &b""[..],
        b"Kvittering",
        b"\x89PNG\r\n\x1a\n",
        docx,
        b"<html>%PDF-</html>",
    ] {
        let report = portal(file);
        assert_eq!(
            report.counts.keys().copied().collect::<Vec<_>>(),
            [Kind::NotAPdf]
        );
        assert_eq!(report.verdict, Verdict::Refused);
        assert_eq!(report.codes(), ["doedsbo.f24"]);
    }
}

#[test]
fn where_the_header_stands() {
    let file = Pdf::new("", "").build();
    expect_file(&file, &[]);
    let behind = |junk: usize| {
        let mut out = vec![b' '; junk];
        out.extend_from_slice(&file);
        out
    };
    expect_file(&behind(10), &["header_offset Header"]);
    expect_file(&behind(1000), &["header_offset Header"]);
    expect_file(&behind(5000), &["header_missing Header"]);
    let text = String::from_utf8_lossy(&file).replace("%PDF-1.7", "%XYZ-1.7");
    expect_file(text.as_bytes(), &["header_missing Header"]);
    assert_eq!(portal(text.as_bytes()).verdict, Verdict::Refused);
}

#[test]
fn without_a_page() {
    expect_file(b"%PDF-1.4", &["damaged Root"]);
    expect_file(
        b"%PDF-1.4\n1 0 obj<</Type/Catalog>>endobj trailer<</Root 1 0 R>>",
        &["damaged Root"],
    );
    let file = Pdf::new("", "")
        .instead(2, "<</Type/Pages/Kids[]/Count 0>>")
        .build();
    expect_file(&file, &["damaged Root"]);
}

#[test]
fn the_size_is_a_setting() {
    let file = Pdf::new("", "").build();
    let size = file.len() as u64;
    let profile = Profile::portal().with_max_size(size - 1);
    let report = check(&file, &profile);
    assert_eq!(report.codes(), ["doedsbo.f18"]);
    assert_eq!(
        report.findings[0].excerpt,
        Some(format!("{size}/{}", size - 1))
    );
    let report = check(&file, &Profile::portal().with_max_size(size));
    assert_eq!(report.verdict, Verdict::Accepted);
}

#[test]
fn an_encryption_that_is_not_known() {
    let mut pdf = Pdf::new("", "");
    pdf.object(4, "<</Filter/Adobe.PubSec/V 4/SubFilter/adbe.pkcs7.s5>>");
    let file = pdf.build_with("/Encrypt 4 0 R/ID[<00><00>]");
    expect_file(&file, &["encrypted Trailer/Encrypt"]);
    let report = portal(&file);
    assert_eq!(report.verdict, Verdict::Undecidable);
    assert!(report.undecidable.is_some());
    assert!(report
        .facts
        .encryption
        .is_some_and(|encryption| !encryption.opens));
}

#[test]
fn a_report_says_itself() {
    let report = portal(&Pdf::new("/OpenAction<</S/JavaScript/JS(x)>>", "").build());
    assert_eq!(report.to_string(), "refused (1 javascript)");
    let json = serde_json::to_value(&report).unwrap();
    assert_eq!(json["verdict"], "refused");
    assert_eq!(json["counts"]["javascript"], 1);
    assert_eq!(json["findings"][0]["kind"], "javascript");
    assert_eq!(json["findings"][0]["severity"], "refused");
    assert_eq!(json["findings"][0]["presence"], "reached");
    assert_eq!(json["findings"][0]["code"], "doedsbo.f25");
    assert_eq!(json["findings"][0]["path"], "Root/OpenAction");
    assert_eq!(json["facts"]["pages"], 1);
    assert!(json["findings"][0].get("page").is_none());
}

#[test]
fn names_of_kinds_are_those_of_the_report() {
    for kind in Kind::ALL {
        assert_eq!(serde_json::to_value(kind).unwrap(), kind.as_str());
    }
}
