//! A real Keycloak for tests: started on loopback with mutual TLS, from an unpacked distribution.
//!
//! The portal's STS is a Keycloak (guide 3.1.2). Where a stock one differs from the guide, the suite
//! sets what the host can set: the audience is the realm's issuer URL, and `sub` is the client id.

mod realm;
mod server;
mod sts;

pub use realm::{Client, Realm};
pub use server::{Keycloak, Tls};
pub use sts::{base64, Sts, API_USER, SECRET, VARIANT_A};
