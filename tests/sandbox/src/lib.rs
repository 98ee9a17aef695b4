//! A portal to run against.

pub mod caller;
pub mod clock;
pub mod fault;
pub mod pki;
pub mod portal;
