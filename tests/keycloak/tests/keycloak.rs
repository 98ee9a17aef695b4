//! The Rust host gets tokens from a real Keycloak, and its refusals are understood.
//!
//! One server serves all cases, so they are run by a `main` of their own, which ends the server.
// A test binary with its own main reports on its standard streams.
#![allow(missing_docs, clippy::print_stdout, clippy::print_stderr)]

use std::fmt::Debug;
use std::future::Future;
use std::path::PathBuf;
use std::pin::Pin;
use std::process::ExitCode;
use std::sync::atomic::{AtomicU8, Ordering};
use std::sync::Arc;
use std::time::Duration;

use skifteportal::api::{self, Call, CustomBody, CustomCall, RawAnswer, Service};
use skifteportal::auth::{
    self, AccessTokenClaims, AssertionSettings, TokenKind, UnsignedAssertion, DEFAULT_SCOPE,
};
use skifteportal::certificate::{Certificate, KeyStore};
use skifteportal::environment::Environment;
use skifteportal::error::{ErrorKind, PortalError, TokenRefusal, TransportFailure};
use skifteportal::http::{HttpRequest, HttpResponse, Method};
use skifteportal::model::Timestamp;
use skifteportal::secret::{Entropy, Secret};
use skifteportal::session::{Action, Credentials, Session, SessionSettings};
use skifteportal_example::{client, now, send, Host, Pem};
use skifteportal_keycloak::{base64, Client, Keycloak, Realm, Sts, API_USER, SECRET, VARIANT_A};
use skifteportal_sandbox::pki::{self, Identity, Pki};

type Outcome = Result<(), String>;

const ODD_CLIENT: &str = "variant-a odd+id&=æ";
const MANY: usize = 50;

struct World {
    keycloak: Keycloak,
    pki: Pki,
    trusted: Vec<u8>,
    sessions: AtomicU8,
}

fn text(error: impl Debug) -> String {
    format!("{error:?}")
}

#[allow(clippy::needless_pass_by_value)] // As `assert_eq` is used: with values made in place.
fn same<T: PartialEq + Debug>(found: T, expected: T) -> Outcome {
    if found == expected {
        Ok(())
    } else {
        Err(format!("found {found:?}, expected {expected:?}"))
    }
}

impl World {
    fn start() -> Result<Self, String> {
        let home = std::env::var_os("KEYCLOAK_DIST").map(PathBuf::from).ok_or(
            "KEYCLOAK_DIST names no unpacked Keycloak; run `cargo xtask test keycloak`, which gets one",
        )?;
        let folder = PathBuf::from(env!("CARGO_TARGET_TMPDIR"));
        let more = |realm: Realm, pki: &Pki| {
            let reporter = base64(pki.reporter_a.leaf());
            let realm = realm
                .client(Client::with_secret(ODD_CLIENT, SECRET))
                .client(Client::with_secret("short", SECRET).token_lifespan(4))
                .client(Client::with_secret("no-account", SECRET).without_service_account())
                .client(Client::with_assertion("short-b", &reporter).token_lifespan(4));
            (0..MANY).fold(realm, |realm, number| {
                realm.client(Client::with_secret(&format!("reporter-{number}"), SECRET))
            })
        };
        let Sts { keycloak, pki } = Sts::start(&home, &folder, more)?;
        let trusted = pki::pem("CERTIFICATE", &pki.server_ca).into_bytes();
        Ok(Self {
            keycloak,
            pki,
            trusted,
            sessions: AtomicU8::new(0),
        })
    }

    /// The environment as a stock Keycloak wants it: its issuer is the audience.
    fn environment(&self) -> Result<Environment, String> {
        let url = self.keycloak.url();
        let environment = Environment::custom(&url, &url, &url).map_err(text)?;
        Ok(environment.with_audience(self.keycloak.issuer()))
    }

