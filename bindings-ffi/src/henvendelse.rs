//! Henvendelser to the court and its answers (guide 4.5.4).

use skifteportal::api::henvendelse;
use skifteportal::model::{Henvendelsestraad, HenvendelsestraadId};

use crate::group::group;
use crate::service::service;

group! {
    /// Henvendelser to the court and its answers (guide 4.5.4). They take the delegated token of the
    /// likvidator who writes.
    Henvendelser
}

service! {
    Henvendelser, henvendelse;
    /// Opens a henvendelsestråd on a sag (guide 4.5.4). Its documents are uploaded to the
    /// dokumentlager first. The answer may be nothing. Not repeatable: sent twice, the court gets it
    /// twice.
    file add_traad(; traad: Henvendelsestraad) -> OptionalHenvendelsestraadCall;
    /// Fetches a henvendelsestråd with the court's answers (guide 4.5.4). The guide names no path; set
    /// it in the environment under `henvendelse.getHenvendelseTraad`, its parameter named
    /// `henvendelsestraadId`.
    ask get_traad(id: HenvendelsestraadId) -> HenvendelsestraadCall;
}
