//! Four refusals, in plain words.

use skifteportal::api::{doedsbo, BilagUpload, Call, CallError, Page};
use skifteportal::error::{Language, PortalError};
use skifteportal::model::{Beloeb, Dato, DoedsbojournalId, DoedsbojournalQuery, Krav};
use skifteportal::pdf::{check, Profile};
use skifteportal::rules::Checks;
use skifteportal::session::ReporterId;
use skifteportal_example::{client, now, safe_bilag, Config, HostFailure, Pem};

use crate::story::{by_secret, say, Cast, Told};

const FAKTURA_MED_JAVASCRIPT: &[u8] = include_bytes!("../data/faktura-med-javascript.pdf");

/// Has the portal refuse four things, and tells why in both languages.
pub(crate) async fn tell(config: &Config, cast: &Cast, bo: &DoedsbojournalId) -> Told {
    println!("\nFour refusals, in plain words");
    let checks = Checks::at(now());

    println!("\n a. A client secret with a typing error");
    let stranger = with_wrong_secret(config, cast)?;
    let any = doedsbo::get_all_krav(bo);
    refused(cast.host.call(stranger, &any).await)?;

    println!("\n b. A search by CPR number and by name at once");
    let mut query = DoedsbojournalQuery::from_cpr(config.cpr_nummer()?);
    query.navn = Some("Erlinda Hills".into());
    before_sending(doedsbo::search_bo(&query, Page::default(), &checks));
    let search = doedsbo::search_bo(&query, Page::default(), &Checks::none())?;
    refused(cast.host.call(cast.reporter, &search).await)?;

    println!("\n c. A claim that is made up tomorrow");
    let krav = Krav {
        beloeb: Some("1.00".parse::<Beloeb>()?),
        opgjortdato: Some(Dato::in_denmark(now().plus_seconds(36 * 3600))),
        ..Krav::default()
    };
    before_sending(doedsbo::add_krav(bo, &krav, &checks));
    let filing = doedsbo::add_krav(bo, &krav, &Checks::none())?;
    refused(cast.host.call(cast.reporter, &filing).await)?;

    println!("\n d. A PDF that runs JavaScript when it is opened");
    let krav = Krav {
        beloeb: Some("1.00".parse::<Beloeb>()?),
        ..Krav::default()
    };
    let filed = cast
        .host
        .call(cast.reporter, &doedsbo::add_krav(bo, &krav, &checks)?)
        .await?;
    let id = filed.id.ok_or("the answer has no id")?;
    let profile = Profile::portal();
    for finding in check(FAKTURA_MED_JAVASCRIPT, &profile).findings {
        let text = finding.explanation(Language::English);
        say(format_args!("before sending: {finding}: {text}"));
    }
    let unsafe_pdf = BilagUpload::new("faktura.pdf", FAKTURA_MED_JAVASCRIPT);
    let upload = doedsbo::upload_krav_bilag(bo, &id, unsafe_pdf, &checks)?;
    refused(cast.host.call(cast.reporter, &upload).await)?;
    let (safe_pdf, _) = safe_bilag("faktura.pdf", FAKTURA_MED_JAVASCRIPT.to_vec())?;
    cast.host
        .call(
            cast.reporter,
            &doedsbo::upload_krav_bilag(bo, &id, safe_pdf, &checks)?,
        )
        .await?;
    say("sanitised, the same invoice is accepted");
    cast.host
        .call(cast.reporter, &doedsbo::delete_krav(bo, &id))
        .await?;
    Ok(())
}

/// What the core says without asking the portal.
fn before_sending<T>(call: Result<Call<T>, CallError>) {
    if let Err(error) = call {
        for violation in error.violations() {
            say(format_args!(
                "before sending: {} at {}",
                violation.code, violation.pointer
            ));
        }
    }
}

/// What the portal says.
fn refused<T>(result: Result<T, HostFailure>) -> Told {
    let Err(failure) = result else {
        return Err("the portal accepted what it should refuse".into());
    };
    let code = failure
        .portal_error()
        .map_or_else(String::new, PortalError::code);
    say(format_args!("refused: {code}"));
    say(format_args!(
        "da: {}",
        failure.explanation(Language::Danish)
    ));
    say(format_args!(
        "en: {}",
        failure.explanation(Language::English)
    ));
    Ok(())
}

fn with_wrong_secret(config: &Config, cast: &Cast) -> Told<ReporterId> {
    let party = config
        .reporters
        .first()
        .ok_or("no reporter is configured")?;
    let store = config.key_store(party)?;
    let credentials = by_secret(party, &store, "mistyped".into())?;
    let client = client(config.trusted()?.as_deref(), Some(Pem::of(&store)?))?;
    Ok(cast.host.add_reporter(credentials, client)?)
}
