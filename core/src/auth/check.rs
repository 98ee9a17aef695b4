//! What the portal would refuse in an assertion, said before the call.

use super::{signature, AssertionClaims};
use crate::certificate::{Certificate, CertificateKind, Chain, ChainError, PrivateKey, Validity};
use crate::model::Timestamp;

/// Whose certificate a finding is about.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[cfg_attr(feature = "uniffi", derive(uniffi::Enum))]
#[cfg_attr(
    feature = "dynamic",
    derive(serde::Serialize),
    serde(rename_all = "snake_case")
)]
pub enum CertificateRole {
    /// The reporter's, first in the chain, whose key signs the assertion.
    Reporter,
    /// One of the authorities in the chain.
    Authority,
    /// The API user's, which the TLS connection presents.
    ApiUser,
}

impl std::fmt::Display for CertificateRole {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(match self {
            Self::Reporter => "the reporter's certificate",
            Self::Authority => "an authority's certificate in the chain",
            Self::ApiUser => "the API user's certificate",
        })
    }
}

/// One thing for which the portal would refuse an assertion (guide 3.1.2).
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
#[cfg_attr(feature = "uniffi", derive(uniffi::Enum))]
#[cfg_attr(
    feature = "dynamic",
    derive(serde::Serialize),
    serde(
        tag = "type",
        rename_all = "snake_case",
        rename_all_fields = "camelCase"
    )
)]
pub enum AuthFinding {
    /// `sub` is not 8 digits, which a CVR number has.
    #[error("the subject is not a CVR number of 8 digits")]
    SubjectForm,
    /// `sub` is not the CVR number of the API user's certificate.
    #[error("the subject {subject} is not the CVR number {cvr} of the API user's certificate")]
    SubjectMismatch {
        /// The subject.
        subject: String,
        /// The certificate's CVR number.
        cvr: String,
    },
    /// The API user's certificate names no CVR number to hold `sub` against.
    #[error("the API user's certificate names no CVR number")]
    ApiUserWithoutCvr,
    /// `aud` is not the STS's.
    #[error("the audience is {found} where the STS expects {expected}")]
    Audience {
        /// The STS's.
        expected: String,
        /// The assertion's.
        found: String,
    },
    /// `exp` has passed.
    #[error("the assertion ended at {expires_at} (seconds since 1970)")]
    Expired {
        /// `exp`.
        expires_at: i64,
    },
    /// The signing key is not the leaf certificate's.
    #[error("the private key does not belong to the leaf certificate")]
    KeyMismatch,
    /// The leaf certificate holds no RSA key that RS256 can use.
    #[error("the leaf certificate holds no RSA key that this library can use")]
    KeyNotRsa,
    /// A certificate of the chain is not issued by the next one.
    #[error("the chain is not in order, the leaf first and each issued by the next: {reason}")]
    ChainOrder {
        /// Where.
        reason: ChainError,
    },
    /// The chain ends before it comes to an authority.
    #[error("the chain lacks the certificates from the leaf up to the root")]
    ChainIncomplete,
    /// The chain stops at an authority that is not a root. Reading: the guide asks for the
    /// certificates "up to the root" and its example has three, so the root is expected.
    #[error("the chain lacks its root")]
    ChainWithoutRoot,
    /// The chain does not lead to one of the given roots, or not in a way that can be trusted.
    #[error("the chain cannot be trusted: {reason}")]
    ChainUntrusted {
        /// Why.
        reason: ChainError,
    },
    /// A certificate has ended.
    #[error("{role} ended at {not_after}")]
    CertificateExpired {
        /// Whose.
        role: CertificateRole,
        /// Its last moment.
        not_after: Timestamp,
    },
    /// A certificate is not valid yet.
    #[error("{role} is not valid before {not_before}")]
    CertificateNotYetValid {
        /// Whose.
        role: CertificateRole,
        /// Its first moment.
        not_before: Timestamp,
    },
    /// A certificate is not an OCES3 organisation certificate (guide 2.4, 3.1.1).
    #[error("{role} is not an OCES3 organisation certificate")]
    NotOrganisation {
        /// Whose.
        role: CertificateRole,
        /// What it is instead.
        kind: CertificateKind,
    },
}

