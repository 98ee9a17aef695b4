//! The configuration file: who files, through which API user, in which environment.

use std::collections::BTreeMap;
use std::fmt;
use std::fs;
use std::path::{Path, PathBuf};

use serde::Deserialize;
use skifteportal::certificate::{Certificate, KeyStore};
use skifteportal::environment::Environment;
use skifteportal::model::{AdgangsprofilId, CprNummer, SagId};
use skifteportal::secret::Secret;

/// A configuration file, in JSON. The sandbox writes one (`sandbox.json`) with more in it than is
/// read here. Paths are relative to the file. No secret stands in the file: each is in a file of its
/// own, in an environment variable, or asked for.
#[derive(Debug, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Config {
    environment: Hosts,
    /// Paths of operations, from the portal's official OpenAPI files.
    #[serde(default)]
    paths: BTreeMap<String, String>,
    /// The authorities of the hosts' own certificates, PEM; the system's where it is left out.
    trust_anchors: Option<PathBuf>,
    /// The roots of the OCES3 certificates, PEM.
    oces_roots: Option<PathBuf>,
    /// Who files, each with an own certificate.
    #[serde(default)]
    pub reporters: Vec<Party>,
    /// The API user's own certificate, which variant B connects with.
    pub api_user: Option<Party>,
    /// The likvidator to act for.
    pub likvidator: Option<Likvidator>,
    test_data: Option<TestData>,
    #[serde(skip)]
    folder: PathBuf,
}

#[derive(Debug, Deserialize)]
#[serde(untagged)]
enum Hosts {
    Named(String),
    Custom {
        sysauth: String,
        auth: String,
        api: String,
    },
}

/// A holder of an OCES3 certificate.
#[derive(Clone, Debug, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Party {
    /// A name, for people.
    #[serde(default)]
    pub name: String,
    /// The CVR number.
    pub cvr: Option<String>,
    /// The Client ID (variant A).
    pub client_id: Option<String>,
    client_secret_file: Option<PathBuf>,
    client_secret_env: Option<String>,
    certificate: PathBuf,
    password_file: Option<PathBuf>,
    password_env: Option<String>,
}

/// What the story is told with.
#[derive(Clone, Debug, Deserialize)]
#[serde(rename_all = "camelCase")]
struct TestData {
    cpr_nummer: CprNummer,
    sager: Sager,
}

#[derive(Clone, Debug, Deserialize)]
struct Sager {
    aaben: AabenSag,
}

#[derive(Clone, Debug, Deserialize)]
#[serde(rename_all = "camelCase")]
struct AabenSag {
    sag_id: SagId,
}

/// A likvidator whose adgangsprofil lists the reporter's certificate.
#[derive(Clone, Debug, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Likvidator {
    /// The adgangsprofil's id, as found in Samarbejdsportalen (guide 3.2.1).
    pub adgangsprofil_id: AdgangsprofilId,
    /// Whose certificate is registered there.
    pub system: Party,
}

/// Why a configuration cannot be used.
#[derive(Debug)]
pub struct ConfigError(String);

impl fmt::Display for ConfigError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl std::error::Error for ConfigError {}

fn wrong(what: impl fmt::Display, why: impl fmt::Display) -> ConfigError {
    ConfigError(format!("{what}: {why}"))
}

impl Config {
    /// Reads a file.
    pub fn load(path: &Path) -> Result<Self, ConfigError> {
        let text = fs::read(path).map_err(|e| wrong(path.display(), e))?;
        let mut config: Self =
            serde_json::from_slice(&text).map_err(|e| wrong(path.display(), e))?;
        config.folder = path.parent().unwrap_or(Path::new(".")).to_path_buf();
        Ok(config)
    }

    /// The environment.
    pub fn environment(&self) -> Result<Environment, ConfigError> {
        let mut environment = match &self.environment {
            Hosts::Named(name) if name == "test" => Environment::test(),
            Hosts::Named(name) if name == "production" => Environment::production(),
            Hosts::Named(name) => return Err(wrong("environment", format!("{name} is none"))),
            Hosts::Custom { sysauth, auth, api } => {
                Environment::custom(sysauth, auth, api).map_err(|e| wrong("environment", e))?
            }
        };
        for (key, template) in &self.paths {
            environment = environment
                .with_path(key, template)
                .map_err(|e| wrong(key, e))?;
        }
        Ok(environment)
    }

    /// The CPR number of the deceased in the story.
    pub fn cpr_nummer(&self) -> Result<CprNummer, ConfigError> {
        Ok(self.story()?.cpr_nummer.clone())
    }

    /// The sag of the likvidator in the story.
    pub fn sag_id(&self) -> Result<SagId, ConfigError> {
        Ok(self.story()?.sager.aaben.sag_id.clone())
    }

    fn story(&self) -> Result<&TestData, ConfigError> {
        self.test_data
            .as_ref()
            .ok_or_else(|| wrong("testData", "is missing"))
    }

    /// The authorities that the hosts' certificates are checked against, as PEM.
    pub fn trusted(&self) -> Result<Option<Vec<u8>>, ConfigError> {
        self.trust_anchors
            .as_ref()
            .map(|path| self.read(path))
            .transpose()
    }

    /// The roots of the OCES3 certificates.
    pub fn roots(&self) -> Result<Vec<Certificate>, ConfigError> {
        let Some(path) = &self.oces_roots else {
            return Ok(Vec::new());
        };
        Certificate::from_pem(&self.read(path)?).map_err(|e| wrong(path.display(), e))
    }

    /// A party's certificate, chain and key, from its PKCS#12 file.
    pub fn key_store(&self, party: &Party) -> Result<KeyStore, ConfigError> {
        let password = self.secret(
            &format!("password of {}", party.certificate.display()),
            party.password_file.as_ref(),
            party.password_env.as_ref(),
        )?;
        KeyStore::from_pkcs12(&self.read(&party.certificate)?, &password)
            .map_err(|e| wrong(party.certificate.display(), e))
    }

    /// A party's client secret.
    pub fn client_secret(&self, party: &Party) -> Result<Secret, ConfigError> {
        self.secret(
            &format!(
                "client secret of {}",
                party.client_id.as_deref().unwrap_or(&party.name)
            ),
            party.client_secret_file.as_ref(),
            party.client_secret_env.as_ref(),
        )
    }

    /// A secret from its file, from the environment, or from the person at the terminal.
    fn secret(
        &self,
        what: &str,
        file: Option<&PathBuf>,
        variable: Option<&String>,
    ) -> Result<Secret, ConfigError> {
        if let Some(file) = file {
            let bytes = self.read(file)?;
            let text = String::from_utf8(bytes).map_err(|_| wrong(what, "is not UTF-8"))?;
            return Ok(Secret::new(text.trim_end_matches(['\r', '\n'])));
        }
        if let Some(variable) = variable {
            return std::env::var(variable).map(Secret::new).map_err(|_| {
                wrong(
                    what,
                    format!("the environment variable {variable} is not set"),
                )
            });
        }
        rpassword::prompt_password(format!("{what}: "))
            .map(Secret::new)
            .map_err(|e| wrong(what, e))
    }

    fn read(&self, path: &Path) -> Result<Vec<u8>, ConfigError> {
        let path = self.folder.join(path);
        fs::read(&path).map_err(|e| wrong(path.display(), e))
    }
}
