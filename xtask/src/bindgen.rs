//! The code with which another language calls a native library.

use std::path::Path;

use crate::process::{self, cargo, Outcome};

/// Writes it: the library is read, `uniffi.toml` of its crates says how it looks.
pub(crate) fn generate(language: &str, library: &Path, out: &Path) -> Outcome {
    let mut generate = cargo(&[
        "run",
        "--quiet",
        "-p",
        "skifteportal-bindgen",
        "--",
        language,
    ]);
    generate.arg("--library").arg(library).arg("--out").arg(out);
    process::run(&mut generate)
}
