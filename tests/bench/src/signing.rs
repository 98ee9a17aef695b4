//! RS256 with an RSA-3072 key, by whoever can.

use std::process::Command;

use aws_lc_rs::signature as aws;
use base64::engine::general_purpose::STANDARD;
use base64::Engine as _;
use rand_chacha::rand_core::SeedableRng;
use rand_chacha::ChaCha20Rng;
use ring::signature as ring_signature;
use rsa::pkcs1v15::SigningKey;
use rsa::pkcs8::DecodePrivateKey;
use rsa::signature::{RandomizedSigner, SignatureEncoding, Signer};
use rsa::RsaPrivateKey;
use sha2::Sha256;
use skifteportal::auth::UnsignedAssertion;
use skifteportal::environment::Environment;

use crate::fixture::{self, entropy, now, settings, JTI};
use crate::table::{time, Table};
use crate::timing::{measure, Spread};
use crate::Outcome;

/// As many bytes as a real signing input has.
const INPUT: [u8; 6000] = [b'a'; 6000];

pub(crate) fn run(table: &mut Table) -> Outcome {
    table.section("RS256 with an RSA-3072 key");
    let der = private_key()?;

    let ours = SigningKey::<Sha256>::new(RsaPrivateKey::from_pkcs8_der(&der).map_err(text)?);
    let mut random = ChaCha20Rng::from_seed([7; 32]);
    let expected = ours
        .try_sign_with_rng(&mut random, &INPUT)
        .map_err(text)?
        .to_vec();
    let blinded = measure(|| ours.try_sign_with_rng(&mut random, &INPUT));
    let bare = measure(|| ours.try_sign(&INPUT));

    let key = ring_signature::RsaKeyPair::from_pkcs8(&der).map_err(text)?;
    let random = ring::rand::SystemRandom::new();
    let mut signature = vec![0; key.public().modulus_len()];
    let mut by_ring = || {
        key.sign(
            &ring_signature::RSA_PKCS1_SHA256,
            &random,
            &INPUT,
            &mut signature,
        )
    };
    by_ring().map_err(text)?;
    let ring_time = measure(by_ring);
    same(&expected, &signature)?;

    let key = aws::RsaKeyPair::from_pkcs8(&der).map_err(text)?;
    let random = aws_lc_rs::rand::SystemRandom::new();
    let mut by_aws = || key.sign(&aws::RSA_PKCS1_SHA256, &random, &INPUT, &mut signature);
    by_aws().map_err(text)?;
    let aws_time = measure(by_aws);
    same(&expected, &signature)?;

    table.row(
        "signature, blinded",
        format!("`rsa` {}", time(blinded)),
        format!(
            "ring {}, AWS-LC {}, OpenSSL {}",
            time(ring_time),
            time(aws_time),
            openssl()
        ),
        "one signature of 6,000 bytes, the same to the byte from each; OpenSSL as `openssl speed` \
         counts it (mean, without the hash)",
    );
    table.row(
        "signature, not blinded",
        format!("`rsa` {}", time(bare)),
        "–",
        "never used: shows what blinding against timing costs",
    );
    table.row("sign in the core", time(core()?), "–", CORE);
    Ok(())
}

const CORE: &str = "`UnsignedAssertion::sign`: key compared with the certificate, signed, the \
    signature verified with the certificate's key, put into the JWT";

/// What the core takes when it is built with its feature `native-signing`.
pub(crate) fn native() -> Outcome<[String; 4]> {
    Ok([
        "sign in the core, feature `native-signing`".to_owned(),
        time(core()?),
        "–".to_owned(),
        "the same, signed by AWS-LC and then verified by `rsa`".to_owned(),
    ])
}

fn core() -> Outcome<Spread> {
    let reporter = fixture::reporter()?;
    let audience = Environment::test().audience().to_owned();
    let unsigned =
        UnsignedAssertion::prepare(&settings(), &audience, reporter.chain(), now(), JTI)?;
    let sign = || unsigned.clone().sign(reporter.key(), &entropy());
    sign()?;
    Ok(measure(sign))
}

fn same(expected: &[u8], found: &[u8]) -> Outcome {
    if expected == found {
        Ok(())
    } else {
        Err("two signatures by one key differ".into())
    }
}

/// The reporter's key in PKCS#8.
fn private_key() -> Outcome<Vec<u8>> {
    let pem = fixture::reporter()?.key().to_pkcs8_pem()?;
    let lines = pem
        .expose()
        .lines()
        .filter(|line| !line.starts_with("-----"));
    Ok(STANDARD.decode(lines.collect::<String>())?)
}

/// One signature by OpenSSL, measured by its own command line.
fn openssl() -> String {
    let told = Command::new("openssl")
        .args(["speed", "-mr", "-seconds", "3", "rsa3072"])
        .output();
    let text = told.map(|output| String::from_utf8_lossy(&output.stdout).into_owned());
    // "+F2:<index>:<bits>:<signatures per second>:<verifications per second>"
    let rate = text.ok().and_then(|text| {
        let line = text.lines().find(|line| line.starts_with("+F2:"))?;
        line.split(':').nth(3)?.parse::<f64>().ok()
    });
    rate.map_or_else(
        || "not found on this machine".to_owned(),
        |rate| format!("**{:.2} ms**", 1e3 / rate),
    )
}

/// Some of these errors are none of the standard library's.
#[allow(clippy::needless_pass_by_value)] // As `map_err` gives it.
fn text(error: impl ToString) -> String {
    error.to_string()
}