    fn session(&self) -> Result<Session, String> {
        let settings = SessionSettings {
            refresh_margin_seconds: 1,
            ..SessionSettings::default()
        };
        // Each session has its own entropy, as it must: the server remembers every jti.
        let mut entropy = [7; 32];
        entropy[0] = self.sessions.fetch_add(1, Ordering::Relaxed);
        Ok(Session::new(
            self.environment()?,
            settings,
            Entropy::new(entropy),
        ))
    }

    /// A host whose every connection presents a certificate: a stock Keycloak binds the token to it.
    fn host(&self, identity: &Identity) -> Result<Host, String> {
        Ok(Host::new(self.session()?, self.client(identity)?))
    }

    fn client(&self, identity: &Identity) -> Result<reqwest::Client, String> {
        let key = Secret::new(pki::pem("PRIVATE KEY", &identity.key_pkcs8));
        client(
            Some(&self.trusted),
            Some(Pem {
                chain: identity.chain_pem(),
                key,
            }),
        )
        .map_err(text)
    }

    fn key_store(identity: &Identity) -> Result<KeyStore, String> {
        let password = Secret::new(identity.password.clone());
        KeyStore::from_pkcs12(&identity.pkcs12, &password).map_err(text)
    }

    fn variant_a(&self, client_id: &str) -> Result<Credentials, String> {
        Ok(Credentials::ClientSecret {
            client_id: client_id.into(),
            client_secret: SECRET.into(),
            certificate: (&leaf(&self.pki.reporter_a)?).into(),
            scope: DEFAULT_SCOPE.into(),
        })
    }

    fn variant_b(&self, client_id: &str) -> Result<Credentials, String> {
        let store = Self::key_store(&self.pki.reporter_a)?;
        // A stock Keycloak wants the client id as issuer too.
        Ok(Credentials::Assertion {
            settings: AssertionSettings::new(client_id, client_id),
            chain: store.chain().clone(),
            key: Some(store.key().clone()),
            api_user: (&leaf(&self.pki.api_user)?).into(),
            scope: DEFAULT_SCOPE.into(),
        })
    }

    /// A token request of variant A, sent as it is.
    async fn ask_a(&self, client_id: &str, secret: &str) -> Result<PortalError, String> {
        let request = auth::variant_a_request(
            &self.environment()?,
            client_id,
            &secret.into(),
            DEFAULT_SCOPE,
        );
        self.refused(&self.client(&self.pki.reporter_a)?, &request)
            .await
    }

    async fn refused(
        &self,
        client: &reqwest::Client,
        request: &HttpRequest,
    ) -> Result<PortalError, String> {
        match answer(client, request).await {
            Ok(response) if response.is_success() => Err("a token was issued".into()),
            Ok(response) => Ok(PortalError::decode(&response, now())),
            Err(failure) => Ok(PortalError::transport(failure)),
        }
    }

    /// A signed assertion of the API user's for the reporter, with one thing changed.
    fn assertion(
        &self,
        change: impl FnOnce(&mut AssertionSettings),
        audience: &str,
        at: Timestamp,
        jti: &str,
    ) -> Result<HttpRequest, String> {
        self.assertion_by(&self.pki.reporter_a, change, audience, at, jti)
    }

    fn assertion_by(
        &self,
        signer: &Identity,
        change: impl FnOnce(&mut AssertionSettings),
        audience: &str,
        at: Timestamp,
        jti: &str,
    ) -> Result<HttpRequest, String> {
        let store = Self::key_store(signer)?;
        let mut settings = AssertionSettings::new(API_USER, API_USER);
        change(&mut settings);
        let assertion = UnsignedAssertion::prepare(&settings, audience, store.chain(), at, jti)
            .and_then(|unsigned| unsigned.sign(store.key(), &Entropy::new([9; 32])))
            .map_err(text)?;
        Ok(auth::variant_b_request(
            &self.environment()?,
            &assertion,
            DEFAULT_SCOPE,
        ))
    }
}

fn leaf(identity: &Identity) -> Result<Certificate, String> {
    Certificate::from_der(identity.leaf()).map_err(text)
}

async fn answer(
    client: &reqwest::Client,
    request: &HttpRequest,
) -> Result<HttpResponse, TransportFailure> {
    send(client, request, Duration::from_secs(30)).await
}

