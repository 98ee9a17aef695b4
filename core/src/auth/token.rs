//! The token that a token request or an exchange brings.

use super::members::{Flaw, Members};
use super::AuthError;
use crate::error::{PortalError, Unreadable};
use crate::http::{Header, HttpResponse};
use crate::model::Timestamp;
use crate::secret::Secret;

/// What a token may be used for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
#[cfg_attr(feature = "uniffi", derive(uniffi::Enum))]
#[cfg_attr(
    feature = "dynamic",
    derive(serde::Serialize, serde::Deserialize),
    serde(rename_all = "snake_case")
)]
pub enum TokenKind {
    /// From variant A or B: acts as the company of the reporter's certificate (guide 3.1).
    Direct,
    /// From the exchange: acts for the likvidator whose adgangsprofil was named (guide 3.2).
    Delegated,
}

impl TokenKind {
    /// Its name, which stays as it is.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Direct => "direct",
            Self::Delegated => "delegated",
        }
    }
}

/// An access token with the time at which it ends by the caller's clock.
///
/// A refresh token in an answer is dropped: the guide renews by a new token request (guide 3.1.3).
/// So is an `id_token`. `Debug` shows no token.
#[derive(Clone, Debug)]
pub struct Token {
    secret: Secret,
    kind: TokenKind,
    expires_at: Option<Timestamp>,
    scope: Option<String>,
    refresh_expires_in: Option<i64>,
    not_before_policy: Option<i64>,
}

impl Token {
    /// A token that the host has from elsewhere, such as its own store. Refuses a text that cannot
    /// go in a header (RFC 6750 2.1).
    ///
    /// ```
    /// use skifteportal::auth::{Token, TokenKind};
    /// use skifteportal::model::Timestamp;
    /// let end = Timestamp::from_unix(1_700_000_300);
    /// let token = Token::new("abc".into(), TokenKind::Direct, Some(end)).unwrap();
    /// assert!(token.is_fresh(Timestamp::from_unix(1_700_000_000), 30));
    /// assert!(!token.is_fresh(Timestamp::from_unix(1_700_000_270), 30));
    /// assert!(!format!("{token:?}").contains("abc"));
    /// ```
    pub fn new(
        access_token: Secret,
        kind: TokenKind,
        expires_at: Option<Timestamp>,
    ) -> Result<Self, AuthError> {
        if !is_bearer_token(access_token.expose()) {
            return Err(AuthError::TokenCharacter);
        }
        Ok(Self {
            secret: access_token,
            kind,
            expires_at,
            scope: None,
            refresh_expires_in: None,
            not_before_policy: None,
        })
    }

    /// The token itself.
    pub const fn access_token(&self) -> &Secret {
        &self.secret
    }

    /// Direct or delegated.
    pub const fn kind(&self) -> TokenKind {
        self.kind
    }

    /// When it ends by the clock that gave `now`; `None` where the answer did not say.
    pub const fn expires_at(&self) -> Option<Timestamp> {
        self.expires_at
    }

    /// `scope`: what was granted, which may be more than was asked for and in any order.
    pub fn scope(&self) -> Option<&str> {
        self.scope.as_deref()
    }

    /// `refresh_expires_in`, seconds: 0 in the guide's example (guide 3.1.3).
    pub const fn refresh_expires_in(&self) -> Option<i64> {
        self.refresh_expires_in
    }

    /// `not-before-policy`: seconds since 1970; a Keycloak takes no token issued before it. 0 means
    /// that there is no such time.
    pub const fn not_before_policy(&self) -> Option<i64> {
        self.not_before_policy
    }

    /// Whether the token will live for more than `margin_seconds` yet. A token whose end is unknown
    /// counts as fresh until the portal refuses it.
    pub fn is_fresh(&self, now: Timestamp, margin_seconds: u32) -> bool {
        self.expires_at
            .is_none_or(|end| now.plus_seconds(i64::from(margin_seconds)) < end)
    }

    /// `Authorization: Bearer …` (guide 3.2.4). The token's characters were checked when it was made.
    pub(crate) fn authorization_header(&self) -> Header {
        Header::fixed("Authorization", format!("Bearer {}", self.secret.expose()))
    }
}

