//! What the top of a JSON body says besides codes: an OAuth error, a problem document, a reference.

use std::borrow::Cow;

use super::beside::TEXT_NAMES;
use super::json::Node;
use super::redact::{shown, shown_within};
use super::{code, html, OAuthError, ProblemDetails};

type Members<'a> = [(Cow<'a, str>, Node<'a>)];

fn text<'a>(members: &'a Members<'_>, name: &str) -> Option<&'a str> {
    members
        .iter()
        .find(|(n, _)| n == name)
        .and_then(|(_, value)| match value {
            Node::Text(text) => Some(text.as_ref()),
            _ => None,
        })
}

fn has(members: &Members<'_>, names: &[&str]) -> bool {
    members.iter().any(|(n, _)| names.contains(&n.as_ref()))
}

/// The OAuth error of a body (RFC 6749 5.2). Other systems use `error` too, for the name of the
/// status; theirs stands beside members that OAuth does not have.
pub(super) fn oauth(members: &Members<'_>) -> Option<OAuthError> {
    let error = text(members, "error")?;
    let others = [
        "status",
        "timestamp",
        "path",
        "trace",
        "message",
        "statusCode",
        "code",
    ];
    let own = has(members, &["error_description", "error_uri"]);
    if code::whole(error).is_some() || (!own && has(members, &others)) {
        return None;
    }
    Some(OAuthError {
        error: shown_within(error, 200)?,
        description: text(members, "error_description").and_then(shown),
        uri: text(members, "error_uri").and_then(|uri| shown_within(uri, 200)),
    })
}

/// The problem document (RFC 9457), whatever the content type says.
pub(super) fn problem(members: &Members<'_>) -> Option<ProblemDetails> {
    let get = |name, limit| text(members, name).and_then(|text| shown_within(text, limit));
    let problem = ProblemDetails {
        type_uri: get("type", 200),
        title: get("title", 200),
        detail: get("detail", 500),
        instance: get("instance", 200),
    };
    (problem.title.is_some() || (problem.type_uri.is_some() && problem.detail.is_some()))
        .then_some(problem)
}

/// What the body says in words, where it is neither an OAuth error nor a problem document.
pub(super) fn said(members: &Members<'_>) -> Option<String> {
    TEXT_NAMES
        .iter()
        .find_map(|name| members.iter().find(|(n, _)| n.eq_ignore_ascii_case(name)))
        .and_then(|(_, value)| match value {
            Node::Text(text) => shown(&html::unescape(text)),
            _ => None,
        })
}

/// Names under which servers give a failure's reference. Reading: the guide names none.
const REFERENCES: &[&str] = &[
    "traceid",
    "trace_id",
    "correlationid",
    "correlation_id",
    "requestid",
    "request_id",
    "errorid",
    "fejlid",
    "reference",
    "incidentid",
];

/// The reference to give to the portal's support.
pub(super) fn reference(members: &Members<'_>) -> Option<String> {
    let found = members
        .iter()
        .find(|(n, _)| REFERENCES.iter().any(|r| r.eq_ignore_ascii_case(n)));
    match found {
        Some((_, Node::Text(text))) => shown_within(text, 100),
        Some((_, Node::Scalar(text))) if *text != "null" => shown_within(text, 100),
        _ => None,
    }
}
