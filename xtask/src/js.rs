//! The binding for JavaScript: its wasm modules, its npm package, and its tests.

mod browser;
pub(crate) mod client;
mod package;

use std::fs;
use std::path::{Path, PathBuf};

use crate::process::{self, cargo, command, root, target, Count, Outcome};
use crate::{bindgen, native, platform, tools};

pub(crate) use browser::suite as in_browsers;
pub(crate) use package::make as package;

/// The wasm modules; each is the crate with the feature of its name.
const MODULES: [&str; 3] = ["whole", "pdf", "check"];

/// What the package is made with.
const TOOLS: [&str; 4] = [
    "@types/node@20.19.43",
    "binaryen@132.0.0",
    "esbuild@0.28.2",
    "typescript@5.9.3",
];

fn folder() -> PathBuf {
    target().join("js")
}

/// `cargo xtask test js`
pub(crate) fn suite() -> (Count, Outcome) {
    let made = package_folder().and_then(|()| types());
    let package = match made.and_then(|()| package::pack()) {
        Ok(package) => package,
        Err(reason) => return (Count::default(), Err(reason)),
    };
    let (mut count, own) = match tests() {
        Ok(mut tests) => process::test(&mut tests),
        Err(reason) => return (Count::default(), Err(reason)),
    };
    let (installed, outcome) = package::installed(&package);
    count += installed;
    (count, own.and(outcome))
}

/// `cargo xtask bench js`
pub(crate) fn bench() -> Outcome {
    package_folder()?;
    let mut ready = command("node", &["bindings-wasm/js/bench/ready.mjs"]);
    process::run(ready.arg(folder().join("node_modules/skifteportal")))
}

/// What must compile does, and what must not does not; what the vectors make the library give is of the types
/// that the package declares; and what is written by hand keeps to them as well.
fn types() -> Outcome {
    let programs = folder().join("test/types");
    let mut values = node(&[]);
    process::run(values.arg(programs.join("faces.mjs")).arg(&programs))?;
    let modules = tools::node_packages("js", &TOOLS)?;
    let projects = [programs, folder().join("src")];
    projects.iter().try_for_each(|project| {
        let mut check = command("node", &[]);
        check.arg(modules.join("typescript/bin/tsc"));
        check.arg("--project").arg(project);
        process::run(check.arg("--typeRoots").arg(modules.join("@types")))
    })
}

/// Node, with what the tests read of the workspace.
fn node(arguments: &[&str]) -> std::process::Command {
    let mut node = command("node", arguments);
    node.env("SKIFTEPORTAL_VECTORS", root().join("tests/vectors"))
        .env("SKIFTEPORTAL_DOCS", root().join("docs"));
    node
}

/// The tests take the package by its name, as its users do.
fn tests() -> Outcome<std::process::Command> {
    let files = [
        "boundary", "client", "guide", "memory", "package", "vectors",
    ]
    .map(|name| folder().join(format!("test/{name}.test.mjs")));
    let mut test = node(&["--test"]);
    test.args(files)
        .env("TOOLS", tools::node_packages("js", &TOOLS)?);
    client::equip(&mut test)?;
    Ok(test)
}

/// Makes the package as a folder, and puts the tests and the sources beside it.
fn package_folder() -> Outcome {
    native::build(&[])?;
    bindgen::generate("typescript", &native::library()?, &folder())?;
    for name in MODULES {
        glue(name)?;
    }
    let modules = tools::node_packages("js", &TOOLS)?;
    let mut build = command("node", &["bindings-wasm/js/build.mjs"]);
    build.arg(modules).arg(env!("CARGO_PKG_VERSION"));
    build.arg(folder().join("node_modules/skifteportal"));
    process::run(build.arg(folder()))?;
    ["test", "src"].iter().try_for_each(|name| {
        let place = folder().join(name);
        if place.exists() {
            fs::remove_dir_all(&place).map_err(|e| format!("{}: {e}", place.display()))?;
        }
        copy(&root().join("bindings-wasm/js").join(name), &place)
    })
}

/// A wasm module with its JavaScript.
fn glue(name: &str) -> Outcome {
    tools::wasm_target()?;
    let program = tools::wasm_glue()?;
    let mut build = cargo(&["rustc", "--quiet", "--profile", "wasm", "--target"]);
    build.args([tools::WASM, "-p", "skifteportal-wasm", "--lib"]);
    // The modules are given to others, and hold the places of panics.
    build.env(
        "CARGO_TARGET_WASM32_UNKNOWN_UNKNOWN_RUSTFLAGS",
        platform::without_paths()?,
    );
    build.args(["--no-default-features", "--features", name]);
    // The names of functions stay in it, for what makes the package to sort them by; they alone, since by what
    // is said of the target wasm-bindgen would pass objects by reference, and V8 compiles that twice as long.
    process::run(build.args(["--", "-C", "link-arg=--keep-section=name"]))?;
    let module = target()
        .join(tools::WASM)
        .join("wasm/skifteportal_wasm.wasm");
    let mut make = command(program, &["--target", "web", "--no-typescript"]);
    make.args(["--out-name", "glue", "--out-dir"])
        .arg(folder().join(name));
    process::run(make.arg(module))
}

fn copy(from: &Path, to: &Path) -> Outcome {
    let failed = |e: std::io::Error| format!("{}: {e}", from.display());
    fs::create_dir_all(to).map_err(failed)?;
    for entry in fs::read_dir(from).map_err(failed)? {
        let path = entry.map_err(failed)?.path();
        let place = to.join(path.file_name().unwrap_or_default());
        if path.is_dir() {
            copy(&path, &place)?;
        } else {
            fs::copy(&path, &place).map_err(failed)?;
        }
    }
    Ok(())
}
