//! A payload of any type. What only passes payloads on is compiled once for it, and not for each type.

use std::fmt;

use serde::de::{DeserializeSeed, SeqAccess, Visitor};
use serde::{Deserialize, Deserializer, Serialize, Serializer};

// All payloads, whichever there are.
#[allow(clippy::wildcard_imports)]
use crate::model::*;
use crate::rules::{check, Checks, RuleViolation};

/// A payload that has a case in [`AnyPayload`].
pub(crate) trait Typed: Payload {
    const TYPE: Type;
    fn of(any: AnyPayload) -> Option<Self>;
}

macro_rules! any_payload {
    (@check checked, $payload:ident, $checks:ident) => { check(&**$payload, $checks) };
    (@check plain, $payload:ident, $checks:ident) => { Vec::new() };
    ($($name:ident $variant:ident $rules:ident;)+) => {
        /// A type of payload.
        #[derive(Clone, Copy)]
        pub(crate) enum Type { $($name,)+ }

        impl Type {
            pub(crate) const ALL: &[Self] = &[$(Self::$name,)+];

            pub(crate) const fn name(self) -> &'static str {
                match self {
                    $(Self::$name => $name::NAME,)+
                }
            }

            pub(crate) const fn members(self) -> &'static [Member] {
                match self {
                    $(Self::$name => $name::MEMBERS,)+
                }
            }
        }

        /// A payload of any type.
        pub(crate) enum AnyPayload { $($name(Box<$name>),)+ }

        impl AnyPayload {
            /// The rules that it breaks.
            pub(crate) fn check(&self, checks: &Checks) -> Vec<RuleViolation> {
                match self {
                    $(#[allow(unused_variables)]
                    Self::$name(payload) => any_payload!(@check $rules, payload, checks),)+
                }
            }
        }

        impl Serialize for AnyPayload {
            fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
                match self {
                    $(Self::$name(payload) => payload.serialize(serializer),)+
                }
            }
        }

        impl<'de> DeserializeSeed<'de> for Type {
            type Value = AnyPayload;
            #[inline(never)]
            fn deserialize<D: Deserializer<'de>>(self, from: D) -> Result<AnyPayload, D::Error> {
                match self {
                    $(Self::$name => Box::deserialize(from).map(AnyPayload::$name),)+
                }
            }
        }

        $(impl Typed for $name {
            const TYPE: Type = Type::$name;
            fn of(any: AnyPayload) -> Option<Self> {
                match any {
                    AnyPayload::$name(payload) => Some(*payload),
                    _ => None,
                }
            }
        })+
    };
}
crate::for_all_payloads!(any_payload);

/// Reads a list of payloads.
pub(crate) struct ListOf(pub(crate) Type);

impl<'de> DeserializeSeed<'de> for ListOf {
    type Value = Vec<AnyPayload>;
    fn deserialize<D: Deserializer<'de>>(self, from: D) -> Result<Self::Value, D::Error> {
        from.deserialize_seq(self)
    }
}

impl<'de> Visitor<'de> for ListOf {
    type Value = Vec<AnyPayload>;
    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a list")
    }
    fn visit_seq<A: SeqAccess<'de>>(self, mut items: A) -> Result<Self::Value, A::Error> {
        let mut read = Vec::new();
        while let Some(item) = items.next_element_seed(self.0)? {
            read.push(item);
        }
        Ok(read)
    }
}
