//! What an assertion is held against.

use std::sync::Arc;

use skifteportal::auth as core;
use skifteportal::model::Timestamp;

use crate::certificate::{unwrap, Certificate};

/// What an assertion is held against. The more that is given, the more is found; `Defaults.check` has
/// the portal's rules.
// Not the core's own struct: that holds certificates, which cross as objects.
#[derive(Clone, Debug, uniffi::Record)]
pub struct AssertionCheck {
    /// The time of the call.
    pub now: Timestamp,
    /// The audience that the STS expects.
    pub audience: Option<String>,
    /// The certificate that the TLS connection will present.
    pub api_user: Option<Arc<Certificate>>,
    /// The roots that the portal trusts; none leaves the question open.
    pub roots: Vec<Arc<Certificate>>,
    /// Whether `sub` must be a CVR number, as with the portal.
    pub subject_is_cvr: bool,
    /// Whether the chain must end with its root.
    pub root_expected: bool,
}

impl AssertionCheck {
    pub(crate) fn at(now: Timestamp) -> Self {
        let check = core::AssertionCheck::at(now);
        Self {
            now: check.now,
            audience: check.audience,
            api_user: None,
            roots: Vec::new(),
            subject_is_cvr: check.subject_is_cvr,
            root_expected: check.root_expected,
        }
    }

    pub(crate) fn read(&self) -> core::AssertionCheck {
        let mut check = core::AssertionCheck::at(self.now).with_roots(unwrap(&self.roots));
        check.audience.clone_from(&self.audience);
        check.api_user = self.api_user.as_ref().map(|one| one.0.clone());
        check.subject_is_cvr = self.subject_is_cvr;
        check.root_expected = self.root_expected;
        check
    }
}
