//! The README's lines.

use std::error::Error;

use skifteportal::api::{doedsbo, BilagUpload, Page};
use skifteportal::auth::DEFAULT_SCOPE;
use skifteportal::certificate::KeyStore;
use skifteportal::environment::Environment;
use skifteportal::error::Language;
use skifteportal::model::{CprNummer, DoedsbojournalId, DoedsbojournalQuery, Krav};
use skifteportal::pdf::{check, sanitize, Profile, SanitizeOptions, Verdict};
use skifteportal::rules::Checks;
use skifteportal::secret::Secret;
use skifteportal::session::{Credentials, ReporterId, Session, SessionSettings};

use crate::{client, entropy, now, Host, Pem};

// snippet: set_up
/// A host for one reporter, who is known by a PKCS#12 file, a client id and its secret. The hosts'
/// own certificates are checked against `trusted` (PEM), or else against the system's authorities.
pub fn set_up(
    environment: Environment,
    trusted: Option<&[u8]>,
    p12: &[u8],
    password: &Secret,
    client_id: &str,
    client_secret: Secret,
) -> Result<(Host, ReporterId), Box<dyn Error>> {
    let store = KeyStore::from_pkcs12(p12, password)?;
    let session = Session::new(environment, SessionSettings::default(), entropy()?);
    let host = Host::new(session, client(trusted, None)?);
    let credentials = Credentials::ClientSecret {
        client_id: client_id.into(),
        client_secret,
        certificate: store.chain().leaf().into(),
        scope: DEFAULT_SCOPE.into(),
    };
    let with_certificate = client(trusted, Some(Pem::of(&store)?))?;
    let reporter = host.add_reporter(credentials, with_certificate)?;
    Ok((host, reporter))
}
// end of snippet

// snippet: file_a_claim
/// Finds a dødsbo by CPR number and files a claim with a PDF attached; tells which dødsbo it was.
pub async fn file_a_claim(
    host: &Host,
    reporter: ReporterId,
    cpr: CprNummer,
    krav: Krav,
    pdf: Vec<u8>,
) -> Result<(DoedsbojournalId, Krav), Box<dyn Error>> {
    let checks = Checks::at(now());
    let bilag = BilagUpload::checked("faktura.pdf", pdf, &Profile::portal())?;
    let query = DoedsbojournalQuery::from_cpr(cpr);
    let search = doedsbo::search_bo(&query, Page::default(), &checks)?;
    let found = host.call(reporter, &search).await?;
    let bo = found.items.into_iter().next().and_then(|bo| bo.id);
    let bo = bo.ok_or("no such dødsbo")?;
    let filing = doedsbo::add_krav(&bo, &krav, &checks)?;
    let filed = host.call(reporter, &filing).await?;
    let id = filed.id.clone().ok_or("the answer has no id")?;
    let upload = doedsbo::upload_krav_bilag(&bo, &id, bilag, &checks)?;
    host.call(reporter, &upload).await?;
    Ok((bo, filed))
}
// end of snippet

// snippet: safe_bilag
/// A bilag that the portal takes: the file as it is, or without what the portal would refuse. Beside it
/// stands what to tell the user.
pub fn safe_bilag(
    filnavn: &str,
    pdf: Vec<u8>,
) -> Result<(BilagUpload, Vec<String>), Box<dyn Error>> {
    let profile = Profile::portal();
    let report = check(&pdf, &profile);
    let found = report.findings.iter();
    let told = found.map(|f| f.explanation(Language::Danish)).collect();
    if report.verdict != Verdict::Refused {
        return Ok((BilagUpload::new(filnavn, pdf), told));
    }
    let clean = sanitize(&pdf, &profile, &SanitizeOptions::default())?;
    Ok((BilagUpload::new(filnavn, clean.bytes), told))
}
// end of snippet
