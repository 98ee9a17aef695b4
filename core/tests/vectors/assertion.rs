use base64::engine::general_purpose::{STANDARD, URL_SAFE_NO_PAD};
use base64::Engine as _;
use serde::Deserialize;
use serde_json::{json, Value};
use skifteportal::auth::{
    check_assertion, jti_from, variant_b_request, AssertionCheck, AssertionSettings, AuthError,
    AuthFinding, CertificateRole, SignedAssertion, UnsignedAssertion,
};
use skifteportal::certificate::{Certificate, Chain, PrivateKey};
use skifteportal::secret::Entropy;

use crate::wire::{show_error, show_request, time, Target};

#[derive(Deserialize)]
#[serde(tag = "do", rename_all = "snake_case")]
#[allow(clippy::large_enum_variant)] // There is one at a time.
pub(crate) enum Input {
    Sign(Box<Assertion>),
    Receive(Received),
    Check(Box<Checked>),
    Jti(Seed),
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Assertion {
    #[serde(default)]
    environment: Target,
    chain: Vec<String>,
    settings: Settings,
    now: String,
    jti: String,
    scope: String,
    /// One of the two.
    test_only_key: Option<String>,
    signature: Option<String>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Settings {
    issuer: String,
    subject: String,
    lifetime_seconds: Option<i64>,
    include_root: Option<bool>,
    include_iat: Option<bool>,
    include_nbf: Option<bool>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Received {
    jwt: String,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Checked {
    claims: Claims,
    chain: Vec<String>,
    test_only_key: Option<String>,
    now: String,
    audience: Option<String>,
    api_user: Option<String>,
    #[serde(default)]
    roots: Vec<String>,
    #[serde(default)]
    any_subject: bool,
    #[serde(default)]
    without_root: bool,
}

/// Those that are checked.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Claims {
    subject: String,
    audience: String,
    expires_at: i64,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Seed {
    entropy: String,
}

impl Settings {
    fn read(self) -> AssertionSettings {
        let mut settings = AssertionSettings::new(self.issuer, self.subject);
        if let Some(seconds) = self.lifetime_seconds {
            settings.lifetime_seconds = seconds;
        }
        settings.include_root = self.include_root.unwrap_or(settings.include_root);
        settings.include_iat = self.include_iat.unwrap_or(settings.include_iat);
        settings.include_nbf = self.include_nbf.unwrap_or(settings.include_nbf);
        settings
    }
}

fn one(pem: &str) -> Certificate {
    Certificate::from_pem(pem.as_bytes()).unwrap().remove(0)
}

fn all(pems: &[String]) -> Vec<Certificate> {
    pems.iter().map(|pem| one(pem)).collect()
}

fn sign(input: Assertion) -> Result<Value, AuthError> {
    let environment = input.environment.read();
    let chain = Chain::as_given(all(&input.chain)).unwrap();
    let unsigned = UnsignedAssertion::prepare(
        &input.settings.read(),
        environment.audience(),
        &chain,
        time(&input.now),
        &input.jti,
    )?;
    let signing_input = String::from_utf8(unsigned.signing_input().to_vec()).unwrap();
    let signed = match (&input.test_only_key, &input.signature) {
        (Some(pem), None) => {
            let key = PrivateKey::from_pem(pem.as_bytes(), None).unwrap();
            // RS256 has no randomness in its result: the entropy blinds the calculation only.
            let other = unsigned.clone().sign(&key, &Entropy::new([9; 32]))?;
            let signed = unsigned.sign(&key, &Entropy::new([1; 32]))?;
            assert_eq!(signed.jwt().expose(), other.jwt().expose());
            signed
        }
        (None, Some(signature)) => unsigned.with_signature(&STANDARD.decode(signature).unwrap())?,
        _ => panic!("one of test_only_key and signature"),
    };
    let jwt = signed.jwt().expose();
    let (input_again, signature) = jwt.rsplit_once('.').unwrap();
    assert_eq!(input_again, signing_input);
    let part = |at| {
        let encoded = signing_input.split('.').nth(at).unwrap();
        String::from_utf8(URL_SAFE_NO_PAD.decode(encoded).unwrap()).unwrap()
    };
    Ok(json!({
        "header": part(0),
        "claims": part(1),
        "signing_input": signing_input,
        "signature": signature,
        "request": show_request(&variant_b_request(&environment, &signed, &input.scope)),
    }))
}

fn receive(jwt: &str) -> Result<Value, AuthError> {
    let signed = SignedAssertion::from_jwt(jwt.into())?;
    let claims = signed.claims();
    let thumbprints: Vec<String> = signed
        .chain()
        .certificates()
        .iter()
        .map(Certificate::thumbprint_hex)
        .collect();
    Ok(json!({
        "issuer": claims.issuer,
        "subject": claims.subject,
        "audience": claims.audience,
        "expires_at": claims.expires_at,
        "jti": claims.jti,
        "issued_at": claims.issued_at,
        "not_before": claims.not_before,
        "chain": thumbprints,
    }))
}

fn show_finding(finding: &AuthFinding) -> Value {
    let role = match finding {
        AuthFinding::CertificateExpired { role, .. }
        | AuthFinding::CertificateNotYetValid { role, .. }
        | AuthFinding::NotOrganisation { role, .. } => Some(match role {
            CertificateRole::Reporter => "reporter",
            CertificateRole::Authority => "authority",
            CertificateRole::ApiUser => "api_user",
        }),
        _ => None,
    };
    let reason = match finding {
        AuthFinding::ChainOrder { reason } | AuthFinding::ChainUntrusted { reason } => {
            Some(reason.code())
        }
        _ => None,
    };
    json!({ "code": finding.code(), "role": role, "reason": reason })
}

fn check(input: Checked) -> Value {
    let chain = Chain::as_given(all(&input.chain)).unwrap();
    let now = time(&input.now);
    let settings = AssertionSettings::new("https://test.local", input.claims.subject);
    let prepared =
        UnsignedAssertion::prepare(&settings, &input.claims.audience, &chain, now, "1").unwrap();
    let mut claims = prepared.claims().clone();
    claims.expires_at = input.claims.expires_at;
    let key = input.test_only_key;
    let key = key.map(|pem| PrivateKey::from_pem(pem.as_bytes(), None).unwrap());
    let mut check = AssertionCheck::at(now).with_roots(all(&input.roots));
    check.audience = input.audience;
    check.api_user = input.api_user.map(|pem| one(&pem));
    check.subject_is_cvr = !input.any_subject;
    check.root_expected = !input.without_root;
    let found = check_assertion(&claims, &chain, key.as_ref(), &check);
    json!({ "findings": found.iter().map(show_finding).collect::<Vec<_>>() })
}

fn jti(entropy: &str) -> Value {
    let mut bytes = [0; 32];
    for (at, byte) in bytes.iter_mut().enumerate() {
        *byte = u8::from_str_radix(&entropy[2 * at..2 * at + 2], 16).unwrap();
    }
    json!({ "jti": jti_from(&Entropy::new(bytes)) })
}

pub(crate) fn answer(input: Input) -> Value {
    match input {
        Input::Sign(assertion) => sign(*assertion),
        Input::Receive(received) => receive(&received.jwt),
        Input::Check(checked) => Ok(check(*checked)),
        Input::Jti(seed) => Ok(jti(&seed.entropy)),
    }
    .unwrap_or_else(|error| show_error(error.code()))
}