impl AuthFinding {
    /// The stable text code, such as `auth.subject_mismatch`.
    pub const fn code(&self) -> &'static str {
        match self {
            Self::SubjectForm => "auth.subject_form",
            Self::SubjectMismatch { .. } => "auth.subject_mismatch",
            Self::ApiUserWithoutCvr => "auth.api_user_without_cvr",
            Self::Audience { .. } => "auth.audience",
            Self::Expired { .. } => "auth.assertion_expired",
            Self::KeyMismatch => "auth.key_mismatch",
            Self::KeyNotRsa => "auth.key_not_rsa",
            Self::ChainOrder { .. } => "auth.chain_order",
            Self::ChainIncomplete => "auth.chain_incomplete",
            Self::ChainWithoutRoot => "auth.chain_without_root",
            Self::ChainUntrusted { .. } => "auth.chain_untrusted",
            Self::CertificateExpired { .. } => "auth.certificate_expired",
            Self::CertificateNotYetValid { .. } => "auth.certificate_not_yet_valid",
            Self::NotOrganisation { .. } => "auth.not_organisation",
        }
    }
}

/// What an assertion is held against. The more that is given, the more is found.
#[derive(Clone, Debug)]
#[non_exhaustive]
pub struct AssertionCheck {
    /// The time of the call.
    pub now: Timestamp,
    /// The audience that the STS expects.
    pub audience: Option<String>,
    /// The certificate that the TLS connection will present.
    pub api_user: Option<Certificate>,
    /// The roots that the portal trusts; none leaves the question open.
    pub roots: Vec<Certificate>,
    /// Whether `sub` must be a CVR number, as with the portal (true by default). Set it to false for
    /// a stock Keycloak, where it is any client id.
    pub subject_is_cvr: bool,
    /// Whether the chain must end with its root (true by default). Set it to false where
    /// [`include_root`](super::AssertionSettings::include_root) is.
    pub root_expected: bool,
}

impl AssertionCheck {
    /// The portal's rules at a time, with nothing else at hand.
    pub const fn at(now: Timestamp) -> Self {
        Self {
            now,
            audience: None,
            api_user: None,
            roots: Vec::new(),
            subject_is_cvr: true,
            root_expected: true,
        }
    }

    /// Adds the audience that the STS expects:
    /// [`Environment::audience`](crate::environment::Environment::audience).
    pub fn with_audience(mut self, audience: impl Into<String>) -> Self {
        self.audience = Some(audience.into());
        self
    }

    /// Adds the certificate that the TLS connection will present.
    pub fn with_api_user(mut self, certificate: Certificate) -> Self {
        self.api_user = Some(certificate);
        self
    }

    /// Adds the roots to which the chain must lead.
    pub fn with_roots(mut self, roots: Vec<Certificate>) -> Self {
        self.roots = roots;
        self
    }

    /// Takes any text as `sub`.
    pub const fn with_any_subject(mut self) -> Self {
        self.subject_is_cvr = false;
        self
    }

    /// Takes a chain that ends before its root.
    pub const fn without_root(mut self) -> Self {
        self.root_expected = false;
        self
    }
}

