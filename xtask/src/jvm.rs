//! The binding for Java and Kotlin: its generated sources, its Maven build, its package.

pub(crate) mod guide;

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use crate::platform::{self, Platform};
use crate::process::{self, cargo, command, root, target, Count, Outcome};
use crate::tools;

/// What is made for Maven, and what Maven makes.
fn folder() -> PathBuf {
    target().join("kotlin")
}

/// The native libraries in JNA's folders, as they lie in the jar.
fn native() -> PathBuf {
    folder().join("native")
}

/// Where the jar can be had by a project that uses it.
fn repository() -> PathBuf {
    folder().join("repository")
}

/// What tells Maven to put it there.
fn deployed_to() -> String {
    format!(
        "-DaltDeploymentRepository=local::file://{}",
        repository().display()
    )
}

fn host() -> Outcome<&'static Platform> {
    Platform::host()
        .ok_or_else(|| "no jar holds a library for the platform of this machine".to_owned())
}

/// The library as the tests' builds make it.
fn library() -> Outcome<PathBuf> {
    Ok(target().join("debug").join(host()?.file()))
}

/// Maven over a project, with its downloads kept in `target`.
pub(crate) fn maven(project: &str, arguments: &[&str]) -> Command {
    let mut maven = command("mvn", &["-B", "-ntp", "-f"]);
    maven.arg(root().join(project));
    // Kotlin's daemon would stay for two hours, with gigabytes of memory, after Maven has ended.
    maven.arg("-Dkotlin.compiler.daemon=false");
    maven.arg(format!(
        "-Dmaven.repo.local={}",
        target().join("maven").display()
    ));
    maven.args(arguments);
    maven
}

/// Puts libraries, and no others, where the jar takes them from.
fn stage(libraries: &[(&Platform, PathBuf)]) -> Outcome {
    let native = native();
    if native.exists() {
        fs::remove_dir_all(&native).map_err(|e| format!("{}: {e}", native.display()))?;
    }
    for (platform, library) in libraries {
        let folder = native.join(platform.jna);
        fs::create_dir_all(&folder).map_err(|e| format!("{}: {e}", folder.display()))?;
        let copy = folder.join(platform.file());
        fs::copy(library, &copy).map_err(|e| format!("{}: {e}", library.display()))?;
    }
    Ok(())
}

/// Builds what all that follows needs, at once: cargo builds crates anew for each choice of packages
/// whose features differ. Then writes the Kotlin that calls the library.
fn prepare() -> Outcome {
    let packages = [
        platform::PACKAGE,
        "skifteportal-bindgen",
        "skifteportal-sandbox",
    ];
    let mut build = cargo(&["build", "--quiet"]);
    for package in packages {
        build.args(["-p", package]);
    }
    process::run(&mut build)?;
    let generator = format!("skifteportal-bindgen{}", std::env::consts::EXE_SUFFIX);
    let mut generate = command(
        target().join("debug").join(generator),
        &["kotlin", "--library"],
    );
    generate
        .arg(library()?)
        .arg("--out")
        .arg(folder().join("generated"));
    process::run(&mut generate)?;
    stage(&[(host()?, library()?)])
}

/// The suite: the tests in Kotlin and in Java, and those of a project that takes the jar as its users do.
pub(crate) fn suite() -> (Count, Outcome) {
    if let Err(reason) = prepare() {
        return (Count::default(), Err(reason));
    }
    let repository = deployed_to();
    let (mut count, own) = process::test(&mut maven(
        "bindings-ffi/kotlin/pom.xml",
        &["deploy", &repository, "-Dmaven.deploy.skip=false"],
    ));
    let (users, outcome) = match own.and_then(|()| forget_old_jar()) {
        Ok(()) => process::test(&mut consumer()),
        Err(reason) => (Count::default(), Err(reason)),
    };
    count += users;
    (count, outcome)
}

/// Maven never asks again for a version that it has, though each run makes it anew.
fn forget_old_jar() -> Outcome {
    let kept = target().join("maven/dk/skifteportal");
    if kept.exists() {
        fs::remove_dir_all(&kept).map_err(|e| format!("{}: {e}", kept.display()))?;
    }
    Ok(())
}

fn consumer() -> Command {
    maven("bindings-ffi/kotlin/consumer/pom.xml", &["clean", "test"])
}

/// `cargo xtask package kotlin [--host-only]`
pub(crate) fn package(arguments: &[&str]) -> Outcome {
    let chosen: Vec<&Platform> = match arguments {
        [] => platform::ALL.iter().collect(),
        ["--host-only"] => vec![host()?],
        _ => return Err("package kotlin takes --host-only alone".to_owned()),
    };
    prepare()?;
    let libraries = platform::build(platform::PACKAGE, &chosen)?;
    let pairs: Vec<_> = chosen.into_iter().zip(libraries).collect();
    stage(&pairs)?;
    process::run(&mut maven(
        "bindings-ffi/kotlin/pom.xml",
        &["clean", "package", "-P", "release", "-DskipTests"],
    ))?;
    let jar = folder().join("maven/skifteportal-0.1.0.jar");
    let listed = process::read(&mut command(
        "jar",
        &["--list", "--file", tools::text(&jar)?],
    ))?;
    for (platform, _) in &pairs {
        let entry = format!("{}/{}", platform.jna, platform.file());
        if !listed.lines().any(|line| line == entry) {
            return Err(format!("{entry} is not in the jar"));
        }
    }
    println!("{}", jar.display());
    Ok(())
}

/// Puts the jar where projects take it from, with a library as packages hold it, for this machine alone.
pub(crate) fn publish_host() -> Outcome {
    prepare()?;
    let host = host()?;
    let libraries = platform::build(platform::PACKAGE, &[host])?;
    let pairs: Vec<_> = std::iter::once(host).zip(libraries).collect();
    stage(&pairs)?;
    deploy()
}

fn deploy() -> Outcome {
    let deploy = ["-q", "deploy", "-DskipTests", &deployed_to()];
    process::run(&mut maven("bindings-ffi/kotlin/pom.xml", &deploy))?;
    forget_old_jar()
}

/// The demo's host in one of the two languages, over the configuration of a sandbox that runs.
pub(crate) fn demo(language: &str, settings: &Path) -> Outcome {
    prepare()?;
    deploy()?;
    let pom = format!("examples/{language}/pom.xml");
    let settings = format!("-Dexec.args=demo {}", tools::text(settings)?);
    process::run(&mut maven(&pom, &["-q", "compile", "exec:java", &settings]))
}
