//! All that the sandbox's portal remembers.

use std::collections::BTreeMap;

use serde_json::{json, Value};
use time::Date;

use super::ids::Ids;
use super::moment::Moment;
use super::refusal::Refusal;
use super::registrering::{Kind, Registrering};

/// Everything behind the portal's one lock.
#[derive(Debug, Default)]
pub(crate) struct State {
    pub(crate) ids: Ids,
    pub(crate) boer: Vec<Doedsbo>,
    pub(crate) sager: Vec<Sag>,
    pub(crate) dokumenter: Vec<Dokument>,
    pub(crate) traade: Vec<Traad>,
}

/// A dødsbo (guide 4.3.2) with what was filed on it.
#[derive(Debug)]
pub(crate) struct Doedsbo {
    pub(crate) id: &'static str,
    pub(crate) cpr: &'static str,
    pub(crate) navn: &'static str,
    pub(crate) foedselsdato: &'static str,
    pub(crate) person_id: &'static str,
    pub(crate) adresse_id: &'static str,
    pub(crate) adresselinje: &'static str,
    pub(crate) postnummer: &'static str,
    pub(crate) by: &'static str,
    pub(crate) doedsdato: &'static str,
    /// The date on which the dødsbo was handed out, if it was.
    pub(crate) udleveret: Option<&'static str>,
    pub(crate) kontaktperson_id: Option<&'static str>,
    /// The company that handles the dødsbo: it sees what others filed (guide 2.4).
    pub(crate) bobestyrer_cvr: Option<&'static str>,
    pub(crate) proklamafrist: Date,
    pub(crate) frist_foreloebige: Date,
    pub(crate) oprettet: Moment,
    pub(crate) redigeret: Moment,
    pub(crate) registreringer: Vec<Registrering>,
}

/// A sag about the tvangsopløsning of a company.
#[derive(Debug)]
pub(crate) struct Sag {
    pub(crate) id: &'static str,
    pub(crate) sagsnummer: &'static str,
    pub(crate) cvr: &'static str,
    pub(crate) navn: &'static str,
    pub(crate) afsluttet: bool,
    /// Adgangsprofil-id of the appointed likvidator (guide 2.5).
    pub(crate) likvidator_profil: Option<&'static str>,
    /// CVR number of the likvidator's company.
    pub(crate) likvidator_cvr: Option<&'static str>,
    pub(crate) registreringer: Vec<Registrering>,
}

/// A document in the dokumentlager (guide 4.5.7).
#[derive(Debug)]
pub(crate) struct Dokument {
    pub(crate) id: String,
    pub(crate) ejer_cvr: String,
    pub(crate) navn: String,
    pub(crate) oprettet: Moment,
    pub(crate) indhold: axum::body::Bytes,
}

/// A thread of letters between a likvidator and the court (guide 4.5.4).
#[derive(Debug)]
pub(crate) struct Traad {
    pub(crate) id: String,
    pub(crate) sag_id: String,
    pub(crate) profil_id: String,
    pub(crate) emneord: Option<String>,
    pub(crate) oprettet: Moment,
    pub(crate) henvendelser: Vec<super::members::Members>,
}

/// How much there is of each kind on one dødsbo or sag. A deleted registration counts: it is still
/// there, marked as deleted.
#[derive(Clone, Debug, Default, PartialEq, Eq, serde::Serialize)]
pub struct Counts {
    /// Krav.
    pub krav: usize,
    /// Tilgodehavender.
    pub tilgodehavender: usize,
    /// Effektfortegnelser.
    pub effektfortegnelser: usize,
    /// Forespørgsler.
    pub forespoergsler: usize,
    /// Proformaopgørelser.
    pub proformaopgoerelser: usize,
    /// Of all these, the deleted ones.
    pub slettede: usize,
    /// Bilag of all these; for a sag, references to documents.
    pub bilag: usize,
}

impl Counts {
    fn of(registreringer: &[Registrering]) -> Self {
        let of_kind = |kind| registreringer.iter().filter(|one| one.kind == kind).count();
        Self {
            krav: of_kind(Kind::Krav),
            tilgodehavender: of_kind(Kind::Tilgodehavende),
            effektfortegnelser: of_kind(Kind::Effektfortegnelse),
            forespoergsler: of_kind(Kind::Forespoergsel),
            proformaopgoerelser: of_kind(Kind::Proformaopgoerelse),
            slettede: registreringer.iter().filter(|one| one.slettet).count(),
            bilag: registreringer.iter().map(Registrering::bilag_count).sum(),
        }
    }
}

impl State {
    pub(crate) fn counts(&self) -> BTreeMap<String, Counts> {
        let boer = self.boer.iter().map(|bo| (bo.id, &bo.registreringer));
        let sager = self.sager.iter().map(|sag| (sag.id, &sag.registreringer));
        boer.chain(sager)
            .map(|(id, registreringer)| (id.to_owned(), Counts::of(registreringer)))
            .collect()
    }

    /// For the control endpoint: ids, owners, sizes and counts. No CPR number, and nothing of what
    /// was written in a payload, since a payload may hold one.
    pub(crate) fn snapshot(&self) -> Value {
        let registreringer = |all: &[Registrering]| -> Vec<Value> {
            all.iter().map(Registrering::summary).collect()
        };
        json!({
            "counts": self.counts(),
            "doedsboer": self.boer.iter().map(|bo| json!({
                "id": bo.id,
                "navn": bo.navn,
                "proklamafrist": bo.proklamafrist.to_string(),
                "fristForeloebige": bo.frist_foreloebige.to_string(),
                "redigeringstidspunkt": bo.redigeret.to_string(),
                "registreringer": registreringer(&bo.registreringer),
            })).collect::<Vec<_>>(),
            "sager": self.sager.iter().map(|sag| json!({
                "id": sag.id,
                "navn": sag.navn,
                "cvrNummer": sag.cvr,
                "afsluttet": sag.afsluttet,
                "likvidatorAdgangsprofilId": sag.likvidator_profil,
                "registreringer": registreringer(&sag.registreringer),
            })).collect::<Vec<_>>(),
            "dokumenter": self.dokumenter.iter().map(|dokument| json!({
                "id": dokument.id,
                "ejer": dokument.ejer_cvr,
                "stoerelse": dokument.indhold.len(),
            })).collect::<Vec<_>>(),
            "henvendelsestraade": self.traade.iter().map(|traad| json!({
                "id": traad.id,
                "sagId": traad.sag_id,
                "henvendelser": traad.henvendelser.len(),
            })).collect::<Vec<_>>(),
        })
    }
}

pub(crate) fn find_bo<'a>(boer: &'a mut [Doedsbo], id: &str) -> Result<&'a mut Doedsbo, Refusal> {
    let bo = boer.iter_mut().find(|bo| bo.id.eq_ignore_ascii_case(id));
    bo.ok_or_else(|| Refusal::not_found("Dødsbojournalen"))
}

pub(crate) fn find_sag<'a>(sager: &'a mut [Sag], id: &str) -> Result<&'a mut Sag, Refusal> {
    let sag = sager.iter_mut().find(|sag| sag.id.eq_ignore_ascii_case(id));
    sag.ok_or_else(|| Refusal::not_found("Sagen"))
}
