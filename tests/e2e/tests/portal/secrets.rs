//! What is never told: by values that are printed, by errors, by logs.

use std::fmt::Debug;
use std::time::Duration;

use serde_json::json;
use skifteportal::api::{doedsbo, BilagUpload, Page};
use skifteportal::auth::Token;
use skifteportal::error::Language;
use skifteportal::model::DoedsbojournalQuery;
use skifteportal::rules::Checks;
use skifteportal::session::{Action, ReporterId};
use skifteportal_e2e::{always, once, pki, Cast, Stores, World, FAKTURA};
use skifteportal_example::{now, send, Config, HostFailure, Pem};
use skifteportal_sandbox::fault::Host;
use skifteportal_sandbox::portal::seed;

/// All that was said, and all that must not be.
#[derive(Default)]
struct Told {
    said: Vec<String>,
    secrets: Vec<(String, String)>,
}

impl Told {
    fn see(&mut self, value: &impl Debug) {
        self.said.push(format!("{value:?}"));
        self.said.push(format!("{value:#?}"));
    }

    fn failed<T: Debug>(&mut self, result: Result<T, HostFailure>) {
        let failure = result.unwrap_err();
        self.see(&failure);
        self.said.push(failure.to_string());
        for language in [Language::Danish, Language::English] {
            self.said.push(failure.explanation(language));
        }
        if let Some(error) = failure.portal_error() {
            self.see(error);
            self.said.push(error.to_string());
            self.said.extend(error.excerpt().map(ToOwned::to_owned));
            self.said.extend(error.portal_text().map(ToOwned::to_owned));
            for found in error.codes() {
                self.see(found);
            }
        }
    }

    fn secret(&mut self, what: &str, text: &str) {
        assert!(text.len() >= 8, "{what} is too short to look for");
        self.secrets.push((what.to_owned(), text.to_owned()));
    }

    fn token(&mut self, what: &str, token: &Token) {
        self.see(token);
        self.secret(what, token.access_token().expose());
        // Its last part alone signs for the rest.
        let signature = token.access_token().expose().rsplit('.').next().unwrap();
        self.secret(what, signature);
    }

    fn assert_kept(&self) {
        assert!(self.said.iter().map(String::len).sum::<usize>() > 10_000);
        for (what, secret) in &self.secrets {
            let leak = self.said.iter().find(|text| text.contains(secret));
            assert!(leak.is_none(), "{what} is told in {leak:?}");
        }
    }
}

/// A token request as the session hands it out, answered by the sandbox.
async fn token_request(told: &mut Told, world: &World, reporter: ReporterId) {
    let host = &world.cast.host;
    let action = host.session(|session| {
        let call = session.submit_token(now(), reporter, None).unwrap();
        (call, session.next_for(call, now()).unwrap())
    });
    told.see(&action);
    let (
        call,
        Action::Send {
            exchange, request, ..
        },
    ) = action
    else {
        panic!("a token request was expected");
    };
    let form = String::from_utf8(request.body.clone()).unwrap();
    for field in form.split('&') {
        if let Some(("client_assertion" | "client_secret", value)) = field.split_once('=') {
            told.secret("what proves the client", value);
            told.secret("its last part", value.rsplit('.').next().unwrap());
        }
    }
    // The host's plain client shows no certificate, so that the STS refuses it.
    let trusted = Some(Stores::get().trusted.as_bytes());
    let client = skifteportal_example::client(trusted, None).unwrap();
    let answer = send(&client, &request, Duration::from_secs(20)).await;
    let answer = answer.unwrap();
    told.see(&answer);
    host.session(|session| {
        session.receive(now(), exchange, answer).unwrap();
        told.see(&session.next_for(call, now()));
        told.see(session);
    });
}

