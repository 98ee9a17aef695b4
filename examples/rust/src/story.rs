//! The story: two tokens, a claim from its filing to its deletion, and a likvidator's letter.

use std::error::Error;
use std::path::Path;

use skifteportal::api::{doedsbo, dokumentlager, henvendelse, BilagUpload};
use skifteportal::auth::{AssertionSettings, Token, DEFAULT_SCOPE};
use skifteportal::certificate::KeyStore;
use skifteportal::model::{
    Beloeb, Dato, Henvendelse, HenvendelseDokument, Henvendelsestraad, Krav,
};
use skifteportal::rules::Checks;
use skifteportal::secret::Secret;
use skifteportal::session::{Credentials, ReporterId, Session, SessionSettings};
use skifteportal_example::{client, entropy, file_a_claim, now, Config, Host, Party, Pem};

use crate::refusals;

pub(crate) type Told<T = ()> = Result<T, Box<dyn Error>>;

pub(crate) const FAKTURA: &[u8] = include_bytes!("../data/faktura.pdf");

/// The reporter, the API user and the likvidator of a configuration, ready to call.
pub(crate) struct Cast {
    pub(crate) host: Host,
    /// Files by variant A.
    pub(crate) reporter: ReporterId,
    /// The same company by variant B.
    by_assertion: ReporterId,
    /// The company whose certificate is registered on the likvidator's adgangsprofil.
    system: ReporterId,
}

fn step(number: u32, title: &str) {
    println!("\n{number:2}. {title}");
}

pub(crate) fn say(line: impl std::fmt::Display) {
    println!("    {line}");
}

fn tell_token(token: &Token) {
    let kind = format!("{:?}", token.kind()).to_lowercase();
    match token.expires_at() {
        Some(until) => say(format_args!("a {kind} token, good until {until}")),
        None => say(format_args!("a {kind} token")),
    }
}

/// Prints what the configured certificates are.
pub(crate) fn certificates(path: &Path) -> Told {
    let config = Config::load(path)?;
    let system = config.likvidator.as_ref().map(|profil| &profil.system);
    for party in config
        .reporters
        .iter()
        .chain(&config.api_user)
        .chain(system)
    {
        describe(&config.key_store(party)?);
    }
    Ok(())
}

fn describe(store: &KeyStore) {
    let summary = store.chain().leaf().summary(now(), 30);
    say(format_args!(
        "{}: {:?}, CVR {}",
        summary.common_name.as_deref().unwrap_or("?"),
        summary.kind,
        summary.cvr.as_deref().unwrap_or("?"),
    ));
    say(format_args!("valid until {}", summary.not_after));
    if let Some(serial) = &summary.subject_serial_number {
        say(format_args!(
            "SERIALNUMBER for Samarbejdsportalen: {serial}"
        ));
    }
    for warning in &summary.warnings {
        say(format_args!("note: {warning:?}"));
    }
}

