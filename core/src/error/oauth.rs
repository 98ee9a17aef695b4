//! OAuth's own errors (RFC 6749 5.2, RFC 6750 3), and what Keycloak means by them.

use super::TokenRefusal::{self, self as R};

/// An OAuth error as it stood in a body or in a `WWW-Authenticate` header. Cut and redacted.
#[derive(Clone, Debug, PartialEq, Eq)]
#[cfg_attr(feature = "uniffi", derive(uniffi::Record))]
#[cfg_attr(
    feature = "dynamic",
    derive(serde::Serialize),
    serde(rename_all = "camelCase")
)]
pub struct OAuthError {
    /// `error`: a code such as `invalid_client`; Keycloak also writes whole sentences here.
    pub error: String,
    /// `error_description`.
    pub description: Option<String>,
    /// `error_uri`.
    pub uri: Option<String>,
}

/// Descriptions of Keycloak, compared by their beginning without regard to case, and the refusal
/// that each means. Longer texts stand before those that begin them.
const DESCRIPTIONS: &[(&str, TokenRefusal)] = &[
    ("client certification missing", R::MissingClientCertificate),
    ("client certificate missing", R::MissingClientCertificate),
    (
        "invalid client or invalid client credentials",
        R::WrongClientOrSecret,
    ),
    ("invalid client secret", R::WrongClientOrSecret),
    ("invalid client credentials", R::WrongClientOrSecret),
    (
        "client not enabled to retrieve service account",
        R::ServiceAccountDisabled,
    ),
    (
        "unexpected error when authenticating client",
        R::WrongVariant,
    ),
    ("invalid scopes", R::InvalidScope),
    ("unsupported grant_type", R::UnsupportedGrantType),
    ("missing form parameter: grant_type", R::MissingGrantType),
    ("duplicated parameter", R::DuplicateParameter),
    ("token reuse detected", R::AssertionReplayed),
    ("token is not active", R::AssertionExpired),
    (
        "token expiration is too far in the future",
        R::AssertionTooLong,
    ),
    ("token was issued in the future", R::IssuedInFuture),
    ("token was issued too far in the past", R::IssuedTooLongAgo),
    ("invalid token audience", R::WrongAudience),
    ("multiple audiences not allowed", R::MultipleAudiences),
    ("token jti claim is required", R::MissingJti),
    ("token exp claim is required", R::MissingExpiry),
    (
        "client authentication with signed jwt failed: signature",
        R::BadSignature,
    ),
    ("invalid signature algorithm", R::WrongAlgorithm),
    ("unable to load public key", R::UnknownKey),
    ("realm does not exist", R::UnknownRealm),
];

impl OAuthError {
    /// What the error means.
    ///
    /// ```
    /// use skifteportal::error::{OAuthError, TokenRefusal};
    /// let error = OAuthError {
    ///     error: "invalid_client".into(),
    ///     description: Some("Token is not active".into()),
    ///     uri: None,
    /// };
    /// assert_eq!(error.refusal(), TokenRefusal::AssertionExpired);
    /// assert!(error.refusal().clock_related());
    /// ```
    pub fn refusal(&self) -> TokenRefusal {
        for text in [self.description.as_deref(), Some(self.error.as_str())] {
            let text = text.unwrap_or_default().trim().to_lowercase();
            let found = DESCRIPTIONS
                .iter()
                .find(|(start, _)| text.starts_with(start));
            if let Some((_, refusal)) = found {
                return *refusal;
            }
        }
        match self.error.as_str() {
            "invalid_client" | "unauthorized_client" => R::WrongClientOrSecret,
            "invalid_scope" => R::InvalidScope,
            "unsupported_grant_type" => R::UnsupportedGrantType,
            "invalid_grant" => R::InvalidGrant,
            "invalid_token" | "expired_token" => R::InvalidToken,
            "insufficient_scope" => R::InsufficientScope,
            "access_denied" | "invalid_target" => R::AccessDenied,
            "slow_down" => R::SlowDown,
            "server_error" | "temporarily_unavailable" | "unknown_error" => R::ServerFault,
            text if text.starts_with("HTTP 405") => R::MethodNotAllowed,
            text if text.starts_with("HTTP 413") => R::RequestTooLarge,
            _ => R::Other,
        }
    }
}
