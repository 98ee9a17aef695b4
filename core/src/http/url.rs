//! URL building in which no value can leave its place, and form encoding.

use std::fmt::{self, Write as _};

/// Why a URL could not be built.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum UrlError {
    /// The base is not `https://host[:port]` (or `http` on loopback).
    #[error("the base URL must be https://host or https://host:port, with no user, path, query or fragment")]
    Base,
    /// A path segment is empty, `.`, `..`, or holds `/`, `\`, `%`, `?`, `#`, `;` or a control
    /// character.
    /// Such a value is never an id of the portal; encoding it would still let a lenient server
    /// decode it into another path.
    #[error(
        "a path segment is empty, a dot segment, or holds a character that could leave its place"
    )]
    Segment,
    /// A template names a parameter that was not given.
    #[error("the path needs a value for {{{0}}}")]
    Missing(String),
    /// A path template is not `/segment/{parameter}/…`.
    #[error("the path template must begin with / and hold plain segments and {{parameters}}")]
    Template,
}

impl UrlError {
    /// A code that stays as it is.
    pub const fn code(&self) -> &'static str {
        match self {
            Self::Base => "url.base",
            Self::Segment => "url.segment",
            Self::Missing(_) => "url.parameter_missing",
            Self::Template => "url.template",
        }
    }
}

/// The scheme and authority of a host: `https://api.domstol.dk`.
///
/// `http` is taken for `localhost`, `127.0.0.1` and `[::1]` only.
#[derive(Clone, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Url(String);

impl Url {
    /// Reads a base URL; a single trailing slash is dropped.
    ///
    /// ```
    /// use skifteportal::http::Url;
    /// assert_eq!(Url::base("https://api.domstol.dk/").unwrap().as_str(), "https://api.domstol.dk");
    /// assert!(Url::base("https://user@api.domstol.dk").is_err());
    /// assert!(Url::base("http://api.domstol.dk").is_err());
    /// ```
    pub fn base(text: &str) -> Result<Self, UrlError> {
        let text = text.strip_suffix('/').unwrap_or(text);
        let (secure, authority) =
            match (text.strip_prefix("https://"), text.strip_prefix("http://")) {
                (Some(authority), _) => (true, authority),
                (_, Some(authority)) => (false, authority),
                _ => return Err(UrlError::Base),
            };
        let (host, port) = if let Some(rest) = authority.strip_prefix('[') {
            let (inner, port) = rest.split_once(']').ok_or(UrlError::Base)?;
            if inner.is_empty() || !inner.bytes().all(|b| b.is_ascii_hexdigit() || b == b':') {
                return Err(UrlError::Base);
            }
            let port = match port.strip_prefix(':') {
                Some(port) => Some(port),
                None if port.is_empty() => None,
                None => return Err(UrlError::Base),
            };
            (inner, port)
        } else {
            let (host, port) = match authority.split_once(':') {
                Some((host, port)) => (host, Some(port)),
                None => (authority, None),
            };
            let label = |b: u8| b.is_ascii_alphanumeric() || b == b'-' || b == b'.';
            if host.is_empty() || !host.bytes().all(label) {
                return Err(UrlError::Base);
            }
            (host, port)
        };
        if let Some(port) = port {
            let digits = !port.is_empty() && port.bytes().all(|b| b.is_ascii_digit());
            if !digits || port.parse::<u16>().is_err() {
                return Err(UrlError::Base);
            }
        }
        let loopback =
            host.eq_ignore_ascii_case("localhost") || host == "127.0.0.1" || host == "::1";
        if !secure && !loopback {
            return Err(UrlError::Base);
        }
        Ok(Self(text.to_owned()))
    }

    /// A base URL that is written in the code and checked by a test.
    pub(crate) fn known(text: &'static str) -> Self {
        debug_assert!(Self::base(text).is_ok());
        Self(text.to_owned())
    }

    /// The URL as text, without a trailing slash.
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// Appends a path and a query.
    pub fn with(&self, path: &UrlPath, query: &Query) -> String {
        let mut url = String::with_capacity(self.0.len() + path.0.len() + query.0.len() + 1);
        url.push_str(&self.0);
        url.push_str(&path.0);
        if !query.0.is_empty() {
            url.push('?');
            url.push_str(&query.0);
        }
        url
    }
}

impl fmt::Display for Url {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

/// A path whose segments are safe: it begins with `/` and each segment is encoded.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct UrlPath(String);

impl UrlPath {
    /// Fills a template such as `/doedsbojournaler/{doedsbojournalId}/krav`. Parameters are given as
    /// name and value; values are percent-encoded, and values that could leave their segment are
    /// refused.
    ///
    /// ```
    /// use skifteportal::http::UrlPath;
    /// let path = UrlPath::fill("/krav/{id}", &[("id", "a b")]).unwrap();
    /// assert_eq!(path.as_str(), "/krav/a%20b");
    /// assert!(UrlPath::fill("/krav/{id}", &[("id", "../sager")]).is_err());
    /// assert!(UrlPath::fill("/krav/{id}", &[("id", "..")]).is_err());
    /// ```
    pub fn fill(template: &str, parameters: &[(&str, &str)]) -> Result<Self, UrlError> {
        Self::check_template(template)?;
        let mut path = String::with_capacity(template.len() + 36 * parameters.len());
        for part in template.split('/').skip(1) {
            path.push('/');
            if let Some(name) = parameter(part) {
                let value = parameters
                    .iter()
                    .find_map(|(n, v)| (*n == name).then_some(*v))
                    .ok_or_else(|| UrlError::Missing(name.to_owned()))?;
                check_segment(value)?;
                percent_encode(value, &mut path);
            } else {
                path.push_str(part);
            }
        }
        Ok(Self(path))
    }

