//! From a request to an operation: token, body, errors.

use std::collections::HashMap;

use axum::body::{Body, Bytes};
use axum::extract::{RawPathParams, Request};
use axum::http::{header, StatusCode};
use axum::response::Response;
use axum::routing::{on, MethodFilter};
use axum::{RequestExt, Router};
use http_body_util::BodyExt;

use super::inbound::{read_query, Inbound};
use super::operations::{Action, Operation, TokenRule, Verb, OPERATIONS};
use super::refusal::{ErrorShape, Finding, Refusal};
use super::Portal;
use super::{bilag, doedsbo, dokumentlager, henvendelse, kreditor, retskreds, sagslager, soegning};
use crate::caller::{Caller, TokenKind};
use crate::server::read_to_end;

/// With this header a request chooses the body of an error answer, by the names of
/// [`ErrorShape::ALL`].
pub const ERROR_SHAPE_HEADER: &str = "X-Sandbox-Error-Shape";

/// The portal's API host. Each request bears an `Option<Caller>` as extension; the TLS host puts it
/// there from the token.
pub fn router(portal: Portal) -> Router {
    let mut router = Router::new();
    for operation in OPERATIONS {
        let portal = portal.clone();
        let handler = move |request: Request| answered(portal.clone(), operation, request);
        router = router.route(operation.path, on(method_filter(operation.method), handler));
    }
    let (nowhere, not_so) = (portal.clone(), portal);
    router
        .fallback(move |request: Request| async move {
            let finding = Finding::made_up("sandkasse.ukendt.sti", "Stien findes ikke");
            refused(
                &nowhere,
                request,
                Refusal::new(StatusCode::NOT_FOUND, finding),
            )
            .await
        })
        .method_not_allowed_fallback(move |request: Request| async move {
            let finding = Finding::made_up("sandkasse.metode", "Metoden er ikke tilladt her");
            let refusal = Refusal::new(StatusCode::METHOD_NOT_ALLOWED, finding);
            refused(&not_so, request, refusal).await
        })
}

fn method_filter(method: &str) -> MethodFilter {
    match method {
        "POST" => MethodFilter::POST,
        "PUT" => MethodFilter::PUT,
        "DELETE" => MethodFilter::DELETE,
        _ => MethodFilter::GET,
    }
}

async fn answered(portal: Portal, operation: &'static Operation, request: Request) -> Response {
    let (shape, path) = (
        shape_for(&portal, &request),
        request.uri().path().to_owned(),
    );
    match performed(&portal, operation, request).await {
        Ok(response) => response,
        Err(refusal) => refusal.into_response(shape, &path, &portal.now().to_string()),
    }
}

async fn refused(portal: &Portal, request: Request, refusal: Refusal) -> Response {
    let shape = shape_for(portal, &request);
    let now = portal.now().to_string();
    let response = refusal.into_response(shape, request.uri().path(), &now);
    read_to_end(request.into_body()).await;
    response
}

fn shape_for(portal: &Portal, request: &Request) -> ErrorShape {
    let asked = request
        .headers()
        .get(ERROR_SHAPE_HEADER)
        .and_then(|value| value.to_str().ok());
    asked
        .and_then(ErrorShape::named)
        .unwrap_or(portal.options().error_shape)
}

async fn performed(
    portal: &Portal,
    operation: &'static Operation,
    mut request: Request,
) -> Result<Response, Refusal> {
    let caller = request
        .extensions_mut()
        .remove::<Option<Caller>>()
        .flatten();
    let token_was_sent = request.headers().contains_key(header::AUTHORIZATION);
    let admitted = admit(operation.token, caller.as_ref(), token_was_sent);
    let parameters = request.extract_parts::<RawPathParams>().await;
    let (parts, body) = request.into_parts();
    // Read before anything is refused: a client that still sends would find a broken connection in
    // place of the answer.
    let body = read_body(body, limit(portal, operation.action)).await;
    admitted?;
    let parameters: HashMap<String, String> = parameters
        .map_err(|_| Refusal::bad_request("sandkasse.sti", "Stien kan ikke læses"))?
        .iter()
        .map(|(name, value)| (name.to_owned(), value.to_owned()))
        .collect();
    let query = read_query(parts.uri.query().unwrap_or_default());
    let call = Inbound {
        caller,
        parameters,
        query,
        headers: parts.headers,
        body: body?,
    };
    act(portal, operation.action, &call).await
}

