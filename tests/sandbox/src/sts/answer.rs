//! The answers of a token endpoint.

use axum::body::Body;
use axum::response::Response;
use hyper::header::{HeaderValue, CACHE_CONTROL, CONTENT_TYPE, PRAGMA};
use hyper::StatusCode;
use serde::Serialize;
use serde_json::{json, Value};

use super::form::FormProblem;
use crate::request_log::Who;

/// A refusal: the status and Keycloak's two members.
#[derive(Debug)]
pub(crate) struct Refusal {
    pub(crate) status: u16,
    pub(crate) error: &'static str,
    pub(crate) description: String,
}

impl Refusal {
    pub(crate) fn new(status: u16, error: &'static str, description: impl Into<String>) -> Self {
        Self {
            status,
            error,
            description: description.into(),
        }
    }

    pub(crate) fn client(description: impl Into<String>) -> Self {
        Self::new(400, "invalid_client", description)
    }

    pub(crate) fn request(description: impl Into<String>) -> Self {
        Self::new(400, "invalid_request", description)
    }

    pub(crate) fn answer(&self) -> Response {
        json_answer(
            self.status,
            &json!({ "error": self.error, "error_description": self.description }),
        )
    }
}

/// The body of a token answer, member by member as in guide 3.1.3.
#[derive(Debug, Serialize)]
pub(crate) struct TokenAnswer {
    pub(crate) access_token: String,
    pub(crate) expires_in: u32,
    pub(crate) refresh_expires_in: u32,
    pub(crate) token_type: &'static str,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) id_token: Option<String>,
    #[serde(rename = "not-before-policy")]
    pub(crate) not_before_policy: u32,
    pub(crate) scope: String,
}

impl TokenAnswer {
    pub(crate) fn answer(&self) -> Response {
        let mut response = json_body(200, serde_json::to_vec(self).unwrap_or_default());
        response
            .headers_mut()
            .insert(CACHE_CONTROL, HeaderValue::from_static("no-store"));
        response
            .headers_mut()
            .insert(PRAGMA, HeaderValue::from_static("no-cache"));
        response
    }
}

pub(crate) fn json_answer(status: u16, body: &Value) -> Response {
    json_body(status, body.to_string().into_bytes())
}

fn json_body(status: u16, body: Vec<u8>) -> Response {
    let mut response = Response::new(Body::from(body));
    *response.status_mut() = StatusCode::from_u16(status).unwrap_or_default();
    response
        .headers_mut()
        .insert(CONTENT_TYPE, HeaderValue::from_static("application/json"));
    response
}

/// What Keycloak says to a path or a method that is not there.
pub(crate) fn not_served(status: u16, sentence: &str, wants_html: bool) -> Response {
    if wants_html {
        let page = format!(
            "<!DOCTYPE html>\n<html><head><title>Error</title></head><body><h1>{sentence}</h1></body></html>\n"
        );
        let mut response = Response::new(Body::from(page));
        *response.status_mut() = StatusCode::from_u16(status).unwrap_or_default();
        let html = HeaderValue::from_static("text/html;charset=UTF-8");
        response.headers_mut().insert(CONTENT_TYPE, html);
        return response;
    }
    json_answer(status, &json!({ "error": sentence }))
}

/// What Keycloak says to a body that it cannot read.
pub(crate) fn unreadable_form(problem: FormProblem) -> Response {
    match problem {
        FormProblem::TooLarge => json_answer(
            413,
            &json!({ "error": "HTTP 413 Request Entity Too Large" }),
        ),
        FormProblem::BrokenEscape | FormProblem::Incomplete => {
            let log = "For more on this error consult the server log.";
            Refusal::new(500, "unknown_error", log).answer()
        }
    }
}

pub(crate) fn with_who(mut response: Response, who: Option<String>) -> Response {
    if let Some(who) = who {
        response.extensions_mut().insert(Who(who));
    }
    response
}
