//! Requests for the host to send, and the answers that it received.

use std::sync::Arc;

use crate::group::group;
use skifteportal::http as core;
use skifteportal::http::{Identity, Method};
use skifteportal::{NamedValue, SkifteportalError};

use crate::bytes::Bytes;
use crate::memory;

/// A header field. Its text form shows the name, and the value of a few harmless ones alone.
#[derive(Clone, uniffi::Record)]
#[uniffi::export(Debug)]
pub struct HeaderField {
    /// The name, compared without regard to case.
    pub name: String,
    /// The value. That of `Authorization` is a secret: never log it.
    pub value: String,
}

impl std::fmt::Debug for HeaderField {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let shown = core::HttpResponse::new(0, [(self.name.as_str(), self.value.as_str())], "");
        match shown.headers.first() {
            Some(header) => header.fmt(f),
            None => Ok(()),
        }
    }
}

fn fields(headers: &[core::Header]) -> Vec<HeaderField> {
    let field = |header: &core::Header| HeaderField {
        name: header.name().to_owned(),
        value: header.value().to_owned(),
    };
    headers.iter().map(field).collect()
}

/// A complete request. Send it as it is: no header, and not one byte of the body, is for the host to add,
/// except those of its own transport. Never follow a redirect: a token must not reach another host.
#[derive(uniffi::Object)]
#[uniffi::export(Debug)]
pub struct HttpRequest(pub(crate) core::HttpRequest);

impl std::fmt::Debug for HttpRequest {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        self.0.fmt(f)
    }
}

#[uniffi::export]
impl HttpRequest {
    /// The method.
    pub fn method(&self) -> Method {
        self.0.method
    }

    /// The method as it stands in the request line, such as `POST`.
    pub fn method_name(&self) -> String {
        self.0.method.as_str().to_owned()
    }

    /// The absolute URL. Its query may hold personal data: do not log it.
    pub fn url(&self) -> String {
        self.0.url.clone()
    }

    /// The headers in the order in which they are sent.
    pub fn headers(&self) -> Vec<HeaderField> {
        fields(&self.0.headers)
    }

    /// The first value of a header, its name compared without regard to case.
    pub fn header(&self, name: &str) -> Option<String> {
        self.0.header(name).map(ToOwned::to_owned)
    }

    /// The body; empty for GET and DELETE. It may hold a secret or personal data.
    pub fn body(&self) -> Bytes {
        self.0.body.as_slice().into()
    }

    /// Where the body is in memory, for the language's own layer: large bodies are read where they are.
    /// It stays there as long as this object does; nobody may write to it.
    pub fn body_address(&self) -> i64 {
        memory::address_of(&self.0.body)
    }

    /// The length of the body in bytes.
    pub fn body_length(&self) -> i64 {
        i64::try_from(self.0.body.len()).unwrap_or(i64::MAX)
    }

    /// The client certificate that the connection must present.
    pub fn identity(&self) -> Identity {
        self.0.identity
    }
}

/// The core's own answer, which takes the body over without a copy.
pub(crate) fn received(
    status: i32,
    headers: Vec<HeaderField>,
    body: Vec<u8>,
) -> Result<core::HttpResponse, SkifteportalError> {
    let status = u16::try_from(status)
        .map_err(|_| SkifteportalError::input("http.status", &"no HTTP status"))?;
    let headers = headers.into_iter().map(|field| (field.name, field.value));
    Ok(core::HttpResponse::new(status, headers, body))
}

/// An answer as the host received it.
#[derive(uniffi::Object)]
#[uniffi::export(Debug)]
pub struct HttpResponse(pub(crate) core::HttpResponse);

impl std::fmt::Debug for HttpResponse {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        self.0.fmt(f)
    }
}

#[uniffi::export]
impl HttpResponse {
    /// An answer: status, headers, and the body after the transport's own decoding (chunked, gzip). The
    /// status is 0 to 65535; any header is taken.
    #[uniffi::constructor]
    pub fn new(
        status: i32,
        headers: Vec<HeaderField>,
        body: Bytes,
    ) -> Result<Arc<Self>, SkifteportalError> {
        Ok(Arc::new(Self(received(status, headers, body.into_vec())?)))
    }

    /// The same with a body that the caller keeps at an address while this runs: it is copied once. For
    /// the language's own layer alone: a wrong address or length ends the program.
    #[uniffi::constructor]
    pub fn at(
        status: i32,
        headers: Vec<HeaderField>,
        address: i64,
        length: i64,
    ) -> Result<Arc<Self>, SkifteportalError> {
        // SAFETY: the language's layer pins the memory for the call, as this method's text demands.
        let body = unsafe { memory::at(address, length) }?;
        Ok(Arc::new(Self(received(status, headers, body.to_vec())?)))
    }

    /// The status code.
    pub fn status(&self) -> i32 {
        i32::from(self.0.status)
    }

    /// The headers.
    pub fn headers(&self) -> Vec<HeaderField> {
        fields(&self.0.headers)
    }

    /// The first value of a header, its name compared without regard to case.
    pub fn header(&self, name: &str) -> Option<String> {
        self.0.header(name).map(ToOwned::to_owned)
    }

    /// The body.
    pub fn body(&self) -> Bytes {
        self.0.body.as_slice().into()
    }

    /// Whether the status is 2xx.
    pub fn is_success(&self) -> bool {
        self.0.is_success()
    }
}

fn texts(pairs: &[NamedValue]) -> Vec<(&str, &str)> {
    pairs
        .iter()
        .map(|pair| (pair.name.as_str(), pair.value.as_str()))
        .collect()
}

group! {
    /// URLs in which no value leaves its place, forms, and the names of methods and identities.
    Http
}

#[uniffi::export]
impl Http {
    /// A URL: the base (`https://host`), a path template with its `{parameters}` filled in, and a query.
    pub fn url(
        &self,
        base: &str,
        template: &str,
        parameters: Vec<NamedValue>,
        query: Vec<NamedValue>,
    ) -> Result<String, SkifteportalError> {
        let base = core::Url::base(base)?;
        let path = core::UrlPath::fill(template, &texts(&parameters))?;
        let query = query.iter().fold(core::Query::new(), |query, pair| {
            query.pair(&pair.name, &pair.value)
        });
        Ok(base.with(&path, &query))
    }

    /// Fields as a body of `application/x-www-form-urlencoded`.
    pub fn form(&self, fields: Vec<NamedValue>) -> String {
        core::form_encode(&texts(&fields))
    }

    /// The name of an identity: `none`, `reporter` or `api_user`.
    pub fn identity_name(&self, identity: Identity) -> String {
        identity.as_str().to_owned()
    }
}
