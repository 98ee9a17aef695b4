//! The test suites, and the command that runs them.

mod ahead;

use std::process::Command;
use std::time::Instant;

use crate::process::{self, cargo, command, Count, Outcome};
use crate::{csharp, demo, js, jvm, native, pdf, platform, python, shapes, tools};
use ahead::{Ahead, Builds};

/// A suite: a name to ask for, what it shows, and how it is run.
struct Suite {
    name: &'static str,
    shows: &'static str,
    heavy: bool,
    run: fn() -> (Count, Outcome),
}

/// What can be built while other suites run, in the order in which it is.
const AHEAD: &[(&str, Builds)] = &[("platforms", platform::builds), ("msrv", msrv_builds)];

/// In the order in which they run: first what is quick or tells most, last what is built ahead.
const SUITES: &[Suite] = &[
    Suite {
        name: "format",
        shows: "rustfmt has nothing to change",
        heavy: false,
        run: format,
    },
    Suite {
        name: "lint",
        shows: "clippy is silent, for the host and for wasm32",
        heavy: false,
        run: lint,
    },
    Suite {
        name: "shape",
        shows: "the core depends on nothing that does I/O",
        heavy: false,
        run: shape,
    },
    Suite {
        name: "core",
        shows: "the core, its vectors and its documentation's examples",
        heavy: false,
        run: core,
    },
    Suite {
        name: "fuzz",
        shows: "the fuzzers' targets hold over their seeds, fixed mutations and past failures",
        heavy: false,
        run: fuzz,
    },
    Suite {
        name: "docs",
        shows: "the documentation builds without a warning",
        heavy: false,
        run: docs,
    },
    Suite {
        name: "tasks",
        shows: "the tasks' own tests",
        heavy: false,
        run: tasks,
    },
    Suite {
        name: "sandbox",
        shows: "the sandbox portal",
        heavy: false,
        run: sandbox,
    },
    Suite {
        name: "e2e",
        shows: "the Rust host against the sandbox, faults included",
        heavy: false,
        run: e2e,
    },
    Suite {
        name: "pdf-check",
        shows: "the PDF check as a command",
        heavy: false,
        run: pdf_check,
    },
    Suite {
        name: "csharp-shapes",
        shows: "every type shape crosses to C# and back",
        heavy: false,
        run: csharp_shapes,
    },
    Suite {
        name: "jose",
        shows: "jose and PyJWT verify our assertions",
        heavy: true,
        run: jose,
    },
    Suite {
        name: "pdf",
        shows: "the PDF check beside pikepdf, the hostile files, the look of what is sanitised",
        heavy: true,
        run: pdf_beside_others,
    },
    Suite {
        name: "wasm",
        shows: "the core's tests on wasm32, in Node",
        heavy: true,
        run: wasm,
    },
    Suite {
        name: "js",
        shows: "the binding for JavaScript in Node: types, vectors, memory, the package as it is installed",
        heavy: true,
        run: js::suite,
    },
    Suite {
        name: "js-browser",
        shows: "the package in Chromium: in a page, in a worker, bundled",
        heavy: true,
        run: js::in_browsers,
    },
    Suite {
        name: "csharp",
        shows: "the binding for .NET: vectors, end to end over its own TLS, as a package",
        heavy: true,
        run: csharp::suite,
    },
    Suite {
        name: "kotlin",
        shows: "the binding for Java and Kotlin, and a project that takes its jar",
        heavy: false,
        run: jvm::suite,
    },
    Suite {
        name: "python",
        shows: "the binding for Python: lints, types, vectors",
        heavy: false,
        run: python::suite,
    },
    Suite {
        name: "python-e2e",
        shows: "Python end to end over its own TLS, by httpx and by requests",
        heavy: false,
        run: python::client::end_to_end,
    },
    Suite {
        name: "guide-jvm",
        shows: "what docs/java.md shows, by the jars and the JUnit extension",
        heavy: false,
        run: jvm::guide::guide,
    },
    Suite {
        name: "hsm",
        shows: "Java with keys that never leave a token of SoftHSM",
        heavy: true,
        run: jvm::guide::hsm,
    },
    Suite {
        name: "keycloak-jvm",
        shows: "a real Keycloak as the STS of Java and Kotlin",
        heavy: true,
        run: jvm::guide::keycloak,
    },
    Suite {
        name: "keycloak-js",
        shows: "the same server as the STS of JavaScript",
        heavy: true,
        run: js::client::keycloak,
    },
    Suite {
        name: "keycloak-python",
        shows: "the same server as the STS of Python",
        heavy: true,
        run: python::client::keycloak,
    },
    Suite {
        name: "keycloak-csharp",
        shows: "the same server as the STS of .NET",
        heavy: true,
        run: csharp::parties::keycloak,
    },
    Suite {
        name: "hsm-csharp",
        shows: ".NET with a key that never leaves a token of SoftHSM",
        heavy: true,
        run: csharp::parties::hsm,
    },
    Suite {
        name: "keycloak",
        shows: "a real Keycloak as the STS",
        heavy: true,
        run: keycloak,
    },
    Suite {
        name: "demo-jvm",
        shows: "the same job in Java and in Kotlin, by the jar",
        heavy: true,
        run: demo_jvm,
    },
    Suite {
        name: "demo-node",
        shows: "the same job in JavaScript, by the package",
        heavy: true,
        run: demo_node,
    },
    Suite {
        name: "demo-python",
        shows: "the same job in Python",
        heavy: false,
        run: demo_python,
    },
    Suite {
        name: "demo",
        shows: "the README's main job",
        heavy: false,
        run: demo_runs,
    },
    Suite {
        name: "platforms",
        shows: "the native library of every platform, run under qemu, musl and Wine",
        heavy: true,
        run: platform::suite,
    },
    Suite {
        name: "packages",
        shows:
            "the jars and the nupkg with the libraries of all platforms, taken as their users do",
        heavy: true,
        run: packages,
    },
    Suite {
        name: "wheel",
        shows: "the wheel of this machine, installed where no source is near",
        heavy: true,
        run: python::installed::suite,
    },
    Suite {
        name: "msrv",
        shows: "the oldest Rust that we promise compiles it",
        heavy: true,
        run: msrv,
    },
];

