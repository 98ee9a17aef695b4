//! OAuth's own errors (RFC 6749 5.2, RFC 6750 3), and what Keycloak means by them.

/// An OAuth error as it stood in a body or in a `WWW-Authenticate` header. Cut and redacted.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct OAuthError {
    /// `error`: a code such as `invalid_client`; Keycloak also writes whole sentences here.
    pub error: String,
    /// `error_description`.
    pub description: Option<String>,
    /// `error_uri`.
    pub uri: Option<String>,
}

/// What an OAuth error means. One `error` covers many causes; the description tells them apart.
/// Observed on Keycloak 26.4, which is what the portal's STS is (guide 3.1.2); the portal's own
/// additions may answer otherwise, and then it is [`TokenRefusal::Other`].
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum TokenRefusal {
    /// The connection presented no client certificate.
    MissingClientCertificate,
    /// The Client ID is not known or is disabled, the secret is wrong, or issuer and subject of the
    /// assertion are not the client.
    WrongClientOrSecret,
    /// The client may not fetch tokens for itself.
    ServiceAccountDisabled,
    /// The client is set up for the other variant (secret or assertion) than was used.
    WrongVariant,
    /// The scope is not one of the client's. The portal's is `openid`.
    InvalidScope,
    /// The grant type is not taken.
    UnsupportedGrantType,
    /// The form has no `grant_type`, or was not read as a form.
    MissingGrantType,
    /// A form field was sent twice.
    DuplicateParameter,
    /// The assertion's `jti` was used before.
    AssertionReplayed,
    /// The assertion has expired or is not valid yet. Often a clock that is wrong.
    AssertionExpired,
    /// The assertion's `exp` is too far ahead. Also seen when our clock is ahead.
    AssertionTooLong,
    /// The assertion's `iat` is ahead of the server's clock.
    IssuedInFuture,
    /// The assertion's `iat` is too long ago.
    IssuedTooLongAgo,
    /// The assertion's `aud` is not the server's.
    WrongAudience,
    /// The assertion has more than one `aud`.
    MultipleAudiences,
    /// The assertion has no `jti`.
    MissingJti,
    /// The assertion has no `exp`.
    MissingExpiry,
    /// The assertion's signature does not belong to the registered certificate.
    BadSignature,
    /// The assertion is signed with another algorithm than the client is set up for.
    WrongAlgorithm,
    /// The assertion names a key that the server does not have.
    UnknownKey,
    /// The address names a realm that the server does not have: the wrong environment.
    UnknownRealm,
    /// The address takes no request of this method.
    MethodNotAllowed,
    /// The form is larger than the server takes.
    RequestTooLarge,
    /// The access token is expired, revoked or otherwise not accepted (RFC 6750 3.1).
    InvalidToken,
    /// The access token lacks a right (RFC 6750 3.1).
    InsufficientScope,
    /// The token that should be exchanged, or the profile, is not accepted (RFC 6749 5.2, RFC 8693).
    InvalidGrant,
    /// The client or the user may not do this.
    AccessDenied,
    /// The server asks for fewer requests.
    SlowDown,
    /// The server itself failed.
    ServerFault,
    /// Anything else. [`OAuthError`] keeps what was said.
    Other,
}

use TokenRefusal as R;

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

impl TokenRefusal {
    /// Whether a wrong clock is a likely cause. Compare
    /// [`PortalError::clock_offset_seconds`](super::PortalError::clock_offset_seconds).
    pub const fn clock_related(self) -> bool {
        matches!(
            self,
            R::AssertionExpired | R::AssertionTooLong | R::IssuedInFuture | R::IssuedTooLongAgo
        )
    }

    /// A stable code, such as `assertion.replayed`.
    pub const fn code(self) -> &'static str {
        match self {
            R::MissingClientCertificate => "client.certificate_missing",
            R::WrongClientOrSecret => "client.unknown_or_wrong_secret",
            R::ServiceAccountDisabled => "client.service_account_disabled",
            R::WrongVariant => "client.wrong_variant",
            R::InvalidScope => "request.scope",
            R::UnsupportedGrantType => "request.grant_type_unsupported",
            R::MissingGrantType => "request.grant_type_missing",
            R::DuplicateParameter => "request.duplicate_parameter",
            R::AssertionReplayed => "assertion.replayed",
            R::AssertionExpired => "assertion.not_active",
            R::AssertionTooLong => "assertion.expiry_too_far",
            R::IssuedInFuture => "assertion.issued_in_future",
            R::IssuedTooLongAgo => "assertion.issued_too_long_ago",
            R::WrongAudience => "assertion.audience",
            R::MultipleAudiences => "assertion.multiple_audiences",
            R::MissingJti => "assertion.jti_missing",
            R::MissingExpiry => "assertion.exp_missing",
            R::BadSignature => "assertion.signature",
            R::WrongAlgorithm => "assertion.algorithm",
            R::UnknownKey => "assertion.key_unknown",
            R::UnknownRealm => "request.realm_unknown",
            R::MethodNotAllowed => "request.method",
            R::RequestTooLarge => "request.too_large",
            R::InvalidToken => "token.invalid",
            R::InsufficientScope => "token.insufficient_scope",
            R::InvalidGrant => "grant.invalid",
            R::AccessDenied => "access.denied",
            R::SlowDown => "server.slow_down",
            R::ServerFault => "server.fault",
            R::Other => "other",
        }
    }
}
