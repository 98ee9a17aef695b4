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

const DOCUMENTS: [&str; 7] = [
    "README.md",
    "docs/dotnet.md",
    "docs/java.md",
    "docs/javascript.md",
    "docs/python.md",
    "examples/rust/README.md",
    "tests/e2e/README.md",
];

fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../..")
}

fn read(path: &str) -> String {
    fs::read_to_string(root().join(path)).expect(path)
}

/// What a line says as a comment of Rust, Java, Kotlin, XML or a shell.
fn comment(line: &str) -> Option<&str> {
    let line = line.trim();
    let xml = || line.strip_prefix("<!-- ")?.strip_suffix(" -->");
    line.strip_prefix("// ")
        .or_else(|| line.strip_prefix("# "))
        .or_else(xml)
}

/// Lines without the indentation that all of them have.
fn dedented(lines: &[&str]) -> String {
    let indentation = |line: &&&str| line.len() - line.trim_start().len();
    let told = lines.iter().filter(|line| !line.trim().is_empty());
    let common = told.map(|line| indentation(&line)).min().unwrap_or(0);
    let mut text = String::new();
    for line in lines {
        text.push_str(line.get(common..).unwrap_or_default());
        text.push('\n');
    }
    text
}

/// The marked pieces of the code in a folder and those in it, by name.
fn snippets(folder: &Path, found: &mut BTreeMap<String, String>) {
    for entry in fs::read_dir(folder).expect("a folder") {
        let path = entry.unwrap().path();
        if path.is_dir() {
            snippets(&path, found);
            continue;
        }
        // Test data beside the code need not be text.
        let Ok(text) = fs::read_to_string(&path) else {
            continue;
        };
        let mut lines = text.lines();
        while let Some(line) = lines.next() {
            let Some(name) = comment(line).and_then(|said| said.strip_prefix("snippet: ")) else {
                continue;
            };
            let code: Vec<&str> = lines
                .by_ref()
                .take_while(|line| comment(line) != Some("end of snippet"))
                .collect();
            let before = found.insert(name.to_owned(), dedented(&code));
            assert_eq!(before, None, "{name} is there twice");
        }
    }
}

/// What follows a marker: the name in it, the language, and the block of code.
fn marked(text: &str, marker: &str) -> Vec<(String, String, String)> {
    text.split(&format!("<!-- {marker}: "))
        .skip(1)
        .map(|part| {
            let (name, rest) = part.split_once(" -->").unwrap();
            let block = rest
                .strip_prefix("\n```")
                .expect("a block after the marker");
            let (language, rest) = block.split_once('\n').unwrap();
            let (code, _) = rest.split_once("```").unwrap();
            (name.to_owned(), language.to_owned(), code.to_owned())
        })
        .collect()
}

/// Every marked block is what stands in the code of its language, or in a guide all of whose blocks are run;
/// returns how many there are.
fn shown(document: &str, folders: &[(&str, &str)]) -> usize {
    let blocks = marked(&read(document), "snippet");
    let mut code: BTreeMap<&str, BTreeMap<String, String>> = BTreeMap::new();
    for (language, place) in folders {
        let found = code.entry(language).or_default();
        if Path::new(place)
            .extension()
            .is_some_and(|kind| kind == "md")
        {
            let guide = marked(&read(place), "snippet").into_iter();
            let own = guide.filter(|(_, block, _)| block == language);
            found.extend(own.map(|(name, _, shown)| (name, shown)));
        } else {
            snippets(&root().join(place), found);
        }
    }
    for (name, language, shown) in &blocks {
        let written = code.get(language.as_str()).and_then(|all| all.get(name));
        assert_eq!(Some(shown), written, "{name} in {document}, in {language}");
    }
    blocks.len()
}

#[test]
fn the_code_in_the_readmes_is_the_examples_own() {
    let folders = [
        ("rust", "examples/rust/src"),
        ("csharp", "examples/csharp"),
        ("java", "bindings-ffi/kotlin/guide"),
        ("js", "docs/javascript.md"),
        ("python", "docs/python.md"),
    ];
    let readmes = ["README.md", "examples/rust/README.md"];
    let count: usize = readmes.iter().map(|one| shown(one, &folders)).sum();
    assert!(count > 0);
}

/// Nothing is shown that is not compiled and run, but what is typed at a prompt.
#[test]
fn the_code_in_the_guide_for_java_is_its_projects_own() {
    let document = "docs/java.md";
    let project = "bindings-ffi/kotlin/guide";
    let count = shown(
        document,
        &["java", "kotlin", "xml", "properties", "sh"].map(|language| (language, project)),
    );
    let text = read(document);
    let fences = text.lines().filter(|line| line.starts_with("```")).count();
    let typed = text.matches("\n```console\n").count();
    assert_eq!(fences, 2 * (count + typed));
    assert!(count > typed);
}

/// Every block of C# in the guide for .NET is compiled and run.
#[test]
fn the_code_in_the_guide_for_dotnet_is_the_tests_own() {
    let document = "docs/dotnet.md";
    let folders = ["examples/csharp", "bindings-ffi/csharp/Tests/EndToEnd"];
    let count = shown(document, &folders.map(|folder| ("csharp", folder)));
    assert_eq!(count, read(document).matches("\n```csharp\n").count());
}

#[test]
fn the_tasks_that_the_readmes_name_exist() {
    let source = read("xtask/src/main.rs");
    let (_, help) = source.split_once("const HELP: &str = \"").unwrap();
    let (help, _) = help.split_once("\";").unwrap();
    let mut named = 0;
    for readme in DOCUMENTS {
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
    for readme in DOCUMENTS {
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
    let blocks = marked(&readme, "configuration");
    let [(name, _, json)] = blocks.as_slice() else {
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
