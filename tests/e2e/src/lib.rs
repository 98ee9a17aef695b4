//! What the end-to-end tests share: a sandbox portal of their own, the Rust host around the core, and
//! the sandbox's word on what was filed.
//!
//! The tests hold what the host reports against what the sandbox remembers. The sandbox shares no
//! code with the core.

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::missing_panics_doc,
    reason = "support of tests, which fail by panicking"
)]

mod cast;
mod faults;
mod keys;
mod truth;
mod world;

pub use cast::{environment, quick, Cast};
pub use faults::{always, once};
pub use keys::{pki, Stores};
pub use truth::Truth;
pub use world::World;

/// A PDF that the portal takes.
pub const FAKTURA: &[u8] = include_bytes!("../../../examples/rust/data/faktura.pdf");
/// The same with a script in it, which the portal refuses.
pub const FAKTURA_MED_JAVASCRIPT: &[u8] =
    include_bytes!("../../../examples/rust/data/faktura-med-javascript.pdf");
/// A PDF that opens only with a password.
pub const LAAST: &[u8] = include_bytes!("../../sandbox/tests/data/pdf/issue3371.pdf");
