//! Variant B: the assertion and the certificate chain in it (guide 3.1.2).

use aws_lc_rs::signature::{UnparsedPublicKey, RSA_PKCS1_2048_8192_SHA256};
use base64::engine::general_purpose::{STANDARD, URL_SAFE_NO_PAD};
use base64::Engine as _;
use rustls::pki_types::{CertificateDer, UnixTime};
use serde_json::{Map, Value};
use webpki::{
    anchor_from_trusted_cert, BorrowedCertRevocationList, CertRevocationList, EndEntityCert,
    KeyUsage, RevocationOptionsBuilder,
};

use super::answer::Refusal;
use super::clients::{Client, Proof};
use super::form::Form;
use super::subject::{issued_by, Subject};
use crate::shared::Shared;

const ASSERTION_TYPE: &str = "urn:ietf:params:oauth:client-assertion-type:jwt-bearer";

/// An assertion that has been accepted and whose `jti` is spent.
pub(crate) struct Accepted<'a> {
    pub(crate) client: &'a Client,
    /// The certificate that signed it: the reporter's.
    pub(crate) reporter: Subject,
}

fn unknown_client() -> Refusal {
    Refusal::new(
        401,
        "invalid_client",
        "Invalid client or Invalid client credentials",
    )
}

/// A refusal that no Keycloak gives: what the guide demands of the chain, in the sandbox's words.
fn chain_refusal(reason: impl std::fmt::Display) -> Refusal {
    Refusal::client(format!(
        "Client authentication with signed JWT failed: x5c: {reason}"
    ))
}

/// Accepts or refuses the assertion in a form.
pub(crate) fn accept<'a>(shared: &'a Shared, form: &Form) -> Result<Accepted<'a>, Refusal> {
    if form.get("client_assertion_type") != Some(ASSERTION_TYPE) {
        return Err(unknown_client());
    }
    let token = form.get("client_assertion").unwrap_or_default();
    let mut parts = token.split('.');
    let (Some(header_part), Some(claims_part), Some(signature), None) =
        (parts.next(), parts.next(), parts.next(), parts.next())
    else {
        return Err(unknown_client());
    };
    let header = object(header_part).ok_or_else(unknown_client)?;
    let claims = object(claims_part).ok_or_else(unknown_client)?;
    if header.get("x5c").is_some_and(|chain| !chain.is_array()) {
        return Err(unknown_client());
    }
    let sub = match claims.get("sub") {
        Some(Value::String(text)) => text.clone(),
        Some(Value::Number(number)) => number.to_string(),
        _ => return Err(unknown_client()),
    };
    let client = shared.clients.get(&sub).filter(|client| client.enabled);
    let client = client
        .filter(|client| matches!(client.proof, Proof::Assertion))
        .ok_or_else(unknown_client)?;
    if form.get("client_id").is_some_and(|id| id != sub) {
        let text = "Invalid client or Invalid client credentials";
        return Err(Refusal::new(401, "unauthorized_client", text));
    }
    if header.get("alg").and_then(Value::as_str) != Some("RS256") {
        return Err(Refusal::client("Invalid signature algorithm"));
    }
    let reporter = verified_reporter(shared, &header)?;
    let signed_length = header_part.len() + 1 + claims_part.len();
    verify_signature(
        &reporter,
        token.get(..signed_length).unwrap_or_default(),
        signature,
    )?;
    check_claims(shared, &claims)?;
    Ok(Accepted { client, reporter })
}

fn object(part: &str) -> Option<Map<String, Value>> {
    let bytes = URL_SAFE_NO_PAD.decode(part).ok()?;
    serde_json::from_slice(&bytes).ok()
}

fn verify_signature(reporter: &Subject, signed: &str, signature: &str) -> Result<(), Refusal> {
    let key = UnparsedPublicKey::new(&RSA_PKCS1_2048_8192_SHA256, &reporter.public_key);
    let valid = URL_SAFE_NO_PAD
        .decode(signature)
        .is_ok_and(|signature| key.verify(signed.as_bytes(), &signature).is_ok());
    if valid {
        return Ok(());
    }
    Err(Refusal::client(
        "Client authentication with signed JWT failed: Signature on JWT token failed validation",
    ))
}

