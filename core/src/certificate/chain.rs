//! A chain of certificates from a leaf towards a root, and its verification.

use super::{signature, Certificate, ChainError};
use crate::model::Timestamp;

/// A chain of certificates, the leaf first, each issued by the next.
///
/// ```
/// use skifteportal::certificate::{Certificate, Chain};
/// use skifteportal::model::Timestamp;
/// let read = |pem: &[u8]| Certificate::from_pem(pem).unwrap().remove(0);
/// let leaf = read(include_bytes!("../../../tests/data/certificates/oces3-test-system-cert.pem"));
/// let issuing = read(include_bytes!("../../../tests/data/certificates/oces3-test-issuing-ca-1.pem"));
/// let root = read(include_bytes!("../../../tests/data/certificates/oces3-test-root-ca.pem"));
///
/// let chain = Chain::ordered(leaf, &[root.clone(), issuing])?;
/// assert!(chain.has_root());
/// let now: Timestamp = "2026-11-21T08:00:00Z".parse().unwrap();
/// chain.verify(&[root], now)?;
/// # Ok::<(), skifteportal::certificate::ChainError>(())
/// ```
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Chain {
    leaf: Certificate,
    /// The leaf and all after it.
    all: Vec<Certificate>,
}

impl Chain {
    /// The longest chain that is looked at; OCES3 chains have three certificates.
    pub const MAX_LENGTH: usize = 10;

    /// How many signatures one search may check.
    const MAX_CHECKS: usize = 64;

    /// Puts a chain together: the leaf, and from the pool the issuer of each, as far as there are
    /// any. A certificate counts as the issuer if its name and its key fit. The pool's order does not
    /// matter, and it may hold certificates that have nothing to do with the leaf.
    ///
    /// The chain may end before a root ([`Chain::has_root`]); only where nothing but the leaf was
    /// found, and the leaf is no root itself, is it [`ChainError::MissingIssuer`].
    pub fn ordered(leaf: Certificate, pool: &[Certificate]) -> Result<Self, ChainError> {
        let mut chain = vec![leaf.clone()];
        let mut checks = 0;
        let mut failure = None;
        while let Some(last) = chain.last() {
            if last.is_self_issued() {
                break;
            }
            let position = place(chain.len() - 1);
            let candidates = pool
                .iter()
                .filter(|issuer| last.issuer().matches(issuer.subject()) && !chain.contains(issuer))
                .filter(|issuer| key_ids_fit(last, issuer));
            let mut next = None;
            for issuer in candidates {
                checks += 1;
                if checks > Self::MAX_CHECKS {
                    break;
                }
                match signature::check(last, position, issuer, position + 1) {
                    Ok(()) => {
                        next = Some(issuer.clone());
                        break;
                    }
                    Err(reason) => failure = Some(reason),
                }
            }
            let Some(issuer) = next else {
                if position > 0 {
                    break;
                }
                // A candidate whose key does not fit says more than that there is none.
                return Err(failure.unwrap_or_else(|| missing(last, position)));
            };
            chain.push(issuer);
            if chain.len() > Self::MAX_LENGTH {
                return Err(too_long(chain.len()));
            }
        }
        Ok(Self { leaf, all: chain })
    }

    /// Takes certificates as a chain in the order given, the leaf first. [`Chain::check_order`] tells
    /// whether it is one.
    pub fn as_given(certificates: Vec<Certificate>) -> Result<Self, ChainError> {
        let leaf = certificates.first().ok_or(ChainError::Empty)?.clone();
        if certificates.len() > Self::MAX_LENGTH {
            return Err(too_long(certificates.len()));
        }
        Ok(Self {
            leaf,
            all: certificates,
        })
    }

    /// The certificate at the start: that of the reporter or the API user.
    pub fn leaf(&self) -> &Certificate {
        &self.leaf
    }

    /// All certificates, the leaf first.
    pub fn certificates(&self) -> &[Certificate] {
        &self.all
    }

    /// Whether the last certificate is a root: one that is its own issuer.
    pub fn has_root(&self) -> bool {
        self.all.last().is_some_and(Certificate::is_self_issued)
    }

    /// Checks that each certificate is issued by the next: by name and by signature. Nothing is said
    /// about trust or time.
    pub fn check_order(&self) -> Result<(), ChainError> {
        for (position, pair) in (0u32..).zip(self.all.windows(2)) {
            if let [certificate, issuer] = pair {
                check_link(certificate, position, issuer)?;
            }
        }
        Ok(())
    }

