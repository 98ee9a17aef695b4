//! The files that an integrator's program is pointed at.

use std::fs;
use std::io;
use std::path::{Path, PathBuf};

use serde_json::{json, Value};

use crate::pki::{pem, Identity, PkiError, StoreStyle};
use crate::shared::Shared;
use crate::sts::clients;
use crate::StartError;

/// The four addresses.
#[derive(Clone, Debug)]
pub(crate) struct Addresses {
    pub(crate) sysauth: String,
    pub(crate) auth: String,
    pub(crate) api: String,
    pub(crate) control: String,
}

/// The file that says that a sandbox is there and how to use it.
pub(crate) const SETTINGS: &str = "sandbox.json";

/// Removes what an earlier sandbox left, so that nobody takes it for this one's.
pub(crate) fn forget(root: &Path) -> Result<(), StartError> {
    let path = root.join(SETTINGS);
    match fs::remove_file(&path) {
        Err(source) if source.kind() != io::ErrorKind::NotFound => Err(failed(&path, source)),
        _ => Ok(()),
    }
}

/// Writes all files; `sandbox.json` last and at once, so that who finds it finds everything.
pub(crate) fn write(
    root: &Path,
    shared: &Shared,
    addresses: &Addresses,
) -> Result<Value, StartError> {
    let folder = Folder { root };
    folder.make(Path::new(""))?;
    let pki = &shared.pki;
    let certificate = |der: &[u8]| pem("CERTIFICATE", der);
    let server_ca = folder.open("server-ca.pem", &certificate(&pki.server_ca))?;
    let roots = folder.open("oces-root.pem", &certificate(&pki.oces_root))?;
    let issuing = folder.open("oces-issuing.pem", &certificate(&pki.oces_issuing))?;
    let [root_list, issuing_list] = &pki.revocation_lists;
    folder.open("oces-root-crl.pem", &pem("X509 CRL", root_list))?;
    folder.open("oces-issuing-crl.pem", &pem("X509 CRL", issuing_list))?;

    let secret = |name: &str, client: &str| {
        let text = shared.clients.secret(client).unwrap_or_default();
        folder.secret(&format!("clients/{name}.secret"), text.as_bytes())
    };
    folder.make(Path::new("clients"))?;
    let api_user_secret = secret("advokatsystem-s", clients::API_USER)?;
    let reporter_b_secret = secret("sandkassens-inkasso", clients::REPORTER_B)?;

    let reporter = |identity: &Identity, client: &str, secret: &str| {
        let mut entry = folder.identity(identity)?;
        merge(
            &mut entry,
            json!({ "clientId": client, "clientSecretFile": secret }),
        );
        Ok::<_, StartError>(entry)
    };
    let mut api_user = reporter(&pki.api_user, clients::API_USER, &api_user_secret)?;
    merge(
        &mut api_user,
        json!({ "variantBClientId": clients::VARIANT_B }),
    );
    let mut likvidator =
        json!({ "adgangsprofilId": shared.profiles.first().map(|profile| profile.id) });
    merge(
        &mut likvidator,
        json!({
            "registeredSerialNumber": pki.likvidator_system.serial_number,
            "system": reporter(&pki.likvidator_system, clients::API_USER, &api_user_secret)?,
            "otherAdgangsprofilId": shared.profiles.get(1).map(|profile| profile.id),
        }),
    );
    let other_client = |name: &str, id: &str| {
        Ok::<_, StartError>(json!({ "clientId": id, "clientSecretFile": secret(name, id)? }))
    };
    let settings = json!({
        "environment": {
            "sysauth": addresses.sysauth,
            "auth": addresses.auth,
            "api": addresses.api,
            "control": addresses.control,
        },
        "trustAnchors": server_ca,
        "ocesRoots": roots,
        "ocesIssuing": issuing,
        "reporters": [
            reporter(&pki.reporter_a, clients::API_USER, &api_user_secret)?,
            reporter(&pki.reporter_b, clients::REPORTER_B, &reporter_b_secret)?,
        ],
        "apiUser": api_user,
        "likvidator": likvidator,
        "refusedCertificates": {
            "employee": folder.identity(&pki.employee)?,
            "expired": folder.identity(&pki.expired)?,
            "revoked": folder.identity(&pki.revoked)?,
            "foreign": folder.identity(&pki.foreign)?,
        },
        "otherClients": {
            "odd": other_client("odd", clients::ODD)?,
            "disabled": other_client("disabled", clients::DISABLED)?,
            "noServiceAccount": other_client("no-service-account", clients::NO_SERVICE_ACCOUNT)?,
        },
        "paths": shared.api.made_up_paths,
        "pathsAreMadeUp": true,
        "testData": shared.api.test_data,
    });
    let text = format!("{settings:#}\n");
    let temporary = folder.open("sandbox.json.new", &text)?;
    let last = root.join(SETTINGS);
    fs::rename(temporary, &last).map_err(|source| StartError::Files { path: last, source })?;
    Ok(settings)
}

