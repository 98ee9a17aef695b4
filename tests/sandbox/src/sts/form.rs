//! Reading a form as strictly as Keycloak does.

use std::collections::HashSet;

use axum::body::{to_bytes, Body};
use hyper::header::CONTENT_TYPE;
use hyper::HeaderMap;

/// The fields of a form, in order.
#[derive(Debug, Default)]
pub(crate) struct Form(Vec<(String, String)>);

/// Why a body is not a form.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum FormProblem {
    /// A `%` without two hexadecimal digits after it.
    BrokenEscape,
    /// A field above the limit.
    TooLarge,
    /// The connection ended.
    Incomplete,
}

/// The greatest length of a field: 128 KiB.
const MAX_FIELD: usize = 128 * 1024;
const MAX_BODY: usize = 1024 * 1024;

impl Form {
    /// Reads the form in a body. A body of another content type has no fields.
    pub(crate) async fn read(headers: &HeaderMap, body: Body) -> Result<Self, FormProblem> {
        let bytes = to_bytes(body, MAX_BODY).await.map_err(|problem| {
            // The limit is the only failure that leaves the connection usable.
            if problem.to_string().contains("length limit") {
                FormProblem::TooLarge
            } else {
                FormProblem::Incomplete
            }
        })?;
        let is_form = headers
            .get(CONTENT_TYPE)
            .and_then(|value| value.to_str().ok())
            .and_then(|value| value.split(';').next())
            .is_some_and(|media| {
                media
                    .trim()
                    .eq_ignore_ascii_case("application/x-www-form-urlencoded")
            });
        if is_form {
            Self::parse(&bytes)
        } else {
            Ok(Self::default())
        }
    }

    fn parse(bytes: &[u8]) -> Result<Self, FormProblem> {
        let mut fields = Vec::new();
        for pair in bytes
            .split(|byte| *byte == b'&')
            .filter(|pair| !pair.is_empty())
        {
            let (name, value) = match pair.iter().position(|byte| *byte == b'=') {
                Some(at) => (pair.get(..at), pair.get(at + 1..)),
                None => (Some(pair), None),
            };
            let value = decode(value.unwrap_or_default())?;
            if value.len() > MAX_FIELD {
                return Err(FormProblem::TooLarge);
            }
            fields.push((decode(name.unwrap_or_default())?, value));
        }
        Ok(Self(fields))
    }

    /// The first field of a name.
    pub(crate) fn get(&self, name: &str) -> Option<&str> {
        self.0
            .iter()
            .find(|(field, _)| field == name)
            .map(|(_, value)| value.as_str())
    }

    /// The name of a field that is there twice.
    pub(crate) fn duplicate(&self) -> Option<&str> {
        let mut seen = HashSet::new();
        self.0
            .iter()
            .map(|(name, _)| name.as_str())
            .find(|name| !seen.insert(*name))
    }
}

fn decode(encoded: &[u8]) -> Result<String, FormProblem> {
    let mut out = Vec::with_capacity(encoded.len());
    let mut bytes = encoded.iter().copied();
    while let Some(byte) = bytes.next() {
        out.push(match byte {
            b'+' => b' ',
            b'%' => match (bytes.next().and_then(hex), bytes.next().and_then(hex)) {
                (Some(high), Some(low)) => high << 4 | low,
                _ => return Err(FormProblem::BrokenEscape),
            },
            other => other,
        });
    }
    Ok(String::from_utf8_lossy(&out).into_owned())
}

fn hex(digit: u8) -> Option<u8> {
    char::from(digit)
        .to_digit(16)
        .and_then(|digit| u8::try_from(digit).ok())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn fields_are_decoded_once() {
        let form = Form::parse("a=p%2Bq+r%20s&b=%C3%A6&c&a=2".as_bytes()).unwrap();
        assert_eq!(form.get("a"), Some("p+q r s"));
        assert_eq!(form.get("b"), Some("æ"));
        assert_eq!(form.get("c"), Some(""));
        assert_eq!(form.get("d"), None);
        assert_eq!(form.duplicate(), Some("a"));
        assert_eq!(Form::parse(b"a=%4").unwrap_err(), FormProblem::BrokenEscape);
    }
}
