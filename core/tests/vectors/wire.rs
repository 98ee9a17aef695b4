//! What several areas have in common: bytes, requests, environments, tokens.

use std::collections::BTreeMap;

use base64::engine::general_purpose::STANDARD;
use base64::Engine as _;
use serde::Deserialize;
use serde_json::{json, Value};
use skifteportal::auth::{AuthError, Token, TokenKind};
use skifteportal::environment::Environment;
use skifteportal::http::{HttpRequest, HttpResponse};
use skifteportal::model::Timestamp;

/// Bytes: a text, which stands for its UTF-8, or Base64.
#[derive(Deserialize)]
#[serde(untagged)]
pub(crate) enum Bytes {
    Text(String),
    Base64(Encoded),
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Encoded {
    base64: String,
}

impl Bytes {
    pub(crate) fn read(self) -> Vec<u8> {
        match self {
            Self::Text(text) => text.into_bytes(),
            Self::Base64(encoded) => STANDARD.decode(encoded.base64).unwrap(),
        }
    }
}

pub(crate) fn show_bytes(bytes: &[u8]) -> Value {
    match std::str::from_utf8(bytes) {
        Ok(text) => json!(text),
        Err(_) => json!({ "base64": STANDARD.encode(bytes) }),
    }
}

pub(crate) fn show_error(code: &str) -> Value {
    json!({ "error": code })
}

pub(crate) fn show_request(request: &HttpRequest) -> Value {
    let headers: Vec<[&str; 2]> = request
        .headers
        .iter()
        .map(|header| [header.name(), header.value()])
        .collect();
    json!({
        "method": request.method.as_str(),
        "url": request.url,
        "headers": headers,
        "body": show_bytes(&request.body),
        "identity": request.identity.as_str(),
    })
}

pub(crate) fn time(text: &str) -> Timestamp {
    text.parse().unwrap()
}

pub(crate) fn show_time(time: Option<Timestamp>) -> Value {
    json!(time.map(|time| time.to_string()))
}

/// An answer of the portal.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Response {
    status: u16,
    #[serde(default)]
    headers: Vec<(String, String)>,
    body: Bytes,
}

impl Response {
    pub(crate) fn read(self) -> HttpResponse {
        HttpResponse::new(self.status, self.headers, self.body.read())
    }
}

#[derive(Deserialize)]
#[serde(tag = "kind", rename_all = "snake_case", deny_unknown_fields)]
pub(crate) enum Target {
    Test {
        #[serde(default)]
        audience: Option<String>,
        #[serde(default)]
        paths: BTreeMap<String, String>,
    },
    Production {},
    Custom {
        sysauth: String,
        auth: String,
        api: String,
    },
}

impl Default for Target {
    fn default() -> Self {
        Self::Test {
            audience: None,
            paths: BTreeMap::new(),
        }
    }
}

impl Target {
    pub(crate) fn read(self) -> Environment {
        match self {
            Self::Test { audience, paths } => {
                let mut environment = Environment::test();
                if let Some(audience) = audience {
                    environment = environment.with_audience(audience);
                }
                for (key, template) in paths {
                    environment = environment.with_path(&key, &template).unwrap();
                }
                environment
            }
            Self::Production {} => Environment::production(),
            Self::Custom { sysauth, auth, api } => {
                Environment::custom(&sysauth, &auth, &api).unwrap()
            }
        }
    }
}

#[derive(Clone, Copy, Deserialize)]
#[serde(rename_all = "snake_case")]
pub(crate) enum Kind {
    Direct,
    Delegated,
}

impl From<Kind> for TokenKind {
    fn from(kind: Kind) -> Self {
        match kind {
            Kind::Direct => Self::Direct,
            Kind::Delegated => Self::Delegated,
        }
    }
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct GivenToken {
    access_token: String,
    kind: Kind,
}

impl GivenToken {
    pub(crate) fn read(self) -> Result<Token, AuthError> {
        Token::new(self.access_token.into(), self.kind.into(), None)
    }
}
