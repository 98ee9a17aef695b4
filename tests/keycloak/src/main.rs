//! Starts the server for hosts in other languages: writes what they need into a folder, says `keycloak
//! ready`, and ends when its standard input does.
#![allow(
    clippy::print_stdout,
    clippy::print_stderr,
    reason = "a program that a test suite talks to"
)]

use std::fs;
use std::io::Read;
use std::path::{Path, PathBuf};
use std::process::ExitCode;

use serde_json::{json, Value};
use skifteportal_keycloak::{Sts, API_USER, SECRET, VARIANT_A};
use skifteportal_sandbox::pki::{self, Identity};

fn main() -> ExitCode {
    let folders: Vec<PathBuf> = std::env::args_os().skip(1).map(PathBuf::from).collect();
    let started = match folders.as_slice() {
        [home, folder] => start(home, folder),
        _ => Err("two folders are expected: an unpacked Keycloak, and where files go".to_owned()),
    };
    match started {
        Ok(_sts) => {
            println!("keycloak ready");
            // Whoever started this holds the other end, and lets it go when it ends, however it ends.
            let _ = std::io::stdin().read_to_end(&mut Vec::new());
            ExitCode::SUCCESS
        }
        Err(reason) => {
            eprintln!("{reason}");
            ExitCode::FAILURE
        }
    }
}

fn start(home: &Path, folder: &Path) -> Result<Sts, String> {
    fs::create_dir_all(folder).map_err(|e| format!("{}: {e}", folder.display()))?;
    let sts = Sts::start(home, folder, |realm, _| realm)?;
    let url = sts.keycloak.url();
    let party = |identity: &Identity, client: &str| -> Result<Value, String> {
        let file = |kind: &str, content: &[u8]| write(folder, identity.folder, kind, content);
        Ok(json!({
            "name": identity.common_name,
            "cvr": identity.cvr,
            "certificate": file("p12", &identity.pkcs12)?,
            "passwordFile": file("password", identity.password.as_bytes())?,
            "clientId": client,
            "clientSecretFile": file("secret", SECRET.as_bytes())?,
        }))
    };
    let authority = pki::pem("CERTIFICATE", &sts.pki.server_ca);
    // The members are those of the sandbox's own settings.
    let settings = json!({
        "environment": { "sysauth": url, "auth": url, "api": url, "audience": sts.keycloak.issuer() },
        "trustAnchors": write(folder, "server-ca", "pem", authority.as_bytes())?,
        "reporters": [party(&sts.pki.reporter_a, VARIANT_A)?],
        "apiUser": party(&sts.pki.api_user, API_USER)?,
    });
    write(folder, "keycloak", "json", settings.to_string().as_bytes())?;
    Ok(sts)
}

fn write(folder: &Path, name: &str, kind: &str, content: &[u8]) -> Result<String, String> {
    let path = folder.join(format!("{name}.{kind}"));
    fs::write(&path, content).map_err(|e| format!("{}: {e}", path.display()))?;
    path.into_os_string()
        .into_string()
        .map_err(|_| "a path is not UTF-8".to_owned())
}
