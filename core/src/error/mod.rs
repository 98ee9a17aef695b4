//! The catalogue of error codes and the decoding of any error answer.
//!
//! The guide lists 89 codes with a text for each (4.3.6, 4.4.4), but not how an answer carries them:
//! every operation's `default` response is `genericErrorResponse`, whose shape is not published. So
//! [`PortalError::decode`] takes any body at all: it walks JSON of any shape, reads pages and plain
//! text, finds known and unknown codes and the guide's texts, and recovers the texts' arguments.
//! OAuth's errors, the status, the headers and failures without an answer end in the same type.
//!
//! ```
//! use skifteportal::error::{Language, PortalError, Retry};
//! use skifteportal::http::HttpResponse;
//! use skifteportal::model::Timestamp;
//!
//! let body = r#"{"errors":[{"code":"doedsbo.f18",
//!     "message":"Bilaget overskrider den maksimalt tilladte størrelse (12 MB/10 MB)"}]}"#;
//! let response = HttpResponse::new(400, [("Content-Type", "application/json")], body);
//! let error = PortalError::decode(&response, Timestamp::from_unix(1_700_000_000));
//!
//! assert_eq!(error.retry(), Retry::AfterChange);
//! assert_eq!(error.bilag_limit().unwrap().limit, "10 MB");
//! assert!(error.explanation(Language::English).contains("Make the PDF smaller"));
//! ```

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
pub(crate) use header::retry_after_millis;
pub(crate) use redact::shown_within;

pub use found::{BilagLimit, FoundBy, FoundCode, ProblemDetails};
pub use kind::{ErrorKind, Fault, Language, Retry};
pub use oauth::OAuthError;
pub use portal_error::PortalError;
pub use refusal::TokenRefusal;
pub use transport::TransportFailure;
pub use unreadable::Unreadable;
