//! The project of docs/java.md: what the document shows, run as its readers would, by the jars. Some of
//! its tests need a server or a token of their own, and are suites of their own.

use std::path::PathBuf;

use super::{deploy_for_tests, deploy_testing, maven};
use crate::keycloak;
use crate::process::{self, Count, Outcome};
use crate::softhsm::SoftHsm;

const PROJECT: &str = "bindings-ffi/kotlin/guide/pom.xml";

/// Puts the jars where the project takes them from.
fn install() -> Outcome {
    deploy_for_tests()?;
    deploy_testing()
}

/// Runs what `select` selects, with these variables.
fn run(select: &str, variables: &[(&str, PathBuf)]) -> (Count, Outcome) {
    let mut test = maven(PROJECT, &["clean", "test", select]);
    for (name, value) in variables {
        test.env(name, value);
    }
    let (count, outcome) = process::test(&mut test);
    let ran = if outcome.is_ok() && count.passed == 0 {
        Err(format!("{PROJECT} with {select} ran no test"))
    } else {
        outcome
    };
    (count, ran)
}

fn failed(reason: String) -> (Count, Outcome) {
    (Count::default(), Err(reason))
}

/// The suite `guide-jvm`.
pub(crate) fn guide() -> (Count, Outcome) {
    match install() {
        Ok(()) => run("-DexcludedGroups=hsm,keycloak", &[]),
        Err(reason) => failed(reason),
    }
}

/// The suite `hsm`.
pub(crate) fn hsm() -> (Count, Outcome) {
    match install().and_then(|()| SoftHsm::set_up("jvm")) {
        Ok(token) => run("-Dgroups=hsm", &token.variables()),
        Err(reason) => failed(reason),
    }
}

/// The suite `keycloak-jvm`.
pub(crate) fn keycloak() -> (Count, Outcome) {
    match install().and_then(|()| keycloak::settings()) {
        Ok(settings) => run("-Dgroups=keycloak", &[(keycloak::VARIABLE, settings)]),
        Err(reason) => failed(reason),
    }
}
