//! The binding for .NET: its generated sources, its tests, its package.

mod framework;
pub(crate) mod parties;
pub(crate) mod windows;

use std::fs;
use std::path::{Path, PathBuf};

use crate::dotnet::{self, Dotnet};
use crate::native::{self, Built};
use crate::platform::Platform;
use crate::process::{self, command, root, target, Count, Outcome};
use crate::{bindgen, tools};

fn folder() -> PathBuf {
    target().join("csharp")
}

/// The native libraries by platform, as they lie in the package.
fn staged() -> PathBuf {
    folder().join("native")
}

/// Where the package can be had by a project that uses it.
fn feed() -> PathBuf {
    folder().join("feed")
}

fn project(name: &str) -> PathBuf {
    root().join("bindings-ffi/csharp").join(name)
}

fn empty(folder: &Path) -> Outcome {
    if folder.exists() {
        fs::remove_dir_all(folder).map_err(|e| format!("{}: {e}", folder.display()))?;
    }
    fs::create_dir_all(folder).map_err(|e| format!("{}: {e}", folder.display()))
}

/// Puts libraries where the package takes them from.
fn stage(libraries: &[Built]) -> Outcome {
    native::stage(libraries, &staged(), |platform| {
        Path::new(platform.rid).join("native")
    })
}

/// Builds what the tests need, and writes the C# that calls the library.
fn generate() -> Outcome {
    native::build(&[])?;
    bindgen::generate("csharp", &native::library()?, &folder().join("generated"))
}

/// .NET, with what the projects of the binding ask for.
fn dotnet() -> Outcome<Dotnet> {
    // Certificate stores of the tests are not those of whoever runs them.
    let home = folder().join("home");
    fs::create_dir_all(&home).map_err(|e| format!("{}: {e}", home.display()))?;
    Ok(Dotnet::set_up()?
        .with("HOME", home)
        .with("SkifteportalGenerated", folder().join("generated"))
        .with("SkifteportalNative", staged())
        .with("SkifteportalVersion", env!("CARGO_PKG_VERSION"))
        .with("SKIFTEPORTAL_WORKSPACE", root())
        .with(
            "SKIFTEPORTAL_SANDBOX",
            native::program("skifteportal-sandbox"),
        ))
}

fn prepare() -> Outcome<Dotnet> {
    generate()?;
    stage(&native::built_for_tests()?)?;
    dotnet()
}

/// Builds the program of the tests.
fn build_tests() -> Outcome<(Dotnet, PathBuf)> {
    let dotnet = prepare()?.with("SkifteportalHostNative", native::library()?);
    dotnet.build(&project("Tests"))?;
    let program = dotnet::output(Path::new("Skifteportal.Tests"), "Skifteportal.Tests.dll");
    Ok((dotnet, program))
}

/// The suite: vectors, end to end, many threads, and a project that takes the package as its users do.
pub(crate) fn suite() -> (Count, Outcome) {
    let tested = || -> Outcome<(Count, Outcome)> {
        let (dotnet, program) = build_tests()?;
        Ok(dotnet.run_tests(&program))
    };
    let (mut count, own) = match tested() {
        Ok(tested) => tested,
        Err(reason) => return (Count::default(), Err(reason)),
    };
    match own.and_then(|()| installed()) {
        Ok((users, outcome)) => {
            count += users;
            (count, outcome)
        }
        Err(reason) => (count, Err(reason)),
    }
}

/// Packs, looks into the package, and runs a project that has nothing but it.
fn installed() -> Outcome<(Count, Outcome)> {
    let dotnet = dotnet()?;
    let package = pack(&dotnet)?;
    verify(&package, &native::built_for_tests()?)?;
    forget(&dotnet)?;
    consume(&dotnet)
}

fn pack(dotnet: &Dotnet) -> Outcome<PathBuf> {
    empty(&feed())?;
    dotnet.pack(&project("Skifteportal"), &feed())?;
    dotnet.pack(&project("Testing"), &feed())?;
    Ok(feed().join(format!("Skifteportal.{}.nupkg", env!("CARGO_PKG_VERSION"))))
}

