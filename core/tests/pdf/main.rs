//! The PDF check over documents that are written here, each for one thing, and over real ones.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)] // A test that cannot go on fails.

mod automatic;
mod builder;
mod collection;
mod cover;
mod files;
mod forms;
mod hidden;
mod limits;
mod links;
mod media;
mod ordinary;
mod scripts;
mod structure;
mod whole;

#[cfg(not(target_arch = "wasm32"))]
mod properties;
