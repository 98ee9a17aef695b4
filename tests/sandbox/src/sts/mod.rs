//! The STS: token requests over mutual TLS (guide 3.1.1 to 3.1.3), with the answers of a Keycloak.

pub(crate) mod answer;
pub(crate) mod assertion;
pub(crate) mod clients;
pub(crate) mod exchange;
pub(crate) mod form;
pub(crate) mod replay;
pub(crate) mod subject;
pub(crate) mod tokens;

use axum::extract::Request;
use axum::response::Response;
use base64::engine::general_purpose::STANDARD;
use base64::Engine as _;
use hyper::header::{ACCEPT, AUTHORIZATION};
use hyper::{HeaderMap, Method};

use crate::caller::{Caller, TokenKind};
use crate::server::PeerCertificate;
use crate::shared::Shared;
use answer::{not_served, unreadable_form, with_who, Refusal, TokenAnswer};
use clients::{Client, Proof};
use form::Form;
use subject::Subject;
use tokens::Grant;

/// The path of the token endpoint (guide 3.1.1).
pub(crate) const TOKEN_PATH: &str = "/realms/sts/protocol/openid-connect/token";

/// Handles a request to the STS.
pub(crate) async fn handle(shared: &Shared, request: Request) -> Response {
    let (parts, body) = request.into_parts();
    let html = wants_html(&parts.headers);
    let path = parts
        .uri
        .path()
        .strip_suffix('/')
        .unwrap_or(parts.uri.path());
    if path != TOKEN_PATH {
        let mut segments = path.trim_start_matches('/').split('/');
        return match (segments.next(), segments.next()) {
            (Some("realms"), Some("sts")) if path.starts_with(TOKEN_PATH) => {
                not_served(405, "HTTP 405 Method Not Allowed", html)
            }
            (Some("realms"), Some(realm)) if realm != "sts" => {
                not_served(404, "Realm does not exist", false)
            }
            _ => not_served(404, "HTTP 404 Not Found", html),
        };
    }
    if parts.method != Method::POST {
        return not_served(405, "HTTP 405 Method Not Allowed", html);
    }
    let form = match Form::read(&parts.headers, body).await {
        Ok(form) => form,
        Err(problem) => return unreadable_form(problem),
    };
    let peer = parts
        .extensions
        .get::<PeerCertificate>()
        .and_then(|PeerCertificate(der)| der.as_deref())
        .and_then(Subject::read);
    let who = who(&form, peer.as_ref());
    match token(shared, &parts.headers, &form, peer.as_ref()) {
        Ok(Outcome::Token(answer)) => with_who(answer.answer(), who),
        Ok(Outcome::Limited(response)) => with_who(response, who),
        Err(refusal) => {
            let reason = format!("{}: {}", refusal.error, refusal.description);
            let who = who.map_or_else(|| reason.clone(), |who| format!("{who} ({reason})"));
            with_who(refusal.answer(), Some(who))
        }
    }
}

fn wants_html(headers: &HeaderMap) -> bool {
    let accept = headers
        .get(ACCEPT)
        .and_then(|value| value.to_str().ok())
        .unwrap_or_default();
    accept.trim_start().starts_with("text/html")
}

/// The client and the certificate's CVR number for the log line.
fn who(form: &Form, peer: Option<&Subject>) -> Option<String> {
    let client = form
        .get("client_id")
        .or_else(|| form.get("client_assertion").map(|_| "assertion"))
        .map(|id| {
            id.chars()
                .filter(|c| !c.is_control())
                .take(40)
                .collect::<String>()
        });
    let cvr = peer.and_then(|subject| subject.cvr.clone());
    let parts: Vec<String> = client.into_iter().chain(cvr).collect();
    (!parts.is_empty()).then(|| parts.join(" "))
}

enum Outcome {
    Token(TokenAnswer),
    Limited(Response),
}

