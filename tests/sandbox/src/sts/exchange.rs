//! The exchange of a direct token for a delegated one (guide 3.2.3). The refusals' texts are made up.

use axum::extract::Request;
use axum::response::Response;
use hyper::Method;

use super::answer::{not_served, unreadable_form, with_who, Refusal, TokenAnswer};
use super::form::Form;
use super::tokens::Grant;
use crate::caller::{Caller, TokenKind};
use crate::shared::Shared;

const ACCESS_TOKEN: &str = "urn:ietf:params:oauth:token-type:access_token";

/// The four fields of the guide's table whose values are given.
const FIXED_FIELDS: [(&str, &str); 4] = [
    (
        "grant_type",
        "urn:ietf:params:oauth:grant-type:token-exchange",
    ),
    ("actor_token_type", ACCESS_TOKEN),
    ("requested_token_type", ACCESS_TOKEN),
    (
        "subject_token_type",
        "urn:dk:domstol:token-type:adgangsprofil-id",
    ),
];

/// Handles a request to the exchange service.
pub(crate) async fn handle(shared: &Shared, request: Request) -> Response {
    let (parts, body) = request.into_parts();
    if parts.uri.path() != "/token" {
        return not_served(404, "HTTP 404 Not Found", false);
    }
    if parts.method != Method::POST {
        return not_served(405, "HTTP 405 Method Not Allowed", false);
    }
    let form = match Form::read(&parts.headers, body).await {
        Ok(form) => form,
        Err(problem) => return unreadable_form(problem),
    };
    let direct = match direct_caller(shared, &form) {
        Ok(direct) => direct,
        Err(refusal) => return refused(&refusal, None),
    };
    let who = direct.short();
    if let Some(limited) = shared.limited(&direct.client_id) {
        return with_who(limited, Some(who));
    }
    match exchange(shared, &form, direct) {
        Ok(answer) => with_who(answer.answer(), Some(who)),
        Err(refusal) => refused(&refusal, Some(&who)),
    }
}

fn refused(refusal: &Refusal, who: Option<&str>) -> Response {
    let reason = format!(
        "{}({}: {})",
        who.map(|who| format!("{who} ")).unwrap_or_default(),
        refusal.error,
        refusal.description
    );
    with_who(refusal.answer(), Some(reason))
}

/// Checks the form and the actor token.
fn direct_caller(shared: &Shared, form: &Form) -> Result<Caller, Refusal> {
    if let Some(name) = form.duplicate() {
        return Err(Refusal::request(format!("duplicated parameter: {name}")));
    }
    for (name, wanted) in FIXED_FIELDS {
        match form.get(name) {
            Some(value) if value == wanted => {}
            None => return Err(Refusal::request(format!("Missing form parameter: {name}"))),
            Some(_) if name == "grant_type" => {
                return Err(Refusal::new(
                    400,
                    "unsupported_grant_type",
                    "Unsupported grant_type",
                ));
            }
            Some(_) => return Err(Refusal::request(format!("{name} must be {wanted}"))),
        }
    }
    let token = form
        .get("actor_token")
        .ok_or_else(|| Refusal::request("Missing form parameter: actor_token"))?;
    let caller = shared.tokens.caller(token).map_err(|problem| {
        Refusal::new(
            400,
            "invalid_grant",
            format!("actor_token: {}", problem.text()),
        )
    })?;
    if caller.kind == TokenKind::Delegated {
        return Err(Refusal::new(
            400,
            "invalid_grant",
            "actor_token: not a direct token",
        ));
    }
    Ok(caller)
}

fn exchange(shared: &Shared, form: &Form, direct: Caller) -> Result<TokenAnswer, Refusal> {
    let id = form
        .get("subject_token")
        .ok_or_else(|| Refusal::request("Missing form parameter: subject_token"))?;
    let profile = shared
        .profiles
        .iter()
        .find(|profile| profile.id.eq_ignore_ascii_case(id))
        .ok_or_else(|| {
            Refusal::new(
                400,
                "invalid_grant",
                "subject_token: no such adgangsprofil-id",
            )
        })?;
    if !profile.serial_numbers.contains(&direct.serial_number) {
        return Err(Refusal::new(
            403,
            "access_denied",
            "The certificate's SERIALNUMBER is not registered as API-deltager on this adgangsprofil",
        ));
    }
    let caller = Caller {
        kind: TokenKind::Delegated,
        adgangsprofil_id: Some(profile.id.to_owned()),
        ..direct
    };
    shared
        .tokens
        .issue(Grant {
            caller,
            thumbprint: None,
            scope: "openid".to_owned(),
        })
        .map_err(|problem| Refusal::new(500, "server_error", problem.to_string()))
}
