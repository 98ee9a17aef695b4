//! The three token requests, complete to the byte.

use super::{AuthError, SignedAssertion, Token, TokenKind};
use crate::environment::Environment;
use crate::http::{form_encode, Header, HttpRequest, Identity, Method};
use crate::model::AdgangsprofilId;
use crate::secret::Secret;

/// The scope to ask for. Reading: the table of guide 3.1.1 has `Openid` and its script `openid`; the
/// protocol's own word is the latter, and a Keycloak refuses the former.
pub const DEFAULT_SCOPE: &str = "openid";

const ACCESS_TOKEN_TYPE: &str = "urn:ietf:params:oauth:token-type:access_token";

/// The token request of variant A: client id and secret over the reporter's certificate (guide
/// 3.1.1). The token will stand for the company of that certificate. An empty scope leaves the field
/// out.
///
/// ```
/// use skifteportal::auth::{variant_a_request, DEFAULT_SCOPE};
/// use skifteportal::environment::Environment;
/// let request =
///     variant_a_request(&Environment::test(), "my-client", &"p&w".into(), DEFAULT_SCOPE);
/// assert_eq!(
///     request.body,
///     b"client_id=my-client&client_secret=p%26w&grant_type=client_credentials&scope=openid"
/// );
/// ```
pub fn variant_a_request(
    environment: &Environment,
    client_id: &str,
    client_secret: &Secret,
    scope: &str,
) -> HttpRequest {
    let fields = [
        ("client_id", client_id),
        ("client_secret", client_secret.expose()),
        ("grant_type", "client_credentials"),
        ("scope", scope),
    ];
    form_request(environment.token_url(), scoped(&fields), Identity::Reporter)
}

/// The token request of variant B: an assertion signed with the reporter's key, over the API user's
/// certificate (guide 3.1.2). Each assertion is good for one attempt, also where the attempt fails.
/// An empty scope leaves the field out.
pub fn variant_b_request(
    environment: &Environment,
    assertion: &SignedAssertion,
    scope: &str,
) -> HttpRequest {
    let fields = [
        (
            "client_assertion_type",
            "urn:ietf:params:oauth:client-assertion-type:jwt-bearer",
        ),
        ("client_assertion", assertion.jwt().expose()),
        ("grant_type", "client_credentials"),
        ("scope", scope),
    ];
    form_request(environment.token_url(), scoped(&fields), Identity::ApiUser)
}

/// The exchange of a direct token for one that acts for a likvidator (guide 3.2.3), on a host that
/// takes no client certificate.
///
/// Reading: the six fields of the guide's table, once each. Its script leaves `requested_token_type`
/// out and repeats `grant_type`, which a Keycloak refuses.
///
/// ```
/// use skifteportal::auth::{exchange_request, Token, TokenKind};
/// use skifteportal::environment::Environment;
/// use skifteportal::model::AdgangsprofilId;
/// let direct = Token::new("abc".into(), TokenKind::Direct, None).unwrap();
/// let profil = AdgangsprofilId::new("3f1a7e52-1c9b-4e0a-9a53-0f2f6f0f3c11").unwrap();
/// let request = exchange_request(&Environment::test(), &direct, &profil).unwrap();
/// assert_eq!(request.url, "https://auth.test-minskiftesag.net/token");
/// ```
pub fn exchange_request(
    environment: &Environment,
    direct: &Token,
    adgangsprofil: &AdgangsprofilId,
) -> Result<HttpRequest, AuthError> {
    if direct.kind() != TokenKind::Direct {
        return Err(AuthError::NotDirect);
    }
    let profile = adgangsprofil.to_string();
    let fields = [
        ("actor_token", direct.access_token().expose()),
        ("actor_token_type", ACCESS_TOKEN_TYPE),
        (
            "grant_type",
            "urn:ietf:params:oauth:grant-type:token-exchange",
        ),
        ("requested_token_type", ACCESS_TOKEN_TYPE),
        ("subject_token", profile.as_str()),
        (
            "subject_token_type",
            "urn:dk:domstol:token-type:adgangsprofil-id",
        ),
    ];
    Ok(form_request(
        environment.exchange_url(),
        &fields,
        Identity::None,
    ))
}

/// The fields without a last one (the scope) that is empty.
fn scoped<'a, 'b>(fields: &'a [(&'b str, &'b str)]) -> &'a [(&'b str, &'b str)] {
    match fields {
        [rest @ .., (_, "")] => rest,
        all => all,
    }
}

fn form_request(url: String, fields: &[(&str, &str)], identity: Identity) -> HttpRequest {
    HttpRequest {
        method: Method::Post,
        url,
        // A Keycloak asked for nothing else may answer an error as an HTML page.
        headers: vec![
            Header::fixed("Accept", "application/json"),
            Header::fixed("Content-Type", "application/x-www-form-urlencoded"),
        ],
        body: form_encode(fields).into_bytes(),
        identity,
    }
}
