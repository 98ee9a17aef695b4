//! Writes the code with which another language calls the native library.
//!
//! Everything is read from the library's file: uniffi keeps in it what it exports, with its documentation.
//! `uniffi.toml` beside each crate's manifest says how the crate looks in the other language.
// A command-line tool speaks on its standard streams.
#![allow(clippy::print_stdout, clippy::print_stderr)]

mod csharp;
mod kotlin;
mod python;
mod typescript;

use std::process::ExitCode;

use anyhow::{bail, Context, Result};
use camino::{Utf8Path, Utf8PathBuf};
use uniffi_bindgen::{BindgenLoader, BindgenPaths};

const HELP: &str = "\
skifteportal-bindgen LANGUAGE --library FILE --out FOLDER

  LANGUAGE   csharp, kotlin, python or typescript
  FILE       the native library, built for this machine or any other
  FOLDER     where the files go; files that an earlier run made and this one does not are removed

Run in the workspace that the library is made of: its crates' uniffi.toml files are found by cargo.";

fn main() -> ExitCode {
    let words: Vec<String> = std::env::args().skip(1).collect();
    match run(&words) {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("{error:#}");
            ExitCode::FAILURE
        }
    }
}

fn run(words: &[String]) -> Result<()> {
    let words: Vec<&str> = words.iter().map(String::as_str).collect();
    let (language, library, out) = match words.as_slice() {
        [] | ["help" | "--help" | "-h"] => {
            println!("{HELP}");
            return Ok(());
        }
        [language, "--library", library, "--out", out]
        | [language, "--out", out, "--library", library] => {
            (*language, Utf8Path::new(library), Utf8PathBuf::from(out))
        }
        _ => bail!("these are not the arguments\n\n{HELP}"),
    };
    let mut paths = BindgenPaths::default();
    paths
        .add_cargo_metadata_layer(true)
        .context("cargo does not tell of the workspace")?;
    let loader = BindgenLoader::new(paths);
    match language {
        "kotlin" => kotlin::generate_all(&loader, library, &out),
        "csharp" => csharp::generate(&loader, library, &out),
        "python" => python::generate(&loader, library, &out),
        "typescript" => typescript::generate(&loader, library, &out),
        _ => bail!("there is no generator for `{language}`\n\n{HELP}"),
    }
}
