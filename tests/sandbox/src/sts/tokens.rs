//! Access tokens: made, remembered, verified, revoked.

use std::collections::HashMap;
use std::sync::{Mutex, MutexGuard, PoisonError};

use aws_lc_rs::encoding::AsDer as _;
use aws_lc_rs::rand::SystemRandom;
use aws_lc_rs::signature::{
    KeyPair as _, RsaKeyPair, UnparsedPublicKey, RSA_PKCS1_2048_8192_SHA256, RSA_PKCS1_SHA256,
};
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use base64::Engine as _;
use serde::{Deserialize, Serialize};
use serde_json::json;

use super::answer::TokenAnswer;
use crate::caller::{Caller, TokenKind};
use crate::clock::Clock;
use crate::pki::PkiError;

/// What an access token says. The portal's own claims are not known; these are the sandbox's.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub(crate) struct Claims {
    exp: i64,
    iat: i64,
    jti: String,
    iss: String,
    sub: String,
    typ: String,
    /// The client id.
    azp: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    cnf: Option<Confirmation>,
    scope: String,
    cvr: String,
    serial_number: String,
    token_kind: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    adgangsprofil_id: Option<String>,
}

/// The certificate that the token was given over (RFC 8705, 3.1).
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
struct Confirmation {
    #[serde(rename = "x5t#S256")]
    thumbprint: String,
}

/// Why a token is not valid.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum TokenProblem {
    /// Not a token of this sandbox's.
    Unknown,
    /// Older than its lifetime.
    Expired,
    /// Revoked through the control endpoint.
    Revoked,
}

impl TokenProblem {
    pub(crate) fn text(self) -> &'static str {
        match self {
            Self::Unknown => "Token verification failed",
            Self::Expired => "Token is not active",
            Self::Revoked => "Token is revoked",
        }
    }
}

/// What a token is made from.
pub(crate) struct Grant {
    pub(crate) caller: Caller,
    /// The thumbprint of the certificate behind the TLS connection.
    pub(crate) thumbprint: Option<String>,
    pub(crate) scope: String,
}

/// Makes and verifies tokens.
pub(crate) struct Tokens {
    key: RsaKeyPair,
    public_key: Vec<u8>,
    clock: Clock,
    lifetime_seconds: u32,
    issuer: String,
    /// The `jti`s of tokens that have not been revoked, and when they expire.
    live: Mutex<HashMap<String, i64>>,
}

impl Tokens {
    pub(crate) fn new(
        key_pkcs8: &[u8],
        clock: Clock,
        lifetime_seconds: u32,
        issuer: String,
    ) -> Result<Self, PkiError> {
        let key = RsaKeyPair::from_pkcs8(key_pkcs8).map_err(|_| PkiError::Key)?;
        let public_key = key
            .public_key()
            .as_der()
            .map_err(|_| PkiError::Key)?
            .as_ref()
            .to_vec();
        Ok(Self {
            key,
            public_key,
            clock,
            lifetime_seconds,
            issuer,
            live: Mutex::default(),
        })
    }

    /// Issues a token, with an `id_token` when the scope holds `openid`.
    pub(crate) fn issue(&self, grant: Grant) -> Result<TokenAnswer, PkiError> {
        let now = self.clock.unix_seconds();
        let caller = grant.caller;
        let claims = Claims {
            exp: now + i64::from(self.lifetime_seconds),
            iat: now,
            jti: crate::pki::random_text()?,
            iss: self.issuer.clone(),
            sub: caller
                .adgangsprofil_id
                .clone()
                .unwrap_or_else(|| caller.serial_number.clone()),
            typ: "Bearer".to_owned(),
            azp: caller.client_id,
            cnf: grant
                .thumbprint
                .map(|thumbprint| Confirmation { thumbprint }),
            scope: grant.scope.clone(),
            cvr: caller.cvr,
            serial_number: caller.serial_number,
            token_kind: match caller.kind {
                TokenKind::Direct => "direct".to_owned(),
                TokenKind::Delegated => "delegated".to_owned(),
            },
            adgangsprofil_id: caller.adgangsprofil_id,
        };
        let id_token = grant
            .scope
            .split(' ')
            .any(|scope| scope == "openid")
            .then(|| {
                self.sign(&json!({
                    "exp": claims.exp, "iat": claims.iat, "iss": claims.iss, "aud": claims.azp,
                    "sub": claims.sub, "typ": "ID", "azp": claims.azp,
                }))
            });
        let mut live = self.lock();
        live.retain(|_, expires| *expires > now - 3600);
        live.insert(claims.jti.clone(), claims.exp);
        drop(live);
        Ok(TokenAnswer {
            access_token: self.sign(&json!(claims))?,
            expires_in: self.lifetime_seconds,
            refresh_expires_in: 0,
            token_type: "Bearer",
            id_token: id_token.transpose()?,
            not_before_policy: 0,
            scope: grant.scope,
        })
    }

    fn sign(&self, claims: &serde_json::Value) -> Result<String, PkiError> {
        let header = json!({ "alg": "RS256", "typ": "JWT", "kid": "sandbox" }).to_string();
        let input = format!(
            "{}.{}",
            URL_SAFE_NO_PAD.encode(header),
            URL_SAFE_NO_PAD.encode(claims.to_string())
        );
        let mut signature = vec![0; self.key.public_modulus_len()];
        self.key
            .sign(
                &RSA_PKCS1_SHA256,
                &SystemRandom::new(),
                input.as_bytes(),
                &mut signature,
            )
            .map_err(|_| PkiError::Signature)?;
        Ok(format!("{input}.{}", URL_SAFE_NO_PAD.encode(signature)))
    }

    fn verify(&self, token: &str) -> Result<Claims, TokenProblem> {
        let unknown = TokenProblem::Unknown;
        let (input, signature) = token.rsplit_once('.').ok_or(unknown)?;
        let signature = URL_SAFE_NO_PAD.decode(signature).map_err(|_| unknown)?;
        UnparsedPublicKey::new(&RSA_PKCS1_2048_8192_SHA256, &self.public_key)
            .verify(input.as_bytes(), &signature)
            .map_err(|_| unknown)?;
        let (_, claims) = input.split_once('.').ok_or(unknown)?;
        let claims = URL_SAFE_NO_PAD.decode(claims).map_err(|_| unknown)?;
        // An id_token bears the same signature but has other members.
        let claims: Claims = serde_json::from_slice(&claims).map_err(|_| unknown)?;
        if claims.exp <= self.clock.unix_seconds() {
            return Err(TokenProblem::Expired);
        }
        if self.lock().contains_key(&claims.jti) {
            Ok(claims)
        } else {
            Err(TokenProblem::Revoked)
        }
    }

    /// The caller behind a token.
    pub(crate) fn caller(&self, token: &str) -> Result<Caller, TokenProblem> {
        let claims = self.verify(token)?;
        Ok(Caller {
            cvr: claims.cvr,
            kind: if claims.token_kind == "delegated" {
                TokenKind::Delegated
            } else {
                TokenKind::Direct
            },
            adgangsprofil_id: claims.adgangsprofil_id,
            client_id: claims.azp,
            serial_number: claims.serial_number,
        })
    }

    /// Makes every token that was issued invalid.
    pub(crate) fn revoke_all(&self) {
        self.lock().clear();
    }

    fn lock(&self) -> MutexGuard<'_, HashMap<String, i64>> {
        self.live.lock().unwrap_or_else(PoisonError::into_inner)
    }
}
