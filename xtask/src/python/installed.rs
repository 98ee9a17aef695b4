//! The wheel of this machine as its users have it: installed, with no sources near.

use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use super::{binding, copy, empty, folder, wheel, PACKAGES};
use crate::process::{self, command, Count, Outcome};
use crate::{native, tools};

/// The tests that are run with what is installed. Faults and other parties are nothing to a package.
const TESTS: &[&str] = &[
    "vectors",
    "test_values.py",
    "test_command_line.py",
    "test_memory.py",
    "test_guide.py",
    "test_client.py",
    "e2e/test_story.py",
];
/// Versions of Python in which the wheel is tried where they are on the machine, beside the one that the
/// tasks use.
const OTHERS: &[&str] = &[
    "python3.9",
    "python3.10",
    "python3.12",
    "python3.13",
    "python3.14",
];

fn place() -> PathBuf {
    folder().join("installed")
}

/// An environment with the wheel in it, and nothing else; returns its interpreter.
fn environment(python: &str, wheel: &Path) -> Outcome<PathBuf> {
    let environment = place().join(python);
    process::run(command(python, &["-m", "venv"]).arg(&environment))?;
    let interpreter = environment.join("bin/python");
    let mut install = command(&interpreter, &["-m", "pip", "install", "--quiet"]);
    install.args(["--no-index", "--no-deps", "--disable-pip-version-check"]);
    // Else one of the same version that is there from before would stay.
    install.arg("--force-reinstall");
    process::run(install.arg(wheel))?;
    Ok(interpreter)
}

/// A command in a folder that has the users' programs in it alone.
fn outside(program: &Path, arguments: &[&str]) -> Command {
    let mut command = command(program, arguments);
    command
        .current_dir(place().join("work"))
        .env_remove("PYTHONPATH")
        .env_remove("MYPYPATH")
        .env("PYTHONDONTWRITEBYTECODE", "1");
    command
}

/// Whether an interpreter is there and starts.
fn starts(python: &str) -> bool {
    let mut start = Command::new(python);
    start.args(["-c", "import venv, ensurepip"]);
    let start = start.stdout(Stdio::null()).stderr(Stdio::null()).status();
    start.is_ok_and(|status| status.success())
}

/// Where the packages of an environment are.
pub(super) fn packages(interpreter: &Path) -> Outcome<PathBuf> {
    let find = "import sysconfig; print(sysconfig.get_path('purelib'))";
    let found = process::read(&mut command(interpreter, &["-c", find]))?;
    Ok(PathBuf::from(found.trim()))
}

/// The suite `wheel`.
pub(crate) fn suite() -> (Count, Outcome) {
    tests().unwrap_or_else(|reason| (Count::default(), Err(reason)))
}

/// Makes the wheel, installs it and tests what is installed; the checks count as one test.
fn tests() -> Outcome<(Count, Outcome)> {
    let made = wheel::make_all(&[native::host()?])?;
    let wheel = made.first().ok_or("no wheel was made")?;
    empty(&place().join("work"))?;
    for program in ["consumer.py", "refused.py"] {
        copy(
            &binding().join("tests").join(program),
            &place().join("work"),
        )?;
    }
    let tools = tools::python("python", PACKAGES)?;
    let python = environment("python3", wheel)?;
    let checked = check(&tools, &python).and_then(|()| {
        let others = OTHERS.iter().filter(|other| starts(other));
        others.into_iter().try_for_each(|other| {
            println!("the wheel in {other}");
            used(&environment(other, wheel)?)
        })
    });
    let configuration = binding().join("pyproject.toml");
    let mut test = outside(&python, &["-m", "pytest", "-c"]);
    test.arg(configuration).arg("--rootdir").arg(binding());
    test.args(TESTS.iter().map(|test| binding().join("tests").join(test)));
    test.env("PYTHONPATH", packages(&tools)?).env(
        super::client::SANDBOX,
        native::program("skifteportal-sandbox"),
    );
    let (mut count, tested) = process::test(&mut test);
    count += Count {
        passed: u64::from(checked.is_ok()),
        failed: u64::from(checked.is_err()),
    };
    Ok((count, checked.and(tested)))
}

/// A user's program and the command line.
fn used(python: &Path) -> Outcome {
    process::run(&mut outside(python, &["consumer.py"]))?;
    let explain = ["-m", "skifteportal", "explain", "doedsbo.f18"];
    process::run(outside(python, &explain).stdout(Stdio::null()))
}

/// That, and what type checkers see of the package: a right program, a wrong one, and the stubs.
fn check(tools: &Path, python: &Path) -> Outcome {
    used(python)?;
    let mut types = outside(tools, &["-m", "mypy", "--config-file"]);
    types
        .arg(binding().join("pyproject.toml"))
        .arg("--cache-dir")
        .arg(folder().join("mypy-installed"))
        .arg("--python-executable")
        .arg(python)
        .args(["consumer.py", "refused.py"]);
    process::run(&mut types)?;
    let mut stubs = outside(python, &["-m", "mypy.stubtest", "skifteportal._native"]);
    process::run(stubs.env("PYTHONPATH", packages(tools)?))
}
