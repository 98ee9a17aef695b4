//! What the headers of an error answer say: when to try again, why a token is refused, and the
//! portal's time.

use super::redact::shown_within;
use super::OAuthError;
use crate::http::HttpResponse;
use crate::model::Timestamp;

/// The longest wait that is taken from a header, in seconds: a day. Nobody waits longer unattended,
/// and a wrong clock or unit must not stop a host for years.
const LONGEST_WAIT: i64 = 86_400;

/// How much of a `WWW-Authenticate` header is read, in bytes.
const CHALLENGE: usize = 8 * 1024;

pub(super) fn server_time(response: &HttpResponse) -> Option<Timestamp> {
    Timestamp::from_http_date(response.header("date")?.trim()).ok()
}

/// The time before which not to try again (RFC 9110 10.2.3), on our clock. A date is read against
/// the portal's own clock where the answer shows it.
pub(super) fn retry_at(response: &HttpResponse, now: Timestamp) -> Option<Timestamp> {
    let value = response.header("retry-after")?.trim();
    let seconds = if !value.is_empty() && value.bytes().all(|b| b.is_ascii_digit()) {
        value.parse().unwrap_or(LONGEST_WAIT)
    } else {
        let at = Timestamp::from_http_date(value).ok()?;
        let base = server_time(response).unwrap_or(now);
        at.unix().saturating_sub(base.unix())
    };
    Some(now.plus_seconds(seconds.clamp(0, LONGEST_WAIT)))
}

/// The error of a `WWW-Authenticate` header (RFC 6750 3).
pub(super) fn challenge(response: &HttpResponse) -> Option<OAuthError> {
    response
        .headers
        .iter()
        .filter(|h| h.name().eq_ignore_ascii_case("www-authenticate"))
        .find_map(|h| bearer_error(h.value()))
}

/// A name under which servers give a failure's reference, in the headers.
pub(super) fn reference(response: &HttpResponse) -> Option<String> {
    [
        "x-request-id",
        "x-correlation-id",
        "request-id",
        "x-trace-id",
        "traceparent",
    ]
    .iter()
    .find_map(|name| response.header(name))
    .and_then(|value| shown_within(value, 100))
}

fn bearer_error(value: &str) -> Option<OAuthError> {
    let mut rest = value;
    while rest.len() > CHALLENGE {
        let cut = (0..=CHALLENGE)
            .rev()
            .find(|&at| rest.is_char_boundary(at))?;
        rest = rest.get(..cut)?;
    }
    let mut bearer = false;
    let (mut error, mut description, mut uri) = (None, None, None);
    loop {
        rest = rest.trim_start_matches(|c: char| c.is_whitespace() || c == ',');
        if rest.is_empty() {
            break;
        }
        let end = rest.find(|c: char| c.is_whitespace() || matches!(c, '=' | ',' | '"'));
        let (name, after) = rest.split_at(end.unwrap_or(rest.len()));
        let Some(after) = after.trim_start().strip_prefix('=') else {
            // A scheme, or something that is neither.
            bearer = ["bearer", "dpop"]
                .iter()
                .any(|s| name.eq_ignore_ascii_case(s));
            rest = if name.is_empty() {
                after.get(1..).unwrap_or_default()
            } else {
                after
            };
            continue;
        };
        let (value, after) = parameter(after.trim_start());
        rest = after;
        if !bearer {
            continue;
        }
        match name.to_ascii_lowercase().as_str() {
            "error" => error = error.or(Some(value)),
            "error_description" => description = description.or(Some(value)),
            "error_uri" => uri = uri.or(Some(value)),
            _ => {}
        }
    }
    Some(OAuthError {
        error: shown_within(&error?, 200)?,
        description: description.as_deref().and_then(|d| shown_within(d, 500)),
        uri: uri.as_deref().and_then(|u| shown_within(u, 200)),
    })
}

/// A parameter's value, quoted or not, and what follows it.
fn parameter(text: &str) -> (String, &str) {
    let Some(quoted) = text.strip_prefix('"') else {
        let end = text
            .find(|c: char| c.is_whitespace() || c == ',')
            .unwrap_or(text.len());
        return (text[..end].to_owned(), &text[end..]);
    };
    let mut value = String::new();
    let mut chars = quoted.char_indices();
    while let Some((at, c)) = chars.next() {
        match c {
            '"' => return (value, &quoted[at + 1..]),
            '\\' => value.extend(chars.next().map(|(_, c)| c)),
            c => value.push(c),
        }
    }
    (value, "")
}
