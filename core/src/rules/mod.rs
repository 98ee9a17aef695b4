//! Payload rules that the guide's error codes state, checked before anything is sent.
//!
//! The portal reports a broken rule by a code (guide 4.3.6, 4.4.4). Where the payload alone shows that
//! it will, [`check`] reports the same code, and all codes at once. A host turns any rule off with
//! [`Checks::without`]; then the portal decides.
//!
//! [`CHECKED_CODES`] lists the codes. All others need what no payload holds:
//!
//! | codes | what they need |
//! | --- | --- |
//! | doedsbo.f3, f5–f12, f26–f28, f30–f34, f36 | the estate's file at the court, its registers or eSagsskridt |
//! | doedsbo.f18, f19 | the size limit, and the bilag that are already there |
//! | doedsbo.f21–f23 | the deadlines of the estate |
//! | doedsbo.f25, f29 | the PDF's content |
//! | handling.\*.eksisterer, \*.eksisterer.ikke, \*.publicering, \*.relation, \*.dublet, \*.mangler, \*.aktiv, \*.aktiv.frist, \*.overskredet | what is going on in the sag |
//! | handling.\*.autorisering\*, handling.part.\*, handling.likvidator.fratraed.\*, sag.registrering.bruger.\* | who is logged in, and who takes part in the sag |
//! | handling.mapning.fejlet | the portal's own mapping |
//! | sag.\*.tilknyttet, sag.\*.findes.ikke\*, sag.\*.fundet, sag.\*afsluttet, sag.bemaerkning.\*, sag.opret.\* | the sag at the court |
//!
//! "Dags dato" in the codes' texts is read as the date in Denmark, see
//! [`Dato::in_denmark`](crate::model::Dato::in_denmark).

mod doedsbo;
mod soegning;
mod tvangsoploesning;

use std::fmt;

use crate::model::{Dato, Extra, Part, PartType, Timestamp};
use crate::sorted::Sorted;
use crate::text::Fritekst;

pub use doedsbo::check_pdf_header;
pub use tvangsoploesning::{
    check_anmodning_om_erklaering, check_anmodning_om_revisor, check_erklaering,
    check_fristudsaettelse, check_kaeremaal, check_konkursbegaering, check_redegoerelse,
    check_retsbog_fra_landsret, check_tidligere_ledelse,
};

/// The codes that the functions of this module report.
pub const CHECKED_CODES: &[&str] = &[
    "doedsbo.f1",
    "doedsbo.f2",
    "doedsbo.f4",
    "doedsbo.f13",
    "doedsbo.f14",
    "doedsbo.f15",
    "doedsbo.f16",
    "doedsbo.f17",
    "doedsbo.f20",
    "doedsbo.f24",
    "doedsbo.f35",
    "doedsbo.f37",
    "doedsbo.f38",
    "doedsbo.f39",
    "handling.erklaering.anmod.fristdato.fremtiden",
    "handling.erklaering.anmod.modtager.virksomhed",
    "handling.erklaering.udfyld.validation.aktiver",
    "handling.erklaering.udfyld.validation.ophoert",
    "handling.fristudsaettelse.anmodning.ikke.udfyldt",
    "handling.kaeremaal.skrivelse.kaereafgift.mangelfuld",
    "handling.kaeremaal.skrivelse.landsretten.mangelfuld",
    "handling.konkursbegaering.ikke.udfyldt",
    "handling.likvidator.anmodning.revisor.ikke.udfyldt",
    "handling.redegoerelse.ikke.udfyldt",
    "handling.tidlLedelse.ikke.person",
    "sag.registrering.krav.opgjortdato.fremtidig",
    "sag.registrering.tilgodehavende.udbetaltdato.fremtidig",
    "sag.registrering.tredjepart.anden.tom",
    "sag.retsbog.landsret.ikke.udfyldt.korrekt",
];

/// Which rules are checked, and on which day.
///
/// ```
/// use skifteportal::model::{from_json, Krav};
/// use skifteportal::rules::{check, Checks};
/// let krav: Krav = from_json(br#"{"beloeb":123,"opgjortdato":"2022-04-30"}"#).unwrap();
/// let checks = Checks::on("2022-04-29".parse().unwrap());
/// let broken = check(&krav, &checks);
/// assert_eq!((broken[0].code, broken[0].pointer.as_str()), ("doedsbo.f17", "/opgjortdato"));
/// assert!(check(&krav, &checks.without("doedsbo.f17")).is_empty());
/// ```
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Checks {
    today: Dato,
    update: bool,
    all_off: bool,
    off: Sorted<String, ()>,
}

