//! What the READMEs show is what there is: code, commands, the configuration.

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    reason = "tests"
)]

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};

use skifteportal::environment::EnvironmentKind;
use skifteportal_example::Config;

fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../..")
}

fn read(path: &str) -> String {
    fs::read_to_string(root().join(path)).expect(path)
}

/// The marked pieces of a folder's code, by name, without the indentation that they share.
fn snippets(folder: &str) -> BTreeMap<String, String> {
    let mut found = BTreeMap::new();
    for entry in fs::read_dir(root().join(folder)).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            continue;
        }
        let text = fs::read_to_string(&path).unwrap_or_default();
        for part in text.split("// snippet: ").skip(1) {
            let (name, rest) = part.split_once('\n').unwrap();
            let (code, _) = rest.split_once("// end of snippet").expect(name);
            found.insert(name.trim().to_owned(), dedented(code));
        }
    }
    found
}

fn dedented(code: &str) -> String {
    // The last line is what stands before the closing marker.
    let (lines, _) = code.rsplit_once('\n').unwrap();
    let indent = |line: &str| line.len() - line.trim_start().len();
    let shared = lines.lines().filter(|line| !line.trim().is_empty());
    let shared = shared.map(indent).min().unwrap_or(0);
    let line = |line: &str| format!("{}\n", line.get(shared..).unwrap_or_default());
    lines.lines().map(line).collect()
}

/// What follows a marker: the name in it, and the block of code of this language.
fn marked(text: &str, marker: &str, language: &str) -> Vec<(String, String)> {
    text.split(&format!("<!-- {marker}: "))
        .skip(1)
        .map(|part| {
            let (name, rest) = part.split_once(" -->").unwrap();
            let fence = format!("\n```{language}\n");
            let block = rest.strip_prefix(&fence).expect("a block after the marker");
            let (code, _) = block.split_once("```").unwrap();
            (name.to_owned(), code.to_owned())
        })
        .collect()
}

#[test]
fn the_code_in_the_readmes_is_the_examples_own() {
    let snippets = snippets("examples/rust/src");
    let mut shown = 0;
    for readme in ["README.md", "examples/rust/README.md"] {
        for (name, code) in marked(&read(readme), "snippet", "rust") {
            assert_eq!(Some(&code), snippets.get(&name), "{name} in {readme}");
            shown += 1;
        }
    }
    assert!(shown > 0);
}

#[test]
fn the_code_for_dotnet_is_compiled_and_run() {
    let mut snippets = snippets("examples/csharp");
    snippets.extend(self::snippets("bindings-ffi/csharp/Tests/EndToEnd"));
    let shown = marked(&read("docs/dotnet.md"), "snippet", "csharp");
    for (name, code) in &shown {
        assert_eq!(Some(code), snippets.get(name), "{name}");
    }
    assert_eq!(shown.len(), snippets.len(), "a snippet is not shown");
}

#[test]
fn the_tasks_that_the_readmes_name_exist() {
    let source = read("xtask/src/main.rs");
    let (_, help) = source.split_once("const HELP: &str = \"").unwrap();
    let (help, _) = help.split_once("\";").unwrap();
    let mut named = 0;
    for readme in [
        "README.md",
        "docs/dotnet.md",
        "examples/rust/README.md",
        "tests/e2e/README.md",
    ] {
        for part in read(readme).split("cargo xtask ").skip(1) {
            let line = part.lines().next().unwrap();
            let command = line.split(['`', '#']).next().unwrap();
            let mut words = command.split_whitespace();
            let task = words.next().unwrap_or_default();
            let known = help.lines().any(|line| {
                let first = line
                    .strip_prefix("  ")
                    .and_then(|line| line.split(' ').next());
                first == Some(task)
            });
            assert!(known, "{readme} names `cargo xtask {task}`");
            for option in words.filter(|word| word.starts_with("--")) {
                assert!(help.contains(option), "{readme} names {option} of {task}");
            }
            named += 1;
        }
        assert!(named > 0, "{readme}");
    }
}

#[test]
fn the_files_that_the_readmes_link_to_are_there() {
    for readme in [
        "README.md",
        "docs/dotnet.md",
        "examples/rust/README.md",
        "tests/e2e/README.md",
    ] {
        let folder = root().join(readme).parent().unwrap().to_owned();
        for part in read(readme).split("](").skip(1) {
            let target = part.split([')', '#']).next().unwrap();
            let there = target.starts_with("http") || folder.join(target).exists();
            assert!(there, "{readme} links to {target}");
        }
    }
}

#[test]
fn the_configuration_in_the_readme_is_one() {
    let readme = read("examples/rust/README.md");
    let blocks = marked(&readme, "configuration", "json");
    let [(name, json)] = blocks.as_slice() else {
        panic!("one configuration was expected");
    };
    let folder = std::env::temp_dir().join(format!("skifteportal-e2e-{}", std::process::id()));
    fs::create_dir_all(&folder).unwrap();
    let path = folder.join(name);
    fs::write(&path, json).unwrap();
    let config = Config::load(&path);
    fs::remove_dir_all(&folder).unwrap();
    let config = config.unwrap();
    let environment = config.environment().unwrap();
    assert_eq!(environment.kind(), EnvironmentKind::Test);
    assert!(environment
        .path("henvendelse.getHenvendelseTraad")
        .is_some());
    // The system's own authorities are trusted.
    assert!(config.trusted().unwrap().is_none());
    assert!(config.reporters[0].client_id.is_some());
    assert!(config.api_user.is_some() && config.likvidator.is_some());
    config.cpr_nummer().unwrap();
    config.sag_id().unwrap();
}
