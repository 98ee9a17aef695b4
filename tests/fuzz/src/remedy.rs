//! The target of the remedy: whatever is taken out of a file, what is left is what was promised.

use skifteportal::pdf::{check, sanitize, SanitizeOptions, Verdict};

use crate::document::Built;
use crate::invariants::{hold_alone, portal};

/// What holds of a file that was remedied.
pub(crate) fn remedied(file: &Built) {
    let file = &file.bytes;
    let pages = check(file, &portal()).facts.pages;
    for everything in [false, true] {
        let options = SanitizeOptions::default()
            .break_signatures(true)
            .remove_at_risk(everything);
        let Ok(made) = sanitize(file, &portal(), &options) else {
            continue;
        };
        let again = sanitize(file, &portal(), &options).map(|made| made.bytes);
        assert_eq!(
            again.as_ref(),
            Ok(&made.bytes),
            "the same file, another result"
        );

        let report = check(&made.bytes, &portal());
        hold_alone(&report);
        assert_eq!(report, made.report, "the report is not that of the result");
        assert!(
            matches!(report.verdict, Verdict::Accepted | Verdict::AtRisk),
            "the result is {:?}",
            report.verdict
        );
        assert!(
            !everything || report.verdict == Verdict::Accepted,
            "at risk, with all of that removed"
        );
        assert_eq!(report.facts.pages, pages, "pages were lost or won");
        assert!(!report.facts.repaired, "the result's own table is wrong");
        assert_eq!(report.facts.encryption, None, "the result is encrypted");
    }
}
