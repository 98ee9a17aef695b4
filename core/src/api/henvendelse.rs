//! Henvendelser to the court and its answers (guide 4.5.4). They take the delegated token of the
//! likvidator who writes.
//!
//! ```
//! use skifteportal::api::henvendelse;
//! use skifteportal::auth::{Token, TokenKind};
//! use skifteportal::environment::Environment;
//! use skifteportal::model::{from_json, Henvendelsestraad, Timestamp};
//! use skifteportal::rules::Checks;
//!
//! let now: Timestamp = "2026-03-02T10:00:00Z".parse().unwrap();
//! let traad: Henvendelsestraad = from_json(
//!     br#"{"sagId":"ddf07fc5-d4af-43b0-9d55-44637c1fb2a8","emneord":"Ring venligst",
//!          "henvendelser":[{"tekst":"Ring venligst."}]}"#,
//! )
//! .unwrap();
//! let call = henvendelse::add_traad(&traad, &Checks::at(now)).unwrap();
//! let direct = Token::new("abc".into(), TokenKind::Direct, None).unwrap();
//! let error = call.prepared().to_request(&Environment::test(), Some(&direct)).unwrap_err();
//! assert_eq!(error.code(), "call.wrong_token_kind");
//! ```

use super::call::Call;
use super::call_error::CallError;
use super::catalogue::Operation;
use super::prepared::Builder;
use super::resource::{by_name, with_payload};
use crate::model::{Henvendelsestraad, HenvendelsestraadId};
use crate::rules::Checks;

/// Opens a henvendelsestråd on a sag (guide 4.5.4: POST of `/henvendelseTraade`). Its documents are
/// uploaded to the [`dokumentlager`](super::dokumentlager) first.
///
/// What it is answered with is not stated; `None` where that is no JSON object. Not repeatable: sent
/// twice, the court gets it twice.
pub fn add_traad(
    traad: &Henvendelsestraad,
    checks: &Checks,
) -> Result<Call<Option<Henvendelsestraad>>, CallError> {
    with_payload(Operation::AddHenvendelseTraad, &[], traad, checks).map(Call::maybe_json)
}

/// Fetches a henvendelsestråd with the court's answers (guide 4.5.4 "hente svar på disse"). The
/// guide names no operation and no path; set it with
/// [`Environment::with_path`](crate::environment::Environment::with_path) under
/// `henvendelse.getHenvendelseTraad`, its parameter named `henvendelsestraadId`.
pub fn get_traad(id: &HenvendelsestraadId) -> Call<Henvendelsestraad> {
    Call::json(Builder::new(Operation::GetHenvendelseTraad, &[id]))
}

by_name! { AddHenvendelseTraad, given => add_traad(&given.payload()?, given.checks())? }
by_name! { GetHenvendelseTraad, given => get_traad(&given.id()?) }
