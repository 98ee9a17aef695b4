//! Who calls: a host with reporters.

use std::sync::Arc;

use skifteportal::api::Call;
use skifteportal::auth::{AssertionSettings, DEFAULT_SCOPE};
use skifteportal::certificate::KeyStore;
use skifteportal::environment::Environment;
use skifteportal::model::AdgangsprofilId;
use skifteportal::secret::Secret;
use skifteportal::session::{Credentials, ReporterId, Session, SessionSettings};
use skifteportal_example::{client, entropy, Host, HostFailure, Pem};
use skifteportal_sandbox::RunningSandbox;

use crate::Stores;

/// Settings that fail soon: two attempts with next to no pause between them, and no waiting beyond
/// two seconds.
pub fn quick() -> SessionSettings {
    SessionSettings {
        max_attempts: 2,
        backoff_base_millis: 1,
        backoff_cap_millis: 1,
        max_wait_seconds: 2,
        ..SessionSettings::default()
    }
}

/// A host and the reporters that all tests know.
#[derive(Clone)]
pub struct Cast {
    /// The host.
    pub host: Arc<Host>,
    /// Reporter A by variant A, with the API user's client id.
    pub reporter: ReporterId,
    /// Reporter A by variant B.
    pub by_assertion: ReporterId,
    /// Reporter B by variant A, with its own client id.
    pub other: ReporterId,
    /// The likvidator's system by variant A.
    pub system: ReporterId,
}

impl Cast {
    /// A host with a session of its own.
    pub fn assemble(sandbox: &RunningSandbox, settings: SessionSettings) -> Self {
        let stores = Stores::get();
        let trusted = Some(stores.trusted.as_bytes());
        let session = Session::new(environment(sandbox), settings, entropy().unwrap());
        let host = Host::new(session, client(trusted, None).unwrap());
        let add = |credentials, store: &KeyStore| {
            let client = client(trusted, Some(Pem::of(store).unwrap())).unwrap();
            host.add_reporter(credentials, client).unwrap()
        };
        Self {
            reporter: add(
                Self::by_secret(sandbox.client(), &stores.reporter_a),
                &stores.reporter_a,
            ),
            by_assertion: add(
                Self::by_key("https://reporter-a.example", &stores.reporter_a),
                &stores.api_user,
            ),
            other: add(
                Self::by_secret(sandbox.client_of_reporter_b(), &stores.reporter_b),
                &stores.reporter_b,
            ),
            system: add(
                Self::by_secret(sandbox.client(), &stores.system),
                &stores.system,
            ),
            host: Arc::new(host),
        }
    }

    /// Credentials of variant A.
    pub fn by_secret((id, secret): (&str, &str), store: &KeyStore) -> Credentials {
        Credentials::ClientSecret {
            client_id: id.to_owned(),
            client_secret: Secret::new(secret),
            certificate: store.chain().leaf().into(),
            scope: DEFAULT_SCOPE.into(),
        }
    }

    /// Credentials of variant B, through the sandbox's API user.
    pub fn by_key(issuer: &str, store: &KeyStore) -> Credentials {
        let api_user = Stores::get().api_user.chain().leaf();
        let cvr = api_user.cvr().unwrap();
        Credentials::Assertion {
            settings: AssertionSettings::new(issuer, cvr),
            chain: store.chain().clone(),
            key: Some(store.key().clone()),
            api_user: api_user.into(),
            scope: DEFAULT_SCOPE.into(),
        }
    }

    /// Adds a reporter whose token requests show this certificate.
    pub fn add(&self, credentials: Credentials, pem: Pem) -> ReporterId {
        let trusted = Some(Stores::get().trusted.as_bytes());
        let client = client(trusted, Some(pem)).unwrap();
        self.host.add_reporter(credentials, client).unwrap()
    }

    /// A call of reporter A.
    pub async fn call<T>(&self, call: &Call<T>) -> Result<T, HostFailure> {
        self.host.call(self.reporter, call).await
    }

    /// A call for the likvidator.
    pub async fn likvidator<T>(&self, call: &Call<T>) -> Result<T, HostFailure> {
        self.host
            .call_for(self.system, Some(Self::profil()), call)
            .await
    }

    /// The likvidator's adgangsprofil.
    pub fn profil() -> AdgangsprofilId {
        skifteportal_sandbox::ADGANGSPROFIL_ID.parse().unwrap()
    }
}

/// The sandbox as an environment, with the paths that it made up.
pub fn environment(sandbox: &RunningSandbox) -> Environment {
    let hosts = Environment::custom(sandbox.sysauth_url(), sandbox.auth_url(), sandbox.api_url());
    let paths = sandbox.settings()["paths"].as_object().unwrap();
    paths
        .iter()
        .fold(hosts.unwrap(), |environment, (key, path)| {
            environment.with_path(key, path.as_str().unwrap()).unwrap()
        })
}