/// RFC 6750 2.1: `1*( ALPHA / DIGIT / "-" / "." / "_" / "~" / "+" / "/" ) *"="`.
fn is_bearer_token(text: &str) -> bool {
    let body = text.trim_end_matches('=');
    let allowed = |b: u8| b.is_ascii_alphanumeric() || b"-._~+/".contains(&b);
    !body.is_empty() && body.bytes().all(allowed)
}

/// Reads the answer of any of the three token requests (guide 3.1.3, 3.2.4).
///
/// `now` is the caller's clock when the answer came; a cautious caller gives the time at which it
/// sent the request, since the token's life began between the two. Any status but 2xx is decoded as
/// the refusal it is. A 2xx without a usable token (an HTML page, an empty or cut-off body, a token
/// type other than Bearer) is an error of protocol kind. Unknown members are passed over.
///
/// ```
/// use skifteportal::auth::{read_token, TokenKind};
/// use skifteportal::http::HttpResponse;
/// use skifteportal::model::Timestamp;
/// let body = r#"{"access_token":"eyJ.e30.c2ln","expires_in":300,"token_type":"Bearer"}"#;
/// let response = HttpResponse::new(200, [("Content-Type", "application/json")], body);
/// let now = Timestamp::from_unix(1_700_000_000);
/// let token = read_token(&response, TokenKind::Direct, now).unwrap();
/// assert_eq!(token.expires_at(), Some(Timestamp::from_unix(1_700_000_300)));
/// ```
pub fn read_token(
    response: &HttpResponse,
    kind: TokenKind,
    now: Timestamp,
) -> Result<Token, PortalError> {
    if !response.is_success() || is_refusal(&response.body) {
        return Err(PortalError::decode(response, now));
    }
    read_answer(&response.body, kind, now)
        .map_err(|what| PortalError::unreadable(&without_token(response), what))
}

/// Whether a body is an OAuth error (RFC 6749 5.2) in spite of its status.
fn is_refusal(body: &[u8]) -> bool {
    Members::read(body).is_ok_and(|members| {
        members.text("error").is_some() && members.raw("access_token").is_none()
    })
}

/// The response for the error to quote from: a body that may hold a token, such as a cut-off answer,
/// is left out, and a page of a proxy is kept.
fn without_token(response: &HttpResponse) -> HttpResponse {
    let is_page = response.body.trim_ascii_start().starts_with(b"<");
    let body = if is_page {
        response.body.as_slice()
    } else {
        &[]
    };
    HttpResponse {
        status: response.status,
        headers: response.headers.clone(),
        body: body.to_vec(),
    }
}

fn read_answer(body: &[u8], kind: TokenKind, now: Timestamp) -> Result<Token, Unreadable> {
    if body.trim_ascii().is_empty() {
        return Err(Unreadable::Empty);
    }
    let members = Members::read(body).map_err(|fault| match fault {
        Flaw {
            syntax: true,
            line,
            column,
        } => Unreadable::NotJson { line, column },
        Flaw { line, column, .. } => Unreadable::Shape { line, column },
    })?;
    let missing = |name: &str| Unreadable::MissingMember { name: name.into() };
    let unusable = |name: &str| Unreadable::Value { name: name.into() };
    let text = |name| match members.raw(name) {
        None | Some("\"\"") => Err(missing(name)),
        Some(_) => members.text(name).ok_or_else(|| unusable(name)),
    };
    let access_token = text("access_token").map(Secret::new)?;
    if !text("token_type")?.eq_ignore_ascii_case("Bearer") {
        return Err(unusable("token_type"));
    }
    // A lifetime of 0 or less has ended; one beyond the year 9999 ends there.
    let end = |seconds: i64| now.plus_seconds(seconds.max(0));
    let expires_at = members.integer("expires_in").map(end);
    let token = Token::new(access_token, kind, expires_at).map_err(|_| unusable("access_token"))?;
    Ok(Token {
        scope: members.text("scope"),
        refresh_expires_in: members.integer("refresh_expires_in"),
        not_before_policy: members.integer("not-before-policy"),
        ..token
    })
}
