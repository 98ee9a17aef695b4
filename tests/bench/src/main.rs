//! Figures of the core, beside what they are compared with. `cargo xtask bench core` runs it.
//!
//! Nothing here is asserted: it measures, and prints one table in Markdown at the end.
// A command-line tool speaks on its standard streams.
#![allow(clippy::print_stdout, clippy::print_stderr)]

mod decoding;
mod errors;
mod fixture;
mod memory;
mod requests;
mod session;
mod signing;
mod table;
mod timing;
mod wasm;

use std::process::ExitCode;

use table::Table;

/// What went well, or why not.
pub(crate) type Outcome<T = ()> = Result<T, Box<dyn std::error::Error>>;

const USE: &str = "\
skifteportal-bench all [WASM [CELL CELL CELL CELL]]
skifteportal-bench native | requests | signing | decoding | errors | session";

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
        // One line per cell: the caller hands them to the run that prints the table.
        ["native"] => {
            for cell in signing::native()? {
                println!("{cell}");
            }
            Ok(())
        }
        ["all", rest @ ..] => all(rest),
        [section] => one(section),
        _ => Err(USE.into()),
    }
}

/// A single section, for work on it.
fn one(section: &str) -> Outcome {
    let mut table = Table::default();
    match section {
        "requests" => requests::run(&mut table)?,
        "signing" => signing::run(&mut table)?,
        "decoding" => decoding::run(&mut table)?,
        "errors" => errors::run(&mut table),
        "session" => session::run(&mut table)?,
        _ => return Err(USE.into()),
    }
    Ok(())
}

/// Everything; `rest` is a wasm module, and the line that `native` has printed.
fn all(rest: &[&str]) -> Outcome {
    let mut table = Table::default();
    requests::run(&mut table)?;
    signing::run(&mut table)?;
    if let [_, what, ours, theirs, meaning] = rest {
        table.row(*what, *ours, *theirs, *meaning);
    }
    decoding::run(&mut table)?;
    errors::run(&mut table);
    session::run(&mut table)?;
    if let [module, ..] = rest {
        wasm::run(&mut table, module)?;
    }
    println!("{}", table.markdown());
    Ok(())
}
