//! A JSON object read member by member, so that one odd member spoils nothing but itself.

use std::borrow::Cow;
use std::fmt;

use serde::de::{Deserializer, MapAccess, Visitor};
use serde::Deserialize;
use serde_json::value::RawValue;

use crate::order;

/// Where a text stopped being a JSON object. It quotes nothing of the text, which may be a token.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Flaw {
    /// Whether it is no JSON at all, rather than JSON of another shape.
    pub(super) syntax: bool,
    /// From 1; 0 if not known.
    pub(super) line: u64,
    /// From 1; 0 if not known.
    pub(super) column: u64,
}

/// The members of a JSON object in order, each still as JSON text.
pub(super) struct Members<'a>(Vec<(Cow<'a, str>, &'a RawValue)>);

impl<'a> Members<'a> {
    /// Reads an object. Anything else is refused, and so is an object that names a member twice: two
    /// readers could then see two different tokens.
    pub(super) fn read(json: &'a [u8]) -> Result<Self, Flaw> {
        let members: Self = serde_json::from_slice(json).map_err(|error| Flaw {
            syntax: !error.is_data(),
            line: error.line() as u64,
            column: error.column() as u64,
        })?;
        let mut names: Vec<&str> = members.names().collect();
        order::sort(&mut names);
        if names.windows(2).any(|pair| pair.first() == pair.last()) {
            return Err(Flaw {
                syntax: false,
                line: 0,
                column: 0,
            });
        }
        Ok(members)
    }

    pub(super) fn names(&self) -> impl Iterator<Item = &str> {
        self.0.iter().map(|(name, _)| name.as_ref())
    }

    /// The JSON text of a member; `None` where it is absent or null.
    pub(super) fn raw(&self, name: &str) -> Option<&'a str> {
        let (_, value) = self.0.iter().find(|(n, _)| n == name)?;
        let text = value.get();
        (text != "null").then_some(text)
    }

    /// The text of a member that is a string.
    pub(super) fn text(&self, name: &str) -> Option<String> {
        string(self.raw(name)?)
    }

    /// The texts of a member that is a string or an array of strings.
    pub(super) fn texts(&self, name: &str) -> Option<Vec<String>> {
        let raw = self.raw(name)?;
        string(raw)
            .map(|text| vec![text])
            .or_else(|| serde_json::from_str(raw).ok())
    }

    /// The members of a member that is an object.
    pub(super) fn object(&self, name: &str) -> Option<Members<'a>> {
        Self::read(self.raw(name)?.as_bytes()).ok()
    }

    /// A member that is a number, or a string that spells one. A fraction is cut off, and a number
    /// beyond 64 bits becomes the nearest there is.
    pub(super) fn integer(&self, name: &str) -> Option<i64> {
        let raw = self.raw(name)?;
        let text = string(raw).map_or(Cow::Borrowed(raw), Cow::Owned);
        integer(text.trim())
    }
}

fn string(raw: &str) -> Option<String> {
    serde_json::from_str(raw).ok()
}

fn integer(text: &str) -> Option<i64> {
    if let Ok(number) = text.parse() {
        return Some(number);
    }
    // Not by the standard library, whose tables for this are 10 KB of a wasm module.
    match serde_json::from_str::<f64>(text) {
        // A cast from a float saturates.
        #[allow(clippy::cast_possible_truncation)]
        Ok(number) => Some(number as i64),
        // What lies beyond the floats is a number by its grammar alone.
        Err(_) => is_number(text).then_some(if text.starts_with('-') {
            i64::MIN
        } else {
            i64::MAX
        }),
    }
}

fn is_number(json: &str) -> bool {
    json.starts_with(|c: char| c == '-' || c.is_ascii_digit())
        && serde_json::from_str::<&RawValue>(json).is_ok()
}

impl<'de> Deserialize<'de> for Members<'de> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct Object;
        impl<'de> Visitor<'de> for Object {
            type Value = Members<'de>;
            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("an object")
            }
            fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Self::Value, A::Error> {
                let mut members = Vec::new();
                while let Some(Name(name)) = map.next_key()? {
                    members.push((name, map.next_value()?));
                }
                Ok(Members(members))
            }
        }
        deserializer.deserialize_map(Object)
    }
}

/// A member's name; borrowed unless it is written with escapes.
#[derive(Deserialize)]
struct Name<'a>(#[serde(borrow)] Cow<'a, str>);

#[cfg(test)]
mod tests {
    use super::*;
    #[cfg(target_arch = "wasm32")]
    use wasm_bindgen_test::wasm_bindgen_test as test;

    #[test]
    fn numbers_are_read_leniently() {
        let json = br#"{"a":300,"b":"300","c":300.9,"d":"-5","e":1e999,"f":"x","g":null,"h":[],
            "i":"inf","j":"","k":99999999999999999999,"l":" 7 ","m":61697372400}"#;
        let members = Members::read(json).unwrap();
        let read = |name| members.integer(name);
        assert_eq!(read("a"), Some(300));
        assert_eq!(read("b"), Some(300));
        assert_eq!(read("c"), Some(300));
        assert_eq!(read("d"), Some(-5));
        assert_eq!(read("e"), Some(i64::MAX));
        assert_eq!(read("k"), Some(i64::MAX));
        assert_eq!(read("l"), Some(7));
        assert_eq!(read("m"), Some(61_697_372_400));
        for name in ["f", "g", "h", "i", "j", "absent"] {
            assert_eq!(read(name), None, "{name}");
        }
    }

    #[test]
    fn only_an_object_without_repeated_names() {
        for json in [
            "",
            "[]",
            "1",
            "{",
            "{}x",
            r#"{"a":1,"a":1}"#,
            r#"{"a":1,"\u0061":1}"#,
        ] {
            assert!(Members::read(json.as_bytes()).is_err(), "{json}");
        }
        assert!(Members::read(b"\xff{}").is_err());
        assert!(Members::read(b" {} \n").is_ok());
    }
}
