//! Ids of the portal's entities, one type each, so that a krav's id cannot stand for a bilag's.

use std::fmt;
use std::hash::{Hash, Hasher};
use std::str::FromStr;

use serde::{de, Deserialize, Deserializer, Serialize, Serializer};

use crate::http::check_segment;

/// A text that cannot be an id: empty, longer than 128 bytes, or with a character that could leave a
/// URL's path segment.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("an id is 1 to 128 characters of letters, digits, hyphen, point, underscore or tilde")]
pub struct IdError;

/// A UUID in its canonical lower-case form takes 16 bytes; any other id is kept as text.
#[derive(Clone, PartialEq, Eq, Hash, PartialOrd, Ord)]
enum Repr {
    Uuid([u8; 16]),
    Text(Box<str>),
}

const HYPHENS: [usize; 4] = [8, 13, 18, 23];

impl Repr {
    fn read(text: &str) -> Result<Self, IdError> {
        if let Some(uuid) = canonical_uuid(text) {
            return Ok(Self::Uuid(uuid));
        }
        let unreserved = |b: u8| b.is_ascii_alphanumeric() || b"-._~".contains(&b);
        if text.len() > 128 || !text.bytes().all(unreserved) || check_segment(text).is_err() {
            return Err(IdError);
        }
        Ok(Self::Text(text.into()))
    }
}

fn canonical_uuid(text: &str) -> Option<[u8; 16]> {
    let bytes = text.as_bytes();
    if bytes.len() != 36 || HYPHENS.iter().any(|&at| bytes[at] != b'-') {
        return None;
    }
    let mut uuid = [0u8; 16];
    let mut hex = bytes
        .iter()
        .enumerate()
        .filter(|(at, _)| !HYPHENS.contains(at));
    for slot in &mut uuid {
        let mut nibble = || match *hex.next()?.1 {
            b @ b'0'..=b'9' => Some(b - b'0'),
            b @ b'a'..=b'f' => Some(b - b'a' + 10),
            _ => None,
        };
        *slot = nibble()? << 4 | nibble()?;
    }
    Some(uuid)
}

impl fmt::Display for Repr {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Text(text) => f.write_str(text),
            Self::Uuid(uuid) => {
                let mut text = [0u8; 36];
                let mut at = 0;
                for byte in uuid {
                    if HYPHENS.contains(&at) {
                        text[at] = b'-';
                        at += 1;
                    }
                    for nibble in [byte >> 4, byte & 15] {
                        text[at] = b"0123456789abcdef"[usize::from(nibble)];
                        at += 1;
                    }
                }
                f.write_str(std::str::from_utf8(&text).unwrap_or_default())
            }
        }
    }
}

macro_rules! ids {
    ($($(#[$meta:meta])* $name:ident;)+) => {$(
        $(#[$meta])*
        #[derive(Clone, PartialOrd, Ord)]
        pub struct $name(Repr);

        impl $name {
            /// Reads an id; see [`IdError`] for what is refused.
            pub fn new(text: &str) -> Result<Self, IdError> {
                Repr::read(text).map(Self)
            }
        }

        impl PartialEq for $name {
            fn eq(&self, other: &Self) -> bool {
                self.0 == other.0
            }
        }

        impl Eq for $name {}

        impl Hash for $name {
            fn hash<H: Hasher>(&self, state: &mut H) {
                self.0.hash(state);
            }
        }

        impl FromStr for $name {
            type Err = IdError;
            fn from_str(text: &str) -> Result<Self, IdError> {
                Self::new(text)
            }
        }

        impl fmt::Display for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                fmt::Display::fmt(&self.0, f)
            }
        }

        impl fmt::Debug for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                fmt::Display::fmt(&self.0, f)
            }
        }

        impl Serialize for $name {
            fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
                serializer.collect_str(self)
            }
        }

        impl<'de> Deserialize<'de> for $name {
            fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
                super::parse_str(deserializer, "an id", |text| {
                    Self::new(text).map_err(|e| de::Error::custom(e))
                })
            }
        }
    )+};
}

ids! {
    /// Of a dødsbojournal: a UUID (guide 4.3.2).
    DoedsbojournalId;
    /// Of a krav.
    KravId;
    /// Of a tilgodehavende.
    TilgodehavendeId;
    /// Of an effektfortegnelse.
    EffektfortegnelseId;
    /// Of a forespørgsel.
    ForespoergselId;
    /// Of a proformaopgørelse.
    ProformaopgoerelseId;
    /// Of a bilag.
    BilagId;
    /// Of a document in the dokumentlager (guide 4.5.7).
    DokumentId;
    /// Of a sag: a UUID (guide 2.3).
    SagId;
    /// Of a henvendelsestråd (guide 4.5.4).
    HenvendelsestraadId;
    /// Of a likvidator's adgangsprofil, as found in Samarbejdsportalen (guide 3.2.3).
    AdgangsprofilId;
    /// Of a person, issued by the CPR office (guide 4.5.2); no CPR number.
    PersonId;
    /// Of an address: its id in the Danish address register (guide 4.5.3).
    AdresseId;
    /// Of a retskreds, such as `1183` (guide 4.3.2).
    RetskredsId;
}
