//! Who calls, and the key under which its tokens are kept.

use std::fmt;
use std::str::FromStr;
use std::sync::Arc;

use sha2::{Digest, Sha256};

use super::SessionError;
use crate::auth::AssertionSettings;
use crate::certificate::{Certificate, Chain, PrivateKey};
use crate::environment::{Environment, EnvironmentKind};
use crate::model::AdgangsprofilId;
use crate::secret::Secret;

/// The SHA-256 thumbprint of a certificate's DER: which certificate the host's TLS connection
/// presents. The session holds no more of it than this.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct CertificateThumbprint(pub [u8; 32]);

impl From<&Certificate> for CertificateThumbprint {
    fn from(certificate: &Certificate) -> Self {
        Self(certificate.thumbprint_sha256())
    }
}

/// The text is not a SHA-256 thumbprint.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("a SHA-256 thumbprint has 64 hexadecimal digits; one of 40 is SHA-1")]
pub struct ThumbprintError;

impl FromStr for CertificateThumbprint {
    type Err = ThumbprintError;

    /// Reads 64 hexadecimal digits; case, spaces and colons do not matter.
    fn from_str(text: &str) -> Result<Self, Self::Err> {
        let mut digits = text.chars().filter(|c| !c.is_whitespace() && *c != ':');
        let mut digit = || digits.next().and_then(|c| c.to_digit(16));
        let mut thumbprint = [0; 32];
        for byte in &mut thumbprint {
            let (high, low) = (digit(), digit());
            *byte = high
                .zip(low)
                .and_then(|(high, low)| u8::try_from(high << 4 | low).ok())
                .ok_or(ThumbprintError)?;
        }
        digits
            .next()
            .map_or(Ok(Self(thumbprint)), |_| Err(ThumbprintError))
    }
}

impl fmt::Display for CertificateThumbprint {
    /// Lower-case hexadecimal.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.iter().try_for_each(|byte| write!(f, "{byte:02x}"))
    }
}

impl fmt::Debug for CertificateThumbprint {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(self, f)
    }
}

/// How a reporter gets its direct token.
///
/// `Debug` shows no secret and no key.
#[derive(Clone, Debug)]
pub enum Credentials {
    /// Variant A: client id and secret over the reporter's certificate (guide 3.1.1).
    ClientSecret {
        /// The Client ID that the courts have issued.
        client_id: String,
        /// The Client Secret that belongs to it.
        client_secret: Secret,
        /// The reporter's certificate, which the connection to the STS presents.
        certificate: CertificateThumbprint,
        /// The scope to ask for; [`DEFAULT_SCOPE`](crate::auth::DEFAULT_SCOPE) as a rule.
        scope: String,
    },
    /// Variant B: an assertion signed with the reporter's key, over the API user's certificate
    /// (guide 3.1.2).
    Assertion {
        /// What the assertion says. Its subject is the API user's CVR number, which is the Client ID.
        settings: AssertionSettings,
        /// The reporter's certificate and those that issued it, leaf first.
        chain: Chain,
        /// The reporter's key. `None` where it is kept elsewhere: then the session asks for each
        /// signature with [`Action::Sign`](super::Action::Sign).
        key: Option<PrivateKey>,
        /// The API user's certificate, which the connection to the STS presents.
        api_user: CertificateThumbprint,
        /// The scope to ask for.
        scope: String,
    },
}

impl Credentials {
    /// The Client ID, to which the portal's rate limit is bound (guide 2.2 item 3). In variant B it
    /// is the API user's CVR number (guide 3.1.2).
    pub fn client_id(&self) -> &str {
        match self {
            Self::ClientSecret { client_id, .. } => client_id,
            Self::Assertion { settings, .. } => &settings.subject,
        }
    }

    /// The certificate that the connection to the STS presents: the reporter's (variant A) or the
    /// API user's (variant B).
    pub fn tls_certificate(&self) -> CertificateThumbprint {
        match self {
            Self::ClientSecret { certificate, .. } => *certificate,
            Self::Assertion { api_user, .. } => *api_user,
        }
    }

