//! Ordinary documents, as people make them every day: no false alarm.

use include_dir::{include_dir, Dir};
use skifteportal::pdf::{sanitize, Kind, Profile, SanitizeOptions, Verdict};

use super::builder::portal;

#[cfg(target_arch = "wasm32")]
use wasm_bindgen_test::wasm_bindgen_test as test;

static FILES: Dir<'_> = include_dir!("$CARGO_MANIFEST_DIR/../tests/data/pdf/ordinary");

#[test]
fn ordinary_documents_alarm_nobody() {
    let expected: [(&str, Verdict, &[Kind], u32); 7] = [
        ("chromium.pdf", Verdict::Accepted, &[], 2),
        ("chromium-link.pdf", Verdict::AtRisk, &[Kind::UriLink], 2),
        ("libreoffice.pdf", Verdict::Accepted, &[], 2),
        ("libreoffice-tagged.pdf", Verdict::Accepted, &[], 2),
        ("libreoffice-pdfa-2b.pdf", Verdict::Accepted, &[], 2),
        (
            "libreoffice-owner-password.pdf",
            Verdict::AtRisk,
            &[Kind::Encrypted],
            2,
        ),
        ("scan.pdf", Verdict::Accepted, &[], 2),
    ];
    for (name, verdict, kinds, pages) in expected {
        let report = portal(FILES.get_file(name).unwrap().contents());
        let found: Vec<Kind> = report.findings.iter().map(|f| f.kind).collect();
        assert_eq!(
            (report.verdict, found.as_slice(), report.facts.pages),
            (verdict, kinds, pages),
            "{name}"
        );
    }
    let facts = |name| portal(FILES.get_file(name).unwrap().contents()).facts;
    assert!(facts("libreoffice-tagged.pdf").tagged);
    assert_eq!(facts("libreoffice-pdfa-2b.pdf").pdfa.as_deref(), Some("2b"));
}

#[test]
fn the_source_document_of_a_hybrid_pdf_is_an_attached_file() {
    let file = FILES.get_file("libreoffice-with-source.pdf").unwrap();
    let report = portal(file.contents());
    assert_eq!(report.verdict, Verdict::Refused);
    let [finding] = report.findings.as_slice() else {
        panic!("{:?}", report.findings);
    };
    assert_eq!(finding.kind, Kind::EmbeddedFile);
    assert_eq!(finding.path, "Trailer/AdditionalStreams[1]");
    assert_eq!(finding.code, Some("doedsbo.f25"));

    let profile = Profile::portal();
    let clean = sanitize(file.contents(), &profile, &SanitizeOptions::default()).unwrap();
    assert_eq!(portal(&clean.bytes).verdict, Verdict::Accepted);
    // The document itself is gone, not only the way to it.
    let source = b"mimetypeapplication/vnd.oasis.opendocument.text";
    let holds = |bytes: &[u8]| bytes.windows(source.len()).any(|part| part == source);
    assert!(holds(file.contents()) && !holds(&clean.bytes));
}
