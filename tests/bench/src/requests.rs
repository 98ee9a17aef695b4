//! Building each kind of request, from the caller's values to the complete request.

use std::hint::black_box;

use serde_json::json;
use skifteportal::api::{doedsbo, BilagUpload, Page};
use skifteportal::auth::{
    exchange_request, variant_a_request, variant_b_request, SignedAssertion, TokenKind,
    UnsignedAssertion, DEFAULT_SCOPE,
};
use skifteportal::environment::Environment;
use skifteportal::http::HttpRequest;
use skifteportal::model::{AdgangsprofilId, Beloeb, DoedsbojournalQuery, Krav};
use skifteportal::rules::Checks;
use skifteportal::secret::Secret;
use zeroize::Zeroizing;

use crate::fixture::{self, entropy, now, settings, JTI};
use crate::memory::count;
use crate::table::{cost, time, Table};
use crate::timing::measure;
use crate::Outcome;

pub(crate) fn run(table: &mut Table) -> Outcome {
    table.section("Building requests");
    let client = reqwest::Client::new();
    variant_a(table, &client)?;
    variant_b(table, &client)?;
    exchange(table, &client)?;
    api_requests(table, &client)?;
    upload(table, &client)
}

/// Measures a request of ours beside the same one of reqwest's builder.
fn compare(
    table: &mut Table,
    what: &str,
    meaning: &str,
    ours: impl Fn() -> Outcome<HttpRequest>,
    theirs: impl Fn() -> Outcome<reqwest::Request>,
) -> Outcome {
    ours()?;
    theirs()?;
    let our_cost = cost(measure(&ours), count(|| black_box(ours())).1);
    let their_cost = cost(measure(&theirs), count(|| black_box(theirs())).1);
    table.row(what, our_cost, format!("reqwest {their_cost}"), meaning);
    Ok(())
}

fn variant_a(table: &mut Table, client: &reqwest::Client) -> Outcome {
    let environment = Environment::test();
    let secret = Secret::new("3f2c9a51-7d0b-4f7e-8a39-5f8f2f1d9e10");
    let token_url = environment.token_url();
    compare(
        table,
        "variant A",
        "the form with client id and secret",
        || {
            Ok(variant_a_request(
                &environment,
                "my-client",
                &secret,
                DEFAULT_SCOPE,
            ))
        },
        || {
            let fields = [
                ("client_id", "my-client"),
                ("client_secret", secret.expose()),
                ("grant_type", "client_credentials"),
                ("scope", DEFAULT_SCOPE),
            ];
            let request = client.post(&token_url).header("Accept", "application/json");
            Ok(request.form(&fields).build()?)
        },
    )
}

fn variant_b(table: &mut Table, client: &reqwest::Client) -> Outcome {
    let environment = Environment::test();
    let token_url = environment.token_url();
    let reporter = fixture::reporter()?;
    let prepare = || {
        UnsignedAssertion::prepare(
            &settings(),
            environment.audience(),
            reporter.chain(),
            now(),
            JTI,
        )
    };
    let sign = || -> Outcome<SignedAssertion> { Ok(prepare()?.sign(reporter.key(), &entropy())?) };
    let whole = || -> Outcome<_> { Ok(variant_b_request(&environment, &sign()?, DEFAULT_SCOPE)) };
    whole()?;
    table.row(
        "variant B, key in memory",
        cost(measure(whole), count(|| black_box(whole())).1),
        "–",
        "assertion laid out, signed, the signature verified, and the form around it",
    );
    table.row(
        "variant B, the assertion's signing input",
        cost(measure(prepare), count(|| black_box(prepare())).1),
        "–",
        "what is done before a detached signature: header with three certificates, claims",
    );
    let signature = {
        let signed = sign()?;
        let jwt = signed.jwt().expose();
        let text = jwt.rsplit('.').next().unwrap_or_default();
        base64::Engine::decode(&base64::engine::general_purpose::URL_SAFE_NO_PAD, text)?
    };
    let detached = || prepare().and_then(|assertion| assertion.with_signature(&signature));
    detached()?;
    table.row(
        "variant B, detached signature taken in",
        cost(measure(detached), count(|| black_box(detached())).1),
        "–",
        "the same, and the signature from outside verified with the leaf's key",
    );
    let signed = sign()?;
    compare(
        table,
        "variant B, the form alone",
        "a signed assertion into its request",
        || Ok(variant_b_request(&environment, &signed, DEFAULT_SCOPE)),
        || {
            let fields = [
                (
                    "client_assertion_type",
                    "urn:ietf:params:oauth:client-assertion-type:jwt-bearer",
                ),
                ("client_assertion", signed.jwt().expose()),
                ("grant_type", "client_credentials"),
                ("scope", DEFAULT_SCOPE),
            ];
            let request = client.post(&token_url).header("Accept", "application/json");
            Ok(request.form(&fields).build()?)
        },
    )
}

