//! What a check found.

use std::collections::BTreeMap;

use serde::Serialize;

use super::{Kind, Limit, Presence, Severity};
use crate::order;

/// What a check found.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[non_exhaustive]
#[cfg_attr(feature = "uniffi", derive(uniffi::Record))]
pub struct Report {
    /// What to expect of the portal.
    pub verdict: Verdict,
    /// Why the file could not be judged, if the verdict is [`Verdict::Undecidable`].
    #[serde(skip_serializing_if = "Option::is_none")]
    pub undecidable: Option<Undecidable>,
    /// The findings: what the document leads to first, in the order in which it leads there.
    pub findings: Vec<Finding>,
    /// How many findings there are of each kind, those that are not listed included.
    pub counts: BTreeMap<Kind, u64>,
    /// What the file is.
    pub facts: Facts,
}

impl Report {
    /// The codes that the portal would answer with for the findings that refuse the file (guide 4.3.6),
    /// each once, in their order.
    pub fn codes(&self) -> Vec<&'static str> {
        let mut codes: Vec<&'static str> = self
            .findings
            .iter()
            .filter(|finding| finding.severity == Severity::Refused)
            .filter_map(|finding| finding.code)
            .collect();
        order::sort(&mut codes);
        codes.dedup();
        codes
    }
}

/// What to expect of the portal.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize)]
#[serde(rename_all = "snake_case")]
#[cfg_attr(feature = "uniffi", derive(uniffi::Enum))]
pub enum Verdict {
    /// Nothing was found that the portal's guide lists.
    Accepted,
    /// Something was found that the guide's words may or may not mean.
    AtRisk,
    /// The portal refuses this file.
    Refused,
    /// The check could not see all of the file, and found nothing in the rest that refuses it.
    Undecidable,
}

/// Why a file could not be judged.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize)]
#[serde(rename_all = "snake_case")]
#[non_exhaustive]
#[cfg_attr(feature = "uniffi", derive(uniffi::Enum))]
pub enum Undecidable {
    /// A limit of the check was reached.
    Limit(Limit),
    /// Parts of the file that may hold something are unreadable: an object stream that does not unpack,
    /// an encryption that the check does not know.
    Unreadable,
}

/// One finding.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[non_exhaustive]
#[cfg_attr(feature = "uniffi", derive(uniffi::Record))]
pub struct Finding {
    /// What it is about.
    pub kind: Kind,
    /// What it weighs under the profile.
    pub severity: Severity,
    /// The code that the portal would answer with, where there is one (guide 4.3.6).
    #[serde(skip_serializing_if = "Option::is_none")]
    pub code: Option<&'static str>,
    /// The object that holds it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub object: Option<u32>,
    /// That object's generation.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub generation: Option<u16>,
    /// The page that it belongs to, from 1.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub page: Option<u32>,
    /// The revision of the file that its object is in, from 1.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub revision: Option<u32>,
    /// Whether the document leads to it.
    pub presence: Presence,
    /// The way by which the document leads to it, such as `Root/Names/JavaScript/Names[1]` or
    /// `Page 3/Annots[2]/A/Next`; for one that nothing leads to, its object, such as `Object 12`.
    pub path: String,
    /// A short piece of it that is safe to show: printable characters alone, CPR numbers and the like
    /// redacted.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub excerpt: Option<String>,
}

/// What a file is.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
#[non_exhaustive]
#[allow(clippy::struct_excessive_bools)] // Each is a fact of its own.
#[cfg_attr(feature = "uniffi", derive(uniffi::Record))]
pub struct Facts {
    /// Its size in bytes.
    pub size: u64,
    /// The version that applies, such as `1.7`: the header's or the catalog's, whichever is later.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub version: Option<String>,
    /// The number of its pages, counted and not taken from its word for it.
    pub pages: u32,
    /// The number of its indirect objects, over all revisions.
    pub objects: u32,
    /// How it is encrypted.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub encryption: Option<Encryption>,
    /// It holds a digital signature.
    pub signed: bool,
    /// It is tagged (it says so in `/MarkInfo`).
    pub tagged: bool,
    /// The part of PDF/A that it claims to be, such as `2b`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub pdfa: Option<String>,
    /// It is linearised ("fast web view").
    pub linearised: bool,
    /// How many revisions it holds: 1 plus the incremental updates.
    pub revisions: u32,
    /// Its cross-reference data is missing or wrong and was rebuilt.
    pub repaired: bool,
    /// It holds a form (`/AcroForm` with fields).
    pub form: bool,
}

/// How a file is encrypted (ISO 32000-2, 7.6).
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[non_exhaustive]
#[cfg_attr(feature = "uniffi", derive(uniffi::Record))]
pub struct Encryption {
    /// Such as `RC4-40`, `RC4-128`, `AES-128`, `AES-256`, or the name of a security handler.
    pub method: String,
    /// The revision of the standard security handler, 2 to 6.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub revision: Option<u8>,
    /// It opens without a password.
    pub opens: bool,
}
