//! Custom calls in JSON.

use serde::Deserialize;

use super::DynamicCall;
use crate::api::{self, services, CustomBody, CustomCall};
use crate::http::Method;
use crate::model::from_face;
use crate::SkifteportalError;

/// A [`CustomCall`] without the bytes of its body.
#[derive(Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
struct Words {
    service: String,
    operation_id: String,
    method: Method,
    path: String,
    #[serde(default)]
    parameters: Vec<(String, String)>,
    #[serde(default)]
    query: Vec<(String, String)>,
    #[serde(default)]
    body: Body,
}

#[derive(Default, Deserialize)]
#[serde(
    tag = "type",
    rename_all = "snake_case",
    rename_all_fields = "camelCase",
    deny_unknown_fields
)]
enum Body {
    #[default]
    Empty,
    Json,
    File {
        content_type: String,
        #[serde(default)]
        filnavn: Option<String>,
    },
}

/// A call of an operation that the catalogue does not have; see [`api::custom`]. Its words are the members
/// of [`CustomCall`], its service's key, and for a body `{"type": "json"}` or `{"type": "file",
/// "contentType", "filnavn"}`; the bytes of the body stand beside them.
///
/// ```
/// let words = r#"{"service": "retskreds", "operationId": "hentRetskreds", "method": "GET",
///     "path": "/made-up/{retskredsId}", "parameters": [["retskredsId", "1183"]]}"#;
/// let call = skifteportal::dynamic::custom(words, Vec::new()).unwrap();
/// assert_eq!(call.prepared().operation().key, "retskreds.hentRetskreds");
/// ```
pub fn custom(words: &str, bytes: Vec<u8>) -> Result<DynamicCall, SkifteportalError> {
    let words: Words = from_face(words)?;
    let known = services().iter().find(|info| info.key == words.service);
    let service = known.map(|info| info.service).ok_or_else(|| {
        SkifteportalError::input("service", &"the portal has no service of that key")
    })?;
    let body = match words.body {
        Body::Empty => CustomBody::Empty,
        Body::Json => CustomBody::Json { bytes },
        Body::File {
            content_type,
            filnavn,
        } => CustomBody::File {
            content_type,
            filnavn,
            bytes,
        },
    };
    let call = api::custom(CustomCall {
        service,
        operation_id: words.operation_id,
        method: words.method,
        path: words.path,
        parameters: words.parameters,
        query: words.query,
        body,
    })?;
    Ok(DynamicCall::of(call))
}