/// The server's own protected resource: it answers with the holder of the token.
fn user_info() -> Result<Call<RawAnswer>, String> {
    let call = CustomCall {
        service: Service::Sagslager,
        operation_id: "userinfo".into(),
        method: Method::Get,
        path: "/realms/sts/protocol/openid-connect/userinfo".into(),
        parameters: Vec::new(),
        query: Vec::new(),
        body: CustomBody::Empty,
    };
    api::custom(call).map_err(text)
}

async fn variant_a(world: &World) -> Outcome {
    let host = world.host(&world.pki.reporter_a)?;
    let client = world.client(&world.pki.reporter_a)?;
    let reporter = host
        .add_reporter(world.variant_a(VARIANT_A)?, client)
        .map_err(text)?;
    let token = host.token(reporter, None).await.map_err(text)?;
    same(token.kind(), TokenKind::Direct)?;
    let claims = AccessTokenClaims::read(token.access_token()).map_err(text)?;
    same(claims.authorized_party.as_deref(), Some(VARIANT_A))?;
    same(claims.issuer, Some(world.keycloak.issuer()))?;
    let presented = leaf(&world.pki.reporter_a)?.x5t_s256();
    same(claims.certificate_thumbprint, Some(presented))?;
    let answer = host.call(reporter, &user_info()?).await.map_err(text)?;
    same(answer.status, 200)
}

async fn variant_a_with_odd_characters(world: &World) -> Outcome {
    let host = world.host(&world.pki.reporter_a)?;
    let client = world.client(&world.pki.reporter_a)?;
    let reporter = host
        .add_reporter(world.variant_a(ODD_CLIENT)?, client)
        .map_err(text)?;
    let token = host.token(reporter, None).await.map_err(text)?;
    let claims = AccessTokenClaims::read(token.access_token()).map_err(text)?;
    same(claims.authorized_party.as_deref(), Some(ODD_CLIENT))
}

async fn variant_b(world: &World) -> Outcome {
    // The filer signs, the API user connects (guide 3.1.2).
    let host = world.host(&world.pki.api_user)?;
    let client = world.client(&world.pki.api_user)?;
    let reporter = host
        .add_reporter(world.variant_b(API_USER)?, client)
        .map_err(text)?;
    let token = host.token(reporter, None).await.map_err(text)?;
    let claims = AccessTokenClaims::read(token.access_token()).map_err(text)?;
    same(claims.authorized_party.as_deref(), Some(API_USER))?;
    let answer = host.call(reporter, &user_info()?).await.map_err(text)?;
    same(answer.status, 200)
}

async fn refreshed_on_real_expiry_a(world: &World) -> Outcome {
    refreshed(world, world.variant_a("short")?, &world.pki.reporter_a).await
}

async fn refreshed_on_real_expiry_b(world: &World) -> Outcome {
    refreshed(world, world.variant_b("short-b")?, &world.pki.api_user).await
}

/// Uses a token until the server itself refuses it, and sees the session have the next one.
async fn refreshed(world: &World, credentials: Credentials, tls: &Identity) -> Outcome {
    let host = world.host(tls)?;
    let client = world.client(tls)?;
    let reporter = host
        .add_reporter(credentials, client.clone())
        .map_err(text)?;
    let first = host.token(reporter, None).await.map_err(text)?;
    let environment = world.environment()?;
    let with_first = user_info()?
        .prepared()
        .to_request(&environment, Some(&first))
        .map_err(text)?;
    let mut refused = false;
    // The server decides when the token has expired: it is asked until it says so.
    for _ in 0..600 {
        let response = answer(&client, &with_first).await.map_err(text)?;
        if response.status == 401 {
            let error = PortalError::decode(&response, now());
            same(error.kind(), ErrorKind::Credentials)?;
            refused = true;
            break;
        }
        tokio::time::sleep(Duration::from_millis(50)).await;
    }
    same(refused, true)?;
    let answer = host.call(reporter, &user_info()?).await.map_err(text)?;
    same(answer.status, 200)?;
    let second = host.token(reporter, None).await.map_err(text)?;
    let ids = [&first, &second].map(|token| token.access_token().expose().to_owned());
    same(ids[0] == ids[1], false)?;
    same(
        host.session(|session| session.stats().token_requests_total),
        2,
    )
}