/// `cargo xtask test [--fast] [NAME…]`
pub(crate) fn run(arguments: &[&str]) -> Outcome {
    if arguments.contains(&"--list") {
        for suite in SUITES {
            let weight = if suite.heavy {
                " (not with --fast)"
            } else {
                ""
            };
            println!("{:15} {}{weight}", suite.name, suite.shows);
        }
        return Ok(());
    }
    let fast = arguments.contains(&"--fast");
    let names: Vec<&str> = arguments
        .iter()
        .copied()
        .filter(|a| !a.starts_with("--"))
        .collect();
    if let Some(option) = arguments
        .iter()
        .find(|a| a.starts_with("--") && **a != "--fast")
    {
        return Err(format!(
            "there is no option {option}; see `cargo xtask help`"
        ));
    }
    if let Some(name) = names
        .iter()
        .find(|name| !SUITES.iter().any(|s| s.name == **name))
    {
        return Err(format!(
            "there is no suite `{name}`; see `cargo xtask test --list`"
        ));
    }
    let chosen: Vec<&Suite> = SUITES
        .iter()
        .filter(|s| {
            if names.is_empty() {
                !(fast && s.heavy)
            } else {
                names.contains(&s.name)
            }
        })
        .collect();

    let started = Instant::now();
    let mut total = Count::default();
    let mut lines = Vec::new();
    let mut failures = Vec::new();
    let later = |name: &str| chosen.iter().skip(1).any(|suite| suite.name == name);
    let builds = AHEAD.iter().copied().filter(|(name, _)| later(name));
    let mut ahead = Ahead::start(builds.collect());
    for (index, suite) in chosen.iter().enumerate() {
        println!(
            "\n== {}/{} {}: {}",
            index + 1,
            chosen.len(),
            suite.name,
            suite.shows
        );
        let begun = Instant::now();
        ahead.wait(suite.name);
        let (mut count, outcome) = (suite.run)();
        if let Err(reason) = outcome {
            eprintln!("{reason}");
            count.failed = count.failed.max(1);
            failures.push(format!("{}: {reason}", suite.name));
        }
        let seconds = begun.elapsed().as_secs();
        lines.push(format!(
            "{:15} {:5} passed {:3} failed {seconds:5} s",
            suite.name, count.passed, count.failed
        ));
        total += count;
    }
    println!("\n{}", lines.join("\n"));
    for failure in &failures {
        println!("FAILED {failure}");
    }
    println!("all suites took {} s", started.elapsed().as_secs());
    println!("{} passed, {} failed", total.passed, total.failed);
    if failures.is_empty() {
        Ok(())
    } else {
        Err(format!(
            "{} of {} suites failed",
            failures.len(),
            chosen.len()
        ))
    }
}

