//! The binding for Python: its generated sources, its native module, its tests.

pub(crate) mod bench;
pub(crate) mod client;
pub(crate) mod installed;
pub(crate) mod wheel;
mod windows;

use std::env::consts::{DLL_PREFIX, DLL_SUFFIX};
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use crate::process::{self, cargo, command, root, target, Count, Outcome};
use crate::{bindgen, native, tools};

/// What tests the package; each of a version that runs on Python 3.9.
const PACKAGES: &[&str] = &[
    "pytest==8.4.2",
    "mypy==1.18.2",
    "ruff==0.14.5",
    "httpx==0.28.1",
    "anyio==4.11.0",
    "requests==2.32.5",
    "urllib3==2.5.0",
    "types-requests==2.32.4.20250913",
];

/// The file of the native module, which one build makes for all versions of Python.
const MODULE: &str = if cfg!(windows) {
    "_native.pyd"
} else {
    "_native.abi3.so"
};

/// The binding's own folder.
fn binding() -> PathBuf {
    root().join("bindings-python")
}

fn folder() -> PathBuf {
    target().join("python")
}

/// What the generator writes.
fn generated() -> PathBuf {
    folder().join("generated")
}

/// Where sources, what is generated and the native module lie together, as in the package.
fn staged() -> PathBuf {
    folder().join("package")
}

fn empty(folder: &Path) -> Outcome {
    if folder.exists() {
        fs::remove_dir_all(folder).map_err(|e| format!("{}: {e}", folder.display()))?;
    }
    fs::create_dir_all(folder).map_err(|e| format!("{}: {e}", folder.display()))
}

fn copy(file: &Path, into: &Path) -> Outcome {
    let name = file.file_name().unwrap_or_default();
    fs::copy(file, into.join(name))
        .map(drop)
        .map_err(|e| format!("{}: {e}", file.display()))
}

/// Copies the modules of a folder, and those of the folders in it.
fn copy_modules(from: &Path, into: &Path) -> Outcome {
    fs::create_dir_all(into).map_err(|e| format!("{}: {e}", into.display()))?;
    let listed = fs::read_dir(from).map_err(|e| format!("{}: {e}", from.display()))?;
    for entry in listed {
        let path = entry
            .map_err(|e| format!("{}: {e}", from.display()))?
            .path();
        let name = path.file_name().unwrap_or_default();
        if path.is_file() {
            copy(&path, into)?;
        } else if name != "__pycache__" {
            copy_modules(&path, &into.join(name))?;
        }
    }
    Ok(())
}

/// Writes what is generated.
fn generate() -> Outcome {
    native::build(&[])?;
    bindgen::generate("python", &native::library()?, &generated())
}

/// Brings what is written by hand and what is generated together.
fn bring_together(modules: &Path) -> Outcome {
    empty(modules)?;
    copy_modules(&binding().join("python/skifteportal"), modules)?;
    for file in ["_model.py", "_operations.py", "_native.pyi"] {
        copy(&generated().join(file), modules)?;
    }
    Ok(())
}

/// Builds the native module, and brings it together with the rest.
fn prepare() -> Outcome {
    generate()?;
    // The same packages as before, so that of all that was built this one alone is built again.
    process::run(with_glue(&mut native::together("build")))?;
    let modules = staged().join("skifteportal");
    bring_together(&modules)?;
    let library = format!("{DLL_PREFIX}_native{DLL_SUFFIX}");
    let (from, to) = (target().join("debug").join(library), modules.join(MODULE));
    fs::copy(&from, to)
        .map(drop)
        .map_err(|e| format!("{}: {e}", from.display()))
}

/// Without what this says, the crate is empty: the generator comes before it.
fn with_glue(command: &mut Command) -> &mut Command {
    command.env("SKIFTEPORTAL_PYTHON_GENERATED", generated())
}

/// A tool of the environment in which the package is tested, in the binding's folder.
fn tool(python: &Path, arguments: &[&str]) -> Command {
    let mut tool = command(python, &["-m"]);
    tool.args(arguments)
        .current_dir(binding())
        .env("PYTHONPATH", staged())
        .env("MYPYPATH", staged())
        .env("MYPY_CACHE_DIR", folder().join("mypy"))
        .env("PYTHONDONTWRITEBYTECODE", "1");
    tool
}

/// What the sources are held to.
fn lint(python: &Path) -> Outcome {
    let handwritten = ["python", "tests"];
    process::run(
        tool(
            python,
            &["ruff", "format", "--check", "--quiet", "--no-cache"],
        )
        .args(handwritten),
    )?;
    let mut check = tool(python, &["ruff", "check", "--quiet", "--no-cache"]);
    check.args(["--config", "pyproject.toml"]).args(handwritten);
    process::run(check.arg(staged()))?;
    // As the suite `lint` does it, which does not see the glue.
    let clippy = [
        "clippy",
        "--quiet",
        "--workspace",
        "--all-targets",
        "--",
        "-D",
        "warnings",
    ];
    process::run(with_glue(&mut cargo(&clippy)))?;
    process::run(&mut tool(python, &["mypy", "-p", "skifteportal"]))?;
    process::run(&mut tool(python, &["mypy", "tests"]))?;
    let guide = folder().join("guide");
    empty(&guide)?;
    process::run(tool(python, &["tests.guide"]).arg(&guide))?;
    process::run(tool(python, &["mypy"]).arg(&guide))?;
    process::run(&mut tool(
        python,
        &["mypy.stubtest", "skifteportal._native"],
    ))
}

/// The suite: lints and types count as one test.
pub(crate) fn suite() -> (Count, Outcome) {
    let set_up = || {
        prepare()?;
        tools::python("python", PACKAGES)
    };
    let python = match set_up() {
        Ok(python) => python,
        Err(reason) => return (Count::default(), Err(reason)),
    };
    let linted = lint(&python);
    let alone = ["pytest", "tests", "--ignore", "tests/e2e"];
    let (mut count, tested) = process::test(&mut tool(&python, &alone));
    count += Count {
        passed: u64::from(linted.is_ok()),
        failed: u64::from(linted.is_err()),
    };
    (count, linted.and(tested))
}
