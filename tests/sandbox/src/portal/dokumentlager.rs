//! The store of documents (guide 4.5.7).

use axum::http::StatusCode;
use axum::response::Response;
use serde_json::json;

use super::answer;
use super::inbound::Inbound;
use super::moment::Moment;
use super::refusal::{Finding, Refusal};
use super::scan::Verdict;
use super::state::{Dokument, State};
use super::Portal;

/// `addV2`. The guide names no codes for documents, so those of its refusals are made up. That the
/// name comes in `Content-Disposition` is made up as well; the guide only says that "headers" follow
/// the specification.
pub(crate) async fn add(portal: &Portal, call: &Inbound, now: Moment) -> Result<Response, Refusal> {
    let cvr = call.caller()?.cvr.clone();
    call.require_type("application/octet-stream")?;
    let navn = call.file_name()?;
    if call.body.len() > portal.options().max_bilag_bytes {
        return Err(Refusal::new(
            StatusCode::PAYLOAD_TOO_LARGE,
            Finding::made_up("sandkasse.dokument.stoerrelse", "Dokumentet er for stort"),
        ));
    }
    let refused = |code, text: &str| Err(Refusal::bad_request(code, text));
    match portal.scanner().scan(&call.body).await {
        Verdict::Clean => {}
        Verdict::NotPdf => {
            return refused("sandkasse.dokument.ikke.pdf", "Filen er ikke en PDF-fil")
        }
        Verdict::Unsafe(_) => {
            return refused("sandkasse.dokument.usikkert", "PDF filen er usikker")
        }
        Verdict::Locked => return refused("sandkasse.dokument.laast", "PDF-filen er låst"),
    }
    let mut state = portal.state();
    let dokument = Dokument {
        id: state.ids.next(),
        ejer_cvr: cvr,
        navn,
        oprettet: now,
        indhold: call.body.clone(),
    };
    let metadata = json!({
        "id": dokument.id,
        "navn": dokument.navn,
        "oprettet": dokument.oprettet.to_string(),
        "stoerelse": dokument.indhold.len(),
        "type": "application/pdf",
        "metadata": {
            "oprettet_af_part_type": "virksomhed",
            "oprettet_af_part_id": dokument.ejer_cvr,
        },
    });
    state.dokumenter.push(dokument);
    Ok(answer::json(StatusCode::CREATED, &metadata))
}

/// `getFil`: the content, to its owner. Reading: the API user behind a delegated token is the
/// company whose direct token was exchanged.
pub(crate) fn get(state: &State, call: &Inbound) -> Result<Response, Refusal> {
    let (cvr, id) = (&call.caller()?.cvr, call.parameter("dokumentId"));
    let found = state
        .dokumenter
        .iter()
        .find(|one| one.ejer_cvr == *cvr && one.id.eq_ignore_ascii_case(id))
        .ok_or_else(|| Refusal::not_found("Dokumentet"))?;
    Ok(answer::pdf(&found.navn, &found.indhold))
}