async fn a_token_that_the_api_refuses_is_replaced_once(world: &World) -> Outcome {
    let host = Arc::new(world.host(&world.pki.reporter_a)?);
    let client = world.client(&world.pki.reporter_a)?;
    let reporter = host
        .add_reporter(world.variant_a("short")?, client)
        .map_err(text)?;
    // All at once while the token is there, and again when it has expired: one request each time.
    for round in 1..=2 {
        let mut waiting = Vec::new();
        for _ in 0..20 {
            let host = Arc::clone(&host);
            let call = user_info()?;
            waiting.push(tokio::spawn(async move {
                host.call(reporter, &call).await.map(|_| ())
            }));
        }
        for call in waiting {
            call.await.map_err(text)?.map_err(text)?;
        }
        same(
            host.session(|session| session.stats().token_requests_total),
            round,
        )?;
        host.session(|session| session.invalidate_tokens(reporter))
            .map_err(text)?;
    }
    Ok(())
}

async fn fifty_reporters_at_once(world: &World) -> Outcome {
    let host = Arc::new(world.host(&world.pki.reporter_a)?);
    let client = world.client(&world.pki.reporter_a)?;
    let mut waiting = Vec::new();
    for number in 0..MANY {
        let name = format!("reporter-{number}");
        let credentials = world.variant_a(&name)?;
        let reporter = host
            .add_reporter(credentials, client.clone())
            .map_err(text)?;
        for _ in 0..3 {
            let (host, name, call) = (Arc::clone(&host), name.clone(), user_info()?);
            waiting.push(tokio::spawn(async move {
                let answer = host.call(reporter, &call).await.map_err(text)?;
                let body = String::from_utf8_lossy(&answer.bytes).into_owned();
                let holder = format!("service-account-{name}\"");
                if body.contains(&holder) {
                    Ok(())
                } else {
                    Err(format!("{name} was served with another's token"))
                }
            }));
        }
    }
    for call in waiting {
        call.await.map_err(text)??;
    }
    same(
        host.session(|session| session.stats().token_requests_total),
        MANY as u64,
    )
}

async fn wrong_secret(world: &World) -> Outcome {
    let error = world.ask_a(VARIANT_A, "mistyped").await?;
    same(error.kind(), ErrorKind::Credentials)?;
    same(
        error.token_refusal(),
        Some(TokenRefusal::WrongClientOrSecret),
    )
}

async fn unknown_client(world: &World) -> Outcome {
    let error = world.ask_a("nobody", SECRET).await?;
    same(
        error.token_refusal(),
        Some(TokenRefusal::WrongClientOrSecret),
    )
}

async fn client_without_account(world: &World) -> Outcome {
    let error = world.ask_a("no-account", SECRET).await?;
    same(
        error.token_refusal(),
        Some(TokenRefusal::ServiceAccountDisabled),
    )
}

async fn secret_of_a_client_of_variant_b(world: &World) -> Outcome {
    let error = world.ask_a(API_USER, SECRET).await?;
    same(error.token_refusal(), Some(TokenRefusal::WrongVariant))
}

async fn no_client_certificate(world: &World) -> Outcome {
    let request = auth::variant_a_request(
        &world.environment()?,
        VARIANT_A,
        &SECRET.into(),
        DEFAULT_SCOPE,
    );
    let bare = client(Some(&world.trusted), None).map_err(text)?;
    let error = world.refused(&bare, &request).await?;
    same(
        error.token_refusal(),
        Some(TokenRefusal::MissingClientCertificate),
    )
}

async fn scope_as_the_guides_table_spells_it(world: &World) -> Outcome {
    let environment = world.environment()?;
    let request = auth::variant_a_request(&environment, VARIANT_A, &SECRET.into(), "Openid");
    let error = world
        .refused(&world.client(&world.pki.reporter_a)?, &request)
        .await?;
    same(error.token_refusal(), Some(TokenRefusal::InvalidScope))
}

