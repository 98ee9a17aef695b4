//! The catalogue, the typed calls, and what they send and read.

mod calls;
mod catalogue;
mod custom;
mod disposition;
mod outcomes;
mod requests;
mod tokens;
