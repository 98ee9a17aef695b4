//! Rules for searches.

use super::{Checked, Checks, RuleViolation};
use crate::model::{DoedsbojournalAendringer, DoedsbojournalQuery, SagsQuery};

impl Checked for DoedsbojournalQuery {
    /// - doedsbo.f1 (guide 4.3.6): a CPR number stands alone.
    /// - doedsbo.f2 (guide 4.3.6): a CPR number, or name and address. A member that this crate does
    ///   not know may be the address.
    fn check(&self, checks: &Checks, out: &mut Vec<RuleViolation>) {
        let navn = self.navn.as_ref().is_some_and(|navn| !navn.is_blank());
        let other = !self.extra.is_empty();
        let cpr = self.cpr_nummer.is_some();
        let further = navn || other || self.adresse.is_some();
        checks.report(cpr && further, "doedsbo.f1", "/cprNummer", out);
        let pair = (navn && self.adresse.is_some()) || other;
        checks.report(!cpr && !pair, "doedsbo.f2", "", out);
    }
}

impl Checked for DoedsbojournalAendringer {
    /// The guide states no rule.
    fn check(&self, _: &Checks, _: &mut Vec<RuleViolation>) {}
}

impl Checked for SagsQuery {
    /// The guide states no rule.
    fn check(&self, _: &Checks, _: &mut Vec<RuleViolation>) {}
}
