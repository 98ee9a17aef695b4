//! The portal's environments and their three hosts.

use crate::http::{Url, UrlError, UrlPath};
use crate::sorted::Sorted;

/// Which environment this is; part of every cache key, so a test token never reaches production.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
#[cfg_attr(feature = "uniffi", derive(uniffi::Enum))]
#[cfg_attr(
    feature = "dynamic",
    derive(serde::Serialize),
    serde(rename_all = "snake_case")
)]
pub enum EnvironmentKind {
    /// `test-minskiftesag.net`.
    Test,
    /// `domstol.dk`.
    Production,
    /// Hosts that the caller named: the sandbox, a proxy, a stock Keycloak.
    Custom,
}

/// An environment: where tokens are issued, where they are exchanged and where the API answers.
///
/// ```
/// use skifteportal::environment::Environment;
/// let test = Environment::test();
/// assert_eq!(
///     test.token_url(),
///     "https://sysauth.test-minskiftesag.net/realms/sts/protocol/openid-connect/token"
/// );
/// assert_eq!(test.exchange_url(), "https://auth.test-minskiftesag.net/token");
/// assert_eq!(test.audience(), "https://sysauth.test-minskiftesag.net");
/// ```
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Environment {
    kind: EnvironmentKind,
    sysauth: Url,
    auth: Url,
    api: Url,
    audience: Option<String>,
    paths: Sorted<String, String>,
}

/// The path of the token endpoint on the STS host (guide 3.1.1).
pub const TOKEN_PATH: &str = "/realms/sts/protocol/openid-connect/token";
/// The path of the exchange endpoint (guide 3.2.3).
pub const EXCHANGE_PATH: &str = "/token";

impl Environment {
    /// The external test environment (guide 3.1.1, 3.2.3, 4.2).
    pub fn test() -> Self {
        Self::fixed(
            EnvironmentKind::Test,
            "https://sysauth.test-minskiftesag.net",
            "https://auth.test-minskiftesag.net",
            "https://api.test-minskiftesag.net",
        )
    }

    /// Production (guide 3.1.1, 3.2.3, 4.2).
    pub fn production() -> Self {
        Self::fixed(
            EnvironmentKind::Production,
            "https://sysauth.domstol.dk",
            "https://auth.domstol.dk",
            "https://api.domstol.dk",
        )
    }

    /// An environment with hosts of the caller's: the sandbox, or a proxy in front of the portal.
    pub fn custom(sysauth: &str, auth: &str, api: &str) -> Result<Self, UrlError> {
        Ok(Self {
            kind: EnvironmentKind::Custom,
            sysauth: Url::base(sysauth)?,
            auth: Url::base(auth)?,
            api: Url::base(api)?,
            audience: None,
            paths: Sorted::new(),
        })
    }

    fn fixed(
        kind: EnvironmentKind,
        sysauth: &'static str,
        auth: &'static str,
        api: &'static str,
    ) -> Self {
        Self {
            kind,
            sysauth: Url::known(sysauth),
            auth: Url::known(auth),
            api: Url::known(api),
            audience: None,
            paths: Sorted::new(),
        }
    }

    /// Sets the `aud` of the variant B assertion. The portal takes the scheme and host of its STS,
    /// which is the default (guide 3.1.2); a stock Keycloak wants its issuer URL.
    pub fn with_audience(mut self, audience: impl Into<String>) -> Self {
        self.audience = Some(audience.into());
        self
    }

    /// Sets the path template of an operation, named by its catalogue key, as the portal's official
    /// OpenAPI file gives it. It takes the place of the catalogue's own.
    ///
    /// ```
    /// use skifteportal::environment::Environment;
    /// let environment =
    ///     Environment::test().with_path("sagslager.hentSager", "/sager").unwrap();
    /// assert_eq!(environment.path("sagslager.hentSager"), Some("/sager"));
    /// ```
    pub fn with_path(mut self, key: &str, template: &str) -> Result<Self, UrlError> {
        UrlPath::check_template(template)?;
        self.paths.insert(key.to_owned(), template.to_owned());
        Ok(self)
    }

    /// The path template that the caller set for an operation.
    pub fn path(&self, key: &str) -> Option<&str> {
        self.paths.get(key).map(String::as_str)
    }

    /// Test, production or custom.
    pub const fn kind(&self) -> EnvironmentKind {
        self.kind
    }

    /// The STS host, which demands mutual TLS.
    pub const fn sysauth(&self) -> &Url {
        &self.sysauth
    }

    /// The exchange host.
    pub const fn auth(&self) -> &Url {
        &self.auth
    }

    /// The API host.
    pub const fn api(&self) -> &Url {
        &self.api
    }

    /// The token endpoint's URL.
    pub fn token_url(&self) -> String {
        format!("{}{TOKEN_PATH}", self.sysauth)
    }

    /// The exchange endpoint's URL.
    pub fn exchange_url(&self) -> String {
        format!("{}{EXCHANGE_PATH}", self.auth)
    }

    /// The audience of the variant B assertion: the STS's scheme and host unless set.
    pub fn audience(&self) -> &str {
        self.audience
            .as_deref()
            .unwrap_or_else(|| self.sysauth.as_str())
    }
}
