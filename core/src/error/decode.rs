//! From an answer to what is known of the error.

use super::json::{self, Node};
use super::portal_error::{Inner, Origin};
use super::redact::shown;
use super::scan::Scan;
use super::{body, header, html, rule, text};
use super::{ErrorKind, Fault, Retry, TransportFailure, Unreadable};
use crate::http::HttpResponse;
use crate::model::Timestamp;

fn blank(origin: Origin, kind: ErrorKind, fault: Fault, retry: Retry) -> Inner {
    Inner {
        origin,
        kind,
        fault,
        retry,
        codes: Vec::new(),
        oauth: None,
        problem: None,
        said: None,
        reference: None,
        server_time: None,
        received_at: None,
        excerpt: None,
    }
}

pub(super) fn answer(response: &HttpResponse, now: Timestamp) -> Inner {
    let status = response.status;
    let origin = Origin::Answer { status };
    let mut inner = blank(
        origin,
        ErrorKind::Protocol,
        Fault::Portal,
        Retry::AfterChange,
    );
    inner.received_at = Some(now);
    inner.server_time = header::server_time(response);
    inner.reference = header::reference(response);
    read_body(response, &mut inner);
    if inner.oauth.is_none() {
        inner.oauth = header::challenge(response);
    }
    let later = Retry::Later {
        at: header::retry_at(response, now),
    };
    (inner.kind, inner.fault, inner.retry) = rule::of_answer(&inner, status, later);
    let understood = inner.oauth.is_some()
        || inner
            .codes
            .iter()
            .any(|c| c.text.is_some() || c.template.is_some());
    if understood {
        inner.excerpt = None;
    }
    inner
}

/// Codes, OAuth error, problem document and excerpt of a body of any kind.
fn read_body(response: &HttpResponse, inner: &mut Inner) {
    let Some(text) = text::from_body(&response.body, response.header("content-type")) else {
        return;
    };
    let start = text.trim_start();
    if html::is_markup(start) {
        let words = html::words(start);
        inner.codes = Scan::page(&words);
        let title = html::element(start, "title");
        inner.excerpt = match (title, shown(&words)) {
            // The title is the first of the words already, unless it stands in an odd place.
            (Some(title), Some(words)) if !words.starts_with(title.trim()) => {
                shown(&format!("{title} {words}"))
            }
            (title, words) => words.or_else(|| title.as_deref().and_then(shown)),
        };
        return;
    }
    inner.excerpt = shown(&text);
    // JSON also after some words, as in "400 Bad Request: {…}".
    let at = if start.starts_with(['{', '[', '"']) {
        Some(0)
    } else {
        [start.find("{\""), start.find("[{")]
            .into_iter()
            .flatten()
            .min()
    };
    let Some((before, json)) = at.and_then(|at| start.split_at_checked(at)) else {
        inner.codes = Scan::page(start);
        return;
    };
    let values = json::read(json);
    inner.codes = Scan::json(before, &values, response.status);
    if let Some(Node::Object(members)) = values.first() {
        inner.oauth = body::oauth(members);
        inner.problem = body::problem(members);
        inner.said = body::said(members);
        inner.reference = body::reference(members).or(inner.reference.take());
    }
}

pub(super) fn transport(failure: TransportFailure) -> Inner {
    let (kind, fault, retry) = rule::of_transport(&failure);
    let failure = failure.shown();
    blank(Origin::Transport { failure }, kind, fault, retry)
}

pub(super) fn unreadable(response: &HttpResponse, what: Unreadable) -> Inner {
    let status = response.status;
    let what = what.shown();
    let origin = Origin::Unreadable { status, what };
    let mut inner = blank(origin, ErrorKind::Protocol, Fault::Portal, Retry::LookFirst);
    inner.server_time = header::server_time(response);
    inner.reference = header::reference(response);
    // A page in place of data says who sent it. Anything else may be somebody's data: it stays out.
    let text = text::from_body(&response.body, response.header("content-type"));
    if let Some(text) = text.filter(|text| html::is_markup(text)) {
        let title = html::element(&text, "title").and_then(|title| shown(&title));
        inner.excerpt = title.or_else(|| shown(&html::words(&text)));
    }
    inner
}
