//! The dokumentlager: the store of documents for tvangsopløsning (guide 4.5.7).

use skifteportal::api::{dokumentlager, BilagUpload};
use skifteportal::model::DokumentId;

use crate::group::group;
use crate::service::service;

group! {
    /// The dokumentlager: the store of documents for tvangsopløsning (guide 4.5.7). It takes either
    /// token; a document belongs to the API user behind the one that uploaded it.
    Dokumentlager
}

service! {
    Dokumentlager, dokumentlager;
    /// Uploads a PDF (guide 4.5.7). It is answered with the document's metadata; its id is what a krav
    /// or a henvendelse names. Not repeatable: sent twice, the document is stored twice.
    upload add_v2() -> DokumentCall;
    /// Downloads a document (guide 4.5.7). Its path is not printed; set it in the environment under
    /// `dokumentlager.getFil`, its parameter named `dokumentId`.
    ask get_fil(id: DokumentId) -> FileCall;
}
