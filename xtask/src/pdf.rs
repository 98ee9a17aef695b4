//! The PDF check over files and folders.

use std::ffi::OsString;
use std::path::PathBuf;
use std::process::{Command, ExitCode};

use crate::process::{self, cargo, Outcome};

/// The check could not be built or started; the number is that of sysexits.h. No code of the check's
/// own, which all say that it ran.
const NOT_RUN: u8 = 70;

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
