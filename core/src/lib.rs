//! The client core of Skifteportalen, the portal of the Danish courts for estates of deceased
//! persons (dødsboer) and compulsory dissolution of companies (tvangsopløsning).
//!
//! The core is sans-IO: it never opens a socket, reads a clock, a file or a random source. It builds
//! complete [`http::HttpRequest`]s, which the host sends through its own mutual-TLS stack, and turns
//! the [`http::HttpResponse`]s that come back into typed values or a typed
//! [`error::PortalError`]. Time and entropy are arguments, so the same inputs give the same bytes.
//!
//! A call flows through the modules in this order: [`certificate`] and [`auth`] say who calls,
//! [`api`] and [`model`] say what is called, [`rules`] checks the payload before it is sent,
//! [`session`] decides what to send next, and [`error`] explains a refusal.
//!
//! Facts about the portal cite its integration guide by section ("guide 3.1.1"). What the guide does
//! not say is marked as a reading.
#![forbid(unsafe_code)]

pub mod api;
pub mod auth;
pub mod certificate;
pub mod environment;
pub mod error;
pub mod http;
pub mod model;
mod order;
pub mod pdf;
pub mod rules;
pub mod secret;
pub mod session;
mod sorted;
pub mod text;

#[cfg(any(feature = "uniffi", feature = "dynamic"))]
mod boundary;
#[cfg(feature = "dynamic")]
pub mod dynamic;
#[cfg(any(feature = "uniffi", feature = "dynamic"))]
pub use boundary::*;
#[cfg(feature = "uniffi")]
uniffi::setup_scaffolding!();
