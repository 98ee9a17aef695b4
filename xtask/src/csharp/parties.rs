//! The binding's tests that need a server or a token beside them; each is a suite of its own.

use std::ffi::OsString;
use std::path::PathBuf;

use super::build_tests;
use crate::process::{self, Count, Outcome};
use crate::softhsm::{self, SoftHsm};
use crate::{debian, keycloak, tools};

/// The suite `keycloak-csharp`. It is the last that uses the server.
pub(crate) fn keycloak() -> (Count, Outcome) {
    let tested = keycloak::settings()
        .and_then(|settings| run("KeycloakTests", &[(keycloak::VARIABLE, settings)]));
    keycloak::end();
    tested.unwrap_or_else(failed)
}

/// The suite `hsm-csharp`.
pub(crate) fn hsm() -> (Count, Outcome) {
    let tested = || {
        let token = SoftHsm::set_up("csharp")?;
        run("TokenTests", &with_openssl(token.variables())?)
    };
    tested().unwrap_or_else(failed)
}

/// With what makes a key on a token, and what lets OpenSSL, and so .NET on Linux, use it.
fn with_openssl(token: Vec<(&'static str, PathBuf)>) -> Outcome<Vec<(&'static str, PathBuf)>> {
    let root = debian::unpacked("pkcs11", &["libengine-pkcs11-openssl", "opensc"])?;
    let libraries = softhsm::library_folder(&root)?;
    let mut variables = vec![
        ("OPENSSL_ENGINES", libraries.join("engines-3")),
        ("SKIFTEPORTAL_PKCS11_TOOL", root.join("usr/bin/pkcs11-tool")),
    ];
    // The token may have libraries of its own, and one variable names the folders of both.
    let mut path = OsString::from(libraries);
    for (name, value) in token {
        if name == "LD_LIBRARY_PATH" {
            path.push(":");
            path.push(value);
        } else if name == softhsm::MODULE {
            // The engine's name for it.
            variables.push(("PKCS11_MODULE_PATH", value));
        } else {
            variables.push((name, value));
        }
    }
    variables.push(("LD_LIBRARY_PATH", path.into()));
    Ok(variables)
}

fn run(tests: &str, variables: &[(&str, PathBuf)]) -> Outcome<(Count, Outcome)> {
    let (dotnet, program) = build_tests()?;
    let mut command = dotnet.command(&[tools::text(&program)?, tests]);
    for (name, value) in variables {
        command.env(name, value);
    }
    Ok(process::test(&mut command))
}

fn failed(reason: String) -> (Count, Outcome) {
    (Count::default(), Err(reason))
}
