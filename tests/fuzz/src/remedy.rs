//! The target of the remedy: whatever is taken out of a file, what is left is what was promised.

use skifteportal::pdf::{check, sanitize, SanitizeOptions, Verdict};

use crate::document::Built;
use crate::invariants::{hold_alone, portal};

/// What holds of a file that was remedied.
pub(crate) fn remedied(file: &Built) {
    let file = &file.bytes;
    let before = check(file, &portal()).facts;
    // The page tree of a file that was rebuilt, or that may name two, is a matter of opinion.
    let certain = !before.repaired && count(file, b"/Pages") <= 2 && count(file, b"/#") == 0;
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
        assert!(report.facts.pages > 0, "all pages were lost");
        // What hangs in a page tree and is no page may count as one: better one more than one less.
        assert!(
            !certain || report.facts.pages >= before.pages,
            "pages were lost"
        );
        assert!(!report.facts.repaired, "the result's own table is wrong");
        assert_eq!(report.facts.encryption, None, "the result is encrypted");
    }
}

/// How often a word stands in a file.
fn count(file: &[u8], word: &[u8]) -> usize {
    file.windows(word.len())
        .filter(|here| *here == word)
        .count()
}