impl Checks {
    /// All rules, for a payload that is created on a day.
    pub fn on(today: Dato) -> Self {
        Self {
            today,
            update: false,
            all_off: false,
            off: Sorted::new(),
        }
    }

    /// All rules, for a payload that is created at a point in time, by the date in Denmark.
    pub fn at(now: Timestamp) -> Self {
        Self::on(Dato::in_denmark(now))
    }

    /// No rules at all.
    pub fn none() -> Self {
        Self {
            all_off: true,
            ..Self::at(Timestamp::from_unix(0))
        }
    }

    /// The same rules for a payload that replaces an earlier one (PUT). What holds "on creation"
    /// alone (doedsbo.f35, f37) is not checked then.
    pub fn for_update(self) -> Self {
        Self {
            update: true,
            ..self
        }
    }

    /// The same rules without one, by its code; see [`CHECKED_CODES`].
    pub fn without(mut self, code: impl Into<String>) -> Self {
        self.off.insert(code.into(), ());
        self
    }

    /// The day that counts as today.
    pub fn today(&self) -> Dato {
        self.today
    }

    /// Whether the payload replaces an earlier one.
    pub fn is_update(&self) -> bool {
        self.update
    }

    /// Whether a rule is checked.
    pub fn includes(&self, code: &str) -> bool {
        !self.all_off && self.off.get(code).is_none()
    }

    /// Reports a broken rule if it is checked.
    fn report(
        &self,
        broken: bool,
        code: &'static str,
        pointer: &str,
        out: &mut Vec<RuleViolation>,
    ) {
        if broken && self.includes(code) {
            out.push(RuleViolation {
                code,
                pointer: pointer.to_owned(),
                arguments: Vec::new(),
            });
        }
    }

    /// Reports a date after today.
    fn report_future(
        &self,
        date: Option<Dato>,
        code: &'static str,
        pointer: &str,
        out: &mut Vec<RuleViolation>,
    ) {
        self.report(date.is_some_and(|d| d > self.today), code, pointer, out);
    }
}

/// A rule that a payload breaks.
#[derive(Clone, PartialEq, Eq, thiserror::Error)]
#[error("{code} at \"{pointer}\"")]
#[cfg_attr(feature = "uniffi", derive(uniffi::Record), uniffi::export(Debug))]
#[cfg_attr(
    feature = "dynamic",
    derive(serde::Serialize),
    serde(rename_all = "camelCase")
)]
pub struct RuleViolation {
    /// The portal's code for it.
    pub code: &'static str,
    /// Where: a JSON pointer into the payload (RFC 6901), empty for the payload as a whole.
    pub pointer: String,
    /// The values for the placeholders of the code's text, `{0}` first.
    pub arguments: Vec<String>,
}

impl fmt::Debug for RuleViolation {
    /// Leaves the arguments out: they come from the payload.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("RuleViolation")
            .field("code", &self.code)
            .field("pointer", &self.pointer)
            .finish_non_exhaustive()
    }
}

/// A payload with rules.
pub trait Checked {
    /// Appends every rule of `checks` that the payload breaks.
    fn check(&self, checks: &Checks, out: &mut Vec<RuleViolation>);
}

/// Every rule of `checks` that a payload breaks; none if it may be sent.
///
/// ```
/// use skifteportal::model::DoedsbojournalQuery;
/// use skifteportal::rules::{check, Checks};
/// let checks = Checks::on("2022-04-29".parse().unwrap());
/// let query = DoedsbojournalQuery::from_cpr("4634875520".parse().unwrap());
/// assert!(check(&query, &checks).is_empty());
/// assert_eq!(check(&DoedsbojournalQuery::default(), &checks)[0].code, "doedsbo.f2");
/// ```
pub fn check<T: Checked + ?Sized>(payload: &T, checks: &Checks) -> Vec<RuleViolation> {
    let mut out = Vec::new();
    payload.check(checks, &mut out);
    out
}

/// Whether a member was given as raw JSON that no rule can judge.
fn given_raw(extra: &Extra, name: &str) -> bool {
    extra.get(name).is_some_and(|raw| raw != "null")
}

/// Whether a third party is said to be another part, and nothing is said of it.
fn is_empty_anden(tredjepart: Option<&Part>) -> bool {
    tredjepart.is_some_and(|part| {
        let anden = part.anden.as_deref();
        part.part_type == Some(PartType::Anden)
            && !given_raw(&part.extra, "anden")
            && anden.is_none_or(|anden| {
                anden.navn.as_ref().is_none_or(Fritekst::is_blank)
                    && anden.adresse.is_none()
                    && anden.extra.is_empty()
            })
    })
}
