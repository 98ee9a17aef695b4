//! Sager: the Sagshylde (guide 4.5.1) and the general API of a sag (4.4.1). All names of members
//! are made up.

use axum::http::StatusCode;
use axum::response::Response;
use serde_json::{json, Value};

use super::answer;
use super::inbound::Inbound;
use super::members::Malformed;
use super::refusal::Refusal;
use super::seed::RETSKREDS;
use super::state::{find_sag, Sag, State};
use crate::caller::{Caller, TokenKind};

/// `soegSager`: by CVR number, or by part of the company's name.
pub(crate) fn search(state: &State, call: &Inbound) -> Result<Response, Refusal> {
    let query = call.members()?;
    let malformed = |error: Malformed| Refusal::malformed(&error);
    let cvr = query.text("cvrNummer").map_err(malformed)?;
    let navn = query.text("virksomhedsnavn").map_err(malformed)?;
    let navn = navn
        .map(|text| text.trim().to_lowercase())
        .filter(|text| !text.is_empty());
    if cvr.is_none() && navn.is_none() {
        return Err(Refusal::bad_request(
            "sandkasse.soegning.tom",
            "Angiv CVR-nummer eller virksomhedsnavn",
        ));
    }
    let fits = |sag: &Sag| {
        cvr.as_ref().is_none_or(|cvr| cvr == sag.cvr)
            && navn
                .as_ref()
                .is_none_or(|navn| sag.navn.to_lowercase().contains(navn))
    };
    answered(state.sager.iter().filter(|sag| fits(sag)), call)
}

/// `hentSager`: the sager that the holder of the token has to do with.
pub(crate) fn mine(state: &State, call: &Inbound) -> Result<Response, Refusal> {
    let caller = call.caller()?;
    answered(state.sager.iter().filter(|sag| sag.concerns(caller)), call)
}

fn answered<'a>(hits: impl Iterator<Item = &'a Sag>, call: &Inbound) -> Result<Response, Refusal> {
    let page = call.page()?;
    let items: Vec<Value> = hits.map(Sag::overview).collect();
    Ok(answer::page(&items, page))
}

/// The general API: who has nothing to do with the sag gets empty lists (guide 4.4.1).
pub(crate) fn get(state: &mut State, call: &Inbound) -> Result<Response, Refusal> {
    let caller = call.caller()?;
    let sag = find_sag(&mut state.sager, call.parameter("sagId"))?;
    let mut entity = sag.overview();
    let (course, decisions, records) = if sag.concerns(caller) {
        let mut course = vec![json!({"dato": "2024-03-01", "haendelse": "Sagen er modtaget"})];
        if sag.likvidator_profil.is_some() {
            course.push(json!({"dato": "2024-03-15", "haendelse": "Likvidator er udpeget"}));
        }
        let decision = json!({"dato": "2024-03-15", "titel": "Udpegning af likvidator"});
        let record = json!({"dato": "2024-03-15", "titel": "Retsbog"});
        (course, vec![decision], vec![record])
    } else {
        (Vec::new(), Vec::new(), Vec::new())
    };
    entity["sagensGang"] = course.into();
    entity["afgoerelser"] = decisions.into();
    entity["retsboeger"] = records.into();
    Ok(answer::json(StatusCode::OK, &entity))
}

impl Sag {
    /// The appointed likvidator with a delegated token, or a company that has registered something.
    pub(crate) fn concerns(&self, caller: &Caller) -> bool {
        match caller.kind {
            TokenKind::Delegated => self.is_likvidator(caller),
            TokenKind::Direct => self
                .registreringer
                .iter()
                .any(|one| one.indberetter_cvr == caller.cvr),
        }
    }

    /// Whether the caller acts for the likvidator that is appointed on this sag.
    pub(crate) fn is_likvidator(&self, caller: &Caller) -> bool {
        match (self.likvidator_profil, &caller.adgangsprofil_id) {
            (Some(appointed), Some(profile)) => profile.eq_ignore_ascii_case(appointed),
            _ => false,
        }
    }

    fn overview(&self) -> Value {
        json!({
            "id": self.id,
            "sagsnummer": self.sagsnummer,
            "cvrNummer": self.cvr,
            "virksomhedsnavn": self.navn,
            "status": if self.afsluttet { "AFSLUTTET" } else { "AABEN" },
            "retskredsId": RETSKREDS,
        })
    }
}
