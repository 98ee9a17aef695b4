//! The control endpoint: plain HTTP on loopback, for tests and for people who try things.

use std::sync::Arc;

use axum::extract::State;
use axum::response::{IntoResponse, Response};
use axum::routing::{get, post};
use axum::{Json, Router};
use hyper::StatusCode;
use serde::de::DeserializeOwned;
use serde::Deserialize;
use serde_json::{json, Value};

use crate::fault::{FaultRule, Host};
use crate::options::RateLimit;
use crate::pki::pem;
use crate::shared::Shared;
use crate::tls::ServerCertificate;

/// All routes of the control endpoint.
pub(crate) fn router(shared: Arc<Shared>, settings: Value) -> Router {
    let settings = Arc::new(settings);
    Router::new()
        .route("/", get(overview))
        .route(
            "/faults",
            get(waiting).post(add_faults).delete(clear_faults),
        )
        .route("/clock", get(show_clock).post(set_clock))
        .route("/certificate", post(switch_certificate))
        .route("/certify", post(certify))
        .route("/revoke-tokens", post(revoke_tokens))
        .route("/rate-limit", post(set_rate_limit))
        .route("/requests", get(requests))
        .route("/state", get(state))
        .route("/reset", post(reset))
        .with_state(shared)
        .route(
            "/settings",
            get(move || async move { Json(settings.as_ref().clone()) }),
        )
}

/// A body that is not what was expected.
struct BadBody(serde_json::Error);

impl IntoResponse for BadBody {
    fn into_response(self) -> Response {
        (
            StatusCode::BAD_REQUEST,
            Json(json!({ "error": self.0.to_string() })),
        )
            .into_response()
    }
}

fn parsed<T: DeserializeOwned>(body: &str) -> Result<T, BadBody> {
    serde_json::from_str(body).map_err(BadBody)
}

async fn overview() -> &'static str {
    "The sandbox's control endpoint.\n\
     GET    /settings        what to configure (sandbox.json)\n\
     GET    /requests        the requests and the failed handshakes so far\n\
     GET    /state           what the API host remembers, in short\n\
     GET    /faults          the faults that wait\n\
     POST   /faults          {\"host\":\"api\",\"match\":{\"method\":\"POST\",\"path\":\"/doedsbojournaler/*/krav\"},\"times\":1,\"fault\":{\"kind\":\"dropAfterProcessing\"}}\n\
     DELETE /faults          forget them\n\
     POST   /clock           {\"offsetSeconds\":3600}\n\
     POST   /certificate     {\"host\":\"api\",\"use\":\"expired\"} or \"valid\"\n\
     POST   /certify         {\"holder\":\"reporter-a\",\"request\":\"-----BEGIN CERTIFICATE REQUEST-----…\"}: a chain in PEM\n\
     POST   /revoke-tokens   all access tokens become invalid\n\
     POST   /rate-limit      {\"calls\":10,\"perSeconds\":60} or null\n\
     POST   /reset           back to the state of the start\n"
}

async fn waiting(State(shared): State<Arc<Shared>>) -> Json<Vec<FaultRule>> {
    Json(shared.faults.waiting())
}

#[derive(Deserialize)]
#[serde(untagged)]
enum OneOrMore {
    More(Vec<Value>),
    One(Value),
}

async fn add_faults(
    State(shared): State<Arc<Shared>>,
    body: String,
) -> Result<Json<Vec<FaultRule>>, BadBody> {
    let values = match parsed(&body)? {
        OneOrMore::More(values) => values,
        OneOrMore::One(value) => vec![value],
    };
    let rules = values
        .into_iter()
        .map(serde_json::from_value)
        .collect::<Result<Vec<FaultRule>, _>>()
        .map_err(BadBody)?;
    for rule in rules {
        shared.faults.add(rule);
    }
    Ok(Json(shared.faults.waiting()))
}

async fn clear_faults(State(shared): State<Arc<Shared>>) -> StatusCode {
    shared.faults.clear();
    StatusCode::NO_CONTENT
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
struct ClockSetting {
    offset_seconds: i64,
}

async fn show_clock(State(shared): State<Arc<Shared>>) -> Json<Value> {
    Json(json!({
        "offsetSeconds": shared.clock.offset_seconds(),
        "unixSeconds": shared.clock.unix_seconds(),
    }))
}

async fn set_clock(
    State(shared): State<Arc<Shared>>,
    body: String,
) -> Result<Json<Value>, BadBody> {
    let setting: ClockSetting = parsed(&body)?;
    shared.clock.set_offset_seconds(setting.offset_seconds);
    Ok(show_clock(State(shared)).await)
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
struct CertificateSetting {
    host: Host,
    #[serde(rename = "use")]
    shown: ServerCertificate,
}

async fn switch_certificate(
    State(shared): State<Arc<Shared>>,
    body: String,
) -> Result<StatusCode, BadBody> {
    let setting: CertificateSetting = parsed(&body)?;
    shared.certificates.show(setting.host, setting.shown);
    Ok(StatusCode::NO_CONTENT)
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct CertificateRequest {
    holder: String,
    request: String,
}

async fn certify(State(shared): State<Arc<Shared>>, body: String) -> Result<Response, BadBody> {
    let wanted: CertificateRequest = parsed(&body)?;
    Ok(match shared.pki.certify(&wanted.holder, &wanted.request) {
        Ok(chain) => chain
            .iter()
            .map(|der| pem("CERTIFICATE", der))
            .collect::<String>()
            .into_response(),
        Err(problem) => (
            StatusCode::BAD_REQUEST,
            Json(json!({ "error": problem.to_string() })),
        )
            .into_response(),
    })
}

async fn revoke_tokens(State(shared): State<Arc<Shared>>) -> StatusCode {
    shared.tokens.revoke_all();
    StatusCode::NO_CONTENT
}

async fn set_rate_limit(
    State(shared): State<Arc<Shared>>,
    body: String,
) -> Result<StatusCode, BadBody> {
    shared.rates.set(parsed::<Option<RateLimit>>(&body)?);
    Ok(StatusCode::NO_CONTENT)
}

async fn requests(State(shared): State<Arc<Shared>>) -> Json<Value> {
    Json(json!({
        "requests": shared.log.requests(),
        "refusedHandshakes": shared.log.handshakes(),
    }))
}

async fn state(State(shared): State<Arc<Shared>>) -> Json<Value> {
    Json((shared.api.snapshot)())
}

async fn reset(State(shared): State<Arc<Shared>>) -> StatusCode {
    shared.reset();
    StatusCode::NO_CONTENT
}