/// A check that is not made of tests counts as one.
fn check(outcome: Outcome) -> (Count, Outcome) {
    let passed = u64::from(outcome.is_ok());
    (
        Count {
            passed,
            failed: 1 - passed,
        },
        outcome,
    )
}

/// Runs test commands one after the other, all of them, and adds up.
fn tests(commands: &mut [Command]) -> (Count, Outcome) {
    let mut total = Count::default();
    let mut outcome = Ok(());
    for one in commands {
        let (count, result) = process::test(one);
        total += count;
        // A runner that finds nothing to run may well call that a success.
        let ran = if count.passed + count.failed == 0 {
            Err("a part of the suite ran no test".to_owned())
        } else {
            Ok(())
        };
        outcome = outcome.and(result).and(ran);
    }
    (total, outcome)
}

fn format() -> (Count, Outcome) {
    check(process::run(&mut cargo(&["fmt", "--all", "--check"])))
}

fn lint() -> (Count, Outcome) {
    let host = [
        "clippy",
        "--quiet",
        "--workspace",
        "--all-targets",
        "--",
        "-D",
        "warnings",
    ];
    let wasm = [
        "clippy",
        "--quiet",
        "-p",
        "skifteportal",
        "-p",
        "skifteportal-wasm",
        "--target",
        tools::WASM,
        "--",
        "-D",
        "warnings",
    ];
    check(
        tools::wasm_target()
            .and_then(|()| process::run(&mut cargo(&host)))
            .and_then(|()| process::run(&mut cargo(&wasm))),
    )
}

/// Crates that open sockets, read clocks or random sources, or bring a runtime.
const FORBIDDEN: &[&str] = &[
    "getrandom",
    "ring",
    "aws-lc-rs",
    "openssl",
    "tokio",
    "async-std",
    "hyper",
    "reqwest",
    "ureq",
    "rustls",
    "mio",
    "socket2",
    "chrono",
    "log",
    "tracing",
    "futures",
];

fn shape() -> (Count, Outcome) {
    let arguments = [
        "tree",
        "-p",
        "skifteportal",
        "-e",
        "normal",
        "--prefix",
        "none",
        "--format",
        "{p}",
    ];
    check(process::read(&mut cargo(&arguments)).and_then(|tree| {
        let found: Vec<&str> = tree
            .lines()
            .filter_map(|line| line.split(' ').next())
            .filter(|name| FORBIDDEN.contains(name))
            .collect();
        if found.is_empty() {
            Ok(())
        } else {
            Err(format!("the core depends on {}", found.join(", ")))
        }
    }))
}

fn core() -> (Count, Outcome) {
    let native = [
        "test",
        "--quiet",
        "-p",
        "skifteportal",
        "--features",
        "native-signing,dynamic",
        "--lib",
        "--test",
        "auth_assertion",
        "--test",
        "auth_openssl",
        "--test",
        "dynamic",
    ];
    tests(&mut [
        cargo(&["test", "--quiet", "-p", "skifteportal"]),
        cargo(&native),
    ])
}

fn fuzz() -> (Count, Outcome) {
    tests(&mut [cargo(&[
        "test",
        "--quiet",
        "-p",
        "skifteportal-fuzz-targets",
    ])])
}

fn docs() -> (Count, Outcome) {
    let mut doc = cargo(&["doc", "--quiet", "--workspace", "--no-deps"]);
    check(process::run(doc.env("RUSTDOCFLAGS", "-D warnings")))
}

fn tasks() -> (Count, Outcome) {
    tests(&mut [cargo(&["test", "--quiet", "-p", "xtask"])])
}

fn sandbox() -> (Count, Outcome) {
    tests(&mut [cargo(&["test", "--quiet", "-p", "skifteportal-sandbox"])])
}

fn e2e() -> (Count, Outcome) {
    tests(&mut [cargo(&["test", "--quiet", "-p", "skifteportal-e2e"])])
}

