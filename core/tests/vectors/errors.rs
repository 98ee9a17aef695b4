use serde::Deserialize;
use serde_json::{json, Value};
use skifteportal::error::{
    FoundBy, FoundCode, Language, PortalError, Retry, TokenRefusal, TransportFailure,
};

use crate::wire::{show_time, time, Response};

#[derive(Deserialize)]
#[serde(tag = "do", rename_all = "snake_case", deny_unknown_fields)]
pub(crate) enum Input {
    Decode {
        response: Response,
        now: String,
    },
    Transport {
        failure: String,
        reason: Option<String>,
    },
}

fn failure(name: &str, reason: Option<String>) -> TransportFailure {
    let reason = reason.unwrap_or_default();
    match name {
        "not_sent" => TransportFailure::NotSent { reason },
        "connect_failed" => TransportFailure::ConnectFailed { reason },
        "tls_refused" => TransportFailure::TlsRefused { reason },
        "timed_out" => TransportFailure::TimedOut,
        "broken" => TransportFailure::Broken { reason },
        "classify" => TransportFailure::classify(&reason),
        other => panic!("failure {other}"),
    }
}

fn show_code(found: &FoundCode) -> Value {
    json!({
        "code": found.code,
        "known": found.template.is_some(),
        "arguments": found.arguments,
        "text": found.text,
        "pointer": found.pointer,
        "found_by": match found.found_by {
            FoundBy::Code => "code",
            FoundBy::Text => "text",
        },
    })
}

pub(crate) fn answer(input: Input) -> Value {
    let error = match input {
        Input::Decode { response, now } => PortalError::decode(&response.read(), time(&now)),
        Input::Transport {
            failure: name,
            reason,
        } => PortalError::transport(failure(&name, reason)),
    };
    show(&error)
}

pub(crate) fn show(error: &PortalError) -> Value {
    let retry_at = match error.retry() {
        Retry::Later { at } => at,
        _ => None,
    };
    json!({
        "code": error.code(),
        "kind": error.kind().as_str(),
        "status": error.status(),
        "codes": error.codes().iter().map(show_code).collect::<Vec<_>>(),
        "oauth": error.oauth().map(|oauth| json!({
            "error": oauth.error,
            "description": oauth.description,
        })),
        "token_refusal": error.token_refusal().map(TokenRefusal::code),
        "fault": error.fault().as_str(),
        "retry": error.retry().as_str(),
        "retry_at": show_time(retry_at),
        "may_have_been_processed": error.may_have_been_processed(),
        "server_time": show_time(error.server_time()),
        "clock_offset_seconds": error.clock_offset_seconds(),
        "reference": error.reference(),
        "danish": error.explanation(Language::Danish),
        "english": error.explanation(Language::English),
    })
}
