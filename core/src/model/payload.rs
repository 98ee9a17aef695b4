//! What makes a struct a payload: typed members, unknown ones kept, order kept.

use std::fmt;
use std::marker::PhantomData;

use serde::de::{DeserializeOwned, DeserializeSeed, Error as _, MapAccess, Visitor};
use serde::ser::SerializeMap;
use serde::{Deserializer, Serialize, Serializer};
use serde_json::value::RawValue;

use super::extra::{ones, Arriving, Extra, Step};
use super::face;
use super::json::{from_json_text, JsonError};

/// A JSON object of the portal: typed members, and every other member kept as it came.
///
/// - Decode and encode give the same members with the same values in the same order; changing one
///   field changes that member alone. A member that is new is placed after the member declared before
///   it.
/// - An absent member and an explicit `null` are both `None`; a `null` that arrived is sent again
///   unless the field was set.
/// - A known member that occurs twice is refused: which value counts is not for a client to guess.
///   Unknown members that occur twice are both kept.
/// - A member that is a reading (its name or type is not printed in the guide, see
///   [`Member::printed`]) and whose value does not fit its type is kept in `extra`, and the field
///   is `None`. So a wrong reading cannot make an answer undecodable.
/// - Equality ignores the order of members, and whether one is absent or `null`.
/// - `Debug` gives the names of the members that have a value, never values.
///
/// Encoding and decoding unknown members needs `serde_json`; other serde formats are not supported.
pub trait Payload: Serialize + DeserializeOwned + Default + Clone + PartialEq + fmt::Debug {
    /// The type's name.
    const NAME: &'static str;
    /// The typed members, in declared order.
    const MEMBERS: &'static [Member];
    /// The members without a type.
    fn extra(&self) -> &Extra;
    /// The members without a type, to be changed.
    fn extra_mut(&mut self) -> &mut Extra;
    /// Sets a typed member, by its name in JSON, to a JSON text; `None` removes it. This is for
    /// callers that have names alone; where the type is at hand, set the field.
    ///
    /// ```
    /// use skifteportal::model::{to_json, Krav, Payload};
    /// let mut krav = Krav::default();
    /// krav.set_json("beloeb", Some("123.00")).unwrap();
    /// assert_eq!(to_json(&krav), br#"{"beloeb":123.00}"#);
    /// assert_eq!(krav.set_json("beloeb", Some("\"many\"")).unwrap_err().pointer, "/beloeb");
    /// ```
    ///
    /// # Errors
    /// There is no typed member of that name, the text is not exactly one JSON value, or it is not of
    /// the member's type; nothing is changed then.
    fn set_json(&mut self, member: &str, json: Option<&str>) -> Result<(), JsonError>;
}

/// A typed member of a payload.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[cfg_attr(feature = "dynamic", derive(Serialize))]
pub struct Member {
    /// Its name in JSON.
    pub name: &'static str,
    /// Whether the guide prints it; if not, name and type are readings.
    pub printed: bool,
}

/// How the value of a known member was.
pub(super) enum Read {
    Value,
    Null,
    Misfit(Box<RawValue>),
}

/// The part of a payload that the macro writes.
pub(super) trait Members: Payload {
    fn index(name: &str) -> Option<u8>;
    fn read<'de, A: MapAccess<'de>>(&mut self, index: u8, map: &mut A) -> Result<Read, A::Error>;
    fn present(&self) -> u32;
    fn take_from(&mut self, index: u8, other: &mut Self);
    fn write<M: SerializeMap>(&self, index: u8, map: &mut M) -> Result<(), M::Error>;
}

/// Reads a member of a type that the guide prints.
pub(super) fn read_printed<'de, A: MapAccess<'de>, T: serde::Deserialize<'de>>(
    field: &mut Option<T>,
    map: &mut A,
) -> Result<Read, A::Error> {
    *field = map.next_value()?;
    Ok(if field.is_some() {
        Read::Value
    } else {
        Read::Null
    })
}

/// Reads a member whose type is a reading.
pub(super) fn read_reading<'de, A: MapAccess<'de>, T: DeserializeOwned>(
    field: &mut Option<T>,
    map: &mut A,
) -> Result<Read, A::Error> {
    let raw: Box<RawValue> = map.next_value()?;
    match serde_json::from_str(raw.get()) {
        Ok(Some(value)) => {
            *field = Some(value);
            Ok(Read::Value)
        }
        Ok(None) => Ok(Read::Null),
        Err(_) => Ok(Read::Misfit(raw)),
    }
}

pub(super) fn decode<'de, T: Members, D: Deserializer<'de>>(
    deserializer: D,
) -> Result<T, D::Error> {
    deserializer.deserialize_map(ObjectVisitor(PhantomData))
}

struct ObjectVisitor<T>(PhantomData<T>);

