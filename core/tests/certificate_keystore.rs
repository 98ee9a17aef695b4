//! Private keys and key stores, written by openssl and by Java's keytool.
// Helpers outside of test functions unwrap too.
#![allow(clippy::unwrap_used)]

#[path = "certificate/fixture.rs"]
mod fixture;

use fixture::{certificate, data, pem};
use skifteportal::certificate::{
    Certificate, CertificateError, KeyChoice, KeyStore, KeyStoreSettings, PrivateKey,
};
use skifteportal::secret::{Entropy, Secret};
#[cfg(target_arch = "wasm32")]
use wasm_bindgen_test::wasm_bindgen_test as test;

fn open(name: &str, password: &str) -> Result<KeyStore, CertificateError> {
    KeyStore::from_pkcs12(&data(name), &Secret::new(password))
}

fn code(name: &str, password: &str) -> &'static str {
    open(name, password).unwrap_err().code()
}

fn assert_whole(store: &KeyStore, name: &str) {
    let expected = ["leaf.pem", "issuing.pem", "root.pem"].map(certificate);
    assert_eq!(store.chain().certificates(), expected, "{name}");
    assert!(store.key().belongs_to(store.chain().leaf()), "{name}");
    assert!(store.others().is_empty(), "{name}");
}

#[test]
fn every_protection_opens() {
    let names = [
        "modern",
        "legacy",
        "legacy-3des",
        "legacy-2des",
        "legacy-rc2-128",
        "legacy-rc2-40",
        "pbes2-aes-128-cbc",
        "pbes2-aes-192-cbc",
        "pbes2-aes-256-cbc",
        "mac-sha1",
        "mac-sha224",
        "mac-sha256",
        "mac-sha384",
        "mac-sha512",
        "plain",
        "no-mac",
        "legacy-no-mac",
        "one-iteration",
        "java",
        "java-legacy",
        "modern-ber",
        "legacy-ber",
        "modern-ber-inside",
        "legacy-ber-inside",
        "modern-pbmac1",
        "legacy-pbmac1",
    ];
    for name in names {
        let file = format!("{name}.p12");
        let store = open(&file, "hemmelig").unwrap_or_else(|error| panic!("{name}: {error}"));
        assert_whole(&store, name);
        assert_eq!(
            code(&file, "forkert"),
            "certificate.wrong_password",
            "{name}"
        );
        assert_eq!(code(&file, ""), "certificate.wrong_password", "{name}");
    }
    let store = open("modern.p12", "hemmelig").unwrap();
    assert_eq!(store.friendly_name(), Some("Skiftesystem Æ"));
}

#[test]
fn odd_passwords() {
    for name in ["empty-password.p12", "empty-password-legacy.p12"] {
        assert_whole(&open(name, "").unwrap(), name);
        assert_eq!(code(name, "x"), "certificate.wrong_password");
    }
    for name in ["aeoeaa-password.p12", "aeoeaa-password-legacy.p12"] {
        assert_whole(&open(name, "blåbærgrød").unwrap(), name);
        assert_eq!(code(name, "blabargrod"), "certificate.wrong_password");
    }
}

#[test]
fn what_is_missing_is_said() {
    assert_eq!(code("no-key.p12", "hemmelig"), "certificate.no_private_key");
    assert_eq!(
        code("no-certificate.p12", "hemmelig"),
        "certificate.no_certificate"
    );
    assert_eq!(
        code("missing-chain.p12", "hemmelig"),
        "certificate.missing_chain"
    );
    assert_eq!(code("ec-key.p12", "hemmelig"), "certificate.key_not_rsa");
    assert_eq!(
        code("legacy-rc4.p12", "hemmelig"),
        "certificate.unsupported"
    );
    let store = open("root-missing.p12", "hemmelig").unwrap();
    assert_eq!(store.chain().certificates().len(), 2);
    assert!(!store.chain().has_root());

    let password = Secret::new("hemmelig");
    let mut settings = KeyStoreSettings::default();
    settings.allow_missing_chain = true;
    let file = data("missing-chain.p12");
    let alone = KeyStore::from_pkcs12_with(&file, &password, &settings).unwrap();
    assert_eq!(alone.chain().certificates(), [certificate("leaf.pem")]);
    settings.allow_missing_chain = false;
    settings.issuers = vec![certificate("root.pem"), certificate("issuing.pem")];
    let helped = KeyStore::from_pkcs12_with(&file, &password, &settings).unwrap();
    assert_whole(&helped, "missing-chain");
}

