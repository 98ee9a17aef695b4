//! Certificates, keys and key stores as a host meets them.
#![allow(clippy::unwrap_used, clippy::panic)] // Helpers of tests.

mod fixture;

use fixture::{api_user, chain, error, now, root, store, P12_PASSWORD, REPORTER_KEY, REPORTER_P12};
use skifteportal::certificate::{CertificateKind, KeyChoice};
use skifteportal::environment::EnvironmentKind;
use skifteportal::NamedValue;
use skifteportal_ffi::{
    Certificates, Chain, Defaults, Http, KeyStore, PortalEnvironment, PrivateKey,
};

#[test]
fn a_key_store_is_opened() {
    let store = store();
    assert_eq!(store.chain().leaf(), chain().leaf());
    assert!(store.key().belongs_to(&chain().leaf()));
    assert!(!store.key().belongs_to(&api_user()));
    assert!(store.key().bits() >= 2048);
    // For a TLS stack that reads no PKCS#12.
    let pem = store.key().to_pkcs8_pem().unwrap().into_bytes();
    let again = PrivateKey::from_pem(pem, None).unwrap();
    assert!(again.belongs_to(&chain().leaf()));
    let all = Certificates::new().all_from_pem(store.chain().to_pem().into_bytes());
    assert_eq!(Chain::as_given(all.unwrap()).unwrap(), store.chain());
}

#[test]
fn what_does_not_open_says_why() {
    let wrong = KeyStore::from_pkcs12(REPORTER_P12.to_vec(), "forkert".into());
    assert_eq!(error(wrong).1, "certificate.wrong_password");
    let mut settings = Defaults::new().key_store();
    settings.choice = KeyChoice::FriendlyName {
        name: "nobody".into(),
    };
    let none = KeyStore::from_pkcs12_with(REPORTER_P12.to_vec(), P12_PASSWORD.into(), settings);
    assert_eq!(
        error(none),
        ("certificate", "certificate.no_such_key".to_owned())
    );
    let mut settings = Defaults::new().key_store();
    settings.max_iterations = -1;
    let stalled = KeyStore::from_pkcs12_with(REPORTER_P12.to_vec(), P12_PASSWORD.into(), settings);
    assert_eq!(error(stalled).1, "certificate.too_many_iterations");
    let listed = Certificates::new().list_pkcs12(REPORTER_P12.to_vec(), P12_PASSWORD.into());
    let thumbprint = chain().leaf().thumbprint().to_string();
    assert_eq!(listed.unwrap()[0].thumbprint, thumbprint);
    assert_eq!(
        error(PrivateKey::from_der(vec![1, 2, 3], None)).0,
        "certificate"
    );
    assert_eq!(error(Chain::from_ders(vec![])).1, "certificate.chain_empty");
}

#[test]
fn a_certificate_is_shown_and_verified() {
    let group = Certificates::new();
    let leaf = chain().leaf();
    let summary = leaf.summary(now(), 30);
    assert_eq!(summary.kind, CertificateKind::OcesOrganisation);
    assert_eq!(group.kind_name(summary.kind), "oces_organisation");
    assert!(group.is_usable(summary.validity));
    assert_eq!(leaf.subject().common_name(), summary.common_name);
    assert_eq!(leaf.issuer().to_string(), summary.issuer);
    assert_eq!(leaf.thumbprint().to_string(), summary.thumbprint);
    chain().verify(vec![root()], now()).unwrap();
    let untrusted = chain().verify(vec![api_user()], now());
    assert_eq!(error(untrusted).1, "certificate.untrusted_root");
    let late = "2126-12-01T12:00:00Z".parse().unwrap();
    assert_eq!(
        error(chain().verify(vec![root()], late)).1,
        "certificate.expired"
    );
    assert_eq!(group.validity_name(leaf.validity_at(late, -5)), "expired");
    let pem = String::from_utf8(REPORTER_KEY.to_vec()).unwrap();
    assert!(!format!("{leaf:?}").contains(pem.lines().nth(1).unwrap()));
}

#[test]
fn an_environment_changes_by_a_new_one() {
    let test = PortalEnvironment::test();
    let set = test.with_path("sagslager.hentSager", "/sager").unwrap();
    assert_eq!(set.path("sagslager.hentSager").as_deref(), Some("/sager"));
    assert_eq!(test.path("sagslager.hentSager"), None);
    assert_eq!(set.kind(), EnvironmentKind::Test);
    let mute = PortalEnvironment::custom("http://example.com", "https://b", "https://c");
    assert_eq!(error(mute), ("input", "url.base".to_owned()));
}

#[test]
fn no_value_leaves_its_place_in_a_url() {
    let value = |value: &str| NamedValue {
        name: "id".into(),
        value: value.into(),
    };
    let http = Http::new();
    let build = |id| {
        http.url(
            "https://a.test",
            "/x/{id}",
            vec![value(id)],
            vec![value("a b")],
        )
    };
    assert_eq!(build("7").unwrap(), "https://a.test/x/7?id=a%20b");
    assert_eq!(error(build("../7")), ("input", "url.segment".to_owned()));
    assert_eq!(http.form(vec![value("&")]), "id=%26");
}
