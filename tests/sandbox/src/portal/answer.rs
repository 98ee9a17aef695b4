//! Answers of calls that went well.

use axum::body::Bytes;
use axum::http::{header, HeaderMap, HeaderValue, StatusCode};
use axum::response::Response;
use serde::Serialize;

use super::disposition;

pub(crate) fn json(status: StatusCode, value: &impl Serialize) -> Response {
    let body = serde_json::to_vec(value).unwrap_or_default();
    let mut response = Response::new(body.into());
    *response.status_mut() = status;
    let content_type = HeaderValue::from_static("application/json");
    response
        .headers_mut()
        .insert(header::CONTENT_TYPE, content_type);
    response
}

pub(crate) fn no_content() -> Response {
    let mut response = Response::new(axum::body::Body::empty());
    *response.status_mut() = StatusCode::NO_CONTENT;
    response
}

/// The bytes as they were sent, with their type and name in headers (guide 4.3.4, 4.5.7).
pub(crate) fn pdf(name: &str, content: &Bytes) -> Response {
    let mut response = Response::new(content.clone().into());
    let headers: &mut HeaderMap = response.headers_mut();
    headers.insert(
        header::CONTENT_TYPE,
        HeaderValue::from_static("application/pdf"),
    );
    if let Ok(value) = HeaderValue::from_str(&disposition::attachment(name)) {
        headers.insert(header::CONTENT_DISPOSITION, value);
    }
    response
}

/// One page of the items, with the number of all of them in `X-Total-Count`.
pub(crate) fn page(items: &[impl Serialize], (page, size): (usize, usize)) -> Response {
    let start = page.saturating_mul(size).min(items.len());
    let end = start.saturating_add(size).min(items.len());
    let mut response = json(StatusCode::OK, &items.get(start..end).unwrap_or_default());
    response
        .headers_mut()
        .insert("X-Total-Count", HeaderValue::from(items.len()));
    response
}
