//! Krav and tilgodehavender on a sag about tvangsopløsning (guide 4.4.2).

use axum::http::StatusCode;
use axum::response::Response;
use serde_json::Value;

use super::answer;
use super::doedsbo::NANOS_TO_STORE;
use super::inbound::Inbound;
use super::members::Members;
use super::moment::Moment;
use super::operations::Verb;
use super::refusal::Refusal;
use super::registrering::{find, reporters_members, Kind, Registrering};
use super::rules::check_sag;
use super::state::{find_sag, Dokument, Sag, State};

pub(crate) fn act(
    state: &mut State,
    call: &Inbound,
    kind: Kind,
    verb: Verb,
    now: Moment,
) -> Result<Response, Refusal> {
    let cvr = &call.caller()?.cvr;
    let id = call.parameter(kind.id_parameter());
    let State {
        ids,
        sager,
        dokumenter,
        ..
    } = state;
    let sag = find_sag(sager, call.parameter("sagId"))?;
    match verb {
        Verb::Add => {
            let members = reporters_members(&call.members()?);
            sag.open_for(cvr, kind)?;
            check_sag(kind, &members, now.danish_date())?;
            let new = Registrering {
                id: ids.next(),
                kind,
                indberetter_cvr: cvr.clone(),
                oprettet: now,
                redigeret: now.plus_nanos(NANOS_TO_STORE),
                dokumenter: referenced(&members, dokumenter, cvr)?,
                members,
                rettidigt: None,
                kvittering: None,
                slettet: false,
                bilag: Vec::new(),
            };
            let entity = new.entity();
            sag.registreringer.push(new);
            Ok(answer::json(StatusCode::CREATED, &entity))
        }
        Verb::List => {
            let own: Vec<Members> = sag
                .registreringer
                .iter()
                .filter(|one| one.kind == kind && one.indberetter_cvr == *cvr)
                .map(Registrering::entity)
                .collect();
            Ok(answer::json(StatusCode::OK, &own))
        }
        Verb::Get => {
            let one = find(&mut sag.registreringer, kind, id)?;
            if one.indberetter_cvr != *cvr {
                return Err(Refusal::not_found(kind.name()));
            }
            Ok(answer::json(StatusCode::OK, &one.entity()))
        }
        Verb::Update => {
            let closed = sag.afsluttet;
            let one = find(&mut sag.registreringer, kind, id)?;
            one.changeable_by(cvr)?;
            let members = reporters_members(&call.members()?);
            refuse_closed(closed)?;
            check_sag(kind, &members, now.danish_date())?;
            one.dokumenter = referenced(&members, dokumenter, cvr)?;
            one.members = members;
            one.redigeret = now;
            Ok(answer::json(StatusCode::OK, &one.entity()))
        }
        Verb::Delete => {
            let closed = sag.afsluttet;
            let one = find(&mut sag.registreringer, kind, id)?;
            if one.slettet && one.indberetter_cvr == *cvr {
                return Ok(answer::no_content());
            }
            one.changeable_by(cvr)?;
            refuse_closed(closed)?;
            one.slettet = true;
            one.redigeret = now;
            Ok(answer::no_content())
        }
    }
}

impl Sag {
    /// Whether the company may register here: the sag is open, and the company is not the
    /// likvidator's.
    fn open_for(&self, cvr: &str, kind: Kind) -> Result<(), Refusal> {
        if self.afsluttet {
            return Err(Refusal::code(
                "sag.registrering.sag.afsluttet",
                &[kind.name().to_owned()],
            ));
        }
        if self.likvidator_cvr == Some(cvr) {
            return Err(Refusal::code(
                "sag.registrering.bruger.maa.ikke.vaere.likvidator",
                &[],
            ));
        }
        Ok(())
    }
}

fn refuse_closed(closed: bool) -> Result<(), Refusal> {
    if closed {
        return Err(Refusal::code("sag.allerede.afsluttet", &[]));
    }
    Ok(())
}

/// Counts the documents in the member `bilag` (guide 4.4.2). They must be the caller's.
fn referenced(members: &Members, dokumenter: &[Dokument], cvr: &str) -> Result<usize, Refusal> {
    let mapping = |reason: &str| {
        Refusal::code(
            "handling.mapning.fejlet",
            &["bilag".to_owned(), reason.to_owned()],
        )
    };
    let ids = members
        .list("bilag")
        .map_err(|error| mapping(error.reason))?
        .unwrap_or_default();
    for id in &ids {
        let Value::String(id) = id else {
            return Err(mapping("et dokument-id var ventet"));
        };
        if !owns(dokumenter, cvr, id) {
            return Err(unknown_document());
        }
    }
    Ok(ids.len())
}

pub(crate) fn owns(dokumenter: &[Dokument], cvr: &str, id: &str) -> bool {
    dokumenter
        .iter()
        .any(|one| one.ejer_cvr == cvr && one.id.eq_ignore_ascii_case(id))
}

pub(crate) fn unknown_document() -> Refusal {
    Refusal::bad_request(
        "sandkasse.dokument.ukendt",
        "Dokumentet findes ikke hos API-brugeren",
    )
}
