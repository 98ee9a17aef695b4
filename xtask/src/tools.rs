//! Tools that a task needs beyond Rust: each is installed once, into target/, at a fixed version.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use crate::process::{self, cargo, command, root, target, Outcome};

/// The target triple of the core's wasm build.
pub(crate) const WASM: &str = "wasm32-unknown-unknown";
const KEYCLOAK: &str = "26.4.0";
/// The readers of PDF in Python that our check is compared with.
pub(crate) const PDF_PACKAGES: &[&str] = &["pikepdf==10.17.0", "pypdf==7.1.0"];
/// What draws the pages of what our remedy made.
pub(crate) const PDF_RENDERERS: &[&str] = &["pikepdf==10.17.0", "pypdfium2==5.15.2"];
const CARGO_FUZZ: &str = "0.13.2";

/// Runs a set-up step once: the marker file holds what was set up, so a changed version runs it
/// again.
pub(crate) fn once(folder: &Path, what: &str, set_up: impl FnOnce() -> Outcome) -> Outcome {
    let marker = folder.join(".set-up");
    if fs::read_to_string(&marker).is_ok_and(|done| done == what) {
        return Ok(());
    }
    println!("setting up {}", what.lines().next().unwrap_or_default());
    if folder.exists() {
        fs::remove_dir_all(folder).map_err(|e| format!("{}: {e}", folder.display()))?;
    }
    fs::create_dir_all(folder).map_err(|e| format!("{}: {e}", folder.display()))?;
    set_up()?;
    fs::write(&marker, what).map_err(|e| format!("{}: {e}", marker.display()))
}

/// A path as text: the project's own paths are UTF-8, or the tools could not be told of them.
pub(crate) fn text(path: &Path) -> Outcome<&str> {
    path.to_str()
        .ok_or_else(|| format!("{} is not UTF-8", path.display()))
}

/// The wasm32 target of the active toolchain.
pub(crate) fn wasm_target() -> Outcome {
    rust_targets(&[WASM])
}

/// Targets of the active toolchain.
pub(crate) fn rust_targets(wanted: &[&str]) -> Outcome {
    let installed = process::read(&mut command("rustup", &["target", "list", "--installed"]))?;
    for target in wanted {
        if !installed.lines().any(|line| line == *target) {
            println!("setting up the target {target}");
            process::run(&mut command("rustup", &["target", "add", target]))?;
        }
    }
    Ok(())
}

/// The version of a crate in a lock file.
fn locked(lock: &Path, name: &str) -> Outcome<String> {
    let text = fs::read_to_string(lock).map_err(|e| format!("{}: {e}", lock.display()))?;
    text.split("[[package]]")
        .find(|entry| entry.contains(&format!("name = \"{name}\"\n")))
        .and_then(|entry| entry.split("version = \"").nth(1)?.split('"').next())
        .map(str::to_owned)
        .ok_or_else(|| format!("{name} is not in {}", lock.display()))
}

/// The runner that starts wasm tests in Node.
pub(crate) fn wasm_test_runner() -> Outcome<PathBuf> {
    wasm_bindgen("wasm-test-runner")
}

/// The program that makes the JavaScript around a wasm module.
pub(crate) fn wasm_glue() -> Outcome<PathBuf> {
    wasm_bindgen("wasm-glue")
}

/// A program of wasm-bindgen's. It must be of the same version as the wasm-bindgen that the modules are
/// compiled with.
fn wasm_bindgen(program: &str) -> Outcome<PathBuf> {
    let source = root().join("xtask/wasm-test-runner");
    let ours = locked(&root().join("Cargo.lock"), "wasm-bindgen")?;
    let its = locked(&source.join("Cargo.lock"), "wasm-bindgen-cli")?;
    if ours != its {
        return Err(format!(
            "wasm-bindgen is {ours}, but its programs are {its}"
        ));
    }
    let build = target().join("tools/build");
    let mut make = cargo(&["build", "--quiet", "--locked", "--manifest-path"]);
    make.arg(source.join("Cargo.toml"))
        .arg("--target-dir")
        .arg(&build);
    process::run(&mut make)?;
    Ok(build.join("debug").join(program))
}

/// A folder of npm packages; returns its `node_modules`.
pub(crate) fn node_packages(name: &str, packages: &[&str]) -> Outcome<PathBuf> {
    let folder = target().join("tools/node").join(name);
    once(
        &folder,
        &format!("the npm packages {}", packages.join(", ")),
        || {
            let mut install = Command::new("npm");
            install.args([
                "install",
                "--silent",
                "--no-audit",
                "--no-fund",
                "--ignore-scripts",
            ]);
            install.args(["--prefix", text(&folder)?]).args(packages);
            process::run(&mut install)
        },
    )?;
    Ok(folder.join("node_modules"))
}