/// Runs the story.
#[allow(clippy::too_many_lines)] // One story, told from beginning to end.
pub(crate) async fn tell(path: &Path) -> Told {
    let config = Config::load(path)?;
    let cast = Cast::assemble(&config)?;
    let checks = Checks::at(now());

    step(1, "The reporter's certificate");
    describe(
        &config.key_store(
            config
                .reporters
                .first()
                .ok_or("no reporter is configured")?,
        )?,
    );

    step(
        2,
        "A token by variant A: Client ID and secret over the reporter's certificate",
    );
    tell_token(&cast.host.token(cast.reporter, None).await?);

    step(
        3,
        "A token by variant B: an assertion signed with the reporter's key",
    );
    tell_token(&cast.host.token(cast.by_assertion, None).await?);

    step(
        4,
        "A dødsbo is found by CPR number, a claim is filed, a PDF is attached",
    );
    let krav = Krav {
        beloeb: Some("12345.67".parse::<Beloeb>()?),
        endeligt: Some(false),
        opgjortdato: Some(Dato::in_denmark(now())),
        ..Krav::default()
    };
    let cpr = config.cpr_nummer()?;
    let (bo, filed) = file_a_claim(&cast.host, cast.reporter, cpr, krav, FAKTURA.to_vec()).await?;
    let id = filed.id.clone().ok_or("the answer has no id")?;
    say(format_args!("krav {id}"));
    if let Some(kvittering) = &filed.kvittering {
        let headline = kvittering.overskrift.as_ref().map_or("", |text| text.raw());
        say(format_args!(
            "{}: {headline}",
            kvittering.kode.as_deref().unwrap_or("?")
        ));
    }

    step(
        5,
        "The claim is made final, read back with its bilag, and deleted",
    );
    let mut changed = cast
        .host
        .call(cast.reporter, &doedsbo::get_krav(&bo, &id))
        .await?;
    changed.endeligt = Some(true);
    let update = doedsbo::update_krav(&bo, &id, &changed, &checks)?;
    cast.host.call(cast.reporter, &update).await?;
    let read = cast
        .host
        .call(cast.reporter, &doedsbo::get_krav(&bo, &id))
        .await?;
    say(format_args!(
        "{} kr., {}",
        read.beloeb
            .map(|beloeb| beloeb.to_string())
            .unwrap_or_default(),
        if read.endeligt == Some(true) {
            "final"
        } else {
            "preliminary"
        },
    ));
    for bilag in cast
        .host
        .call(cast.reporter, &doedsbo::list_krav_bilag(&bo, &id))
        .await?
    {
        let bilag_id = bilag.id.ok_or("a bilag has no id")?;
        let download = doedsbo::download_krav_bilag(&bo, &id, &bilag_id);
        let file = cast.host.call(cast.reporter, &download).await?;
        let same = if file.bytes == FAKTURA {
            "the same bytes"
        } else {
            "other bytes"
        };
        say(format_args!(
            "bilag {}: {same}",
            file.filnavn.as_deref().unwrap_or("?")
        ));
    }
    cast.host
        .call(cast.reporter, &doedsbo::delete_krav(&bo, &id))
        .await?;
    say("deleted");

    step(
        6,
        "The token is exchanged for a likvidator's delegated token",
    );
    let profil = config
        .likvidator
        .as_ref()
        .ok_or("no likvidator is configured")?;
    let profil = profil.adgangsprofil_id.clone();
    tell_token(&cast.host.token(cast.system, Some(profil.clone())).await?);

    step(7, "A document is uploaded, and a henvendelse sent with it");
    let upload = dokumentlager::add_v2(BilagUpload::new("redegørelse.pdf", FAKTURA), &checks)?;
    let dokument = cast
        .host
        .call_for(cast.system, Some(profil.clone()), &upload)
        .await?;
    let dokument_id = dokument.id.ok_or("the document has no id")?;
    say(format_args!("dokument {dokument_id}"));
    let traad = Henvendelsestraad {
        sag_id: Some(config.sag_id()?),
        emneord: Some("Redegørelse".into()),
        henvendelser: Some(vec![Henvendelse {
            tekst: Some("Vedlagt er redegørelsen.\n\nMed venlig hilsen\nLikvidator".into()),
            dokumenter: Some(vec![HenvendelseDokument {
                dokument_id: Some(dokument_id),
                filnavn: Some("redegørelse.pdf".into()),
                navn: Some("Redegørelse".into()),
                ..HenvendelseDokument::default()
            }]),
            ..Henvendelse::default()
        }]),
        ..Henvendelsestraad::default()
    };
    let call = henvendelse::add_traad(&traad, &checks)?;
    let answer = cast.host.call_for(cast.system, Some(profil), &call).await?;
    say(format_args!(
        "henvendelsestråd {}",
        answer
            .and_then(|traad| traad.id)
            .ok_or("the thread has no id")?
    ));

    refusals::tell(&config, &cast, &bo).await?;
    Ok(())
}

impl Cast {
    fn assemble(config: &Config) -> Told<Self> {
        let environment = config.environment()?;
        let trusted = config.trusted()?;
        let session = Session::new(environment, SessionSettings::default(), entropy()?);
        let host = Host::new(session, client(trusted.as_deref(), None)?);

        let party = config
            .reporters
            .first()
            .ok_or("no reporter is configured")?;
        let store = config.key_store(party)?;
        let reporter = host.add_reporter(
            by_secret(party, &store, config.client_secret(party)?)?,
            client(trusted.as_deref(), Some(Pem::of(&store)?))?,
        )?;

        let api_user = config
            .api_user
            .as_ref()
            .ok_or("no API user is configured")?;
        let api_store = config.key_store(api_user)?;
        let cvr = api_store
            .chain()
            .leaf()
            .cvr()
            .ok_or("the API user's certificate has no CVR")?;
        let credentials = Credentials::Assertion {
            settings: AssertionSettings::new("https://practice-system.example", cvr),
            chain: store.chain().clone(),
            key: Some(store.key().clone()),
            api_user: api_store.chain().leaf().into(),
            scope: DEFAULT_SCOPE.into(),
        };
        let by_assertion = host.add_reporter(
            credentials,
            client(trusted.as_deref(), Some(Pem::of(&api_store)?))?,
        )?;

        let likvidator = config
            .likvidator
            .as_ref()
            .ok_or("no likvidator is configured")?;
        let registered = &likvidator.system;
        let store = config.key_store(registered)?;
        let system = host.add_reporter(
            by_secret(registered, &store, config.client_secret(registered)?)?,
            client(trusted.as_deref(), Some(Pem::of(&store)?))?,
        )?;
        Ok(Self {
            host,
            reporter,
            by_assertion,
            system,
        })
    }
}

/// Variant A for a party, with a secret that may be the wrong one.
pub(crate) fn by_secret(party: &Party, store: &KeyStore, secret: Secret) -> Told<Credentials> {
    Ok(Credentials::ClientSecret {
        client_id: party
            .client_id
            .clone()
            .ok_or("the reporter has no client id")?,
        client_secret: secret,
        certificate: store.chain().leaf().into(),
        scope: DEFAULT_SCOPE.into(),
    })
}
