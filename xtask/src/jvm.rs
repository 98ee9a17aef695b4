//! The binding for Java and Kotlin: its generated sources, its Maven build, its package.

pub(crate) mod guide;

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use crate::native::{self, Built};
use crate::platform::Platform;
use crate::process::{self, command, root, target, Count, Outcome};
use crate::stamp::Stamp;
use crate::{bindgen, tools};

/// The binding's own project.
const BINDING: &str = "bindings-ffi/kotlin/pom.xml";
/// The step that puts the jar of the tests where projects take it from.
const DEPLOYED: &str = "jar";
/// What tests of a practice system use.
const TESTING: &str = "bindings-ffi/kotlin/testing/pom.xml";

/// What is made for Maven, and what Maven makes.
fn folder() -> PathBuf {
    target().join("kotlin")
}

/// The native libraries in JNA's folders, as they lie in the jar.
fn staged() -> PathBuf {
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

/// What tells Maven where its downloads are kept.
fn in_local_repository() -> String {
    format!("-Dmaven.repo.local={}", target().join("maven").display())
}

/// Maven over a project, with its downloads kept in `target`.
pub(crate) fn maven(project: &str, arguments: &[&str]) -> Command {
    let mut maven = command("mvn", &["-B", "-ntp", "-f"]);
    maven.arg(root().join(project));
    // Kotlin's daemon would stay for two hours, with gigabytes of memory, after Maven has ended.
    maven.arg("-Dkotlin.compiler.daemon=false");
    maven.arg(in_local_repository());
    maven.args(arguments);
    maven
}

/// Puts libraries where the jar takes them from.
fn stage(libraries: &[Built]) -> Outcome {
    native::stage(libraries, &staged(), |platform| platform.jna.into())
}

/// Builds what the tests need, and writes the Kotlin that calls the library.
fn generate() -> Outcome {
    native::build(&[])?;
    bindgen::generate("kotlin", &native::library()?, &folder().join("generated"))
}

fn prepare() -> Outcome {
    generate()?;
    stage(&native::built_for_tests()?)
}

/// The suite: the tests in Kotlin and in Java, and those of a project that takes the jar as its users do.
pub(crate) fn suite() -> (Count, Outcome) {
    if let Err(reason) = prepare() {
        return (Count::default(), Err(reason));
    }
    let repository = deployed_to();
    Stamp::forget(DEPLOYED);
    let (mut count, own) = process::test(&mut maven(
        BINDING,
        &["deploy", &repository, "-Dmaven.deploy.skip=false"],
    ));
    let deployed = own
        .and_then(|()| forget_old_jar())
        .and_then(|()| made_of()?.set());
    let (users, outcome) = match deployed {
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
    publish(&native::chosen(arguments)?, &["-P", "release"])?;
    let made = |artifact: &str, kind: &str| {
        let version = env!("CARGO_PKG_VERSION");
        let folder = repository().join("dk/skifteportal").join(artifact);
        folder.join(format!("{version}/{artifact}-{version}{kind}.jar"))
    };
    // What tests of a practice system use needs the jar to be built.
    deploy(TESTING, &[])?;
    let jars = [
        made("skifteportal-testing", ""),
        made("skifteportal", "-sources"),
        made("skifteportal", "-javadoc"),
        made("skifteportal", ""),
    ];
    for jar in jars {
        if !jar.is_file() {
            return Err(format!("{} was not made", jar.display()));
        }
        println!("{}", jar.display());
    }
    Ok(())
}

/// Puts the jar where projects take it from, with libraries as packages hold them.
pub(crate) fn publish(platforms: &[&'static Platform], options: &[&str]) -> Outcome {
    generate()?;
    let libraries = native::built_for(platforms)?;
    stage(&libraries)?;
    Stamp::forget(DEPLOYED);
    deploy(BINDING, options)?;
    let jar = folder().join(format!(
        "maven/skifteportal-{}.jar",
        env!("CARGO_PKG_VERSION")
    ));
    let listed = process::read(&mut command(
        "jar",
        &["--list", "--file", tools::text(&jar)?],
    ))?;
    for (platform, _) in &libraries {
        let entry = format!("{}/{}", platform.jna, platform.file());
        if !listed.lines().any(|line| line == entry) {
            return Err(format!("{entry} is not in the jar"));
        }
    }
    Ok(())
}

/// Makes the jars with the libraries of all platforms, and runs a project that has nothing but them.
pub(crate) fn for_all_platforms() -> Outcome<(Count, Outcome)> {
    package(&[])?;
    Ok(process::test(&mut consumer()))
}

/// What the jar that holds the tests' library is made of.
fn made_of() -> Outcome<Stamp> {
    Stamp::of(DEPLOYED, &inputs()?)
}

fn inputs() -> Outcome<Vec<PathBuf>> {
    let project = root().join("bindings-ffi/kotlin");
    Ok(vec![
        project.join("pom.xml"),
        project.join("src/main"),
        folder().join("generated"),
        native::library()?,
    ])
}

/// Puts the jar that holds the tests' library where projects take it from, unless it is there.
fn deploy_for_tests() -> Outcome {
    prepare()?;
    unless(&made_of()?, BINDING)
}

/// Puts the jar of what tests of a practice system use there too.
fn deploy_testing() -> Outcome {
    let project = root().join("bindings-ffi/kotlin/testing");
    let mut inputs = inputs()?;
    inputs.extend([project.join("pom.xml"), project.join("src")]);
    unless(&Stamp::of("testing-jar", &inputs)?, TESTING)
}

fn unless(done: &Stamp, project: &str) -> Outcome {
    if done.holds() {
        return Ok(());
    }
    deploy(project, &[])?;
    done.set()
}

/// Builds a project, without its tests, and puts its jar where others take it from.
fn deploy(project: &str, options: &[&str]) -> Outcome {
    let mut deploy = maven(project, &["-q", "deploy", "-DskipTests", &deployed_to()]);
    process::run(deploy.args(options))?;
    forget_old_jar()
}

/// The demo's host in one of the two languages, over the configuration of a sandbox that runs.
pub(crate) fn demo(language: &str, settings: &Path) -> Outcome {
    deploy_for_tests()?;
    let pom = format!("examples/{language}/pom.xml");
    let settings = format!("-Dexec.args=demo {}", tools::text(settings)?);
    process::run(&mut maven(&pom, &["-q", "compile", "exec:java", &settings]))
}
