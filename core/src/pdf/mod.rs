//! The pre-check of PDFs: what the portal would refuse, found before a bilag is sent.
//!
//! The portal scans every bilag (guide 4.3.5). See docs/PDF.md for what each line of the guide is read
//! to mean.

mod check;
// Until the check uses all of it.
#[allow(dead_code)]
mod document;
mod explain;
#[allow(dead_code)]
mod filter;
#[allow(dead_code)]
mod flags;
mod kind;
mod limits;
mod profile;
mod report;
#[allow(dead_code)]
mod sanitize;
#[allow(dead_code)]
mod value;

pub use kind::{Kind, Presence, Severity};
pub use limits::{Limit, Limits};
pub use profile::Profile;
pub use report::{Encryption, Facts, Finding, Report, Undecidable, Verdict};
