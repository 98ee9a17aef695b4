//! A call that was let in.

use std::collections::HashMap;

use axum::body::Bytes;
use axum::http::{header, HeaderMap};

use super::disposition;
use super::members::Members;
use super::refusal::{Finding, Refusal};
use crate::caller::Caller;

/// A request after the checks that all operations share.
pub(crate) struct Inbound {
    pub(crate) caller: Option<Caller>,
    pub(crate) parameters: HashMap<String, String>,
    pub(crate) query: HashMap<String, String>,
    pub(crate) headers: HeaderMap,
    pub(crate) body: Bytes,
}

impl Inbound {
    /// The caller, of an operation that asks for a token.
    pub(crate) fn caller(&self) -> Result<&Caller, Refusal> {
        self.caller
            .as_ref()
            .ok_or_else(|| Refusal::unauthorized(false))
    }

    /// A parameter of the path.
    pub(crate) fn parameter(&self, name: &str) -> &str {
        self.parameters.get(name).map_or("", String::as_str)
    }

    /// The JSON object in the body.
    pub(crate) fn members(&self) -> Result<Members, Refusal> {
        self.require_type("application/json")?;
        Members::read(&self.body).map_err(|reason| Refusal::bad_request("sandkasse.json", reason))
    }

    /// Refuses with 415 what does not come with the content type.
    pub(crate) fn require_type(&self, expected: &str) -> Result<(), Refusal> {
        let sent = self
            .headers
            .get(header::CONTENT_TYPE)
            .and_then(|value| value.to_str().ok());
        let essence = sent
            .and_then(|value| value.split(';').next())
            .unwrap_or_default()
            .trim();
        if essence.eq_ignore_ascii_case(expected) {
            return Ok(());
        }
        Err(Refusal::new(
            axum::http::StatusCode::UNSUPPORTED_MEDIA_TYPE,
            Finding::made_up(
                "sandkasse.content.type",
                format!("Content-Type skal være {expected}"),
            ),
        ))
    }

    /// The file name in `Content-Disposition`, which an upload must have (guide 4.3.4).
    pub(crate) fn file_name(&self) -> Result<String, Refusal> {
        self.headers
            .get(header::CONTENT_DISPOSITION)
            .and_then(|value| disposition::file_name(value.as_bytes()))
            .ok_or_else(|| {
                Refusal::bad_request(
                    "sandkasse.content.disposition",
                    "Content-Disposition skal indeholde et filnavn",
                )
            })
    }

    /// `page` and `size` of a search. Made up: the first page is 0, the default size 20, the
    /// greatest 100.
    pub(crate) fn page(&self) -> Result<(usize, usize), Refusal> {
        let number = |name: &str, default: usize| match self.query.get(name) {
            None => Ok(default),
            Some(text) => text.parse::<usize>().map_err(|_| bad_query(name)),
        };
        let (page, size) = (number("page", 0)?, number("size", 20)?);
        if size == 0 || size > 100 {
            return Err(bad_query("size"));
        }
        Ok((page, size))
    }
}

pub(crate) fn bad_query(name: &str) -> Refusal {
    Refusal::bad_request("sandkasse.query", format!("Ugyldig værdi af {name}"))
}

/// Reads `a=1&b=%C3%A6`. A name that comes twice keeps its first value.
pub(crate) fn read_query(text: &str) -> HashMap<String, String> {
    let mut query = HashMap::new();
    for pair in text.split('&').filter(|pair| !pair.is_empty()) {
        let (name, value) = pair.split_once('=').unwrap_or((pair, ""));
        query
            .entry(percent_decoded(name))
            .or_insert_with(|| percent_decoded(value));
    }
    query
}

fn percent_decoded(text: &str) -> String {
    let bytes = text.as_bytes();
    let mut decoded = Vec::with_capacity(bytes.len());
    let mut index = 0;
    while let Some(&byte) = bytes.get(index) {
        let hex = text
            .get(index + 1..index + 3)
            .and_then(|digits| u8::from_str_radix(digits, 16).ok());
        match (byte, hex) {
            (b'%', Some(value)) => {
                decoded.push(value);
                index += 3;
                continue;
            }
            (b'+', _) => decoded.push(b' '),
            _ => decoded.push(byte),
        }
        index += 1;
    }
    String::from_utf8_lossy(&decoded).into_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn reads_a_query_of_any_bytes() {
        let query = read_query("a=1&b=%C3%A6+%2B&a=2&c&=&%=%&d=%f\u{e6}%ff");
        assert_eq!(query["a"], "1");
        assert_eq!(query["b"], "æ +");
        assert_eq!(query["c"], "");
        assert_eq!(query["%"], "%");
        assert!(query["d"].starts_with("%fæ"));
    }
}
