use serde::Deserialize;
use serde_json::{json, Value};
use skifteportal::certificate::{
    Certificate, CertificateError, CertificateWarning, Chain, KeyChoice, KeyStore,
    KeyStoreSettings, PrivateKey,
};
use skifteportal::secret::Secret;

use crate::wire::{show_error, show_time, time, Bytes};

#[derive(Deserialize)]
#[serde(tag = "do", rename_all = "snake_case", deny_unknown_fields)]
pub(crate) enum Input {
    Certificate {
        file: Bytes,
        now: String,
        warning_days: u32,
    },
    Chain {
        leaf: String,
        pool: Vec<String>,
        roots: Vec<String>,
        now: String,
    },
    KeyStore {
        file: Bytes,
        password: String,
        friendly_name: Option<String>,
        max_iterations: Option<u32>,
    },
    PrivateKey {
        test_only_file: Bytes,
        password: Option<String>,
        certificate: Option<String>,
    },
}

/// Text is PEM, everything else DER.
fn is_pem(file: &[u8]) -> bool {
    file.windows(11).any(|bytes| bytes == b"-----BEGIN ")
}

fn read(file: &[u8]) -> Result<Vec<Certificate>, CertificateError> {
    if is_pem(file) {
        Certificate::from_pem(file)
    } else {
        Ok(vec![Certificate::from_der(file)?])
    }
}

fn one(pem: &str) -> Certificate {
    Certificate::from_pem(pem.as_bytes()).unwrap().remove(0)
}

fn all(pems: &[String]) -> Vec<Certificate> {
    pems.iter().map(|pem| one(pem)).collect()
}

fn thumbprints(certificates: &[Certificate]) -> Vec<String> {
    certificates
        .iter()
        .map(Certificate::thumbprint_hex)
        .collect()
}

fn show(certificate: &Certificate, now: &str, warning_days: u32) -> Value {
    let now = time(now);
    let summary = certificate.summary(now, warning_days);
    let warnings: Vec<&str> = summary
        .warnings
        .iter()
        .copied()
        .map(CertificateWarning::code)
        .collect();
    json!({
        "kind": summary.kind.as_str(),
        "hierarchy": summary.hierarchy.as_str(),
        "subject_serial_number": summary.subject_serial_number,
        "x509_serial_number": certificate.x509_serial_number(),
        "cvr": summary.cvr,
        "common_name": summary.common_name,
        "organisation": summary.organisation,
        "issuer": summary.issuer,
        "not_before": show_time(Some(summary.not_before)),
        "not_after": show_time(Some(summary.not_after)),
        "validity": summary.validity.as_str(),
        "key_kind": summary.key_kind.as_str(),
        "key_bits": summary.key_bits,
        "thumbprint": summary.thumbprint,
        "x5t_s256": certificate.x5t_s256(),
        "authority": certificate.is_authority(),
        "warnings": warnings,
    })
}

fn key_store(
    file: &[u8],
    password: String,
    friendly_name: Option<String>,
    max_iterations: Option<u32>,
) -> Result<Value, CertificateError> {
    let mut settings = KeyStoreSettings::default();
    if let Some(name) = friendly_name {
        settings.choice = KeyChoice::FriendlyName { name };
    }
    settings.max_iterations = max_iterations.unwrap_or(settings.max_iterations);
    let store = KeyStore::from_pkcs12_with(file, &Secret::new(password), &settings)?;
    Ok(json!({
        "chain": thumbprints(store.chain().certificates()),
        "has_root": store.chain().has_root(),
        "others": thumbprints(store.others()),
        "friendly_name": store.friendly_name(),
        "key_bits": store.key().bits(),
    }))
}

fn private_key(file: &[u8], password: Option<Secret>) -> Result<PrivateKey, CertificateError> {
    match password {
        password if is_pem(file) => PrivateKey::from_pem(file, password.as_ref()),
        Some(password) => PrivateKey::from_encrypted_der(file, &password),
        None => PrivateKey::from_der(file),
    }
}

pub(crate) fn answer(input: Input) -> Value {
    let answer = match input {
        Input::Certificate {
            file,
            now,
            warning_days,
        } => read(&file.read()).map(|certificates| {
            let shown = certificates.iter().map(|one| show(one, &now, warning_days));
            json!({ "certificates": shown.collect::<Vec<_>>() })
        }),
        Input::Chain {
            leaf,
            pool,
            roots,
            now,
        } => {
            let chain = match Chain::ordered(one(&leaf), &all(&pool)) {
                Ok(chain) => chain,
                Err(error) => return show_error(error.code()),
            };
            let verified = chain.verify(&all(&roots), time(&now));
            Ok(json!({
                "chain": thumbprints(chain.certificates()),
                "has_root": chain.has_root(),
                "verified": verified.as_ref().is_ok(),
                "refusal": verified.err().map(|error| error.code()),
            }))
        }
        Input::KeyStore {
            file,
            password,
            friendly_name,
            max_iterations,
        } => key_store(&file.read(), password, friendly_name, max_iterations),
        Input::PrivateKey {
            test_only_file,
            password,
            certificate,
        } => private_key(&test_only_file.read(), password.map(Secret::new)).map(|key| {
            let belongs = certificate.map(|pem| key.belongs_to(&one(&pem)));
            json!({ "bits": key.bits(), "belongs_to_certificate": belongs })
        }),
    };
    answer.unwrap_or_else(|error| show_error(error.code()))
}
