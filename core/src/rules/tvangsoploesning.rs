//! Rules for compulsory dissolution (guide 4.4.4).
//!
//! The guide prints no JSON of what likvidatorer send. So their rules are functions on the values
//! that a payload is made of, and violations point at the payload as a whole.

use super::{is_empty_anden, Checked, Checks, RuleViolation};
use crate::model::{
    Dato, DokumentId, Henvendelsestraad, Part, PartType, TvangKrav, TvangTilgodehavende,
};

impl Checked for TvangKrav {
    /// - sag.registrering.tredjepart.anden.tom: a third party of type `ANDEN` is described.
    /// - sag.registrering.krav.opgjortdato.fremtidig: `opgjortdato` is today or earlier.
    fn check(&self, checks: &Checks, out: &mut Vec<RuleViolation>) {
        check_tredjepart(self.tredjepart.as_deref(), checks, out);
        let code = "sag.registrering.krav.opgjortdato.fremtidig";
        checks.report_future(self.opgjortdato, code, "/opgjortdato", out);
    }
}

impl Checked for TvangTilgodehavende {
    /// - sag.registrering.tredjepart.anden.tom: a third party of type `ANDEN` is described.
    /// - sag.registrering.tilgodehavende.udbetaltdato.fremtidig: `udbetaltdato` is today or earlier.
    fn check(&self, checks: &Checks, out: &mut Vec<RuleViolation>) {
        check_tredjepart(self.tredjepart.as_deref(), checks, out);
        let code = "sag.registrering.tilgodehavende.udbetaltdato.fremtidig";
        checks.report_future(self.udbetaltdato, code, "/udbetaltdato", out);
    }
}

impl Checked for Henvendelsestraad {
    /// The guide states no rule that a payload shows.
    fn check(&self, _: &Checks, _: &mut Vec<RuleViolation>) {}
}

fn check_tredjepart(tredjepart: Option<&Part>, checks: &Checks, out: &mut Vec<RuleViolation>) {
    let code = "sag.registrering.tredjepart.anden.tom";
    let empty = is_empty_anden(tredjepart);
    checks.report(empty, code, "/tredjepart/anden", out);
}

fn one(broken: bool, code: &'static str, checks: &Checks) -> Vec<RuleViolation> {
    let mut out = Vec::new();
    checks.report(broken, code, "", &mut out);
    out
}

fn is_blank(text: Option<&str>) -> bool {
    text.is_none_or(|text| text.trim().is_empty())
}

/// handling.redegoerelse.ikke.udfyldt: a redegørelse has a summary or a bilag.
///
/// ```
/// use skifteportal::rules::{check_redegoerelse, Checks};
/// let checks = Checks::on("2024-03-24".parse().unwrap());
/// assert!(check_redegoerelse(None, 1, &checks).is_empty());
/// assert_eq!(check_redegoerelse(Some(" "), 0, &checks).len(), 1);
/// ```
pub fn check_redegoerelse(
    opsummering: Option<&str>,
    bilag: usize,
    checks: &Checks,
) -> Vec<RuleViolation> {
    let empty = is_blank(opsummering) && bilag == 0;
    one(empty, "handling.redegoerelse.ikke.udfyldt", checks)
}

/// handling.fristudsaettelse.anmodning.ikke.udfyldt: a request for more time has a reason or a bilag.
pub fn check_fristudsaettelse(
    aarsag: Option<&str>,
    bilag: usize,
    checks: &Checks,
) -> Vec<RuleViolation> {
    let code = "handling.fristudsaettelse.anmodning.ikke.udfyldt";
    one(is_blank(aarsag) && bilag == 0, code, checks)
}

/// handling.konkursbegaering.ikke.udfyldt: a petition for bankruptcy has a bilag.
pub fn check_konkursbegaering(bilag: usize, checks: &Checks) -> Vec<RuleViolation> {
    one(bilag == 0, "handling.konkursbegaering.ikke.udfyldt", checks)
}

