//! The project's tasks, run as `cargo xtask <task>`.
// A command-line tool speaks on its standard streams.
#![allow(clippy::print_stdout, clippy::print_stderr)]

mod bench;
mod bindgen;
mod csharp;
mod debian;
mod demo;
mod dotnet;
mod fuzz;
mod js;
mod jvm;
mod keycloak;
mod native;
mod pdf;
mod platform;
mod process;
mod python;
mod qemu;
mod shapes;
mod softhsm;
mod stamp;
mod suite;
mod tools;
mod wine;

use std::ffi::OsString;
use std::process::ExitCode;

const HELP: &str = "\
cargo xtask <task>

  demo [--lang LANGUAGE]
                       the main job against the built-in sandbox portal, over real mutual TLS, in Rust
                       or in java, kotlin, csharp, node or python
  test [--fast] [NAME…]
                       all suites, or the named ones; --fast leaves the heavy ones out
  test --list          the suites by name
  sandbox [ARGS…]      the sandbox portal, to integrate against (--help for its arguments)
  pdf-check PATH…      files or folders, checked for what the portal refuses in a PDF (--help for its
                       options and exit codes)
  pdf-compare DIR      the PDF check beside an independent one over a folder (--help)
  package kotlin [--host-only]
                       the jar for Java and Kotlin with the native libraries of all platforms, or of
                       this machine's alone; its path is printed last
  package csharp [--host-only]
                       the same as a NuGet package for .NET, and the one for tests
  package python [--host-only] [PLATFORM…]
                       a wheel for each platform, or for the named ones, for CPython 3.9 and later; the
                       one for Windows is tried under Wine
  package js           the npm package; its path is printed last
  native [--host-only] [PLATFORM…]
                       the native library for all platforms, or the named ones: their names for us,
                       for .NET and for JNA, and their paths
  bench core           figures of the core beside what they are compared with
  bench pdf [DIR]      figures of the PDF check beside other readers of PDF
  bench js             sizes of the npm package's modules, and how soon it is ready in Node
  bench bindings       figures of a call through each binding, beside the core and its languages' own
  fuzz [TARGET] [--minutes N]
                       the PDF check's fuzzers with coverage, a minute each (needs a nightly Rust)

Assumed on the machine: rustup, a C compiler, OpenSSL's command line, Node 20 or later with npm,
Python 3.9 or later, and a JDK 17 or later with Maven. Everything else is set up by the task that
needs it, in the folder target/.";

fn main() -> ExitCode {
    let arguments: Vec<OsString> = std::env::args_os().skip(1).collect();
    // Its arguments are paths, which need not be text, and its exit code is an answer.
    if let [task, rest @ ..] = arguments.as_slice() {
        if task == "pdf-check" {
            return pdf::check(rest);
        }
    }
    let words: Option<Vec<&str>> = arguments.iter().map(|word| word.to_str()).collect();
    let result = match words.as_deref() {
        Some(words) => run(words),
        None => Err("an argument is not UTF-8".to_owned()),
    };
    match result {
        Ok(()) => ExitCode::SUCCESS,
        Err(reason) => {
            eprintln!("{reason}");
            ExitCode::FAILURE
        }
    }
}

fn run(words: &[&str]) -> process::Outcome {
    match words {
        ["demo", rest @ ..] => demo::run(rest),
        ["test", rest @ ..] => suite::run(rest),
        ["sandbox", rest @ ..] => demo::sandbox(rest),
        ["pdf-compare", rest @ ..] => pdf::compare(rest),
        ["package", "kotlin", rest @ ..] => jvm::package(rest),
        ["package", "csharp", rest @ ..] => csharp::package(rest),
        ["package", "python", rest @ ..] => python::wheel::package(rest),
        ["package", "js"] => js::package(),
        ["native", rest @ ..] => platform::run(rest),
        ["bench", rest @ ..] => bench::run(rest),
        ["fuzz", rest @ ..] => fuzz::run(rest),
        [] | ["help" | "--help" | "-h"] => {
            println!("{HELP}");
            Ok(())
        }
        _ => Err(format!("there is no task `{}`\n\n{HELP}", words.join(" "))),
    }
}
