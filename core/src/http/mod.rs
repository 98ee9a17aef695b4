//! Requests and responses as plain values. Nothing here knows a transport.

mod url;

use std::fmt;

pub(crate) use url::check_segment;
pub use url::{form_encode, Query, Url, UrlError, UrlPath};
use zeroize::Zeroize;

/// The HTTP methods that the portal's operations use (guide 4.1).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[cfg_attr(feature = "uniffi", derive(uniffi::Enum))]
#[cfg_attr(
    feature = "dynamic",
    derive(serde::Serialize, serde::Deserialize),
    serde(rename_all = "UPPERCASE")
)]
pub enum Method {
    /// Fetches; safe to send again.
    Get,
    /// Creates; a repeated one may create twice.
    Post,
    /// Replaces; safe to send again with the same body.
    Put,
    /// Deletes; safe to send again.
    Delete,
}

impl Method {
    /// The method's name on the wire.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Get => "GET",
            Self::Post => "POST",
            Self::Put => "PUT",
            Self::Delete => "DELETE",
        }
    }

    /// Whether sending the same request twice has the effect of sending it once (RFC 9110 9.2.2).
    pub const fn is_idempotent(self) -> bool {
        !matches!(self, Self::Post)
    }
}

impl fmt::Display for Method {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

/// Which client certificate the host's TLS connection must present for a request.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[cfg_attr(feature = "uniffi", derive(uniffi::Enum))]
#[cfg_attr(
    feature = "dynamic",
    derive(serde::Serialize),
    serde(rename_all = "snake_case")
)]
pub enum Identity {
    /// None: the exchange takes no client certificate (guide 3.2.3). Reading: nor does the API, whose
    /// calls in the guide present none (guide 4.3.1, 4.3.4).
    None,
    /// The reporter's (indberetterens) OCES3 certificate: variant A (guide 3.1.1).
    Reporter,
    /// The API user's (API-anvenderens) OCES3 certificate: variant B (guide 3.1.2).
    ApiUser,
}

impl Identity {
    /// Its name, which stays as it is.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::None => "none",
            Self::Reporter => "reporter",
            Self::ApiUser => "api_user",
        }
    }
}

/// A header field. The value is checked when the header is made: no control characters, so none can
/// end the line and begin another header.
#[derive(Clone, PartialEq, Eq)]
pub struct Header {
    name: String,
    value: String,
}

/// A header that could not be sent as it is.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum HeaderError {
    /// The name is not a token of RFC 9110 5.6.2.
    #[error("the header name holds a character that is not allowed")]
    Name,
    /// The value of the named header holds a control character (such as CR or LF) or is not ASCII.
    #[error("the value of the header {0} holds a control character or a character beyond ASCII")]
    Value(String),
}

impl Header {
    /// A header from its name and value.
    ///
    /// ```
    /// use skifteportal::http::Header;
    /// assert!(Header::new("Accept", "application/json").is_ok());
    /// assert!(Header::new("Accept", "text/html\r\nX-Injected: 1").is_err());
    /// ```
    pub fn new(name: impl Into<String>, value: impl Into<String>) -> Result<Self, HeaderError> {
        let (name, value) = (name.into(), value.into());
        let token = |b: u8| b.is_ascii_alphanumeric() || b"!#$%&'*+-.^_`|~".contains(&b);
        if name.is_empty() || !name.bytes().all(token) {
            return Err(HeaderError::Name);
        }
        if !value.bytes().all(|b| matches!(b, b'\t' | 0x20..=0x7e)) {
            return Err(HeaderError::Value(name));
        }
        Ok(Self { name, value })
    }

    /// A header of the core's own making, whose parts are known to be clean.
    pub(crate) fn fixed(name: &'static str, value: impl Into<String>) -> Self {
        let header = Self {
            name: name.into(),
            value: value.into(),
        };
        debug_assert!(Self::new(header.name.clone(), header.value.clone()).is_ok());
        header
    }

    /// A header as it arrived from the network: kept as it is, since it is only read.
    fn received(name: String, value: String) -> Self {
        Self { name, value }
    }

    /// The field name.
    pub fn name(&self) -> &str {
        &self.name
    }

    /// The field value. That of `Authorization` is a secret: never log it.
    pub fn value(&self) -> &str {
        &self.value
    }
}

impl fmt::Debug for Header {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        // Names what is harmless, not what is secret: a header that nobody has thought of (a proxy's
        // own, a filename with a person's name) stays out of a log.
        let harmless = [
            "accept",
            "content-length",
            "content-type",
            "date",
            "retry-after",
            "x-total-count",
        ];
        if harmless
            .iter()
            .any(|name| self.name.eq_ignore_ascii_case(name))
        {
            write!(f, "{}: {}", self.name, self.value)
        } else {
            write!(f, "{}: [redacted]", self.name)
        }
    }
}

