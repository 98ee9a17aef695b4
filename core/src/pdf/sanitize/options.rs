//! What is removed.

use std::collections::BTreeSet;

use crate::pdf::{Kind, Presence, Profile, Severity};

/// What [`sanitize`](super::sanitize) removes, and whether it may break a signature.
///
/// By default it removes what the profile refuses, and no more: an ordinary link that a reader clicks is
/// a part of the document, and whether to give it up for safety is the caller's decision.
///
/// ```
/// use skifteportal::pdf::{Kind, SanitizeOptions};
///
/// let careful = SanitizeOptions::default().remove_at_risk(true);
/// let without_links = SanitizeOptions::default().remove(Kind::UriLink);
/// assert_ne!(careful, without_links);
/// ```
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct SanitizeOptions {
    break_signatures: bool,
    remove_at_risk: bool,
    also: BTreeSet<Kind>,
}

impl SanitizeOptions {
    /// Whether a digitally signed file may be changed. Its signatures are then taken out of their
    /// fields, since they would not verify; what they look like on the page stays. By default such a
    /// file is refused with [`SanitizeError::Signed`](super::SanitizeError::Signed).
    #[must_use]
    pub fn break_signatures(mut self, may: bool) -> Self {
        self.break_signatures = may;
        self
    }

    /// Whether to remove what the profile puts at risk as well. The result is then accepted by the same
    /// profile.
    #[must_use]
    pub fn remove_at_risk(mut self, remove: bool) -> Self {
        self.remove_at_risk = remove;
        self
    }

    /// Removes one more kind, whatever the profile says of it.
    #[must_use]
    pub fn remove(mut self, kind: Kind) -> Self {
        self.also.insert(kind);
        self
    }

    pub(super) fn may_break_signatures(&self) -> bool {
        self.break_signatures
    }

    /// The kinds that are removed under a profile.
    pub(super) fn kinds(&self, profile: &Profile) -> BTreeSet<Kind> {
        let least = if self.remove_at_risk {
            Severity::AtRisk
        } else {
            Severity::Refused
        };
        let refused = |kind: &Kind| profile.severity(*kind, Presence::Reached) >= least;
        let all = Kind::ALL.iter().copied();
        all.filter(refused)
            .chain(self.also.iter().copied())
            .collect()
    }
}
