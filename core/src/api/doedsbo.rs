//! Dødsboer: search, and what is filed to them (guide 4.3). All take the direct token.
//!
//! ```
//! use skifteportal::api::{doedsbo, BilagUpload, Page};
//! use skifteportal::auth::{Token, TokenKind};
//! use skifteportal::environment::Environment;
//! use skifteportal::http::HttpResponse;
//! use skifteportal::model::{DoedsbojournalQuery, Krav, Timestamp};
//! use skifteportal::rules::Checks;
//!
//! let now: Timestamp = "2026-03-02T10:00:00Z".parse().unwrap();
//! let checks = Checks::at(now);
//! let environment = Environment::test();
//! let token = Token::new("abc".into(), TokenKind::Direct, None).unwrap();
//!
//! // Find the dødsbo.
//! let query = DoedsbojournalQuery {
//!     cpr_nummer: Some("4634875520".parse().unwrap()),
//!     ..Default::default()
//! };
//! let call = doedsbo::search_bo(&query, Page::first(), &checks).unwrap();
//! let request = call.prepared().to_request(&environment, Some(&token)).unwrap();
//! assert_eq!(request.url, "https://api.test-minskiftesag.net/doedsbojournaler");
//! assert_eq!(request.body, br#"{"cprNummer":"4634875520"}"#);
//!
//! // The host sends it; this is what came back.
//! let body = r#"[{"id":"e25d84d3-7aec-4361-84da-93125cb83f08","retskredsId":"1183"}]"#;
//! let answer = HttpResponse::new(200, [("X-Total-Count", "1")], body);
//! let found = call.outcome(&answer, now).unwrap();
//! assert_eq!(found.total, Some(1));
//! let journal = found.items[0].id.clone().unwrap();
//!
//! // File a krav to it, and then a bilag to the krav.
//! let krav = Krav {
//!     beloeb: Some("123.00".parse().unwrap()),
//!     opgjortdato: Some("2026-02-27".parse().unwrap()),
//!     ..Default::default()
//! };
//! let call = doedsbo::add_krav(&journal, &krav, &checks).unwrap();
//! let answer = HttpResponse::new(201, [("", "")], r#"{"id":"4b97d591-1b88-4b70-81bc-7a4c4a227627"}"#);
//! let krav_id = call.outcome(&answer, now).unwrap().id.unwrap();
//! let upload = BilagUpload::new("Faktura.pdf", &b"%PDF-1.7\n..."[..]);
//! let call = doedsbo::upload_krav_bilag(&journal, &krav_id, upload, &checks).unwrap();
//! let request = call.prepared().to_request(&environment, Some(&token)).unwrap();
//! assert_eq!(request.header("Content-Type"), Some("application/pdf"));
//! assert_eq!(
//!     request.header("Content-Disposition"),
//!     Some("attachment; filename=\"Faktura.pdf\"")
//! );
//! ```

use super::call::{Call, DownloadedFile};
use super::call_error::CallError;
use super::catalogue::Operation;
use super::paging::{Page, Paged, Sort};
use super::prepared::Builder;
use super::resource::{bilag, by_name, changed, filed, with_payload, with_pdf};
use super::upload::{BilagUpload, PDF};
use crate::http::Query;
use crate::model::{
    Bilag, BilagId, Doedsbojournal, DoedsbojournalAendringer, DoedsbojournalId,
    DoedsbojournalQuery, Effektfortegnelse, EffektfortegnelseId, Forespoergsel, ForespoergselId,
    Krav, KravId, Proformaopgoerelse, ProformaopgoerelseId, Tilgodehavende, TilgodehavendeId,
};
use crate::rules::Checks;

/// Searches for a dødsbo by CPR number, or by name and address (guide 4.3, 4.3.1).
pub fn search_bo(
    query: &DoedsbojournalQuery,
    page: Page,
    checks: &Checks,
) -> Result<Call<Paged<Doedsbojournal>>, CallError> {
    search_bo_sorted(query, page, &Sort::default(), checks)
}

/// [`search_bo`] in an order of the caller's (query `sort` and `direction`).
pub fn search_bo_sorted(
    query: &DoedsbojournalQuery,
    page: Page,
    sort: &Sort,
    checks: &Checks,
) -> Result<Call<Paged<Doedsbojournal>>, CallError> {
    let paging = sort.add_to(page.add_to(Query::new()));
    let builder = with_payload(Operation::SearchBo, &[], query, checks)?;
    Ok(Call::paged(builder.query(paging)))
}

/// Asks which of the given dødsbojournaler have changed since a point in time (the official
/// `doedsbojournal-oas.yaml`; the guide does not speak of it).
///
/// What the two members of the query are called is not public, and a guess is not sent: while they
/// are the placeholders of [`AendringerNavne`](crate::model::AendringerNavne)'s default, this is
/// refused with [`CallError::MemberNamesNotKnown`].
pub fn find_changed_since(
    query: &DoedsbojournalAendringer,
    page: Page,
    checks: &Checks,
) -> Result<Call<Paged<Doedsbojournal>>, CallError> {
    if query.navne.are_placeholders() {
        let spec = Operation::FindChangedSince.spec();
        return Err(CallError::MemberNamesNotKnown {
            operation: spec.key.to_string(),
            open_api_file: spec.service.info().open_api_file.to_owned(),
        });
    }
    let builder = with_payload(Operation::FindChangedSince, &[], query, checks)?;
    Ok(Call::paged(builder.query(page.add_to(Query::new()))))
}

