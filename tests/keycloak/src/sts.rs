//! The server as the portal's STS: its parties, with the sandbox's certificates.

use std::fs;
use std::path::{Path, PathBuf};

use skifteportal_sandbox::pki::{self, Pki};

use crate::{Client, Keycloak, Realm, Tls};

/// The secret of all clients of variant A, with what encodings stumble over.
pub const SECRET: &str = "p+q&r=s%41 ~*-._!'()ø/€\u{1}\"\\#;";
/// A client of variant A.
pub const VARIANT_A: &str = "variant-a";
/// The client of variant B: the CVR number of the API user.
pub const API_USER: &str = "30808460";

/// A running server that knows the sandbox's reporter and its API user.
#[derive(Debug)]
pub struct Sts {
    /// The server.
    pub keycloak: Keycloak,
    /// The certificates: of the parties, and of the server.
    pub pki: Pki,
}

impl Sts {
    /// Makes certificates and starts a server with the distribution in `home`. The files of its TLS are
    /// written into `folder`; `more` adds clients.
    pub fn start(
        home: &Path,
        folder: &Path,
        more: impl FnOnce(Realm, &Pki) -> Realm,
    ) -> Result<Self, String> {
        let pki = Pki::generate().map_err(|e| e.to_string())?;
        let write = |name: &str, content: String| -> Result<PathBuf, String> {
            let path = folder.join(name);
            fs::write(&path, content).map_err(|e| format!("{}: {e}", path.display()))?;
            Ok(path)
        };
        let authorities =
            [&pki.oces_root, &pki.oces_issuing].map(|der| pki::pem("CERTIFICATE", der));
        let tls = Tls {
            certificate: write("server.pem", pki.server_chain_pem())?,
            key: write("server.key", pki.server_key_pem())?,
            client_authorities: write("clients.pem", authorities.concat())?,
        };
        let realm = Realm::new()
            .client(Client::with_secret(VARIANT_A, SECRET))
            .client(Client::with_assertion(
                API_USER,
                &base64(pki.reporter_a.leaf()),
            ));
        let realm = more(realm, &pki);
        let keycloak = Keycloak::start(home, &realm, &tls)?;
        Ok(Self { keycloak, pki })
    }
}

/// Standard base64, as a realm names a certificate.
pub fn base64(bytes: &[u8]) -> String {
    pki::pem("X", bytes)
        .lines()
        .filter(|line| !line.starts_with('-'))
        .collect()
}
