//! Pairs of texts, which other languages have no common type for.

use std::fmt;

use super::SkifteportalError;
use crate::model::AendringerNavne;

/// A name with its value: a parameter of a path, a pair of a query, a field of a form. Its text form
/// shows the name alone: the value may be personal data.
#[derive(Clone, PartialEq, Eq)]
#[cfg_attr(feature = "uniffi", derive(uniffi::Record), uniffi::export(Debug))]
#[cfg_attr(
    feature = "dynamic",
    derive(serde::Deserialize),
    serde(deny_unknown_fields)
)]
pub struct NamedValue {
    /// The name.
    pub name: String,
    /// The value, not encoded.
    pub value: String,
}

impl fmt::Debug for NamedValue {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}=[redacted]", self.name)
    }
}

/// A pair as the core has it.
#[cfg(feature = "uniffi")]
pub type ValuePair = (String, String);
#[cfg(feature = "uniffi")]
uniffi::custom_type!(ValuePair, NamedValue, {
    remote,
    try_lift: |pair| Ok((pair.name, pair.value)),
    lower: |pair| NamedValue { name: pair.0, value: pair.1 },
});

/// What the two members of a question for changes are called in JSON. Without them they are not known,
/// and the question is not sent.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
#[cfg_attr(feature = "uniffi", derive(uniffi::Record))]
#[cfg_attr(
    feature = "dynamic",
    derive(serde::Deserialize),
    serde(deny_unknown_fields, default)
)]
pub struct MemberNames {
    /// The name of the member with the ids.
    #[cfg_attr(feature = "uniffi", uniffi(default = None))]
    pub ids: Option<String>,
    /// The name of the member with the point in time.
    #[cfg_attr(feature = "uniffi", uniffi(default = None))]
    pub siden: Option<String>,
}

impl TryFrom<MemberNames> for AendringerNavne {
    type Error = SkifteportalError;

    fn try_from(names: MemberNames) -> Result<Self, SkifteportalError> {
        match (names.ids, names.siden) {
            (None, None) => Ok(Self::default()),
            (ids, siden) => Self::new(ids.unwrap_or_default(), siden.unwrap_or_default())
                .map_err(|error| SkifteportalError::input("member_names", &error)),
        }
    }
}

#[cfg(feature = "uniffi")]
uniffi::custom_type!(AendringerNavne, MemberNames, {
    try_lift: |names| Ok(names.try_into()?),
    lower: |names| {
        let given = |name: &str| (!names.are_placeholders()).then(|| name.to_owned());
        MemberNames { ids: given(names.ids()), siden: given(names.siden()) }
    },
});
