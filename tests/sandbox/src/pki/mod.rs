//! The sandbox's own certificates: an OCES3-shaped hierarchy of two levels, and one for its servers.
//!
//! Names, extensions, key sizes and signature algorithms are those of real OCES3 certificates; every
//! name says that it is the sandbox's. Keys are new at each start and worth nothing anywhere else.

mod authority;
mod certificate;
mod der;
mod holder;
mod key;
mod request;
mod store;

use std::fmt;
use std::thread;

use aws_lc_rs::rsa::KeySize;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use base64::Engine as _;
use time::{Duration, OffsetDateTime};

use authority::Authority;
use certificate::Validity;
use holder::{
    API_USER, EMPLOYEE, EXPIRED, FOREIGN, LIKVIDATOR_SYSTEM, REPORTER_A, REPORTER_B, REVOKED,
};
use key::{Key, SignatureKind};

pub use store::{pem, StoreStyle};

/// Why the certificates could not be made.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum PkiError {
    /// A key could not be made or written.
    #[error("a key could not be made")]
    Key,
    /// A certificate could not be signed.
    #[error("a certificate could not be signed")]
    Signature,
    /// A PKCS#12 file could not be written.
    #[error("a PKCS#12 file could not be written")]
    Store,
    /// A certificate request is not one, or not signed with its own RSA key by SHA-256.
    #[error("the request is no PKCS#10 request of an RSA key, signed with it by SHA256withRSA")]
    Request,
    /// There is no such holder.
    #[error("there is no holder of this name")]
    Holder,
}

/// A certificate with its chain and key, as its holder has it.
#[derive(Clone)]
pub struct Identity {
    /// The name of its folder: `reporter-a`.
    pub folder: &'static str,
    /// The common name in the subject.
    pub common_name: &'static str,
    /// The company's CVR number.
    pub cvr: &'static str,
    /// The SERIALNUMBER in the subject (guide 3.2.1).
    pub serial_number: String,
    /// DER certificates: leaf, issuing authority, root.
    pub chain: Vec<Vec<u8>>,
    /// The key in PKCS#8.
    pub key_pkcs8: Vec<u8>,
    /// The password of both PKCS#12 files.
    pub password: String,
    /// PKCS#12, modern style.
    pub pkcs12: Vec<u8>,
    /// PKCS#12, Triple DES.
    pub pkcs12_legacy: Vec<u8>,
}

impl fmt::Debug for Identity {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Identity")
            .field("folder", &self.folder)
            .field("cvr", &self.cvr)
            .field("serial_number", &self.serial_number)
            .finish_non_exhaustive()
    }
}

impl Identity {
    /// The DER certificate of the holder.
    pub fn leaf(&self) -> &[u8] {
        self.chain.first().map_or(&[], Vec::as_slice)
    }

    /// A PKCS#12 file in a style of the caller's choice, with the same password.
    pub fn pkcs12_in(&self, style: StoreStyle) -> Result<Vec<u8>, PkiError> {
        store::pkcs12(
            &self.key_pkcs8,
            &self.chain,
            self.folder,
            &self.password,
            style,
        )
    }

    /// The chain in PEM, the leaf first.
    pub fn chain_pem(&self) -> String {
        self.chain
            .iter()
            .map(|der| pem("CERTIFICATE", der))
            .collect()
    }
}

/// A TLS server certificate with its key.
#[derive(Clone)]
pub(crate) struct ServerIdentity {
    pub(crate) chain: Vec<Vec<u8>>,
    pub(crate) key_pkcs8: Vec<u8>,
}

/// Everything that is signed at the start. Share one between several sandboxes to save their time.
pub struct Pki {
    /// The OCES-shaped root, DER.
    pub oces_root: Vec<u8>,
    /// The OCES-shaped issuing authority, DER.
    pub oces_issuing: Vec<u8>,
    /// The root's and the issuing authority's revocation lists, DER.
    pub revocation_lists: [Vec<u8>; 2],
    /// The authority behind the three hosts' server certificates, DER.
    pub server_ca: Vec<u8>,
    /// Reporter A: a law firm that uses the API user's client id.
    pub reporter_a: Identity,
    /// Reporter B: a company that has a client id of its own.
    pub reporter_b: Identity,
    /// The API user: connects in variant B. Its CVR number is the one of the guide's example.
    pub api_user: Identity,
    /// The certificate C of guide 2.5: issued to the API user's company, registered as API-deltager
    /// on the likvidator's adgangsprofil.
    pub likvidator_system: Identity,
    /// An employee's certificate (DK-E) of reporter A's company.
    pub employee: Identity,
    /// A certificate of reporter A's that has expired.
    pub expired: Identity,
    /// A certificate of reporter B's that has been revoked.
    pub revoked: Identity,
    /// Reporter A's names, signed by an authority that is not OCES.
    pub foreign: Identity,
    pub(crate) server: ServerIdentity,
    pub(crate) expired_server: ServerIdentity,
    pub(crate) token_key_pkcs8: Vec<u8>,
    issuing: Authority,
}

impl fmt::Debug for Pki {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Pki")
            .field("identities", &self.identities())
            .finish_non_exhaustive()
    }
}

