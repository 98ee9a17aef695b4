//! What crosses to .NET, Java and Kotlin: the behaviour of the core as objects. Its plain types cross as
//! they are; they derive their faces in the core.
//!
//! A binding converts, calls and converts. No rule of the portal is decided here.
#![allow(clippy::needless_pass_by_value)] // What crosses was made for this call alone.
#![allow(clippy::unused_self)] // Java calls methods of objects, not functions.

mod answer;
mod auth;
mod bytes;
mod call;
mod certificate;
mod custom;
mod defaults;
mod doedsbo;
mod dokumentlager;
mod entropy;
mod environment;
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
mod session;
mod shown;
mod text;
mod tvangsoploesning;

pub use answer::*;
pub use auth::{AssertionCheck, Auth, SignedAssertion, Token, UnsignedAssertion};
pub use bytes::Bytes;
pub use call::PreparedCall;
pub use certificate::{
    Certificate, Certificates, Chain, KeyStore, KeyStoreSettings, Name, PrivateKey,
};
pub use custom::{Catalogue, Custom};
pub use defaults::Defaults;
pub use doedsbo::Doedsbo;
pub use dokumentlager::Dokumentlager;
pub use environment::PortalEnvironment;
pub use failure::Errors;
pub use henvendelse::Henvendelser;
pub use http::{HeaderField, Http, HttpRequest, HttpResponse};
pub use payload::{AnyPayload, PayloadMember, Payloads};
pub use pdf::{Pdf, Profile, SanitizeOptions, SanitizedFile};
pub use rules::{Checks, Rules};
pub use sagslager::Sagslager;
pub use scalar::{Amounts, Dates, Ids, Times};
pub use session::{CallFailure, CallResult, Credentials, Session, SessionAction};
pub use text::{Filenames, Texts};
pub use tvangsoploesning::Tvangsoploesning;

uniffi::setup_scaffolding!();
skifteportal::uniffi_reexport_scaffolding!();