    /// Verifies the chain (RFC 5280 section 6.1): it leads to one of the given roots, every signature
    /// is right, every certificate (the root included) is valid at `now`, every issuer is a CA and
    /// may sign certificates, no path length is exceeded, and no critical extension is unknown.
    ///
    /// The chain may hold the root or end before it. Revocation is not looked up: that takes a
    /// connection, and the portal does it.
    pub fn verify(&self, roots: &[Certificate], now: Timestamp) -> Result<(), ChainError> {
        let path = self.path_to(roots)?;
        for (position, pair) in (0u32..).zip(path.windows(2)) {
            if let [certificate, issuer] = pair {
                check_link(certificate, position, issuer)?;
                check_issuer(issuer, position + 1, &path)?;
            }
        }
        for (position, certificate) in (0u32..).zip(&path) {
            check_extensions(certificate, position)?;
            check_time(certificate, position, now)?;
        }
        Ok(())
    }

    /// The chain up to the first certificate that is one of the roots, or with the root added that
    /// issued the last.
    fn path_to(&self, roots: &[Certificate]) -> Result<Vec<Certificate>, ChainError> {
        if let Some(end) = self.all.iter().position(|one| roots.contains(one)) {
            return Ok(self.all.iter().take(end + 1).cloned().collect());
        }
        // A root that is not trusted itself may be another edition of one that is, with the same key.
        let mut path = self.all.clone();
        let mut has_other_root = false;
        while path.len() > 1 && path.last().is_some_and(Certificate::is_self_issued) {
            path.pop();
            has_other_root = true;
        }
        let last = path.last().ok_or(ChainError::Empty)?;
        let mut failure = ChainError::UntrustedRoot {
            issuer: shown(last),
        };
        if last.is_self_issued() {
            return Err(failure);
        }
        let position = place(path.len() - 1);
        let signer = roots
            .iter()
            .filter(|root| last.issuer().matches(root.subject()))
            .take(Self::MAX_CHECKS)
            .find(
                |root| match signature::check(last, position, root, position + 1) {
                    Ok(()) => true,
                    Err(reason) => {
                        if !has_other_root {
                            failure = reason;
                        }
                        false
                    }
                },
            );
        path.push(signer.ok_or(failure)?.clone());
        Ok(path)
    }
}

fn check_link(
    certificate: &Certificate,
    position: u32,
    issuer: &Certificate,
) -> Result<(), ChainError> {
    if !certificate.issuer().matches(issuer.subject()) {
        return Err(ChainError::WrongIssuer { position });
    }
    signature::check(certificate, position, issuer, position + 1)
}

fn check_time(certificate: &Certificate, position: u32, now: Timestamp) -> Result<(), ChainError> {
    use super::Validity;
    match certificate.validity_at(now, 0) {
        Validity::NotYetValid { not_before } => Err(ChainError::NotYetValid {
            position,
            not_before,
        }),
        Validity::Expired { not_after } => Err(ChainError::Expired {
            position,
            not_after,
        }),
        Validity::Valid { .. } | Validity::ExpiresSoon { .. } => Ok(()),
    }
}

fn check_extensions(certificate: &Certificate, position: u32) -> Result<(), ChainError> {
    let extensions = certificate.extensions();
    if extensions.damaged {
        return Err(ChainError::Extension { position });
    }
    match &extensions.not_understood {
        Some(oid) => Err(ChainError::CriticalExtension {
            position,
            oid: oid.clone(),
        }),
        None => Ok(()),
    }
}

fn check_issuer(
    issuer: &Certificate,
    position: u32,
    path: &[Certificate],
) -> Result<(), ChainError> {
    let extensions = issuer.extensions();
    if !extensions.authority {
        return Err(ChainError::NotAuthority { position });
    }
    if extensions.signs_certificates == Some(false) {
        return Err(ChainError::KeyUsage { position });
    }
    // Authorities between this one and the leaf; self-issued ones do not count.
    let below = path
        .iter()
        .take(position as usize)
        .skip(1)
        .filter(|authority| !authority.is_self_issued())
        .count();
    match extensions.path_length {
        Some(allowed) if below > allowed as usize => {
            Err(ChainError::PathLength { position, allowed })
        }
        _ => Ok(()),
    }
}

/// Whether the key identifiers, where both certificates have them, name the same key.
fn key_ids_fit(certificate: &Certificate, issuer: &Certificate) -> bool {
    match (
        &certificate.extensions().authority_key_id,
        &issuer.extensions().subject_key_id,
    ) {
        (Some(wanted), Some(found)) => wanted == found,
        _ => true,
    }
}

fn missing(certificate: &Certificate, position: u32) -> ChainError {
    ChainError::MissingIssuer {
        position,
        issuer: shown(certificate),
    }
}

/// The issuer's name for an error text, which a hostile name must not fill.
fn shown(certificate: &Certificate) -> String {
    certificate.issuer().to_string().chars().take(200).collect()
}

fn too_long(length: usize) -> ChainError {
    ChainError::TooLong {
        length: place(length),
        limit: place(Chain::MAX_LENGTH),
    }
}

fn place(index: usize) -> u32 {
    u32::try_from(index).unwrap_or(u32::MAX)
}
