//! How a file is put together.

use super::builder::{expect, findings, portal, Pdf};
use skifteportal::pdf::{check, Kind, Profile, Severity, Verdict};

#[cfg(target_arch = "wasm32")]
use wasm_bindgen_test::wasm_bindgen_test as test;

#[test]
fn names_that_hide_what_they_are() {
    for (name, found) in [
        ("/Open#41ction", true),
        ("/#4a#53", true),
        ("/Font#41", false),
        ("/A#20B", false),
        ("/#47oTo", false),
    ] {
        let mut pdf = Pdf::new("", "");
        pdf.object(4, &format!("<<{name} null>>"));
        let expected: &[&str] = if found {
            &["escaped_name Object 4 unreached"]
        } else {
            &[]
        };
        expect(&pdf, expected);
    }
}

#[test]
fn streams_of_another_length() {
    let mut pdf = Pdf::new("", "/Contents 4 0 R");
    pdf.object(4, "<</Length 3>>\nstream\n0 0 m 9 9 l S\nendstream");
    expect(&pdf, &["length_mismatch Object 4"]);
    let report = portal(&pdf.build());
    assert_eq!(report.verdict, Verdict::Accepted);
    assert_eq!(report.findings[0].severity, Severity::Note);
    assert_eq!(
        check(&pdf.build(), &Profile::strict()).verdict,
        Verdict::AtRisk
    );
    let mut pdf = Pdf::new("", "");
    for number in 4..400 {
        pdf.object(number, "<</Length 3>>\nstream\n0 0 m 9 9 l S\nendstream");
    }
    let report = portal(&pdf.build());
    assert_eq!(report.counts[&Kind::LengthMismatch], 396);
    assert_eq!(report.findings.len(), 100);
}

#[test]
fn a_link_in_a_page_tree_without_types() {
    let mut pdf = Pdf::new("", "");
    pdf.instead(2, "<</Kids[4 0 R]>>");
    pdf.object(4, "<</Kids[3 0 R 3 0 R null 4 0 R 99 0 R]>>");
    pdf.instead(
        3,
        "<</Annots[<</Subtype/Link/Rect[0 0 9 9]/A<</S/URI/URI(http://x)>>>>]>>",
    );
    expect(&pdf, &["uri_link Page 1/Annots[0]/A"]);
    assert_eq!(portal(&pdf.build()).facts.pages, 2);
}

#[test]
fn many_pages() {
    let count = 20_000;
    let kids: String = super::builder::references(10..count + 10);
    let mut pdf = Pdf::new("", "");
    pdf.instead(
        2,
        &format!("<</Type/Pages/Count 1/MediaBox[0 0 9 9]/Kids[{kids}]>>"),
    );
    for i in 0..count {
        pdf.object(i + 10, "<</Type/Page/Parent 2 0 R>>");
    }
    let report = portal(&pdf.build());
    assert_eq!(report.facts.pages, count);
    assert_eq!(report.verdict, Verdict::Accepted);
}

#[test]
fn facts() {
    let xmp = b"<x pdfaid:part='2' pdfaid:conformance='B'/>";
    let mut pdf = Pdf::new("/Version/2.0/MarkInfo<</Marked true>>/Metadata 4 0 R", "");
    pdf.stream(4, "/Type/Metadata/Subtype/XML", xmp);
    pdf.object(5, "<</Type/Sig/ByteRange[0 1 2 3]/Contents<00>>>");
    let facts = portal(&pdf.build()).facts;
    assert_eq!(facts.version.as_deref(), Some("2.0"));
    assert_eq!(facts.pdfa.as_deref(), Some("2b"));
    assert!(facts.tagged && facts.signed && !facts.form && !facts.repaired);
    assert_eq!((facts.pages, facts.objects, facts.revisions), (1, 5, 1));
    assert_eq!(findings(&pdf.build()), [""; 0]);
    let facts = portal(&Pdf::new("/Version/1.3", "").build()).facts;
    assert_eq!(facts.version.as_deref(), Some("1.7"));
    assert!(!facts.tagged && !facts.signed);
}