/// All that the portal would refuse in an assertion, at once and before anything is sent; empty where
/// nothing was found. Revocation is not looked at: the handshake tells (guide 3.1.2).
///
/// Give the private key where it is at hand, to learn whether it is the leaf's. The claims and the
/// chain are those of an [`UnsignedAssertion`](super::UnsignedAssertion) or a
/// [`SignedAssertion`](super::SignedAssertion).
///
/// ```
/// use skifteportal::auth::{check_assertion, AssertionCheck, AssertionSettings, UnsignedAssertion};
/// use skifteportal::certificate::{Certificate, Chain};
/// use skifteportal::model::Timestamp;
///
/// let read = |pem: &[u8]| Certificate::from_pem(pem).unwrap().remove(0);
/// let reporter = read(include_bytes!("../../tests/data/auth/reporter.pem"));
/// let api_user = read(include_bytes!("../../tests/data/auth/api-user.pem"));
/// let chain = Chain::as_given(vec![reporter]).unwrap();
///
/// let now = Timestamp::from_unix(1_800_000_000);
/// let settings = AssertionSettings::new("https://reporter.example", "12345678");
/// let assertion = UnsignedAssertion::prepare(&settings, "https://sts", &chain, now, "1").unwrap();
/// let check = AssertionCheck::at(now).with_api_user(api_user);
/// let found: Vec<_> = check_assertion(assertion.claims(), &chain, None, &check)
///     .iter()
///     .map(|finding| finding.code())
///     .collect();
/// assert_eq!(found, ["auth.subject_mismatch", "auth.chain_incomplete"]);
/// ```
pub fn check_assertion(
    claims: &AssertionClaims,
    chain: &Chain,
    key: Option<&PrivateKey>,
    check: &AssertionCheck,
) -> Vec<AuthFinding> {
    let mut findings = Vec::new();
    check_claims(claims, check, &mut findings);
    check_chain(chain, check, &mut findings);
    if !signature::usable(chain.leaf()) {
        findings.push(AuthFinding::KeyNotRsa);
    } else if key.is_some_and(|key| !key.belongs_to(chain.leaf())) {
        findings.push(AuthFinding::KeyMismatch);
    }
    for (at, certificate) in chain.certificates().iter().enumerate() {
        let role = if at == 0 {
            CertificateRole::Reporter
        } else {
            CertificateRole::Authority
        };
        check_certificate(certificate, role, check.now, &mut findings);
    }
    if let Some(api_user) = &check.api_user {
        check_certificate(api_user, CertificateRole::ApiUser, check.now, &mut findings);
    }
    findings
}

fn check_claims(claims: &AssertionClaims, check: &AssertionCheck, findings: &mut Vec<AuthFinding>) {
    let subject = claims.subject.as_str();
    if check.subject_is_cvr {
        if subject.len() != 8 || !subject.bytes().all(|b| b.is_ascii_digit()) {
            findings.push(AuthFinding::SubjectForm);
        }
        match check.api_user.as_ref().map(Certificate::cvr) {
            Some(Some(cvr)) if cvr != subject => findings.push(AuthFinding::SubjectMismatch {
                subject: subject.to_owned(),
                cvr: cvr.to_owned(),
            }),
            Some(None) => findings.push(AuthFinding::ApiUserWithoutCvr),
            _ => {}
        }
    }
    if let Some(expected) = &check.audience {
        if *expected != claims.audience {
            findings.push(AuthFinding::Audience {
                expected: expected.clone(),
                found: claims.audience.clone(),
            });
        }
    }
    if claims.expires_at <= check.now.unix() {
        findings.push(AuthFinding::Expired {
            expires_at: claims.expires_at,
        });
    }
}

fn check_chain(chain: &Chain, check: &AssertionCheck, findings: &mut Vec<AuthFinding>) {
    if let Err(reason) = chain.check_order() {
        findings.push(AuthFinding::ChainOrder { reason });
        return;
    }
    let certificates = chain.certificates();
    // A chain may stop at the issuing authority, but a leaf by itself leads nowhere.
    let ends_at_authority = certificates
        .last()
        .is_some_and(|last| certificates.len() > 1 && last.is_authority());
    if !ends_at_authority {
        findings.push(AuthFinding::ChainIncomplete);
        return;
    }
    if check.root_expected && !chain.has_root() {
        findings.push(AuthFinding::ChainWithoutRoot);
    }
    if !check.roots.is_empty() {
        match chain.verify(&check.roots, check.now) {
            Ok(()) => {}
            // Each certificate's own time is a finding of its own.
            Err(
                ChainError::Expired { position, .. } | ChainError::NotYetValid { position, .. },
            ) if (position as usize) < certificates.len() => {}
            Err(reason) => findings.push(AuthFinding::ChainUntrusted { reason }),
        }
    }
}

fn check_certificate(
    certificate: &Certificate,
    role: CertificateRole,
    now: Timestamp,
    findings: &mut Vec<AuthFinding>,
) {
    match certificate.validity_at(now, 0) {
        Validity::Expired { not_after } => {
            findings.push(AuthFinding::CertificateExpired { role, not_after });
        }
        Validity::NotYetValid { not_before } => {
            findings.push(AuthFinding::CertificateNotYetValid { role, not_before });
        }
        Validity::Valid { .. } | Validity::ExpiresSoon { .. } => {}
    }
    let kind = certificate.kind();
    if role != CertificateRole::Authority && kind != CertificateKind::OcesOrganisation {
        findings.push(AuthFinding::NotOrganisation { role, kind });
    }
}