#[test]
fn other_files_are_no_key_stores() {
    assert_eq!(code("leaf.der", "x"), "certificate.malformed");
    assert_eq!(code("leaf.pem", "x"), "certificate.malformed");
    let file = data("modern.p12");
    let cut = KeyStore::from_pkcs12(&file[..file.len() - 1], &Secret::new("hemmelig"));
    assert_eq!(cut.unwrap_err().code(), "certificate.malformed");
}

#[test]
fn one_of_several_is_chosen() {
    let password = Secret::new("hemmelig");
    let file = data("several-keys.p12");
    let Err(CertificateError::SeveralKeys { entries }) = KeyStore::from_pkcs12(&file, &password)
    else {
        panic!("two keys are not one");
    };
    let names: Vec<_> = entries
        .iter()
        .map(|one| one.friendly_name.clone())
        .collect();
    assert!(names.contains(&Some("første".into())) && names.contains(&Some("anden".into())));
    assert_eq!(
        KeyStore::list_pkcs12(&file, &password, 1_000_000).unwrap(),
        entries
    );

    let with = |file: &[u8], choice| {
        let mut settings = KeyStoreSettings::default();
        settings.choice = choice;
        KeyStore::from_pkcs12_with(file, &password, &settings)
    };
    let friendly = |name: &str| KeyChoice::FriendlyName { name: name.into() };
    let second = with(&file, friendly("anden")).unwrap();
    assert_eq!(
        second.chain().certificates(),
        ["second.pem", "root.pem"].map(certificate)
    );
    assert!(second.others().contains(&certificate("leaf.pem")));
    assert!(second.key().belongs_to(&certificate("second.pem")));
    assert!(!second.key().belongs_to(&certificate("leaf.pem")));
    let missing = with(&file, friendly("tredje")).unwrap_err();
    assert_eq!(missing.code(), "certificate.no_such_key");
    for entry in &entries {
        let id = entry.local_key_id.clone().unwrap();
        let by_id = with(&file, KeyChoice::LocalKeyId { id }).unwrap();
        assert_eq!(by_id.chain().leaf().thumbprint_hex(), entry.thumbprint);
    }

    let file = data("several-certificates.p12");
    let Err(CertificateError::SeveralCertificates { entries }) =
        KeyStore::from_pkcs12(&file, &password)
    else {
        panic!("two certificates are not one");
    };
    assert_eq!(entries.len(), 2);
    let wanted = certificate("pkcs1-sha256.pem");
    let sha256 = wanted.thumbprint_hex().to_uppercase();
    let store = with(&file, KeyChoice::Thumbprint { sha256 }).unwrap();
    assert_eq!(store.chain().leaf(), &wanted);
}

#[test]
fn iterations_are_limited() {
    let open = |max_iterations| {
        let mut settings = KeyStoreSettings::default();
        settings.max_iterations = max_iterations;
        KeyStore::from_pkcs12_with(
            &data("many-iterations.p12"),
            &Secret::new("hemmelig"),
            &settings,
        )
    };
    let error = open(200_000).unwrap_err();
    assert_eq!(error.code(), "certificate.too_many_iterations");
    assert_whole(&open(1_000_000).unwrap(), "many-iterations");
}

#[test]
fn keys_in_every_form() {
    let leaf = certificate("leaf.pem");
    let password = Secret::new("hemmelig");
    let from_pem = |name: &str| PrivateKey::from_pem(&pem(name), Some(&password));
    let mut names = vec!["leaf.pkcs8.pem".to_owned(), "leaf.pkcs1.pem".to_owned()];
    for cipher in ["aes-128-cbc", "aes-192-cbc", "aes-256-cbc", "des3"] {
        for prf in ["hmacWithSHA1", "hmacWithSHA256", "hmacWithSHA512"] {
            names.push(format!("leaf.{cipher}-{prf}.pem"));
        }
    }
    for name in &names {
        let key = from_pem(name).unwrap_or_else(|error| panic!("{name}: {error}"));
        assert!(key.belongs_to(&leaf), "{name}");
        assert!(!key.belongs_to(&certificate("issuing.pem")));
        assert!(!key.belongs_to(&certificate("ec-leaf.pem")));
        assert_eq!(key.bits(), 2048);
    }
    for name in ["leaf.pkcs8.der", "leaf.pkcs1.der"] {
        assert!(PrivateKey::from_der(&data(name)).unwrap().belongs_to(&leaf));
    }
    let old = data("leaf.pbe-3des.der");
    let key = PrivateKey::from_encrypted_der(&old, &password).unwrap();
    assert!(key.belongs_to(&leaf));
    assert_eq!(format!("{key:?}"), "PrivateKey([redacted], 2048 bits)");
    let danish = Secret::new("blåbærgrød");
    assert!(PrivateKey::from_pem(&pem("leaf.aeoeaa.pem"), Some(&danish)).is_ok());
}

