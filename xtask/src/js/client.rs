//! The client for Node: what its tests need, its STS, and its demo.

use std::path::{Path, PathBuf};
use std::process::Command;

use super::{copy, folder, node, package_folder};
use crate::process::{self, command, root, Count, Outcome};
use crate::{keycloak, native, tools};

/// What the client can send by, if it is there.
const UNDICI: &str = "undici@7.30.2";

/// Tells tests where the sandbox and undici are, and the files that they send.
pub(super) fn equip(test: &mut Command) -> Outcome {
    test.env(
        "SKIFTEPORTAL_SANDBOX",
        native::program("skifteportal-sandbox"),
    )
    .env("SKIFTEPORTAL_EXAMPLES", root().join("examples/rust/data"))
    .env(
        "SKIFTEPORTAL_NODE_MODULES",
        tools::node_packages("undici", &[UNDICI])?,
    );
    Ok(())
}

/// The suite `keycloak-js`.
pub(crate) fn keycloak() -> (Count, Outcome) {
    let tested = || {
        package_folder()?;
        let mut test = node(&["--test"]);
        test.arg(folder().join("test/keycloak.test.mjs"))
            .env(keycloak::VARIABLE, keycloak::settings()?);
        equip(&mut test)?;
        Ok(process::test(&mut test))
    };
    tested().unwrap_or_else(|reason| (Count::default(), Err(reason)))
}

/// The demo's host, over the configuration of a sandbox that runs: it has the package, as users do.
pub(crate) fn demo(settings: &Path) -> Outcome {
    let example = beside(&root().join("examples/node"), "example")?;
    let mut host = command("node", &[]);
    process::run(host.arg(example.join("demo.mjs")).arg("demo").arg(settings))
}

/// Makes the package, and puts a program where Node finds it.
pub(crate) fn beside(program: &Path, name: &str) -> Outcome<PathBuf> {
    package_folder()?;
    let place = folder().join(name);
    copy(program, &place)?;
    Ok(place)
}
