//! A sandbox to test, and an HTTP client that knows nothing of it.

#![allow(dead_code, reason = "each test file uses a part of it")]

use std::collections::BTreeMap;
use std::sync::atomic::{AtomicU32, Ordering};
use std::sync::{Arc, OnceLock};

use aws_lc_rs::rand::SystemRandom;
use aws_lc_rs::signature::{RsaEncoding, RsaKeyPair, RSA_PKCS1_SHA256};
use axum::{Extension, Json, Router};
use base64::engine::general_purpose::{STANDARD, URL_SAFE_NO_PAD};
use base64::Engine as _;
use reqwest::Client;
use rustls::pki_types::{CertificateDer, PrivateKeyDer, PrivatePkcs8KeyDer};
use rustls::{ClientConfig, RootCertStore};
use serde_json::{json, Value};
use skifteportal_sandbox::api_host::ApiHost;
use skifteportal_sandbox::caller::{Caller, TokenKind};
use skifteportal_sandbox::options::ApiHostMaker;
use skifteportal_sandbox::pki::{Identity, Pki};
use skifteportal_sandbox::{RunningSandbox, Sandbox, SandboxOptions};

/// One PKI for all tests of a file.
pub(crate) fn pki() -> Arc<Pki> {
    static PKI: OnceLock<Arc<Pki>> = OnceLock::new();
    Arc::clone(PKI.get_or_init(|| Arc::new(Pki::generate().unwrap())))
}

pub(crate) async fn start() -> RunningSandbox {
    start_with(SandboxOptions::default()).await
}

pub(crate) async fn start_with(options: SandboxOptions) -> RunningSandbox {
    let api: Option<ApiHostMaker> = Some(Arc::new(|_| echo()));
    Sandbox::start(SandboxOptions {
        pki: Some(pki()),
        api,
        ..options
    })
    .await
    .unwrap()
}

/// A sandbox with its own API operations.
pub(crate) async fn start_whole() -> RunningSandbox {
    let options = SandboxOptions {
        pki: Some(pki()),
        ..SandboxOptions::default()
    };
    Sandbox::start(options).await.unwrap()
}

/// An API host that says who called and counts the calls that it handled.
fn echo() -> ApiHost {
    let handled = Arc::new(AtomicU32::new(0));
    let counter = Arc::clone(&handled);
    let echo = move |Extension(caller): Extension<Option<Caller>>| async move {
        let handled = counter.fetch_add(1, Ordering::SeqCst) + 1;
        Json(match caller {
            None => json!({ "handled": handled, "caller": null }),
            Some(caller) => json!({
                "handled": handled,
                "caller": caller.short(),
                "cvr": caller.cvr,
                "delegated": caller.kind == TokenKind::Delegated,
                "adgangsprofilId": caller.adgangsprofil_id,
                "clientId": caller.client_id,
                "serialNumber": caller.serial_number,
            }),
        })
    };
    ApiHost {
        router: Router::new().fallback(echo),
        made_up_paths: BTreeMap::from([("sagslager.hentSager".to_owned(), "/sager".to_owned())]),
        test_data: json!({ "cprNummer": "4634875520" }),
        snapshot: {
            let handled = Arc::clone(&handled);
            Arc::new(move || json!({ "handled": handled.load(Ordering::SeqCst) }))
        },
        reset: Arc::new(move || handled.store(0, Ordering::SeqCst)),
    }
}

/// What the API host says of the caller behind a token.
pub(crate) async fn whoami(sandbox: &RunningSandbox, token: &str) -> Value {
    let request = plain(sandbox).get(sandbox.api_url()).bearer_auth(token);
    let answer = request.send().await.unwrap();
    assert_eq!(answer.status(), 200);
    answer.json().await.unwrap()
}

pub(crate) fn tls(sandbox: &RunningSandbox, chain: Option<(&[Vec<u8>], &[u8])>) -> ClientConfig {
    tls_of(sandbox, chain, rustls::ALL_VERSIONS)
}

