//! Certificates.

use js_sys::Uint8Array;
use serde::Serialize;
use skifteportal::certificate as core;
use wasm_bindgen::prelude::*;

use crate::failure::Outcome;
use crate::value::{list, object, time};

/// An X.509 certificate.
#[wasm_bindgen(skip_typescript)]
#[derive(Clone)]
pub struct Certificate(pub(crate) core::Certificate);

/// A distinguished name.
#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct NameFace {
    text: String,
    attributes: Vec<core::NameAttribute>,
    common_name: Option<String>,
    organization: Option<String>,
    organizational_unit: Option<String>,
    country: Option<String>,
    serial_number: Option<String>,
    organization_identifier: Option<String>,
}

fn name(name: &core::Name) -> JsValue {
    let owned = |text: Option<&str>| text.map(ToOwned::to_owned);
    object(&NameFace {
        text: name.to_string(),
        attributes: name.attributes(),
        common_name: owned(name.common_name()),
        organization: owned(name.organization()),
        organizational_unit: owned(name.organizational_unit()),
        country: owned(name.country()),
        serial_number: owned(name.serial_number()),
        organization_identifier: owned(name.organization_identifier()),
    })
}

/// What a certificate tells of its use at a time.
#[derive(Serialize)]
struct ValidityFace {
    name: &'static str,
    usable: bool,
    #[serde(flatten)]
    validity: core::Validity,
}

#[wasm_bindgen]
impl Certificate {
    /// The same object once more.
    pub fn copy(&self) -> Self {
        self.clone()
    }

    /// Reads one certificate in DER.
    #[wasm_bindgen(js_name = fromDer)]
    pub fn from_der(der: &[u8]) -> Outcome<Certificate> {
        Ok(Self(core::Certificate::from_der(der)?))
    }

    /// Reads the first certificate of a PEM file.
    #[wasm_bindgen(js_name = fromPem)]
    pub fn from_pem(pem: &[u8]) -> Outcome<Certificate> {
        let mut all = core::Certificate::from_pem(pem)?.into_iter();
        let first = all.next().ok_or(core::CertificateError::NoCertificate)?;
        Ok(Self(first))
    }

    /// Reads all certificates of a PEM file, in the order of the file.
    #[wasm_bindgen(js_name = allFromPem)]
    pub fn all_from_pem(pem: &[u8]) -> Outcome<Vec<Certificate>> {
        Ok(wrap(&core::Certificate::from_pem(pem)?))
    }

    /// The certificate in DER.
    #[wasm_bindgen(getter)]
    pub fn der(&self) -> Uint8Array {
        self.0.der().into()
    }

    /// The certificate in PEM.
    #[wasm_bindgen(js_name = toPem)]
    pub fn to_pem(&self) -> String {
        self.0.to_pem()
    }

    /// Whom it is for.
    #[wasm_bindgen(getter)]
    pub fn subject(&self) -> JsValue {
        name(self.0.subject())
    }

    /// Who issued it.
    #[wasm_bindgen(getter)]
    pub fn issuer(&self) -> JsValue {
        name(self.0.issuer())
    }

    /// What is typed in Samarbejdsportalen.
    #[wasm_bindgen(getter, js_name = subjectSerialNumber)]
    pub fn subject_serial_number(&self) -> Option<String> {
        self.0.subject_serial_number().map(ToOwned::to_owned)
    }

    /// The serial number that the issuer gave.
    #[wasm_bindgen(getter, js_name = x509SerialNumber)]
    pub fn x509_serial_number(&self) -> String {
        self.0.x509_serial_number()
    }

    /// The CVR number.
    #[wasm_bindgen(getter)]
    pub fn cvr(&self) -> Option<String> {
        self.0.cvr().map(ToOwned::to_owned)
    }

    /// The thumbprint, SHA-256.
    #[wasm_bindgen(getter)]
    pub fn thumbprint(&self) -> String {
        skifteportal::session::CertificateThumbprint::from(&self.0).to_string()
    }

    /// The thumbprint as the header of a JWT has it.
    #[wasm_bindgen(getter, js_name = x5tS256)]
    pub fn x5t_s256(&self) -> String {
        self.0.x5t_s256()
    }

    /// Kind and size of the key.
    #[wasm_bindgen(getter, js_name = keyInfo)]
    pub fn key_info(&self) -> JsValue {
        object(&self.0.key_info())
    }

    /// Whether subject and issuer are the same.
    #[wasm_bindgen(getter, js_name = isSelfIssued)]
    pub fn is_self_issued(&self) -> bool {
        self.0.is_self_issued()
    }

    /// Whether it is an authority's.
    #[wasm_bindgen(getter, js_name = isAuthority)]
    pub fn is_authority(&self) -> bool {
        self.0.is_authority()
    }

    /// Where the issuer's certificate can be fetched.
    #[wasm_bindgen(getter, js_name = issuerCertificateUrl)]
    pub fn issuer_certificate_url(&self) -> Option<String> {
        self.0.issuer_certificate_url().map(ToOwned::to_owned)
    }

    /// Whether it is valid at a time.
    #[wasm_bindgen(js_name = validityAt)]
    pub fn validity_at(&self, now: &JsValue, warning_days: u32) -> Outcome<JsValue> {
        let validity = self.0.validity_at(time(now)?, warning_days);
        Ok(object(&ValidityFace {
            name: validity.as_str(),
            usable: validity.is_usable(),
            validity,
        }))
    }

    /// What a person needs to know of it.
    pub fn summary(&self, now: &JsValue, warning_days: u32) -> Outcome<JsValue> {
        Ok(object(&self.0.summary(time(now)?, warning_days)))
    }
}

pub(crate) fn wrap(certificates: &[core::Certificate]) -> Vec<Certificate> {
    certificates.iter().cloned().map(Certificate).collect()
}

/// A list of certificates, which may be left out.
pub(crate) fn unwrap(certificates: &JsValue) -> Outcome<Vec<core::Certificate>> {
    let list: Vec<Certificate> = list(certificates)?;
    Ok(list.into_iter().map(|one| one.0).collect())
}
