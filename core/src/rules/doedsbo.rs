//! Rules for what is reported to a dødsbo (guide 4.3.6).

use super::{given_raw, is_empty_anden, Checked, Checks, RuleViolation};
use crate::model::{
    Dato, Doedsbojournal, Effektfortegnelse, Extra, Forespoergsel, Kontaktperson, Krav, Part,
    Proformaopgoerelse, Tilgodehavende,
};
use crate::sorted::Sorted;
use crate::text::Fritekst;

impl Checked for Krav {
    /// - doedsbo.f4: a third party of type `ANDEN` is described.
    /// - doedsbo.f17: `opgjortdato` is today or earlier.
    fn check(&self, checks: &Checks, out: &mut Vec<RuleViolation>) {
        check_tredjepart(self.tredjepart.as_deref(), checks, out);
        checks.report_future(self.opgjortdato, "doedsbo.f17", "/opgjortdato", out);
    }
}

impl Checked for Tilgodehavende {
    /// - doedsbo.f4: a third party of type `ANDEN` is described.
    /// - doedsbo.f14, f15: `udbetaltdato` is set if `udbetalt` is `true`, and not if it is `false`.
    /// - doedsbo.f16, f17: `udbetaltdato` and `opgjortdato` are today or earlier.
    fn check(&self, checks: &Checks, out: &mut Vec<RuleViolation>) {
        check_tredjepart(self.tredjepart.as_deref(), checks, out);
        let raw = given_raw(&self.extra, "udbetaltdato");
        let (paid, date) = (self.udbetalt, self.udbetaltdato);
        let missing = paid == Some(true) && date.is_none() && !raw;
        checks.report(missing, "doedsbo.f14", "/udbetaltdato", out);
        let needless = paid == Some(false) && (date.is_some() || raw);
        checks.report(needless, "doedsbo.f15", "/udbetaltdato", out);
        checks.report_future(date, "doedsbo.f16", "/udbetaltdato", out);
        checks.report_future(self.opgjortdato, "doedsbo.f17", "/opgjortdato", out);
    }
}

impl Checked for Effektfortegnelse {
    /// - doedsbo.f20: each category occurs once. The argument is the list of those that do not,
    ///   separated by commas.
    /// - doedsbo.f38: `modtagelsesdato` is earlier than the day of creation: today, or on an update
    ///   the day of `oprettelsestidspunkt`.
    /// - doedsbo.f39: there is an effect or a remark.
    fn check(&self, checks: &Checks, out: &mut Vec<RuleViolation>) {
        let effekter = self.effekter.as_deref().unwrap_or_default();
        let mut seen: Sorted<&str, usize> = Sorted::new();
        let mut twice = Vec::new();
        for kategori in effekter.iter().filter_map(|e| e.kategori.as_deref()) {
            let before = seen.get(&kategori).copied().unwrap_or_default();
            seen.insert(kategori, before + 1);
            if before == 1 {
                twice.push(kategori);
            }
        }
        if !twice.is_empty() && checks.includes("doedsbo.f20") {
            out.push(RuleViolation {
                code: "doedsbo.f20",
                pointer: "/effekter".to_owned(),
                arguments: vec![twice.join(", ")],
            });
        }
        let created = self
            .oprettelsestidspunkt
            .filter(|_| checks.is_update())
            .map_or(checks.today(), Dato::in_denmark);
        let late = self.modtagelsesdato.is_some_and(|date| date >= created);
        checks.report(late, "doedsbo.f38", "/modtagelsesdato", out);
        let raw = given_raw(&self.extra, "effekter") || given_raw(&self.extra, "bemaerkning");
        let silent = self.bemaerkning.as_ref().is_none_or(Fritekst::is_blank);
        let nothing = effekter.is_empty() && silent && !raw;
        checks.report(nothing, "doedsbo.f39", "/effekter", out);
    }
}

impl Checked for Forespoergsel {
    /// - doedsbo.f13: a `kontaktperson` that is given is someone. Reading: that it must be given at
    ///   all cannot be told from a forespørgsel, which asks for the contact.
    /// - doedsbo.f37: `bekraeftet` is `true` on creation.
    fn check(&self, checks: &Checks, out: &mut Vec<RuleViolation>) {
        let nobody = self.kontaktperson.as_deref().is_some_and(is_nobody);
        checks.report(nobody, "doedsbo.f13", "/kontaktperson", out);
        let unconfirmed = is_unconfirmed(self.bekraeftet, &self.extra, checks);
        checks.report(unconfirmed, "doedsbo.f37", "/bekraeftet", out);
    }
}

impl Checked for Proformaopgoerelse {
    /// - doedsbo.f35: `bekraeftet` is `true` on creation.
    fn check(&self, checks: &Checks, out: &mut Vec<RuleViolation>) {
        let unconfirmed = is_unconfirmed(self.bekraeftet, &self.extra, checks);
        checks.report(unconfirmed, "doedsbo.f35", "/bekraeftet", out);
    }
}

impl Checked for Doedsbojournal {
    /// - doedsbo.f13: `kontaktperson` is set, and is someone.
    fn check(&self, checks: &Checks, out: &mut Vec<RuleViolation>) {
        let nobody = self.kontaktperson.as_ref().is_none_or(is_nobody)
            && !given_raw(&self.extra, "kontaktperson");
        checks.report(nobody, "doedsbo.f13", "/kontaktperson", out);
    }
}

/// doedsbo.f24 (guide 4.3.4, 4.3.5): a bilag is a PDF. This looks for the header alone, `%PDF-`
/// within the first 1,024 bytes, where readers of PDF look for it.
///
/// ```
/// use skifteportal::rules::{check_pdf_header, Checks};
/// let checks = Checks::on("2022-04-29".parse().unwrap());
/// assert!(check_pdf_header(b"%PDF-1.7\n...", &checks).is_empty());
/// assert_eq!(check_pdf_header(b"PK\x03\x04", &checks)[0].code, "doedsbo.f24");
/// ```
pub fn check_pdf_header(content: &[u8], checks: &Checks) -> Vec<RuleViolation> {
    let mut out = Vec::new();
    let start = content.get(..1024).unwrap_or(content);
    let found = start.windows(5).any(|window| window == b"%PDF-");
    checks.report(!found, "doedsbo.f24", "", &mut out);
    out
}

fn check_tredjepart(tredjepart: Option<&Part>, checks: &Checks, out: &mut Vec<RuleViolation>) {
    let empty = is_empty_anden(tredjepart);
    checks.report(empty, "doedsbo.f4", "/tredjepart/anden", out);
}

fn is_unconfirmed(bekraeftet: Option<bool>, extra: &Extra, checks: &Checks) -> bool {
    !checks.is_update() && bekraeftet != Some(true) && !given_raw(extra, "bekraeftet")
}

fn is_nobody(kontaktperson: &Kontaktperson) -> bool {
    kontaktperson.extra.is_empty()
        && kontaktperson
            .part
            .as_ref()
            .is_none_or(|part| *part == Part::default())
}
