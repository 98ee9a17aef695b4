//! The binding for .NET: its generated sources, its tests, its package.

pub(crate) mod framework;
pub(crate) mod parties;
pub(crate) mod windows;

use std::fs;
use std::path::{Path, PathBuf};

use crate::dotnet::{self, Dotnet};
use crate::platform::{self, Platform};
use crate::process::{self, cargo, command, root, target, Count, Outcome};
use crate::{bindgen, tools};

fn folder() -> PathBuf {
    target().join("csharp")
}

/// The native libraries by platform, as they lie in the package.
fn native() -> PathBuf {
    folder().join("native")
}

/// Where the package can be had by a project that uses it.
fn feed() -> PathBuf {
    folder().join("feed")
}

fn project(name: &str) -> PathBuf {
    root().join("bindings-ffi/csharp").join(name)
}

fn host() -> Outcome<&'static Platform> {
    Platform::host()
        .ok_or_else(|| "no package holds a library for the platform of this machine".to_owned())
}

/// The library as the tests' builds make it.
fn library() -> Outcome<PathBuf> {
    Ok(target().join("debug").join(host()?.file()))
}

fn empty(folder: &Path) -> Outcome {
    if folder.exists() {
        fs::remove_dir_all(folder).map_err(|e| format!("{}: {e}", folder.display()))?;
    }
    fs::create_dir_all(folder).map_err(|e| format!("{}: {e}", folder.display()))
}

/// Puts libraries, and no others, where the package takes them from.
fn stage(libraries: &[(&Platform, PathBuf)]) -> Outcome {
    empty(&native())?;
    for (platform, library) in libraries {
        let folder = native().join(platform.rid).join("native");
        fs::create_dir_all(&folder).map_err(|e| format!("{}: {e}", folder.display()))?;
        fs::copy(library, folder.join(platform.file()))
            .map_err(|e| format!("{}: {e}", library.display()))?;
    }
    Ok(())
}

/// Builds the library for this machine, and writes the C# that calls it.
fn generate() -> Outcome {
    process::run(&mut cargo(&["build", "--quiet", "-p", platform::PACKAGE]))?;
    let out = folder().join("generated");
    fs::create_dir_all(&out).map_err(|e| format!("{}: {e}", out.display()))?;
    bindgen::generate("csharp", &library()?, &out)
}

/// .NET, with what the projects of the binding ask for.
fn dotnet() -> Outcome<Dotnet> {
    // Certificate stores of the tests are not those of whoever runs them.
    let home = folder().join("home");
    fs::create_dir_all(&home).map_err(|e| format!("{}: {e}", home.display()))?;
    Ok(Dotnet::set_up()?
        .with("HOME", home)
        .with("SkifteportalGenerated", folder().join("generated"))
        .with("SkifteportalNative", native())
        .with("SkifteportalVersion", env!("CARGO_PKG_VERSION"))
        .with("SKIFTEPORTAL_WORKSPACE", root())
        .with("SKIFTEPORTAL_SANDBOX", sandbox()))
}

fn sandbox() -> PathBuf {
    let file = format!("skifteportal-sandbox{}", std::env::consts::EXE_SUFFIX);
    target().join("debug").join(file)
}

fn prepare() -> Outcome<Dotnet> {
    generate()?;
    stage(&[(host()?, library()?)])?;
    process::run(&mut cargo(&[
        "build",
        "--quiet",
        "-p",
        "skifteportal-sandbox",
    ]))?;
    dotnet()
}

/// Builds the program of the tests.
fn build_tests() -> Outcome<(Dotnet, PathBuf)> {
    let dotnet = prepare()?.with("SkifteportalHostNative", library()?);
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
    verify(&package, &[host()?])?;
    forget(&dotnet)?;
    dotnet.build(&project("Consumer"))?;
    Ok(dotnet.run_tests(&dotnet::output(Path::new("Consumer"), "Consumer.dll")))
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
fn verify(package: &Path, platforms: &[&Platform]) -> Outcome {
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
    for platform in platforms {
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
    let chosen: Vec<&Platform> = match arguments {
        [] => platform::ALL.iter().collect(),
        ["--host-only"] => vec![host()?],
        _ => return Err("package csharp takes --host-only alone".to_owned()),
    };
    generate()?;
    let libraries = platform::build(platform::PACKAGE, &chosen)?;
    let pairs: Vec<_> = chosen.iter().copied().zip(libraries).collect();
    stage(&pairs)?;
    let dotnet = dotnet()?;
    let package = pack(&dotnet)?;
    verify(&package, &chosen)?;
    println!("{}", package.display());
    Ok(())
}

/// Puts the package where projects take it from, with a library as packages hold it, for this machine
/// alone.
pub(crate) fn publish_host() -> Outcome<Dotnet> {
    generate()?;
    let host = host()?;
    let libraries = platform::build(platform::PACKAGE, &[host])?;
    let pairs: Vec<_> = std::iter::once(host).zip(libraries).collect();
    stage(&pairs)?;
    let dotnet = dotnet()?;
    pack(&dotnet)?;
    forget(&dotnet)?;
    Ok(dotnet)
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
