//! Payloads by the names of their types.

use std::collections::BTreeMap;

use serde_json::value::RawValue;

// All payloads, whichever there are.
#[allow(clippy::wildcard_imports)]
use crate::model::*;
use crate::rules::{check, Checks, RuleViolation};
use crate::SkifteportalError;

/// What a type of payload can do.
struct Type {
    name: &'static str,
    members: &'static [Member],
    read: fn(&[u8], bool) -> Result<String, JsonError>,
    write: fn(&str, bool) -> Result<Vec<u8>, JsonError>,
    check: fn(&str, &Checks) -> Result<Vec<RuleViolation>, JsonError>,
}

/// A face by its members. In which order they stand in it means nothing.
type Members = BTreeMap<String, Box<RawValue>>;

fn read<T: Payload>(json: &[u8], list: bool) -> Result<String, JsonError> {
    if list {
        from_json::<Vec<T>>(json).map(|list| to_face(&list))
    } else {
        from_json::<T>(json).map(|payload| to_face(&payload))
    }
}

fn write<T: Payload>(face: &str, list: bool) -> Result<Vec<u8>, JsonError> {
    if list {
        from_face::<Vec<T>>(face).map(|list| to_json(&list))
    } else {
        from_face::<T>(face).map(|payload| to_json(&payload))
    }
}

macro_rules! types {
    (@check checked, $name:ident) => {
        |face, checks| from_face::<$name>(face).map(|payload| check(&payload, checks))
    };
    (@check plain, $name:ident) => {
        |face, _| from_face::<$name>(face).map(|_| Vec::new())
    };
    ($($name:ident $variant:ident $rules:ident;)+) => {
        static TYPES: &[Type] = &[$(Type {
            name: $name::NAME,
            members: $name::MEMBERS,
            read: read::<$name>,
            write: write::<$name>,
            check: types!(@check $rules, $name),
        },)+];
    };
}
crate::for_all_payloads!(types);

/// A type of payload by its name, such as `Krav`; in brackets (`[Krav]`) a list of it.
///
/// ```
/// use skifteportal::dynamic::Payloads;
/// let krav = Payloads::named("Krav").unwrap();
/// let face = krav.read(br#"{"beloeb":1.50,"nyt":2.50}"#).unwrap();
/// assert_eq!(face, r#"{"beloeb":"1.50","extra":"07ff[[\"nyt\",2.50]]"}"#);
/// assert_eq!(krav.write(&face).unwrap(), br#"{"beloeb":1.50,"nyt":2.50}"#);
/// ```
#[derive(Clone, Copy)]
pub struct Payloads {
    of: &'static Type,
    list: bool,
}

impl std::fmt::Debug for Payloads {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Payloads")
            .field("name", &self.of.name)
            .field("list", &self.list)
            .finish()
    }
}

impl Payloads {
    /// The names of all types.
    pub fn names() -> impl Iterator<Item = &'static str> {
        TYPES.iter().map(|of| of.name)
    }

    /// The type of a name.
    pub fn named(name: &str) -> Result<Self, SkifteportalError> {
        let item = name.strip_prefix('[').and_then(|n| n.strip_suffix(']'));
        let (name, list) = item.map_or((name, false), |name| (name, true));
        let of = TYPES.iter().find(|of| of.name == name);
        of.map(|of| Self { of, list }).ok_or_else(|| {
            SkifteportalError::input("payload.type", &"no payload has a type of that name")
        })
    }

    /// The typed members, in declared order.
    pub fn members(self) -> &'static [Member] {
        self.of.members
    }

    /// The face of the portal's JSON.
    pub fn read(self, json: &[u8]) -> Result<String, JsonError> {
        (self.of.read)(json, self.list)
    }

    /// The portal's JSON of a face.
    pub fn write(self, face: &str) -> Result<Vec<u8>, JsonError> {
        (self.of.write)(face, self.list)
    }

    /// The face of a payload with a typed member set to a text of the portal's JSON, or removed; see
    /// [`Payload::set_json`].
    pub fn with(self, face: &str, member: &str, json: Option<&str>) -> Result<String, JsonError> {
        let mut members: Members = from_face(face)?;
        // Read in an object of its own, a value is held to its type without code for each.
        if !self.of.members.iter().any(|one| one.name == member) {
            return Err(JsonError::misfit(member));
        }
        members.remove(member);
        if let Some(json) = json {
            let raw: &RawValue = from_json_text(json)?;
            // The name is one of the table's and needs no escape.
            let object = format!("{{\"{member}\":{raw}}}");
            let alone = (self.of.read)(object.as_bytes(), false);
            let alone = alone.map_err(|_| JsonError::misfit(member))?;
            let mut alone: Members = from_face(&alone)?;
            match alone.remove(member) {
                Some(value) => {
                    members.insert(member.to_owned(), value);
                }
                None if raw.get() == "null" => {}
                None => return Err(JsonError::misfit(member)),
            }
        }
        Ok(to_face(&members))
    }

    /// The rules that a payload breaks.
    pub fn check(self, face: &str, checks: &Checks) -> Result<Vec<RuleViolation>, JsonError> {
        (self.of.check)(face, checks)
    }
}

/// The members without a type, of the text that stands for them in a face.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct ExtraMembers(Extra);

impl ExtraMembers {
    /// The members of such a text; of an empty one, none.
    pub fn read(text: &str) -> Result<Self, JsonError> {
        Extra::from_crossing(text).map(Self)
    }

    /// The text.
    pub fn write(&self) -> String {
        self.0.to_crossing()
    }
}

impl std::ops::Deref for ExtraMembers {
    type Target = Extra;

    fn deref(&self) -> &Extra {
        &self.0
    }
}

impl std::ops::DerefMut for ExtraMembers {
    fn deref_mut(&mut self) -> &mut Extra {
        &mut self.0
    }
}
