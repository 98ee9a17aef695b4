//! The PDF check over files and folders, alone and beside an independent one.

use std::ffi::OsString;
use std::fs;
use std::path::PathBuf;
use std::process::{Command, ExitCode};

use crate::process::{self, cargo, command, Outcome};
use crate::{native, tools};

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

fn build() -> Outcome<PathBuf> {
    native::optimised("skifteportal-pdf-tools", "pdf-check")
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
pub(crate) fn comparison() -> Outcome<Command> {
    let check = build()?;
    let python = tools::python("pdf", tools::PDF_PACKAGES)?;
    let script = process::root().join("tests/pdf/compare.py");
    let mut compare = command(python, &[]);
    compare.arg(script).arg("--check").arg(check);
    compare.env("PYTHONDONTWRITEBYTECODE", "1");
    Ok(compare)
}

/// The repository's collection: the disagreements are those that are explained.
pub(crate) fn compare_collection() -> Outcome {
    let data = process::root().join("tests/data/pdf");
    let mut compare = comparison()?;
    compare.arg(data.join("collection"));
    compare
        .arg("--explained")
        .arg(data.join("disagreements.json"));
    process::run(&mut compare)
}

/// The hostile files in the repository are those that their script makes.
pub(crate) fn hostile_files() -> Outcome {
    let python = tools::python("pdf", tools::PDF_PACKAGES)?;
    let mut make = command(python, &["tests/pdf/make_hostile.py", "--check"]);
    process::run(make.env("PYTHONDONTWRITEBYTECODE", "1"))
}

/// What is sanitised looks as it did: the same pages, the same pixels, and files that qpdf finds sound.
pub(crate) fn look() -> Outcome {
    let python = tools::python("pdf-look", tools::PDF_RENDERERS)?;
    let originals = process::root().join("tests/data/pdf/collection");
    let folder = process::target().join("pdf-look");
    let (results, log) = (folder.join("sanitised"), folder.join("log"));
    // Results of an earlier run would be taken for those of this one.
    if folder.exists() {
        fs::remove_dir_all(&folder).map_err(|e| format!("{}: {e}", folder.display()))?;
    }
    fs::create_dir_all(&results).map_err(|e| format!("{}: {e}", results.display()))?;
    let mut sanitize = cargo(&["run", "--quiet", "--release", "-p", "skifteportal"]);
    sanitize.args([
        "--example",
        "sanitize",
        "--",
        "--at-risk",
        "--break-signatures",
    ]);
    let told = process::read(sanitize.arg(&results).arg(&originals))?;
    fs::write(&log, told).map_err(|e| format!("{}: {e}", log.display()))?;
    let mut look = command(python, &["tests/pdf/sanitize_look.py"]);
    look.arg(&originals).arg(&results).arg("--log").arg(&log);
    process::run(look.env("PYTHONDONTWRITEBYTECODE", "1"))
}
