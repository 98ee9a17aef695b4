//! The code with which another language calls a native library.

use std::fs;
use std::path::Path;

use crate::native;
use crate::process::{self, command, Outcome};

/// Writes it: the library is read, `uniffi.toml` of its crates says how it looks. The generator was built
/// with the library.
pub(crate) fn generate(language: &str, library: &Path, out: &Path) -> Outcome {
    fs::create_dir_all(out).map_err(|e| format!("{}: {e}", out.display()))?;
    let generator = native::program("skifteportal-bindgen");
    let mut generate = command(generator, &[language, "--library"]);
    generate.arg(library).arg("--out").arg(out);
    process::run(&mut generate)
}