pub(crate) fn tls_of(
    sandbox: &RunningSandbox,
    chain: Option<(&[Vec<u8>], &[u8])>,
    versions: &[&'static rustls::SupportedProtocolVersion],
) -> ClientConfig {
    let mut roots = RootCertStore::empty();
    roots
        .add(CertificateDer::from(sandbox.pki().server_ca.clone()))
        .unwrap();
    let provider = Arc::new(rustls::crypto::aws_lc_rs::default_provider());
    let builder = ClientConfig::builder_with_provider(provider)
        .with_protocol_versions(versions)
        .unwrap()
        .with_root_certificates(roots);
    match chain {
        None => builder.with_no_client_auth(),
        Some((chain, key)) => {
            let chain = chain.iter().cloned().map(CertificateDer::from).collect();
            let key = PrivateKeyDer::from(PrivatePkcs8KeyDer::from(key.to_vec()));
            builder.with_client_auth_cert(chain, key).unwrap()
        }
    }
}

pub(crate) fn http(config: ClientConfig) -> Client {
    Client::builder()
        .use_preconfigured_tls(config)
        .build()
        .unwrap()
}

/// A client without a certificate.
pub(crate) fn plain(sandbox: &RunningSandbox) -> Client {
    http(tls(sandbox, None))
}

/// A client with a certificate.
pub(crate) fn with(sandbox: &RunningSandbox, identity: &Identity) -> Client {
    http(tls(sandbox, Some((&identity.chain, &identity.key_pkcs8))))
}

pub(crate) fn token_url(sandbox: &RunningSandbox) -> String {
    format!(
        "{}/realms/sts/protocol/openid-connect/token",
        sandbox.sysauth_url()
    )
}

/// The four fields of variant A.
pub(crate) fn variant_a(sandbox: &RunningSandbox) -> Vec<(String, String)> {
    let (id, secret) = sandbox.client();
    fields(&[
        ("client_id", id),
        ("client_secret", secret),
        ("grant_type", "client_credentials"),
        ("scope", "openid"),
    ])
}

pub(crate) fn fields(pairs: &[(&str, &str)]) -> Vec<(String, String)> {
    pairs
        .iter()
        .map(|(name, value)| ((*name).to_owned(), (*value).to_owned()))
        .collect()
}

/// The same fields with one set to another value, or left out.
pub(crate) fn changed(
    mut form: Vec<(String, String)>,
    name: &str,
    value: Option<&str>,
) -> Vec<(String, String)> {
    form.retain(|(field, _)| field != name);
    form.extend(value.map(|value| (name.to_owned(), value.to_owned())));
    form
}

pub(crate) async fn post(client: &Client, url: &str, form: &[(String, String)]) -> (u16, Value) {
    let response = client.post(url).form(form).send().await.unwrap();
    let status = response.status().as_u16();
    (status, response.json().await.unwrap())
}

/// The access token of variant A for a certificate.
pub(crate) async fn direct_token(sandbox: &RunningSandbox, identity: &Identity) -> String {
    let answer = post(
        &with(sandbox, identity),
        &token_url(sandbox),
        &variant_a(sandbox),
    )
    .await;
    assert_eq!(answer.0, 200, "{answer:?}");
    answer.1["access_token"].as_str().unwrap().to_owned()
}

/// Header and claims of a good assertion: signed by reporter A for the API user.
pub(crate) fn assertion_parts(sandbox: &RunningSandbox, jti: &str) -> (Value, Value) {
    let x5c: Vec<String> = sandbox
        .pki()
        .reporter_a
        .chain
        .iter()
        .map(|der| STANDARD.encode(der))
        .collect();
    let header = json!({ "x5c": x5c, "alg": "RS256" });
    let claims = json!({
        "iss": "https://test.local",
        "sub": "30808460",
        "aud": sandbox.sysauth_url(),
        "exp": 61_697_372_400_i64,
        "jti": jti,
    });
    (header, claims)
}

pub(crate) fn signed(header: &Value, claims: &Value, key_pkcs8: &[u8]) -> String {
    signed_with(header, claims, key_pkcs8, &RSA_PKCS1_SHA256)
}

pub(crate) fn signed_with(
    header: &Value,
    claims: &Value,
    key_pkcs8: &[u8],
    padding: &'static dyn RsaEncoding,
) -> String {
    let input = format!(
        "{}.{}",
        URL_SAFE_NO_PAD.encode(header.to_string()),
        URL_SAFE_NO_PAD.encode(claims.to_string())
    );
    let key = RsaKeyPair::from_pkcs8(key_pkcs8).unwrap();
    let mut signature = vec![0; key.public_modulus_len()];
    key.sign(
        padding,
        &SystemRandom::new(),
        input.as_bytes(),
        &mut signature,
    )
    .unwrap();
    format!("{input}.{}", URL_SAFE_NO_PAD.encode(signature))
}

/// The four fields of variant B.
pub(crate) fn variant_b(assertion: &str) -> Vec<(String, String)> {
    fields(&[
        (
            "client_assertion_type",
            "urn:ietf:params:oauth:client-assertion-type:jwt-bearer",
        ),
        ("client_assertion", assertion),
        ("grant_type", "client_credentials"),
        ("scope", "openid"),
    ])
}

/// The six fields of the exchange.
pub(crate) fn exchange(actor: &str, profile: &str) -> Vec<(String, String)> {
    let access_token = "urn:ietf:params:oauth:token-type:access_token";
    fields(&[
        ("actor_token", actor),
        ("actor_token_type", access_token),
        (
            "grant_type",
            "urn:ietf:params:oauth:grant-type:token-exchange",
        ),
        ("requested_token_type", access_token),
        ("subject_token", profile),
        (
            "subject_token_type",
            "urn:dk:domstol:token-type:adgangsprofil-id",
        ),
    ])
}

pub(crate) fn refusal(status: u16, error: &str, description: &str) -> (u16, Value) {
    (
        status,
        json!({ "error": error, "error_description": description }),
    )
}
