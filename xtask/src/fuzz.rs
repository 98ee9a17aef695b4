//! The fuzzers of the PDF check, with coverage: `cargo xtask fuzz [TARGET] [--minutes N]`.

use std::fs;
use std::path::{Path, PathBuf};

use crate::process::{self, cargo, command, root, target, Outcome};
use crate::tools;

/// Megabytes that a run may take in all, and in one piece.
const MEMORY: &str = "512";
const ALLOCATION: &str = "256";
/// Seconds that one input may take, in a build with all of its checks.
const TIMEOUT: &str = "20";

/// The targets: the programs of `core/fuzz`.
fn targets() -> Outcome<Vec<String>> {
    let manifest = root().join("core/fuzz/Cargo.toml");
    let text = fs::read_to_string(&manifest).map_err(|e| format!("{}: {e}", manifest.display()))?;
    Ok(text
        .split("[[bin]]")
        .skip(1)
        .filter_map(|bin| Some(bin.split("name = \"").nth(1)?.split('"').next()?.to_owned()))
        .collect())
}

pub(crate) fn run(arguments: &[&str]) -> Outcome {
    let all = targets()?;
    let (chosen, minutes) = match arguments {
        [] => (all, 1),
        ["--minutes", minutes] => (all, number(minutes)?),
        [name] => (vec![(*name).to_owned()], 1),
        [name, "--minutes", minutes] => (vec![(*name).to_owned()], number(minutes)?),
        _ => return Err("cargo xtask fuzz [TARGET] [--minutes N]".to_owned()),
    };
    let known = targets()?;
    if let Some(name) = chosen.iter().find(|name| !known.contains(name)) {
        return Err(format!(
            "there is no target `{name}`, only {}",
            known.join(", ")
        ));
    }
    let fuzzer = tools::cargo_fuzz()?;
    for name in &chosen {
        println!("\n== {name}, {minutes} min");
        one(&fuzzer, name, minutes)?;
    }
    Ok(())
}

fn number(text: &str) -> Outcome<u32> {
    text.parse()
        .map_err(|_| format!("`{text}` is no number of minutes"))
}

fn one(fuzzer: &Path, name: &str, minutes: u32) -> Outcome {
    let work: PathBuf = target().join("fuzz").join(name);
    let folders = [work.join("corpus"), work.join("seeds")];
    for folder in &folders {
        fs::create_dir_all(folder).map_err(|e| format!("{}: {e}", folder.display()))?;
    }
    let [corpus, seeds] = &folders;
    let mut write = cargo(&[
        "run",
        "--quiet",
        "-p",
        "skifteportal-fuzz-targets",
        "--bin",
        "seeds",
    ]);
    process::run(write.args(["--", name]).arg(seeds))?;

    // Through rustup: a cargo that is started by a cargo keeps the toolchain of the first.
    let mut run = command("rustup", &["run", "nightly"]);
    run.arg(fuzzer)
        .args(["run", "--fuzz-dir", "core/fuzz", name]);
    run.arg(corpus).arg(seeds);
    let seconds = (minutes * 60).to_string();
    let options = [
        ("max_total_time", seconds.as_str()),
        ("rss_limit_mb", MEMORY),
        ("malloc_limit_mb", ALLOCATION),
        ("timeout", TIMEOUT),
        ("max_len", "65536"),
        ("dict", "core/fuzz/pdf.dict"),
        ("print_final_stats", "1"),
    ];
    run.arg("--");
    run.args(options.map(|(option, value)| format!("-{option}={value}")));
    run.env_remove("CARGO")
        .env_remove("RUSTUP_TOOLCHAIN")
        // What was freed is kept for a while to find its use; not so much that the limit is reached.
        .env("ASAN_OPTIONS", "quarantine_size_mb=16");
    process::run(&mut run)
}