/// The checks in the order of a Keycloak: grant type, client, duplicates, certificate, scope.
fn token(
    shared: &Shared,
    headers: &HeaderMap,
    form: &Form,
    peer: Option<&Subject>,
) -> Result<Outcome, Refusal> {
    match form.get("grant_type") {
        None | Some("") => return Err(Refusal::request("Missing form parameter: grant_type")),
        Some("client_credentials") => {}
        Some(_) => {
            return Err(Refusal::new(
                400,
                "unsupported_grant_type",
                "Unsupported grant_type",
            ));
        }
    }
    let by_assertion =
        form.get("client_assertion").is_some() || form.get("client_assertion_type").is_some();
    let (client, reporter) = if by_assertion {
        let accepted = assertion::accept(shared, form)?;
        (accepted.client, Some(accepted.reporter))
    } else {
        (by_secret(shared, headers, form)?, None)
    };
    if form.duplicate().is_some() {
        return Err(Refusal::request("duplicated parameter"));
    }
    let peer = peer.ok_or_else(|| {
        Refusal::request("Client Certification missing for MTLS HoK Token Binding")
    })?;
    let caller = match &reporter {
        Some(reporter) => {
            // The API user's certificate: its CVR number is the client and stands in `sub`.
            if peer.cvr.as_deref() != Some(client.id.as_str()) {
                return Err(Refusal::client(
                    "The CVR number of the client certificate is not the sub of the assertion",
                ));
            }
            caller(reporter, client)
        }
        None => caller(peer, client),
    }
    .ok_or_else(|| {
        Refusal::client("The client certificate is not an OCES3 organisation certificate")
    })?;
    let scope = form.get("scope").map_or(Ok(String::new()), checked_scope)?;
    if let Some(response) = shared.limited(&client.id) {
        return Ok(Outcome::Limited(response));
    }
    let thumbprint = Some(peer.thumbprint.clone());
    shared
        .tokens
        .issue(Grant {
            caller,
            thumbprint,
            scope,
        })
        .map(Outcome::Token)
        .map_err(|problem| Refusal::new(500, "server_error", problem.to_string()))
}

fn caller(reporter: &Subject, client: &Client) -> Option<Caller> {
    Some(Caller {
        cvr: reporter.organisation()?.to_owned(),
        kind: TokenKind::Direct,
        adgangsprofil_id: None,
        client_id: client.id.clone(),
        serial_number: reporter.serial_number.clone(),
    })
}

fn checked_scope(scope: &str) -> Result<String, Refusal> {
    let known = |part: &str| matches!(part, "openid" | "profile" | "email");
    if scope.is_empty() || !scope.split(' ').all(known) {
        return Err(Refusal::new(
            400,
            "invalid_scope",
            format!("Invalid scopes: {scope}"),
        ));
    }
    Ok(scope.to_owned())
}

/// Variant A: client id and secret in the form, or with HTTP Basic.
fn by_secret<'a>(
    shared: &'a Shared,
    headers: &HeaderMap,
    form: &Form,
) -> Result<&'a Client, Refusal> {
    let basic = basic_credentials(headers);
    let (id, secret) = match &basic {
        Some((id, secret)) => (Some(id.as_str()), Some(secret.as_str())),
        None => (form.get("client_id"), form.get("client_secret")),
    };
    let text = "Invalid client or Invalid client credentials";
    let client = id
        .and_then(|id| shared.clients.get(id))
        .filter(|client| client.enabled)
        .ok_or_else(|| Refusal::new(401, "invalid_client", text))?;
    let Proof::Secret(expected) = &client.proof else {
        let text = "Unexpected error when authenticating client";
        return Err(Refusal::new(400, "unauthorized_client", text));
    };
    if secret != Some(expected.as_str()) {
        return Err(Refusal::new(401, "unauthorized_client", text));
    }
    if !client.service_account {
        let text = "Client not enabled to retrieve service account";
        return Err(Refusal::new(401, "unauthorized_client", text));
    }
    Ok(client)
}

fn basic_credentials(headers: &HeaderMap) -> Option<(String, String)> {
    let value = headers.get(AUTHORIZATION)?.to_str().ok()?;
    let (scheme, encoded) = value.split_once(' ')?;
    if !scheme.eq_ignore_ascii_case("basic") {
        return None;
    }
    let text = String::from_utf8(STANDARD.decode(encoded.trim()).ok()?).ok()?;
    text.split_once(':')
        .map(|(id, secret)| (id.to_owned(), secret.to_owned()))
}
