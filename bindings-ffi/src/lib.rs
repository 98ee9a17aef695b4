//! What crosses to .NET, Java and Kotlin: the behaviour of the core as objects. Its plain types cross as
//! they are; they derive their faces in the core.
//!
//! A binding converts, calls and converts. No rule of the portal is decided here.

mod call;
mod http;

pub use call::PreparedCall;
pub use http::{HeaderField, HttpRequest, HttpResponse};

uniffi::setup_scaffolding!();
skifteportal::uniffi_reexport_scaffolding!();
