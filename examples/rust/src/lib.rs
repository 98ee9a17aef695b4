//! A host in Rust around the sans-IO core: reqwest sends what the core builds.
//!
//! [`Host`] is small enough to read in a sitting and to copy: every decision is the core's. It owns
//! what the core leaves to the host, which is the sockets, the clock and the random source.

mod claim;
mod config;
mod host;
mod tls;

pub use claim::{file_a_claim, safe_bilag, set_up};
pub use config::{Config, ConfigError, Likvidator, Party};
pub use host::{entropy, now, send, Host, HostFailure};
pub use tls::{client, failure, Pem};
