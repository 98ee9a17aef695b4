//! The main job: the sandbox portal, and a host that does everything against it.

use std::io::{BufRead, BufReader};
use std::process::{Child, Stdio};
use std::time::Instant;

use crate::process::{self, cargo, target, Outcome};
use crate::{csharp, js, jvm, native, python};

/// A sandbox that ends with its owner.
struct Sandbox(Child);

impl Drop for Sandbox {
    fn drop(&mut self) {
        let _ = self.0.kill();
        let _ = self.0.wait();
    }
}

/// `cargo xtask demo [--lang LANGUAGE]`
pub(crate) fn run(arguments: &[&str]) -> Outcome {
    let language = match arguments {
        [] | ["--lang", "rust"] => "rust",
        ["--lang", language @ ("java" | "kotlin" | "csharp" | "node" | "python")] => language,
        ["--lang", language] => return Err(format!("there is no demo in {language}")),
        [argument, ..] => return Err(format!("demo takes no argument `{argument}`")),
    };
    println!("building the sandbox portal and the example host");
    build()?;
    let started = Instant::now();
    let folder = target().join("sandbox");
    let mut server = process::command(native::program("skifteportal-sandbox"), &["--dir"])
        .arg(&folder)
        .stdout(Stdio::piped())
        .spawn()
        .map(Sandbox)
        .map_err(|e| format!("the sandbox did not start: {e}"))?;
    let output = server.0.stdout.take().ok_or("the sandbox has no output")?;
    let mut lines = BufReader::new(output).lines();
    if !lines.any(|line| line.is_ok_and(|line| line == "sandbox ready")) {
        return Err("the sandbox ended before it was ready".to_owned());
    }
    // The portal's side of the story: one line a request. They stand in order among themselves;
    // between the host's lines they stand where the two programs happened to be.
    std::thread::spawn(move || {
        for line in lines.map_while(Result::ok) {
            println!("      portal | {line}");
        }
    });
    let settings = folder.join("sandbox.json");
    if language == "rust" {
        let mut host = process::command(native::program("skifteportal-example"), &["demo"]);
        process::run(host.arg(settings))?;
    } else if language == "csharp" {
        csharp::demo(&settings)?;
    } else if language == "node" {
        js::client::demo(&settings)?;
    } else if language == "python" {
        python::client::demo(&settings)?;
    } else {
        jvm::demo(language, &settings)?;
    }
    drop(server);
    println!(
        "\ndemo passed: the whole job ran in {:.1} s",
        started.elapsed().as_secs_f64()
    );
    Ok(())
}

/// `cargo xtask sandbox`
pub(crate) fn sandbox(arguments: &[&str]) -> Outcome {
    process::run(&mut cargo(&[
        "build",
        "--quiet",
        "-p",
        "skifteportal-sandbox",
    ]))?;
    process::run(&mut process::command(
        native::program("skifteportal-sandbox"),
        arguments,
    ))
}

fn build() -> Outcome {
    process::run(&mut cargo(&[
        "build",
        "-p",
        "skifteportal-sandbox",
        "-p",
        "skifteportal-example",
    ]))
}
