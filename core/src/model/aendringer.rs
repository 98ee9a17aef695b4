//! The question which dødsbojournaler have changed.

use serde::ser::{Error as _, SerializeMap};
use serde::{Serialize, Serializer};

use super::{DoedsbojournalId, Extra, Timestamp};

/// What `findChangedSince` asks: which of some dødsbojournaler have changed since a point in time.
///
/// That it takes ids and a point in time is known from the first page of the official
/// `doedsbojournal-oas.yaml` 1.3.0; what the two members are called is not. So the names are part of
/// the value: see [`AendringerNavne`].
///
/// ```
/// use skifteportal::model::{to_json, AendringerNavne, DoedsbojournalAendringer};
/// let query = DoedsbojournalAendringer {
///     ids: vec!["e25d84d3-7aec-4361-84da-93125cb83f08".parse().unwrap()],
///     siden: "2024-01-01T00:00:00Z".parse().unwrap(),
///     navne: AendringerNavne::new("a", "b").unwrap(),
///     extra: Default::default(),
/// };
/// let json = br#"{"a":["e25d84d3-7aec-4361-84da-93125cb83f08"],"b":"2024-01-01T00:00:00Z"}"#;
/// assert_eq!(to_json(&query), json);
/// ```
#[derive(Clone, Debug, PartialEq)]
#[cfg_attr(feature = "uniffi", derive(uniffi::Record), uniffi::export(Debug))]
pub struct DoedsbojournalAendringer {
    /// The dødsbojournaler in question.
    pub ids: Vec<DoedsbojournalId>,
    /// The point in time since which a change counts.
    pub siden: Timestamp,
    /// What the two members are called in JSON.
    pub navne: AendringerNavne,
    /// Further members, after the two.
    #[cfg_attr(feature = "uniffi", uniffi(default))]
    pub extra: Extra,
}

/// The JSON names of the members of [`DoedsbojournalAendringer`].
///
/// The default names, `doedsbojournalIder` and `tidspunkt`, are placeholders: nothing that is public
/// prints the real ones. Take them from the official OpenAPI file before the first real call.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct AendringerNavne {
    ids: String,
    siden: String,
    placeholders: bool,
}

/// Names of which one is empty, or which are the same.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("the two member names must differ and not be empty")]
pub struct AendringerNavneError;

impl AendringerNavne {
    /// The names of the member with the ids and of the one with the point in time.
    pub fn new(
        ids: impl Into<String>,
        siden: impl Into<String>,
    ) -> Result<Self, AendringerNavneError> {
        let (ids, siden) = (ids.into(), siden.into());
        if ids.is_empty() || siden.is_empty() || ids == siden {
            return Err(AendringerNavneError);
        }
        Ok(Self {
            ids,
            siden,
            placeholders: false,
        })
    }

    /// The name of the member with the ids.
    pub fn ids(&self) -> &str {
        &self.ids
    }

    /// The name of the member with the point in time.
    pub fn siden(&self) -> &str {
        &self.siden
    }

    /// Whether these are the placeholders. Names that the host has given are not, however they are
    /// spelled: the real ones may turn out to be the same.
    pub const fn are_placeholders(&self) -> bool {
        self.placeholders
    }
}

impl Default for AendringerNavne {
    fn default() -> Self {
        Self {
            ids: "doedsbojournalIder".to_owned(),
            siden: "tidspunkt".to_owned(),
            placeholders: true,
        }
    }
}

impl Serialize for DoedsbojournalAendringer {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut map = serializer.serialize_map(None)?;
        map.serialize_entry(&self.navne.ids, &self.ids)?;
        map.serialize_entry(&self.navne.siden, &self.siden)?;
        for (name, raw) in self.extra.iter() {
            if name != self.navne.ids && name != self.navne.siden {
                let raw: &serde_json::value::RawValue =
                    serde_json::from_str(raw).map_err(S::Error::custom)?;
                map.serialize_entry(name, raw)?;
            }
        }
        map.end()
    }
}
