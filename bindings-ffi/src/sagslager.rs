//! The Sagshylde: search of sager (guide 2.3, 4.5.1).

use skifteportal::api::sagslager;
use skifteportal::model::SagsQuery;

use crate::group::group;
use crate::service::service;

group! {
    /// The Sagshylde: search of sager (guide 2.3, 4.5.1). It takes either token. The guide prints no
    /// path of its operations: take each from the portal's `sagslager-oas.yaml` and set it in the
    /// environment.
    Sagslager
}

service! {
    Sagslager, sagslager;
    /// Searches for sager by CVR number or name (guide 4.5.1). Reading: a POST with a JSON body.
    file soeg_sager(; query: SagsQuery) -> SagPageCall;
    /// The sager that concern the token's holder, such as a likvidator or a kreditor (guide 4.5.1).
    ask hent_sager() -> SagPageCall;
}
