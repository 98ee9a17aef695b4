//! Checks every file of `tests/pdf/hostile`, and compares with the report that stands beside it. The
//! README there describes both.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)] // A test that cannot go on fails.
#![allow(clippy::disallowed_methods)] // The files that are too large to keep are read.

use std::collections::VecDeque;

use include_dir::{include_dir, Dir};
use serde_json::{json, Map, Value};
use skifteportal::pdf::{check, Finding, Profile, Report};

#[cfg(target_arch = "wasm32")]
use wasm_bindgen_test::wasm_bindgen_test as test;

/// The files are part of the test, because a wasm test has no file system.
static FILES: Dir<'_> = include_dir!("$CARGO_MANIFEST_DIR/../tests/pdf/hostile");

/// Checks the files of one folder, and tells all that differ.
fn run(area: &str) {
    let folder = FILES.get_dir(area);
    let folder = folder.unwrap_or_else(|| panic!("no area {area}"));
    let mut failures = Vec::new();
    let mut count = 0;
    for file in folder.files() {
        let path = file.path().to_str().unwrap();
        let Some(stem) = path.strip_suffix(".pdf") else {
            continue;
        };
        let report = FILES.get_file(format!("{stem}.json"));
        let report = report.unwrap_or_else(|| panic!("{stem} has no report"));
        let expected = serde_json::from_slice(report.contents());
        let expected: Value = expected.unwrap_or_else(|error| panic!("{stem}: {error}"));
        count += 1;
        failures.extend(compare(stem, file.contents(), &expected));
    }
    assert!(count > 0, "{area} has no files");
    let differ = failures.len();
    let failures = failures.join("\n");
    assert!(
        failures.is_empty(),
        "{differ} of {count} differ\n{failures}"
    );
}

/// What differs between the report on a file and the expected one.
fn compare(name: &str, bytes: &[u8], expected: &Value) -> Option<String> {
    let report = check(bytes, &Profile::portal());
    let mut lines = Vec::new();
    if expected["verdict"] == "not_accepted" {
        if serde_json::to_value(report.verdict).unwrap() == "accepted" {
            lines.push("verdict: accepted, and must not be".to_owned());
        }
    } else {
        different(
            "verdict",
            &expected["verdict"],
            &json!(report.verdict),
            &mut lines,
        );
    }
    if expected["undecidable"] != "any" {
        let found = json!(report.undecidable);
        different("undecidable", &expected["undecidable"], &found, &mut lines);
    }
    let facts = json!(report.facts);
    for (key, value) in expected["facts"].as_object().unwrap() {
        if value.is_object() {
            for (inner, value) in value.as_object().unwrap() {
                different(
                    &format!("facts.{key}.{inner}"),
                    value,
                    &facts[key][inner],
                    &mut lines,
                );
            }
        } else {
            different(&format!("facts.{key}"), value, &facts[key], &mut lines);
        }
    }
    compare_findings(
        expected["findings"].as_array().unwrap(),
        &report,
        &mut lines,
    );
    if lines.is_empty() {
        return None;
    }
    let trick = expected["trick"].as_str().unwrap();
    Some(format!("{name}: {trick}\n    {}", lines.join("\n    ")))
}

fn different(what: &str, expected: &Value, found: &Value, lines: &mut Vec<String>) {
    if expected != found {
        lines.push(format!("{what}: expected {expected}, found {found}"));
    }
}

/// Every expected finding is there once, and there is no other.
fn compare_findings(expected: &[Value], report: &Report, lines: &mut Vec<String>) {
    let show = |finding: &Finding| {
        let mut shown = json!(finding);
        shown["kind"] = json!(finding.kind.as_str());
        shown
    };
    let mut found: VecDeque<Value> = report.findings.iter().map(show).collect();
    let listed = found.len();
    let mut others = false;
    for one in expected {
        if one["kind"] == "any" {
            others = true;
            continue;
        }
        for one in repeated(one) {
            if lines.len() > 20 {
                lines.push("and more".to_owned());
                return;
            }
            match found.iter().position(|finding| is_same(&one, finding)) {
                Some(index) => drop(found.remove(index)),
                None => lines.push(format!("missing:    {}", Value::Object(one))),
            }
        }
    }
    if !others {
        let others = found.iter().take(20);
        lines.extend(others.map(|finding| format!("unexpected: {finding}")));
    }
    let counted: u64 = report.counts.values().sum();
    if counted != listed as u64 && !others {
        lines.push(format!(
            "{listed} findings are listed, and {counted} counted"
        ));
    }
}

