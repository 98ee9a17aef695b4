//! Chains: put in order, verified, and refused. The openssl command line made and signed them all.

#[path = "certificate/fixture.rs"]
mod fixture;

use fixture::{certificate, time};
use skifteportal::certificate::{Certificate, Chain, ChainError};
#[cfg(target_arch = "wasm32")]
use wasm_bindgen_test::wasm_bindgen_test as test;

const NOW: &str = "2026-11-21T08:00:00Z";

/// Verifies a chain of files against the test root.
fn verify(chain: &[&str]) -> Result<(), ChainError> {
    verify_at(chain, NOW)
}

fn verify_at(chain: &[&str], now: &str) -> Result<(), ChainError> {
    let chain = chain.iter().map(|name| certificate(name)).collect();
    Chain::as_given(chain)?.verify(&[certificate("root.pem")], time(now))
}

#[test]
fn the_real_test_hierarchy_verifies() {
    let leaf = certificate("oces3-test-system-cert.pem");
    let issuing = certificate("oces3-test-issuing-ca-1.pem");
    let root = certificate("oces3-test-root-ca.pem");
    let production = certificate("oces3-prod-system-cert.pem");
    let now = time(NOW);

    let chain = Chain::ordered(
        leaf.clone(),
        &[production.clone(), root.clone(), issuing.clone()],
    )
    .unwrap();
    assert_eq!(
        chain.certificates(),
        [leaf.clone(), issuing.clone(), root.clone()]
    );
    assert!(chain.has_root());
    chain.check_order().unwrap();
    chain.verify(std::slice::from_ref(&root), now).unwrap();
    // An issuing CA that the caller trusts is as good as a root.
    chain.verify(std::slice::from_ref(&issuing), now).unwrap();

    let short = Chain::ordered(leaf.clone(), std::slice::from_ref(&issuing)).unwrap();
    assert!(!short.has_root());
    short.verify(std::slice::from_ref(&root), now).unwrap();

    let early = time("2026-01-01T00:00:00Z");
    let error = chain.verify(std::slice::from_ref(&root), early);
    assert_eq!(error.unwrap_err().code(), "certificate.not_yet_valid");
    let late = time("2029-03-24T14:11:30Z");
    let error = chain.verify(std::slice::from_ref(&root), late);
    assert_eq!(error.unwrap_err().code(), "certificate.expired");

    // The production certificate's issuer has another name than the test issuer.
    let error = Chain::ordered(production.clone(), &[root.clone(), issuing.clone()]);
    assert!(matches!(
        error,
        Err(ChainError::MissingIssuer { position: 0, .. })
    ));
    let forced = Chain::as_given(vec![production, issuing, root.clone()]).unwrap();
    let wrong = Err(ChainError::WrongIssuer { position: 0 });
    assert_eq!(forced.check_order(), wrong);
    assert_eq!(forced.verify(&[root], now), wrong);
}

#[test]
fn every_accepted_signature_verifies() {
    for hash in ["sha256", "sha384", "sha512"] {
        for salt in [0, 20, 32, 64] {
            verify(&[&format!("pss-{hash}-{salt}.pem"), "issuing.pem"]).unwrap();
        }
        verify(&[&format!("pkcs1-{hash}.pem"), "issuing.pem", "root.pem"]).unwrap();
    }
    verify(&["string-bmp.der", "issuing.pem"]).unwrap();
    verify(&["leaf-by-pss-key-ca.pem", "pss-key-ca.pem"]).unwrap();
    verify(&["noncritical.pem", "issuing.pem"]).unwrap();
}

#[test]
fn weak_and_odd_signatures_are_refused() {
    for name in ["pkcs1-sha1", "pss-sha1", "pss-mgf-differs"] {
        let error = verify(&[&format!("{name}.pem"), "issuing.pem"]).unwrap_err();
        assert_eq!(error.code(), "certificate.signature_algorithm", "{name}");
    }
    let error = verify(&["leaf-by-ec-ca.pem", "ec-ca.pem"]).unwrap_err();
    assert_eq!(error.code(), "certificate.signature_algorithm");
    assert_eq!(
        verify(&["leaf-by-weak-ca.pem", "weak-ca.pem"]),
        Err(ChainError::IssuerKey {
            position: 1,
            bits: 1024
        })
    );
}

#[test]
fn altered_certificates_are_refused() {
    for name in ["tampered-signature.der", "tampered-subject.der"] {
        let bad = Err(ChainError::BadSignature { position: 0 });
        assert_eq!(verify(&[name, "issuing.pem"]), bad, "{name}");
        assert_eq!(verify(&[name, "issuing.pem", "root.pem"]), bad, "{name}");
    }
    let subject = certificate("tampered-subject.der");
    assert_eq!(subject.cvr(), Some("12345675"));
    assert_eq!(
        Chain::ordered(subject, &[certificate("issuing.pem")]),
        Err(ChainError::BadSignature { position: 0 })
    );
    // The CA's name with another key.
    assert_eq!(
        verify(&["leaf.pem", "other-issuing.pem", "root.pem"]),
        Err(ChainError::BadSignature { position: 0 })
    );
}

