//! One function per area. Failures end in the output too: their texts are part of the weight.

use std::fmt::Display;

use skifteportal::api::doedsbo;
use skifteportal::auth::{
    check_assertion, exchange_request, jti_from, read_token, variant_a_request, variant_b_request,
    AccessTokenClaims, AssertionCheck, AssertionSettings, SignedAssertion, Token, TokenKind,
    UnsignedAssertion, DEFAULT_SCOPE,
};
use skifteportal::certificate::{Certificate, Chain, KeyStore, PrivateKey};
use skifteportal::environment::Environment;
use skifteportal::error::{Language, PortalError, TransportFailure};
use skifteportal::http::{HttpRequest, HttpResponse};
use skifteportal::model::{AdgangsprofilId, Timestamp};
use skifteportal::secret::{Entropy, Secret};
use skifteportal::session::{Action, CertificateThumbprint, Credentials, Session, SessionSettings};
use skifteportal::text::Fritekst;

fn lossy(input: &[u8]) -> String {
    String::from_utf8_lossy(input).into_owned()
}

fn say(output: &mut Vec<u8>, text: impl Display) {
    output.extend_from_slice(text.to_string().as_bytes());
}

/// Writes the value or the failure of a result.
fn either<T, E: Display>(
    output: &mut Vec<u8>,
    result: Result<T, E>,
    write: impl FnOnce(T, &mut Vec<u8>),
) {
    match result {
        Ok(value) => write(value, output),
        Err(failure) => say(output, failure),
    }
}

pub(crate) fn request(request: &HttpRequest, output: &mut Vec<u8>) {
    say(output, request.method);
    say(output, &request.url);
    for header in &request.headers {
        say(output, header.value());
    }
    output.extend_from_slice(&request.body);
}

fn entropy(input: &[u8]) -> Entropy {
    let mut seed = [0; 32];
    for (place, byte) in seed.iter_mut().zip(input) {
        *place = *byte;
    }
    Entropy::new(seed)
}

pub(crate) fn certificate(input: &[u8], now: Timestamp, output: &mut Vec<u8>) {
    let password = Secret::new(lossy(input.get(..8).unwrap_or_default()));
    let of_certificate = |certificate: Certificate, output: &mut Vec<u8>| {
        let summary = certificate.summary(now, 30);
        say(output, format_args!("{summary:?}"));
        say(output, format_args!("{:?}", certificate.subject()));
        say(output, certificate.to_pem());
    };
    either(output, Certificate::from_der(input), of_certificate);
    either(output, Certificate::from_pem(input), |mut all, output| {
        if let Some(leaf) = all.pop() {
            either(output, Chain::ordered(leaf, &all), |chain, output| {
                either(output, chain.check_order(), |(), _| ());
                either(output, chain.verify(&all, now), |(), _| ());
            });
        }
        either(output, Chain::as_given(all), |chain, output| {
            say(output, chain.has_root());
        });
    });
    let of_key = |key: PrivateKey, output: &mut Vec<u8>| say(output, key.bits());
    either(output, PrivateKey::from_der(input), of_key);
    either(output, PrivateKey::from_pem(input, Some(&password)), of_key);
    either(
        output,
        PrivateKey::from_encrypted_der(input, &password),
        of_key,
    );
    let list = KeyStore::list_pkcs12(input, &password, 1_000);
    either(output, list, |entries, output| {
        say(output, format_args!("{entries:?}"));
    });
    either(
        output,
        KeyStore::from_pkcs12(input, &password),
        |store, output| {
            let pem = store.key().to_pkcs8_pem();
            either(output, pem, |pem, output| say(output, pem.expose()));
            either(
                output,
                store.chain().verify(store.others(), now),
                |(), _| (),
            );
        },
    );
}

pub(crate) fn auth(input: &[u8], now: Timestamp, output: &mut Vec<u8>) {
    let environment = Environment::test();
    let secret = Secret::new(lossy(input));
    let client = lossy(input);
    request(
        &variant_a_request(&environment, &client, &secret, DEFAULT_SCOPE),
        output,
    );
    if let Ok(store) = KeyStore::from_pkcs12(input, &secret) {
        let settings = AssertionSettings::new(client.as_str(), client.as_str());
        let jti = jti_from(&entropy(input));
        let unsigned =
            UnsignedAssertion::prepare(&settings, environment.audience(), store.chain(), now, &jti);
        either(output, unsigned, |unsigned, output| {
            let detached = unsigned.clone().with_signature(input);
            either(output, detached, |_, _| ());
            let signed = unsigned.sign(store.key(), &entropy(input));
            either(output, signed, |signed, output| {
                let check = AssertionCheck::at(now).with_audience(client.as_str());
                let found =
                    check_assertion(signed.claims(), signed.chain(), Some(store.key()), &check);
                for finding in found {
                    say(output, finding);
                }
                request(
                    &variant_b_request(&environment, &signed, DEFAULT_SCOPE),
                    output,
                );
            });
        });
    }
    either(
        output,
        SignedAssertion::from_jwt(secret.clone()),
        |signed, output| say(output, format_args!("{:?}", signed.claims())),
    );
    either(
        output,
        AccessTokenClaims::read(&secret),
        |claims, output| {
            say(output, format_args!("{claims:?}"));
        },
    );
    either(
        output,
        Token::new(secret, TokenKind::Direct, Some(now)),
        |token, output| {
            if let Ok(profil) = AdgangsprofilId::new(&client) {
                either(
                    output,
                    exchange_request(&environment, &token, &profil),
                    |exchange, output| request(&exchange, output),
                );
            }
        },
    );
    let answer = HttpResponse::new(200, [("Content-Type", client.as_str())], input);
    either(
        output,
        read_token(&answer, TokenKind::Delegated, now),
        |token, output| say(output, token.access_token().expose()),
    );
}

