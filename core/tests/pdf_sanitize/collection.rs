//! Real files, from a viewer's test collection: what can be read can be sanitised.

use include_dir::{include_dir, Dir};
use skifteportal::pdf::{check, sanitize, Profile, SanitizeOptions, Verdict};
#[cfg(target_arch = "wasm32")]
use wasm_bindgen_test::wasm_bindgen_test as test;

/// The files are part of the test, because a wasm test has no file system.
static FILES: Dir<'_> = include_dir!("$CARGO_MANIFEST_DIR/../tests/data/pdf/collection");

fn pdfs() -> impl Iterator<Item = (&'static str, &'static [u8])> {
    FILES
        .files()
        .map(|file| (file.path().to_str().unwrap(), file.contents()))
        .filter(|(path, _)| path.rsplit_once('.').is_some_and(|(_, end)| end == "pdf"))
}

/// Those that are not sanitised, and why.
const LEFT: &[(&str, &str)] = &[
    ("auth-event-ef-open.pdf", "sanitize.locked"),
    ("encrypted-attachment.pdf", "sanitize.locked"),
    ("issue3371.pdf", "sanitize.locked"),
];

#[test]
fn what_can_be_read_is_accepted_afterwards() {
    let profile = Profile::portal();
    let options = SanitizeOptions::default()
        .remove_at_risk(true)
        .break_signatures(true);
    let mut left = Vec::new();
    for (name, bytes) in pdfs() {
        let clean = match sanitize(bytes, &profile, &options) {
            Ok(clean) => clean,
            Err(error) => {
                left.push((name, error.code()));
                continue;
            }
        };
        assert_eq!(clean.report.verdict, Verdict::Accepted, "{name}");
        assert_eq!(clean.report.facts.revisions, 1, "{name}");
        assert!(!clean.report.facts.repaired, "{name}");
        assert!(clean.report.facts.encryption.is_none(), "{name}");
        let before = check(bytes, &profile);
        assert_eq!(clean.report.facts.pages, before.facts.pages, "{name}");
        assert_eq!(clean.report.facts.form, before.facts.form, "{name}");
        assert_eq!(clean.report.facts.tagged, before.facts.tagged, "{name}");
        let again = sanitize(&clean.bytes, &profile, &options).unwrap();
        assert!(again.removed.is_empty(), "{name}: {:?}", again.removed);
        assert!(again.bytes == clean.bytes, "{name} changes the second time");
    }
    assert_eq!(left, LEFT);
}

#[test]
fn what_is_not_refused_is_kept_by_default() {
    let profile = Profile::portal();
    for (name, bytes) in pdfs() {
        let before = check(bytes, &profile);
        let Ok(clean) = sanitize(bytes, &profile, &SanitizeOptions::default()) else {
            continue;
        };
        assert_ne!(clean.report.verdict, Verdict::Refused, "{name}");
        if matches!(before.verdict, Verdict::Accepted | Verdict::AtRisk) {
            assert_eq!(clean.report.facts.pages, before.facts.pages, "{name}");
            for removal in &clean.removed {
                // The rewrite mends these whatever is asked.
                let mended = [
                    "length_mismatch",
                    "changed_catalog",
                    "encrypted",
                    "header_offset",
                ];
                assert!(
                    mended.contains(&removal.kind.as_str()),
                    "{name}: {removal:?}"
                );
            }
        }
    }
}
