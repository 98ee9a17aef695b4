//! Krav and the other registrations on a dødsbo (guide 4.1, 4.3).

use axum::http::StatusCode;
use axum::response::Response;
use serde_json::{json, Value};
use time::Date;

use super::answer;
use super::inbound::Inbound;
use super::members::Members;
use super::moment::Moment;
use super::operations::Verb;
use super::refusal::Refusal;
use super::registrering::{find, reporters_members, Kind, Registrering};
use super::rules::check_doedsbo;
use super::state::{find_bo, Doedsbo, State};

/// How much later the second time stamp of a new entity is; the guide's example (4.3.3) shows
/// that the two differ.
pub(crate) const NANOS_TO_STORE: i64 = 16_403;

pub(crate) fn act(
    state: &mut State,
    call: &Inbound,
    kind: Kind,
    verb: Verb,
    now: Moment,
) -> Result<Response, Refusal> {
    let cvr = &call.caller()?.cvr;
    let id = call.parameter(kind.id_parameter());
    let today = now.danish_date();
    let State { ids, boer, .. } = state;
    let bo = find_bo(boer, call.parameter("doedsbojournalId"))?;
    match verb {
        Verb::Add => {
            let members = reporters_members(&call.members()?);
            check_doedsbo(kind, &members, today, today)?;
            let new = Registrering {
                id: ids.next(),
                kind,
                indberetter_cvr: cvr.clone(),
                oprettet: now,
                redigeret: now.plus_nanos(NANOS_TO_STORE),
                members,
                rettidigt: bo.in_time(kind, today),
                kvittering: Some(kvittering(kind, bo.navn)),
                slettet: false,
                bilag: Vec::new(),
                dokumenter: 0,
            };
            let entity = new.entity();
            bo.redigeret = now;
            bo.registreringer.push(new);
            Ok(answer::json(StatusCode::CREATED, &entity))
        }
        Verb::List => {
            let seen: Vec<Members> = bo
                .registreringer
                .iter()
                .filter(|one| one.kind == kind && bo.shows(one, cvr))
                .map(Registrering::entity)
                .collect();
            Ok(answer::json(StatusCode::OK, &seen))
        }
        Verb::Get => Ok(answer::json(
            StatusCode::OK,
            &bo.seen(kind, id, cvr)?.entity(),
        )),
        Verb::Update => {
            let (proklamafrist, frist) = (bo.proklamafrist, bo.frist_foreloebige);
            let one = find(&mut bo.registreringer, kind, id)?;
            one.changeable_by(cvr)?;
            let members = reporters_members(&call.members()?);
            one.editable(today, proklamafrist, frist)?;
            check_doedsbo(kind, &members, today, one.oprettet.danish_date())?;
            one.members = members;
            one.redigeret = now;
            let entity = one.entity();
            bo.redigeret = now;
            Ok(answer::json(StatusCode::OK, &entity))
        }
        Verb::Delete => {
            let one = find(&mut bo.registreringer, kind, id)?;
            // Deleting twice is as good as once: a client that lost the first answer asks again.
            if one.slettet && one.indberetter_cvr == *cvr {
                return Ok(answer::no_content());
            }
            one.changeable_by(cvr)?;
            one.slettet = true;
            one.redigeret = now;
            bo.redigeret = now;
            Ok(answer::no_content())
        }
    }
}

impl Doedsbo {
    /// Whether a company may see a registration: its own, and all as the one who handles the dødsbo
    /// (guide 2.4).
    pub(crate) fn shows(&self, one: &Registrering, cvr: &str) -> bool {
        one.indberetter_cvr == cvr || self.bobestyrer_cvr == Some(cvr)
    }

    /// A registration that the company may see.
    pub(crate) fn seen(&self, kind: Kind, id: &str, cvr: &str) -> Result<&Registrering, Refusal> {
        self.registreringer
            .iter()
            .find(|one| one.kind == kind && one.id.eq_ignore_ascii_case(id) && self.shows(one, cvr))
            .ok_or_else(|| Refusal::not_found(kind.name()))
    }

    /// `rettidigt`: whether the krav comes before the proklamafrist has run out.
    fn in_time(&self, kind: Kind, today: Date) -> Option<bool> {
        (kind == Kind::Krav).then_some(today <= self.proklamafrist)
    }
}

impl Registrering {
    /// The deadlines of f21, f22 and f23. Which one holds is decided by what is stored, so a
    /// preliminary krav can become final until its own deadline.
    fn editable(&self, today: Date, proklamafrist: Date, frist: Date) -> Result<(), Refusal> {
        let is_final = self.members.flag("endeligt").ok().flatten() == Some(true);
        let (deadline, code) = match (self.kind, is_final) {
            (Kind::Krav, true) => (proklamafrist, "doedsbo.f21"),
            (Kind::Krav, false) => (frist, "doedsbo.f22"),
            (Kind::Tilgodehavende, _) => (proklamafrist, "doedsbo.f23"),
            _ => return Ok(()),
        };
        if today > deadline {
            return Err(Refusal::code(code, &[]));
        }
        Ok(())
    }
}

/// The receipt. That of a krav is the guide's (4.3.3), to the space at the end of its heading;
/// those of the other kinds are made up, and their codes say so.
fn kvittering(kind: Kind, navn: &str) -> Value {
    if kind == Kind::Krav {
        return json!({
            "kode": "K1",
            "overskrift": "Dit krav er nu anmeldt ",
            "indhold": format!(
                "Du har anmeldt et krav i boet efter {navn}.\n\
                 Når boet udleveres, vil boets kontaktperson få besked om dit krav.\n\
                 Du vil modtage en meddelelse via digital post, når boet udleveres."
            ),
        });
    }
    json!({
        "kode": "SANDKASSE",
        "overskrift": format!("{} er modtaget af sandkassen", kind.name()),
        "indhold": format!("Indsendt i boet efter {navn}."),
    })
}
