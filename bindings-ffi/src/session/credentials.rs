//! Who calls.

use std::sync::Arc;

use skifteportal::auth::AssertionSettings;
use skifteportal::secret::Secret;
use skifteportal::session as core;
use skifteportal::session::CertificateThumbprint;

use crate::auth::scope_or_default;
use crate::certificate::{Chain, PrivateKey};
use crate::shown::shown_as_in_the_core;

/// How a reporter gets its direct token. No text shows the secret or the key.
// An object: the core's enum holds a secret, a chain and a key by value.
#[derive(uniffi::Object)]
#[uniffi::export(Debug)]
pub struct Credentials(pub(crate) core::Credentials);

shown_as_in_the_core!(Credentials);

#[uniffi::export]
impl Credentials {
    /// Variant A: client id and secret over the reporter's certificate, named by its SHA-256 thumbprint
    /// (`Certificate.thumbprint`). Without a scope the default one is asked for; an empty scope leaves
    /// the field out.
    #[uniffi::constructor(default(scope = None))]
    pub fn client_secret(
        client_id: String,
        client_secret: String,
        certificate: CertificateThumbprint,
        scope: Option<String>,
    ) -> Arc<Self> {
        Arc::new(Self(core::Credentials::ClientSecret {
            client_id,
            client_secret: Secret::new(client_secret),
            certificate,
            scope: scope_or_default(scope),
        }))
    }

    /// Variant B with the reporter's key in memory: an assertion, over the API user's certificate, which
    /// is named by its thumbprint. The subject of the settings is the API user's CVR number.
    #[uniffi::constructor(default(scope = None))]
    pub fn private_key(
        settings: AssertionSettings,
        chain: &Chain,
        key: &PrivateKey,
        api_user: CertificateThumbprint,
        scope: Option<String>,
    ) -> Arc<Self> {
        Arc::new(Self(core::Credentials::Assertion {
            settings,
            chain: chain.0.clone(),
            key: Some(key.0.clone()),
            api_user,
            scope: scope_or_default(scope),
        }))
    }

    /// Variant B with a key that the host's keeper holds (the Windows certificate store, a PKCS#11
    /// token, a key vault): the session asks for each signature with `SessionAction.Sign`.
    #[uniffi::constructor(default(scope = None))]
    pub fn detached(
        settings: AssertionSettings,
        chain: &Chain,
        api_user: CertificateThumbprint,
        scope: Option<String>,
    ) -> Arc<Self> {
        Arc::new(Self(core::Credentials::Assertion {
            settings,
            chain: chain.0.clone(),
            key: None,
            api_user,
            scope: scope_or_default(scope),
        }))
    }

    /// The Client ID, to which the portal's rate limit is bound; in variant B the API user's CVR number.
    pub fn client_id(&self) -> String {
        self.0.client_id().to_owned()
    }

    /// The thumbprint of the certificate that the connection to the STS presents: the reporter's
    /// (variant A) or the API user's (variant B).
    pub fn tls_certificate(&self) -> CertificateThumbprint {
        self.0.tls_certificate()
    }
}
