//! What a check refuses.

use super::{Kind, Limits, Presence, Severity};

/// What a check refuses, and what it may spend.
///
/// ```
/// use skifteportal::pdf::{Kind, Presence, Profile, Severity};
///
/// let profile = Profile::portal();
/// assert_eq!(profile.severity(Kind::JavaScript, Presence::Reached), Severity::Refused);
/// assert_eq!(profile.severity(Kind::UriLink, Presence::Reached), Severity::AtRisk);
/// let lenient = Profile::portal().with(Kind::UriLink, Severity::Note);
/// assert_eq!(lenient.severity(Kind::UriLink, Presence::Reached), Severity::Note);
/// ```
#[derive(Clone, Debug, PartialEq)]
pub struct Profile {
    severities: Vec<Severity>,
    superseded_as_present: bool,
    limits: Limits,
    page_cover: f64,
    max_size: Option<u64>,
}

impl Profile {
    /// Refuses what the guide's list surely means (guide 4.3.5), and puts at risk what it may mean.
    pub fn portal() -> Self {
        Self::of(Kind::under_portal)
    }

    /// Refuses both.
    pub fn strict() -> Self {
        Self::of(Kind::under_strict)
    }

    fn of(severity: impl Fn(Kind) -> Severity) -> Self {
        Self {
            severities: Kind::ALL.iter().map(|kind| severity(*kind)).collect(),
            superseded_as_present: false,
            limits: Limits::default(),
            page_cover: 0.9,
            max_size: None,
        }
    }

    /// Weighs one kind differently.
    #[must_use]
    pub fn with(mut self, kind: Kind, severity: Severity) -> Self {
        if let Some(held) = self.severities.get_mut(kind as usize) {
            *held = severity;
        }
        self
    }

    /// Weighs what a later revision replaced as if it were still there. By default such findings weigh
    /// one step less: what would refuse puts at risk, what would put at risk is a note.
    #[must_use]
    pub fn with_superseded_as_present(mut self) -> Self {
        self.superseded_as_present = true;
        self
    }

    /// Sets what the check may spend.
    #[must_use]
    pub fn with_limits(mut self, limits: Limits) -> Self {
        self.limits = limits;
        self
    }

    /// Sets the part of a page that links must cover to count as covering it, from 0 to 1. The default
    /// is 0.9: a reading, the guide gives no number.
    #[must_use]
    pub fn with_page_cover(mut self, part: f64) -> Self {
        self.page_cover = part;
        self
    }

    /// Sets the largest size of a file in bytes (f18). There is no default: the guide gives no number.
    #[must_use]
    pub fn with_max_size(mut self, bytes: u64) -> Self {
        self.max_size = Some(bytes);
        self
    }

    /// What a finding weighs.
    pub fn severity(&self, kind: Kind, presence: Presence) -> Severity {
        let severity = self
            .severities
            .get(kind as usize)
            .copied()
            .unwrap_or(Severity::Refused);
        match (presence, severity) {
            (Presence::Superseded, Severity::Refused) if !self.superseded_as_present => {
                Severity::AtRisk
            }
            (Presence::Superseded, Severity::AtRisk) if !self.superseded_as_present => {
                Severity::Note
            }
            _ => severity,
        }
    }

    /// What the check may spend.
    pub fn limits(&self) -> &Limits {
        &self.limits
    }

    /// The part of a page that links must cover, from 0 to 1.
    pub fn page_cover(&self) -> f64 {
        self.page_cover
    }

    /// The largest size of a file in bytes.
    pub fn max_size(&self) -> Option<u64> {
        self.max_size
    }
}

impl Default for Profile {
    fn default() -> Self {
        Self::portal()
    }
}
