//! Every operation by its name, with JSON for its arguments and its outcome; behind the feature `dynamic`.
//!
//! This is for bindings to languages in which JSON is at home. They reach every operation through
//! [`call`], and every payload through [`Payloads`], without code of their own for each; what is added to
//! the core is there by itself, since the table is fed by what declares the operations.
//!
//! The JSON here is a *face*: that of the portal, but for amounts, which are texts (`"12345.60"`), and for
//! the members that have no type, which are one opaque text in the member `extra`. Values that are no
//! payloads have the faces that [`face`] writes: members in camel case, cases of an enumeration in snake
//! case, and the case of one with data in the member `type`.
//!
//! ```
//! use skifteportal::dynamic::{self, Answer};
//! use skifteportal::http::HttpResponse;
//! use skifteportal::model::Timestamp;
//! use skifteportal::rules::Checks;
//!
//! let now: Timestamp = "2026-03-02T10:00:00Z".parse().unwrap();
//! let arguments = r#"{
//!     "doedsbojournalId": "e25d84d3-7aec-4361-84da-93125cb83f08",
//!     "payload": {"beloeb": "123.50", "opgjortdato": "2026-02-27"}
//! }"#;
//! let checks = Checks::at(now);
//! let call = dynamic::call("doedsbojournal.addKrav", arguments, None, &checks).unwrap();
//! assert_eq!(call.prepared().operation().key, "doedsbojournal.addKrav");
//!
//! let answer = HttpResponse::new(201, [("", "")], r#"{"id":"4b97d591","beloeb":123.50}"#);
//! match call.outcome(&answer, now).unwrap() {
//!     Answer::Value(face) => assert_eq!(face, r#"{"id":"4b97d591","beloeb":"123.50"}"#),
//!     other => panic!("{other:?}"),
//! }
//! ```

mod custom;
mod payloads;

pub use crate::api::named::{call, Answer, DynamicCall};
pub use custom::custom;
pub use payloads::{ExtraMembers, Payloads};

use serde::de::DeserializeOwned;
use serde::Serialize;

use crate::model::{from_face, to_face};
use crate::SkifteportalError;

/// The face of a value that is no payload: a report, a refusal, the summary of a certificate.
///
/// ```
/// use skifteportal::dynamic::face;
/// use skifteportal::session::SessionSettings;
/// assert!(face(&SessionSettings::default()).contains("\"maxAttempts\":4"));
/// ```
pub fn face<T: Serialize + ?Sized>(value: &T) -> String {
    to_face(value)
}

/// The value of a face: settings, a failure of the network, part of a payload.
pub fn of_face<T: DeserializeOwned>(face: &str) -> Result<T, SkifteportalError> {
    Ok(from_face(face)?)
}
