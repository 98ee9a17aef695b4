//! A vector file, and how its cases are compared.

use std::collections::BTreeSet;

use include_dir::{include_dir, Dir};
use serde::de::DeserializeOwned;
use serde::Deserialize;
use serde_json::Value;

/// The files are part of the test, because a wasm test has no file system.
static VECTORS: Dir<'_> = include_dir!("$CARGO_MANIFEST_DIR/../tests/vectors");

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct VectorFile {
    description: String,
    origin: String,
    cases: Vec<Case>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Case {
    name: String,
    input: Value,
    expect: Value,
}

fn json_files<'a>(folder: &'a Dir<'a>) -> impl Iterator<Item = (&'a str, &'a [u8])> {
    folder
        .files()
        .map(|file| (file.path().to_str().unwrap(), file.contents()))
        .filter(|(path, _)| path.rsplit_once('.').is_some_and(|(_, end)| end == "json"))
}

/// The files of an area with their paths.
fn files(area: &str) -> impl Iterator<Item = (&'static str, VectorFile)> {
    let folder = VECTORS.get_dir(area);
    let folder = folder.unwrap_or_else(|| panic!("no area {area}"));
    json_files(folder).map(|(path, bytes)| {
        let file = serde_json::from_slice(bytes);
        (path, file.unwrap_or_else(|error| panic!("{path}: {error}")))
    })
}

/// Input and expectation of every case of an area.
pub(crate) fn cases(area: &str) -> Vec<(Value, Value)> {
    let cases = files(area).flat_map(|(_, file)| file.cases);
    cases.map(|case| (case.input, case.expect)).collect()
}

/// Gives the input of every case of an area to `answer`, twice, and holds the answers to what the
/// case expects. All cases that differ are told.
pub(crate) fn run<I: DeserializeOwned>(area: &str, answer: fn(I) -> Value) {
    let mut failures = Vec::new();
    let mut count = 0;
    for (path, file) in files(area) {
        assert!(!file.description.is_empty(), "{path}");
        assert!(!file.origin.is_empty(), "{path}");
        let mut names = BTreeSet::new();
        for case in file.cases {
            let place = format!("{path}: {}", case.name);
            assert!(names.insert(case.name), "{place}: the name is there twice");
            let input = || {
                serde_json::from_value::<I>(case.input.clone())
                    .unwrap_or_else(|error| panic!("{place}: {error}"))
            };
            let found = answer(input());
            assert_eq!(
                answer(input()),
                found,
                "{place}: not the same the second time"
            );
            if found != case.expect {
                let expect = case.expect;
                failures.push(format!("{place}\n  expected {expect}\n  found    {found}"));
            }
            count += 1;
        }
    }
    assert!(count > 0, "{area} has no cases");
    assert!(
        failures.is_empty(),
        "{} of {count} cases differ\n{}",
        failures.len(),
        failures.join("\n")
    );
}

/// That no folder of the vectors is forgotten, and none of their files lies outside of one.
pub(crate) fn check_areas(run: &[&str]) {
    let mut expected: BTreeSet<&str> = run.iter().copied().collect();
    expected.insert("session");
    let found: BTreeSet<&str> = VECTORS
        .dirs()
        .map(|folder| folder.path().to_str().unwrap())
        .collect();
    assert_eq!(found, expected);
    assert_eq!(json_files(&VECTORS).count(), 0);
    for folder in VECTORS.dirs() {
        let inner = folder.dirs().flat_map(json_files);
        assert_eq!(inner.count(), 0, "{}", folder.path().display());
    }
    #[cfg(not(target_arch = "wasm32"))]
    check_embedded();
}

/// A file that was added after the test was compiled would be passed over.
#[cfg(not(target_arch = "wasm32"))]
fn check_embedded() {
    let root = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("../tests/vectors");
    for folder in std::fs::read_dir(&root).unwrap().map(Result::unwrap) {
        if !folder.file_type().unwrap().is_dir() {
            continue;
        }
        for file in std::fs::read_dir(folder.path())
            .unwrap()
            .map(Result::unwrap)
        {
            let path = file.path();
            let embedded = VECTORS.get_entry(path.strip_prefix(&root).unwrap());
            assert!(
                embedded.is_some(),
                "{} is new: touch core/tests/vectors/file.rs, so that it is compiled in",
                path.display()
            );
        }
    }
}
