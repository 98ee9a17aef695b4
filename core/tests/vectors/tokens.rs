use serde::Deserialize;
use serde_json::{json, Value};
use skifteportal::auth::{read_token, AccessTokenClaims};
use skifteportal::error::TokenRefusal;

use crate::wire::{show_error, show_time, time, Kind, Response};

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Answered {
    response: Response,
    kind: Kind,
    now: String,
}

pub(crate) fn token(input: Answered) -> Value {
    let response = input.response.read();
    match read_token(&response, input.kind.into(), time(&input.now)) {
        Ok(token) => json!({
            "access_token": token.access_token().expose(),
            "kind": token.kind().as_str(),
            "expires_at": show_time(token.expires_at()),
            "scope": token.scope(),
            "refresh_expires_in": token.refresh_expires_in(),
            "not_before_policy": token.not_before_policy(),
        }),
        Err(error) => json!({
            "error": error.code(),
            "kind": error.kind().as_str(),
            "token_refusal": error.token_refusal().map(TokenRefusal::code),
        }),
    }
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct AccessToken {
    token: String,
}

pub(crate) fn claims(input: AccessToken) -> Value {
    match AccessTokenClaims::read(&input.token.into()) {
        Ok(claims) => json!({
            "issuer": claims.issuer,
            "subject": claims.subject,
            "audience": claims.audience,
            "expires_at": show_time(claims.expires_at),
            "issued_at": show_time(claims.issued_at),
            "not_before": show_time(claims.not_before),
            "authorized_party": claims.authorized_party,
            "client_id": claims.client_id,
            "scope": claims.scope,
            "token_type": claims.token_type,
            "certificate_thumbprint": claims.certificate_thumbprint,
            "other_claims": claims.other_claims,
        }),
        Err(error) => show_error(error.code()),
    }
}
