//! A token.

use std::sync::Arc;

use crate::shown::shown_as_in_the_core;
use skifteportal::auth as core;
use skifteportal::auth::TokenKind;
use skifteportal::model::Timestamp;
use skifteportal::secret::Secret;
use skifteportal::SkifteportalError;

/// An access token with the time at which it ends by the caller's clock. No text shows the token.
#[derive(uniffi::Object)]
#[uniffi::export(Debug)]
pub struct Token(pub(crate) core::Token);

shown_as_in_the_core!(Token);

#[uniffi::export]
impl Token {
    /// A token that the host has from elsewhere, such as its own store.
    #[uniffi::constructor]
    pub fn new(
        access_token: String,
        kind: TokenKind,
        expires_at: Option<Timestamp>,
    ) -> Result<Arc<Self>, SkifteportalError> {
        let token = core::Token::new(Secret::new(access_token), kind, expires_at)?;
        Ok(Arc::new(Self(token)))
    }

    /// The token itself: what follows `Bearer` in the header `Authorization`. It is a secret.
    pub fn access_token(&self) -> String {
        self.0.access_token().expose().to_owned()
    }

    /// Direct or delegated.
    pub fn kind(&self) -> TokenKind {
        self.0.kind()
    }

    /// When it ends by the clock that gave `now`; absent where the answer did not say.
    pub fn expires_at(&self) -> Option<Timestamp> {
        self.0.expires_at()
    }

    /// What was granted, which may be more than was asked for.
    pub fn scope(&self) -> Option<String> {
        self.0.scope().map(ToOwned::to_owned)
    }

    /// `refresh_expires_in` of the answer, in seconds.
    pub fn refresh_expires_in(&self) -> Option<i64> {
        self.0.refresh_expires_in()
    }

    /// `not-before-policy` of the answer: seconds since 1970, 0 for none.
    pub fn not_before_policy(&self) -> Option<i64> {
        self.0.not_before_policy()
    }

    /// Whether it will live for more than so many seconds yet.
    pub fn is_fresh(&self, now: Timestamp, margin_seconds: i32) -> bool {
        self.0
            .is_fresh(now, u32::try_from(margin_seconds).unwrap_or(0))
    }
}