fn find<'a>(headers: &'a [Header], name: &str) -> Option<&'a str> {
    headers
        .iter()
        .find(|h| h.name.eq_ignore_ascii_case(name))
        .map(|h| h.value.as_str())
}

/// A complete request. Send it as it is: no header, and not one byte of the body, is for the host to
/// add, except those of its own transport (`Host`, `Content-Length`, `Connection`). Never follow a
/// redirect: the portal sends none, and a token must not reach another host.
///
/// `Debug` shows the method, the URL without the values of its query, the headers' names, the values
/// of a few harmless ones, and the length of the body.
///
/// ```
/// use skifteportal::http::{Header, HttpRequest, Identity, Method};
/// let request = HttpRequest {
///     method: Method::Get,
///     url: "https://api.domstol.dk/made-up?navn=Erlinda".into(),
///     headers: vec![Header::new("Authorization", "Bearer abc").unwrap()],
///     body: Vec::new(),
///     identity: Identity::None,
/// };
/// let shown = format!("{request:?}");
/// assert!(shown.contains("https://api.domstol.dk/made-up?[redacted]"));
/// assert!(!shown.contains("Erlinda") && !shown.contains("abc"));
/// ```
#[derive(Clone, PartialEq, Eq)]
pub struct HttpRequest {
    /// The method.
    pub method: Method,
    /// The absolute URL.
    pub url: String,
    /// The headers in the order in which they are sent.
    pub headers: Vec<Header>,
    /// The body; empty for GET and DELETE.
    pub body: Vec<u8>,
    /// The client certificate that the connection must present.
    pub identity: Identity,
}

impl HttpRequest {
    /// The first value of a header, its name compared without regard to case.
    pub fn header(&self, name: &str) -> Option<&str> {
        find(&self.headers, name)
    }
}

impl fmt::Debug for HttpRequest {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("HttpRequest")
            .field("method", &self.method)
            .field("url", &WithoutQuery(&self.url))
            .field("headers", &self.headers)
            .field("body", &format_args!("[{} bytes]", self.body.len()))
            .field("identity", &self.identity)
            .finish()
    }
}

impl Drop for HttpRequest {
    fn drop(&mut self) {
        // The body may hold a client secret, an assertion or a CPR number; Authorization a token;
        // the query a name.
        self.url.zeroize();
        self.body.zeroize();
        for header in &mut self.headers {
            header.value.zeroize();
        }
    }
}

/// A URL for a log: its query may hold personal data.
struct WithoutQuery<'a>(&'a str);

impl fmt::Debug for WithoutQuery<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.0.split_once('?') {
            Some((address, _)) => write!(f, "{address}?[redacted]"),
            None => f.write_str(self.0),
        }
    }
}

/// An answer as the host received it.
///
/// ```
/// use skifteportal::http::HttpResponse;
/// let response = HttpResponse::new(200, [("Content-Type", "application/json")], "[]");
/// assert_eq!(response.header("content-type"), Some("application/json"));
/// assert!(response.is_success());
/// ```
///
/// `Debug` shows the status, the headers' names, the values of a few harmless ones, and the length of
/// the body.
#[derive(Clone, PartialEq, Eq)]
pub struct HttpResponse {
    /// The status code.
    pub status: u16,
    /// The headers.
    pub headers: Vec<Header>,
    /// The body, after the transport's own decoding (chunked, gzip).
    pub body: Vec<u8>,
}

impl HttpResponse {
    /// A response from what the host's HTTP library gives. Any header is taken: what arrived is
    /// judged, not refused.
    pub fn new<N: Into<String>, V: Into<String>>(
        status: u16,
        headers: impl IntoIterator<Item = (N, V)>,
        body: impl Into<Vec<u8>>,
    ) -> Self {
        let headers = headers
            .into_iter()
            .map(|(n, v)| Header::received(n.into(), v.into()))
            .collect();
        Self {
            status,
            headers,
            body: body.into(),
        }
    }

    /// The first value of a header, its name compared without regard to case.
    pub fn header(&self, name: &str) -> Option<&str> {
        find(&self.headers, name)
    }

    /// Whether the status is 2xx.
    pub const fn is_success(&self) -> bool {
        self.status >= 200 && self.status <= 299
    }
}

impl fmt::Debug for HttpResponse {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("HttpResponse")
            .field("status", &self.status)
            .field("headers", &self.headers)
            .field("body", &format_args!("[{} bytes]", self.body.len()))
            .finish()
    }
}

impl Drop for HttpResponse {
    fn drop(&mut self) {
        // A token answer holds the token; others hold personal data, also in a filename.
        self.body.zeroize();
        for header in &mut self.headers {
            header.value.zeroize();
        }
    }
}
