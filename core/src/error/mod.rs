//! The catalogue of error codes and the decoding of any error answer.

pub mod catalogue;
mod catalogue_doedsbo;
mod catalogue_handling;
mod catalogue_sag;
mod decode;
mod found;
mod kind;
mod oauth;
mod portal_error;
mod transport;
mod unreadable;

pub use catalogue::CodeEntry;
pub use found::{BilagLimit, FoundBy, FoundCode, ProblemDetails};
pub use kind::{ErrorKind, Fault, Language, Retry};
pub use oauth::{OAuthError, TokenRefusal};
pub use portal_error::PortalError;
pub use transport::TransportFailure;
pub use unreadable::Unreadable;
