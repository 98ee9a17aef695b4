//! The catalogue of error codes and the decoding of any error answer.

mod beside;
mod body;
pub mod catalogue;
mod catalogue_doedsbo;
mod catalogue_handling;
mod catalogue_sag;
mod code;
mod decode;
mod explain;
mod found;
mod header;
mod html;
mod json;
mod kind;
mod oauth;
mod portal_error;
mod redact;
mod refusal;
mod rule;
mod scan;
mod template;
mod text;
mod transport;
mod unreadable;

pub use catalogue::CodeEntry;
pub use found::{BilagLimit, FoundBy, FoundCode, ProblemDetails};
pub use kind::{ErrorKind, Fault, Language, Retry};
pub use oauth::OAuthError;
pub use portal_error::PortalError;
pub use refusal::TokenRefusal;
pub use transport::TransportFailure;
pub use unreadable::Unreadable;
