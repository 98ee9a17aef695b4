//! What a document holds that the portal may refuse.
//!
//! The document's own structure is walked first, from the catalog over its pages to its form, with the
//! way to each thing ([`walk`], [`pages`]). Then every object that the walk did not come by, and whose
//! names say that it may matter, is looked at by itself ([`sweep`]).

mod action;
mod area;
mod at;
mod content;
mod excerpt;
mod facts;
mod form;
mod found;
mod inspect;
mod links;
mod pages;
mod reach;
mod role;
mod structure;
mod sweep;
mod trail;
mod verdict;
mod walk;
mod xfa;

use super::document::Document;
use super::limits::Budget;
use super::{Profile, Report};
use walk::Checker;

/// Looks at a file.
pub(super) fn check(bytes: &[u8], profile: &Profile) -> Report {
    let budget = Budget::new(profile.limits());
    let document = Document::open(bytes, &budget);
    let mut checker = Checker::new(&document, profile);
    checker.walk();
    checker.sweep();
    checker.structure();
    checker.whole();
    checker.report()
}
