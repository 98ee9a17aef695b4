//! The remedy: a file without what the portal would refuse, with the same pages.
//!
//! The file is written anew from what its catalog leads to, and never updated in place, so that nothing
//! that was hidden, replaced or deleted is left. Data of streams is copied as it is.

mod action;
mod chain;
mod copy;
mod error;
mod options;
mod output;
mod pages;
mod plan;
mod removal;
mod rewrite;
mod shape;
mod streams;
mod write;

use std::collections::BTreeSet;
use std::fmt;

use serde::Serialize;

use super::check::{check, look};
use super::document::{Document, Place};
use super::limits::Budget;
use super::value::{Dict, Value};
use super::{Finding, Kind, Presence, Profile, Report, Undecidable, Verdict};

pub use error::SanitizeError;
pub use options::SanitizeOptions;
pub use removal::Removal;

use output::Output;
use pages::Pages;
use plan::Plan;
use rewrite::{Cut, Rewrite};

/// What [`sanitize`] made. `Debug` shows the length of the file, not its content.
#[derive(Clone, PartialEq, Serialize)]
#[non_exhaustive]
#[cfg_attr(feature = "uniffi", derive(uniffi::Record), uniffi::export(Debug))]
pub struct Sanitized {
    /// The new file.
    #[serde(skip)]
    pub bytes: Vec<u8>,
    /// What the new file does not have any more.
    pub removed: Vec<Removal>,
    /// What the check says of the new file, under the same profile.
    pub report: Report,
}

impl fmt::Debug for Sanitized {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Sanitized")
            .field("bytes", &self.bytes.len())
            .field("removed", &self.removed)
            .field("report", &self.report)
            .finish()
    }
}

/// Writes a file anew without what the profile refuses; all pages stay, and what they look like.
///
/// - Scripts, files in the file, automatic links and whatever else [`SanitizeOptions`] names are removed
///   wherever they stand. Of a chain of actions the harmless rest is kept; a destination, a bookmark and
///   a link within the document stay.
/// - An annotation that attaches a file or plays something becomes a stamp with the same appearance. One
///   that has no appearance is removed: what a viewer draws in its place is the viewer's own.
/// - Form fields keep their values and their look, and lose their scripts. An XFA form is removed as a
///   whole: what stays are the pages and fields that other viewers show. Where these are a mere request
///   to open the file elsewhere, look at the result before it is sent.
/// - Encryption that needs no password is undone. Superseded and hidden objects are not copied. Usage
///   rights are removed, since a changed file has none.
/// - Metadata stays as it is. Its claim to be PDF/A may be untrue afterwards.
///
/// The same file gives the same bytes. The result is checked before it is handed out: it holds nothing
/// that the profile refuses, and with [`SanitizeOptions::remove_at_risk`] nothing that is at risk.
///
/// ```
/// use skifteportal::pdf::{sanitize, Kind, Profile, SanitizeOptions, Verdict};
///
/// let file = b"%PDF-1.4
/// 1 0 obj <</Type /Catalog /Pages 2 0 R /OpenAction <</S /JavaScript /JS (app.alert\\(1\\))>> >> endobj
/// 2 0 obj <</Type /Pages /Kids [3 0 R] /Count 1>> endobj
/// 3 0 obj <</Type /Page /Parent 2 0 R /MediaBox [0 0 595 842]>> endobj
/// trailer <</Root 1 0 R /Size 4>>";
/// let clean = sanitize(file, &Profile::portal(), &SanitizeOptions::default())?;
/// assert_eq!(clean.report.verdict, Verdict::Accepted);
/// assert_eq!(clean.removed[0].kind, Kind::JavaScript);
/// assert_eq!(clean.removed[0].path, "Root/OpenAction");
/// # Ok::<(), skifteportal::pdf::SanitizeError>(())
/// ```
pub fn sanitize(
    bytes: &[u8],
    profile: &Profile,
    options: &SanitizeOptions,
) -> Result<Sanitized, SanitizeError> {
    let (before, covers) = look(bytes, profile);
    refuse(&before, options)?;
    let kinds = options.kinds(profile);
    let plan = Plan::new(
        kinds.clone(),
        &before,
        &covers,
        options.may_break_signatures(),
    );
    let budget = Budget::new(profile.limits());
    let (written, cuts) = rewrite(bytes, &plan, &budget)?;
    let report = check(&written, profile);
    // A page that readers would not agree about must not get lost on the way.
    if report.facts.pages != before.facts.pages {
        return Err(SanitizeError::Unreadable);
    }
    accept(&report, &kinds)?;
    Ok(Sanitized {
        removed: removals(before, &report, &cuts),
        bytes: written,
        report,
    })
}

