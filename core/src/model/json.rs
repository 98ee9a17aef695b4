//! JSON in and out, with errors that never quote what was read.

use std::marker::PhantomData;

use serde::de::{DeserializeOwned, DeserializeSeed};
use serde::{Deserialize, Serialize};

use super::json_place::pointer_at;

/// Why a text could not be read as JSON of a type. It tells where, and never what stands there.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("{} at line {line}, column {column} (member \"{pointer}\")", category.text())]
pub struct JsonError {
    /// What is wrong.
    pub category: JsonCategory,
    /// The line, from 1; 0 if the text was not looked at.
    pub line: usize,
    /// The byte in the line, from 1; 0 at a line's beginning.
    pub column: usize,
    /// The member that does not fit, as a JSON pointer (RFC 6901) such as `/3/opgjortdato`; empty if
    /// it is the whole, or if the text is not JSON. A name that may be data is `-`.
    pub pointer: String,
}

/// What is wrong with a JSON text.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum JsonCategory {
    /// The bytes are not UTF-8 (RFC 8259 8.1).
    NotUtf8,
    /// Not JSON, more than one value, or nested deeper than 128.
    Syntax,
    /// The text ends within a value, or is empty.
    Incomplete,
    /// JSON, but a value that does not fit its member, or a member that occurs twice.
    Data,
}

impl JsonCategory {
    fn text(self) -> &'static str {
        match self {
            Self::NotUtf8 => "the text is not UTF-8",
            Self::Syntax => "the text is not JSON",
            Self::Incomplete => "the JSON text ends too early",
            Self::Data => "a JSON value does not fit its place",
        }
    }
}

impl JsonError {
    /// A stable code: `json.not_utf8`, `json.syntax`, `json.incomplete` or `json.data`.
    pub fn code(&self) -> &'static str {
        match self.category {
            JsonCategory::NotUtf8 => "json.not_utf8",
            JsonCategory::Syntax => "json.syntax",
            JsonCategory::Incomplete => "json.incomplete",
            JsonCategory::Data => "json.data",
        }
    }
}

impl JsonError {
    /// A value that was given for a member and is not of its type, or of which there is no such member.
    pub(crate) fn misfit(member: &str) -> Self {
        Self {
            category: JsonCategory::Data,
            line: 0,
            column: 0,
            pointer: format!("/{member}"),
        }
    }

    /// Keeps place and category; serde's own text may quote the value.
    #[inline(never)]
    fn of(error: &serde_json::Error, text: &str) -> Self {
        use serde_json::error::Category;
        let category = match error.classify() {
            Category::Io | Category::Syntax => JsonCategory::Syntax,
            Category::Eof => JsonCategory::Incomplete,
            Category::Data => JsonCategory::Data,
        };
        let (line, column) = (error.line(), error.column());
        let pointer = match category {
            JsonCategory::Data => pointer_at(text, line, column),
            _ => String::new(),
        };
        Self {
            category,
            line,
            column,
            pointer,
        }
    }
}

/// Reads exactly one JSON value. A byte order mark before it is skipped (RFC 8259 8.1 allows that).
///
/// ```
/// use skifteportal::model::{from_json, JsonCategory, Krav};
/// let krav: Vec<Krav> = from_json(br#"[{"beloeb":123.50}]"#).unwrap();
/// assert_eq!(krav[0].beloeb.unwrap().to_string(), "123.50");
/// let error = from_json::<Krav>(br#"{"beloeb":"many"}"#).unwrap_err();
/// assert_eq!((error.category, error.pointer.as_str()), (JsonCategory::Data, "/beloeb"));
/// ```
pub fn from_json<T: DeserializeOwned>(bytes: &[u8]) -> Result<T, JsonError> {
    from_json_by(PhantomData, bytes)
}

/// The same, of what a seed reads.
pub(crate) fn from_json_by<S, T>(seed: S, bytes: &[u8]) -> Result<T, JsonError>
where
    S: for<'t> DeserializeSeed<'t, Value = T>,
{
    text_by(seed, text_of(bytes)?)
}

/// The text of bytes. Apart from what reads it, since that is compiled for each type.
#[inline(never)]
fn text_of(bytes: &[u8]) -> Result<&str, JsonError> {
    let bytes = bytes.strip_prefix(b"\xef\xbb\xbf").unwrap_or(bytes);
    std::str::from_utf8(bytes).map_err(|error| {
        let good = bytes.get(..error.valid_up_to()).unwrap_or_default();
        let line = good.rsplit(|b| *b == b'\n').next().unwrap_or_default();
        JsonError {
            category: JsonCategory::NotUtf8,
            line: 1 + good.split(|b| *b == b'\n').skip(1).count(),
            column: 1 + line.len(),
            pointer: String::new(),
        }
    })
}

/// Reads exactly one JSON value of a text, from which the value may borrow.
pub(crate) fn from_json_text<'t, T: Deserialize<'t>>(text: &'t str) -> Result<T, JsonError> {
    text_by(PhantomData, text)
}

fn text_by<'t, S: DeserializeSeed<'t>>(seed: S, text: &'t str) -> Result<S::Value, JsonError> {
    let mut reader = serde_json::Deserializer::from_str(text);
    let value = seed.deserialize(&mut reader);
    let value = value.and_then(|value| reader.end().map(|()| value));
    value.map_err(|error| JsonError::of(&error, text))
}

/// Writes a value as JSON without blanks, in UTF-8.
///
/// Every type of this crate can be written. Of another type that cannot, the result is empty.
pub fn to_json<T: Serialize + ?Sized>(value: &T) -> Vec<u8> {
    serde_json::to_vec(value).unwrap_or_default()
}