/// The kind of token that the guide asks for (2.1, 4.4, 4.4.1 to 4.4.3, 4.5). The body of the
/// 403 is made up.
fn admit(rule: TokenRule, caller: Option<&Caller>, token_was_sent: bool) -> Result<(), Refusal> {
    let kind = caller.map(|caller| caller.kind);
    match (rule, kind) {
        (TokenRule::None, _)
        | (TokenRule::Either, Some(_))
        | (TokenRule::Direct, Some(TokenKind::Direct))
        | (TokenRule::Delegated, Some(TokenKind::Delegated)) => Ok(()),
        (_, None) => Err(Refusal::unauthorized(token_was_sent)),
        (TokenRule::Direct, Some(_)) => Err(Refusal::forbidden(
            "sandkasse.token.direkte",
            "Operationen skal kaldes med et direkte token",
        )),
        (TokenRule::Delegated, Some(_)) => Err(Refusal::forbidden(
            "sandkasse.token.delegeret",
            "Operationen skal kaldes med et delegeret token",
        )),
    }
}

fn limit(portal: &Portal, action: Action) -> usize {
    match action {
        Action::Bilag(..) | Action::AddDokument => portal.options().max_upload_bytes,
        _ => portal.options().max_json_bytes,
    }
}

/// What is beyond the limit is read and dropped.
async fn read_body(mut body: Body, limit: usize) -> Result<Bytes, Refusal> {
    let (mut content, mut too_large) = (Vec::new(), false);
    while let Some(frame) = body.frame().await {
        let frame = frame.map_err(|_| {
            Refusal::bad_request("sandkasse.afbrudt", "Indholdet blev ikke sendt til ende")
        })?;
        let Ok(data) = frame.into_data() else {
            continue;
        };
        too_large |= data.len() > limit.saturating_sub(content.len());
        if !too_large {
            content.extend_from_slice(&data);
        }
    }
    if too_large {
        let finding = Finding::made_up("sandkasse.for.stor", "Indholdet er for stort");
        return Err(Refusal::new(StatusCode::PAYLOAD_TOO_LARGE, finding));
    }
    Ok(content.into())
}

async fn act(portal: &Portal, action: Action, call: &Inbound) -> Result<Response, Refusal> {
    let now = portal.now();
    match action {
        Action::Bilag(kind, Verb::Add) => bilag::add(portal, call, kind, now).await,
        Action::Bilag(kind, Verb::List) => bilag::list(&mut portal.state(), call, kind),
        Action::Bilag(kind, _) => bilag::get(&mut portal.state(), call, kind),
        Action::AddDokument => dokumentlager::add(portal, call, now).await,
        Action::GetFil => dokumentlager::get(&portal.state(), call),
        Action::SearchBo => soegning::search(&portal.state(), call),
        Action::FindChangedSince => soegning::changed_since(&portal.state(), call),
        Action::Doedsbo(kind, verb) => doedsbo::act(&mut portal.state(), call, kind, verb, now),
        Action::Kreditor(kind, verb) => kreditor::act(&mut portal.state(), call, kind, verb, now),
        Action::HentSag => sagslager::get(&mut portal.state(), call),
        Action::SoegSager => sagslager::search(&portal.state(), call),
        Action::MineSager => sagslager::mine(&portal.state(), call),
        Action::AddTraad => henvendelse::add(&mut portal.state(), call, now),
        Action::GetTraad => henvendelse::get(&mut portal.state(), call),
        Action::Retskredse => Ok(retskreds::list()),
    }
}
