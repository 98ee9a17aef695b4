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

fn core() -> Outcome {
    process::run(&mut cargo(&[
        "run",
        "--quiet",
        "--release",
        "-p",
        "skifteportal-bench",
    ]))?;
    size()
}

/// The size of the core as wasm: a module that keeps every public function alive.
fn size() -> Outcome {
    tools::wasm_target()
}