#[test]
fn a_foreign_root_is_not_trusted() {
    for chain in [
        &[
            "leaf-by-other-issuing.pem",
            "other-issuing.pem",
            "other-root.pem",
        ][..],
        &["other-root.pem"],
        &["oces3-test-system-cert.pem"],
    ] {
        let error = verify(chain).unwrap_err();
        assert_eq!(error.code(), "certificate.untrusted_root", "{chain:?}");
    }
    // It has the trusted root's name, so only the signature tells.
    assert_eq!(
        verify(&["leaf-by-other-issuing.pem", "other-issuing.pem"]),
        Err(ChainError::BadSignature { position: 1 })
    );
    let chain = Chain::as_given(vec![certificate("leaf.pem"), certificate("issuing.pem")]).unwrap();
    let error = chain.verify(&[], time(NOW)).unwrap_err();
    assert_eq!(error.code(), "certificate.untrusted_root");
    // Of two roots with one name, the one that signed counts; a newer edition of it does as well.
    let roots = [certificate("other-root.pem"), certificate("root.pem")];
    chain.verify(&roots, time(NOW)).unwrap();
    let whole = ["leaf.pem", "issuing.pem", "root.pem"].map(certificate);
    let chain = Chain::as_given(whole.to_vec()).unwrap();
    chain
        .verify(&[certificate("root-again.pem")], time(NOW))
        .unwrap();
}

#[test]
fn who_may_not_issue() {
    assert_eq!(
        verify(&["leaf-by-leaf.pem", "leaf.pem", "issuing.pem"]),
        Err(ChainError::NotAuthority { position: 1 })
    );
    assert_eq!(
        verify(&["leaf-by-signing-only-ca.pem", "signing-only-ca.pem"]),
        Err(ChainError::KeyUsage { position: 1 })
    );
    assert_eq!(
        verify(&["leaf-by-sub-ca.pem", "sub-ca.pem", "issuing.pem"]),
        Err(ChainError::PathLength {
            position: 2,
            allowed: 0
        })
    );
}

#[test]
fn critical_extensions_are_respected() {
    assert_eq!(
        verify(&["critical.pem", "issuing.pem"]),
        Err(ChainError::CriticalExtension {
            position: 0,
            oid: "1.2.3.4.5".to_owned()
        })
    );
    assert_eq!(
        verify(&["leaf-by-constrained-ca.pem", "constrained-ca.pem"]),
        Err(ChainError::CriticalExtension {
            position: 1,
            oid: "2.5.29.30".to_owned()
        })
    );
}

#[test]
fn the_validity_of_every_certificate_counts() {
    assert!(matches!(
        verify(&["expired.pem", "issuing.pem"]),
        Err(ChainError::Expired { position: 0, .. })
    ));
    assert!(matches!(
        verify(&["future.pem", "issuing.pem"]),
        Err(ChainError::NotYetValid { position: 0, .. })
    ));
    assert!(matches!(
        verify(&["leaf.pem", "issuing-expired.pem"]),
        Err(ChainError::Expired { position: 1, .. })
    ));
    verify_at(&["leaf.pem", "issuing-expired.pem"], "2020-06-01T00:00:00Z").unwrap();
    assert!(matches!(
        verify_at(&["leaf.pem", "issuing.pem"], "2050-01-01T00:00:00Z"),
        Err(ChainError::Expired { position: 0, .. })
    ));
}

#[test]
fn order_and_length() {
    let wrong = Chain::as_given(vec![certificate("leaf.pem"), certificate("root.pem")]).unwrap();
    assert_eq!(
        wrong.check_order(),
        Err(ChainError::WrongIssuer { position: 0 })
    );
    assert_eq!(Chain::as_given(Vec::new()), Err(ChainError::Empty));
    let many = vec![certificate("leaf.pem"); 11];
    assert_eq!(
        Chain::as_given(many).unwrap_err().code(),
        "certificate.chain_too_long"
    );
    // The pool's order and its repeats do not matter, and foreign certificates are passed over.
    let pool: Vec<Certificate> = [
        "other-root.pem",
        "root.pem",
        "other-issuing.pem",
        "issuing.pem",
        "issuing.pem",
        "leaf.pem",
        "employee.pem",
    ]
    .map(certificate)
    .to_vec();
    let chain = Chain::ordered(certificate("leaf.pem"), &pool).unwrap();
    let expected = ["leaf.pem", "issuing.pem", "root.pem"].map(certificate);
    assert_eq!(chain.certificates(), expected);
    let alone = Chain::ordered(certificate("root.pem"), &pool).unwrap();
    assert_eq!(alone.certificates().len(), 1);
}
