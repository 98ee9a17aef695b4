//! The API host: who may reach an operation, and the operations themselves.

use std::collections::BTreeMap;
use std::sync::Arc;

use axum::body::Body;
use axum::extract::Request;
use axum::response::Response;
use axum::Router;
use hyper::header::{AUTHORIZATION, WWW_AUTHENTICATE};
use hyper::StatusCode;
use serde_json::Value;
use tower::ServiceExt as _;

use crate::clock::Clock;
use crate::portal::{self, Portal, PortalOptions};
use crate::request_log::Who;
use crate::server::read_to_end;
use crate::shared::Shared;
use crate::sts::tokens::TokenProblem;

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
    /// What the operations remember, in short, for tests that nothing was filed twice. It holds no
    /// CPR numbers and no contents.
    pub snapshot: Arc<dyn Fn() -> Value + Send + Sync>,
    /// Puts the data back to what it was at the start.
    pub reset: Arc<dyn Fn() + Send + Sync>,
}

impl ApiHost {
    /// The sandbox's own operations, with default options.
    pub fn built_in(clock: &Clock) -> Self {
        Self::of(&Portal::new(PortalOptions::default(), clock.clone()))
    }

    /// The operations of a portal that the caller has made. Give it the clock of the sandbox.
    ///
    /// ```
    /// use std::sync::Arc;
    /// use skifteportal_sandbox::api_host::ApiHost;
    /// use skifteportal_sandbox::portal::{Portal, PortalOptions};
    /// use skifteportal_sandbox::SandboxOptions;
    /// let options = SandboxOptions {
    ///     api: Some(Arc::new(|clock| {
    ///         let small = PortalOptions { max_bilag_count: 2, ..PortalOptions::default() };
    ///         ApiHost::of(&Portal::new(small, clock.clone()))
    ///     })),
    ///     ..SandboxOptions::default()
    /// };
    /// # drop(options);
    /// ```
    pub fn of(portal: &Portal) -> Self {
        let paths = portal::made_up_paths().into_iter();
        Self {
            router: portal::router(portal.clone()),
            made_up_paths: paths
                .map(|(key, path)| (key.to_owned(), path.to_owned()))
                .collect(),
            test_data: portal::seed::test_data(),
            snapshot: {
                let portal = portal.clone();
                Arc::new(move || portal.snapshot())
            },
            reset: {
                let portal = portal.clone();
                Arc::new(move || portal.reset())
            },
        }
    }
}

/// Handles a request to the API host.
pub(crate) async fn handle(shared: &Shared, mut request: Request) -> Response {
    let caller = match bearer(&request) {
        Bearer::None => Ok(None),
        Bearer::Unreadable => Err(TokenProblem::Unknown),
        Bearer::Token(token) => shared.tokens.caller(token).map(Some),
    };
    let caller = match caller {
        Ok(caller) => caller,
        Err(problem) => {
            read_to_end(request.into_body()).await;
            return unauthorized(problem.text());
        }
    };
    let who = caller.as_ref().map(|caller| Who(caller.short()));
    let client_id = caller.as_ref().map(|caller| caller.client_id.as_str());
    if let Some(limited) = client_id.and_then(|client_id| shared.limited(client_id)) {
        read_to_end(request.into_body()).await;
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
