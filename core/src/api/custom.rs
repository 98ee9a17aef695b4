//! Calls of operations that the core does not know, by the host's official OpenAPI file.

use std::borrow::Cow;
use std::fmt;

use serde::de::IgnoredAny;

use super::call::{Call, RawAnswer};
use super::call_error::CallError;
use super::disposition;
use super::operation::{Effect, OperationSpec, Provenance};
use super::prepared::Builder;
use super::service::Service;
use crate::http::{Header, Method, Query, UrlError, UrlPath};
use crate::model::from_json;
use crate::order;

/// The body of a custom call. `Debug` shows no content.
#[derive(Clone, Default, PartialEq, Eq)]
#[cfg_attr(feature = "uniffi", derive(uniffi::Enum), uniffi::export(Debug))]
pub enum CustomBody {
    /// None.
    #[default]
    Empty,
    /// JSON, sent byte by byte as given; checked to be JSON.
    Json {
        /// The JSON text in UTF-8.
        bytes: Vec<u8>,
    },
    /// A file or anything else.
    File {
        /// Its `Content-Type`.
        content_type: String,
        /// Its name, sent as `Content-Disposition`; none where `None`.
        filnavn: Option<String>,
        /// Its content.
        bytes: Vec<u8>,
    },
}

impl fmt::Debug for CustomBody {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Empty => f.write_str("Empty"),
            Self::Json { bytes } => write!(f, "Json [{} bytes]", bytes.len()),
            Self::File { bytes, .. } => write!(f, "File [{} bytes]", bytes.len()),
        }
    }
}

/// An operation in the words of the portal's official OpenAPI file. `Debug` shows no values.
#[derive(Clone, PartialEq, Eq)]
#[cfg_attr(feature = "uniffi", derive(uniffi::Record), uniffi::export(Debug))]
pub struct CustomCall {
    /// Which service it belongs to; its token rule holds.
    pub service: Service,
    /// Its operationId.
    pub operation_id: String,
    /// Its method.
    pub method: Method,
    /// Its path template, such as `/personer/{personId}`.
    pub path: String,
    /// Names and values of the path's parameters.
    pub parameters: Vec<(String, String)>,
    /// Names and values of the query, in the order in which they are sent.
    pub query: Vec<(String, String)>,
    /// Its body.
    pub body: CustomBody,
}

impl fmt::Debug for CustomCall {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("CustomCall")
            .field("service", &self.service)
            .field("operation_id", &self.operation_id)
            .field("method", &self.method)
            .field("path", &self.path)
            .field("body", &self.body)
            .finish_non_exhaustive()
    }
}

/// A call of an operation that the catalogue does not have, or has otherwise than the host's OpenAPI
/// file. It obeys the service's token rule; its answer is the host's to read.
///
/// A POST counts as one that files, so it is not repeatable.
///
/// ```
/// use skifteportal::api::{custom, CustomBody, CustomCall, Service};
/// use skifteportal::environment::Environment;
/// use skifteportal::http::Method;
/// // Method and path as the host's own retskreds-oas.yaml has them; these are made up.
/// let call = custom(CustomCall {
///     service: Service::Retskreds,
///     operation_id: "hentRetskreds".into(),
///     method: Method::Get,
///     path: "/made-up/{retskredsId}".into(),
///     parameters: vec![("retskredsId".into(), "1183".into())],
///     query: vec![],
///     body: CustomBody::Empty,
/// })
/// .unwrap();
/// // The retskreds service takes no token.
/// let request = call.prepared().to_request(&Environment::test(), None).unwrap();
/// assert_eq!(request.url, "https://api.test-minskiftesag.net/made-up/1183");
/// ```
pub fn custom(call: CustomCall) -> Result<Call<RawAnswer>, CallError> {
    let key = format!("{}.{}", call.service.info().key, call.operation_id);
    let refuse = |reason: UrlError| CallError::Path {
        operation: key.clone(),
        reason,
    };
    let values: Vec<(&str, &str)> = call
        .parameters
        .iter()
        .map(|(name, value)| (name.as_str(), value.as_str()))
        .collect();
    // Filled here once, so that a bad value is refused before the call reaches a queue.
    UrlPath::fill(&call.path, &values).map_err(refuse)?;
    if call.method == Method::Get && call.body != CustomBody::Empty {
        return Err(CallError::BodyOfGet { operation: key });
    }
    let names = call.parameters.iter().map(|(name, _)| name.clone());
    let mut names: Vec<String> = names.collect();
    order::sort(&mut names);
    let found: Vec<&str> = UrlPath::parameters(&call.path).collect();
    let mut sorted = found.clone();
    order::sort(&mut sorted);
    if names != sorted {
        return Err(CallError::PathParameters {
            operation: key,
            expected: names,
            found: found.into_iter().map(ToOwned::to_owned).collect(),
        });
    }
    let spec = OperationSpec {
        key: Cow::Owned(key),
        id: Cow::Owned(call.operation_id),
        service: call.service,
        method: call.method,
        path: Some(Cow::Owned(call.path)),
        parameters: names.into_iter().map(Cow::Owned).collect(),
        token: call.service.token(),
        effect: match call.method {
            Method::Get => Effect::Reads,
            Method::Post => Effect::Creates,
            Method::Put | Method::Delete => Effect::Sets,
        },
        provenance: Provenance::Host,
        source: call.service.info().open_api_file,
        note: "",
    };
    let query = call
        .query
        .iter()
        .fold(Query::new(), |query, (name, value)| query.pair(name, value));
    let operation = spec.key.to_string();
    let builder = Builder::custom(spec, call.parameters).query(query);
    Ok(Call::raw(match call.body {
        CustomBody::Empty => builder,
        CustomBody::Json { bytes } => {
            check_json(&operation, &bytes)?;
            builder.json(bytes)
        }
        CustomBody::File {
            content_type,
            filnavn,
            bytes,
        } => {
            let content_type = Header::new("Content-Type", content_type)
                .map_err(|_| CallError::ContentType { operation })?;
            let mut content = vec![content_type];
            if let Some(filnavn) = filnavn {
                content.push(disposition_header(&filnavn)?);
            }
            builder.bytes(content, bytes)
        }
    }))
}

/// `Content-Disposition` of a file that is sent.
pub(super) fn disposition_header(filnavn: &str) -> Result<Header, CallError> {
    let value = disposition::encode(filnavn)?;
    Ok(Header::fixed("Content-Disposition", value))
}

fn check_json(operation: &str, bytes: &[u8]) -> Result<(), CallError> {
    from_json::<IgnoredAny>(bytes)
        .map(|_| ())
        .map_err(|error| CallError::NotJson {
            operation: operation.to_owned(),
            line: error.line as u64,
            column: error.column as u64,
        })
}