/// The findings that one entry stands for: alike, but for a number in the path, and perhaps the object's.
fn repeated(one: &Value) -> Vec<Map<String, Value>> {
    let mut one = one.as_object().unwrap().clone();
    let times = one.remove("times");
    let step = one.remove("object_step").and_then(|step| step.as_u64());
    let Some(times) = times.and_then(|times| times.as_u64()) else {
        return vec![one];
    };
    let nth = |index: u64| {
        let mut one = one.clone();
        let path = one["path"].as_str().unwrap();
        one["path"] = json!(path.replace("{}", &index.to_string()));
        one["object"] = json!(one["object"].as_u64().unwrap() + index * step.unwrap());
        one
    };
    (0..times).map(nth).collect()
}

/// What the expected finding says holds for the other. It says all but the code and the excerpt; an
/// object, page and revision that it does not have, the other must not have either. A presence or path
/// that it does not have is open.
fn is_same(expected: &Map<String, Value>, found: &Value) -> bool {
    for key in ["object", "generation", "page", "revision"] {
        let open = !expected.contains_key("path");
        if !open && expected.get(key).is_none() && !found[key].is_null() {
            return false;
        }
    }
    expected.iter().all(|(key, value)| found[key] == *value)
}

macro_rules! areas {
    ($($area:ident)+) => {
        $(#[test]
        fn $area() {
            run(stringify!($area));
        })+

        #[test]
        fn every_folder_is_run() {
            let mut expected = vec![$(stringify!($area)),+];
            expected.sort_unstable();
            let folders = FILES.dirs().map(|folder| folder.path().to_str().unwrap());
            let mut found: Vec<&str> = folders.collect();
            found.sort_unstable();
            assert_eq!(found, expected);
        }
    };
}

areas! {
    actions bombs covers doubles embedded encrypted filters honest javascript lengths limits links media outside
    packed rows spelling structure tables traps updates xfa
}

/// The files that are too large to keep, made by `make_hostile.py --large DIR`, if the variable
/// `SKIFTEPORTAL_HOSTILE` names that folder.
#[cfg(not(target_arch = "wasm32"))]
#[test]
fn large_files() {
    let Some(folder) = std::env::var_os("SKIFTEPORTAL_HOSTILE") else {
        return;
    };
    let mut failures = Vec::new();
    for area in std::fs::read_dir(folder).unwrap() {
        for file in std::fs::read_dir(area.unwrap().path()).unwrap() {
            let path = file.unwrap().path();
            if path.extension().is_some_and(|end| end == "pdf") {
                let expected = std::fs::read(path.with_extension("json")).unwrap();
                let expected = serde_json::from_slice(&expected).unwrap();
                let bytes = std::fs::read(&path).unwrap();
                failures.extend(compare(path.to_str().unwrap(), &bytes, &expected));
            }
        }
    }
    assert!(failures.is_empty(), "{}", failures.join("\n"));
}

/// A file that was added after the test was compiled would be passed over.
#[cfg(not(target_arch = "wasm32"))]
#[test]
fn all_files_are_compiled_in() {
    let root = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("../tests/pdf/hostile");
    for area in std::fs::read_dir(&root).unwrap() {
        for file in std::fs::read_dir(area.unwrap().path()).unwrap() {
            let path = file.unwrap().path();
            let embedded = FILES.get_file(path.strip_prefix(&root).unwrap());
            let embedded = embedded.map(include_dir::File::contents);
            assert!(
                embedded == Some(&std::fs::read(&path).unwrap()),
                "{} is new: touch core/tests/pdf_hostile.rs, so that it is compiled in",
                path.display()
            );
        }
    }
}
