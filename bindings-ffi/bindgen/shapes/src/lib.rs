//! Every shape of type that the generators know, to be carried over and back.
// What crosses the boundary is owned, so values are taken where a reference would do.
#![allow(clippy::needless_pass_by_value, clippy::implicit_hasher)]

pub mod callbacks;
pub mod errors;
pub mod objects;
pub mod values;

uniffi::setup_scaffolding!();
