//! Tvangsopløsning: krav and tilgodehavender of kreditors (guide 4.4.2).

use skifteportal::api::tvangsoploesning;
use skifteportal::model::{KravId, SagId, TilgodehavendeId, TvangKrav, TvangTilgodehavende};

use crate::group::group;
use crate::service::service;

group! {
    /// Tvangsopløsning: krav and tilgodehavender of kreditors (guide 4.4.2). All take the direct token.
    ///
    /// The guide prints no path of theirs: take each from the portal's
    /// `tvangsoploesning-dirigent-kreditor-oas.yaml` and set it in the environment. A bilag is uploaded
    /// to the dokumentlager first, and named by its id.
    Tvangsoploesning
}

service! {
    Tvangsoploesning, tvangsoploesning;
    /// Files a krav against a company (guide 4.4.2). It is answered with the whole entity, with its id and its kvittering.
    /// Not repeatable: sent twice, it files twice.
    file add_krav(sag: SagId; krav: TvangKrav) -> TvangKravCall;
    /// Fetches a krav against a company (guide 4.4.2).
    ask get_krav(sag: SagId, id: KravId) -> TvangKravCall;
    /// Fetches all krav that the caller may see (guide 4.4.2).
    ask get_all_krav(sag: SagId) -> TvangKravListCall;
    /// Replaces a krav against a company (guide 2.1; 4.1: the same pattern). The payload is the whole entity: what it leaves out may be gone, so
    /// change one that was fetched. The answer may be nothing.
    file update_krav(sag: SagId, id: KravId; krav: TvangKrav) -> OptionalTvangKravCall;
    /// Deletes a krav against a company (guide 2.1; 4.1: the same pattern).
    ask delete_krav(sag: SagId, id: KravId) -> UnitCall;
}

service! {
    Tvangsoploesning, tvangsoploesning;
    /// Files a tilgodehavende of a company (guide 4.4.2). It is answered with the whole entity, with its id and its kvittering.
    /// Not repeatable: sent twice, it files twice.
    file add_tilgodehavende(sag: SagId; tilgodehavende: TvangTilgodehavende) -> TvangTilgodehavendeCall;
    /// Fetches a tilgodehavende of a company (guide 4.4.2).
    ask get_tilgodehavende(sag: SagId, id: TilgodehavendeId) -> TvangTilgodehavendeCall;
    /// Fetches all tilgodehavender that the caller may see (guide 4.4.2).
    ask get_all_tilgodehavende(sag: SagId) -> TvangTilgodehavendeListCall;
    /// Replaces a tilgodehavende of a company (guide 2.1; 4.1: the same pattern). The payload is the whole entity: what it leaves out may be gone, so
    /// change one that was fetched. The answer may be nothing.
    file update_tilgodehavende(sag: SagId, id: TilgodehavendeId; tilgodehavende: TvangTilgodehavende) -> OptionalTvangTilgodehavendeCall;
    /// Deletes a tilgodehavende of a company (guide 2.1; 4.1: the same pattern).
    ask delete_tilgodehavende(sag: SagId, id: TilgodehavendeId) -> UnitCall;
}
