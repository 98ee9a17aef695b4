//! The suite that builds the libraries of all platforms, looks into them and runs those that can be run
//! on one Linux machine. Those for macOS cannot: their exports are all that is known of them.

use std::path::{Path, PathBuf};
use std::process::Command;

use super::build::{build, Toolchain};
use super::{check, Platform, System, ALL, PACKAGE};
use crate::csharp;
use crate::process::{self, root, target, Count, Outcome};
use crate::qemu::Runner;
use crate::wine::Wine;

/// Finds what runs programs of another platform.
type Find = fn() -> Outcome<Runner>;

/// Where the vectors are run, and by what.
const VECTORS: &[(&str, Option<Find>)] = &[
    ("linux-arm64", Some(Runner::arm64)),
    // Zig links musl into programs, so that they run by themselves.
    ("linux-x64-musl", None),
];

/// All of it. Each check counts as a test, and all of them run.
pub(crate) fn suite() -> (Count, Outcome) {
    let mut results = Results::default();
    let platforms: Vec<&Platform> = ALL.iter().collect();
    match build(PACKAGE, &platforms) {
        Err(reason) => results.add("the libraries are built", Err(reason)),
        Ok(libraries) => {
            let built: Vec<_> = platforms.into_iter().zip(libraries).collect();
            look(&built, &mut results);
            for (platform, library) in &built {
                if platform.system != System::MacOs {
                    let called = call(platform, library);
                    results.add(&format!("{} is loaded and called", platform.name), called);
                }
            }
            for (platform, library) in &built {
                if platform.system == System::Windows {
                    results.add_all(csharp::windows::tests(platform, library));
                }
            }
        }
    }
    for (name, runner) in VECTORS {
        results.add_all(vectors(name, *runner));
    }
    (results.count, results.outcome)
}

/// What the checks came to.
struct Results {
    count: Count,
    outcome: Outcome,
}

impl Default for Results {
    fn default() -> Self {
        Self {
            count: Count::default(),
            outcome: Ok(()),
        }
    }
}

impl Results {
    fn add_all(&mut self, (count, outcome): (Count, Outcome)) {
        self.count += count;
        self.outcome = std::mem::replace(&mut self.outcome, Ok(())).and(outcome);
    }

    fn add(&mut self, what: &str, outcome: Outcome) {
        match outcome {
            Ok(()) => {
                self.count.passed += 1;
                println!("{what} ... ok");
            }
            Err(reason) => {
                self.count.failed += 1;
                println!("{what} ... FAIL: {reason}");
                if self.outcome.is_ok() {
                    self.outcome = Err(format!("{what}: {reason}"));
                }
            }
        }
    }
}

/// Looks into the files.
fn look(built: &[(&Platform, PathBuf)], results: &mut Results) {
    let Some((first, others)) = built.split_first() else {
        return;
    };
    for (platform, library) in built {
        let name = platform.name;
        if let Ok(file) = library.metadata() {
            println!("{name:15} {} bytes", file.len());
        }
        results.add(
            &format!("{name} loads only what its system has"),
            check::loads_only_the_system(platform, library),
        );
        results.add(
            &format!("{name} holds no path of this machine"),
            check::names_no_path(library),
        );
        if platform.system == System::LinuxGnu {
            results.add(
                &format!("{name} runs on glibc {}", check::GLIBC),
                check::runs_on_the_oldest_glibc(library),
            );
        }
        if platform.name == "osx-arm64" {
            results.add(&format!("{name} is signed"), check::is_signed(library));
        }
    }
    for (platform, library) in others {
        results.add(
            &format!("{} exports what {} does", platform.name, first.0.name),
            check::same_exports(&first.1, library),
        );
    }
}

