//! How many files got which verdict.

use skifteportal::pdf::Verdict;

/// Files by verdict.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct Counts {
    pub(crate) accepted: u64,
    pub(crate) at_risk: u64,
    pub(crate) refused: u64,
    pub(crate) undecidable: u64,
    /// Paths that could not be read.
    pub(crate) unreadable: u64,
}

impl Counts {
    pub(crate) fn add(&mut self, verdict: Verdict) {
        *match verdict {
            Verdict::Accepted => &mut self.accepted,
            Verdict::AtRisk => &mut self.at_risk,
            Verdict::Refused => &mut self.refused,
            Verdict::Undecidable => &mut self.undecidable,
        } += 1;
    }

    /// The exit code: what was not seen at all weighs most, then what a filing would fail on.
    pub(crate) fn exit_code(&self) -> u8 {
        let worst = [
            (self.unreadable, 3),
            (self.refused, 1),
            (self.undecidable, 2),
            (self.at_risk, 4),
        ];
        let found = worst.iter().find(|(count, _)| *count > 0);
        found.map_or(0, |(_, code)| *code)
    }
}
