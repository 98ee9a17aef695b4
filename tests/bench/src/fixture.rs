//! What is measured with: the keys and bodies of the core's own tests.

use skifteportal::api::{doedsbo, Call};
use skifteportal::auth::{AssertionSettings, Token, TokenKind};
use skifteportal::certificate::KeyStore;
use skifteportal::model::{DoedsbojournalId, Krav, Timestamp};
use skifteportal::secret::{Entropy, Secret};

use crate::Outcome;

/// The guide's example of an addKrav answer.
pub(crate) const KRAV: &str = include_str!("../../../core/tests/data/guide/addKrav_answer.json");

pub(crate) const JTI: &str = "0b60c02a-46c3-4cc9-b0fc-dd87f81ff0b7";

/// A key store with an RSA-3072 key, made for tests.
pub(crate) fn reporter() -> Outcome<KeyStore> {
    let file = include_bytes!("../../../core/tests/data/auth/reporter.p12");
    Ok(KeyStore::from_pkcs12(file, &"fixture".into())?)
}

/// The time that everything is built for.
pub(crate) const fn now() -> Timestamp {
    Timestamp::from_unix(1_796_126_400)
}

pub(crate) fn entropy() -> Entropy {
    Entropy::new([7; 32])
}

pub(crate) fn settings() -> AssertionSettings {
    AssertionSettings::new("https://reporter.example", "30808460")
}

/// A token of the size of a real one (about 1.2 kB).
pub(crate) fn token(kind: TokenKind) -> Outcome<Token> {
    Ok(Token::new(access_token(), kind, None)?)
}

pub(crate) fn access_token() -> Secret {
    Secret::new(format!("eyJhbGciOiJSUzI1NiJ9.{}", "a1B2".repeat(300)))
}

pub(crate) fn journal() -> Outcome<DoedsbojournalId> {
    Ok("e25d84d3-7aec-4361-84da-93125cb83f08".parse()?)
}

pub(crate) fn get_all_krav() -> Outcome<Call<Vec<Krav>>> {
    Ok(doedsbo::get_all_krav(&journal()?))
}
