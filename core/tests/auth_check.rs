//! What the portal would refuse, said before the call (guide 3.1.2).
#![allow(clippy::unwrap_used, clippy::expect_used)]

mod auth_fixture;

use auth_fixture::{
    api_user, chain, employee, issuing_ca, now, other_key, prepared, reporter, reporter_key, root,
    settings,
};
use skifteportal::auth::{
    check_assertion, AssertionCheck, AssertionClaims, AuthFinding, CertificateRole,
};
use skifteportal::certificate::{Certificate, Chain};
#[cfg(target_arch = "wasm32")]
use wasm_bindgen_test::wasm_bindgen_test as test;

const AUDIENCE: &str = "https://sysauth.test-minskiftesag.net";

fn claims(subject: &str) -> AssertionClaims {
    let mut settings = settings();
    settings.subject = subject.into();
    prepared(&settings).claims().clone()
}

fn full_check() -> AssertionCheck {
    AssertionCheck::at(now())
        .with_audience(AUDIENCE)
        .with_api_user(api_user())
        .with_roots(vec![root()])
}

fn codes(findings: &[AuthFinding]) -> Vec<&'static str> {
    findings.iter().map(AuthFinding::code).collect()
}

fn check_of_chain(certificates: Vec<Certificate>, check: &AssertionCheck) -> Vec<AuthFinding> {
    let chain = Chain::as_given(certificates).unwrap();
    check_assertion(&claims("30808460"), &chain, None, check)
}

fn check_of_subject(subject: &str, check: &AssertionCheck) -> Vec<&'static str> {
    codes(&check_assertion(&claims(subject), &chain(), None, check))
}

#[test]
fn a_good_assertion_has_no_findings() {
    let key = reporter_key();
    let found = check_assertion(&claims("30808460"), &chain(), Some(&key), &full_check());
    assert_eq!(found, []);
    // Without its root too where that is meant, whether the roots are known or not.
    let short = vec![reporter(), issuing_ca()];
    let without_root = full_check().without_root();
    assert_eq!(check_of_chain(short.clone(), &without_root), []);
    let knows_little = AssertionCheck::at(now()).without_root();
    assert_eq!(check_of_chain(short, &knows_little), []);
}

#[test]
fn the_subject_is_the_api_users_cvr_number() {
    let check = full_check();
    assert_eq!(
        check_of_subject("11223344", &check),
        ["auth.subject_mismatch"]
    );
    assert_eq!(
        check_of_subject("DK30808460", &check),
        ["auth.subject_form", "auth.subject_mismatch"]
    );
    let form_only = AssertionCheck::at(now());
    assert_eq!(check_of_subject("11223344", &form_only), [""; 0]);
    for subject in [
        "3080846",
        "308084600",
        "3080846x",
        "３０８０８４６０",
        " 3080846",
    ] {
        assert_eq!(check_of_subject(subject, &form_only), ["auth.subject_form"]);
    }
    // A client id of a stock Keycloak.
    let any = full_check().with_any_subject();
    assert_eq!(check_of_subject("variant-b", &any), [""; 0]);
    let no_cvr = AssertionCheck::at(now()).with_api_user(issuing_ca());
    assert_eq!(
        check_of_subject("30808460", &no_cvr),
        ["auth.api_user_without_cvr", "auth.not_organisation"]
    );
}

#[test]
fn the_key_is_the_leafs() {
    let key = other_key();
    let found = check_assertion(&claims("30808460"), &chain(), Some(&key), &full_check());
    assert_eq!(found, [AuthFinding::KeyMismatch]);
}

#[test]
fn the_chain_is_in_order_and_whole() {
    let check = full_check();
    let of = |certificates| codes(&check_of_chain(certificates, &check));
    assert_eq!(of(vec![reporter()]), ["auth.chain_incomplete"]);
    assert_eq!(
        of(vec![reporter(), issuing_ca()]),
        ["auth.chain_without_root"]
    );
    assert_eq!(
        of(vec![reporter(), root(), issuing_ca()]),
        ["auth.chain_order"]
    );
    assert_eq!(of(vec![reporter(), root()]), ["auth.chain_order"]);
    assert_eq!(
        of(vec![root(), issuing_ca(), reporter()]),
        ["auth.chain_order", "auth.not_organisation"]
    );
    let strangers = AssertionCheck::at(now()).with_roots(vec![employee()]);
    let found = check_of_chain(vec![reporter(), issuing_ca(), root()], &strangers);
    assert_eq!(codes(&found), ["auth.chain_untrusted"]);
}

#[test]
fn every_certificate_is_in_its_time() {
    let mut check = full_check().without_root();
    check.now = "2130-01-01T00:00:00Z".parse().unwrap();
    let found = check_of_chain(vec![reporter(), issuing_ca()], &check);
    let roles: Vec<_> = found
        .iter()
        .filter_map(|finding| match finding {
            AuthFinding::CertificateExpired { role, .. } => Some(*role),
            _ => None,
        })
        .collect();
    let all = [
        CertificateRole::Reporter,
        CertificateRole::Authority,
        CertificateRole::ApiUser,
    ];
    assert_eq!(roles, all);
    assert_eq!(found.len(), 4);
    assert_eq!(found[0].code(), "auth.assertion_expired");

    check.now = "2020-01-01T00:00:00Z".parse().unwrap();
    let found = check_of_chain(vec![reporter(), issuing_ca()], &check);
    assert_eq!(codes(&found), ["auth.certificate_not_yet_valid"; 3]);
}

/// notAfter is the last second, and a clock with parts of a second is within it until it ends.
#[test]
fn a_certificate_is_good_to_the_end_of_its_last_second() {
    let is_expired_at = |millis| {
        let mut check = AssertionCheck::at(reporter().not_after().plus_millis(millis));
        check.root_expected = false;
        let claims = claims("30808460");
        let chain = Chain::as_given(vec![reporter(), issuing_ca()]).unwrap();
        let found = check_assertion(&claims, &chain, None, &check);
        let expired = |finding: &AuthFinding| {
            matches!(
                finding,
                AuthFinding::CertificateExpired {
                    role: CertificateRole::Reporter,
                    ..
                }
            )
        };
        found.iter().any(expired)
    };
    assert!(!is_expired_at(0));
    assert!(!is_expired_at(999));
    assert!(is_expired_at(1000));
}

#[test]
fn both_certificates_are_organisations() {
    let check = AssertionCheck::at(now()).with_api_user(employee());
    let found = check_of_chain(vec![employee(), issuing_ca(), root()], &check);
    let roles: Vec<_> = found
        .iter()
        .filter_map(|finding| match finding {
            AuthFinding::NotOrganisation { role, .. } => Some(*role),
            _ => None,
        })
        .collect();
    assert_eq!(roles, [CertificateRole::Reporter, CertificateRole::ApiUser]);
    assert_eq!(found[0].code(), "auth.subject_mismatch");
}

#[test]
fn the_assertion_is_for_this_sts_and_this_moment() {
    let mut check = full_check().with_audience("https://sysauth.domstol.dk");
    check.now = now().plus_seconds(50);
    let found = check_of_chain(vec![reporter(), issuing_ca(), root()], &check);
    assert_eq!(codes(&found), ["auth.audience", "auth.assertion_expired"]);
    check.now = now().plus_seconds(49);
    let found = check_of_chain(vec![reporter(), issuing_ca(), root()], &check);
    assert_eq!(codes(&found), ["auth.audience"]);
    for finding in found {
        assert!(finding.to_string().contains("domstol.dk"), "{finding}");
    }
}