fn exchange(table: &mut Table, client: &reqwest::Client) -> Outcome {
    let environment = Environment::test();
    let direct = fixture::token(TokenKind::Direct)?;
    let profil = AdgangsprofilId::new("3f1a7e52-1c9b-4e0a-9a53-0f2f6f0f3c11")?;
    let exchange_url = environment.exchange_url();
    compare(
        table,
        "exchange",
        "the form with a direct token of 1.2 kB",
        || Ok(exchange_request(&environment, &direct, &profil)?),
        || {
            let token_type = "urn:ietf:params:oauth:token-type:access_token";
            let fields = [
                ("actor_token", direct.access_token().expose()),
                ("actor_token_type", token_type),
                (
                    "grant_type",
                    "urn:ietf:params:oauth:grant-type:token-exchange",
                ),
                ("requested_token_type", token_type),
                ("subject_token", "3f1a7e52-1c9b-4e0a-9a53-0f2f6f0f3c11"),
                (
                    "subject_token_type",
                    "urn:dk:domstol:token-type:adgangsprofil-id",
                ),
            ];
            let request = client
                .post(&exchange_url)
                .header("Accept", "application/json");
            Ok(request.form(&fields).build()?)
        },
    )
}

const SEARCH_URL: &str = "https://api.test-minskiftesag.net/doedsbojournaler?page=2&size=50";
const KRAV_URL: &str = "https://api.test-minskiftesag.net/doedsbojournaler/\
    e25d84d3-7aec-4361-84da-93125cb83f08/krav";

fn api_requests(table: &mut Table, client: &reqwest::Client) -> Outcome {
    let environment = Environment::test();
    let token = fixture::token(TokenKind::Direct)?;
    let bearer = token.access_token().expose();
    let checks = Checks::at(now());
    let query = DoedsbojournalQuery::from_cpr("4634875520".parse()?);
    compare(
        table,
        "searchBo",
        "rules checked, JSON written, URL filled in, token added; reqwest from untyped JSON",
        || {
            let call = doedsbo::search_bo(&query, Page::numbered(2, 50), &checks)?;
            Ok(call.prepared().to_request(&environment, Some(&token))?)
        },
        || {
            let request = client.post(SEARCH_URL).header("Accept", "application/json");
            let body = json!({"cprNummer": "4634875520"});
            Ok(request.bearer_auth(bearer).json(&body).build()?)
        },
    )?;

    let journal = fixture::journal()?;
    let krav = Krav {
        beloeb: Some(Beloeb::from_oere(12_350)),
        endeligt: Some(false),
        opgjortdato: Some("2026-11-01".parse()?),
        ..Krav::default()
    };
    compare(
        table,
        "addKrav",
        "the same with an id in the path and an exact amount",
        || {
            let call = doedsbo::add_krav(&journal, &krav, &checks)?;
            Ok(call.prepared().to_request(&environment, Some(&token))?)
        },
        || {
            let request = client.post(KRAV_URL).header("Accept", "application/json");
            let body = json!({"beloeb": 123.50, "endeligt": false, "opgjortdato": "2026-11-01"});
            Ok(request.bearer_auth(bearer).json(&body).build()?)
        },
    )?;
    let call = fixture::get_all_krav()?;
    let again = || call.prepared().to_request(&environment, Some(&token));
    again()?;
    table.row(
        "getAllKrav, prepared once",
        cost(measure(again), count(|| black_box(again())).1),
        "–",
        "what the session does per call: the prepared call into a request",
    );
    Ok(())
}

const PDF_SIZE: usize = 1 << 20;

fn upload(table: &mut Table, client: &reqwest::Client) -> Outcome {
    let environment = Environment::test();
    let token = fixture::token(TokenKind::Direct)?;
    let checks = Checks::at(now());
    let (journal, krav) = (fixture::journal()?, "4b97d591-1b88-4b70-81bc-7a4c4a227627");
    let krav = krav.parse()?;
    let mut pdf = b"%PDF-1.7\n".to_vec();
    pdf.resize(PDF_SIZE, b' ');

    let build = |pdf: Vec<u8>| -> Outcome<HttpRequest> {
        let upload = BilagUpload::new("Faktura.pdf", pdf);
        let call = doedsbo::upload_krav_bilag(&journal, &krav, upload, &checks)?;
        Ok(call.prepared().to_request(&environment, Some(&token))?)
    };
    let their = |pdf: Vec<u8>| -> Outcome<reqwest::Request> {
        let request = client
            .post(format!(
                "{KRAV_URL}/4b97d591-1b88-4b70-81bc-7a4c4a227627/bilag"
            ))
            .header("Accept", "application/json")
            .header("Content-Type", "application/pdf")
            .header(
                "Content-Disposition",
                "attachment; filename=\"Faktura.pdf\"",
            );
        let request = request.bearer_auth(token.access_token().expose());
        Ok(request.body(pdf).build()?)
    };
    build(pdf.clone())?;
    their(pdf.clone())?;
    // The file is the caller's and handed over: its copy here is none of the builder's.
    let (given, also_given) = (pdf.clone(), pdf.clone());
    let ours = count(|| black_box(build(given))).1;
    let theirs = count(|| black_box(their(also_given))).1;
    table.row(
        "bilag upload of 1 MiB",
        cost(measure(|| build(pdf.clone())), ours),
        format!("reqwest {}", cost(measure(|| their(pdf.clone())), theirs)),
        "one copy is the measurement's own (the file as handed over); ours makes one more, so that \
         the call can be sent again, and wipes both",
    );
    let wiped = measure(|| drop((Zeroizing::new(pdf.clone()), Zeroizing::new(pdf.clone()))));
    table.row(
        "two copies of 1 MiB, wiped",
        time(wiped),
        format!("not wiped {}", time(measure(|| (pdf.clone(), pdf.clone())))),
        "the floor of the line above: copying and wiping alone",
    );
    Ok(())
}
