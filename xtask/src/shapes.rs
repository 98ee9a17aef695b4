//! The crate of every type shape, carried to other languages and back.

use std::fs;
use std::path::{Path, PathBuf};

use crate::process::{self, cargo, root, target, Count, Outcome};
use crate::{bindgen, dotnet};

/// Builds the library, and copies it to where nothing builds over it.
fn library(folder: &Path, features: &[&str]) -> Outcome<PathBuf> {
    let mut build = cargo(&["build", "--quiet", "-p", "skifteportal-bindgen-shapes"]);
    process::run(build.args(features))?;
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
    let altered = library(&folder.join("altered"), &["--features", "altered"])?;
    let native = library(&folder.join("native"), &[])?;
    let generated = folder.join("csharp");
    fs::create_dir_all(&generated).map_err(|e| format!("{}: {e}", generated.display()))?;
    bindgen::generate("csharp", &native, &generated)?;
    let dotnet = dotnet::Dotnet::set_up()?
        .with("ShapesGenerated", &generated)
        .with("ShapesNative", &native)
        .with("SHAPES_ALTERED", &altered)
        // The library panics on purpose here.
        .with("RUST_BACKTRACE", "0");
    let project = root().join("bindings-ffi/bindgen/shapes/csharp/Shapes.Tests");
    dotnet.build(&project)?;
    Ok(dotnet.run_tests(&dotnet::output(&project, "Shapes.Tests.dll")))
}
