//! Links that one clicks.

use super::builder::{expect, portal, Pdf};
use skifteportal::pdf::{check, Kind, Profile, Severity, Verdict};

#[cfg(target_arch = "wasm32")]
use wasm_bindgen_test::wasm_bindgen_test as test;

#[test]
fn links_by_what_they_lead_to() {
    let page = "/Annots[
        <</Subtype/Link/Rect[0 0 9 9]/A<</S/URI/URI(https://me:pw@example.org/a?b=c)>>>>
        <</Subtype/Link/Rect[0 0 9 9]/A<</S/GoToR/F(a.pdf)>>>>
        <</Subtype/Link/Rect[0 0 9 9]/A<</S/GoToE>>>>
        <</Subtype/Link/Rect[0 0 9 9]/A<</S/Launch/Win<</F(a.exe)>>>>>>
        <</Subtype/Link/Rect[0 0 9 9]/A<</S/GoTo/D[3 0 R/Fit]>>>>
        <</Subtype/Link/Rect[0 0 9 9]/Dest[3 0 R/Fit]>>
        4 0 R 99 0 R null]";
    let mut pdf = Pdf::new("/Outlines 5 0 R", page);
    pdf.object(4, "<</Subtype/Link/Rect[0 0 9 9]/A 7 0 R>>");
    pdf.object(5, "<</First 6 0 R/Last 6 0 R/Count 1>>");
    pdf.object(
        6,
        "<</Title(a)/Parent 5 0 R/Next 8 0 R/A<</S/GoTo/D[3 0 R/Fit]>>>>",
    );
    pdf.object(7, "<</S/URI/URI(mailto:a@example.org)>>");
    pdf.object(
        8,
        "<</Title(b)/Parent 5 0 R/Prev 6 0 R/Next 6 0 R/A<</S/URI/URI(http://example.org)>>>>",
    );
    expect(
        &pdf,
        &[
            "uri_link Page 1/Annots[0]/A",
            "go_to_remote Page 1/Annots[1]/A",
            "go_to_embedded Page 1/Annots[2]/A",
            "launch Page 1/Annots[3]/A",
            "uri_link Page 1/Annots[6]/A",
            "uri_link Root/Outlines/First/Next/A",
        ],
    );
    let report = portal(&pdf.build());
    assert_eq!(report.verdict, Verdict::AtRisk);
    assert!(report.codes().is_empty());
    assert_eq!(report.counts[&Kind::UriLink], 3);
    let finding = &report.findings[0];
    assert_eq!(finding.excerpt.as_deref(), Some("https://example.org/a"));
    assert_eq!((finding.page, finding.object), (Some(1), Some(3)));
    // An action that is an object of its own is where the finding is.
    assert!(report
        .findings
        .iter()
        .any(|f| f.object == Some(7) && f.page == Some(1)));
    assert_eq!(
        check(&pdf.build(), &Profile::strict()).verdict,
        Verdict::Refused
    );
    let lenient = Profile::portal()
        .with(Kind::UriLink, Severity::Ignored)
        .with(Kind::GoToRemote, Severity::Note)
        .with(Kind::GoToEmbedded, Severity::Note)
        .with(Kind::Launch, Severity::Note);
    let report = check(&pdf.build(), &lenient);
    assert_eq!(report.verdict, Verdict::Accepted);
    assert_eq!(report.findings.len(), 3);
}

#[test]
fn tens_of_thousands_of_links_take_no_time() {
    let count = 32_768;
    let refs: String = super::builder::references(4..count + 4);
    let mut pdf = Pdf::new("", &format!("/Annots[{refs}]"));
    for i in 0..count {
        let (x, y) = (i % 256, i / 256);
        pdf.object(
            i + 4,
            &format!(
                "<</Type/Annot/Subtype/Link/Border[0 0 0]/Rect[{x} {y} {} {}]/A<</S/URI/URI(http://example.org/{i})>>>>",
                x + 300,
                y + 700
            ),
        );
    }
    let report = portal(&pdf.build());
    assert_eq!(report.counts[&Kind::UriLink], u64::from(count));
    assert_eq!(report.counts[&Kind::FullPageLink], 1);
    assert_eq!(report.findings.len() as u64, u64::from(count) + 1);
    assert_eq!(report.undecidable, None);
}