/// handling.likvidator.anmodning.revisor.ikke.udfyldt: a request for an auditor has a reason or a
/// bilag.
pub fn check_anmodning_om_revisor(
    aarsag: Option<&str>,
    bilag: usize,
    checks: &Checks,
) -> Vec<RuleViolation> {
    let code = "handling.likvidator.anmodning.revisor.ikke.udfyldt";
    one(is_blank(aarsag) && bilag == 0, code, checks)
}

/// handling.erklaering.anmod.fristdato.fremtiden and .modtager.virksomhed: a request for a
/// declaration has a deadline later than today and goes to no company.
pub fn check_anmodning_om_erklaering(
    fristdato: Option<Dato>,
    modtagere: &[Part],
    checks: &Checks,
) -> Vec<RuleViolation> {
    let mut out = Vec::new();
    let past = fristdato.is_some_and(|date| date <= checks.today());
    let code = "handling.erklaering.anmod.fristdato.fremtiden";
    checks.report(past, code, "", &mut out);
    let company = modtagere.iter().any(is_company);
    let code = "handling.erklaering.anmod.modtager.virksomhed";
    checks.report(company, code, "", &mut out);
    out
}

/// handling.erklaering.udfyld.validation.aktiver and .ophoert: a declaration that says that there are
/// assets describes one, and one that says that the company is not active says since when.
pub fn check_erklaering(
    har_aktiver: bool,
    beskrevne_aktiver: usize,
    selskab_aktivt: bool,
    ophoert: Option<Dato>,
    checks: &Checks,
) -> Vec<RuleViolation> {
    let mut out = Vec::new();
    let undescribed = har_aktiver && beskrevne_aktiver == 0;
    let code = "handling.erklaering.udfyld.validation.aktiver";
    checks.report(undescribed, code, "", &mut out);
    let undated = !selskab_aktivt && ophoert.is_none();
    let code = "handling.erklaering.udfyld.validation.ophoert";
    checks.report(undated, code, "", &mut out);
    out
}

/// handling.kaeremaal.skrivelse.kaereafgift.mangelfuld and .landsretten.mangelfuld: an appeal refers
/// to both letters in the dokumentlager.
pub fn check_kaeremaal(
    skrivelse_om_kaereafgift: Option<&DokumentId>,
    skrivelse_til_landsretten: Option<&DokumentId>,
    checks: &Checks,
) -> Vec<RuleViolation> {
    let mut out = Vec::new();
    let code = "handling.kaeremaal.skrivelse.kaereafgift.mangelfuld";
    checks.report(skrivelse_om_kaereafgift.is_none(), code, "", &mut out);
    let code = "handling.kaeremaal.skrivelse.landsretten.mangelfuld";
    checks.report(skrivelse_til_landsretten.is_none(), code, "", &mut out);
    out
}

/// handling.tidlLedelse.ikke.person: a former manager is a person, Danish or foreign. Reading: a
/// foreign person may be a part of type `ANDEN`, so that a company alone is refused.
pub fn check_tidligere_ledelse(part: &Part, checks: &Checks) -> Vec<RuleViolation> {
    one(is_company(part), "handling.tidlLedelse.ikke.person", checks)
}

/// sag.retsbog.landsret.ikke.udfyldt.korrekt: a court record of the Landsret has both the id of what
/// is outstanding and its outcome.
pub fn check_retsbog_fra_landsret(
    udestaaende_id: Option<&str>,
    udfald: Option<&str>,
    checks: &Checks,
) -> Vec<RuleViolation> {
    let code = "sag.retsbog.landsret.ikke.udfyldt.korrekt";
    one(is_blank(udestaaende_id) || is_blank(udfald), code, checks)
}

fn is_company(part: &Part) -> bool {
    match &part.part_type {
        Some(kind) => *kind == PartType::Virksomhed,
        None => part.virksomhed.is_some(),
    }
}
