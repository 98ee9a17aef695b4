//! The client for Python: end to end with the sandbox, with a real Keycloak, and the demo.

use std::path::{Path, PathBuf};

use super::{prepare, tool, PACKAGES};
use crate::process::{self, command, root, Count, Outcome};
use crate::{keycloak, native, tools};

/// The variable by which tests are told where the sandbox is.
pub(super) const SANDBOX: &str = "SKIFTEPORTAL_SANDBOX";

/// The environment in which the package is tested, with the package where its tests take it from.
fn ready() -> Outcome<PathBuf> {
    prepare()?;
    tools::python("python", PACKAGES)
}

fn run(tests: &[&str], variables: &[(&str, PathBuf)]) -> (Count, Outcome) {
    let python = match ready() {
        Ok(python) => python,
        Err(reason) => return (Count::default(), Err(reason)),
    };
    let mut pytest = tool(&python, &["pytest"]);
    pytest
        .args(tests)
        .env(SANDBOX, native::program("skifteportal-sandbox"));
    for (name, value) in variables {
        pytest.env(name, value);
    }
    process::test(&mut pytest)
}

/// What the example is held to; a program needs no documentation of each function.
fn lint_example(python: &Path) -> Outcome {
    let example = root().join("examples/python");
    let ruff = ["ruff", "format", "--check", "--quiet", "--no-cache"];
    let checks = [
        &["ruff", "check", "--quiet", "--no-cache"][..],
        &["--config", "pyproject.toml", "--ignore", "D,S101,PLR2004"],
    ];
    process::run(
        tool(python, &ruff)
            .args(["--config", "pyproject.toml"])
            .arg(&example),
    )?;
    process::run(tool(python, &checks.concat()).arg(&example))?;
    process::run(tool(python, &["mypy"]).arg(&example))
}

/// The suite `python-e2e`.
pub(crate) fn end_to_end() -> (Count, Outcome) {
    run(&["tests/e2e", "-m", "not keycloak"], &[])
}

/// The suite `keycloak-python`.
pub(crate) fn keycloak() -> (Count, Outcome) {
    match keycloak::settings() {
        Ok(settings) => run(
            &["tests/e2e", "-m", "keycloak"],
            &[(keycloak::VARIABLE, settings)],
        ),
        Err(reason) => (Count::default(), Err(reason)),
    }
}

/// The demo's host over the configuration of a sandbox that runs.
pub(crate) fn demo(settings: &Path) -> Outcome {
    let python = ready()?;
    lint_example(&python)?;
    let story = root().join("examples/python/story.py");
    let mut host = command(python, &[tools::text(&story)?, "demo"]);
    process::run(host.arg(settings).env("PYTHONPATH", super::staged()))
}
