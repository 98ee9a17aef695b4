//! Figures of the bindings, beside the core and what they are compared with. `cargo xtask bench
//! bindings` runs it.
//!
//! Each language has a program of its own here, which is given a folder of files and prints a line of
//! JSON for each figure (see `figure.rs`). This one makes the folder, is the program of the core itself,
//! and makes a table of everybody's lines. Nothing is asserted.
// A command-line tool speaks on its standard streams.
#![allow(clippy::print_stdout, clippy::print_stderr)]

mod clock;
mod core_rows;
mod figure;
mod given;
#[path = "../../../pdf/src/jpeg.rs"]
mod jpeg;
#[path = "../../../pdf/src/scan.rs"]
mod scan;
mod table;

use std::path::Path;
use std::process::ExitCode;

/// What went well, or why not.
pub(crate) type Outcome<T = ()> = Result<T, Box<dyn std::error::Error>>;

const USE: &str = "\
skifteportal-bench-bindings give FOLDER            makes the files that every program is given
skifteportal-bench-bindings measure FOLDER SECONDS one line a figure, each in about that time
skifteportal-bench-bindings memory FOLDER ROW      the memory that one row takes beyond its input
skifteportal-bench-bindings table FILE…            the table of all programs' lines";

fn main() -> ExitCode {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let words: Vec<&str> = arguments.iter().map(String::as_str).collect();
    match run(&words) {
        Ok(()) => ExitCode::SUCCESS,
        Err(reason) => {
            eprintln!("{reason}");
            ExitCode::FAILURE
        }
    }
}

fn run(words: &[&str]) -> Outcome {
    match words {
        ["give", folder] => given::make(Path::new(folder)),
        ["measure", folder, seconds] => core_rows::measure(Path::new(folder), seconds.parse()?),
        ["memory", folder, row] => core_rows::memory(Path::new(folder), row),
        ["table", files @ ..] => {
            let figures = figure::read(files)?;
            println!("{}", table::markdown(&figures)?);
            Ok(())
        }
        _ => Err(USE.into()),
    }
}
