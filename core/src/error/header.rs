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

/// The pause in milliseconds that an answer asks for (RFC 9110 10.2.3). A date counts from the
/// answer's own `Date` where there is one, so that our clock does not matter.
pub(crate) fn retry_after_millis(response: &HttpResponse, now: Timestamp) -> Option<i64> {
    let value = response.header("Retry-After")?.trim();
    if !value.is_empty() && value.bytes().all(|b| b.is_ascii_digit()) {
        // More digits than fit are a very long pause all the same.
        let seconds: i64 = value.parse().unwrap_or(i64::MAX);
        return Some(seconds.min(10_000_000_000).saturating_mul(1000));
    }
    let until = Timestamp::from_http_date(value).ok()?;
    let from = server_time(response).unwrap_or(now);
    Some(until.millis_since(from).max(0))
}

/// The time before which not to try again, on our clock.
pub(super) fn retry_at(response: &HttpResponse, now: Timestamp) -> Option<Timestamp> {
    // Up to a whole second, never down: too early is refused again.
    let seconds = retry_after_millis(response, now)?.saturating_add(999) / 1000;
    Some(now.plus_seconds(seconds.min(LONGEST_WAIT)))
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