#[test]
fn what_is_handed_on_reads_back() {
    let store = open("legacy.p12", "hemmelig").unwrap();
    let pem = store.key().to_pkcs8_pem().unwrap();
    let key = PrivateKey::from_pem(pem.expose().as_bytes(), None).unwrap();
    assert!(key.belongs_to(&certificate("leaf.pem")));
    assert_eq!(
        Certificate::from_pem(store.chain().to_pem().as_bytes()).unwrap(),
        store.chain().certificates()
    );
    // openssl wrote the same key and the same certificate.
    assert_eq!(pem.expose().as_bytes(), data("leaf.pkcs8.pem"));
    assert_eq!(store.chain().leaf().to_pem().as_bytes(), data("leaf.pem"));
}

#[test]
fn a_key_is_handed_on_under_a_password() {
    let store = open("legacy.p12", "hemmelig").unwrap();
    let (password, entropy) = (Secret::new("a random one"), Entropy::new([7; 32]));
    let write = |entropy: &Entropy| {
        let key = store.key();
        key.to_encrypted_pkcs8_pem(&password, entropy).unwrap()
    };
    let pem = write(&entropy);
    let key = PrivateKey::from_pem(pem.as_bytes(), Some(&password)).unwrap();
    assert!(key.belongs_to(&certificate("leaf.pem")));
    assert!(PrivateKey::from_pem(pem.as_bytes(), Some(&Secret::new("another"))).is_err());
    assert_eq!(write(&entropy), pem);
    assert_ne!(write(&Entropy::new([8; 32])), pem);
}

#[test]
fn keys_that_cannot_be_read() {
    let password = Secret::new("hemmelig");
    let code = |name: &str, password: Option<&Secret>| {
        PrivateKey::from_pem(&pem(name), password)
            .unwrap_err()
            .code()
    };
    let encrypted = "leaf.aes-256-cbc-hmacWithSHA256.pem";
    assert_eq!(code(encrypted, None), "certificate.password_needed");
    assert_eq!(
        code(encrypted, Some(&Secret::new("forkert"))),
        "certificate.wrong_password"
    );
    assert_eq!(
        code("leaf.traditional-encrypted.pem", Some(&password)),
        "certificate.unsupported"
    );
    assert_eq!(
        code("leaf.scrypt.pem", Some(&password)),
        "certificate.unsupported"
    );
    assert_eq!(code("ec.pkcs8.pem", None), "certificate.key_not_rsa");
    assert_eq!(code("leaf.pem", None), "certificate.no_private_key");
    assert_eq!(code("leaf.der", None), "certificate.not_pem");
    let der = |bytes: &[u8]| PrivateKey::from_der(bytes).unwrap_err().code();
    assert_eq!(
        der(&data("leaf.pbe-3des.der")),
        "certificate.password_needed"
    );
    let longer = [data("leaf.pkcs8.der"), b"x".to_vec()].concat();
    assert_eq!(der(&longer), "certificate.trailing_data");
    assert_eq!(der(b""), "certificate.malformed");
}

#[test]
fn separate_files_make_a_key_store() {
    let settings = KeyStoreSettings::default();
    let key = || PrivateKey::from_pem(&pem("leaf.pkcs8.pem"), None).unwrap();
    let all = ["root.pem", "issuing.pem", "leaf.pem"].map(certificate);
    let store = KeyStore::from_parts(key(), &all, &settings).unwrap();
    assert_whole(&store, "parts");
    let code = |names: &[&str]| {
        let certificates: Vec<_> = names.iter().map(|name| certificate(name)).collect();
        let store = KeyStore::from_parts(key(), &certificates, &settings);
        store.unwrap_err().code()
    };
    assert_eq!(code(&[]), "certificate.no_certificate");
    assert_eq!(code(&["leaf.pem"]), "certificate.missing_chain");
    assert_eq!(
        code(&["second.pem", "root.pem"]),
        "certificate.no_certificate_for_key"
    );
}
