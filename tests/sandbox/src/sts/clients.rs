//! The clients that the STS knows.

use crate::pki::{random_text, PkiError};

/// How a client proves who it is.
#[derive(Clone)]
pub(crate) enum Proof {
    /// Variant A: a client secret (guide 3.1.1).
    Secret(String),
    /// Variant B: an assertion signed by the reporter (guide 3.1.2).
    Assertion,
}

/// A client.
#[derive(Clone)]
pub(crate) struct Client {
    pub(crate) id: String,
    pub(crate) proof: Proof,
    pub(crate) enabled: bool,
    pub(crate) service_account: bool,
}

/// All clients.
pub(crate) struct Clients(Vec<Client>);

/// The API user's own client id of variant A, which reporter A uses too (guide 2.4).
pub(crate) const API_USER: &str = "advokatsystem-s";
/// Reporter B's client id.
pub(crate) const REPORTER_B: &str = "sandkassens-inkasso";
/// A client id that only passes when the form is encoded correctly.
pub(crate) const ODD: &str = "odd id+&=æ";
/// A client that is switched off.
pub(crate) const DISABLED: &str = "disabled-client";
/// A client that may not use client credentials.
pub(crate) const NO_SERVICE_ACCOUNT: &str = "no-service-account";
/// The API user in variant B: its CVR number, the one of the guide's example.
pub(crate) const VARIANT_B: &str = "30808460";

impl Clients {
    /// The sandbox's clients, with new secrets.
    pub(crate) fn new() -> Result<Self, PkiError> {
        let client = |id: &str, secret: String| Client {
            id: id.to_owned(),
            proof: Proof::Secret(secret),
            enabled: true,
            service_account: true,
        };
        Ok(Self(vec![
            client(API_USER, random_text()?),
            client(REPORTER_B, random_text()?),
            client(
                ODD,
                format!("p+q&r=s%41 ~*-._!'()ø/€\"\\#;{}", random_text()?),
            ),
            Client {
                enabled: false,
                ..client(DISABLED, random_text()?)
            },
            Client {
                service_account: false,
                ..client(NO_SERVICE_ACCOUNT, random_text()?)
            },
            Client {
                proof: Proof::Assertion,
                ..client(VARIANT_B, String::new())
            },
        ]))
    }

    pub(crate) fn get(&self, id: &str) -> Option<&Client> {
        self.0.iter().find(|client| client.id == id)
    }

    /// The secret of a client of variant A.
    pub(crate) fn secret(&self, id: &str) -> Option<&str> {
        self.get(id).and_then(|client| match &client.proof {
            Proof::Secret(secret) => Some(secret.as_str()),
            Proof::Assertion => None,
        })
    }
}
