//! That docs/ARCHITECTURE.md and docs/PROVENANCE.md say what the code does.
#![allow(clippy::unwrap_used, clippy::expect_used)] // A helper that cannot go on fails its test.

use std::collections::{BTreeMap, BTreeSet};

use include_dir::{include_dir, Dir};
use skifteportal::api::catalogue;
#[cfg(target_arch = "wasm32")]
use wasm_bindgen_test::wasm_bindgen_test as test;

static SOURCES: Dir<'_> = include_dir!("$CARGO_MANIFEST_DIR/src");
const ARCHITECTURE: &str = include_str!("../../docs/ARCHITECTURE.md");
const PROVENANCE: &str = include_str!("../../docs/PROVENANCE.md");
const MANIFEST: &str = include_str!("../Cargo.toml");

/// What stands between two texts.
fn between<'a>(text: &'a str, start: &str, end: &str) -> &'a str {
    let (_, rest) = text.split_once(start).expect(start);
    rest.split_once(end).expect(end).0
}

/// The words between backticks.
fn code(text: &str) -> impl Iterator<Item = &str> {
    text.split('`').skip(1).step_by(2)
}

#[test]
fn the_table_of_dependencies_is_the_manifests() {
    let mut used = BTreeSet::new();
    let mut section = "";
    for line in MANIFEST.lines() {
        if line.starts_with('[') {
            section = line.trim_end_matches(']');
        } else if section.ends_with("dependencies") && !section.ends_with("dev-dependencies") {
            let name = line.split(['.', ' ', '=']).next().unwrap_or_default();
            if !name.is_empty() && !name.starts_with('#') {
                used.insert(name);
            }
        }
    }
    let section = between(ARCHITECTURE, "## Dependencies of the core", "\n## ");
    let named: BTreeSet<&str> = section
        .lines()
        .filter(|line| line.starts_with("| `"))
        .filter_map(|line| line.split(" | ").next())
        .flat_map(code)
        .collect();
    assert_eq!(named, used);
}

/// The order of docs/ARCHITECTURE.md: whom each module may know.
const KNOWS: &[(&str, &[&str])] = &[
    ("http", &[]),
    ("secret", &[]),
    ("text", &[]),
    ("environment", &["http"]),
    ("model", &["http", "text"]),
    ("certificate", &["model", "secret"]),
    ("error", &["http", "model"]),
    ("pdf", &["error"]),
    ("rules", &["model", "text"]),
    (
        "auth",
        &[
            "certificate",
            "environment",
            "error",
            "http",
            "model",
            "secret",
        ],
    ),
    (
        "api",
        &[
            "auth",
            "environment",
            "error",
            "http",
            "model",
            "pdf",
            "rules",
        ],
    ),
    (
        "session",
        &[
            "api",
            "auth",
            "certificate",
            "environment",
            "error",
            "http",
            "model",
            "secret",
        ],
    ),
    (
        "boundary",
        &[
            "api",
            "auth",
            "certificate",
            "error",
            "http",
            "model",
            "pdf",
            "rules",
            "session",
            "text",
        ],
    ),
    ("dynamic", &["api", "http", "model", "rules"]),
];

fn collect<'a>(folder: &'a Dir<'a>, found: &mut BTreeMap<String, BTreeSet<String>>) {
    for file in folder.files() {
        let path = file.path().to_str().unwrap();
        let module = path.split(['/', '.']).next().unwrap();
        // Comments may name any module; tests of a module too, but none does.
        let source = file.contents_utf8().unwrap();
        for line in source.lines().filter(|l| !l.trim_start().starts_with("//")) {
            for (_, rest) in line
                .match_indices("crate::")
                .map(|(at, m)| (at, &line[at + m.len()..]))
            {
                let other: String = rest.chars().take_while(char::is_ascii_lowercase).collect();
                if other != module && KNOWS.iter().any(|(name, _)| *name == other) {
                    found.entry(module.to_owned()).or_default().insert(other);
                }
            }
        }
    }
    folder.dirs().for_each(|inner| collect(inner, found));
}

#[test]
fn modules_know_those_before_them_alone() {
    let mut found = BTreeMap::new();
    collect(&SOURCES, &mut found);
    for (at, (module, knows)) in KNOWS.iter().enumerate() {
        let before = |name: &&&str| KNOWS[..at].iter().any(|(other, _)| other == *name);
        assert!(knows.iter().all(|name| before(&name)), "{module}");
        let found: Vec<String> = found.remove(*module).into_iter().flatten().collect();
        assert_eq!(found, *knows, "{module}");
    }
    found.remove("lib");
    assert!(found.is_empty(), "{found:?}");
}

#[test]
fn every_path_that_is_not_printed_is_listed() {
    let listed = between(PROVENANCE, "## Paths that are not printed", "\n## ");
    for row in catalogue().iter().filter(|row| row.path.is_none()) {
        let file = row.service.info().open_api_file;
        assert!(listed.contains(&format!("`{file}`")), "{}", row.key);
    }
    for name in code(listed).filter(|name| name.ends_with("-oas.yaml")) {
        assert!(
            skifteportal::api::services()
                .iter()
                .any(|s| s.open_api_file == name),
            "{name}"
        );
    }
}
