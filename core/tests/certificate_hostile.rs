//! Bytes that nobody honest wrote: nothing panics, nothing stalls.
// They read files, which there are none of in a browser.
#![cfg(not(target_arch = "wasm32"))]
// Helpers outside of test functions unwrap too.
#![allow(clippy::unwrap_used)]

#[path = "certificate/fixture.rs"]
mod fixture;

use std::sync::LazyLock;

use fixture::{certificate, data};
use proptest::prelude::*;
use skifteportal::certificate::{Certificate, Chain, KeyStore, KeyStoreSettings, PrivateKey};
use skifteportal::model::Timestamp;
use skifteportal::secret::Secret;

/// Reads the bytes in every way there is, and uses what comes out.
fn read_all(bytes: &[u8]) {
    let password = Secret::new("hemmelig");
    let mut settings = KeyStoreSettings::default();
    settings.max_iterations = 10_000;
    let now = Timestamp::from_unix(1_800_000_000);
    let mut found: Vec<Certificate> = Certificate::from_der(bytes).into_iter().collect();
    found.extend(Certificate::from_pem(bytes).unwrap_or_default());
    for certificate in &found {
        let _ = certificate.summary(now, 30);
        let _ = format!("{certificate:?} {}", certificate.subject());
        let pool = [certificate.clone(), ISSUING.clone(), ROOT.clone()];
        let _ = Chain::ordered(certificate.clone(), &pool)
            .and_then(|chain| chain.verify(std::slice::from_ref(&ROOT), now));
        let _ = Chain::as_given(vec![LEAF.clone(), certificate.clone()])
            .and_then(|chain| chain.verify(&pool, now));
    }
    let _ = PrivateKey::from_der(bytes);
    let _ = PrivateKey::from_pem(bytes, Some(&password));
    let _ = PrivateKey::from_encrypted_der(bytes, &password);
    let _ = KeyStore::from_pkcs12_with(bytes, &password, &settings);
}

static LEAF: LazyLock<Certificate> = LazyLock::new(|| certificate("leaf.pem"));
static ISSUING: LazyLock<Certificate> = LazyLock::new(|| certificate("issuing.pem"));
static ROOT: LazyLock<Certificate> = LazyLock::new(|| certificate("root.pem"));
static SEEDS: LazyLock<Vec<Vec<u8>>> = LazyLock::new(|| {
    [
        "leaf.der",
        "leaf.pem",
        "string-universal.der",
        "leaf.pkcs8.der",
        "leaf.pkcs1.der",
        "leaf.pkcs1.pem",
        "plain.p12",
        "one-iteration.p12",
        "modern-pbmac1.p12",
        "leaf.pbe-3des.der",
        "legacy-no-mac.p12",
        "legacy-ber-inside.p12",
    ]
    .map(data)
    .to_vec()
});

/// The whole file with a few bytes changed, cut, or repeated.
fn mutated() -> impl Strategy<Value = Vec<u8>> {
    let change = (any::<prop::sample::Index>(), any::<u8>());
    let changes = prop::collection::vec(change, 0..4);
    let cut = prop::option::weighted(0.2, any::<prop::sample::Index>());
    (any::<prop::sample::Index>(), changes, cut).prop_map(|(seed, changes, cut)| {
        let mut bytes = SEEDS[seed.index(SEEDS.len())].clone();
        for (at, value) in changes {
            let at = at.index(bytes.len());
            bytes[at] = value;
        }
        if let Some(cut) = cut {
            bytes.truncate(cut.index(bytes.len()));
        }
        bytes
    })
}

/// An INTEGER, or a SEQUENCE of what is in `content`, in DER.
fn tlv(tag: u8, content: &[u8]) -> Vec<u8> {
    let length = u16::try_from(content.len()).unwrap().to_be_bytes();
    [&[tag, 0x82], length.as_slice(), content].concat()
}

/// An RSA key in PKCS#1 of these numbers: n, e, d, p, q.
fn rsa_key(numbers: &[Vec<u8>]) -> Vec<u8> {
    let mut content = tlv(2, &[0]);
    for number in numbers {
        content.extend(tlv(2, &[&[0], number.as_slice()].concat()));
    }
    tlv(0x30, &content)
}

