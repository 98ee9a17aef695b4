//! Dødsboer: search, and what is filed to them (guide 4.3). All take the direct token.

use std::sync::Arc;

use skifteportal::api::{doedsbo, BilagUpload, Page, Sort};
use skifteportal::model::{
    BilagId, DoedsbojournalAendringer, DoedsbojournalId, DoedsbojournalQuery, Effektfortegnelse,
    EffektfortegnelseId, Forespoergsel, ForespoergselId, Krav, KravId, Proformaopgoerelse,
    ProformaopgoerelseId, Tilgodehavende, TilgodehavendeId,
};
use skifteportal::SkifteportalError;

use crate::group::group;
use crate::service::service;
use crate::{Checks, DoedsbojournalPageCall};

group! {
    /// Dødsboer: search, and what is filed to them (guide 4.3). All take the direct token.
    Doedsbo
}

#[uniffi::export]
impl Doedsbo {
    /// Searches for a dødsbo by CPR number, or by name and address (guide 4.3, 4.3.1). In which order
    /// it answers is the portal's choice where `sort` is empty.
    #[uniffi::method(default(sort = None))]
    pub fn search_bo(
        &self,
        query: &DoedsbojournalQuery,
        page: Page,
        checks: &Checks,
        sort: Option<Sort>,
    ) -> Result<Arc<DoedsbojournalPageCall>, SkifteportalError> {
        let sort = sort.unwrap_or_default();
        let call = doedsbo::search_bo_sorted(query, page, &sort, &checks.0)?;
        Ok(Arc::new(DoedsbojournalPageCall(call)))
    }

    /// Asks which of the given dødsbojournaler have changed since a point in time (the official
    /// `doedsbojournal-oas.yaml`). What the members of the question are called is not public: without
    /// names it is refused with `call.member_names_not_known`.
    pub fn find_changed_since(
        &self,
        query: &DoedsbojournalAendringer,
        page: Page,
        checks: &Checks,
    ) -> Result<Arc<DoedsbojournalPageCall>, SkifteportalError> {
        let call = doedsbo::find_changed_since(query, page, &checks.0)?;
        Ok(Arc::new(DoedsbojournalPageCall(call)))
    }
}

service! {
    Doedsbo, doedsbo;
    /// Files a krav (guide 4.1). It is answered with the whole entity, with its id and its kvittering.
    /// Not repeatable: sent twice, it files twice.
    file add_krav(journal: DoedsbojournalId; krav: Krav) -> KravCall;
    /// Fetches a krav (guide 4.1).
    ask get_krav(journal: DoedsbojournalId, id: KravId) -> KravCall;
    /// Fetches all krav that the caller may see (guide 4.1).
    ask get_all_krav(journal: DoedsbojournalId) -> KravListCall;
    /// Replaces a krav (guide 2.1, 4.1). The payload is the whole entity: what it leaves out may be gone, so
    /// change one that was fetched. The answer may be nothing.
    file update_krav(journal: DoedsbojournalId, id: KravId; krav: Krav) -> OptionalKravCall;
    /// Deletes a krav (guide 2.1, 4.1).
    ask delete_krav(journal: DoedsbojournalId, id: KravId) -> UnitCall;
    /// Uploads a bilag to a krav (guide 4.3.4): a PDF with a filename. The answer may be nothing.
    /// Not repeatable: sent twice, the bilag is there twice.
    upload upload_krav_bilag(journal: DoedsbojournalId, id: KravId) -> OptionalBilagCall;
    /// Lists the bilag of a krav (guide 4.3.4): ids and filenames.
    ask list_krav_bilag(journal: DoedsbojournalId, id: KravId) -> BilagListCall;
    /// Downloads a bilag of a krav (guide 4.3.4).
    ask download_krav_bilag(journal: DoedsbojournalId, id: KravId, bilag: BilagId) -> FileCall;
}

