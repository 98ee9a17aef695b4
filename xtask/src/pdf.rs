//! The PDF check over files and folders, alone and beside an independent one.

use std::ffi::OsString;
use std::path::PathBuf;
use std::process::{Command, ExitCode};

use crate::process::{self, cargo, command, Outcome};
use crate::tools;

/// The check could not be built or started; the number is that of sysexits.h. No code of the check's
/// own, which all say that it ran.
const NOT_RUN: u8 = 70;

const COMPARE: &str = "\
cargo xtask pdf-compare DIR [--labels FILE] [--explained FILE]

Checks every PDF of a folder, subfolders included, beside pikepdf, which walks every object by rules of
its own (tests/pdf/compare.py). For each kind of finding it prints the files where both see one, where
only ours does, and where only the other does.

  --labels FILE        compares with labels of the files (JSON) instead of pikepdf
  --explained FILE     fails if the disagreements are not those that the file lists and explains";

/// `cargo xtask pdf-check …`, whose exit code is the check's own.
pub(crate) fn check(arguments: &[OsString]) -> ExitCode {
    let ran = build().and_then(|binary| {
        // In the folder of whoever asks, where the paths mean what they mean.
        Command::new(binary)
            .args(arguments)
            .status()
            .map_err(|e| format!("the check did not start: {e}"))
    });
    match ran {
        Ok(status) => {
            let code = status.code().and_then(|code| u8::try_from(code).ok());
            ExitCode::from(code.unwrap_or(NOT_RUN))
        }
        Err(reason) => {
            eprintln!("{reason}");
            ExitCode::from(NOT_RUN)
        }
    }
}

/// Builds the check as it is used: optimised.
fn build() -> Outcome<PathBuf> {
    let package = "skifteportal-pdf-tools";
    process::run(&mut cargo(&[
        "build",
        "--quiet",
        "--release",
        "-p",
        package,
    ]))?;
    let name = format!("pdf-check{}", std::env::consts::EXE_SUFFIX);
    Ok(process::target().join("release").join(name))
}

/// `cargo xtask pdf-compare DIR …`
pub(crate) fn compare(arguments: &[&str]) -> Outcome {
    match arguments {
        ["--help" | "-h", ..] => {
            println!("{COMPARE}");
            Ok(())
        }
        [] => Err(COMPARE.to_owned()),
        arguments => {
            let here = std::env::current_dir().map_err(|e| format!("no folder to be in: {e}"))?;
            process::run(comparison()?.args(arguments).current_dir(here))
        }
    }
}

/// The comparison, which lacks its arguments.
fn comparison() -> Outcome<Command> {
    let check = build()?;
    let python = tools::python("pdf", tools::PDF_PACKAGES)?;
    let script = process::root().join("tests/pdf/compare.py");
    let mut compare = command(python, &[]);
    compare.arg(script).arg("--check").arg(check);
    compare.env("PYTHONDONTWRITEBYTECODE", "1");
    Ok(compare)
}
