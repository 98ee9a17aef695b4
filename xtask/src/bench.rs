//! Figures, measured beside what they are compared with.

mod bindings;

use std::fs;
use std::path::Path;

use crate::process::{self, cargo, Outcome};
use crate::{js, tools};

const USE: &str = "\
cargo xtask bench core
cargo xtask bench pdf [DIR] [--large]
                     over the PDFs of a folder, or else over the repository's collection, and over
                     generated scanned documents; --large adds a generated file of 150 MB
cargo xtask bench js     the sizes of the npm package's modules, and how soon it is ready in Node
cargo xtask bench bindings [--quick]
                     the cost of a call through each binding, by the packages with this machine's
                     library; --quick takes a thirtieth of the time, and its figures are worth nothing";

/// `cargo xtask bench core`, `cargo xtask bench pdf …`, `cargo xtask bench js`, `cargo xtask bench bindings …`
pub(crate) fn run(arguments: &[&str]) -> Outcome {
    match arguments {
        ["core"] => core(),
        ["js"] => js::bench(),
        ["bindings"] => bindings::run(false),
        ["bindings", "--quick"] => bindings::run(true),
        ["pdf", rest @ ..] => {
            let large = rest.contains(&"--large");
            let folders: Vec<&str> = rest.iter().copied().filter(|a| *a != "--large").collect();
            match folders.as_slice() {
                [] => pdf(None, large),
                [folder] if !folder.starts_with('-') => pdf(Some(folder), large),
                _ => Err(USE.to_owned()),
            }
        }
        ["--help" | "-h"] => {
            println!("{USE}");
            Ok(())
        }
        _ => Err(USE.to_owned()),
    }
}

/// One run prints one table, which docs/PERFORMANCE.md holds as it was measured last.
fn core() -> Outcome {
    let wasm = wasm()?;
    let release = ["run", "--quiet", "--release", "-p", "skifteportal-bench"];
    // The core is measured as it is by default. Of its faster signing, which is another build, one
    // line goes into the same table.
    let mut native = cargo(&release);
    native.args(["--features", "native-signing", "--", "native"]);
    let native = process::read(&mut native)?;
    let mut all = cargo(&release);
    all.args(["--", "all", wasm.as_str()]).args(native.lines());
    process::run(&mut all)
}

/// Builds the module that keeps every area of the core alive. Its functions keep their names, which
/// tell what weighs how much; the names themselves are not weighed.
fn wasm() -> Outcome<String> {
    tools::wasm_target()?;
    let names = ["--config", "profile.wasm.strip=false"];
    let mut build = cargo(&["build", "--quiet", "--profile", "wasm", "--target"]);
    build.args([tools::WASM, "-p", "skifteportal-wasm-size"]);
    process::run(build.args(names))?;
    let file = process::target()
        .join(tools::WASM)
        .join("wasm/skifteportal_wasm_size.wasm");
    Ok(file.to_string_lossy().into_owned())
}

/// The repository's own PDFs.
const COLLECTION: &str = "tests/data/pdf/collection";

/// One run prints all tables, which docs/PERFORMANCE.md holds as they were measured last.
fn pdf(folder: Option<&str>, large: bool) -> Outcome {
    tools::wasm_target()?;
    let python = tools::python("pdf", tools::PDF_PACKAGES)?;
    let java = tools::pdfbox()?;
    let work = process::target().join("bench/pdf");
    fs::create_dir_all(&work).map_err(|e| format!("{}: {e}", work.display()))?;
    let own = process::root().join(COLLECTION);
    let folder = match folder {
        Some(folder) => fs::canonicalize(folder).map_err(|e| format!("{folder}: {e}"))?,
        None => own,
    };
    let mut bench = cargo(&[
        "run",
        "--quiet",
        "--release",
        "-p",
        "skifteportal-bench-pdf",
    ]);
    bench
        .arg("--")
        .arg("--dir")
        .arg(folder)
        .arg("--work")
        .arg(&work);
    bench.arg("--python").arg(python).arg("--java").arg(java);
    bench.arg("--wasm");
    bench.arg(pdf_wasm(&work, "small", &[])?);
    bench.arg(pdf_wasm(
        &work,
        "fast",
        &["--config", "profile.wasm.opt-level=3"],
    )?);
    bench.arg(pdf_wasm(&work, "alone", &["--no-default-features"])?);
    if large {
        bench.arg("--large");
    }
    process::run(&mut bench)
}

/// Builds the PDF check as a module, in one of its ways, and keeps it under a name.
fn pdf_wasm(work: &Path, name: &str, way: &[&str]) -> Outcome<std::path::PathBuf> {
    let mut build = cargo(&["build", "--quiet", "--profile", "wasm", "--target"]);
    build.args([tools::WASM, "-p", "skifteportal-wasm-pdf"]);
    process::run(build.args(way))?;
    let module = process::target()
        .join(tools::WASM)
        .join("wasm/skifteportal_wasm_pdf.wasm");
    let kept = work.join(format!("{name}.wasm"));
    fs::copy(&module, &kept).map_err(|e| format!("{}: {e}", module.display()))?;
    Ok(kept)
}