#[test]
fn keys_of_impossible_numbers() {
    let code = |numbers: &[Vec<u8>]| PrivateKey::from_der(&rsa_key(numbers)).unwrap_err().code();
    let number = |bytes: &[u8]| bytes.to_vec();
    let large = vec![0xff; 128];
    for (prime, other) in [
        (number(&[0]), number(&[0])),
        (number(&[1]), large.clone()),
        (large.clone(), number(&[1])),
        (large.clone(), large.clone()),
        (number(&[2]), number(&[3])),
    ] {
        let modulus = large.clone();
        let key = [modulus, number(&[1, 0, 1]), number(&[7]), prime, other];
        assert_eq!(code(&key), "certificate.key_invalid");
    }
    let huge = vec![0xff; 2049];
    assert_eq!(code(&vec![huge; 5]), "certificate.key_too_large");
    assert_eq!(code(&vec![large; 4]), "certificate.malformed");
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 400, ..ProptestConfig::default() })]

    #[test]
    fn arbitrary_bytes(bytes in prop::collection::vec(any::<u8>(), 0..400)) {
        read_all(&bytes);
    }

    #[test]
    fn arbitrary_text(text in any::<String>()) {
        read_all(text.as_bytes());
        read_all(format!("-----BEGIN CERTIFICATE-----\n{text}\n-----END CERTIFICATE-----").as_bytes());
        read_all(format!("-----BEGIN PRIVATE KEY-----\n{text}\n-----END PRIVATE KEY-----").as_bytes());
    }

    #[test]
    fn arbitrary_rsa_keys(numbers in prop::collection::vec(prop::collection::vec(any::<u8>(), 0..70), 5)) {
        let _ = PrivateKey::from_der(&rsa_key(&numbers));
    }

    #[test]
    fn altered_files(bytes in mutated()) {
        read_all(&bytes);
    }

    #[test]
    fn altered_certificates_never_verify(at in any::<prop::sample::Index>(), bit in 0u8..8) {
        let mut bytes = LEAF.der().to_vec();
        let at = at.index(bytes.len());
        bytes[at] ^= 1 << bit;
        if let Ok(altered) = Certificate::from_der(&bytes) {
            let chain = Chain::as_given(vec![altered, ISSUING.clone()]).unwrap();
            let now = Timestamp::from_unix(1_800_000_000);
            prop_assert!(chain.verify(std::slice::from_ref(&ROOT), now).is_err());
        }
    }

    #[test]
    fn no_other_password_opens(password in any::<String>()) {
        prop_assume!(password != "hemmelig");
        let file = data("one-iteration.p12");
        let error = KeyStore::from_pkcs12(&file, &Secret::new(password)).unwrap_err();
        prop_assert_eq!(error.code(), "certificate.wrong_password");
    }
}

#[test]
fn no_byte_can_be_altered() {
    let now = Timestamp::from_unix(1_800_000_000);
    // Else whatever follows would be refused for something else than the change.
    let whole = Chain::as_given(vec![LEAF.clone(), ISSUING.clone()]).unwrap();
    whole.verify(std::slice::from_ref(&ROOT), now).unwrap();
    for at in 0..LEAF.der().len() {
        let mut bytes = LEAF.der().to_vec();
        bytes[at] ^= 1 << (at % 8);
        let Ok(altered) = Certificate::from_der(&bytes) else {
            continue;
        };
        let chain = Chain::as_given(vec![altered, ISSUING.clone()]).unwrap();
        assert!(
            chain.verify(std::slice::from_ref(&ROOT), now).is_err(),
            "byte {at}"
        );
    }
}

#[test]
fn deep_and_long_input_ends_soon() {
    let deep = [0x30u8, 0x80].repeat(500_000);
    read_all(&deep);
    let many = b"-----BEGIN CERTIFICATE-----\n-----END CERTIFICATE-----\n".repeat(10_000);
    read_all(&many);
    read_all(&b"-----BEGIN ".repeat(100_000));
    read_all(&vec![0xff; 5_000_000]);
}
