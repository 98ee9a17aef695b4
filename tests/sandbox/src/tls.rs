//! TLS: who must show a certificate, and which one the servers show.

use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::Arc;

use rustls::crypto::aws_lc_rs;
use rustls::pki_types::{
    CertificateDer, CertificateRevocationListDer, PrivateKeyDer, PrivatePkcs8KeyDer, UnixTime,
};
use rustls::server::{NoServerSessionStorage, WebPkiClientVerifier};
use rustls::time_provider::TimeProvider;
use rustls::{RootCertStore, ServerConfig};
use serde::{Deserialize, Serialize};
use tokio::sync::watch;

use crate::clock::Clock;
use crate::fault::Host;
use crate::pki::{Pki, ServerIdentity};

/// Which certificate a host shows.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub enum ServerCertificate {
    /// The one that is valid.
    Valid,
    /// The one that expired two days ago.
    Expired,
}

/// The configurations of the three hosts, and which certificate each shows now.
pub(crate) struct Certificates {
    hosts: [HostTls; 3],
    /// Changes when a certificate is switched, so that open connections end.
    generation: watch::Sender<u64>,
}

struct HostTls {
    valid: Arc<ServerConfig>,
    expired: Arc<ServerConfig>,
    shows_expired: AtomicBool,
}

impl Certificates {
    pub(crate) fn new(pki: &Pki, clock: &Clock) -> Result<Self, rustls::Error> {
        let host = |mutual: bool| {
            Ok::<_, rustls::Error>(HostTls {
                valid: config(pki, clock, &pki.server, mutual)?,
                expired: config(pki, clock, &pki.expired_server, mutual)?,
                shows_expired: AtomicBool::new(false),
            })
        };
        Ok(Self {
            hosts: [host(true)?, host(false)?, host(false)?],
            generation: watch::Sender::new(0),
        })
    }

    /// The configuration for a new connection.
    pub(crate) fn config(&self, host: Host) -> Arc<ServerConfig> {
        let host = self.host(host);
        Arc::clone(if host.shows_expired.load(Ordering::Relaxed) {
            &host.expired
        } else {
            &host.valid
        })
    }

    /// Switches a host's certificate; open connections end after the request in hand.
    pub(crate) fn show(&self, host: Host, certificate: ServerCertificate) {
        let expired = certificate == ServerCertificate::Expired;
        self.host(host)
            .shows_expired
            .store(expired, Ordering::Relaxed);
        self.generation.send_modify(|generation| *generation += 1);
    }

    pub(crate) fn changes(&self) -> watch::Receiver<u64> {
        self.generation.subscribe()
    }

    pub(crate) fn reset(&self) {
        for host in [Host::Sysauth, Host::Auth, Host::Api] {
            if self.host(host).shows_expired.load(Ordering::Relaxed) {
                self.show(host, ServerCertificate::Valid);
            }
        }
    }

    fn host(&self, host: Host) -> &HostTls {
        let [sysauth, auth, api] = &self.hosts;
        match host {
            Host::Sysauth => sysauth,
            Host::Auth => auth,
            Host::Api => api,
        }
    }
}

impl TimeProvider for Clock {
    fn current_time(&self) -> Option<UnixTime> {
        let seconds = u64::try_from(self.unix_seconds()).ok()?;
        Some(UnixTime::since_unix_epoch(std::time::Duration::from_secs(
            seconds,
        )))
    }
}

fn config(
    pki: &Pki,
    clock: &Clock,
    identity: &ServerIdentity,
    mutual: bool,
) -> Result<Arc<ServerConfig>, rustls::Error> {
    let provider = Arc::new(aws_lc_rs::default_provider());
    let builder =
        ServerConfig::builder_with_details(Arc::clone(&provider), Arc::new(clock.clone()))
            .with_safe_default_protocol_versions()?;
    let builder = if mutual {
        let mut roots = RootCertStore::empty();
        roots.add(CertificateDer::from(pki.oces_root.clone()))?;
        let lists = pki
            .revocation_lists
            .iter()
            .cloned()
            .map(CertificateRevocationListDer::from);
        // A request without a certificate gets an answer from HTTP, as from the real STS.
        let verifier = WebPkiClientVerifier::builder_with_provider(Arc::new(roots), provider)
            .with_crls(lists)
            .allow_unauthenticated()
            .build()
            .map_err(|problem| rustls::Error::General(problem.to_string()))?;
        builder.with_client_cert_verifier(verifier)
    } else {
        builder.with_no_client_auth()
    };
    let chain = identity
        .chain
        .iter()
        .cloned()
        .map(CertificateDer::from)
        .collect();
    let key = PrivateKeyDer::from(PrivatePkcs8KeyDer::from(identity.key_pkcs8.clone()));
    let mut config = builder.with_single_cert(chain, key)?;
    config.alpn_protocols = vec![b"h2".to_vec(), b"http/1.1".to_vec()];
    // Each connection is a full handshake: a resumed one would skip what a test switched.
    config.session_storage = Arc::new(NoServerSessionStorage {});
    config.send_tls13_tickets = 0;
    Ok(Arc::new(config))
}
