//! Token requests for hosts that run no session, and the reading of tokens.

use skifteportal::auth as core;
use skifteportal::model::Timestamp;
use skifteportal::secret::Secret;
use skifteportal::SkifteportalError;
use wasm_bindgen::prelude::*;

use crate::assertion::SignedAssertion;
use crate::environment::Environment;
use crate::failure::Outcome;
use crate::http::{HttpRequest, HttpResponse};
use crate::value::{entropy, object, scalar, time, value};

/// The scope that is asked for where a host names none.
pub(crate) fn scope_or_default(scope: Option<String>) -> String {
    scope.unwrap_or_else(|| core::DEFAULT_SCOPE.to_owned())
}

/// A new `jti` for an assertion.
#[wasm_bindgen(js_name = newJti, skip_typescript)]
pub fn new_jti(entropy_bytes: Vec<u8>) -> Outcome<String> {
    Ok(core::jti_from(&entropy(entropy_bytes)?))
}

/// The token request of variant A.
#[wasm_bindgen(js_name = variantARequest, skip_typescript)]
pub fn variant_a_request(
    environment: &Environment,
    client_id: &str,
    client_secret: String,
    scope: Option<String>,
) -> HttpRequest {
    let (secret, scope) = (Secret::new(client_secret), scope_or_default(scope));
    HttpRequest(core::variant_a_request(
        &environment.0,
        client_id,
        &secret,
        &scope,
    ))
}

/// The token request of variant B.
#[wasm_bindgen(js_name = variantBRequest, skip_typescript)]
pub fn variant_b_request(
    environment: &Environment,
    assertion: &SignedAssertion,
    scope: Option<String>,
) -> HttpRequest {
    let scope = scope_or_default(scope);
    HttpRequest(core::variant_b_request(
        &environment.0,
        &assertion.0,
        &scope,
    ))
}

/// The exchange of a direct token for one that acts for a likvidator.
#[wasm_bindgen(js_name = exchangeRequest, skip_typescript)]
pub fn exchange_request(
    environment: &Environment,
    direct: &Token,
    adgangsprofil: &str,
) -> Outcome<HttpRequest> {
    let adgangsprofil = scalar("id", adgangsprofil)?;
    let exchange = core::exchange_request(&environment.0, &direct.0, &adgangsprofil)?;
    Ok(HttpRequest(exchange))
}

/// Reads the answer of any of the three token requests.
#[wasm_bindgen(js_name = readToken, skip_typescript)]
pub fn read_token(response: &HttpResponse, kind: &JsValue, now: &JsValue) -> Outcome<Token> {
    let kind: core::TokenKind = value(kind)?;
    core::read_token(&response.0, kind, time(now)?)
        .map(Token)
        .map_err(|error| SkifteportalError::portal(&error).into())
}

/// What an access token that is a JWT says of itself, unverified.
#[wasm_bindgen(js_name = accessTokenClaims, skip_typescript)]
pub fn access_token_claims(access_token: String) -> Outcome<JsValue> {
    let claims = core::AccessTokenClaims::read(&Secret::new(access_token))?;
    Ok(object(&claims))
}

/// An access token. No text shows it.
#[wasm_bindgen(skip_typescript)]
#[derive(Clone)]
pub struct Token(pub(crate) core::Token);

#[wasm_bindgen]
impl Token {
    /// The same object once more.
    pub fn copy(&self) -> Self {
        self.clone()
    }

    /// A token that the host has from elsewhere.
    #[wasm_bindgen(constructor)]
    pub fn new(access_token: String, kind: &JsValue, expires_at: &JsValue) -> Outcome<Token> {
        let expires_at = if expires_at.is_undefined() || expires_at.is_null() {
            None
        } else {
            Some(time(expires_at)?)
        };
        let kind: core::TokenKind = value(kind)?;
        let token = core::Token::new(Secret::new(access_token), kind, expires_at)?;
        Ok(Self(token))
    }

    /// The token itself.
    #[wasm_bindgen(js_name = accessToken)]
    pub fn access_token(&self) -> String {
        self.0.access_token().expose().to_owned()
    }

    /// Direct or delegated.
    #[wasm_bindgen(getter)]
    pub fn kind(&self) -> String {
        self.0.kind().as_str().to_owned()
    }

    /// When it ends.
    #[wasm_bindgen(getter, js_name = expiresAt)]
    pub fn expires_at(&self) -> Option<String> {
        self.0.expires_at().as_ref().map(Timestamp::to_string)
    }

    /// What was granted.
    #[wasm_bindgen(getter)]
    pub fn scope(&self) -> Option<String> {
        self.0.scope().map(ToOwned::to_owned)
    }

    /// `refresh_expires_in` of the answer.
    #[wasm_bindgen(getter, js_name = refreshExpiresIn)]
    pub fn refresh_expires_in(&self) -> JsValue {
        object(&self.0.refresh_expires_in())
    }

    /// `not-before-policy` of the answer.
    #[wasm_bindgen(getter, js_name = notBeforePolicy)]
    pub fn not_before_policy(&self) -> JsValue {
        object(&self.0.not_before_policy())
    }

    /// Whether it will live for more than so many seconds yet.
    #[wasm_bindgen(js_name = isFresh)]
    pub fn is_fresh(&self, now: &JsValue, margin_seconds: u32) -> Outcome<bool> {
        Ok(self.0.is_fresh(time(now)?, margin_seconds))
    }
}
