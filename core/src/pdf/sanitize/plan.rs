//! What is to be removed from one document, and how it is told.

use std::collections::{BTreeSet, HashMap, HashSet};

use crate::pdf::check::Cover;
use crate::pdf::document::Document;
use crate::pdf::value::Dict;
use crate::pdf::{Finding, Kind, Report};

use super::chain::Trigger;
use super::shape::as_stamp;

/// What is to be removed from one document.
pub(super) struct Plan {
    kinds: BTreeSet<Kind>,
    xfa: bool,
    signatures: bool,
    /// The annotations that are left out, by page and place.
    annotations: HashMap<u32, HashSet<usize>>,
}

impl Plan {
    /// Makes the plan from the kinds that are unwanted and what the check found.
    pub(super) fn new(
        kinds: BTreeSet<Kind>,
        report: &Report,
        covers: &[Cover],
        signatures: bool,
    ) -> Self {
        let unwanted = |finding: &&Finding| kinds.contains(&finding.kind);
        let mut findings = report.findings.iter().filter(unwanted);
        // A form of which a part is unwanted goes as a whole: the rest of it would not work.
        let xfa = findings.any(|finding| finding.path.contains("/XFA"));
        let mut annotations: HashMap<u32, HashSet<usize>> = HashMap::new();
        for cover in covers.iter().filter(|cover| kinds.contains(&cover.kind)) {
            let places = annotations.entry(cover.page).or_default();
            places.extend(&cover.links);
        }
        Self {
            xfa: xfa || kinds.contains(&Kind::Xfa),
            kinds,
            signatures,
            annotations,
        }
    }

    pub(super) fn removes(&self, kind: Kind) -> bool {
        self.kinds.contains(&kind)
    }

    pub(super) fn removes_xfa(&self) -> bool {
        self.xfa
    }

    pub(super) fn breaks_signatures(&self) -> bool {
        self.signatures
    }

    /// Whether an annotation, as the check counts them, is left out.
    pub(super) fn leaves_out(&self, page: u32, index: usize) -> bool {
        self.annotations
            .get(&page)
            .is_some_and(|places| places.contains(&index))
    }

    /// Keys that the catalog loses. Usage rights and document security are about signatures, which no
    /// rewrite keeps.
    pub(super) fn not_in_catalog(&self, key: &str) -> bool {
        match key {
            "Perms" => true,
            "DSS" => self.signatures,
            "NeedsRendering" => self.xfa,
            "Requirements" => self.removes(Kind::JavaScript),
            "Collection" => self.removes(Kind::EmbeddedFile),
            _ => false,
        }
    }

    /// What of an action, without what follows it, is unwanted. `runs`: it stands where actions stand.
    pub(super) fn action(
        &self,
        document: &Document<'_>,
        dict: &Dict,
        trigger: Trigger,
        runs: bool,
    ) -> Vec<Kind> {
        let mut kinds = super::action::kinds(document, dict, trigger, runs);
        kinds.retain(|kind| self.removes(*kind));
        kinds
    }

    /// What an annotation is that cannot stay what it is.
    pub(super) fn media(&self, document: &Document<'_>, dict: &Dict) -> Option<Kind> {
        let subtype = document.resolve(dict.get("Subtype")?)?;
        let kind = match &*subtype.as_name()?.bytes {
            b"FileAttachment" => Kind::EmbeddedFile,
            b"Movie" | b"Screen" => Kind::Movie,
            b"Sound" => Kind::Sound,
            b"3D" => Kind::ThreeD,
            b"RichMedia" => Kind::RichMedia,
            _ => return None,
        };
        // Without the files in it, rich media is nothing.
        let without_files = kind == Kind::RichMedia && self.removes(Kind::EmbeddedFile);
        (self.removes(kind) || without_files).then_some(kind)
    }

    /// Whether an annotation goes altogether.
    pub(super) fn drops(&self, document: &Document<'_>, dict: &Dict) -> bool {
        let gone = |dict: &Dict| {
            self.media(document, dict).is_some() && as_stamp(document, dict).is_none()
        };
        let is_popup = || {
            let subtype = document.resolve(dict.get("Subtype")?)?;
            subtype.as_name().filter(|name| name.is("Popup"))?;
            let parent = document.resolve(dict.get("Parent")?)?;
            parent.as_dict().map(gone)
        };
        gone(dict) || is_popup() == Some(true)
    }
}
