//! Runs the whole job against the sandbox portal, or against the portal's test environment.
// A command-line program speaks on its standard streams.
#![allow(clippy::print_stdout, clippy::print_stderr)]

mod refusals;
mod story;

use std::path::Path;
use std::process::ExitCode;

const HELP: &str = "\
skifteportal-example demo CONFIG.json   the whole job, step by step
skifteportal-example cert CONFIG.json   the configured certificates, and what to register

CONFIG.json is what the sandbox writes (sandbox.json), or your own: see examples/rust/README.md.";

#[tokio::main]
async fn main() -> ExitCode {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let words: Vec<&str> = arguments.iter().map(String::as_str).collect();
    let result = match words.as_slice() {
        ["demo", config] => story::tell(Path::new(config)).await,
        ["cert", config] => story::certificates(Path::new(config)),
        _ => {
            eprintln!("{HELP}");
            return ExitCode::from(2);
        }
    };
    match result {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("\nstopped: {error}");
            ExitCode::FAILURE
        }
    }
}