by_name! {
    SearchBo,
    given => search_bo_sorted(&given.payload()?, given.page()?, &given.sort()?, given.checks())?
}
by_name! {
    FindChangedSince,
    given => find_changed_since(&given.aendringer()?, given.page()?, given.checks())?
}

filed! {
    journal: DoedsbojournalId, krav: Krav, KravId, "a krav", "krav", "guide 4.1";
    add_krav = AddKrav,
    get_krav = GetKrav,
    get_all_krav = GetAllKrav,
}
changed! {
    journal: DoedsbojournalId, krav: Krav, KravId, "a krav", "guide 2.1, 4.1";
    update_krav = UpdateKrav,
    delete_krav = DeleteKrav,
}
bilag! {
    journal: DoedsbojournalId, KravId, "a krav", "guide 4.3.4";
    upload_krav_bilag = AddBilagForKrav,
    list_krav_bilag = GetAllBilagForKrav,
    download_krav_bilag = GetBilagForKrav,
}

filed! {
    journal: DoedsbojournalId, tilgodehavende: Tilgodehavende, TilgodehavendeId, "a tilgodehavende", "tilgodehavender",
    "guide 4.1: the same pattern";
    add_tilgodehavende = AddTilgodehavende,
    get_tilgodehavende = GetTilgodehavende,
    get_all_tilgodehavende = GetAllTilgodehavende,
}
changed! {
    journal: DoedsbojournalId, tilgodehavende: Tilgodehavende, TilgodehavendeId, "a tilgodehavende",
    "guide 2.1; 4.1: the same pattern";
    update_tilgodehavende = UpdateTilgodehavende,
    delete_tilgodehavende = DeleteTilgodehavende,
}
bilag! {
    journal: DoedsbojournalId, TilgodehavendeId, "a tilgodehavende", "guide 4.3.4: as for krav";
    upload_tilgodehavende_bilag = AddBilagForTilgodehavende,
    list_tilgodehavende_bilag = GetAllBilagForTilgodehavende,
    download_tilgodehavende_bilag = GetBilagForTilgodehavende,
}

filed! {
    journal: DoedsbojournalId, effektfortegnelse: Effektfortegnelse, EffektfortegnelseId, "an effektfortegnelse",
    "effektfortegnelser", "guide 4.1: the same pattern";
    add_effektfortegnelse = AddEffektfortegnelse,
    get_effektfortegnelse = GetEffektfortegnelse,
    get_all_effektfortegnelse = GetAllEffektfortegnelse,
}
changed! {
    journal: DoedsbojournalId, effektfortegnelse: Effektfortegnelse, EffektfortegnelseId, "an effektfortegnelse",
    "guide 4.1: the same pattern; 2.1 names this for krav and tilgodehavender only";
    update_effektfortegnelse = UpdateEffektfortegnelse,
    delete_effektfortegnelse = DeleteEffektfortegnelse,
}
bilag! {
    journal: DoedsbojournalId, EffektfortegnelseId, "an effektfortegnelse", "guide 4.3.4: as for krav";
    upload_effektfortegnelse_bilag = AddBilagForEffektfortegnelse,
    list_effektfortegnelse_bilag = GetAllBilagForEffektfortegnelse,
    download_effektfortegnelse_bilag = GetBilagForEffektfortegnelse,
}

// No update and no delete: guide 2.1 has forespørgsler sent in, and names changing and deleting for
// krav and tilgodehavender only.
filed! {
    journal: DoedsbojournalId, forespoergsel: Forespoergsel, ForespoergselId, "a forespørgsel", "forespørgsler",
    "guide 2.1; 4.1: the same pattern";
    add_forespoergsel = AddForespoergsel,
    get_forespoergsel = GetForespoergsel,
    get_all_forespoergsel = GetAllForespoergsel,
}
bilag! {
    journal: DoedsbojournalId, ForespoergselId, "a forespørgsel", "guide 4.3.4: as for krav";
    upload_forespoergsel_bilag = AddBilagForForespoergsel,
    list_forespoergsel_bilag = GetAllBilagForForespoergsel,
    download_forespoergsel_bilag = GetBilagForForespoergsel,
}

// No update and no delete: guide 4.1 does not name proformaopgørelser at all; 2.1 and doedsbo.f35
// have them filed.
filed! {
    journal: DoedsbojournalId, proformaopgoerelse: Proformaopgoerelse, ProformaopgoerelseId, "a proformaopgørelse",
    "proformaopgørelser", "guide 2.1; reading: by the pattern of 4.1";
    add_proformaopgoerelse = AddProformaopgoerelse,
    get_proformaopgoerelse = GetProformaopgoerelse,
    get_all_proformaopgoerelse = GetAllProformaopgoerelse,
}
bilag! {
    journal: DoedsbojournalId, ProformaopgoerelseId, "a proformaopgørelse",
    "guide 2.1; reading: as for krav, 4.3.4";
    upload_proformaopgoerelse_bilag = AddBilagForProformaopgoerelse,
    list_proformaopgoerelse_bilag = GetAllBilagForProformaopgoerelse,
    download_proformaopgoerelse_bilag = GetBilagForProformaopgoerelse,
}
