//! Tvangsopløsning: krav and tilgodehavender of kreditors (guide 4.4.2). All take the direct token.
//!
//! The guide names the operations and prints no path: take each from the portal's
//! `tvangsoploesning-dirigent-kreditor-oas.yaml` and set it with
//! [`Environment::with_path`](crate::environment::Environment::with_path). Until then
//! `to_request` answers [`CallError::PathNotKnown`], and nothing is sent.
//!
//! A bilag is uploaded to the [`dokumentlager`](super::dokumentlager) first, and named by its id.
//!
//! ```
//! use skifteportal::api::{dokumentlager, tvangsoploesning, BilagUpload};
//! use skifteportal::auth::{Token, TokenKind};
//! use skifteportal::environment::Environment;
//! use skifteportal::http::HttpResponse;
//! use skifteportal::model::{Timestamp, TvangKrav};
//! use skifteportal::rules::Checks;
//!
//! let now: Timestamp = "2026-03-02T10:00:00Z".parse().unwrap();
//! let checks = Checks::at(now);
//! let token = Token::new("abc".into(), TokenKind::Direct, None).unwrap();
//!
//! let upload = BilagUpload::new("Faktura.pdf", &b"%PDF-1.7\n..."[..]);
//! let call = dokumentlager::add_v2(upload, &checks).unwrap();
//! let answer = HttpResponse::new(201, [("", "")], r#"{"id":"52cd5ed9-41b5-4cbf-a68e-2da142ad05ad"}"#);
//! let dokument = call.outcome(&answer, now).unwrap();
//!
//! let krav = TvangKrav {
//!     beloeb: Some("5000".parse().unwrap()),
//!     bilag: dokument.id.map(|id| vec![id]),
//!     ..Default::default()
//! };
//! let sag = "ddf07fc5-d4af-43b0-9d55-44637c1fb2a8".parse().unwrap();
//! let call = tvangsoploesning::add_krav(&sag, &krav, &checks).unwrap();
//!
//! let test = Environment::test();
//! let error = call.prepared().to_request(&test, Some(&token)).unwrap_err();
//! assert_eq!(error.code(), "call.path_not_known");
//!
//! // The path as the host's OpenAPI file has it; this one is made up.
//! let test = test.with_path("tvangsoploesning-dirigent-kreditor.addKrav", "/made-up/{sagId}/krav").unwrap();
//! let request = call.prepared().to_request(&test, Some(&token)).unwrap();
//! assert_eq!(
//!     request.url,
//!     "https://api.test-minskiftesag.net/made-up/ddf07fc5-d4af-43b0-9d55-44637c1fb2a8/krav"
//! );
//! ```

use super::call::Call;
use super::call_error::CallError;
use super::catalogue::Operation;
use super::prepared::Builder;
use super::resource::{by_name, changed, filed, with_payload};
use crate::model::{KravId, SagId, TilgodehavendeId, TvangKrav, TvangTilgodehavende};
use crate::rules::Checks;

filed! {
    sag: SagId, krav: TvangKrav, KravId, "a krav against a company", "krav", "guide 4.4.2; 4.1: the same pattern";
    add_krav = KreditorAddKrav,
    get_krav = KreditorGetKrav,
    get_all_krav = KreditorGetAllKrav,
}
changed! {
    sag: SagId, krav: TvangKrav, KravId, "a krav against a company", "guide 2.1; 4.1: the same pattern";
    update_krav = KreditorUpdateKrav,
    delete_krav = KreditorDeleteKrav,
}

filed! {
    sag: SagId, tilgodehavende: TvangTilgodehavende, TilgodehavendeId, "a tilgodehavende of a company",
    "tilgodehavender", "guide 4.4.2; 4.1: the same pattern";
    add_tilgodehavende = KreditorAddTilgodehavende,
    get_tilgodehavende = KreditorGetTilgodehavende,
    get_all_tilgodehavende = KreditorGetAllTilgodehavende,
}
changed! {
    sag: SagId, tilgodehavende: TvangTilgodehavende, TilgodehavendeId, "a tilgodehavende of a company",
    "guide 2.1; 4.1: the same pattern";
    update_tilgodehavende = KreditorUpdateTilgodehavende,
    delete_tilgodehavende = KreditorDeleteTilgodehavende,
}