fn csharp_shapes() -> (Count, Outcome) {
    let mut own = native::together("test");
    own.args(["--bin", "skifteportal-bindgen"]);
    let (count, outcome) = tests(&mut [own]);
    match shapes::csharp() {
        Err(reason) => (count, outcome.and(Err(reason))),
        Ok((mut across, crossed)) => {
            across += count;
            (across, outcome.and(crossed))
        }
    }
}

fn jose() -> (Count, Outcome) {
    let set_up = || -> Outcome<_> {
        let node = tools::node_packages("jose", &["jose@6.1.0"])?;
        let python = tools::python("jose", &["PyJWT[crypto]==2.10.1"])?;
        Ok((node, python))
    };
    match set_up() {
        Err(reason) => check(Err(reason)),
        Ok((node, python)) => {
            let mut with_jose = command("node", &["--test", "tests/jose/verify.mjs"]);
            with_jose.env("JOSE_PACKAGES", node);
            let mut with_pyjwt = command(python, &["tests/jose/verify.py"]);
            with_pyjwt.env("PYTHONDONTWRITEBYTECODE", "1");
            tests(&mut [with_jose, with_pyjwt])
        }
    }
}

fn pdf_check() -> (Count, Outcome) {
    tests(&mut [cargo(&["test", "--quiet", "-p", "skifteportal-pdf-tools"])])
}

/// Each part counts as one test, and all of them run.
fn pdf_beside_others() -> (Count, Outcome) {
    let parts: [fn() -> Outcome; 3] = [pdf::compare_collection, pdf::hostile_files, pdf::look];
    let mut total = Count::default();
    let mut outcome = Ok(());
    for part in parts {
        let (count, result) = check(part());
        total += count;
        outcome = outcome.and(result);
    }
    (total, outcome)
}

fn wasm() -> (Count, Outcome) {
    match tools::wasm_target().and_then(|()| tools::wasm_test_runner()) {
        Err(reason) => check(Err(reason)),
        Ok(runner) => {
            // Without --quiet: cargo would hand it on to the runner, which does not know it.
            let mut test = cargo(&[
                "test",
                "-p",
                "skifteportal",
                "--tests",
                "--target",
                tools::WASM,
            ]);
            test.env("CARGO_TARGET_WASM32_UNKNOWN_UNKNOWN_RUNNER", runner);
            // The runner rewrites each file before it starts it, debug information and all.
            test.env("CARGO_PROFILE_DEV_DEBUG", "none");
            tests(&mut [test])
        }
    }
}

fn msrv_builds() -> Outcome<Vec<Command>> {
    let toolchain = tools::msrv()?;
    let mut check = command("rustup", &["run", &toolchain, "cargo", "check", "--quiet"]);
    // The variables of the toolchain that runs this task would send the old one astray.
    check
        .arg("--workspace")
        .env_remove("CARGO")
        .env_remove("RUSTUP_TOOLCHAIN")
        .env("CARGO_TARGET_DIR", process::target().join("msrv"));
    Ok(vec![check])
}

fn msrv() -> (Count, Outcome) {
    check(msrv_builds().and_then(|mut checks| checks.iter_mut().try_for_each(process::run)))
}

fn keycloak() -> (Count, Outcome) {
    match tools::keycloak() {
        Err(reason) => check(Err(reason)),
        Ok(home) => {
            let mut test = cargo(&["test", "--quiet", "-p", "skifteportal-keycloak"]);
            test.env("KEYCLOAK_DIST", home);
            tests(&mut [test])
        }
    }
}

fn packages() -> (Count, Outcome) {
    let mut total = Count::default();
    let mut outcome = Ok(());
    for made in [jvm::for_all_platforms(), csharp::for_all_platforms()] {
        match made {
            Ok((count, tested)) => {
                total += count;
                outcome = outcome.and(tested);
            }
            Err(reason) => outcome = outcome.and(Err(reason)),
        }
    }
    (total, outcome)
}

fn demo_jvm() -> (Count, Outcome) {
    check(demo::run(&["--lang", "java"]).and_then(|()| demo::run(&["--lang", "kotlin"])))
}

fn demo_node() -> (Count, Outcome) {
    check(demo::run(&["--lang", "node"]))
}

fn demo_python() -> (Count, Outcome) {
    check(demo::run(&["--lang", "python"]))
}

fn demo_runs() -> (Count, Outcome) {
    check(demo::run(&[]))
}
