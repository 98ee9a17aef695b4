//! The pre-check of PDFs: what the portal would refuse, found before a bilag is sent.
//!
//! The portal scans every bilag (guide 4.3.5). See docs/PDF.md for what each line of the guide is read
//! to mean.

mod check;
mod crypt;
mod document;
mod entry;
mod explain;
mod filter;
mod flags;
mod kind;
mod lexer;
mod limits;
mod live;
mod names;
mod objstm;
mod open;
mod parse;
mod profile;
#[cfg(test)]
mod reader_tests;
mod report;
mod sanitize;
mod scan;
mod skim;
mod streams;
mod text;
mod trailers;
mod value;
mod xref;

/// Checks a PDF for what the portal would refuse.
///
/// It never fails: what cannot be read is told in the report.
///
/// ```
/// use skifteportal::pdf::{check, Kind, Profile, Verdict};
///
/// let pdf = b"%PDF-1.4
/// 1 0 obj <</Type/Catalog /Pages 2 0 R /OpenAction <</S/JavaScript /JS(app.alert\\(1\\))>> >> endobj
/// 2 0 obj <</Type/Pages /Kids[3 0 R] /Count 1>> endobj
/// 3 0 obj <</Type/Page /Parent 2 0 R /MediaBox[0 0 595 842]>> endobj
/// trailer <</Root 1 0 R>>";
/// let report = check(pdf, &Profile::portal());
/// assert_eq!(report.verdict, Verdict::Refused);
/// assert_eq!(report.findings[0].kind, Kind::JavaScript);
/// assert_eq!(report.findings[0].path, "Root/OpenAction");
/// assert_eq!(report.codes(), ["doedsbo.f25"]);
/// assert_eq!(report.facts.pages, 1);
/// ```
pub fn check(bytes: &[u8], profile: &Profile) -> Report {
    check::check(bytes, profile)
}

pub use kind::{Kind, Presence, Severity};
pub use limits::{Limit, Limits};
pub use profile::Profile;
pub use report::{Encryption, Facts, Finding, Report, Undecidable, Verdict};
pub use sanitize::{sanitize, Removal, SanitizeError, SanitizeOptions, Sanitized};
