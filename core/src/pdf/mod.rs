//! The pre-check of PDFs: what the portal would refuse, found before a bilag is sent.
//!
//! The portal scans every bilag (guide 4.3.5). See docs/PDF.md for what each line of the guide is read
//! to mean.

#![allow(dead_code)] // Until the check uses the reader.

mod crypt;
mod document;
mod entry;
mod filter;
mod flags;
mod kind;
mod lexer;
mod limits;
mod live;
mod names;
mod objstm;
mod open;
mod parse;
mod profile;
#[cfg(test)]
mod reader_tests;
mod report;
mod scan;
mod skim;
mod streams;
mod text;
mod trailers;
mod value;
mod xref;

pub use kind::{Kind, Presence, Severity};
pub use limits::{Limit, Limits};
pub use profile::Profile;
pub use report::{Encryption, Facts, Finding, Report, Undecidable, Verdict};
