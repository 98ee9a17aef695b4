//! The realm that Keycloak imports at start.

use serde_json::{json, Value};

/// A client of the realm.
#[derive(Clone, Debug)]
pub struct Client {
    id: String,
    kind: Kind,
    lifespan: Option<u32>,
    service_account: bool,
}

#[derive(Clone, Debug)]
enum Kind {
    Secret(String),
    Assertion { certificate: String },
}

impl Client {
    /// A client of variant A: authenticated by a secret, beside the TLS certificate.
    pub fn with_secret(id: &str, secret: &str) -> Self {
        Self {
            id: id.into(),
            kind: Kind::Secret(secret.into()),
            lifespan: None,
            service_account: true,
        }
    }

    /// A client of variant B: authenticated by an assertion that the certificate's key signed. The
    /// certificate is standard base64 of its DER.
    pub fn with_assertion(id: &str, certificate: &str) -> Self {
        let kind = Kind::Assertion {
            certificate: certificate.into(),
        };
        Self {
            id: id.into(),
            kind,
            lifespan: None,
            service_account: true,
        }
    }

    /// Sets how many seconds an access token of this client lives.
    pub fn token_lifespan(mut self, seconds: u32) -> Self {
        self.lifespan = Some(seconds);
        self
    }

    /// Takes the client's service account away.
    pub fn without_service_account(mut self) -> Self {
        self.service_account = false;
        self
    }

    fn json(&self) -> Value {
        let mut attributes = json!({
            "client_credentials.use_refresh_token": "false",
            "tls.client.certificate.bound.access.tokens": "true",
        });
        if let Some(seconds) = self.lifespan {
            attributes["access.token.lifespan"] = json!(seconds.to_string());
        }
        let mut client = json!({
            "clientId": self.id,
            "publicClient": false,
            "serviceAccountsEnabled": self.service_account,
            "standardFlowEnabled": false,
        });
        match &self.kind {
            Kind::Secret(secret) => {
                client["clientAuthenticatorType"] = json!("client-secret");
                client["secret"] = json!(secret);
            }
            Kind::Assertion { certificate } => {
                client["clientAuthenticatorType"] = json!("client-jwt");
                attributes["jwt.credential.certificate"] = json!(certificate);
                attributes["token.endpoint.auth.signing.alg"] = json!("RS256");
            }
        }
        client["attributes"] = attributes;
        client
    }
}

/// The realm `sts`.
#[derive(Clone, Debug, Default)]
pub struct Realm {
    clients: Vec<Client>,
}

impl Realm {
    /// An empty realm.
    pub const fn new() -> Self {
        Self {
            clients: Vec::new(),
        }
    }

    /// Adds a client.
    pub fn client(mut self, client: Client) -> Self {
        self.clients.push(client);
        self
    }

    pub(crate) fn json(&self) -> Value {
        json!({
            "realm": "sts",
            "enabled": true,
            "sslRequired": "all",
            "accessTokenLifespan": 300,
            "clients": self.clients.iter().map(Client::json).collect::<Vec<_>>(),
        })
    }
}
