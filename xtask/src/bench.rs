//! Figures, measured beside what they are compared with.

use crate::process::{self, cargo, Outcome};
use crate::tools;

/// `cargo xtask bench core`
pub(crate) fn run(arguments: &[&str]) -> Outcome {
    match arguments {
        ["core"] => core(),
        _ => Err("cargo xtask bench core".to_owned()),
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
