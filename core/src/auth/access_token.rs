//! What an access token says of itself, for diagnosis.

use super::members::Members;
use super::{jose, AuthError};
use crate::model::Timestamp;
use crate::secret::Secret;

/// The most names of unknown claims that are kept, and the most characters of one.
const MAX_NAMES: usize = 64;
const MAX_NAME_LENGTH: usize = 64;

/// The claims of an access token, read but **not verified**: anybody can write a token that says
/// this. Use them to see why the portal refused one (its time, its certificate, its client), never to
/// decide what somebody may do.
///
/// A claim that is absent, or of another type than RFC 7519 gives it, is `None`. The claims are not
/// secrets, since they grant nothing without the signature; `Debug` shows them.
///
/// ```
/// use skifteportal::auth::AccessTokenClaims;
/// // {"alg":"RS256"} . {"iss":"https://sts.test","exp":1700000300,"azp":"me"}
/// let token = "eyJhbGciOiJSUzI1NiJ9.\
///     eyJpc3MiOiJodHRwczovL3N0cy50ZXN0IiwiZXhwIjoxNzAwMDAwMzAwLCJhenAiOiJtZSJ9.c2ln".into();
/// let claims = AccessTokenClaims::read(&token).unwrap();
/// assert_eq!(claims.issuer.as_deref(), Some("https://sts.test"));
/// assert_eq!(claims.expires_at.unwrap().to_string(), "2023-11-14T22:18:20Z");
/// assert_eq!(claims.authorized_party.as_deref(), Some("me"));
/// ```
#[derive(Clone, Debug, Default, PartialEq, Eq)]
#[non_exhaustive]
#[cfg_attr(feature = "uniffi", derive(uniffi::Record))]
#[cfg_attr(
    feature = "dynamic",
    derive(serde::Serialize),
    serde(rename_all = "camelCase")
)]
pub struct AccessTokenClaims {
    /// `iss`: who issued it.
    pub issuer: Option<String>,
    /// `sub`: whom it is about; of a Keycloak, a UUID of its own making.
    pub subject: Option<String>,
    /// `aud`: whom it is for; empty where the claim is absent.
    pub audience: Vec<String>,
    /// `exp`, at most the year 9999.
    pub expires_at: Option<Timestamp>,
    /// `iat`.
    pub issued_at: Option<Timestamp>,
    /// `nbf`.
    pub not_before: Option<Timestamp>,
    /// `azp`: the client it was issued to, by the name of OIDC Core 2.
    pub authorized_party: Option<String>,
    /// `client_id`: the same by RFC 9068's name.
    pub client_id: Option<String>,
    /// `scope`: words with spaces between them.
    pub scope: Option<String>,
    /// `typ`: of a Keycloak, `Bearer`.
    pub token_type: Option<String>,
    /// `cnf` with `x5t#S256`: the thumbprint of the client certificate that the token is bound to
    /// (RFC 8705 3.1). Compare it with the certificate's
    /// [`x5t_s256`](crate::certificate::Certificate::x5t_s256).
    pub certificate_thumbprint: Option<String>,
    /// The names of the other claims in order; at most 64 names, each cut at 64 characters.
    pub other_claims: Vec<String>,
}

impl AccessTokenClaims {
    /// Reads the claims of a token that is a JWT. An opaque token (RFC 6749 1.4) gives
    /// `auth.not_a_jwt`, which says nothing against the token.
    pub fn read(token: &Secret) -> Result<Self, AuthError> {
        let payload = jose::payload(token.expose())?;
        let members = Members::read(&payload).map_err(|_| AuthError::NotAJwt {
            part: "the second part is not a JSON object with each member once",
        })?;
        let time = |name| members.integer(name).map(Timestamp::from_unix);
        let known = [
            "iss",
            "sub",
            "aud",
            "exp",
            "iat",
            "nbf",
            "azp",
            "client_id",
            "scope",
            "typ",
            "cnf",
        ];
        Ok(Self {
            issuer: members.text("iss"),
            subject: members.text("sub"),
            audience: members.texts("aud").unwrap_or_default(),
            expires_at: time("exp"),
            issued_at: time("iat"),
            not_before: time("nbf"),
            authorized_party: members.text("azp"),
            client_id: members.text("client_id"),
            scope: members.text("scope"),
            token_type: members.text("typ"),
            certificate_thumbprint: members.object("cnf").and_then(|cnf| cnf.text("x5t#S256")),
            other_claims: members
                .names()
                .filter(|name| !known.contains(name))
                .take(MAX_NAMES)
                .map(|name| name.chars().take(MAX_NAME_LENGTH).collect())
                .collect(),
        })
    }
}