impl Pki {
    /// Makes all keys and certificates. Takes a second or two.
    pub fn generate() -> Result<Self, PkiError> {
        let large = KeySize::Rsa4096;
        let usual = KeySize::Rsa3072;
        let [root, issuing, a, b, api, c, employee, foreign, token] = rsa_keys([
            large,
            usual,
            usual,
            usual,
            usual,
            usual,
            usual,
            usual,
            KeySize::Rsa2048,
        ])?;
        let now = OffsetDateTime::now_utc();
        let days = |from: i64, to: i64| Validity {
            from: now + Duration::days(from),
            to: now + Duration::days(to),
        };
        let (old, current, past) = (days(-1500, 7300), days(-30, 1065), days(-1100, -5));

        let root = Authority::root("Sandbox OCES rod-CA", root, old, SignatureKind::PssSha512)?;
        let issuing = root.issuing("Sandbox OCES udstedende-CA 1", issuing, old)?;
        let foreign_ca = Authority::root(
            "Fremmed rod-CA, ikke OCES",
            foreign,
            old,
            SignatureKind::PssSha256,
        )?;
        let servers = Authority::root(
            "Sandbox server-CA",
            Key::ecdsa()?,
            old,
            SignatureKind::EcdsaSha256,
        )?;
        let server_key = Key::ecdsa()?;
        let revoked = serial()?;
        Ok(Self {
            revocation_lists: [
                root.issuer().revocation_list(old, &[])?,
                issuing
                    .issuer()
                    .revocation_list(old, &[(revoked, now - Duration::days(2))])?,
            ],
            reporter_a: issuing.identity(&REPORTER_A, &a, current, serial()?)?,
            reporter_b: issuing.identity(&REPORTER_B, &b, current, serial()?)?,
            api_user: issuing.identity(&API_USER, &api, current, serial()?)?,
            likvidator_system: issuing.identity(&LIKVIDATOR_SYSTEM, &c, current, serial()?)?,
            employee: issuing.identity(&EMPLOYEE, &employee, current, serial()?)?,
            // These three have a key of another certificate, which saves the time to make more.
            expired: issuing.identity(&EXPIRED, &a, past, serial()?)?,
            revoked: issuing.identity(&REVOKED, &b, current, revoked)?,
            foreign: foreign_ca.identity(&FOREIGN, &a, current, serial()?)?,
            server: servers.server(&server_key, days(-30, 365))?,
            expired_server: servers.server(&server_key, days(-400, -2))?,
            token_key_pkcs8: token.pkcs8()?,
            oces_root: root.certificate,
            oces_issuing: issuing.certificate.clone(),
            server_ca: servers.certificate,
            issuing,
        })
    }

    /// A certificate for a key that its holder has made, such as one in an HSM: `request` is a PKCS#10
    /// request in PEM. The subject is that of the holder with this folder, whatever the request says.
    /// Returns DER certificates: leaf, issuing authority, root.
    pub fn certify(&self, folder: &str, request: &str) -> Result<Vec<Vec<u8>>, PkiError> {
        let holder = [&REPORTER_A, &REPORTER_B, &API_USER, &LIKVIDATOR_SYSTEM]
            .into_iter()
            .find(|holder| holder.folder == folder)
            .ok_or(PkiError::Holder)?;
        let public_key = request::public_key(request)?;
        let now = OffsetDateTime::now_utc();
        let validity = Validity {
            from: now - Duration::days(30),
            to: now + Duration::days(1065),
        };
        self.issuing
            .certify(holder, &public_key, validity, serial()?)
    }

    /// The server certificate with its chain in PEM, for another server on loopback.
    pub fn server_chain_pem(&self) -> String {
        let chain = self.server.chain.iter();
        chain.map(|der| pem("CERTIFICATE", der)).collect()
    }

    /// The key of the server certificate in PEM.
    pub fn server_key_pem(&self) -> String {
        pem("PRIVATE KEY", &self.server.key_pkcs8)
    }

    /// All certificates with keys.
    pub fn identities(&self) -> [&Identity; 8] {
        [
            &self.reporter_a,
            &self.reporter_b,
            &self.api_user,
            &self.likvidator_system,
            &self.employee,
            &self.expired,
            &self.revoked,
            &self.foreign,
        ]
    }
}

/// Makes keys on as many threads as there are keys: finding primes takes most of the start.
fn rsa_keys<const N: usize>(sizes: [KeySize; N]) -> Result<[Key; N], PkiError> {
    let made: Vec<Result<Key, PkiError>> = thread::scope(|scope| {
        let threads = sizes.map(|size| scope.spawn(move || Key::rsa(size)));
        threads
            .map(|thread| thread.join().unwrap_or(Err(PkiError::Key)))
            .into_iter()
            .collect()
    });
    let keys = made.into_iter().collect::<Result<Vec<_>, _>>()?;
    keys.try_into().map_err(|_| PkiError::Key)
}

fn serial() -> Result<[u8; 20], PkiError> {
    let mut bytes = [0; 20];
    aws_lc_rs::rand::fill(&mut bytes).map_err(|_| PkiError::Key)?;
    // Positive and never with a leading zero, so that it is always 20 bytes long.
    bytes[0] = (bytes[0] & 0x7f) | 0x40;
    Ok(bytes)
}

/// A random text of 24 characters for passwords and secrets.
pub(crate) fn random_text() -> Result<String, PkiError> {
    let mut bytes = [0; 18];
    aws_lc_rs::rand::fill(&mut bytes).map_err(|_| PkiError::Key)?;
    Ok(URL_SAFE_NO_PAD.encode(bytes))
}
