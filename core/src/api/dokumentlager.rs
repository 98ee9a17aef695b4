//! The dokumentlager: the store of documents for tvangsopløsning (guide 4.5.7). It takes either
//! token; a document belongs to the API user behind the one that uploaded it.
//!
//! ```
//! use skifteportal::api::{dokumentlager, BilagUpload};
//! use skifteportal::auth::{Token, TokenKind};
//! use skifteportal::environment::Environment;
//! use skifteportal::http::HttpResponse;
//! use skifteportal::model::Timestamp;
//! use skifteportal::rules::Checks;
//!
//! let now: Timestamp = "2026-03-02T10:00:00Z".parse().unwrap();
//! let upload = BilagUpload::new("Faktura129874.pdf", &b"%PDF-1.7\n..."[..]);
//! let call = dokumentlager::add_v2(upload, &Checks::at(now)).unwrap();
//! let token = Token::new("abc".into(), TokenKind::Delegated, None).unwrap();
//! let request = call.prepared().to_request(&Environment::production(), Some(&token)).unwrap();
//! assert_eq!(request.url, "https://api.domstol.dk/v2/dokumenter");
//! assert_eq!(request.header("Content-Type"), Some("application/octet-stream"));
//!
//! let answer = HttpResponse::new(
//!     201,
//!     [("Content-Type", "application/json")],
//!     r#"{"id":"52cd5ed9-41b5-4cbf-a68e-2da142ad05ad","stoerelse":42525}"#,
//! );
//! let dokument = call.outcome(&answer, now).unwrap();
//! assert_eq!(dokument.stoerelse, Some(42525));
//! ```

use super::call::{Call, DownloadedFile};
use super::call_error::CallError;
use super::catalogue::Operation;
use super::prepared::Builder;
use super::resource::{by_name, with_pdf};
use super::upload::BilagUpload;
use crate::model::{Dokument, DokumentId};
use crate::rules::Checks;

/// Uploads a PDF (guide 4.5.7: POST of `/v2/dokumenter`, `application/octet-stream`). It is answered
/// with the document's metadata; its id is what a krav or a henvendelse names.
///
/// Reading: the filename goes in `Content-Disposition`, as for a bilag of a dødsbo (guide 4.3.4);
/// the guide leaves the headers to the OpenAPI file.
///
/// Not repeatable: sent twice, the document is stored twice.
pub fn add_v2(upload: BilagUpload, checks: &Checks) -> Result<Call<Dokument>, CallError> {
    with_pdf(
        Operation::AddV2,
        &[],
        "application/octet-stream",
        upload,
        checks,
    )
    .map(Call::json)
}

/// Downloads a document (guide 4.5.7). Its path is not printed; set it with
/// [`Environment::with_path`](crate::environment::Environment::with_path) under
/// `dokumentlager.getFil`, its parameter named `dokumentId`.
pub fn get_fil(id: &DokumentId) -> Call<DownloadedFile> {
    Call::file(Builder::new(Operation::GetFil, &[id]))
}

by_name! { AddV2, given => add_v2(given.upload()?, given.checks())? }
by_name! { GetFil, given => get_fil(&given.id()?) }
