//! Payload rules: which are checked, and what they say.

use std::sync::Arc;

use skifteportal::model::{Dato, DokumentId, Part, Timestamp};
use skifteportal::rules as core;
use skifteportal::rules::RuleViolation;

use crate::bytes::Bytes;
use crate::group::group;
use crate::AnyPayload;

/// Which payload rules are checked, and on which day. It does not change: its methods answer others.
#[derive(Debug, uniffi::Object)]
#[uniffi::export(Debug)]
pub struct Checks(pub(crate) core::Checks);

#[uniffi::export]
impl Checks {
    /// All rules, for what is created on a day.
    #[uniffi::constructor]
    pub fn on(today: Dato) -> Arc<Self> {
        Arc::new(Self(core::Checks::on(today)))
    }

    /// All rules, for what is created at a point in time, by the date in Denmark.
    #[uniffi::constructor]
    pub fn at(now: Timestamp) -> Arc<Self> {
        Arc::new(Self(core::Checks::at(now)))
    }

    /// No rules at all: the portal decides.
    #[uniffi::constructor]
    pub fn none() -> Arc<Self> {
        Arc::new(Self(core::Checks::none()))
    }

    /// The same rules for a payload that replaces an earlier one. Updates do this by themselves.
    pub fn for_update(&self) -> Arc<Self> {
        Arc::new(Self(self.0.clone().for_update()))
    }

    /// The same rules without one, by its code.
    pub fn without(&self, code: String) -> Arc<Self> {
        Arc::new(Self(self.0.clone().without(code)))
    }

    /// The day that counts as today.
    pub fn today(&self) -> Dato {
        self.0.today()
    }

    /// Whether the payload replaces an earlier one.
    pub fn is_update(&self) -> bool {
        self.0.is_update()
    }

    /// Whether a rule is checked, by its code.
    pub fn includes(&self, code: &str) -> bool {
        self.0.includes(code)
    }
}

group! {
    /// The payload rules by themselves. Calls check their payloads without being asked; here is the
    /// same for a form that is being filled in, and what the guide says of payloads that it does not
    /// print (guide 4.4.4).
    Rules
}

fn count(number: i32) -> usize {
    usize::try_from(number).unwrap_or_default()
}

#[uniffi::export]
impl Rules {
    /// The codes of all rules.
    pub fn codes(&self) -> Vec<String> {
        let codes = core::CHECKED_CODES.iter();
        codes.map(ToString::to_string).collect()
    }

    /// Every rule that a payload breaks; none of a payload that has no rules.
    pub fn check(&self, payload: &AnyPayload, checks: &Checks) -> Vec<RuleViolation> {
        payload.check(&checks.0)
    }

    /// doedsbo.f24: a bilag is a PDF. This looks for the header alone.
    pub fn check_pdf_header(&self, content: Bytes, checks: &Checks) -> Vec<RuleViolation> {
        core::check_pdf_header(&content, &checks.0)
    }

    /// A redegørelse has a summary or a bilag.
    pub fn check_redegoerelse(
        &self,
        opsummering: Option<String>,
        bilag: i32,
        checks: &Checks,
    ) -> Vec<RuleViolation> {
        core::check_redegoerelse(opsummering.as_deref(), count(bilag), &checks.0)
    }

    /// A request for more time has a reason or a bilag.
    pub fn check_fristudsaettelse(
        &self,
        aarsag: Option<String>,
        bilag: i32,
        checks: &Checks,
    ) -> Vec<RuleViolation> {
        core::check_fristudsaettelse(aarsag.as_deref(), count(bilag), &checks.0)
    }

    /// A petition for bankruptcy has a bilag.
    pub fn check_konkursbegaering(&self, bilag: i32, checks: &Checks) -> Vec<RuleViolation> {
        core::check_konkursbegaering(count(bilag), &checks.0)
    }

    /// A request for an auditor has a reason or a bilag.
    pub fn check_anmodning_om_revisor(
        &self,
        aarsag: Option<String>,
        bilag: i32,
        checks: &Checks,
    ) -> Vec<RuleViolation> {
        core::check_anmodning_om_revisor(aarsag.as_deref(), count(bilag), &checks.0)
    }

    /// A request for a declaration has a deadline later than today and goes to no company.
    pub fn check_anmodning_om_erklaering(
        &self,
        fristdato: Option<Dato>,
        modtagere: Vec<Part>,
        checks: &Checks,
    ) -> Vec<RuleViolation> {
        core::check_anmodning_om_erklaering(fristdato, &modtagere, &checks.0)
    }

    /// A declaration that says that there are assets describes one, and one that says that the company
    /// is not active says since when.
    pub fn check_erklaering(
        &self,
        har_aktiver: bool,
        beskrevne_aktiver: i32,
        selskab_aktivt: bool,
        ophoert: Option<Dato>,
        checks: &Checks,
    ) -> Vec<RuleViolation> {
        let described = count(beskrevne_aktiver);
        core::check_erklaering(har_aktiver, described, selskab_aktivt, ophoert, &checks.0)
    }

    /// An appeal refers to both letters in the dokumentlager.
    pub fn check_kaeremaal(
        &self,
        skrivelse_om_kaereafgift: Option<DokumentId>,
        skrivelse_til_landsretten: Option<DokumentId>,
        checks: &Checks,
    ) -> Vec<RuleViolation> {
        core::check_kaeremaal(
            skrivelse_om_kaereafgift.as_ref(),
            skrivelse_til_landsretten.as_ref(),
            &checks.0,
        )
    }

    /// A former manager is a person.
    pub fn check_tidligere_ledelse(&self, part: &Part, checks: &Checks) -> Vec<RuleViolation> {
        core::check_tidligere_ledelse(part, &checks.0)
    }

    /// A court record of the Landsret has both the id of what is outstanding and its outcome.
    pub fn check_retsbog_fra_landsret(
        &self,
        udestaaende_id: Option<String>,
        udfald: Option<String>,
        checks: &Checks,
    ) -> Vec<RuleViolation> {
        core::check_retsbog_fra_landsret(udestaaende_id.as_deref(), udfald.as_deref(), &checks.0)
    }
}
