//! The catalogue of operations and the typed calls.
//!
//! A function of [`doedsbo`], [`tvangsoploesning`], [`dokumentlager`], [`sagslager`] or
//! [`henvendelse`] makes a [`Call`]. Its payload is held to the portal's rules there and then, all
//! of them at once ([`CallError::Rules`]). [`PreparedCall::to_request`] then needs the environment
//! and a token of the kind that the operation takes, and [`Call::outcome`] reads the answer.
//!
//! The [`catalogue`](catalogue()) tells of every operation where it is known from. Nothing of it is
//! invented: an operation that the guide names without its path has none
//! ([`Provenance::Assumed`]) until the host sets it from the portal's official OpenAPI file, and
//! operations that only that file knows are called by [`custom`](custom()).

mod call;
mod call_error;
mod catalogue;
mod custom;
pub mod disposition;
pub mod doedsbo;
pub mod dokumentlager;
pub mod henvendelse;
#[cfg(feature = "dynamic")]
pub(crate) mod named;
mod notes;
mod operation;
mod paging;
mod prepared;
mod resource;
pub mod sagslager;
mod service;
pub mod tvangsoploesning;
mod upload;

pub use call::{Call, DownloadedFile, RawAnswer};
pub use call_error::CallError;
pub use catalogue::{catalogue, operation};
pub use custom::{custom, CustomBody, CustomCall};
pub use operation::{Effect, OperationSpec, Provenance};
pub use paging::{Page, Paged, Sort, TOTAL_COUNT_HEADER};
pub use prepared::PreparedCall;
pub use service::{services, Service, ServiceInfo, TokenRule};
pub use upload::BilagUpload;
