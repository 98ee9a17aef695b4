//! The project of docs/java.md: what the document shows, run as its readers would, by the jars. Some of
//! its tests need a server or a token of their own, and are suites of their own.

use std::path::PathBuf;

use super::{deploy_for_tests, deploy_testing, in_local_repository, maven, repository};
use crate::keycloak;
use crate::process::{self, command, Count, Outcome};
use crate::softhsm::SoftHsm;

const PROJECT: &str = "bindings-ffi/kotlin/guide/pom.xml";

/// Puts the jars where the project takes them from.
fn install() -> Outcome {
    deploy_for_tests()?;
    deploy_testing()
}

/// Puts the jars into the local repository too, as the document says.
fn install_files() -> Outcome {
    install()?;
    let version = env!("CARGO_PKG_VERSION");
    for artifact in ["skifteportal", "skifteportal-testing"] {
        let folder = repository().join("dk/skifteportal").join(artifact);
        let jar = folder.join(format!("{version}/{artifact}-{version}.jar"));
        let script = "bindings-ffi/kotlin/guide/src/test/resources/install-file.sh";
        let mut install = command("sh", &[script]);
        install.arg(jar).env("MAVEN_OPTS", in_local_repository());
        process::run(&mut install)?;
    }
    Ok(())
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
    match install_files() {
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
