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
use super::{Kind, Profile, Report};
use walk::Checker;

pub(super) use action::{act, Act};
pub(super) use excerpt::is_script;

/// Links that cover a page together.
pub(super) struct Cover {
    pub(super) kind: Kind,
    /// From 1.
    pub(super) page: u32,
    /// Their places among the annotations of the page.
    pub(super) links: Vec<usize>,
}

/// Looks at a file.
pub(super) fn check(bytes: &[u8], profile: &Profile) -> Report {
    look(bytes, profile).0
}

/// Looks at a file, and tells all links of which a finding names one.
pub(super) fn look(bytes: &[u8], profile: &Profile) -> (Report, Vec<Cover>) {
    let budget = Budget::new(profile.limits());
    let document = Document::open(bytes, &budget);
    let mut checker = Checker::new(&document, profile);
    checker.walk();
    checker.sweep();
    checker.structure();
    checker.whole();
    let covers = std::mem::take(&mut checker.covers);
    (checker.report(), covers)
}