/// Loads a library into a program of its platform and calls it.
fn call(platform: &Platform, library: &Path) -> Outcome {
    let (zig, suffix) = match platform.name {
        "linux-x64" => ("x86_64-linux-gnu.2.17", ""),
        "linux-arm64" => ("aarch64-linux-gnu.2.17", ""),
        "linux-x64-musl" => ("x86_64-linux-musl", ""),
        "win-x64" => ("x86_64-windows-gnu", ".exe"),
        other => return Err(format!("{other} cannot be run here")),
    };
    let folder = target().join("platforms/call");
    std::fs::create_dir_all(&folder).map_err(|e| format!("{}: {e}", folder.display()))?;
    let program = folder.join(format!("{}{suffix}", platform.name));
    let mut compile = Toolchain::set_up(&[platform])?.compiler();
    compile.args(["-target", zig, "-O2", "-Wall", "-Werror"]);
    if platform.system == System::LinuxMusl {
        // Zig links musl statically unless told otherwise, and such a program loads no library.
        compile.arg("-dynamic");
    }
    if platform.system == System::LinuxGnu {
        compile.arg("-ldl");
    }
    let source = root().join("tests/platforms/call.c");
    process::run(compile.arg("-o").arg(&program).arg(source))?;
    let mut start = match platform.name {
        "linux-arm64" => Runner::arm64()?.command(&program),
        "linux-x64-musl" => Runner::musl()?.command(&program),
        "win-x64" => Wine::set_up()?.command(&program),
        _ => Command::new(&program),
    };
    process::run(start.arg(library))
}

/// The shared vectors, compiled as the library is, for a platform of Linux.
fn compiled_vectors(name: &str) -> Outcome<(&'static Platform, Command)> {
    let platform = Platform::named(name).ok_or_else(|| format!("there is no {name}"))?;
    let mut test = Toolchain::set_up(&[platform])?.cargo_zig("test", platform)?;
    // With the feature of the library, so that the core is compiled once for both.
    test.args(["-p", "skifteportal", "--features", "uniffi"])
        .args(["--test", "vectors"]);
    Ok((platform, test))
}

/// Runs them.
fn vectors(name: &str, runner: Option<Find>) -> (Count, Outcome) {
    let made = || -> Outcome<Command> {
        let (platform, mut test) = compiled_vectors(name)?;
        if let Some(runner) = runner {
            test.env(platform.cargo_variable("RUNNER"), runner()?.for_cargo());
        }
        Ok(test)
    };
    println!("the vectors on {name}");
    match made() {
        Ok(mut test) => process::test(&mut test),
        Err(reason) => (
            Count {
                passed: 0,
                failed: 1,
            },
            Err(reason),
        ),
    }
}

/// What the suite builds, as commands.
pub(crate) fn builds() -> Outcome<Vec<Command>> {
    Toolchain::set_up(&ALL.iter().collect::<Vec<_>>())?;
    let this = std::env::current_exe().map_err(|e| format!("this program: {e}"))?;
    let mut commands = vec![process::command(this, &["native"])];
    for (name, _) in VECTORS {
        let (_, mut test) = compiled_vectors(name)?;
        test.arg("--no-run");
        commands.push(test);
    }
    Ok(commands)
}

/// Looks into the native module of Python. What it loads on Linux is maturin's to check.
pub(crate) fn look_at_module(platform: &Platform, module: &Path) -> Outcome {
    check::names_no_path(module)?;
    let exports = check::exports(module)?;
    if !exports.contains("PyInit__native") {
        return Err(format!("Python finds nothing in {}", module.display()));
    }
    match platform.system {
        System::LinuxGnu => check::runs_on_the_oldest_glibc(module),
        System::LinuxMusl => Ok(()),
        System::Windows => {
            if exports.len() > 1 {
                let count = exports.len();
                return Err(format!("{} exports {count} names", module.display()));
            }
            // The part of Python that is the same in all versions.
            check::loads_only(platform, module, &["python3.dll"])
        }
        System::MacOs => {
            check::loads_only_the_system(platform, module)?;
            check::leaves_only_python_open(module)?;
            if platform.name == "osx-arm64" {
                check::is_signed(module)?;
            }
            Ok(())
        }
    }
}

/// Zig's C compiler, for the programs of tests.
pub(crate) fn compiler() -> Outcome<Command> {
    Ok(Toolchain::set_up(&[])?.compiler())
}
