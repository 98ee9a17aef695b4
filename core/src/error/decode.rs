//! From an answer to what is known of the error.

use super::portal_error::{Inner, Origin};
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
        reference: None,
        server_time: None,
        received_at: None,
        excerpt: None,
    }
}

pub(super) fn answer(response: &HttpResponse, now: Timestamp) -> Inner {
    let status = response.status;
    let later = Retry::Later { at: None };
    let (kind, fault, retry) = match status {
        401 => (
            ErrorKind::Credentials,
            Fault::CallerCredentials,
            Retry::WithFreshToken,
        ),
        403 => (
            ErrorKind::Forbidden,
            Fault::CallerCredentials,
            Retry::AfterChange,
        ),
        404 => (ErrorKind::NotFound, Fault::CallerData, Retry::AfterChange),
        409 => (ErrorKind::Conflict, Fault::CallerData, Retry::AfterChange),
        413 => (ErrorKind::TooLarge, Fault::CallerData, Retry::AfterChange),
        415 => (ErrorKind::MediaType, Fault::CallerData, Retry::AfterChange),
        429 => (ErrorKind::RateLimited, Fault::CallerData, later),
        408 | 500..=599 => (ErrorKind::Portal, Fault::Portal, later),
        400..=499 => (ErrorKind::Data, Fault::CallerData, Retry::AfterChange),
        _ => (ErrorKind::Protocol, Fault::Portal, Retry::AfterChange),
    };
    let mut inner = blank(Origin::Answer { status }, kind, fault, retry);
    inner.received_at = Some(now);
    inner.server_time = response
        .header("date")
        .and_then(|d| Timestamp::from_http_date(d).ok());
    inner
}

pub(super) fn transport(failure: TransportFailure) -> Inner {
    let retry = if failure.may_have_been_processed() {
        Retry::LookFirst
    } else {
        Retry::Later { at: None }
    };
    blank(
        Origin::Transport { failure },
        ErrorKind::Network,
        Fault::Network,
        retry,
    )
}

pub(super) fn unreadable(response: &HttpResponse, what: Unreadable) -> Inner {
    let origin = Origin::Unreadable {
        status: response.status,
        what,
    };
    let mut inner = blank(origin, ErrorKind::Protocol, Fault::Portal, Retry::LookFirst);
    inner.server_time = response
        .header("date")
        .and_then(|d| Timestamp::from_http_date(d).ok());
    inner
}
