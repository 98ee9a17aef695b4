//! Makes of each PDF one without what the portal would refuse.
//!
//! ```text
//! cargo run -p skifteportal --release --example sanitize -- [--at-risk] [--break-signatures] OUT PATH…
//! ```
//!
//! A path is a file, or a folder of which each `.pdf` is taken. The results are written into the folder
//! `OUT` under the same names. One line of JSON a file tells what was removed, or why nothing was
//! written. The exit code is 0 if every file could be read and written, whatever became of it.
// Reading files and printing is the host's part, which this plays.
#![allow(clippy::disallowed_methods, clippy::print_stdout, clippy::print_stderr)]

use std::fs;
use std::path::{Path, PathBuf};
use std::process::ExitCode;

use serde_json::json;
use skifteportal::pdf::{sanitize, Profile, SanitizeOptions};

fn main() -> ExitCode {
    let mut options = SanitizeOptions::default();
    let mut paths = Vec::new();
    for argument in std::env::args().skip(1) {
        match argument.as_str() {
            "--at-risk" => options = options.remove_at_risk(true),
            "--break-signatures" => options = options.break_signatures(true),
            _ => paths.push(PathBuf::from(argument)),
        }
    }
    let Some((out, paths)) = paths.split_first().filter(|(_, paths)| !paths.is_empty()) else {
        eprintln!("usage: sanitize [--at-risk] [--break-signatures] OUT PATH…");
        return ExitCode::from(2);
    };
    match run(out, paths, &options) {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("{error}");
            ExitCode::FAILURE
        }
    }
}

fn run(out: &Path, paths: &[PathBuf], options: &SanitizeOptions) -> std::io::Result<()> {
    fs::create_dir_all(out)?;
    let profile = Profile::portal();
    for path in paths {
        for file in files(path)? {
            let Some(name) = file.file_name() else {
                continue;
            };
            let bytes = fs::read(&file)?;
            let told = match sanitize(&bytes, &profile, options) {
                Ok(clean) => {
                    fs::write(out.join(name), &clean.bytes)?;
                    json!({
                        "file": name.to_string_lossy(),
                        "size": bytes.len(),
                        "written": clean.bytes.len(),
                        "verdict": clean.report.verdict,
                        "removed": clean.removed,
                    })
                }
                Err(error) => json!({
                    "file": name.to_string_lossy(),
                    "error": error.code(),
                    "text": error.to_string(),
                }),
            };
            println!("{told}");
        }
    }
    Ok(())
}

fn files(path: &Path) -> std::io::Result<Vec<PathBuf>> {
    if !path.is_dir() {
        return Ok(vec![path.to_owned()]);
    }
    let mut files = Vec::new();
    for entry in fs::read_dir(path)? {
        let path = entry?.path();
        if path
            .extension()
            .is_some_and(|end| end.eq_ignore_ascii_case("pdf"))
        {
            files.push(path);
        }
    }
    files.sort();
    Ok(files)
}