fn merge(into: &mut Value, from: Value) {
    if let (Value::Object(into), Value::Object(from)) = (into, from) {
        into.extend(from);
    }
}

struct Folder<'a> {
    root: &'a Path,
}

impl Folder<'_> {
    /// Makes a folder that only its owner can read.
    fn make(&self, relative: &Path) -> Result<(), StartError> {
        let path = self.root.join(relative);
        let mut builder = fs::DirBuilder::new();
        builder.recursive(true);
        #[cfg(unix)]
        std::os::unix::fs::DirBuilderExt::mode(&mut builder, 0o700);
        builder
            .create(&path)
            .map_err(|source| StartError::Files { path, source })
    }

    fn open(&self, relative: &str, text: &str) -> Result<String, StartError> {
        let path = self.root.join(relative);
        fs::write(&path, text).map_err(|source| failed(&path, source))?;
        Ok(shown(&path))
    }

    /// Writes a file that only its owner can read.
    fn secret(&self, relative: &str, content: &[u8]) -> Result<String, StartError> {
        let path = self.root.join(relative);
        write_secret(&path, content).map_err(|source| failed(&path, source))?;
        Ok(shown(&path))
    }

    /// Writes a certificate in all its forms, and describes it.
    fn identity(&self, identity: &Identity) -> Result<Value, StartError> {
        let name = identity.folder;
        self.make(Path::new(name))?;
        let file = |file: &str| format!("{name}/{file}");
        let rc2 = identity
            .pkcs12_in(StoreStyle::Rc2)
            .map_err(StartError::Pki)?;
        Ok(json!({
            "name": identity.common_name,
            "cvr": identity.cvr,
            "serialNumber": identity.serial_number,
            "certificate": self.secret(&file("certificate.p12"), &identity.pkcs12)?,
            "legacyCertificate": self.secret(&file("legacy.p12"), &identity.pkcs12_legacy)?,
            "rc2Certificate": self.secret(&file("rc2.p12"), &rc2)?,
            "passwordFile": self.secret(&file("password.txt"), identity.password.as_bytes())?,
            "pemChain": self.open(&file("chain.pem"), &identity.chain_pem())?,
            "key": self.secret(
                &file("key.pem"),
                pem("PRIVATE KEY", &identity.key_pkcs8).as_bytes(),
            )?,
        }))
    }
}

fn failed(path: &Path, source: io::Error) -> StartError {
    StartError::Files {
        path: path.to_owned(),
        source,
    }
}

fn shown(path: &Path) -> String {
    path.to_string_lossy().into_owned()
}

fn write_secret(path: &Path, content: &[u8]) -> io::Result<()> {
    use io::Write as _;
    if path.exists() {
        fs::remove_file(path)?;
    }
    let mut options = fs::OpenOptions::new();
    options.write(true).create_new(true);
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    options.open(path)?.write_all(content)
}

/// A folder among the system's temporary files that nobody else has.
pub(crate) fn temporary() -> Result<PathBuf, PkiError> {
    let name = format!("skifteportal-sandbox-{}", crate::pki::random_text()?);
    Ok(std::env::temp_dir().join(name))
}
