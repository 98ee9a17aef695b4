//! The README's ten lines.

use std::error::Error;

use skifteportal::api::{doedsbo, BilagUpload, Page};
use skifteportal::model::{CprNummer, DoedsbojournalQuery, Krav};
use skifteportal::rules::Checks;
use skifteportal::session::ReporterId;

use crate::{now, Host};

// snippet: file_a_claim
/// Finds a dødsbo by CPR number and files a claim with a PDF attached.
pub async fn file_a_claim(
    host: &Host,
    reporter: ReporterId,
    cpr: CprNummer,
    krav: Krav,
    pdf: Vec<u8>,
) -> Result<Krav, Box<dyn Error>> {
    let checks = Checks::at(now());
    let search = doedsbo::search_bo(
        &DoedsbojournalQuery::from_cpr(cpr),
        Page::default(),
        &checks,
    )?;
    let found = host.call(reporter, &search).await?;
    let bo = found
        .items
        .first()
        .and_then(|bo| bo.id.clone())
        .ok_or("no such dødsbo")?;
    let filed = host
        .call(reporter, &doedsbo::add_krav(&bo, &krav, &checks)?)
        .await?;
    let id = filed.id.clone().ok_or("the answer has no id")?;
    let bilag = BilagUpload::new("faktura.pdf", pdf);
    host.call(
        reporter,
        &doedsbo::upload_krav_bilag(&bo, &id, bilag, &checks)?,
    )
    .await?;
    Ok(filed)
}
// end of snippet
