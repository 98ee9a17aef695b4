//! Ordinary documents, as people make them every day: no false alarm.

use include_dir::{include_dir, Dir};
use skifteportal::pdf::{Kind, Verdict};

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