    /// The parameters that a template names, in order.
    pub(crate) fn parameters(template: &str) -> impl Iterator<Item = &str> {
        template.split('/').filter_map(parameter)
    }

    /// Whether a template can be filled: `/segment/{parameter}/…`.
    pub(crate) fn check_template(template: &str) -> Result<(), UrlError> {
        let plain = |b: u8| b.is_ascii_alphanumeric() || b"-._~".contains(&b);
        let rest = template.strip_prefix('/').ok_or(UrlError::Template)?;
        for part in rest.split('/') {
            let text = parameter(part).unwrap_or(part);
            if text.is_empty() || text == "." || text == ".." || !text.bytes().all(plain) {
                return Err(UrlError::Template);
            }
        }
        Ok(())
    }

    /// The path as text.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

fn parameter(part: &str) -> Option<&str> {
    part.strip_prefix('{').and_then(|p| p.strip_suffix('}'))
}

/// Refuses a value that a URL parser or a lenient server could read as more than one segment.
pub(crate) fn check_segment(value: &str) -> Result<(), UrlError> {
    let leaves = |c: char| matches!(c, '/' | '\\' | '%' | '?' | '#' | ';') || c.is_control();
    if value.is_empty() || value == "." || value == ".." || value.chars().any(leaves) {
        return Err(UrlError::Segment);
    }
    Ok(())
}

/// A query string, built pair by pair. `Debug` shows its length: the values may be personal data.
///
/// ```
/// use skifteportal::http::Query;
/// let query = Query::new().pair("navn", "Erlinda Hills&x=1").optional("page", Some(2));
/// assert_eq!(query.as_str(), "navn=Erlinda%20Hills%26x%3D1&page=2");
/// assert_eq!(format!("{query:?}"), "Query([35 bytes])");
/// ```
#[derive(Clone, Default, PartialEq, Eq, Hash)]
pub struct Query(String);

impl Query {
    /// An empty query.
    pub const fn new() -> Self {
        Self(String::new())
    }

    /// Adds a pair; name and value are percent-encoded.
    pub fn pair(mut self, name: &str, value: &str) -> Self {
        if !self.0.is_empty() {
            self.0.push('&');
        }
        percent_encode(name, &mut self.0);
        self.0.push('=');
        percent_encode(value, &mut self.0);
        self
    }

    /// Adds a pair where there is a value.
    pub fn optional(self, name: &str, value: Option<impl fmt::Display>) -> Self {
        match value {
            Some(value) => self.pair(name, &value.to_string()),
            None => self,
        }
    }

    /// The query as text, without the question mark.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl fmt::Debug for Query {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Query([{} bytes])", self.0.len())
    }
}

/// Percent-encodes everything but RFC 3986's unreserved characters.
fn percent_encode(text: &str, out: &mut String) {
    encode(text, out, &UNRESERVED);
}

/// Copies the runs of plain bytes, which are ASCII, and percent-encodes the others.
fn encode(text: &str, out: &mut String, plain: &Plain) {
    let mut rest = text;
    loop {
        let end = rest.bytes().position(|byte| !is_in(plain, byte));
        let Some((run, tail)) = end.and_then(|end| rest.split_at_checked(end)) else {
            out.push_str(rest);
            return;
        };
        out.push_str(run);
        let mut characters = tail.chars();
        let odd = characters.next().map_or(0, char::len_utf8);
        for byte in tail.bytes().take(odd) {
            // Writing to a String cannot fail.
            let _ = write!(out, "%{byte:02X}");
        }
        rest = characters.as_str();
    }
}

/// Encodes fields as `application/x-www-form-urlencoded` (URL Standard 5.2): UTF-8, space as `+`.
///
/// ```
/// use skifteportal::http::form_encode;
/// assert_eq!(form_encode(&[("scope", "a b"), ("x", "æ&=")]), "scope=a+b&x=%C3%A6%26%3D");
/// ```
pub fn form_encode(fields: &[(&str, &str)]) -> String {
    // Exactly the room it takes: a text that grows leaves an unwiped copy of a secret behind.
    let length = fields
        .iter()
        .map(|(name, value)| form_length(name) + form_length(value) + 2)
        .sum();
    let mut out = String::with_capacity(length);
    for (name, value) in fields {
        if !out.is_empty() {
            out.push('&');
        }
        form_component(name, &mut out);
        out.push('=');
        form_component(value, &mut out);
    }
    out
}

fn form_component(text: &str, out: &mut String) {
    for (at, words) in text.split(' ').enumerate() {
        if at > 0 {
            out.push('+');
        }
        encode(words, out, &FORM);
    }
}

/// How long [`form_component`] makes a text.
fn form_length(text: &str) -> usize {
    let three = |byte: &u8| *byte != b' ' && !is_in(&FORM, *byte);
    text.len() + 2 * text.bytes().filter(three).count()
}

/// Which bytes stay as they are. A table, since the letters and digits of a token come in no order
/// that a processor could guess.
type Plain = [bool; 256];

/// RFC 3986 2.3.
const UNRESERVED: Plain = letters_and_digits_and(*b"-._~");
/// URL Standard 5.2.
const FORM: Plain = letters_and_digits_and(*b"*-._");

fn is_in(plain: &Plain, byte: u8) -> bool {
    plain.get(usize::from(byte)).copied().unwrap_or(false)
}

const fn letters_and_digits_and(others: [u8; 4]) -> Plain {
    let mut plain = [false; 256];
    let mut byte = 0u8;
    while byte < 128 {
        plain[byte as usize] = byte.is_ascii_alphanumeric();
        byte += 1;
    }
    let mut at = 0;
    while at < others.len() {
        plain[others[at] as usize] = true;
        at += 1;
    }
    plain
}
