//! What crosses to .NET, Java and Kotlin: the behaviour of the core as objects. Its plain types cross as
//! they are; they derive their faces in the core.
//!
//! A binding converts, calls and converts. No rule of the portal is decided here.
// Functions are methods of objects that hold nothing, because Java cannot call others.
#![allow(clippy::unused_self)]
// What crosses is made for the call, and belongs to it.
#![allow(clippy::needless_pass_by_value)]

mod answer;
mod call;
mod custom;
mod doedsbo;
mod dokumentlager;
mod failure;
mod group;
mod henvendelse;
mod http;
mod memory;
mod payload;
mod pdf;
mod rules;
mod sagslager;
mod scalar;
mod service;
mod text;
mod tvangsoploesning;

pub use answer::*;
pub use call::PreparedCall;
pub use custom::{Catalogue, Custom};
pub use doedsbo::Doedsbo;
pub use dokumentlager::Dokumentlager;
pub use failure::Errors;
pub use henvendelse::Henvendelser;
pub use http::{HeaderField, HttpRequest, HttpResponse};
pub use payload::{AnyPayload, PayloadMember, Payloads};
pub use pdf::{Pdf, Profile, SanitizeOptions, SanitizedFile};
pub use rules::{Checks, Rules};
pub use sagslager::Sagslager;
pub use scalar::{Amounts, Dates, Ids, Times};
pub use text::{Filenames, Texts};
pub use tvangsoploesning::Tvangsoploesning;

uniffi::setup_scaffolding!();
skifteportal::uniffi_reexport_scaffolding!();