/// Reads and verifies the chain: standard base64, leaf first, each issued by the next, up to the
/// sandbox's root, in force, not revoked; the leaf is an organisation's.
fn verified_reporter(shared: &Shared, header: &Map<String, Value>) -> Result<Subject, Refusal> {
    let entries = header
        .get("x5c")
        .and_then(Value::as_array)
        .map_or(&[][..], Vec::as_slice);
    let chain = entries
        .iter()
        .enumerate()
        .map(|(index, entry)| {
            let text = entry.as_str().unwrap_or_default();
            STANDARD
                .decode(text)
                .map(CertificateDer::from)
                .map_err(|_| {
                    chain_refusal(format!("certificate {} is not standard base64", index + 1))
                })
        })
        .collect::<Result<Vec<_>, _>>()?;
    let Some((leaf, above)) = chain.split_first() else {
        return Err(chain_refusal("the header has no certificate chain"));
    };
    for (below, issuer) in chain.iter().zip(above) {
        if !issued_by(below, issuer) {
            return Err(chain_refusal("the chain is not in order, leaf first"));
        }
    }
    verify_chain(shared, leaf, above).map_err(|problem| match problem {
        webpki::Error::CertExpired { .. } => chain_refusal("a certificate has expired"),
        webpki::Error::CertNotValidYet { .. } => chain_refusal("a certificate is not valid yet"),
        webpki::Error::CertRevoked => chain_refusal("a certificate is revoked"),
        webpki::Error::UnknownIssuer => {
            chain_refusal("the chain does not lead to the OCES root (is the issuing CA there?)")
        }
        other => chain_refusal(other),
    })?;
    let subject = Subject::read(leaf).ok_or_else(|| chain_refusal("the leaf cannot be read"))?;
    if subject.organisation().is_none() {
        return Err(chain_refusal(
            "the leaf is not an OCES3 organisation certificate",
        ));
    }
    if let Some(given) = header.get("x5t#S256") {
        if given.as_str() != Some(&subject.thumbprint) {
            return Err(chain_refusal("x5t#S256 is not the leaf's thumbprint"));
        }
    }
    Ok(subject)
}

fn verify_chain(
    shared: &Shared,
    leaf: &CertificateDer<'_>,
    above: &[CertificateDer<'_>],
) -> Result<(), webpki::Error> {
    let root = CertificateDer::from(shared.pki.oces_root.as_slice());
    let anchors = [anchor_from_trusted_cert(&root)?];
    let lists = shared
        .pki
        .revocation_lists
        .iter()
        .map(|der| BorrowedCertRevocationList::from_der(der).map(CertRevocationList::from))
        .collect::<Result<Vec<_>, _>>()?;
    let lists: Vec<&CertRevocationList<'_>> = lists.iter().collect();
    let revocation = RevocationOptionsBuilder::new(&lists)
        .ok()
        .map(RevocationOptionsBuilder::build);
    let now = u64::try_from(shared.clock.unix_seconds()).unwrap_or(0);
    EndEntityCert::try_from(leaf)?.verify_for_usage(
        webpki::ALL_VERIFICATION_ALGS,
        &anchors,
        above,
        UnixTime::since_unix_epoch(std::time::Duration::from_secs(now)),
        KeyUsage::client_auth(),
        revocation,
        None,
    )?;
    Ok(())
}

/// The claims; `iss` is not looked at (guide 3.1.2). The texts are Keycloak's.
fn check_claims(shared: &Shared, claims: &Map<String, Value>) -> Result<(), Refusal> {
    let now = shared.clock.unix_seconds();
    let audience = match claims.get("aud") {
        Some(Value::Array(list)) if list.len() > 1 => {
            return Err(Refusal::client("Multiple audiences not allowed"));
        }
        Some(Value::Array(list)) => list.first().and_then(Value::as_str),
        Some(Value::String(text)) => Some(text.as_str()),
        _ => None,
    };
    if !audience.is_some_and(|given| shared.audiences.iter().any(|own| own == given)) {
        return Err(Refusal::client("Invalid token audience"));
    }
    let Some(expires) = seconds(claims, "exp") else {
        return Err(Refusal::client("Token exp claim is required"));
    };
    if expires <= now || seconds(claims, "nbf").is_some_and(|from| from > now + 15) {
        return Err(Refusal::client("Token is not active"));
    }
    if seconds(claims, "iat").is_some_and(|at| at > now + 15) {
        return Err(Refusal::client("Token was issued in the future"));
    }
    let Some(jti) = claims.get("jti").and_then(Value::as_str) else {
        return Err(Refusal::client("Token jti claim is required"));
    };
    if !shared.spent.spend(jti, expires, now) {
        return Err(Refusal::client("Token reuse detected"));
    }
    Ok(())
}

/// A time in a claim. Text and fractions are read as numbers, as Keycloak does.
fn seconds(claims: &Map<String, Value>, name: &str) -> Option<i64> {
    match claims.get(name)? {
        Value::Number(number) => number.as_i64().or_else(|| number.as_f64().map(whole)),
        Value::String(text) => text.parse().ok(),
        _ => None,
    }
}

#[allow(
    clippy::cast_possible_truncation,
    reason = "the cast saturates, which is what is wanted"
)]
fn whole(number: f64) -> i64 {
    number as i64
}
