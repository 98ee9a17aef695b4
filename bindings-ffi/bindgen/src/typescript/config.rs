//! `[bindings.typescript]` of a crate's `uniffi.toml`.

use std::collections::BTreeMap;

use serde::Deserialize;

/// How a crate's types look in TypeScript.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub(crate) struct Config {
    /// Types that are written as they stand here, in place of what the metadata says.
    pub(crate) types: BTreeMap<String, String>,
    /// Records whose members are spelled as in Rust, and are left out where they are empty.
    pub(crate) snake: Vec<String>,
    /// Enums of which only some values are known: their values are in capitals.
    pub(crate) open: Vec<String>,
    /// Members and cases of other names, by `Type.name`.
    pub(crate) rename: BTreeMap<String, String>,
    /// Types of members, by `Type.member`, in place of what the metadata says.
    pub(crate) members: BTreeMap<String, String>,
    /// Members that may be left out and have no default in the metadata.
    pub(crate) optional: Vec<String>,
    /// Types that JavaScript does not see.
    pub(crate) hidden: Vec<String>,
    /// The services whose methods make calls, with their keys in the catalogue.
    pub(crate) services: BTreeMap<String, String>,
    /// Methods whose operation has another name than theirs, by `Service.method`.
    pub(crate) operations: BTreeMap<String, String>,
}
