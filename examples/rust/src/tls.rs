//! The host's own TLS: an HTTP client per client certificate.

use std::error::Error;
use std::sync::Arc;

use rustls::pki_types::pem::PemObject;
use rustls::pki_types::{CertificateDer, PrivateKeyDer};
use rustls::{AlertDescription, ClientConfig, RootCertStore};
use skifteportal::certificate::{CertificateError, KeyStore};
use skifteportal::error::TransportFailure;
use skifteportal::secret::Secret;

/// A client certificate with its chain, and its private key, each as PEM.
pub struct Pem {
    /// The certificate and its chain, leaf first. Always send the chain: a server that trusts the
    /// root alone cannot find the issuing authority by itself.
    pub chain: String,
    /// The private key, PKCS#8.
    pub key: Secret,
}

impl Pem {
    /// What rustls, which reads no PKCS#12, needs of a key store that the core has read.
    pub fn of(store: &KeyStore) -> Result<Self, CertificateError> {
        Ok(Self {
            chain: store.chain().to_pem(),
            key: store.key().to_pkcs8_pem()?,
        })
    }
}

/// An HTTP client that trusts the given authorities (PEM; the system's where there are none), and
/// presents the given certificate.
pub fn client(
    trusted: Option<&[u8]>,
    certificate: Option<Pem>,
) -> Result<reqwest::Client, Box<dyn Error>> {
    let mut roots = RootCertStore::empty();
    match trusted {
        Some(pem) => {
            for authority in CertificateDer::pem_slice_iter(pem) {
                roots.add(authority?)?;
            }
        }
        None => {
            // One unreadable certificate in the system's store is no reason to stop.
            roots.add_parsable_certificates(rustls_native_certs::load_native_certs().certs);
        }
    }
    let provider = Arc::new(rustls::crypto::aws_lc_rs::default_provider());
    let config = ClientConfig::builder_with_provider(provider)
        .with_safe_default_protocol_versions()?
        .with_root_certificates(roots);
    let config = match certificate {
        None => config.with_no_client_auth(),
        Some(Pem { chain, key }) => {
            let chain =
                CertificateDer::pem_slice_iter(chain.as_bytes()).collect::<Result<Vec<_>, _>>()?;
            let key = PrivateKeyDer::from_pem_slice(key.expose().as_bytes())?;
            config.with_client_auth_cert(chain, key)?
        }
    };
    Ok(reqwest::Client::builder()
        .use_preconfigured_tls(config)
        // The portal sends no redirects, and a token must not reach another host.
        .redirect(reqwest::redirect::Policy::none())
        .build()?)
}

/// Tells the core what went wrong on the way, from reqwest's error.
pub fn failure(error: &reqwest::Error) -> TransportFailure {
    let tls = tls_error(error);
    // Only the innermost cause is told: it names the alert or the system's error and no URL.
    let reason = tls.map_or_else(|| innermost(error).to_string(), ToString::to_string);
    match tls {
        Some(rustls::Error::InvalidCertificate(_)) => {
            TransportFailure::ServerCertificateInvalid { reason }
        }
        Some(rustls::Error::AlertReceived(alert)) if is_about_certificate(*alert) => {
            TransportFailure::TlsRefused { reason }
        }
        _ if error.is_timeout() && error.is_connect() => TransportFailure::ConnectTimedOut,
        _ if error.is_timeout() => TransportFailure::TimedOut,
        _ if error.is_connect() => TransportFailure::ConnectFailed { reason },
        _ if error.is_builder() => TransportFailure::NotSent { reason },
        _ => TransportFailure::Broken { reason },
    }
}

fn innermost<'a>(error: &'a (dyn Error + 'static)) -> &'a (dyn Error + 'static) {
    error.source().map_or(error, innermost)
}

/// The error of rustls among the causes. An `io::Error` hides the one that it wraps from `source()`
/// and shows it through `get_ref()`.
fn tls_error<'a>(error: &'a (dyn Error + 'static)) -> Option<&'a rustls::Error> {
    let wrapped = error
        .downcast_ref::<std::io::Error>()
        .and_then(std::io::Error::get_ref)
        .and_then(|inner| tls_error(inner));
    error
        .downcast_ref()
        .or(wrapped)
        .or_else(|| error.source().and_then(tls_error))
}

/// The alerts by which a server refuses a client certificate.
fn is_about_certificate(alert: AlertDescription) -> bool {
    matches!(
        alert,
        AlertDescription::BadCertificate
            | AlertDescription::UnsupportedCertificate
            | AlertDescription::CertificateRevoked
            | AlertDescription::CertificateExpired
            | AlertDescription::CertificateUnknown
            | AlertDescription::UnknownCA
            | AlertDescription::AccessDenied
            | AlertDescription::CertificateRequired
    )
}
