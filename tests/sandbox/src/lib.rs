//! A portal to run against: Skifteportalen's three hosts on loopback, with fictive data.
//!
//! The STS (`sysauth`) with real mutual TLS, the exchange service (`auth`) and the API host (`api`)
//! answer on three ports, a control endpoint on a fourth. What is verified, what is made up and how
//! to use it is in the crate's README.
//!
//! Nothing here uses the client core: the sandbox is the independent other side.

pub mod api_host;
pub mod caller;
pub mod clock;
mod control;
mod directory;
pub mod fault;
pub mod options;
pub mod pki;
pub mod portal;
pub mod request_log;
mod sandbox;
mod server;
mod shared;
mod sts;
mod tls;

pub use options::{Ports, RateLimit, SandboxOptions};
pub use sandbox::{RunningSandbox, Sandbox, StartError, ADGANGSPROFIL_ID, OTHER_ADGANGSPROFIL_ID};
pub use tls::ServerCertificate;
