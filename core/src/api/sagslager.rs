//! The Sagshylde: search of sager (guide 2.3, 4.5.1). It takes either token.
//!
//! The guide names the operations and prints no path: take each from the portal's
//! `sagslager-oas.yaml` and set it with
//! [`Environment::with_path`](crate::environment::Environment::with_path).
//!
//! ```
//! use skifteportal::api::sagslager;
//! use skifteportal::auth::{Token, TokenKind};
//! use skifteportal::environment::Environment;
//! use skifteportal::model::{SagsQuery, Timestamp};
//! use skifteportal::rules::Checks;
//!
//! let now: Timestamp = "2026-03-02T10:00:00Z".parse().unwrap();
//! let query = SagsQuery { cvr_nummer: Some("11111111".parse().unwrap()), ..Default::default() };
//! let call = sagslager::soeg_sager(&query, &Checks::at(now)).unwrap();
//!
//! // The path as the host's OpenAPI file has it; this one is made up.
//! let test = Environment::test().with_path("sagslager.soegSager", "/made-up/soeg").unwrap();
//! let token = Token::new("abc".into(), TokenKind::Delegated, None).unwrap();
//! let request = call.prepared().to_request(&test, Some(&token)).unwrap();
//! assert_eq!(request.url, "https://api.test-minskiftesag.net/made-up/soeg");
//! ```

use super::call::Call;
use super::call_error::CallError;
use super::catalogue::Operation;
use super::paging::Paged;
use super::prepared::Builder;
use super::resource::{by_name, with_payload};
use crate::model::{Sag, SagsQuery};
use crate::rules::Checks;

/// `soegSager`: searches for sager by CVR number or name (guide 4.5.1).
///
/// Reading: a POST with a JSON body, after `searchBo`. Where the OpenAPI file says otherwise, use
/// [`custom`](super::custom()). Parameters of paging are not known, so none are sent.
pub fn soeg_sager(query: &SagsQuery, checks: &Checks) -> Result<Call<Paged<Sag>>, CallError> {
    with_payload(Operation::SoegSager, &[], query, checks).map(Call::paged)
}

/// `hentSager`: the sager that concern the token's holder, such as a likvidator or a kreditor
/// (guide 4.5.1).
pub fn hent_sager() -> Call<Paged<Sag>> {
    Call::paged(Builder::new(Operation::HentSager, &[]))
}

by_name! { SoegSager, given => soeg_sager(&given.payload()?, given.checks())? }
by_name! { HentSager, _given => hent_sager() }
