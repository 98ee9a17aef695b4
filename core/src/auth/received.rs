//! An assertion that the reporter's own backend has made and signed.

use super::members::Members;
use super::{jose, signature, AssertionClaims, AuthError, SignedAssertion};
use crate::certificate::{Certificate, Chain};
use crate::secret::Secret;

impl SignedAssertion {
    /// Takes an assertion that was made and signed elsewhere: the `iss` of variant B is the
    /// reporter's backend, which may hand the API user a finished JWT (guide 3.1.2).
    ///
    /// It is read strictly, since it is to be sent: RS256, standard Base64 in `x5c`, and the
    /// signature verified with the first certificate's key. What it says (subject, time, chain) is
    /// for [`check_assertion`](super::check_assertion) to judge.
    pub fn from_jwt(jwt: Secret) -> Result<Self, AuthError> {
        let parts = jose::Parts::read(jwt.expose())?;
        let fail = |part| AuthError::NotAJwt { part };
        let header = Members::read(&parts.header)
            .map_err(|_| fail("the header is not a JSON object with each member once"))?;
        if header.text("alg").as_deref() != Some("RS256") {
            return Err(AuthError::Algorithm);
        }
        let chain = chain(&header).ok_or(fail(
            "the x5c of the header is not a list of certificates in standard Base64",
        ))?;
        let thumbprint = header.text("x5t#S256");
        if thumbprint.is_some_and(|thumbprint| thumbprint != chain.leaf().x5t_s256()) {
            return Err(AuthError::Thumbprint);
        }
        let claims = Members::read(&parts.payload)
            .map_err(|_| fail("the claims are not a JSON object with each member once"))?;
        let claims = claims_of(&claims).ok_or(fail(
            "the claims lack sub, exp or jti, or have not exactly one aud",
        ))?;
        signature::verify(chain.leaf(), parts.signing_input, &parts.signature)?;
        Ok(Self { jwt, claims, chain })
    }
}

fn chain(header: &Members<'_>) -> Option<Chain> {
    let is_array = header.raw("x5c")?.starts_with('[');
    let certificates = header
        .texts("x5c")
        .filter(|_| is_array)?
        .iter()
        // No honest chain is longer, and each certificate takes work to read.
        .take(Chain::MAX_LENGTH + 1)
        .map(|entry| Certificate::from_der(&jose::decode_base64(entry)?).ok())
        .collect::<Option<Vec<_>>>()?;
    Chain::as_given(certificates).ok()
}

fn claims_of(members: &Members<'_>) -> Option<AssertionClaims> {
    let mut audience = members.texts("aud")?.into_iter();
    let (Some(audience), None) = (audience.next(), audience.next()) else {
        return None;
    };
    Some(AssertionClaims {
        // The portal does not validate it (guide 3.1.2).
        issuer: members.text("iss").unwrap_or_default(),
        subject: members.text("sub")?,
        audience,
        expires_at: members.integer("exp")?,
        jti: members.text("jti")?,
        issued_at: members.integer("iat"),
        not_before: members.integer("nbf"),
    })
}
