//! The PDF check over files and folders. `cargo xtask pdf-check` runs it.
// A command-line tool speaks on its standard streams.
#![allow(clippy::print_stderr)]

mod arguments;
mod counts;
mod files;
mod json;
mod lines;

use std::io::{self, IsTerminal, Write};
use std::path::Path;
use std::process::ExitCode;

use skifteportal::pdf::{check, Report};

use arguments::{Arguments, Format};
use counts::Counts;
use files::Found;

/// What a shell reports of a program that a closed pipe ended.
const CLOSED_PIPE: u8 = 141;
/// The output could not be written; the number is that of sysexits.h.
const UNWRITABLE: u8 = 74;
/// Wrong usage; the number is that of sysexits.h.
const USAGE: u8 = 64;

fn main() -> ExitCode {
    let arguments = match Arguments::read(std::env::args_os().skip(1)) {
        Ok(Some(arguments)) => arguments,
        Ok(None) => return ended(io::stdout().write_all(arguments::HELP.as_bytes()), 0),
        Err(reason) => {
            eprintln!("{reason}\n\n{}", arguments::HELP.trim_end());
            return USAGE.into();
        }
    };
    let mut counts = Counts::default();
    let written = run(&arguments, &mut counts);
    ended(written, counts.exit_code())
}

/// A reader that has seen enough, such as `head`, is no failure worth a word.
fn ended(written: io::Result<()>, code: u8) -> ExitCode {
    match written {
        Ok(()) => code.into(),
        Err(failure) if failure.kind() == io::ErrorKind::BrokenPipe => CLOSED_PIPE.into(),
        Err(failure) => {
            eprintln!("the output could not be written: {failure}");
            UNWRITABLE.into()
        }
    }
}

fn run(arguments: &Arguments, counts: &mut Counts) -> io::Result<()> {
    let found = files::find(&arguments.paths);
    let total = found.len();
    // Where the lines themselves are on the screen, they are the progress.
    let progress = io::stderr().is_terminal() && !io::stdout().is_terminal();
    for (index, one) in found.iter().enumerate() {
        if progress {
            eprint!("\r{} of {total}", index + 1);
        }
        let (path, read) = match one {
            Found::File(path) => (path.as_path(), std::fs::read(path)),
            Found::Unreadable(path, failure) => {
                (path.as_path(), Err(io::Error::other(failure.as_str())))
            }
        };
        match read {
            Ok(bytes) => {
                let report = check(&bytes, &arguments.profile);
                drop(bytes);
                counts.add(report.verdict);
                checked(arguments, path, &report)?;
            }
            Err(failure) => {
                counts.unreadable += 1;
                unreadable(arguments, path, &failure)?;
            }
        }
    }
    if progress {
        eprintln!();
    }
    close(arguments, counts)
}

/// A line reaches its reader when it is complete: each is one write, and standard output is flushed.
fn line(text: &[u8]) -> io::Result<()> {
    let mut output = io::stdout().lock();
    output.write_all(text)?;
    output.flush()
}

fn checked(arguments: &Arguments, path: &Path, report: &Report) -> io::Result<()> {
    match arguments.format {
        Format::Lines => line(lines::of_report(path, report, arguments.language).as_bytes()),
        Format::Json => line(&json::of_report(path, report)?),
    }
}

fn unreadable(arguments: &Arguments, path: &Path, failure: &io::Error) -> io::Result<()> {
    match arguments.format {
        Format::Lines => line(lines::of_failure(path, failure, arguments.language).as_bytes()),
        Format::Json => line(&json::of_failure(path, failure)?),
    }
}

fn close(arguments: &Arguments, counts: &Counts) -> io::Result<()> {
    let text = lines::of_counts(counts, arguments.language);
    match arguments.format {
        Format::Lines => line(text.as_bytes()),
        Format::Json => {
            eprint!("{text}");
            Ok(())
        }
    }
}
