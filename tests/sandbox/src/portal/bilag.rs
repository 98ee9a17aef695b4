//! Attachments of the registrations on a dødsbo (guide 4.3.4, 4.3.5).

use axum::http::StatusCode;
use axum::response::Response;
use serde_json::{json, Value};

use super::answer;
use super::inbound::Inbound;
use super::moment::Moment;
use super::refusal::Refusal;
use super::registrering::{find, Bilag, Kind, Registrering};
use super::scan::Verdict;
use super::state::{find_bo, State};
use super::{Portal, PortalOptions};

/// Uploads. The scan runs without the lock, so the state is looked at before and after it.
pub(crate) async fn add(
    portal: &Portal,
    call: &Inbound,
    kind: Kind,
    now: Moment,
) -> Result<Response, Refusal> {
    let options = portal.options();
    acceptable(&mut portal.state(), call, kind, options)?;
    call.require_type("application/pdf")?;
    let name = call.file_name()?;
    let (size, limit) = (call.body.len(), options.max_bilag_bytes);
    if size > limit {
        return Err(Refusal::code(
            "doedsbo.f18",
            &[size.to_string(), limit.to_string()],
        ));
    }
    match portal.scanner().scan(&call.body).await {
        Verdict::Clean => {}
        Verdict::NotPdf => return Err(Refusal::code("doedsbo.f24", &[])),
        Verdict::Unsafe(_) => return Err(Refusal::code("doedsbo.f25", &[])),
        Verdict::Locked => return Err(Refusal::code("doedsbo.f29", &[])),
    }
    let mut state = portal.state();
    acceptable(&mut state, call, kind, options)?;
    let State { ids, boer, .. } = &mut *state;
    let bo = find_bo(boer, call.parameter("doedsbojournalId"))?;
    let one = find(
        &mut bo.registreringer,
        kind,
        call.parameter(kind.id_parameter()),
    )?;
    let bilag = Bilag {
        id: ids.next(),
        filnavn: name,
        indhold: call.body.clone(),
    };
    let metadata = metadata(bo.id, one, &bilag);
    one.bilag.push(bilag);
    one.redigeret = now;
    bo.redigeret = now;
    Ok(answer::json(StatusCode::CREATED, &metadata))
}

/// Whether the registration is there, is the caller's, and has room for one more.
fn acceptable(
    state: &mut State,
    call: &Inbound,
    kind: Kind,
    options: &PortalOptions,
) -> Result<(), Refusal> {
    let bo = find_bo(&mut state.boer, call.parameter("doedsbojournalId"))?;
    let one = find(
        &mut bo.registreringer,
        kind,
        call.parameter(kind.id_parameter()),
    )?;
    one.changeable_by(&call.caller()?.cvr)?;
    if one.bilag.len() >= options.max_bilag_count {
        return Err(Refusal::code(
            "doedsbo.f19",
            &[options.max_bilag_count.to_string()],
        ));
    }
    Ok(())
}

/// The list of metadata.
pub(crate) fn list(state: &mut State, call: &Inbound, kind: Kind) -> Result<Response, Refusal> {
    let bo = find_bo(&mut state.boer, call.parameter("doedsbojournalId"))?;
    let one = bo.seen(
        kind,
        call.parameter(kind.id_parameter()),
        &call.caller()?.cvr,
    )?;
    let all: Vec<Value> = one
        .bilag
        .iter()
        .map(|bilag| metadata(bo.id, one, bilag))
        .collect();
    Ok(answer::json(StatusCode::OK, &all))
}

/// The content.
pub(crate) fn get(state: &mut State, call: &Inbound, kind: Kind) -> Result<Response, Refusal> {
    let bo = find_bo(&mut state.boer, call.parameter("doedsbojournalId"))?;
    let one = bo.seen(
        kind,
        call.parameter(kind.id_parameter()),
        &call.caller()?.cvr,
    )?;
    let id = call.parameter("bilagId");
    let bilag = one
        .bilag
        .iter()
        .find(|bilag| bilag.id.eq_ignore_ascii_case(id));
    let bilag = bilag.ok_or_else(|| Refusal::not_found("Bilag"))?;
    Ok(answer::pdf(&bilag.filnavn, &bilag.indhold))
}

/// Id, file name and relative URL (guide 4.3.4); the name of the member `url` is made up.
fn metadata(bo_id: &str, one: &Registrering, bilag: &Bilag) -> Value {
    let segment = one.kind.segment();
    json!({
        "id": bilag.id,
        "filnavn": bilag.filnavn,
        "url": format!("/doedsbojournaler/{bo_id}/{segment}/{}/bilag/{}", one.id, bilag.id),
    })
}
