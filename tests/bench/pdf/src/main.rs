//! Figures of the PDF check, beside other readers of PDF. `cargo xtask bench pdf` runs it.
//!
//! Nothing here is asserted: it measures, and prints tables in Markdown at the end. Each reader is a
//! program of its own, told by a file which PDFs to read; see `reader.rs` for what it prints.
// A command-line tool speaks on its standard streams.
#![allow(clippy::print_stdout, clippy::print_stderr)]

mod collection;
mod jpeg;
mod lopdf_walk;
// The counting allocator of the other bench, of which the peak alone is wanted here.
#[allow(dead_code)]
#[path = "../../src/memory.rs"]
mod memory;
mod ours;
mod outside;
mod reader;
mod scan;
mod scanned;
mod table;
mod weight;

use std::path::PathBuf;
use std::process::ExitCode;

use collection::Collection;
use outside::Outside;
use table::Table;

/// What went well, or why not.
pub(crate) type Outcome<T = ()> = Result<T, Box<dyn std::error::Error>>;

const USE: &str = "\
skifteportal-bench-pdf [--large] [--dir DIR] --work DIR --python FILE --java CLASSPATH
                       --wasm SMALL FAST ALONE
skifteportal-bench-pdf read ours | lopdf LIST PASSES SECONDS FROM";

fn main() -> ExitCode {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let words: Vec<&str> = arguments.iter().map(String::as_str).collect();
    let result = match words.as_slice() {
        ["read", "ours", rest @ ..] => reader::run(rest, ours::read),
        ["read", "lopdf", rest @ ..] => reader::run(rest, lopdf_walk::read),
        words => Settings::read(words).and_then(|settings| bench(&settings)),
    };
    match result {
        Ok(()) => ExitCode::SUCCESS,
        Err(reason) => {
            eprintln!("{reason}");
            ExitCode::FAILURE
        }
    }
}

/// What the task that runs this has set up.
#[derive(Default)]
struct Settings {
    folder: Option<PathBuf>,
    work: PathBuf,
    large: bool,
    python: String,
    java: String,
    wasm: Vec<String>,
}

impl Settings {
    fn read(words: &[&str]) -> Outcome<Self> {
        let mut settings = Self::default();
        let mut rest = words;
        loop {
            rest = match rest {
                ["--large", rest @ ..] => {
                    settings.large = true;
                    rest
                }
                ["--dir", folder, rest @ ..] => {
                    settings.folder = Some((*folder).into());
                    rest
                }
                ["--work", folder, rest @ ..] => {
                    settings.work = (*folder).into();
                    rest
                }
                ["--python", python, rest @ ..] => {
                    (*python).clone_into(&mut settings.python);
                    rest
                }
                ["--java", java, rest @ ..] => {
                    (*java).clone_into(&mut settings.java);
                    rest
                }
                ["--wasm", small, fast, alone, rest @ ..] => {
                    settings.wasm = [small, fast, alone].map(|w| (*w).to_owned()).into();
                    rest
                }
                [] => return Ok(settings),
                _ => return Err(USE.into()),
            }
        }
    }
}

fn bench(settings: &Settings) -> Outcome {
    let outside = Outside::new(settings)?;
    let mut tables = Vec::new();
    if let Some(folder) = &settings.folder {
        let collection = Collection::of_folder(folder)?;
        tables.push(Table::of(&outside, &collection)?);
    }
    let folder = settings.work.join("scanned");
    let documents = scanned::documents(&folder)?;
    tables.push(Table::of(&outside, &documents)?);
    if settings.large {
        let large = scanned::large(&settings.work.join("large"))?;
        tables.push(Table::of(&outside, &large)?);
    }
    for table in &tables {
        println!("{}", table.markdown());
    }
    println!("{}", weight::markdown(&settings.wasm)?);
    Ok(())
}