impl<'de, T: Members> Visitor<'de> for ObjectVisitor<T> {
    type Value = T;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "an object ({})", T::NAME)
    }

    fn visit_map<A: MapAccess<'de>>(self, map: A) -> Result<T, A::Error> {
        let mut payload = T::default();
        *payload.extra_mut() = fill(&mut payload, T::MEMBERS, T::index, map)?;
        Ok(payload)
    }
}

/// Any payload that is being read. What only calls it is compiled once, and not for each payload.
trait Filled<'de, A: MapAccess<'de>> {
    fn fill_member(&mut self, index: u8, map: &mut A) -> Result<Read, A::Error>;
}

impl<'de, A: MapAccess<'de>, T: Members> Filled<'de, A> for T {
    fn fill_member(&mut self, index: u8, map: &mut A) -> Result<Read, A::Error> {
        self.read(index, map)
    }
}

/// Reads the typed members, and returns the others.
fn fill<'de, A: MapAccess<'de>>(
    payload: &mut dyn Filled<'de, A>,
    members: &'static [Member],
    index_of: fn(&str) -> Option<u8>,
    mut map: A,
) -> Result<Extra, A::Error> {
    let mut arriving = Arriving::default();
    let mut crossed = None;
    while let Some(key) = map.next_key_seed(KeySeed(index_of))? {
        match key {
            Key::Unknown(name) if face::is_spoken() => {
                let extra = face::extra(&name, &mut map)?;
                if crossed.replace(extra).is_some() {
                    return Err(A::Error::custom("a member occurs twice"));
                }
            }
            Key::Unknown(name) => arriving.unknown(name, map.next_value()?),
            Key::Known(index) if arriving.has(index) => {
                return Err(A::Error::custom("a member occurs twice"));
            }
            Key::Known(index) => match payload.fill_member(index, &mut map)? {
                Read::Value => arriving.known(index, false),
                Read::Null => arriving.known(index, true),
                Read::Misfit(_) if face::is_spoken() => {
                    return Err(A::Error::custom("a value does not fit its member"));
                }
                Read::Misfit(raw) => arriving.misfit(index, name_of(members, index), raw),
            },
        }
    }
    let arrived = arriving.finish();
    Ok(if face::is_spoken() {
        // In which order a program wrote its members means nothing.
        crossed.unwrap_or_default()
    } else {
        arrived
    })
}

enum Key {
    Known(u8),
    Unknown(Box<str>),
}

struct KeySeed(fn(&str) -> Option<u8>);

impl<'de> DeserializeSeed<'de> for KeySeed {
    type Value = Key;
    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<Key, D::Error> {
        deserializer.deserialize_str(self)
    }
}

impl Visitor<'_> for KeySeed {
    type Value = Key;
    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a member's name")
    }
    fn visit_str<E>(self, name: &str) -> Result<Key, E> {
        Ok((self.0)(name).map_or_else(|| Key::Unknown(name.into()), Key::Known))
    }
}

fn name_of(members: &[Member], index: u8) -> &'static str {
    members
        .get(usize::from(index))
        .map_or("", |member| member.name)
}

/// Any payload that is being written; see [`Filled`].
trait Written<M: SerializeMap> {
    fn write_member(&self, index: u8, map: &mut M) -> Result<(), M::Error>;
}

impl<M: SerializeMap, T: Members> Written<M> for T {
    fn write_member(&self, index: u8, map: &mut M) -> Result<(), M::Error> {
        self.write(index, map)
    }
}

pub(super) fn encode<T: Members, S: Serializer>(
    payload: &T,
    serializer: S,
) -> Result<S::Ok, S::Error> {
    let mut map = serializer.serialize_map(None)?;
    let extra = payload.extra();
    write_all(
        payload,
        extra,
        payload.present(),
        T::MEMBERS,
        T::index,
        &mut map,
    )?;
    map.end()
}

fn write_all<M: SerializeMap>(
    payload: &dyn Written<M>,
    extra: &Extra,
    present: u32,
    members: &'static [Member],
    index_of: fn(&str) -> Option<u8>,
    map: &mut M,
) -> Result<(), M::Error> {
    let crossing = face::of_extra(extra);
    if crossing.is_some() || extra.is_plain() {
        for index in ones(present) {
            payload.write_member(index, map)?;
        }
        return match crossing.filter(|text| !text.is_empty()) {
            Some(text) => map.serialize_entry(face::EXTRA, &text),
            None => Ok(()),
        };
    }
    for step in extra.steps(present, index_of) {
        match step {
            Step::Known(index) => payload.write_member(index, map)?,
            Step::Null(index) => map.serialize_entry(name_of(members, index), &())?,
            Step::Raw(name, raw) => map.serialize_entry(name, raw)?,
        }
    }
    Ok(())
}

