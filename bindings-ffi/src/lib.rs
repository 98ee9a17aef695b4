//! What crosses to .NET, Java and Kotlin: the behaviour of the core as objects. Its plain types cross as
//! they are; they derive their faces in the core.
//!
//! A binding converts, calls and converts. No rule of the portal is decided here.
#![allow(clippy::needless_pass_by_value)] // What crosses was made for this call alone.
#![allow(clippy::unused_self)] // Java calls methods of objects, not functions.

mod auth;
mod call;
mod certificate;
mod defaults;
mod entropy;
mod environment;
mod http;
mod session;

pub use auth::{AssertionCheck, Auth, SignedAssertion, Token, UnsignedAssertion};
pub use call::PreparedCall;
pub use certificate::{
    Certificate, Certificates, Chain, KeyStore, KeyStoreSettings, Name, PrivateKey,
};
pub use defaults::Defaults;
pub use environment::PortalEnvironment;
pub use http::{HeaderField, Http, HttpRequest, HttpResponse, NamedValue};
pub use session::{CallFailure, CallResult, Credentials, Session, SessionAction};

uniffi::setup_scaffolding!();
skifteportal::uniffi_reexport_scaffolding!();
