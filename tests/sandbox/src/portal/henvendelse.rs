//! Letters of a likvidator to the court (guide 4.5.4).

use axum::http::StatusCode;
use axum::response::Response;
use serde_json::Value;

use super::answer;
use super::inbound::Inbound;
use super::kreditor::{owns, unknown_document};
use super::members::{Malformed, Members};
use super::moment::Moment;
use super::refusal::Refusal;
use super::state::{find_sag, State, Traad};
use crate::caller::Caller;

/// Starts a thread.
pub(crate) fn add(state: &mut State, call: &Inbound, now: Moment) -> Result<Response, Refusal> {
    let caller = call.caller()?;
    let request = call.members()?;
    let malformed = |error: Malformed| mapping(&error.attribute, error.reason);
    let sag_id = request.text("sagId").map_err(malformed)?;
    let sag_id = sag_id.ok_or_else(|| mapping("sagId", "mangler"))?;
    let sag = find_sag(&mut state.sager, &sag_id)?;
    if !sag.is_likvidator(caller) {
        return Err(Refusal::forbidden(
            "sandkasse.ikke.likvidator",
            "Likvidatoren er ikke udpeget på sagen",
        ));
    }
    if sag.afsluttet {
        return Err(Refusal::code("sag.allerede.afsluttet", &[]));
    }
    let sag_id = sag.id.to_owned();
    let emneord = request.text("emneord").map_err(malformed)?;
    let letters = request
        .objects("henvendelser")
        .map_err(malformed)?
        .unwrap_or_default();
    if letters.is_empty() {
        return Err(mapping("henvendelser", "mindst én var ventet"));
    }
    let mut henvendelser = Vec::new();
    for letter in &letters {
        check_letter(letter, state, caller)?;
        henvendelser.push(stored(letter, state.ids.next(), "LIKVIDATOR", now));
    }
    let traad = Traad {
        id: state.ids.next(),
        sag_id,
        profil_id: caller.adgangsprofil_id.clone().unwrap_or_default(),
        emneord,
        oprettet: now,
        henvendelser,
    };
    let entity = traad.entity(traad.henvendelser.clone());
    state.traade.push(traad);
    Ok(answer::json(StatusCode::CREATED, &entity))
}

/// A thread with the court's answer in it. With the query `sagId` the thread must be of that sag.
pub(crate) fn get(state: &mut State, call: &Inbound) -> Result<Response, Refusal> {
    let profile = call.caller()?.adgangsprofil_id.clone().unwrap_or_default();
    let id = call.parameter("henvendelsestraadId");
    let found = state.traade.iter().find(|traad| {
        traad.id.eq_ignore_ascii_case(id) && traad.profil_id.eq_ignore_ascii_case(&profile)
    });
    let missing = || {
        let mut refusal = Refusal::code("sag.henvendelse.traad.findes.ikke", &[]);
        refusal.status = StatusCode::NOT_FOUND;
        refusal
    };
    let traad = found.ok_or_else(missing)?;
    if call
        .query
        .get("sagId")
        .is_some_and(|sag| !sag.eq_ignore_ascii_case(&traad.sag_id))
    {
        return Err(Refusal::code(
            "sag.henvendelse.traad.findes.ikke.paa.sag",
            &[],
        ));
    }
    let mut letters = traad.henvendelser.clone();
    letters.push(reply(traad));
    Ok(answer::json(StatusCode::OK, &traad.entity(letters)))
}

/// What the court writes: made up, and there at once.
fn reply(traad: &Traad) -> Members {
    let mut reply = Members::default();
    reply.set("id", super::ids::reply_to(&traad.id));
    reply.set(
        "oprettelsestidspunkt",
        traad.oprettet.plus_nanos(1_000_000_000).to_string(),
    );
    reply.set("afsender", "RETTEN");
    reply.set(
        "tekst",
        "Skifteretten har modtaget din henvendelse (sandkassens svar).",
    );
    reply.set("dokumenter", Vec::<Value>::new());
    reply
}

fn check_letter(letter: &Members, state: &State, caller: &Caller) -> Result<(), Refusal> {
    let malformed = |error: Malformed| mapping(&error.attribute, error.reason);
    if letter
        .text("tekst")
        .map_err(malformed)?
        .unwrap_or_default()
        .trim()
        .is_empty()
    {
        return Err(mapping("tekst", "en tekst var ventet"));
    }
    for document in letter
        .objects("dokumenter")
        .map_err(malformed)?
        .unwrap_or_default()
    {
        let id = document.text("dokumentId").map_err(malformed)?;
        let id = id.ok_or_else(|| mapping("dokumentId", "mangler"))?;
        if !owns(&state.dokumenter, &caller.cvr, &id) {
            return Err(unknown_document());
        }
    }
    Ok(())
}

/// The letter with the members that the portal would add; their names are made up.
fn stored(letter: &Members, id: String, sender: &str, now: Moment) -> Members {
    let mut members = Members::default();
    members.set("id", id);
    members.set("oprettelsestidspunkt", now.to_string());
    members.set("afsender", sender);
    for (name, value) in letter.iter() {
        members.set_raw(name, value.to_owned());
    }
    members
}

fn mapping(attribute: &str, reason: &str) -> Refusal {
    Refusal::code(
        "handling.mapning.fejlet",
        &[attribute.to_owned(), reason.to_owned()],
    )
}

impl Traad {
    fn entity(&self, letters: Vec<Members>) -> Members {
        let mut entity = Members::default();
        entity.set("id", &self.id);
        entity.set("sagId", &self.sag_id);
        entity.set("oprettelsestidspunkt", self.oprettet.to_string());
        if let Some(emneord) = &self.emneord {
            entity.set("emneord", emneord);
        }
        entity.set("henvendelser", letters);
        entity
    }
}
