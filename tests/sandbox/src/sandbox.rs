//! Starting and stopping a sandbox.

use std::io;
use std::net::{Ipv4Addr, SocketAddr};
use std::path::{Path, PathBuf};
use std::sync::Arc;

use serde_json::Value;
use tokio::net::TcpListener;
use tokio::sync::watch;
use tokio::task::JoinHandle;

use crate::api_host::ApiHost;
use crate::clock::Clock;
use crate::directory::{self, Addresses};
use crate::fault::{FaultRule, Faults, Host};
use crate::options::{RateLimit, SandboxOptions};
use crate::pki::{Pki, PkiError};
use crate::request_log::{LoggedRequest, RefusedHandshake, RequestLog};
use crate::shared::{Adgangsprofil, Rates, Shared};
use crate::sts::clients::{self, Clients};
use crate::sts::replay::SpentIds;
use crate::sts::tokens::Tokens;
use crate::tls::{Certificates, ServerCertificate};
use crate::{control, server};

/// Why a sandbox did not start.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum StartError {
    /// A port could not be taken.
    #[error("port {port} on 127.0.0.1 could not be taken: {source}")]
    Port {
        /// The port; 0 for any.
        port: u16,
        /// Why.
        source: io::Error,
    },
    /// The certificates could not be made.
    #[error(transparent)]
    Pki(#[from] PkiError),
    /// The servers' TLS could not be set up.
    #[error("the servers' TLS could not be set up: {0}")]
    Tls(#[from] rustls::Error),
    /// A file could not be written.
    #[error("{} could not be written: {source}", path.display())]
    Files {
        /// The file or folder.
        path: PathBuf,
        /// Why.
        source: io::Error,
    },
}

/// The likvidator's adgangsprofil, on which certificate C is registered.
pub const ADGANGSPROFIL_ID: &str = "ad9a0000-5a4d-4b0c-8000-000000000001";
/// Another likvidator's adgangsprofil, on which nothing is registered.
pub const OTHER_ADGANGSPROFIL_ID: &str = "ad9a0000-5a4d-4b0c-8000-000000000002";

/// Starts sandboxes.
///
/// ```
/// use skifteportal_sandbox::{Sandbox, SandboxOptions};
/// # tokio::runtime::Runtime::new().unwrap().block_on(async {
/// let sandbox = Sandbox::start(SandboxOptions::default()).await.unwrap();
/// assert!(sandbox.sysauth_url().starts_with("https://localhost:"));
/// assert!(sandbox.directory().join("sandbox.json").exists());
/// sandbox.stop().await;
/// # });
/// ```
#[derive(Clone, Copy, Debug)]
pub struct Sandbox;

impl Sandbox {
    /// Starts the three hosts and the control endpoint, and writes the files. When it returns, all
    /// of them answer.
    pub async fn start(options: SandboxOptions) -> Result<RunningSandbox, StartError> {
        let clock = Clock::new();
        let temporary = options.directory.is_none();
        let directory = options.directory.map_or_else(directory::temporary, Ok)?;
        // Absolute, so that `sandbox.json` can be used from any folder.
        let directory = std::path::absolute(&directory).map_err(|source| StartError::Files {
            path: directory,
            source,
        })?;
        directory::forget(&directory)?;
        let ports = options.ports;
        let sysauth = listen(ports.sysauth).await?;
        let auth = listen(ports.auth).await?;
        let api = listen(ports.api).await?;
        let control = listen(ports.control).await?;
        let addresses = Addresses {
            sysauth: format!("https://localhost:{}", sysauth.1),
            auth: format!("https://localhost:{}", auth.1),
            api: format!("https://localhost:{}", api.1),
            control: format!("http://127.0.0.1:{}", control.1),
        };
        let pki = match options.pki {
            Some(pki) => pki,
            None => Arc::new(blocking(Pki::generate).await?),
        };
        let mut audiences = options.more_audiences;
        for name in ["localhost", "127.0.0.1", "[::1]"] {
            audiences.push(format!("https://{name}:{}", sysauth.1));
        }
        let api_host = options
            .api
            .map_or_else(|| ApiHost::built_in(&clock), |make| make(&clock));
        let shared = Arc::new(Shared {
            clients: Clients::new()?,
            tokens: Tokens::new(
                &pki.token_key_pkcs8,
                clock.clone(),
                options.token_lifetime_seconds,
                format!("{}/realms/sts", addresses.sysauth),
            )?,
            spent: SpentIds::default(),
            audiences,
            profiles: vec![
                Adgangsprofil {
                    id: ADGANGSPROFIL_ID,
                    serial_numbers: vec![pki.likvidator_system.serial_number.clone()],
                },
                Adgangsprofil {
                    id: OTHER_ADGANGSPROFIL_ID,
                    serial_numbers: Vec::new(),
                },
            ],
            certificates: Certificates::new(&pki, &clock)?,
            rates: Rates::new(options.rate_limit),
            log: RequestLog::new(options.print_log),
            faults: Faults::default(),
            api: api_host,
            in_hand: watch::Sender::new(0),
            pki,
            clock,
        });
        let settings = {
            let (shared, directory, addresses) =
                (Arc::clone(&shared), directory.clone(), addresses.clone());
            blocking(move || directory::write(&directory, &shared, &addresses)).await?
        };
        let stop = watch::Sender::new(false);
        let mut tasks: Vec<JoinHandle<()>> = [
            (Host::Sysauth, sysauth.0),
            (Host::Auth, auth.0),
            (Host::Api, api.0),
        ]
        .into_iter()
        .map(|(host, listener)| {
            let shared = Arc::clone(&shared);
            tokio::spawn(server::serve(host, listener, shared, stop.subscribe()))
        })
        .collect();
        let router = control::router(Arc::clone(&shared), settings.clone());
        let mut stopped = stop.subscribe();
        tasks.push(tokio::spawn(async move {
            // What ends it early would be a failed accept; there is nobody to tell.
            let _ = axum::serve(control.0, router)
                .with_graceful_shutdown(async move {
                    let _ = stopped.changed().await;
                })
                .await;
        }));
        Ok(RunningSandbox {
            shared,
            addresses,
            directory,
            temporary,
            settings,
            stop,
            tasks,
        })
    }
}

async fn listen(port: u16) -> Result<(TcpListener, u16), StartError> {
    let failed = |source| StartError::Port { port, source };
    let address = SocketAddr::from((Ipv4Addr::LOCALHOST, port));
    let listener = TcpListener::bind(address).await.map_err(failed)?;
    let port = listener.local_addr().map_err(failed)?.port();
    Ok((listener, port))
}

/// Runs what computes or writes files off the threads that serve.
async fn blocking<T, E>(
    work: impl FnOnce() -> Result<T, E> + Send + 'static,
) -> Result<T, StartError>
where
    T: Send + 'static,
    E: Send + 'static + Into<StartError>,
{
    match tokio::task::spawn_blocking(work).await {
        Ok(done) => done.map_err(Into::into),
        Err(_) => Err(StartError::Pki(PkiError::Key)),
    }
}

/// A sandbox that answers until it is stopped or dropped.
pub struct RunningSandbox {
    shared: Arc<Shared>,
    addresses: Addresses,
    directory: PathBuf,
    temporary: bool,
    settings: Value,
    stop: watch::Sender<bool>,
    tasks: Vec<JoinHandle<()>>,
}

impl std::fmt::Debug for RunningSandbox {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("RunningSandbox")
            .field("addresses", &self.addresses)
            .field("directory", &self.directory)
            .finish_non_exhaustive()
    }
}