pub(super) fn set_json<T: Members>(
    payload: &mut T,
    member: &str,
    json: Option<&str>,
) -> Result<(), JsonError> {
    let misfit = || JsonError::misfit(member);
    let index = T::index(member).ok_or_else(misfit)?;
    let mut one = T::default();
    if let Some(json) = json {
        let raw: &RawValue = from_json_text(json)?;
        // The name is one of the table's and needs no escape.
        let object = format!("{{\"{member}\":{raw}}}");
        one = super::from_json(object.as_bytes()).map_err(|_| misfit())?;
        let set = one
            .present()
            .checked_shr(u32::from(index))
            .unwrap_or_default()
            & 1
            == 1;
        if !set && raw.get() != "null" {
            return Err(misfit());
        }
    }
    payload.take_from(index, &mut one);
    Ok(())
}

pub(super) fn debug<T: Members>(payload: &T, f: &mut fmt::Formatter<'_>) -> fmt::Result {
    let present = payload.present();
    let names = (0u32..).zip(T::MEMBERS).filter_map(|(bit, member)| {
        let set = present.checked_shr(bit).unwrap_or_default() & 1 == 1;
        set.then_some(member.name)
    });
    write!(f, "{} ", T::NAME)?;
    f.debug_set()
        .entries(names.chain(payload.extra().iter().map(|(name, _)| name)))
        .finish()
}

/// Declares payloads. `field: Type = "name"` is a member that the guide prints,
/// `field: Type = reading "name"` one that it does not.
macro_rules! payload {
    (@printed) => { true };
    (@printed reading) => { false };
    (@read $field:expr, $map:expr,) => { read_printed($field, $map) };
    (@read $field:expr, $map:expr, reading) => { read_reading($field, $map) };
    ($($(#[$meta:meta])* $name:ident {
        $($(#[$doc:meta])* $field:ident: $type:ty = $($mode:ident)? $json:literal,)*
    })+) => {$(
        $(#[$meta])*
        #[derive(Clone, Default, PartialEq)]
        #[cfg_attr(feature = "uniffi", derive(uniffi::Record), uniffi::export(Debug))]
        pub struct $name {
            $(
                $(#[$doc])*
                #[cfg_attr(feature = "uniffi", uniffi(default = None))]
                pub $field: Option<$type>,
            )*
            /// The members that have no type, in order.
            #[cfg_attr(feature = "uniffi", uniffi(default))]
            pub extra: $crate::model::Extra,
        }

        const _: () = {
            #[allow(unused_imports)]
            use $crate::model::payload::{
                debug, decode, encode, read_printed, read_reading, set_json, Member, Members,
                Payload, Read,
            };

            #[allow(non_camel_case_types, dead_code)]
            #[repr(u8)]
            enum Index { $($field,)* End }
            const _: () = assert!((Index::End as usize) <= $crate::model::extra::MOST_MEMBERS);

            impl Payload for $name {
                const NAME: &'static str = stringify!($name);
                const MEMBERS: &'static [Member] = &[$(Member {
                    name: $json,
                    printed: payload!(@printed $($mode)?),
                }),*];
                fn extra(&self) -> &$crate::model::Extra {
                    &self.extra
                }
                fn extra_mut(&mut self) -> &mut $crate::model::Extra {
                    &mut self.extra
                }
                fn set_json(
                    &mut self,
                    member: &str,
                    json: Option<&str>,
                ) -> Result<(), $crate::model::JsonError> {
                    set_json(self, member, json)
                }
            }

            impl Members for $name {
                fn index(name: &str) -> Option<u8> {
                    match name {
                        $($json => Some(Index::$field as u8),)*
                        _ => None,
                    }
                }
                #[allow(unused_variables)]
                fn read<'de, A: serde::de::MapAccess<'de>>(
                    &mut self,
                    index: u8,
                    map: &mut A,
                ) -> Result<Read, A::Error> {
                    $(if index == Index::$field as u8 {
                        return payload!(@read &mut self.$field, map, $($mode)?);
                    })*
                    Ok(Read::Null)
                }
                #[allow(unused_variables)]
                fn take_from(&mut self, index: u8, other: &mut Self) {
                    $(if index == Index::$field as u8 {
                        self.$field = other.$field.take();
                    })*
                }
                fn present(&self) -> u32 {
                    0 $(| u32::from(self.$field.is_some()) << (Index::$field as u8))*
                }
                #[allow(unused_variables)]
                fn write<M: serde::ser::SerializeMap>(
                    &self,
                    index: u8,
                    map: &mut M,
                ) -> Result<(), M::Error> {
                    $(if index == Index::$field as u8 {
                        return map.serialize_entry($json, &self.$field);
                    })*
                    Ok(())
                }
            }

            impl serde::Serialize for $name {
                fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
                    encode(self, serializer)
                }
            }

            impl<'de> serde::Deserialize<'de> for $name {
                fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
                    decode(deserializer)
                }
            }

            impl std::fmt::Debug for $name {
                fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                    debug(self, f)
                }
            }
        };
    )+};
}
pub(super) use payload;