#[tokio::test]
async fn no_secret_and_no_cpr_number_is_ever_told() {
    let world = World::new().await;
    let mut told = Told::default();
    told.secret("a CPR number", seed::CPR_OPEN);
    let (date, number) = seed::CPR_OPEN.split_at(6);
    told.secret("a CPR number with a hyphen", &format!("{date}-{number}"));
    for identity in pki().identities() {
        told.secret("a password", &identity.password);
        let pem = Pem::of(&Stores::of(identity)).unwrap();
        for line in pem.key.expose().lines().skip(1).take(5) {
            told.secret("a private key", line);
        }
        told.see(identity);
        told.see(&pem.key);
    }
    let secrets = [world.sandbox.client(), world.sandbox.client_of_reporter_b()];
    for (_, secret) in secrets {
        told.secret("a client secret", secret);
    }

    // What the host is made of.
    let stores = Stores::get();
    told.see(&Cast::by_secret(secrets[0], &stores.reporter_a));
    told.see(&Cast::by_key("https://a.example", &stores.reporter_a));
    told.see(&stores.reporter_a);
    told.see(&stores.reporter_a.key());
    let path = world.sandbox.directory().join("sandbox.json");
    let config = Config::load(&path).unwrap();
    told.see(&config);
    told.see(&config.client_secret(&config.reporters[0]).unwrap());

    // Tokens, and calls with them.
    let cast = &world.cast;
    let profil = Some(Cast::profil());
    let token = |reporter, profil| cast.host.token(reporter, profil);
    told.token("variant A", &token(cast.reporter, None).await.unwrap());
    told.token("variant B", &token(cast.by_assertion, None).await.unwrap());
    told.token("delegated", &token(cast.system, profil).await.unwrap());
    let query = DoedsbojournalQuery::from_cpr(seed::CPR_OPEN.parse().unwrap());
    let search = doedsbo::search_bo(&query, Page::first(), &World::checks()).unwrap();
    told.see(&query);
    told.see(&search);
    told.see(&world.call(&search).await.unwrap());
    let mut krav = World::krav();
    krav.beskrivelse = Some(format!("Afdøde: {date}-{number}").as_str().into());
    krav.extra
        .set("note", &format!("\"{}\"", seed::CPR_OPEN))
        .unwrap();
    told.see(&krav.extra);
    told.see(&krav);
    let add = doedsbo::add_krav(&World::bo(), &krav, &World::checks()).unwrap();
    told.see(&add);
    let filed = world.call(&add).await.unwrap();
    told.see(&filed);
    let name = format!("{}.pdf", seed::CPR_OPEN);
    let pdf = BilagUpload::new(name, FAKTURA);
    told.see(&pdf);
    let id = filed.id.unwrap();
    let upload = doedsbo::upload_krav_bilag(&World::bo(), &id, pdf, &World::checks()).unwrap();
    told.see(&upload);
    world.call(&upload).await.unwrap();

    // Refusals, and answers that repeat what they should not.
    let mut both = query.clone();
    both.navn = Some("Erlinda Hills".into());
    let twofold = doedsbo::search_bo(&both, Page::first(), &Checks::none()).unwrap();
    told.failed(world.call(&twofold).await);
    let bearer = token(cast.reporter, None).await.unwrap();
    let echo = format!(
        "CPR {} ({date}-{number}), Authorization: Bearer {}",
        seed::CPR_OPEN,
        bearer.access_token().expose()
    );
    for (content_type, body) in [
        (
            "application/json",
            json!({ "kode": "x.y", "besked": echo }).to_string(),
        ),
        (
            "application/json",
            json!([echo, { echo.as_str(): echo }]).to_string(),
        ),
        (
            "text/html",
            format!("<html><body><p>{echo}</p></body></html>"),
        ),
        ("text/plain", echo.clone()),
    ] {
        for status in [400, 401, 500] {
            let fault = json!({
                "kind": "status", "status": status, "body": body, "contentType": content_type,
            });
            let path = "/doedsbojournaler";
            world.sandbox.fault(always(Host::Api, "POST", path, &fault));
            told.failed(world.call(&search).await);
            world.sandbox.clear_faults();
        }
    }
    for kind in ["dropAfterProcessing", "garbage", "html502"] {
        let path = "/doedsbojournaler/*/krav";
        let fault = json!({ "kind": kind });
        world.sandbox.fault(once(Host::Api, "POST", path, &fault));
        told.failed(world.call(&add).await);
    }
    let wrong = Cast::by_secret((secrets[0].0, "s3cr3t-that-is-wrong"), &stores.reporter_a);
    told.secret("a wrong client secret", "s3cr3t-that-is-wrong");
    let wrong = cast.add(wrong, Pem::of(&stores.reporter_a).unwrap());
    told.failed(token(wrong, None).await);

    // The requests for tokens themselves.
    let fresh = |issuer: &str| {
        let credentials = Cast::by_key(issuer, &stores.reporter_b);
        cast.add(credentials, Pem::of(&stores.api_user).unwrap())
    };
    token_request(&mut told, &world, fresh("https://x.example")).await;
    cast.host
        .session(|session| session.invalidate_tokens(cast.other))
        .unwrap();
    token_request(&mut told, &world, cast.other).await;

    // Both sides' logs.
    for reporter in [cast.reporter, cast.by_assertion, cast.system, wrong] {
        told.see(
            &cast
                .host
                .session(|session| session.token_status(reporter, None)),
        );
    }
    told.said.push(world.truth().await.text());
    told.see(&world.sandbox);
    told.see(&world.sandbox.refused_handshakes());
    told.said
        .push(serde_json::to_string(&world.sandbox.requests()).unwrap());
    told.assert_kept();
}
