//! The members of a JSON object that have no type, and the order in which all members arrived.

use std::fmt;

use serde_json::value::RawValue;

use super::json::JsonError;
use crate::order;

/// Marks the next unknown member in [`Arrival::order`].
const UNKNOWN: u8 = 0xff;
/// Added to a known member's index in [`Arrival::order`] if it arrived as `null`.
const NULL: u8 = 0x40;
/// Known members fit one `u32` of bits.
pub(super) const MOST_MEMBERS: usize = 32;

/// The members of a payload that this crate has no type for, as raw JSON text, in the order in which
/// they arrived.
///
/// They are kept through decode, change and encode, in their place among the typed members. A host
/// uses them to read and send what the portal's guide does not print.
///
/// A member set here under the name of a typed member is written only while the typed field is
/// `None`; so `set("titel", "null")` sends an explicit `null`.
///
/// Two values are equal if they hold the same names with the same raw texts, in any order.
///
/// ```
/// use skifteportal::model::{from_json, to_json, Krav};
/// let mut krav: Krav = from_json(br#"{"nyt":{"a":1.50},"beloeb":123}"#).unwrap();
/// assert_eq!(krav.extra.get("nyt"), Some(r#"{"a":1.50}"#));
/// krav.extra.set("andet", "[true]").unwrap();
/// assert_eq!(to_json(&krav), br#"{"nyt":{"a":1.50},"beloeb":123,"andet":[true]}"#);
/// ```
#[derive(Clone, Default)]
pub struct Extra(Option<Box<Arrival>>);

/// How an object arrived, where that differs from its typed members in declared order.
#[derive(Clone, Default)]
struct Arrival {
    /// One byte per member: a known member's index, the same with [`NULL`], or [`UNKNOWN`].
    order: Vec<u8>,
    unknown: Vec<(Box<str>, Box<RawValue>)>,
}

/// One member to be written.
pub(super) enum Step<'a> {
    Known(u8),
    Null(u8),
    Raw(&'a str, &'a RawValue),
}

impl Extra {
    /// How many members there are.
    pub fn len(&self) -> usize {
        self.unknown().len()
    }

    /// Whether there are none.
    pub fn is_empty(&self) -> bool {
        self.unknown().is_empty()
    }

    /// Names and raw JSON texts, in order.
    pub fn iter(&self) -> impl Iterator<Item = (&str, &str)> {
        self.unknown()
            .iter()
            .map(|(name, raw)| (&**name, raw.get()))
    }

    /// The raw JSON text of a member; of the last one, if the name arrived twice.
    pub fn get(&self, name: &str) -> Option<&str> {
        let mut found = self.unknown().iter().rev();
        found.find(|(n, _)| **n == *name).map(|(_, raw)| raw.get())
    }

    /// Sets a member to a JSON text, in its place if there is one and else at the end.
    ///
    /// # Errors
    /// The text is not exactly one JSON value; nothing is changed then.
    pub fn set(&mut self, name: &str, json: &str) -> Result<(), JsonError> {
        let raw: Box<RawValue> = super::from_json(json.as_bytes())?;
        let unknown = &mut self.0.get_or_insert_default().unknown;
        match unknown.iter_mut().rev().find(|(n, _)| **n == *name) {
            Some((_, old)) => *old = raw,
            None => unknown.push((name.into(), raw)),
        }
        Ok(())
    }

    /// Removes every member of a name; whether there was one.
    pub fn remove(&mut self, name: &str) -> bool {
        let Some(arrival) = &mut self.0 else {
            return false;
        };
        let before = arrival.unknown.len();
        while let Some(at) = arrival.unknown.iter().position(|(n, _)| **n == *name) {
            arrival.unknown.remove(at);
            let mut marks = arrival.order.iter().enumerate();
            if let Some((place, _)) = marks.by_ref().filter(|(_, &c)| c == UNKNOWN).nth(at) {
                arrival.order.remove(place);
            }
        }
        arrival.unknown.len() < before
    }

    /// What crosses to another language: nothing where typed members in declared order are all there is,
    /// which is what most payloads are; else the order in hexadecimal, and the members as pairs in JSON.
    #[cfg(any(feature = "uniffi", feature = "dynamic"))]
    pub(crate) fn to_crossing(&self) -> String {
        use std::fmt::Write as _;
        let Some(arrival) = self.0.as_deref() else {
            return String::new();
        };
        let mut text = String::new();
        for code in &arrival.order {
            // Writing to a String cannot fail.
            let _ = write!(text, "{code:02x}");
        }
        let json = super::to_json(&arrival.unknown);
        text.push_str(std::str::from_utf8(&json).unwrap_or("[]"));
        text
    }

    /// The members as they crossed. The order is taken only where it can be one: a host may have made
    /// the text up.
    #[cfg(any(feature = "uniffi", feature = "dynamic"))]
    pub(crate) fn from_crossing(text: &str) -> Result<Self, JsonError> {
        if text.is_empty() {
            return Ok(Self(None));
        }
        let (order, members) = text.split_at(text.find('[').unwrap_or(text.len()));
        let unknown: Vec<(Box<str>, Box<RawValue>)> = super::from_json(members.as_bytes())?;
        let digits: Vec<u8> = order.bytes().collect();
        let order: Option<Vec<u8>> = digits
            .chunks(2)
            .map(|pair| u8::from_str_radix(std::str::from_utf8(pair).ok()?, 16).ok())
            .collect();
        let known = |code: &u8| *code == UNKNOWN || usize::from(*code & !NULL) < MOST_MEMBERS;
        let order = order.unwrap_or_default();
        let order = order.into_iter().filter(known).collect();
        Ok(Self(Some(Box::new(Arrival { order, unknown }))))
    }

