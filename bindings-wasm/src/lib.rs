//! The core for JavaScript.
//!
//! A class here holds what has behaviour or is a secret, and only converts. Values cross as JSON, in the
//! faces of [`skifteportal::dynamic`], and are objects on the other side. What is thrown is made there too:
//! see `failure::set_failure_factory`.
//!
//! What wasm-bindgen would say of the types is not enough, since it sees values as `any`. Their
//! declarations are generated from the core's types, and those of the classes stand in the package.
// Arguments that JavaScript gives away are taken, or it would hold on to what is not there any more.
#![allow(clippy::needless_pass_by_value)]
// A class has no name in the documentation of a module that nobody reads as Rust.
#![allow(clippy::new_without_default)]
// wasm-bindgen exports public items alone, and nobody reaches them as Rust.
#![allow(unreachable_pub)]

mod failure;
#[cfg(any(feature = "pdf", feature = "check"))]
mod pdf;
#[cfg(any(feature = "pdf", feature = "check"))]
mod profile;
mod value;

#[cfg(feature = "whole")]
mod assertion;
#[cfg(feature = "whole")]
mod auth;
#[cfg(feature = "whole")]
mod call;
#[cfg(feature = "whole")]
mod certificate;
#[cfg(feature = "whole")]
mod chain;
#[cfg(feature = "whole")]
mod checks;
#[cfg(feature = "whole")]
mod credentials;
#[cfg(feature = "whole")]
mod environment;
#[cfg(feature = "whole")]
mod explain;
#[cfg(feature = "whole")]
mod http;
#[cfg(feature = "whole")]
mod key;
#[cfg(feature = "whole")]
mod payload;
#[cfg(feature = "whole")]
mod rules;
#[cfg(feature = "whole")]
mod scalar;
#[cfg(feature = "whole")]
mod session;
#[cfg(feature = "whole")]
mod store;
#[cfg(feature = "whole")]
mod text;
