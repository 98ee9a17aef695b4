//! Token requests, assertions, the exchange, and tokens.

mod assertion;
mod check;
mod token;

use std::sync::Arc;

use skifteportal::auth as core;
use skifteportal::auth::{AccessTokenClaims, AssertionClaims, AuthFinding, TokenKind};
use skifteportal::model::{AdgangsprofilId, Timestamp};
use skifteportal::secret::Secret;
use skifteportal::SkifteportalError;

use crate::certificate::{Chain, PrivateKey};
use crate::entropy::entropy;
use crate::environment::PortalEnvironment;
use crate::group::group;
use crate::http::{HttpRequest, HttpResponse};

pub use assertion::{SignedAssertion, UnsignedAssertion};
pub use check::AssertionCheck;
pub use token::Token;

/// The scope that is asked for where a host names none.
pub(crate) fn scope_or_default(scope: Option<String>) -> String {
    scope.unwrap_or_else(|| core::DEFAULT_SCOPE.to_owned())
}

fn request(request: skifteportal::http::HttpRequest) -> Arc<HttpRequest> {
    Arc::new(HttpRequest(request))
}

group! {
    /// Token requests for hosts that run no session, and the reading of tokens.
    Auth
}

#[uniffi::export]
impl Auth {
    /// A new `jti` for an assertion, from 32 bytes of entropy. Each assertion needs its own.
    pub fn jti(&self, entropy_bytes: Vec<u8>) -> Result<String, SkifteportalError> {
        Ok(core::jti_from(&entropy(entropy_bytes)?))
    }

    /// The token request of variant A: client id and secret over the reporter's certificate. Without a
    /// scope it asks for the default one; an empty scope leaves the field out.
    #[uniffi::method(default(scope = None))]
    pub fn variant_a_request(
        &self,
        environment: &PortalEnvironment,
        client_id: &str,
        client_secret: String,
        scope: Option<String>,
    ) -> Arc<HttpRequest> {
        let secret = Secret::new(client_secret);
        let scope = scope_or_default(scope);
        request(core::variant_a_request(
            &environment.0,
            client_id,
            &secret,
            &scope,
        ))
    }

    /// The token request of variant B: an assertion over the API user's certificate. Each assertion is
    /// good for one attempt. The scope is as in variant A.
    #[uniffi::method(default(scope = None))]
    pub fn variant_b_request(
        &self,
        environment: &PortalEnvironment,
        assertion: &SignedAssertion,
        scope: Option<String>,
    ) -> Arc<HttpRequest> {
        let scope = scope_or_default(scope);
        request(core::variant_b_request(
            &environment.0,
            &assertion.0,
            &scope,
        ))
    }

    /// The exchange of a direct token for one that acts for a likvidator; over a connection without a
    /// client certificate.
    pub fn exchange_request(
        &self,
        environment: &PortalEnvironment,
        direct: &Token,
        adgangsprofil: AdgangsprofilId,
    ) -> Result<Arc<HttpRequest>, SkifteportalError> {
        let exchange = core::exchange_request(&environment.0, &direct.0, &adgangsprofil)?;
        Ok(request(exchange))
    }

    /// Reads the answer of any of the three token requests. `now` is the host's clock when it sent the
    /// request, or when the answer came.
    pub fn read_token(
        &self,
        response: &HttpResponse,
        kind: TokenKind,
        now: Timestamp,
    ) -> Result<Arc<Token>, SkifteportalError> {
        core::read_token(&response.0, kind, now)
            .map(|token| Arc::new(Token(token)))
            .map_err(|error| SkifteportalError::portal(&error))
    }

    /// What an access token that is a JWT says of itself. Nothing of it is verified: use it for
    /// diagnosis, never to decide what somebody may do.
    pub fn access_token_claims(
        &self,
        access_token: String,
    ) -> Result<AccessTokenClaims, SkifteportalError> {
        Ok(AccessTokenClaims::read(&Secret::new(access_token))?)
    }

    /// All that the portal would refuse in an assertion, before anything is sent; empty where nothing
    /// was found. Give the private key where it is at hand.
    pub fn check_assertion(
        &self,
        claims: AssertionClaims,
        chain: &Chain,
        key: Option<Arc<PrivateKey>>,
        check: AssertionCheck,
    ) -> Vec<AuthFinding> {
        let key = key.as_ref().map(|key| &key.0);
        core::check_assertion(&claims, &chain.0, key, &check.read())
    }

    /// The code of a finding, such as `auth.subject_mismatch`.
    pub fn finding_code(&self, finding: AuthFinding) -> String {
        finding.code().to_owned()
    }

    /// What a finding says, in English.
    pub fn finding_text(&self, finding: AuthFinding) -> String {
        finding.to_string()
    }

    /// The code of what is wrong with the chain, where a finding is about that.
    pub fn finding_reason(&self, finding: AuthFinding) -> Option<String> {
        match finding {
            AuthFinding::ChainOrder { reason } | AuthFinding::ChainUntrusted { reason } => {
                Some(reason.code().to_owned())
            }
            _ => None,
        }
    }

    /// The name of a kind of token: `direct` or `delegated`.
    pub fn token_kind_name(&self, kind: TokenKind) -> String {
        kind.as_str().to_owned()
    }
}
