//! The API host: who may reach an operation, and the operations themselves.

use std::collections::BTreeMap;
use std::sync::Arc;

use axum::body::Body;
use axum::extract::Request;
use axum::response::Response;
use axum::Router;
use hyper::header::{AUTHORIZATION, WWW_AUTHENTICATE};
use hyper::StatusCode;
use serde_json::{json, Value};
use tower::ServiceExt as _;

use crate::clock::Clock;
use crate::request_log::Who;
use crate::shared::Shared;

/// The operations of the API host, and what an integrator must know to call them.
#[derive(Clone)]
pub struct ApiHost {
    /// The operations. Each finds an `Extension<Option<Caller>>` and decides which kind of token it
    /// wants; a token that is not valid has been refused before.
    pub router: Router,
    /// Path templates of operations whose paths the guide does not print, by operation key. The
    /// sandbox made them up.
    pub made_up_paths: BTreeMap<String, String>,
    /// Fictive data to call with, for `sandbox.json`.
    pub test_data: Value,
    /// Puts the data back to what it was at the start.
    pub reset: Arc<dyn Fn() + Send + Sync>,
}

impl ApiHost {
    /// The sandbox's own operations.
    pub fn built_in(_clock: &Clock) -> Self {
        Self {
            router: Router::new(),
            made_up_paths: BTreeMap::new(),
            test_data: json!({ "cprNummer": "4634875520" }),
            reset: Arc::new(|| {}),
        }
    }
}

/// Handles a request to the API host.
pub(crate) async fn handle(shared: &Shared, mut request: Request) -> Response {
    let caller = match bearer(&request) {
        Bearer::None => None,
        Bearer::Unreadable => return unauthorized("Token verification failed"),
        Bearer::Token(token) => match shared.tokens.caller(token) {
            Ok(caller) => Some(caller),
            Err(problem) => return unauthorized(problem.text()),
        },
    };
    let who = caller.as_ref().map(|caller| Who(caller.short()));
    if let Some(limited) = caller
        .as_ref()
        .and_then(|caller| shared.limited(&caller.client_id))
    {
        return with_who(limited, who);
    }
    request.extensions_mut().insert(caller);
    let response = match shared.api.router.clone().oneshot(request).await {
        Ok(response) => response,
        Err(never) => match never {},
    };
    with_who(response, who)
}

fn with_who(mut response: Response, who: Option<Who>) -> Response {
    if let Some(who) = who {
        response.extensions_mut().insert(who);
    }
    response
}

enum Bearer<'a> {
    None,
    Unreadable,
    Token(&'a str),
}

fn bearer(request: &Request) -> Bearer<'_> {
    let Some(value) = request.headers().get(AUTHORIZATION) else {
        return Bearer::None;
    };
    let Ok(text) = value.to_str() else {
        return Bearer::Unreadable;
    };
    match text.split_once(' ') {
        Some((scheme, token)) if scheme.eq_ignore_ascii_case("bearer") => Bearer::Token(token),
        _ => Bearer::Unreadable,
    }
}

/// What a resource that Keycloak protects answers: an empty body and a challenge.
fn unauthorized(description: &str) -> Response {
    let mut response = Response::new(Body::empty());
    *response.status_mut() = StatusCode::UNAUTHORIZED;
    let challenge = format!(
        "Bearer realm=\"sts\", error=\"invalid_token\", error_description=\"{description}\""
    );
    if let Ok(value) = challenge.parse() {
        response.headers_mut().insert(WWW_AUTHENTICATE, value);
    }
    response
}