service! {
    Doedsbo, doedsbo;
    /// Files a tilgodehavende (guide 4.1: the same pattern). It is answered with the whole entity, with its id and its kvittering.
    /// Not repeatable: sent twice, it files twice.
    file add_tilgodehavende(journal: DoedsbojournalId; tilgodehavende: Tilgodehavende) -> TilgodehavendeCall;
    /// Fetches a tilgodehavende (guide 4.1: the same pattern).
    ask get_tilgodehavende(journal: DoedsbojournalId, id: TilgodehavendeId) -> TilgodehavendeCall;
    /// Fetches all tilgodehavender that the caller may see (guide 4.1: the same pattern).
    ask get_all_tilgodehavende(journal: DoedsbojournalId) -> TilgodehavendeListCall;
    /// Replaces a tilgodehavende (guide 2.1; 4.1: the same pattern). The payload is the whole entity: what it leaves out may be gone, so
    /// change one that was fetched. The answer may be nothing.
    file update_tilgodehavende(journal: DoedsbojournalId, id: TilgodehavendeId; tilgodehavende: Tilgodehavende) -> OptionalTilgodehavendeCall;
    /// Deletes a tilgodehavende (guide 2.1; 4.1: the same pattern).
    ask delete_tilgodehavende(journal: DoedsbojournalId, id: TilgodehavendeId) -> UnitCall;
    /// Uploads a bilag to a tilgodehavende (guide 4.3.4: as for krav): a PDF with a filename. The answer may be nothing.
    /// Not repeatable: sent twice, the bilag is there twice.
    upload upload_tilgodehavende_bilag(journal: DoedsbojournalId, id: TilgodehavendeId) -> OptionalBilagCall;
    /// Lists the bilag of a tilgodehavende (guide 4.3.4: as for krav): ids and filenames.
    ask list_tilgodehavende_bilag(journal: DoedsbojournalId, id: TilgodehavendeId) -> BilagListCall;
    /// Downloads a bilag of a tilgodehavende (guide 4.3.4: as for krav).
    ask download_tilgodehavende_bilag(journal: DoedsbojournalId, id: TilgodehavendeId, bilag: BilagId) -> FileCall;
}

service! {
    Doedsbo, doedsbo;
    /// Files an effektfortegnelse (guide 4.1: the same pattern). It is answered with the whole entity, with its id and its kvittering.
    /// Not repeatable: sent twice, it files twice.
    file add_effektfortegnelse(journal: DoedsbojournalId; effektfortegnelse: Effektfortegnelse) -> EffektfortegnelseCall;
    /// Fetches an effektfortegnelse (guide 4.1: the same pattern).
    ask get_effektfortegnelse(journal: DoedsbojournalId, id: EffektfortegnelseId) -> EffektfortegnelseCall;
    /// Fetches all effektfortegnelser that the caller may see (guide 4.1: the same pattern).
    ask get_all_effektfortegnelse(journal: DoedsbojournalId) -> EffektfortegnelseListCall;
    /// Replaces an effektfortegnelse (guide 4.1: the same pattern). The payload is the whole entity: what it leaves out may be gone, so
    /// change one that was fetched. The answer may be nothing.
    file update_effektfortegnelse(journal: DoedsbojournalId, id: EffektfortegnelseId; effektfortegnelse: Effektfortegnelse) -> OptionalEffektfortegnelseCall;
    /// Deletes an effektfortegnelse (guide 4.1: the same pattern).
    ask delete_effektfortegnelse(journal: DoedsbojournalId, id: EffektfortegnelseId) -> UnitCall;
    /// Uploads a bilag to an effektfortegnelse (guide 4.3.4: as for krav): a PDF with a filename. The answer may be nothing.
    /// Not repeatable: sent twice, the bilag is there twice.
    upload upload_effektfortegnelse_bilag(journal: DoedsbojournalId, id: EffektfortegnelseId) -> OptionalBilagCall;
    /// Lists the bilag of an effektfortegnelse (guide 4.3.4: as for krav): ids and filenames.
    ask list_effektfortegnelse_bilag(journal: DoedsbojournalId, id: EffektfortegnelseId) -> BilagListCall;
    /// Downloads a bilag of an effektfortegnelse (guide 4.3.4: as for krav).
    ask download_effektfortegnelse_bilag(journal: DoedsbojournalId, id: EffektfortegnelseId, bilag: BilagId) -> FileCall;
}

