//! Pairs of texts, which other languages have no common type for.

use std::fmt;

use super::SkifteportalError;
use crate::model::AendringerNavne;

/// A name with its value: a parameter of a path, a pair of a query, a field of a form. Its text form
/// shows the name alone: the value may be personal data.
#[derive(Clone, PartialEq, Eq, uniffi::Record)]
#[uniffi::export(Debug)]
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
pub type ValuePair = (String, String);
uniffi::custom_type!(ValuePair, NamedValue, {
    remote,
    try_lift: |pair| Ok((pair.name, pair.value)),
    lower: |pair| NamedValue { name: pair.0, value: pair.1 },
});

/// What the two members of a question for changes are called in JSON. Without them they are not known,
/// and the question is not sent.
#[derive(Clone, Debug, PartialEq, Eq, uniffi::Record)]
pub struct MemberNames {
    /// The name of the member with the ids.
    #[uniffi(default = None)]
    pub ids: Option<String>,
    /// The name of the member with the point in time.
    #[uniffi(default = None)]
    pub siden: Option<String>,
}

uniffi::custom_type!(AendringerNavne, MemberNames, {
    try_lift: |names| match (names.ids, names.siden) {
        (None, None) => Ok(AendringerNavne::default()),
        (ids, siden) => AendringerNavne::new(ids.unwrap_or_default(), siden.unwrap_or_default())
            .map_err(|error| SkifteportalError::input("member_names", &error).into()),
    },
    lower: |names| {
        let given = |name: &str| (!names.are_placeholders()).then(|| name.to_owned());
        MemberNames { ids: given(names.ids()), siden: given(names.siden()) }
    },
});
