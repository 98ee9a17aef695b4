//! The catalogue, the typed calls, and what they send and read.
// What the property tests alone use.
#![cfg_attr(target_arch = "wasm32", allow(unused_imports, dead_code))]
#![allow(clippy::unwrap_used, clippy::panic)] // clippy.toml allows them in test functions, not in their helpers

mod calls;
mod catalogue;
mod custom;
mod disposition;
mod outcomes;
mod requests;
mod tokens;