service! {
    Doedsbo, doedsbo;
    /// Files a forespørgsel (guide 2.1; 4.1: the same pattern). It is answered with the whole entity, with its id and its kvittering.
    /// Not repeatable: sent twice, it files twice.
    file add_forespoergsel(journal: DoedsbojournalId; forespoergsel: Forespoergsel) -> ForespoergselCall;
    /// Fetches a forespørgsel (guide 2.1; 4.1: the same pattern).
    ask get_forespoergsel(journal: DoedsbojournalId, id: ForespoergselId) -> ForespoergselCall;
    /// Fetches all forespørgsler that the caller may see (guide 2.1; 4.1: the same pattern).
    ask get_all_forespoergsel(journal: DoedsbojournalId) -> ForespoergselListCall;
    /// Uploads a bilag to a forespørgsel (guide 4.3.4: as for krav): a PDF with a filename. The answer may be nothing.
    /// Not repeatable: sent twice, the bilag is there twice.
    upload upload_forespoergsel_bilag(journal: DoedsbojournalId, id: ForespoergselId) -> OptionalBilagCall;
    /// Lists the bilag of a forespørgsel (guide 4.3.4: as for krav): ids and filenames.
    ask list_forespoergsel_bilag(journal: DoedsbojournalId, id: ForespoergselId) -> BilagListCall;
    /// Downloads a bilag of a forespørgsel (guide 4.3.4: as for krav).
    ask download_forespoergsel_bilag(journal: DoedsbojournalId, id: ForespoergselId, bilag: BilagId) -> FileCall;
}

service! {
    Doedsbo, doedsbo;
    /// Files a proformaopgørelse (guide 2.1; reading: by the pattern of 4.1). It is answered with the whole entity, with its id and its kvittering.
    /// Not repeatable: sent twice, it files twice.
    file add_proformaopgoerelse(journal: DoedsbojournalId; proformaopgoerelse: Proformaopgoerelse) -> ProformaopgoerelseCall;
    /// Fetches a proformaopgørelse (guide 2.1; reading: by the pattern of 4.1).
    ask get_proformaopgoerelse(journal: DoedsbojournalId, id: ProformaopgoerelseId) -> ProformaopgoerelseCall;
    /// Fetches all proformaopgørelser that the caller may see (guide 2.1; reading: by the pattern of 4.1).
    ask get_all_proformaopgoerelse(journal: DoedsbojournalId) -> ProformaopgoerelseListCall;
    /// Uploads a bilag to a proformaopgørelse (guide 2.1; reading: as for krav, 4.3.4): a PDF with a filename. The answer may be nothing.
    /// Not repeatable: sent twice, the bilag is there twice.
    upload upload_proformaopgoerelse_bilag(journal: DoedsbojournalId, id: ProformaopgoerelseId) -> OptionalBilagCall;
    /// Lists the bilag of a proformaopgørelse (guide 2.1; reading: as for krav, 4.3.4): ids and filenames.
    ask list_proformaopgoerelse_bilag(journal: DoedsbojournalId, id: ProformaopgoerelseId) -> BilagListCall;
    /// Downloads a bilag of a proformaopgørelse (guide 2.1; reading: as for krav, 4.3.4).
    ask download_proformaopgoerelse_bilag(journal: DoedsbojournalId, id: ProformaopgoerelseId, bilag: BilagId) -> FileCall;
}
