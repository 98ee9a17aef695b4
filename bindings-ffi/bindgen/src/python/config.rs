//! `[bindings.python]` of a crate's `uniffi.toml`.

use std::collections::BTreeMap;

use serde::Deserialize;

/// How one crate looks in Python.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub(crate) struct Config {
    /// What custom types are; one that is not named is what it crosses as.
    pub(crate) custom: BTreeMap<String, Custom>,
    /// Records that cannot be pickled, because a file would keep what they hold.
    pub(crate) secret: Vec<String>,
    /// Python names by Rust names: `Type` or `Error.Case`.
    pub(crate) rename: BTreeMap<String, String>,
    /// What sends calls; without it there are only the calls themselves.
    pub(crate) operations: Option<Operations>,
}

/// What a custom type is in Python; each crosses as a text.
#[derive(Clone, Debug, Deserialize)]
#[serde(tag = "kind", rename_all = "snake_case", deny_unknown_fields)]
pub(crate) enum Custom {
    /// What it crosses as.
    Transparent,
    /// A `str` of a class of its own.
    Id {
        /// Its documentation, which uniffi does not keep.
        doc: String,
    },
    /// A `decimal.Decimal`.
    Decimal,
    /// A `datetime.date`.
    Date,
    /// A class that is written by hand, made of its text.
    Class {
        /// What else a constructor of a record takes for it, with the function that makes one of it.
        takes: Option<String>,
    },
}

/// What the classes that send calls are written against.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Operations {
    /// The object of which a caller makes one of its own where none is given.
    pub(crate) checks: String,
}