pub(crate) fn error(input: &[u8], now: Timestamp, output: &mut Vec<u8>) {
    let text = lossy(input);
    let status = u16::from(input.first().copied().unwrap_or_default()) + 300;
    let answer = HttpResponse::new(status, [("Content-Type", text.as_str())], input);
    for error in [
        PortalError::decode(&answer, now),
        PortalError::transport(TransportFailure::classify(&text)),
    ] {
        say(output, error.code());
        say(output, &error);
        say(output, format_args!("{error:?}"));
        say(output, error.explanation(Language::Danish));
        say(output, error.explanation(Language::English));
        say(output, error.excerpt().unwrap_or_default());
    }
    if let Some(entry) = skifteportal::error::catalogue::find(&text) {
        say(output, entry.text(Language::Danish, &[]));
    }
}

pub(crate) fn session(input: &[u8], now: Timestamp, output: &mut Vec<u8>) {
    let text = lossy(input);
    let settings = SessionSettings::default();
    let mut session = Session::new(Environment::test(), settings, entropy(input));
    let mut all = vec![Credentials::ClientSecret {
        client_id: text.clone(),
        client_secret: Secret::new(text.as_str()),
        certificate: CertificateThumbprint([0; 32]),
        scope: text.clone(),
    }];
    if let Ok(store) = KeyStore::from_pkcs12(input, &Secret::new(text.as_str())) {
        all.push(Credentials::Assertion {
            settings: AssertionSettings::new(text.as_str(), text.as_str()),
            chain: store.chain().clone(),
            key: Some(store.key().clone()),
            api_user: CertificateThumbprint::from(store.chain().leaf()),
            scope: text.clone(),
        });
    }
    for credentials in all {
        let Ok(reporter) = session.add_reporter(credentials.clone()) else {
            continue;
        };
        if let Ok(journal) = text.parse() {
            let call = doedsbo::get_all_krav(&journal).prepared().clone();
            either(
                output,
                session.submit(now, reporter, None, call),
                |id, output| say(output, id.number()),
            );
        }
        either(
            output,
            session.submit_token(now, reporter, AdgangsprofilId::new(&text).ok()),
            |id, output| say(output, id.number()),
        );
        drive(&mut session, input, now, output);
        either(
            output,
            session.replace_credentials(reporter, credentials),
            |(), _| (),
        );
        either(output, session.remove_reporter(reporter), |(), _| ());
    }
    say(output, format_args!("{:?}", session.stats()));
}

fn drive(session: &mut Session, input: &[u8], now: Timestamp, output: &mut Vec<u8>) {
    for byte in input {
        match session.next(now) {
            Action::Send {
                exchange,
                request: sent,
                call,
                ..
            } => {
                request(&sent, output);
                let done = if byte % 2 == 0 {
                    let answer = HttpResponse::new(u16::from(*byte) * 4, [("a", "b")], input);
                    session.receive(now, exchange, answer)
                } else {
                    session.failed(now, exchange, TransportFailure::classify(&lossy(input)))
                };
                either(output, done, |(), _| ());
                if let Some(call) = call.filter(|_| byte % 3 == 0) {
                    either(output, session.cancel(call), |certainty, output| {
                        say(output, certainty.as_str());
                    });
                }
            }
            Action::Sign { signature, .. } => {
                let done = if byte % 2 == 0 {
                    session.signed(now, signature, input)
                } else {
                    session.sign_failed(now, signature, &lossy(input))
                };
                either(output, done, |(), _| ());
            }
            Action::Done {
                outcome: Err(failure),
                ..
            } => {
                say(output, failure.code());
                say(output, &failure);
            }
            Action::Idle => break,
            _ => {}
        }
    }
}

pub(crate) fn text(input: &[u8], _: Timestamp, output: &mut Vec<u8>) {
    let text = Fritekst::new(lossy(input));
    say(output, text.escape_html().as_str());
    say(output, text.escape_attribute().as_str());
    say(output, text.escape_javascript().as_str());
}
