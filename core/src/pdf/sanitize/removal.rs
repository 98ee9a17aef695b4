//! What was removed.

use serde::Serialize;

use crate::pdf::{Kind, Presence};

/// One thing that [`sanitize`](super::sanitize) removed. Numbers and paths are those of the file that was
/// given, not of the result.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[non_exhaustive]
#[cfg_attr(feature = "uniffi", derive(uniffi::Record))]
pub struct Removal {
    /// What it was.
    pub kind: Kind,
    /// The object that held it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub object: Option<u32>,
    /// That object's generation.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub generation: Option<u16>,
    /// The page that it belonged to, from 1.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub page: Option<u32>,
    /// Whether the document led to it.
    pub presence: Presence,
    /// Where it was, as in [`Finding::path`](crate::pdf::Finding::path).
    pub path: String,
    /// A short piece of it that is safe to show.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub excerpt: Option<String>,
}
