//! From a request to an operation: token, body, errors.

use std::collections::HashMap;

use axum::body::{to_bytes, Body, Bytes};
use axum::extract::{RawPathParams, Request};
use axum::http::{header, Method, StatusCode};
use axum::response::Response;
use axum::routing::{on, MethodFilter};
use axum::{RequestExt, Router};

use super::inbound::{read_query, Inbound};
use super::operations::{Action, Operation, TokenRule, Verb, OPERATIONS};
use super::refusal::{ErrorShape, Finding, Refusal};
use super::Portal;
use super::{bilag, doedsbo, dokumentlager, henvendelse, kreditor, retskreds, sagslager, soegning};
use crate::caller::{Caller, TokenKind};

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
                &request,
                Refusal::new(StatusCode::NOT_FOUND, finding),
            )
        })
        .method_not_allowed_fallback(move |request: Request| async move {
            let finding = Finding::made_up("sandkasse.metode", "Metoden er ikke tilladt her");
            refused(
                &not_so,
                &request,
                Refusal::new(StatusCode::METHOD_NOT_ALLOWED, finding),
            )
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

fn refused(portal: &Portal, request: &Request, refusal: Refusal) -> Response {
    let shape = shape_for(portal, request);
    refusal.into_response(shape, request.uri().path(), &portal.now().to_string())
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
    admit(operation.token, caller.as_ref(), token_was_sent)?;
    let parameters: RawPathParams = request
        .extract_parts()
        .await
        .map_err(|_| Refusal::bad_request("sandkasse.sti", "Stien kan ikke læses"))?;
    let parameters: HashMap<String, String> = parameters
        .iter()
        .map(|(name, value)| (name.to_owned(), value.to_owned()))
        .collect();
    let (parts, body) = request.into_parts();
    let body = if parts.method == Method::GET || parts.method == Method::HEAD {
        Bytes::new()
    } else {
        read_body(body, limit(portal, operation.action)).await?
    };
    let query = read_query(parts.uri.query().unwrap_or_default());
    let call = Inbound {
        caller,
        parameters,
        query,
        headers: parts.headers,
        body,
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

/// A body that breaks off counts as too large as well: the two cannot be told apart here, and its
/// sender does not read the answer.
async fn read_body(body: Body, limit: usize) -> Result<Bytes, Refusal> {
    to_bytes(body, limit).await.map_err(|_| {
        let finding = Finding::made_up("sandkasse.for.stor", "Indholdet er for stort");
        Refusal::new(StatusCode::PAYLOAD_TOO_LARGE, finding)
    })
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
