//! The Rust host against the sandbox portal, over real mutual TLS.

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    reason = "tests"
)]

mod bilag;
mod cancel;
mod claim;
mod clock;
mod concurrency;
mod faults;
mod filings;
mod handshake;
mod kreditor;
mod likvidator;
mod rate_limit;
mod refusals;
mod search;
mod secrets;
mod tokens;
