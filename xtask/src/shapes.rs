//! The crate of every type shape, carried to other languages and back.

use std::fs;
use std::path::{Path, PathBuf};

use crate::process::{root, target, Count, Outcome};
use crate::{bindgen, dotnet, native};

/// Builds the library, and copies it to where nothing builds over it.
fn library(folder: &Path, features: &[&str]) -> Outcome<PathBuf> {
    native::build(features)?;
    let name = "libshapes.so";
    let copy = folder.join(name);
    fs::create_dir_all(folder).map_err(|e| format!("{}: {e}", folder.display()))?;
    fs::copy(target().join("debug").join(name), &copy)
        .map_err(|e| format!("{}: {e}", copy.display()))?;
    Ok(copy)
}

/// Generates the C# of the shapes, builds their tests with it and runs them.
pub(crate) fn csharp() -> Outcome<(Count, Outcome)> {
    let folder = target().join("shapes");
    let altered = library(
        &folder.join("altered"),
        &["--features", "skifteportal-bindgen-shapes/altered"],
    )?;
    let plain = library(&folder.join("native"), &[])?;
    let generated = folder.join("csharp");
    bindgen::generate("csharp", &plain, &generated)?;
    let dotnet = dotnet::Dotnet::set_up()?
        .with("ShapesGenerated", &generated)
        .with("ShapesNative", &plain)
        .with("SHAPES_ALTERED", &altered)
        // The library panics on purpose here.
        .with("RUST_BACKTRACE", "0");
    let projects = root().join("bindings-ffi/bindgen/shapes/csharp");
    let tests = projects.join("Shapes.Tests");
    dotnet.build(&tests)?;
    let (mut count, tested) = dotnet.run_tests(&dotnet::output(&tests, "Shapes.Tests.dll"));

    // As a package, which keeps the native library in a folder of its platform.
    dotnet.pack(&projects.join("Shapes"), &folder.join("feed"))?;
    let consumer = projects.join("Shapes.Consumer");
    // What was restored before names the package by its version alone.
    let restored = target().join("dotnet/Shapes.Consumer");
    if restored.exists() {
        fs::remove_dir_all(&restored).map_err(|e| format!("{}: {e}", restored.display()))?;
    }
    dotnet.build(&consumer)?;
    let (found, installed) = dotnet.run_tests(&dotnet::output(&consumer, "Shapes.Consumer.dll"));
    count += found;
    Ok((count, tested.and(installed)))
}