async fn certificates_that_the_server_does_not_trust(world: &World) -> Outcome {
    for identity in [&world.pki.expired, &world.pki.foreign] {
        let request = auth::variant_a_request(
            &world.environment()?,
            VARIANT_A,
            &SECRET.into(),
            DEFAULT_SCOPE,
        );
        let error = world.refused(&world.client(identity)?, &request).await?;
        same(error.kind(), ErrorKind::Credentials)?;
        let refused = matches!(
            error.transport_failure(),
            Some(TransportFailure::TlsRefused { .. })
        );
        same(refused, true)?;
    }
    Ok(())
}

async fn server_certificate_of_an_unknown_authority(world: &World) -> Outcome {
    let elsewhere = pki::pem("CERTIFICATE", &world.pki.oces_root);
    let wrong = client(Some(elsewhere.as_bytes()), None).map_err(text)?;
    let request = auth::variant_a_request(
        &world.environment()?,
        VARIANT_A,
        &SECRET.into(),
        DEFAULT_SCOPE,
    );
    let error = world.refused(&wrong, &request).await?;
    let invalid = matches!(
        error.transport_failure(),
        Some(TransportFailure::ServerCertificateInvalid { .. })
    );
    same(invalid, true)
}

/// Sends an assertion over the API user's certificate and expects a certain refusal.
async fn assertion_refused(
    world: &World,
    request: Result<HttpRequest, String>,
    expected: TokenRefusal,
) -> Outcome {
    let client = world.client(&world.pki.api_user)?;
    let error = world.refused(&client, &request?).await?;
    same(error.kind(), ErrorKind::Credentials)?;
    same(error.token_refusal(), Some(expected))
}

async fn expired_assertion(world: &World) -> Outcome {
    let issuer = world.keycloak.issuer();
    let hour_ago = now().plus_seconds(-3600);
    let request = world.assertion(|_| (), &issuer, hour_ago, "expired");
    assertion_refused(world, request, TokenRefusal::AssertionExpired).await
}

async fn assertion_that_lives_too_long(world: &World) -> Outcome {
    let issuer = world.keycloak.issuer();
    let request = world.assertion(|s| s.lifetime_seconds = 3600, &issuer, now(), "long");
    assertion_refused(world, request, TokenRefusal::AssertionTooLong).await?;
    // With `iat` it may live as long as the guide's example does.
    let request = world.assertion(
        |s| {
            s.lifetime_seconds = 61_697_372_400 - now().unix();
            s.include_iat = true;
        },
        &issuer,
        now(),
        "year 3925",
    )?;
    let response = answer(&world.client(&world.pki.api_user)?, &request)
        .await
        .map_err(text)?;
    same(response.status, 200)
}

async fn replayed_assertion(world: &World) -> Outcome {
    let issuer = world.keycloak.issuer();
    let request = world.assertion(|_| (), &issuer, now(), "once")?;
    let client = world.client(&world.pki.api_user)?;
    let first = answer(&client, &request).await.map_err(text)?;
    same(first.status, 200)?;
    assertion_refused(world, Ok(request), TokenRefusal::AssertionReplayed).await
}

async fn wrong_audience(world: &World) -> Outcome {
    // What the portal takes (guide 3.1.2), a stock Keycloak does not: hence the setting.
    let request = world.assertion(|_| (), &world.keycloak.url(), now(), "audience");
    assertion_refused(world, request, TokenRefusal::WrongAudience).await
}

async fn wrong_key(world: &World) -> Outcome {
    let issuer = world.keycloak.issuer();
    let request = world.assertion_by(
        &world.pki.reporter_b,
        |_| (),
        &issuer,
        now(),
        "another's key",
    );
    assertion_refused(world, request, TokenRefusal::BadSignature).await
}

