//! The findings, as they are made.

use std::collections::BTreeMap;

use super::super::value::Id;
use super::super::{Finding, Kind, Presence, Profile, Severity};

/// Where something was found.
#[derive(Clone, Copy, Debug)]
pub(super) struct Spot {
    pub(super) object: Option<Id>,
    pub(super) revision: Option<u32>,
    pub(super) page: Option<u32>,
    pub(super) presence: Presence,
}

impl Spot {
    /// The file as a whole.
    pub(super) const FILE: Self = Self {
        object: None,
        revision: None,
        page: None,
        presence: Presence::Reached,
    };
}

/// All findings so far.
pub(super) struct Found<'p> {
    profile: &'p Profile,
    pub(super) findings: Vec<Finding>,
    pub(super) counts: BTreeMap<Kind, u64>,
    pub(super) worst: Severity,
}

/// How many findings are listed of a kind that tells little and may come in thousands.
const LISTED: u64 = 100;

impl<'p> Found<'p> {
    pub(super) fn new(profile: &'p Profile) -> Self {
        Self {
            profile,
            findings: Vec::new(),
            counts: BTreeMap::new(),
            worst: Severity::Ignored,
        }
    }

    /// Notes a finding. `text` gives its path and excerpt, if it is listed at all.
    pub(super) fn add(
        &mut self,
        kind: Kind,
        spot: Spot,
        text: impl FnOnce() -> (String, Option<String>),
    ) {
        let severity = self.profile.severity(kind, spot.presence);
        if severity == Severity::Ignored {
            return;
        }
        self.worst = self.worst.max(severity);
        let count = self.counts.entry(kind).or_default();
        *count += 1;
        let few = match kind {
            Kind::LengthMismatch | Kind::EscapedName => *count <= LISTED,
            _ => true,
        };
        // One of each kind is listed whatever the limit, so that none is a mere number.
        let most = usize::try_from(self.profile.limits().findings).unwrap_or(usize::MAX);
        let room = few && self.findings.len() < most;
        if *count > 1 && !room {
            return;
        }
        let (path, excerpt) = text();
        self.findings.push(Finding {
            kind,
            severity,
            code: kind.portal_code(),
            object: spot.object.map(|id| id.number),
            generation: spot.object.map(|id| id.generation),
            page: spot.page,
            revision: spot.revision,
            presence: spot.presence,
            path,
            excerpt,
        });
    }
}