    pub(super) fn check(&self) -> Result<(), SessionError> {
        if self.client_id().is_empty() {
            return Err(SessionError::NoClientId);
        }
        match self {
            Self::Assertion {
                chain,
                key: Some(key),
                ..
            } if !key.belongs_to(chain.leaf()) => Err(SessionError::WrongKey),
            _ => Ok(()),
        }
    }
}

/// Everything of a reporter that changes its tokens.
#[derive(PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Account {
    environment: Arc<EnvironmentKey>,
    client_id: String,
    /// A digest, so that a replaced or mistyped secret never shares another one's refusal or token.
    secret: Option<[u8; 32]>,
    assertion: Option<AssertionKey>,
    tls: CertificateThumbprint,
    scope: String,
}

#[derive(PartialEq, Eq, PartialOrd, Ord)]
struct AssertionKey {
    issuer: String,
    signer: CertificateThumbprint,
    lifetime_seconds: i64,
    /// Root, `iat` and `nbf` included.
    includes: [bool; 3],
    detached: bool,
}

/// The environment's part of the key: a test token never reaches production.
#[derive(PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct EnvironmentKey {
    kind: EnvironmentKind,
    token_url: String,
    exchange_url: String,
    api: String,
    audience: String,
}

impl EnvironmentKey {
    pub(super) fn of(environment: &Environment) -> Self {
        Self {
            kind: environment.kind(),
            token_url: environment.token_url(),
            exchange_url: environment.exchange_url(),
            api: environment.api().as_str().to_owned(),
            audience: environment.audience().to_owned(),
        }
    }
}

impl Account {
    pub(super) fn of(environment: &Arc<EnvironmentKey>, credentials: &Credentials) -> Self {
        let (secret, assertion, scope) = match credentials {
            Credentials::ClientSecret {
                client_secret,
                scope,
                ..
            } => {
                let digest = Sha256::digest(client_secret.expose().as_bytes()).into();
                (Some(digest), None, scope)
            }
            Credentials::Assertion {
                settings,
                chain,
                key,
                scope,
                ..
            } => {
                let key = AssertionKey {
                    issuer: settings.issuer.clone(),
                    signer: chain.leaf().into(),
                    lifetime_seconds: settings.lifetime_seconds,
                    includes: [
                        settings.include_root,
                        settings.include_iat,
                        settings.include_nbf,
                    ],
                    detached: key.is_none(),
                };
                (None, Some(key), scope)
            }
        };
        Self {
            environment: Arc::clone(environment),
            client_id: credentials.client_id().to_owned(),
            secret,
            assertion,
            tls: credentials.tls_certificate(),
            scope: scope.clone(),
        }
    }
}

/// What a token is for.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Purpose {
    /// Calls that take no token.
    Plain,
    /// The reporter's own calls.
    Direct,
    /// Calls for a likvidator.
    Delegated(AdgangsprofilId),
}

/// The cache key: everything which changes a token.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct CacheKey {
    pub(super) account: Arc<Account>,
    pub(super) purpose: Purpose,
}

#[cfg(test)]
mod tests {
    use super::*;
    #[cfg(target_arch = "wasm32")]
    use wasm_bindgen_test::wasm_bindgen_test as test;

    #[test]
    fn a_thumbprint_is_read_as_people_copy_it() {
        let plain = "ab".repeat(32);
        let colons = ["AB"; 32].join(":");
        for text in [plain.as_str(), &colons, &format!(" {plain}\n")] {
            let thumbprint: CertificateThumbprint = text.parse().unwrap();
            assert_eq!(thumbprint.to_string(), plain);
        }
        for text in [
            "",
            "ab",
            &"ab".repeat(20),
            &"ab".repeat(33),
            &"xy".repeat(32),
            &"é".repeat(64),
        ] {
            assert_eq!(text.parse::<CertificateThumbprint>(), Err(ThumbprintError));
        }
        assert!(format!("{plain}a")
            .parse::<CertificateThumbprint>()
            .is_err());
    }
}