/// A virtual environment with Python packages; returns its interpreter.
pub(crate) fn python(name: &str, packages: &[&str]) -> Outcome<PathBuf> {
    let folder = target().join("tools/python").join(name);
    let interpreter = folder.join("bin/python");
    once(
        &folder,
        &format!("the Python packages {}", packages.join(", ")),
        || {
            process::run(&mut command("python3", &["-m", "venv", text(&folder)?]))?;
            let mut install = command(&interpreter, &["-m", "pip", "install", "--quiet"]);
            process::run(install.arg("--disable-pip-version-check").args(packages))
        },
    )?;
    Ok(interpreter)
}

/// cargo-fuzz, for which a nightly toolchain must be there: the fuzzers' coverage needs one.
pub(crate) fn cargo_fuzz() -> Outcome<PathBuf> {
    let installed = process::read(&mut command("rustup", &["toolchain", "list"]))?;
    if !installed.lines().any(|line| line.starts_with("nightly")) {
        return Err(
            "there is no nightly Rust; `rustup toolchain install nightly` installs it".to_owned(),
        );
    }
    let folder = target().join("tools/cargo-fuzz");
    once(&folder, &format!("cargo-fuzz {CARGO_FUZZ}"), || {
        let mut install = cargo(&["install", "cargo-fuzz", "--quiet", "--locked"]);
        install
            .args(["--version", CARGO_FUZZ, "--root"])
            .arg(&folder);
        process::run(&mut install)
    })?;
    Ok(folder.join("bin/cargo-fuzz"))
}

/// The toolchain of the oldest Rust that the workspace promises.
pub(crate) fn msrv() -> Outcome<String> {
    let manifest =
        fs::read_to_string(root().join("Cargo.toml")).map_err(|e| format!("Cargo.toml: {e}"))?;
    let version = manifest
        .lines()
        .find_map(|line| line.strip_prefix("rust-version = \"")?.strip_suffix('"'))
        .ok_or("Cargo.toml states no rust-version")?;
    let toolchain = format!("{version}.0");
    let installed = process::read(&mut command("rustup", &["toolchain", "list"]))?;
    if !installed.lines().any(|line| line.starts_with(&toolchain)) {
        println!("setting up Rust {toolchain}");
        let install = [
            "toolchain",
            "install",
            &toolchain,
            "--profile",
            "minimal",
            "--no-self-update",
        ];
        process::run(&mut command("rustup", &install))?;
    }
    Ok(toolchain)
}

/// An unpacked Keycloak from Maven Central.
pub(crate) fn keycloak() -> Outcome<PathBuf> {
    let folder = target().join("tools/keycloak");
    once(&folder, &format!("Keycloak {KEYCLOAK}"), || {
        let artifact = format!("org.keycloak:keycloak-quarkus-dist:{KEYCLOAK}:zip");
        let copy = [
            "-q",
            "-B",
            "org.apache.maven.plugins:maven-dependency-plugin:3.8.1:copy",
            &format!("-Dartifact={artifact}"),
            &format!("-DoutputDirectory={}", text(&folder)?),
        ];
        process::run(&mut command("mvn", &copy))?;
        let zip = folder.join(format!("keycloak-quarkus-dist-{KEYCLOAK}.zip"));
        let mut unpack = command("jar", &["xf", text(&zip)?]);
        process::run(unpack.current_dir(&folder))?;
        fs::remove_file(&zip).map_err(|e| format!("{}: {e}", zip.display()))
    })?;
    Ok(folder.join(format!("keycloak-{KEYCLOAK}")))
}

/// `PDFBox` from Maven Central, with the reader that measures it; returns their class path.
pub(crate) fn pdfbox() -> Outcome<String> {
    let folder = target().join("tools/pdfbox");
    let source = root().join("tests/bench/pdf/java");
    let (pom, reader) = (source.join("pom.xml"), source.join("Read.java"));
    let read =
        |file: &Path| fs::read_to_string(file).map_err(|e| format!("{}: {e}", file.display()));
    // Either file may change without its version changing.
    let what = format!("PDFBox\n{}{}", read(&pom)?, read(&reader)?);
    let classes = format!("{}:{}", text(&folder)?, text(&folder.join("*"))?);
    once(&folder, &what, || {
        let copy = [
            "-q",
            "-B",
            "-f",
            text(&pom)?,
            "org.apache.maven.plugins:maven-dependency-plugin:3.8.1:copy-dependencies",
            &format!("-DoutputDirectory={}", text(&folder)?),
        ];
        process::run(&mut command("mvn", &copy))?;
        let compile = ["-cp", &classes, "-d", text(&folder)?, text(&reader)?];
        process::run(&mut command("javac", &compile))
    })?;
    Ok(classes)
}
