//! A report as one line for people.

use std::fmt::Write as _;
use std::io;
use std::path::Path;

use skifteportal::error::Language;
use skifteportal::pdf::{Report, Severity, Undecidable, Verdict};

use crate::counts::Counts;

fn word(verdict: Verdict, language: Language) -> &'static str {
    match (verdict, language) {
        (Verdict::Accepted, Language::English) => "accepted",
        (Verdict::AtRisk, Language::English) => "at risk",
        (Verdict::Refused, Language::English) => "refused",
        (Verdict::Undecidable, Language::English) => "undecidable",
        (Verdict::Accepted, Language::Danish) => "godkendt",
        (Verdict::AtRisk, Language::Danish) => "usikker",
        (Verdict::Refused, Language::Danish) => "afvist",
        (Verdict::Undecidable, Language::Danish) => "uafklaret",
    }
}

fn unreadable(language: Language) -> &'static str {
    match language {
        Language::English => "unreadable",
        Language::Danish => "ulæselig",
    }
}

/// A path on one line, and without what a terminal would obey.
fn shown(path: &Path) -> String {
    let safe = |c: char| if c.is_control() { '\u{fffd}' } else { c };
    path.to_string_lossy().chars().map(safe).collect()
}

pub(crate) fn of_report(path: &Path, report: &Report, language: Language) -> String {
    let mut text = format!("{:<11}  {}", word(report.verdict, language), shown(path));
    let mut separator = ": ";
    for (kind, count) in &report.counts {
        let _ = write!(text, "{separator}{kind} {count}");
        separator = ", ";
    }
    if let Some(reason) = report.undecidable {
        let _ = write!(text, ". {}", why(reason, language));
    }
    // The first of those that weigh most: what to do something about first.
    let worst = report.findings.iter().map(|finding| finding.severity).max();
    let decides = |severity: Severity| severity > Severity::Note && Some(severity) == worst;
    if let Some(finding) = report.findings.iter().find(|f| decides(f.severity)) {
        let _ = write!(text, ". {}", finding.explanation(language));
    }
    text.push('\n');
    text
}

fn why(reason: Undecidable, language: Language) -> String {
    match (reason, language) {
        (Undecidable::Limit(limit), Language::English) => {
            format!("A limit was reached ({limit:?})")
        }
        (Undecidable::Limit(limit), Language::Danish) => format!("En grænse blev nået ({limit:?})"),
        (_, Language::English) => "Parts of the file are unreadable".to_owned(),
        (_, Language::Danish) => "Dele af filen kan ikke læses".to_owned(),
    }
}

pub(crate) fn of_failure(path: &Path, failure: &io::Error, language: Language) -> String {
    format!("{:<11}  {}: {failure}\n", unreadable(language), shown(path))
}

pub(crate) fn of_counts(counts: &Counts, language: Language) -> String {
    let files = counts.accepted + counts.at_risk + counts.refused + counts.undecidable;
    let mut text = match (files, language) {
        (1, Language::English) => "1 file".to_owned(),
        (_, Language::English) => format!("{files} files"),
        (1, Language::Danish) => "1 fil".to_owned(),
        (_, Language::Danish) => format!("{files} filer"),
    };
    for (count, name) in [
        (counts.accepted, word(Verdict::Accepted, language)),
        (counts.at_risk, word(Verdict::AtRisk, language)),
        (counts.refused, word(Verdict::Refused, language)),
        (counts.undecidable, word(Verdict::Undecidable, language)),
    ] {
        let _ = write!(text, ", {count} {name}");
    }
    if counts.unreadable > 0 {
        let _ = write!(text, "; {} {}", counts.unreadable, unreadable(language));
    }
    text.push('\n');
    text
}