/// A package of the same version is never looked at again.
fn forget(dotnet: &Dotnet) -> Outcome {
    for old in [
        dotnet.packages().join("skifteportal"),
        dotnet.packages().join("skifteportal.testing"),
        target().join("dotnet/Framework"),
        target().join("dotnet/Consumer"),
        target().join("dotnet/Example"),
        target().join("dotnet/Bench"),
    ] {
        if old.exists() {
            fs::remove_dir_all(&old).map_err(|e| format!("{}: {e}", old.display()))?;
        }
    }
    Ok(())
}

/// Whether a package holds all that its users need.
fn verify(package: &Path, libraries: &[Built]) -> Outcome {
    let mut list = command("python3", &["-m", "zipfile", "-l", tools::text(package)?]);
    let listed = process::read(&mut list)?;
    let mut wanted: Vec<String> = [
        "Skifteportal.nuspec",
        "README.md",
        "LICENSE-MIT",
        "LICENSE-APACHE",
        "lib/netstandard2.0/Skifteportal.dll",
        "lib/netstandard2.0/Skifteportal.xml",
        "build/net472/Skifteportal.targets",
        "buildTransitive/net472/Skifteportal.targets",
    ]
    .map(ToOwned::to_owned)
    .to_vec();
    for (platform, _) in libraries {
        wanted.push(format!(
            "runtimes/{}/native/{}",
            platform.rid,
            platform.file()
        ));
    }
    for entry in wanted {
        let holds = |line: &str| line.split_whitespace().next() == Some(entry.as_str());
        if !listed.lines().any(holds) {
            return Err(format!("{entry} is not in {}", package.display()));
        }
    }
    let symbols = package.with_extension("snupkg");
    if !symbols.exists() {
        return Err(format!("{} was not made", symbols.display()));
    }
    Ok(())
}

/// `cargo xtask package csharp [--host-only]`
pub(crate) fn package(arguments: &[&str]) -> Outcome {
    let (_, package) = publish(&native::chosen(arguments)?)?;
    let version = env!("CARGO_PKG_VERSION");
    let testing = feed().join(format!("Skifteportal.Testing.{version}.nupkg"));
    println!("{}\n{}", testing.display(), package.display());
    Ok(())
}

/// Puts the package where projects take it from, with libraries as packages hold them.
pub(crate) fn publish(platforms: &[&'static Platform]) -> Outcome<(Dotnet, PathBuf)> {
    generate()?;
    let libraries = native::built_for(platforms)?;
    stage(&libraries)?;
    let dotnet = dotnet()?;
    let package = pack(&dotnet)?;
    verify(&package, &libraries)?;
    forget(&dotnet)?;
    Ok((dotnet, package))
}

/// Makes the package with the libraries of all platforms, and runs projects that have nothing but
/// it: for .NET, and for .NET Framework.
pub(crate) fn for_all_platforms() -> Outcome<(Count, Outcome)> {
    let (dotnet, _) = publish(&native::chosen(&[])?)?;
    let (mut count, consumed) = consume(&dotnet)?;
    let (on_mono, ran) = framework::consume(&dotnet)?;
    count += on_mono;
    Ok((count, consumed.and(ran)))
}

/// Runs a project that takes the package as its users do.
fn consume(dotnet: &Dotnet) -> Outcome<(Count, Outcome)> {
    dotnet.build(&project("Consumer"))?;
    Ok(dotnet.run_tests(&dotnet::output(Path::new("Consumer"), "Consumer.dll")))
}

/// The demo's host, over the configuration of a sandbox that runs: it has the package, as users do.
pub(crate) fn demo(settings: &Path) -> Outcome {
    let dotnet = prepare()?;
    pack(&dotnet)?;
    forget(&dotnet)?;
    dotnet.build(&root().join("examples/csharp"))?;
    let program = dotnet::output(Path::new("Example"), "Example.dll");
    let arguments = [tools::text(&program)?, "demo", tools::text(settings)?];
    process::run(&mut dotnet.command(&arguments))
}
