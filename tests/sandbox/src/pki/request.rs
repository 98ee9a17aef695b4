//! Certificate requests (PKCS#10), with which a holder shows a key that it keeps.

use aws_lc_rs::signature::{UnparsedPublicKey, RSA_PKCS1_2048_8192_SHA256};
use base64::engine::general_purpose::STANDARD;
use base64::Engine as _;
use x509_cert::der::{Decode, Encode};
use x509_cert::request::CertReq;

use super::PkiError;

const RSA: &str = "1.2.840.113549.1.1.1";
const SHA256_WITH_RSA: &str = "1.2.840.113549.1.1.11";

/// The `SubjectPublicKeyInfo` of a request in PEM. That its sender has the key is verified.
pub(super) fn public_key(pem: &str) -> Result<Vec<u8>, PkiError> {
    // Tools disagree on the label, so only what stands between the labels is read.
    let text: String = pem.lines().filter(|line| !line.starts_with("--")).collect();
    let der = STANDARD
        .decode(text.trim())
        .map_err(|_| PkiError::Request)?;
    let request = CertReq::from_der(&der).map_err(|_| PkiError::Request)?;
    let key = &request.info.public_key;
    let algorithms = (
        key.algorithm.oid.to_string(),
        request.algorithm.oid.to_string(),
    );
    if (algorithms.0.as_str(), algorithms.1.as_str()) != (RSA, SHA256_WITH_RSA) {
        return Err(PkiError::Request);
    }
    let signed = request.info.to_der().map_err(|_| PkiError::Request)?;
    UnparsedPublicKey::new(
        &RSA_PKCS1_2048_8192_SHA256,
        key.subject_public_key.raw_bytes(),
    )
    .verify(&signed, request.signature.raw_bytes())
    .map_err(|_| PkiError::Request)?;
    key.to_der().map_err(|_| PkiError::Request)
}
