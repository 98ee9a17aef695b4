//! The native library of this machine, and the programs that a binding's tests need with it.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use crate::platform::{self, Platform};
use crate::process::{self, cargo, target, Outcome};

/// Built together wherever one of them is needed: cargo compiles what they stand on anew for each choice of
/// packages whose features differ.
const TOGETHER: [&str; 5] = [
    platform::PACKAGE,
    "skifteportal-bindgen",
    "skifteportal-bindgen-shapes",
    "skifteportal-python",
    "skifteportal-sandbox",
];

/// Builds them as the tests use them.
pub(crate) fn build(features: &[&str]) -> Outcome {
    process::run(together("build").args(features))
}

/// A cargo command over all of them.
pub(crate) fn together(verb: &str) -> Command {
    let mut command = cargo(&[verb, "--quiet"]);
    for package in TOGETHER {
        command.args(["-p", package]);
    }
    command
}

/// A program that was built.
pub(crate) fn program(name: &str) -> PathBuf {
    target()
        .join("debug")
        .join(format!("{name}{}", std::env::consts::EXE_SUFFIX))
}

/// Builds a program of a package as it is used: optimised.
pub(crate) fn optimised(package: &str, name: &str) -> Outcome<PathBuf> {
    process::run(&mut cargo(&[
        "build",
        "--quiet",
        "--release",
        "-p",
        package,
    ]))?;
    let file = format!("{name}{}", std::env::consts::EXE_SUFFIX);
    Ok(target().join("release").join(file))
}

/// The platform of this machine.
pub(crate) fn host() -> Outcome<&'static Platform> {
    Platform::host()
        .ok_or_else(|| "no package holds a library for the platform of this machine".to_owned())
}

/// The library that was built.
pub(crate) fn library() -> Outcome<PathBuf> {
    Ok(target().join("debug").join(host()?.file()))
}

/// The platforms that a task which makes a package was asked for.
pub(crate) fn chosen(arguments: &[&str]) -> Outcome<Vec<&'static Platform>> {
    match arguments {
        [] => Ok(platform::ALL.iter().collect()),
        ["--host-only"] => Ok(vec![host()?]),
        _ => Err("a package takes --host-only alone".to_owned()),
    }
}

/// A platform, and its library.
pub(crate) type Built = (&'static Platform, PathBuf);

/// Builds the libraries of platforms as packages hold them.
pub(crate) fn built_for(platforms: &[&'static Platform]) -> Outcome<Vec<Built>> {
    let libraries = platform::build(platform::PACKAGE, platforms)?;
    Ok(platforms.iter().copied().zip(libraries).collect())
}

/// The library of this machine as the tests use it.
pub(crate) fn built_for_tests() -> Outcome<Vec<Built>> {
    Ok(vec![(host()?, library()?)])
}

/// Puts libraries, and no others, where a package takes them from.
pub(crate) fn stage(
    libraries: &[Built],
    into: &Path,
    place: impl Fn(&Platform) -> PathBuf,
) -> Outcome {
    if into.exists() {
        fs::remove_dir_all(into).map_err(|e| format!("{}: {e}", into.display()))?;
    }
    for (platform, library) in libraries {
        let folder = into.join(place(platform));
        fs::create_dir_all(&folder).map_err(|e| format!("{}: {e}", folder.display()))?;
        fs::copy(library, folder.join(platform.file()))
            .map_err(|e| format!("{}: {e}", library.display()))?;
    }
    Ok(())
}
