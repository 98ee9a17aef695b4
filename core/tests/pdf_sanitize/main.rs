//! The remedy for PDFs that the portal would refuse, from outside.
#![allow(clippy::unwrap_used)] // A test that cannot go on fails.

mod sanitize;
mod sanitize_files;
mod sanitize_structure;
mod written;
