//! A chain from a leaf towards a root.

use std::sync::Arc;

use skifteportal::certificate as core;
use skifteportal::model::Timestamp;
use skifteportal::SkifteportalError;

use super::{unwrap, wrap, Certificate};
use crate::shown::shown_as_in_the_core;

/// A chain of certificates, the leaf first, each issued by the next.
#[derive(PartialEq, Eq, uniffi::Object)]
#[uniffi::export(Debug, Eq)]
pub struct Chain(pub(crate) core::Chain);

shown_as_in_the_core!(Chain);

#[uniffi::export]
impl Chain {
    /// Puts a chain together: the leaf, and from the pool the issuer of each, as far as there are any.
    /// The pool's order does not matter, and it may hold others.
    #[uniffi::constructor]
    pub fn ordered(
        leaf: &Certificate,
        pool: Vec<Arc<Certificate>>,
    ) -> Result<Arc<Self>, SkifteportalError> {
        let chain = core::Chain::ordered(leaf.0.clone(), &unwrap(&pool))?;
        Ok(Arc::new(Self(chain)))
    }

    /// Takes certificates as a chain in the order given, the leaf first.
    #[uniffi::constructor]
    pub fn as_given(certificates: Vec<Arc<Certificate>>) -> Result<Arc<Self>, SkifteportalError> {
        let chain = core::Chain::as_given(unwrap(&certificates))?;
        Ok(Arc::new(Self(chain)))
    }

    /// Takes certificates in DER as a chain in the order given, the leaf first: what a certificate store
    /// or a token hands out.
    #[uniffi::constructor]
    pub fn from_ders(ders: Vec<Vec<u8>>) -> Result<Arc<Self>, SkifteportalError> {
        let read = ders.iter().map(|der| core::Certificate::from_der(der));
        let certificates = read.collect::<Result<Vec<_>, _>>()?;
        Ok(Arc::new(Self(core::Chain::as_given(certificates)?)))
    }

    /// The certificate at the start: that of the reporter or the API user.
    pub fn leaf(&self) -> Arc<Certificate> {
        Arc::new(Certificate(self.0.leaf().clone()))
    }

    /// All certificates, the leaf first.
    pub fn certificates(&self) -> Vec<Arc<Certificate>> {
        wrap(self.0.certificates())
    }

    /// Whether the last certificate is a root.
    pub fn has_root(&self) -> bool {
        self.0.has_root()
    }

    /// Checks that each certificate is issued by the next: by name and by signature. Nothing is said
    /// about trust or time.
    pub fn check_order(&self) -> Result<(), SkifteportalError> {
        Ok(self.0.check_order()?)
    }

    /// Verifies the chain (RFC 5280 section 6.1) up to one of the given roots at a time. Revocation is
    /// not looked up: the portal does that.
    pub fn verify(
        &self,
        roots: Vec<Arc<Certificate>>,
        now: Timestamp,
    ) -> Result<(), SkifteportalError> {
        Ok(self.0.verify(&unwrap(&roots), now)?)
    }

    /// The certificates as PEM, leaf first, as a TLS stack wants them.
    pub fn to_pem(&self) -> String {
        self.0.to_pem()
    }
}