impl RunningSandbox {
    /// The STS, in place of `https://sysauth.test-minskiftesag.net`. It is also the assertion's `aud`.
    pub fn sysauth_url(&self) -> &str {
        &self.addresses.sysauth
    }

    /// The exchange service, in place of `https://auth.test-minskiftesag.net`.
    pub fn auth_url(&self) -> &str {
        &self.addresses.auth
    }

    /// The API host, in place of `https://api.test-minskiftesag.net`.
    pub fn api_url(&self) -> &str {
        &self.addresses.api
    }

    /// The control endpoint; plain HTTP.
    pub fn control_url(&self) -> &str {
        &self.addresses.control
    }

    /// The folder of the files; `sandbox.json` names them. When the sandbox stops, `sandbox.json` is
    /// removed, or the folder if it was a temporary one.
    pub fn directory(&self) -> &Path {
        &self.directory
    }

    /// What `sandbox.json` holds.
    pub fn settings(&self) -> &Value {
        &self.settings
    }

    /// The certificates, for a test in the same process.
    pub fn pki(&self) -> &Arc<Pki> {
        &self.shared.pki
    }

    /// The clock that the hosts go by.
    pub fn clock(&self) -> &Clock {
        &self.shared.clock
    }

    /// The client id of variant A that reporter A, the API user and the likvidator's system use, and
    /// its secret.
    pub fn client(&self) -> (&str, &str) {
        self.client_of(clients::API_USER)
    }

