//! A JSON object kept as it was sent: members in order, values as their own text.

use std::fmt;

use serde::de::{Deserialize, Deserializer, MapAccess, Visitor};
use serde::ser::{Serialize, SerializeMap, Serializer};
use serde_json::value::RawValue;
use serde_json::Value;

/// The members of one JSON object. An amount such as `123.00` is stored, and answered, as
/// `123.00`: it never becomes a binary fraction.
#[derive(Clone, Debug, Default)]
pub(crate) struct Members(Vec<(String, Box<RawValue>)>);

/// A member whose value is not of the kind that the sandbox can read.
#[derive(Clone, Debug)]
pub(crate) struct Malformed {
    pub(crate) attribute: String,
    pub(crate) reason: &'static str,
}

/// Nothing honest nests deeper; a deeper body is an attack on somebody's stack.
const MAX_DEPTH: usize = 64;

impl Members {
    /// Reads an object. The reason of a failure never quotes the body.
    pub(crate) fn read(body: &[u8]) -> Result<Self, &'static str> {
        if nests_too_deep(body) {
            return Err("for dyb indlejring");
        }
        serde_json::from_slice(body).map_err(|error| match error.classify() {
            serde_json::error::Category::Eof => "uventet slutning",
            serde_json::error::Category::Data => "et objekt var ventet",
            _ => "ugyldig JSON",
        })
    }

    pub(crate) fn names(&self) -> impl Iterator<Item = &str> {
        self.0.iter().map(|(name, _)| name.as_str())
    }

    pub(crate) fn iter(&self) -> impl Iterator<Item = (&str, &RawValue)> {
        self.0
            .iter()
            .map(|(name, value)| (name.as_str(), value.as_ref()))
    }

    /// The value of a member; an explicit `null` counts as absent.
    pub(crate) fn get(&self, name: &str) -> Option<&RawValue> {
        let (_, value) = self.0.iter().find(|(known, _)| known == name)?;
        (value.get() != "null").then_some(value.as_ref())
    }

    /// As [`Self::get`], but tells an explicit `null` from absence.
    pub(crate) fn has(&self, name: &str) -> bool {
        self.names().any(|known| known == name)
    }

    pub(crate) fn text(&self, name: &str) -> Result<Option<String>, Malformed> {
        self.typed(name, "en tekst var ventet", |value| match value {
            Value::String(text) => Some(text),
            _ => None,
        })
    }

    pub(crate) fn flag(&self, name: &str) -> Result<Option<bool>, Malformed> {
        self.typed(name, "true eller false var ventet", |value| value.as_bool())
    }

    pub(crate) fn object(&self, name: &str) -> Result<Option<Value>, Malformed> {
        self.typed(name, "et objekt var ventet", |value| {
            value.is_object().then_some(value)
        })
    }

    pub(crate) fn list(&self, name: &str) -> Result<Option<Vec<Value>>, Malformed> {
        self.typed(name, "en liste var ventet", |value| match value {
            Value::Array(items) => Some(items),
            _ => None,
        })
    }

    /// A list of objects, each with its members as they were sent.
    pub(crate) fn objects(&self, name: &str) -> Result<Option<Vec<Self>>, Malformed> {
        let Some(raw) = self.get(name) else {
            return Ok(None);
        };
        let reason = "en liste af objekter var ventet";
        serde_json::from_str(raw.get())
            .map(Some)
            .map_err(|_| Malformed {
                attribute: name.to_owned(),
                reason,
            })
    }

    /// Checks that a member, if there, is a JSON number; its text is left alone.
    pub(crate) fn number(&self, name: &str) -> Result<(), Malformed> {
        let is_number = |raw: &RawValue| {
            raw.get()
                .starts_with(|c: char| c == '-' || c.is_ascii_digit())
        };
        match self.get(name) {
            Some(raw) if !is_number(raw) => Err(Malformed {
                attribute: name.to_owned(),
                reason: "et tal var ventet",
            }),
            _ => Ok(()),
        }
    }

    fn typed<T>(
        &self,
        name: &str,
        reason: &'static str,
        read: impl FnOnce(Value) -> Option<T>,
    ) -> Result<Option<T>, Malformed> {
        let Some(raw) = self.get(name) else {
            return Ok(None);
        };
        let malformed = || Malformed {
            attribute: name.to_owned(),
            reason,
        };
        let value = serde_json::from_str(raw.get()).map_err(|_| malformed())?;
        read(value).map(Some).ok_or_else(malformed)
    }

    /// Appends a member, or puts the value in the place of an earlier one of that name.
    pub(crate) fn set_raw(&mut self, name: &str, value: Box<RawValue>) {
        match self.0.iter_mut().find(|(known, _)| known == name) {
            Some((_, old)) => *old = value,
            None => self.0.push((name.to_owned(), value)),
        }
    }

    pub(crate) fn set(&mut self, name: &str, value: impl Serialize) {
        if let Ok(raw) = serde_json::value::to_raw_value(&value) {
            self.set_raw(name, raw);
        }
    }
}

/// Counts brackets outside of strings, without recursion.
fn nests_too_deep(body: &[u8]) -> bool {
    let (mut depth, mut in_string, mut escaped) = (0_usize, false, false);
    for &byte in body {
        if in_string {
            match byte {
                _ if escaped => escaped = false,
                b'\\' => escaped = true,
                b'"' => in_string = false,
                _ => {}
            }
            continue;
        }
        match byte {
            b'"' => in_string = true,
            b'[' | b'{' => depth += 1,
            b']' | b'}' => depth = depth.saturating_sub(1),
            _ => {}
        }
        if depth > MAX_DEPTH {
            return true;
        }
    }
    false
}

impl<'de> Deserialize<'de> for Members {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct Reader;
        impl<'de> Visitor<'de> for Reader {
            type Value = Members;
            fn expecting(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
                formatter.write_str("an object")
            }
            fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Members, A::Error> {
                let mut members = Members::default();
                while let Some((name, value)) = map.next_entry::<String, Box<RawValue>>()? {
                    members.set_raw(&name, value);
                }
                Ok(members)
            }
        }
        deserializer.deserialize_map(Reader)
    }
}

impl Serialize for Members {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut map = serializer.serialize_map(Some(self.0.len()))?;
        for (name, value) in &self.0 {
            map.serialize_entry(name, value)?;
        }
        map.end()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn keeps_order_and_the_text_of_numbers() {
        let text = r#"{"b":123.00,"a":1e400,"c":{"x": [1,  2]}}"#;
        let members = Members::read(text.as_bytes()).unwrap();
        assert_eq!(serde_json::to_string(&members).unwrap(), text);
    }

    #[test]
    fn refuses_depth_and_other_shapes_without_quoting_them() {
        let deep = "[".repeat(100_000);
        assert_eq!(
            Members::read(deep.as_bytes()).unwrap_err(),
            "for dyb indlejring"
        );
        let brackets_in_text = format!(r#"{{"a":"{}\""}}"#, "[".repeat(1000));
        assert!(Members::read(brackets_in_text.as_bytes()).is_ok());
        for body in [
            "",
            "[]",
            "\"hemmelig\"",
            "{\"a\":",
            "{\"a\":1}x",
            "\u{feff}{}",
        ] {
            let reason = Members::read(body.as_bytes()).unwrap_err();
            assert!(!reason.contains("hemmelig"));
        }
        assert!(Members::read(b"{\"a\":\"\xff\"}").is_err());
    }
}