    fn unknown(&self) -> &[(Box<str>, Box<RawValue>)] {
        self.0.as_deref().map_or(&[], |arrival| &arrival.unknown)
    }

    /// Whether typed members in declared order are all there is.
    pub(super) fn is_plain(&self) -> bool {
        self.0.is_none()
    }

    /// The members to write, given which known ones have a value. A known member that did not
    /// arrive comes after the member declared before it.
    pub(super) fn steps(&self, present: u32, index: fn(&str) -> Option<u8>) -> Vec<Step<'_>> {
        let Some(arrival) = self.0.as_deref() else {
            return ones(present).map(Step::Known).collect();
        };
        let mut order = arrival.order.clone();
        let mut placed = 0u32;
        for code in order.iter().filter(|&&c| c != UNKNOWN) {
            placed |= 1 << (code & !NULL);
        }
        for new in ones(present & !placed) {
            let before = |&(_, &c): &(usize, &u8)| c != UNKNOWN && (c & !NULL) < new;
            let nearest = order.iter().enumerate().filter(before);
            let at = nearest
                .max_by_key(|(_, &c)| c & !NULL)
                .map_or(0, |(at, _)| at + 1);
            order.insert(at, new);
        }
        let mut untyped = 0u32;
        for at in arrival.unknown.iter().filter_map(|(name, _)| index(name)) {
            untyped |= 1 << at;
        }
        let typed = |at: u8| present & (1 << at) != 0;
        let mut unknown = arrival.unknown.iter();
        let mut steps = Vec::with_capacity(order.len() + arrival.unknown.len());
        // A typed value outranks a raw one of the same name.
        let kept = |(name, _): &&(Box<str>, Box<RawValue>)| index(name).is_none_or(|at| !typed(at));
        for code in order {
            let at = code & !NULL;
            if code == UNKNOWN {
                if let Some(member) = unknown.next().filter(kept) {
                    steps.push(Step::Raw(&member.0, &member.1));
                }
            } else if typed(at) {
                steps.push(Step::Known(at));
            } else if code & NULL != 0 && untyped & (1 << at) == 0 {
                steps.push(Step::Null(at));
            }
        }
        steps.extend(unknown.filter(kept).map(|(name, raw)| Step::Raw(name, raw)));
        steps
    }
}

/// The indices of the bits that are set, ascending.
pub(super) fn ones(mut bits: u32) -> impl Iterator<Item = u8> {
    std::iter::from_fn(move || {
        let lowest = u8::try_from(bits.trailing_zeros())
            .ok()
            .filter(|_| bits != 0)?;
        bits &= bits - 1;
        Some(lowest)
    })
}

impl PartialEq for Extra {
    fn eq(&self, other: &Self) -> bool {
        let sorted = |extra: &'_ Self| {
            let mut members: Vec<(String, String)> = extra
                .iter()
                .map(|(name, raw)| (name.to_owned(), raw.to_owned()))
                .collect();
            order::sort(&mut members);
            members
        };
        self.len() == other.len() && (self.is_empty() || sorted(self) == sorted(other))
    }
}

impl Eq for Extra {}

impl fmt::Debug for Extra {
    /// Names only: values may be personal data.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_set()
            .entries(self.iter().map(|(name, _)| name))
            .finish()
    }
}

/// Collects an object's members while it is read. Nothing is allocated as long as known members
/// arrive in declared order and without `null`.
#[derive(Default)]
pub(super) struct Arriving {
    seen: u32,
    next: u8,
    arrival: Option<Box<Arrival>>,
}

impl Arriving {
    pub(super) fn has(&self, index: u8) -> bool {
        self.seen & (1 << index) != 0
    }

    pub(super) fn known(&mut self, index: u8, null: bool) {
        if null || self.arrival.is_some() || index < self.next {
            let code = if null { index | NULL } else { index };
            self.arrival().order.push(code);
        }
        self.next = index + 1;
        self.seen |= 1 << index;
    }

    pub(super) fn unknown(&mut self, name: Box<str>, raw: Box<RawValue>) {
        let arrival = self.arrival();
        arrival.order.push(UNKNOWN);
        arrival.unknown.push((name, raw));
    }

    /// A known member whose value does not fit its type.
    pub(super) fn misfit(&mut self, index: u8, name: &str, raw: Box<RawValue>) {
        self.unknown(name.into(), raw);
        self.seen |= 1 << index;
    }

    fn arrival(&mut self) -> &mut Arrival {
        let seen = self.seen;
        self.arrival.get_or_insert_with(|| {
            let mut order = Vec::with_capacity(MOST_MEMBERS / 2);
            order.extend(ones(seen));
            Box::new(Arrival {
                order,
                unknown: Vec::with_capacity(1),
            })
        })
    }

    pub(super) fn finish(mut self) -> Extra {
        if let Some(arrival) = &mut self.arrival {
            arrival.order.shrink_to_fit();
            arrival.unknown.shrink_to_fit();
        }
        Extra(self.arrival)
    }
}
