//! Payloads by the names of their types.

use serde_json::value::RawValue;

use crate::api::named::{ListOf, Type};
use crate::model::{
    from_face, from_face_by, from_json_by, from_json_text, to_face, to_json, Extra, JsonError,
    Member,
};
use crate::rules::{Checks, RuleViolation};
use crate::sorted::Sorted;
use crate::SkifteportalError;

/// A face by its members. In which order they stand in it means nothing.
type Members = Sorted<String, Box<RawValue>>;

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
    of: Type,
    list: bool,
}

impl std::fmt::Debug for Payloads {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Payloads")
            .field("name", &self.of.name())
            .field("list", &self.list)
            .finish()
    }
}

impl Payloads {
    /// The names of all types.
    pub fn names() -> impl Iterator<Item = &'static str> {
        Type::ALL.iter().map(|of| of.name())
    }

    /// The type of a name.
    pub fn named(name: &str) -> Result<Self, SkifteportalError> {
        let item = name.strip_prefix('[').and_then(|n| n.strip_suffix(']'));
        let (name, list) = item.map_or((name, false), |name| (name, true));
        let of = Type::ALL.iter().copied().find(|of| of.name() == name);
        of.map(|of| Self { of, list }).ok_or_else(|| {
            SkifteportalError::input("payload.type", &"no payload has a type of that name")
        })
    }

    /// The typed members, in declared order.
    pub fn members(self) -> &'static [Member] {
        self.of.members()
    }

    /// The face of the portal's JSON.
    pub fn read(self, json: &[u8]) -> Result<String, JsonError> {
        Ok(if self.list {
            to_face(&from_json_by(ListOf(self.of), json)?)
        } else {
            to_face(&from_json_by(self.of, json)?)
        })
    }

    /// The portal's JSON of a face.
    pub fn write(self, face: &str) -> Result<Vec<u8>, JsonError> {
        Ok(if self.list {
            to_json(&from_face_by(ListOf(self.of), face)?)
        } else {
            to_json(&from_face_by(self.of, face)?)
        })
    }

    /// The face of a payload with a typed member set to a text of the portal's JSON, or removed; see
    /// [`Payload::set_json`](crate::model::Payload::set_json).
    pub fn with(self, face: &str, member: &str, json: Option<&str>) -> Result<String, JsonError> {
        let mut members: Members = from_face(face)?;
        // Read in an object of its own, a value is held to its type without code for each.
        if !self.of.members().iter().any(|one| one.name == member) {
            return Err(JsonError::misfit(member));
        }
        members.remove(member);
        if let Some(json) = json {
            let raw: &RawValue = from_json_text(json)?;
            // The name is one of the table's and needs no escape.
            let object = format!("{{\"{member}\":{raw}}}");
            let alone = from_json_by(self.of, object.as_bytes());
            let alone = alone.map_err(|_| JsonError::misfit(member))?;
            let mut alone: Members = from_face(&to_face(&alone))?;
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
        Ok(from_face_by(self.of, face)?.check(checks))
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
