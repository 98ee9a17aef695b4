//! Reading OCES3 certificates, private keys and key stores, and verifying chains.
//!
//! - [`Certificate`]: what the portal needs to know of a certificate, above all the subject's
//!   SERIALNUMBER (guide 3.2.1) and the CVR number.
//! - [`PrivateKey`] and [`KeyStore`]: PEM, DER and PKCS#12 files. A host whose keys stay in an HSM or
//!   an operating system's store needs neither.
//! - [`Chain`]: the certificates that go into an assertion's `x5c` (guide 3.1.2), put in order and
//!   verified.
//!
//! Nothing here reads a file or a clock: bytes and the time are arguments.

mod asn1;
mod chain;
mod error;
mod export;
mod extensions;
mod kdf;
mod keystore;
mod kind;
mod name;
#[cfg(all(feature = "native-signing", not(target_arch = "wasm32")))]
mod native;
mod pbe;
mod pem;
mod pkcs12;
mod private_key;
mod public_key;
mod signature;
mod summary;
mod validity;
mod x509;

pub use chain::Chain;
pub use error::{CertificateError, ChainError};
pub use keystore::{KeyChoice, KeyEntry, KeyStore, KeyStoreSettings};
pub use kind::{CertificateKind, Hierarchy};
pub use name::{Name, NameAttribute};
pub use private_key::PrivateKey;
pub use public_key::{KeyInfo, KeyKind};
pub use summary::{CertificateSummary, CertificateWarning};
pub use validity::Validity;
pub use x509::Certificate;
