//! From what an answer says to what it is about, whose fault it is and whether to try again.

use super::portal_error::Inner;
use super::{CodeEntry, ErrorKind, Fault, Retry, TokenRefusal, TransportFailure};

type Verdict = (ErrorKind, Fault, Retry);

/// The verdict on an answer. `later` carries the time that the answer asks to wait.
pub(super) fn of_answer(inner: &Inner, status: u16, later: Retry) -> Verdict {
    let refusal = inner.oauth.as_ref().map(super::OAuthError::refusal);
    let entry = inner.codes.iter().find_map(|found| found.template);
    match (status, entry, refusal) {
        (429, _, _) => (ErrorKind::RateLimited, Fault::CallerData, later),
        // A gateway's failure: what it quotes is not the portal's verdict.
        (502..=504, _, _) => (ErrorKind::Portal, Fault::Portal, later),
        (_, Some(entry), _) => of_code(entry, status),
        (500..=599, _, _) | (_, _, None) => of_status(status, later, inner),
        (_, _, Some(TokenRefusal::Other)) => {
            let (kind, fault, retry) = of_status(status, later, inner);
            match kind {
                ErrorKind::Data => (
                    ErrorKind::Credentials,
                    Fault::CallerCredentials,
                    Retry::AfterChange,
                ),
                ErrorKind::Credentials => (kind, fault, Retry::AfterChange),
                _ => (kind, fault, retry),
            }
        }
        (_, _, Some(refusal)) => of_refusal(refusal, later),
    }
}

fn of_code(entry: &CodeEntry, status: u16) -> Verdict {
    let kind = match status {
        401 => ErrorKind::Credentials,
        403 => ErrorKind::Forbidden,
        404 | 410 => ErrorKind::NotFound,
        409 => ErrorKind::Conflict,
        413 => ErrorKind::TooLarge,
        415 => ErrorKind::MediaType,
        _ if entry.fault == Fault::CallerCredentials => ErrorKind::Forbidden,
        _ => ErrorKind::Data,
    };
    (kind, entry.fault, entry.retry)
}

fn of_status(status: u16, later: Retry, inner: &Inner) -> Verdict {
    use ErrorKind as K;
    let change = Retry::AfterChange;
    match status {
        // An answer that was a success and is read as an error: it may have had its effect.
        200..=299 => (K::Protocol, Fault::Portal, Retry::LookFirst),
        400 if certificate_missing(inner) => (K::Credentials, Fault::CallerCredentials, change),
        401 => (
            K::Credentials,
            Fault::CallerCredentials,
            Retry::WithFreshToken,
        ),
        // 495 to 497: a gateway's own (nginx), over the client certificate.
        495..=497 => (K::Credentials, Fault::CallerCredentials, change),
        403 | 451 => (K::Forbidden, Fault::CallerCredentials, change),
        404 | 410 => (K::NotFound, Fault::CallerData, change),
        300..=399 | 405 | 406 | 411 | 501 | 505 => (K::Protocol, Fault::CallerData, change),
        407 | 511 => (K::Network, Fault::Network, change),
        421 => (K::Network, Fault::Network, later),
        409 | 412 | 423 | 428 => (K::Conflict, Fault::CallerData, change),
        413 | 414 | 431 => (K::TooLarge, Fault::CallerData, change),
        415 => (K::MediaType, Fault::CallerData, change),
        429 => (K::RateLimited, Fault::CallerData, later),
        408 | 425 | 500..=599 => (K::Portal, Fault::Portal, later),
        400..=499 => (K::Data, Fault::CallerData, change),
        _ => (K::Protocol, Fault::Portal, later),
    }
}

/// A gateway's page about the client certificate, as nginx words it.
pub(super) fn certificate_missing(inner: &Inner) -> bool {
    let page = inner.excerpt.as_deref().unwrap_or_default();
    [
        "No required SSL certificate was sent",
        "The SSL certificate error",
    ]
    .iter()
    .any(|words| page.contains(words))
}

fn of_refusal(refusal: TokenRefusal, later: Retry) -> Verdict {
    use ErrorKind as K;
    use TokenRefusal as R;
    let credentials = |retry| (K::Credentials, Fault::CallerCredentials, retry);
    let form = |kind| (kind, Fault::CallerData, Retry::AfterChange);
    match refusal {
        R::InvalidToken => credentials(Retry::WithFreshToken),
        R::AssertionReplayed | R::AssertionExpired | R::IssuedTooLongAgo => {
            credentials(Retry::WithFreshAssertion)
        }
        R::InsufficientScope | R::AccessDenied => {
            (K::Forbidden, Fault::CallerCredentials, Retry::AfterChange)
        }
        R::SlowDown => (K::RateLimited, Fault::CallerData, later),
        R::ServerFault => (K::Portal, Fault::Portal, later),
        R::UnsupportedGrantType
        | R::MissingGrantType
        | R::DuplicateParameter
        | R::MethodNotAllowed => form(K::Protocol),
        R::UnknownRealm => form(K::NotFound),
        R::RequestTooLarge => form(K::TooLarge),
        R::InvalidScope => (K::Credentials, Fault::CallerData, Retry::AfterChange),
        _ => credentials(Retry::AfterChange),
    }
}

/// The verdict on a call that got no answer.
pub(super) fn of_transport(failure: &TransportFailure) -> Verdict {
    let network = |retry| (ErrorKind::Network, Fault::Network, retry);
    match failure {
        TransportFailure::TlsRefused { .. } => (
            ErrorKind::Credentials,
            Fault::CallerCredentials,
            Retry::AfterChange,
        ),
        TransportFailure::ServerCertificateInvalid { .. } => network(Retry::AfterChange),
        failure if failure.may_have_been_processed() => network(Retry::LookFirst),
        _ => network(Retry::Later { at: None }),
    }
}