    /// Reporter B's client id and secret.
    pub fn client_of_reporter_b(&self) -> (&str, &str) {
        self.client_of(clients::REPORTER_B)
    }

    fn client_of(&self, id: &'static str) -> (&str, &str) {
        (id, self.shared.clients.secret(id).unwrap_or_default())
    }

    /// Asks for a fault.
    pub fn fault(&self, rule: FaultRule) {
        self.shared.faults.add(rule);
    }

    /// Forgets the faults that wait.
    pub fn clear_faults(&self) {
        self.shared.faults.clear();
    }

    /// The requests so far.
    pub fn requests(&self) -> Vec<LoggedRequest> {
        self.shared.log.requests()
    }

    /// How many requests are being handled, also those whose client has gone: a request that has
    /// arrived is handled to its end. A test waits on it, to look at the state after the last one.
    pub fn requests_in_hand(&self) -> watch::Receiver<usize> {
        self.shared.in_hand.subscribe()
    }

    /// What the API host remembers, in short: for tests that nothing was filed twice.
    pub fn state(&self) -> Value {
        (self.shared.api.snapshot)()
    }

    /// The handshakes that failed so far.
    pub fn refused_handshakes(&self) -> Vec<RefusedHandshake> {
        self.shared.log.handshakes()
    }

    /// Sets the limit of calls per client id; `None` for no limit.
    pub fn set_rate_limit(&self, limit: Option<RateLimit>) {
        self.shared.rates.set(limit);
    }

    /// Makes a host show its valid or its expired certificate from now on.
    pub fn show_certificate(&self, host: Host, certificate: ServerCertificate) {
        self.shared.certificates.show(host, certificate);
    }

    /// Makes every access token that was issued invalid.
    pub fn revoke_tokens(&self) {
        self.shared.tokens.revoke_all();
    }

    /// Back to the state of the start: no faults, an empty log, real time, the API's data as it was.
    pub fn reset(&self) {
        self.shared.reset();
    }

    /// Stops all hosts and waits until their ports are free.
    pub async fn stop(mut self) {
        let _ = self.stop.send(true);
        for task in std::mem::take(&mut self.tasks) {
            // The control endpoint waits for connections that are kept open.
            let ended = tokio::time::timeout(std::time::Duration::from_secs(1), task);
            let _ = ended.await;
        }
    }
}

impl Drop for RunningSandbox {
    fn drop(&mut self) {
        let _ = self.stop.send(true);
        for task in &self.tasks {
            task.abort();
        }
        if self.temporary {
            let _ = std::fs::remove_dir_all(&self.directory);
        } else {
            let _ = directory::forget(&self.directory);
        }
    }
}