/// Refuses what a rewrite would make worse, or cannot read.
fn refuse(report: &Report, options: &SanitizeOptions) -> Result<(), SanitizeError> {
    let found = |kind: Kind| report.counts.contains_key(&kind);
    if found(Kind::NotAPdf) {
        return Err(SanitizeError::NotAPdf);
    }
    let encryption = report.facts.encryption.as_ref();
    if found(Kind::PasswordNeeded) || encryption.is_some_and(|encryption| !encryption.opens) {
        return Err(SanitizeError::Locked);
    }
    if found(Kind::Damaged) {
        return Err(SanitizeError::Damaged);
    }
    match report.undecidable {
        Some(Undecidable::Limit(limit)) => return Err(SanitizeError::Limit { limit }),
        Some(Undecidable::Unreadable) => return Err(SanitizeError::Unreadable),
        None => {}
    }
    if report.facts.signed && !options.may_break_signatures() {
        return Err(SanitizeError::Signed);
    }
    Ok(())
}

fn rewrite(
    bytes: &[u8],
    plan: &Plan,
    budget: &Budget,
) -> Result<(Vec<u8>, Vec<Cut>), SanitizeError> {
    let limit = |limit| SanitizeError::Limit { limit };
    let document = Document::open(bytes, budget);
    if document.locked() {
        return Err(SanitizeError::Locked);
    }
    if document.unreadable() > 0 {
        return Err(SanitizeError::Unreadable);
    }
    let root = document.root().ok_or(SanitizeError::Damaged)?;
    let catalog = document.resolve(root);
    let catalog = catalog.as_ref().and_then(|catalog| catalog.as_dict());
    let top = catalog
        .and_then(|catalog| page_tree(&document, catalog))
        .ok_or(SanitizeError::Damaged)?;
    let pages = Pages::read(&document, top).map_err(limit)?;
    if pages.len() == 0 {
        return Err(SanitizeError::Damaged);
    }
    let output = Output::new(version(&document), at_most(&document));
    let written = Rewrite::new(&document, plan, pages, output)
        .run(root)
        .map_err(limit)?;
    match budget.reached() {
        Some(reached) => Err(limit(reached)),
        None => Ok(written),
    }
}

/// The page tree of a catalog; the last that is one, if it names several.
fn page_tree<'c>(document: &Document<'_>, catalog: &'c Dict) -> Option<&'c Value> {
    let trees = catalog
        .all("Pages")
        .filter(|top| pages::is_tree(document, top));
    let tree = trees.last();
    tree.or_else(|| catalog.get("Pages"))
}

/// The version of the header, if it is one that exists.
fn version<'d>(document: &'d Document<'_>) -> &'d str {
    let version = document
        .header()
        .and_then(|header| header.version.as_deref());
    match version.map(str::as_bytes) {
        Some([b'1', b'.', b'0'..=b'7'] | [b'2', b'.', b'0']) => version.unwrap_or(LATEST),
        _ => LATEST,
    }
}

/// The version of a file that does not say: the one that nearly all files have.
const LATEST: &str = "1.7";

/// How large the result may be. Objects that were packed are written plain; all else is about as long as
/// it was, and what is written more than once is short.
fn at_most(document: &Document<'_>) -> usize {
    let packed = document
        .entries()
        .iter()
        .any(|entry| matches!(entry.place, Place::Stream { .. }));
    let unpacked = if packed {
        document.budget().limits().unpacked
    } else {
        0
    };
    let size = document.bytes().len();
    size.saturating_add(usize::try_from(unpacked).unwrap_or(usize::MAX))
        .saturating_mul(4)
        .saturating_add(1 << 20)
}

/// Whether the result may be handed out.
fn accept(report: &Report, unwanted: &BTreeSet<Kind>) -> Result<(), SanitizeError> {
    if let Some(Undecidable::Limit(limit)) = report.undecidable {
        return Err(SanitizeError::Limit { limit });
    }
    let kinds: Vec<Kind> = report
        .counts
        .keys()
        .copied()
        .filter(|kind| unwanted.contains(kind))
        .collect();
    if matches!(report.verdict, Verdict::Refused | Verdict::Undecidable) || !kinds.is_empty() {
        return Err(SanitizeError::StillRefused { kinds });
    }
    Ok(())
}

/// What the first check found and the second does not. What was cut beyond is told for the kinds of which
/// the check found nothing: of the others it is what they stood in.
fn removals(before: Report, after: &Report, cuts: &[Cut]) -> Vec<Removal> {
    let stays = |finding: &Finding| {
        after.counts.contains_key(&finding.kind) && finding.presence == Presence::Reached
    };
    let mut removed: Vec<Removal> = Vec::new();
    let mut told: BTreeSet<Kind> = BTreeSet::new();
    for finding in before.findings {
        if stays(&finding) || finding.kind == Kind::LimitReached {
            continue;
        }
        told.insert(finding.kind);
        removed.push(Removal {
            kind: finding.kind,
            object: finding.object,
            generation: finding.generation,
            page: finding.page,
            presence: finding.presence,
            path: finding.path,
            excerpt: finding.excerpt,
        });
    }
    for cut in cuts.iter().filter(|cut| !told.contains(&cut.kind)) {
        let object = cut.object.map(|id| id.number);
        removed.push(Removal {
            kind: cut.kind,
            object,
            generation: cut.object.map(|id| id.generation),
            page: cut.page,
            presence: Presence::Reached,
            path: object.map_or_else(|| "Root".to_owned(), |number| format!("Object {number}")),
            excerpt: None,
        });
    }
    removed
}
