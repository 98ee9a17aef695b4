//! Settings as the core has them, for a host to change what it needs.

use skifteportal::auth::{self, AssertionSettings};
use skifteportal::model::Timestamp;
use skifteportal::session::SessionSettings;

use crate::auth::AssertionCheck;
use crate::certificate::KeyStoreSettings;
use crate::group::group;

group! {
    /// The library's default settings: take them, and change what you need.
    Defaults
}

#[uniffi::export]
impl Defaults {
    /// Of a session.
    pub fn session(&self) -> SessionSettings {
        SessionSettings::default()
    }

    /// Of an assertion: `issuer` is the reporter's backend, `subject` the API user's CVR number.
    pub fn assertion(&self, issuer: String, subject: String) -> AssertionSettings {
        AssertionSettings::new(issuer, subject)
    }

    /// Of the check of an assertion: the portal's rules at a time.
    pub fn check(&self, now: Timestamp) -> AssertionCheck {
        AssertionCheck::at(now)
    }

    /// Of a key store: one key, with its whole chain.
    pub fn key_store(&self) -> KeyStoreSettings {
        KeyStoreSettings::default()
    }

    /// The scope that tokens are asked for with.
    pub fn scope(&self) -> String {
        auth::DEFAULT_SCOPE.to_owned()
    }
}