async fn wrong_issuer(world: &World) -> Outcome {
    // The portal does not look at `iss` (guide 3.1.2); a stock Keycloak wants the client id there.
    let issuer = world.keycloak.issuer();
    let request = world.assertion(
        |s| s.issuer = "https://test.local".into(),
        &issuer,
        now(),
        "issuer",
    );
    let client = world.client(&world.pki.api_user)?;
    let error = world.refused(&client, &request?).await?;
    same(
        error.token_refusal(),
        Some(TokenRefusal::WrongClientOrSecret),
    )
}

async fn a_stock_server_does_not_tell_its_time(world: &World) -> Outcome {
    // The host's clock is two hours behind the server's, so its assertions have expired on arrival.
    // A stock Keycloak sends no Date, from which the session would learn the difference: it tries one
    // fresh assertion, and then says what is wrong.
    let mut session = world.session()?;
    let client = world.client(&world.pki.api_user)?;
    let reporter = session
        .add_reporter(world.variant_b(API_USER)?)
        .map_err(text)?;
    let late = || now().plus_seconds(-7200);
    session.submit_token(late(), reporter, None).map_err(text)?;
    for _ in 0..20 {
        match session.next(late()) {
            Action::Send {
                exchange, request, ..
            } => {
                let response = answer(&client, &request).await.map_err(text)?;
                session.receive(late(), exchange, response).map_err(text)?;
            }
            Action::Done {
                outcome: Err(failure),
                ..
            } => {
                let error = failure.portal_error().ok_or("no answer")?;
                same(session.clock_offset_millis(), 0)?;
                same(error.server_time(), None)?;
                return same(error.token_refusal(), Some(TokenRefusal::AssertionExpired));
            }
            other => return Err(format!("unexpected {other:?}")),
        }
    }
    Err("the session did not come to an end".into())
}

async fn unknown_realm(world: &World) -> Outcome {
    let bare = client(Some(&world.trusted), None).map_err(text)?;
    let mut request = auth::variant_a_request(
        &world.environment()?,
        VARIANT_A,
        &SECRET.into(),
        DEFAULT_SCOPE,
    );
    request.url = request.url.replace("/realms/sts/", "/realms/other/");
    let error = world.refused(&bare, &request).await?;
    same(error.token_refusal(), Some(TokenRefusal::UnknownRealm))
}

type Case<'a> = (&'static str, Pin<Box<dyn Future<Output = Outcome> + 'a>>);

fn cases(world: &World) -> Vec<Case<'_>> {
    macro_rules! cases {
        ($($name:ident)+) => { vec![$((stringify!($name), Box::pin($name(world)))),+] };
    }
    cases! {
        variant_a
        variant_a_with_odd_characters
        variant_b
        refreshed_on_real_expiry_a
        refreshed_on_real_expiry_b
        a_token_that_the_api_refuses_is_replaced_once
        fifty_reporters_at_once
        wrong_secret
        unknown_client
        client_without_account
        secret_of_a_client_of_variant_b
        no_client_certificate
        scope_as_the_guides_table_spells_it
        certificates_that_the_server_does_not_trust
        server_certificate_of_an_unknown_authority
        expired_assertion
        assertion_that_lives_too_long
        replayed_assertion
        wrong_audience
        wrong_key
        wrong_issuer
        a_stock_server_does_not_tell_its_time
        unknown_realm
    }
}

#[tokio::main]
async fn main() -> ExitCode {
    let world = match World::start() {
        Ok(world) => world,
        Err(reason) => {
            eprintln!("the suite could not start: {reason}");
            return ExitCode::FAILURE;
        }
    };
    let cases = cases(&world);
    println!("\nrunning {} tests", cases.len());
    let (mut passed, mut failed) = (0, 0);
    for (name, case) in cases {
        match case.await {
            Ok(()) => {
                passed += 1;
                println!("test {name} ... ok");
            }
            Err(reason) => {
                failed += 1;
                println!("test {name} ... FAILED\n    {reason}");
            }
        }
    }
    let verdict = if failed == 0 { "ok" } else { "FAILED" };
    println!("\ntest result: {verdict}. {passed} passed; {failed} failed");
    if failed == 0 {
        ExitCode::SUCCESS
    } else {
        ExitCode::FAILURE
    }
}
