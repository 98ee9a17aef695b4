//! What the fuzzers of the PDF check run, as plain functions over bytes.
//!
//! Each target panics where something that must hold does not. Two users call them: the fuzzers of
//! `core/fuzz`, which need a nightly toolchain and search for inputs by coverage, and this crate's own
//! tests, which run the seeds, a fixed number of mutations of them, and every input that once failed.

#![allow(
    clippy::format_push_string,
    clippy::format_collect,
    reason = "the files that are built are small, and their syntax is easier to read in one piece"
)]

mod choices;
mod document;
mod encode;
mod encrypt;
mod invariants;
mod mutation;
mod objects;
mod remedy;
mod seeds;
mod syntax;
mod tables;
mod targets;

pub use choices::Choices;
pub use document::{build, build_with, Built};
pub use mutation::{mutated, Numbers};
pub use seeds::{regressions, seeds, tokens};
pub use targets::{target, Input, Target, TARGETS};
