//! Figures of the bindings: a program for each language, over the packages that its users have.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use crate::process::{self, command, root, target, Outcome};
use crate::{csharp, js, jvm, native, tools};

/// How long a figure takes in a round, in seconds: half of it warms up.
const SECONDS: &str = "5";
/// The same where it only matters that everything runs.
const QUICK: &str = "0.2";
/// How often each program measures everything, in turns: a machine is seldom busy for all of them.
const ROUNDS: usize = 3;

/// A program that measures, before its arguments, and the rows whose memory it can tell.
struct Program {
    name: &'static str,
    command: Box<dyn Fn() -> Command>,
    memory: &'static [&'static str],
}

/// One run prints all tables, which docs/PERFORMANCE.md holds as they were measured last.
pub(super) fn run(quick: bool) -> Outcome {
    let (seconds, rounds) = if quick { (QUICK, 1) } else { (SECONDS, ROUNDS) };
    let work = target().join("bench/bindings");
    fs::create_dir_all(&work).map_err(|e| format!("{}: {e}", work.display()))?;
    let work = tools::text(&work)?.to_owned();
    // Everything is built before anything is measured.
    let core = core()?;
    let programs = [
        Program {
            name: "core",
            memory: &["pdf_large", "upload_large"],
            command: {
                let core = core.clone();
                Box::new(move || command(&core, &[]))
            },
        },
        java()?,
        csharp()?,
        node()?,
    ];
    process::run(&mut command(&core, &["give", &work]))?;
    let mut lines = String::new();
    for round in 1..=rounds {
        for program in &programs {
            println!("-- {}, round {round} of {rounds}", program.name);
            let mut measure = (program.command)();
            lines += &told(measure.args(["measure", &work, seconds]))?;
        }
    }
    for program in &programs {
        for row in program.memory {
            // In a process of its own, in which nothing else was big before.
            let mut memory = (program.command)();
            lines += &told(memory.args(["memory", &work, row]))?;
        }
    }
    let file = Path::new(&work).join("figures.jsonl");
    fs::write(&file, lines).map_err(|e| format!("{}: {e}", file.display()))?;
    process::run(command(&core, &["table"]).arg(file))
}

/// What a program prints, passed on as well.
fn told(program: &mut Command) -> Outcome<String> {
    let lines = process::read(program)?;
    print!("{lines}");
    Ok(lines)
}

/// The core's own program, which also makes the files and the table.
fn core() -> Outcome<PathBuf> {
    let package = "skifteportal-bench-bindings";
    native::optimised(package, package)
}

fn source(language: &str) -> PathBuf {
    root().join("tests/bench/bindings").join(language)
}

/// The program of the jar, compiled beside what it uses.
fn java() -> Outcome<Program> {
    jvm::publish(&[native::host()?], &[])?;
    let pdfbox = tools::pdfbox()?;
    let out = target().join("bench/java");
    if out.exists() {
        fs::remove_dir_all(&out).map_err(|e| format!("{}: {e}", out.display()))?;
    }
    fs::create_dir_all(&out).map_err(|e| format!("{}: {e}", out.display()))?;
    let out = tools::text(&out)?;
    let into = format!("-DoutputDirectory={out}");
    let copy = "org.apache.maven.plugins:maven-dependency-plugin:3.8.1:copy-dependencies";
    process::run(&mut jvm::maven(
        "tests/bench/bindings/java/pom.xml",
        &["-q", copy, &into],
    ))?;
    let classes = format!("{out}:{out}/*:{pdfbox}");
    let mut compile = command("javac", &["-cp", &classes, "-d", out]);
    for file in ["Bench.java", "Clock.java", "Peers.java"] {
        compile.arg(source("java").join(file));
    }
    process::run(&mut compile)?;
    Ok(Program {
        name: "java",
        command: Box::new(move || command("java", &["-Xmx4g", "-cp", &classes, "Bench"])),
        memory: &[
            "pdf_large",
            "pdf_large_at",
            "upload_large",
            "pdf_large_peer",
        ],
    })
}

/// The program of the `NuGet` package.
fn csharp() -> Outcome<Program> {
    let (dotnet, _) = csharp::publish(&[native::host()?])?;
    let project = source("csharp");
    dotnet.build(&project)?;
    let program = crate::dotnet::output(Path::new("Bench"), "Bench.dll");
    let program = tools::text(&program)?.to_owned();
    Ok(Program {
        name: "csharp",
        command: Box::new(move || dotnet.command(&[&program])),
        memory: &["pdf_large", "pdf_large_at", "upload_large"],
    })
}

/// The program of the npm package.
fn node() -> Outcome<Program> {
    let program = js::client::beside(&source("node"), "bench")?.join("bench.mjs");
    let peers = tools::node_packages("bench", &["jose@6.1.0", "jsonwebtoken@9.0.3"])?;
    Ok(Program {
        name: "node",
        command: Box::new(move || {
            let mut measure = command("node", &["--expose-gc"]);
            measure.arg(&program).env("PEERS", &peers);
            measure
        }),
        memory: &["pdf_large", "upload_large"],
    })
}
