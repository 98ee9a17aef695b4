//! Inputs that a run starts from: the repository's own files.

use std::fs;
use std::path::{Path, PathBuf};

use crate::mutation::Numbers;
use crate::targets::{Input, Target};

/// Larger files cost a fuzzer more than they teach it.
const LARGEST: u64 = 65_536;

fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../..")
}

/// The inputs that a target starts from. Files, largest last; for those that take decisions, the same
/// for everybody, made from numbers.
pub fn seeds(target: &Target) -> Vec<Vec<u8>> {
    match target.input {
        Input::Script => Vec::new(),
        Input::Pdf => {
            let mut found = Vec::new();
            for folder in ["tests/data/pdf", "tests/pdf"] {
                collect(&root().join(folder), "pdf", &mut found);
            }
            found.sort();
            let mut files: Vec<Vec<u8>> = found
                .iter()
                .filter_map(|path| fs::read(path).ok())
                .collect();
            files.sort_by_key(Vec::len);
            files
        }
        Input::Decisions(_) => {
            let mut numbers = Numbers::new(1);
            (0..64)
                .map(|index| numbers.bytes(8 * (index + 1)))
                .collect()
        }
    }
}

/// The inputs that once failed this target, by name.
pub fn regressions(target: &Target) -> Vec<(String, Vec<u8>)> {
    let mut found = Vec::new();
    let folder = root().join("core/fuzz/regressions").join(target.name);
    collect(&folder, "", &mut found);
    found.sort();
    found
        .iter()
        .filter_map(|path| {
            let name = path.file_name()?.to_string_lossy().into_owned();
            Some((name, fs::read(path).ok()?))
        })
        .collect()
}

/// The dictionary of the fuzzers: PDF's own words.
pub fn tokens() -> Vec<Vec<u8>> {
    let text = fs::read_to_string(root().join("core/fuzz/pdf.dict")).unwrap_or_default();
    text.lines().filter_map(token).collect()
}

/// One line of a dictionary: `"text"`, in which a backslash quotes or begins `\xHH`.
fn token(line: &str) -> Option<Vec<u8>> {
    let quoted = line.trim().strip_prefix('"')?.strip_suffix('"')?;
    let mut out = Vec::new();
    let mut rest = quoted.as_bytes();
    while let Some((first, after)) = rest.split_first() {
        rest = after;
        if *first != b'\\' {
            out.push(*first);
            continue;
        }
        if let Some(digits) = rest.strip_prefix(b"x").and_then(|digits| digits.get(..2)) {
            let digits = std::str::from_utf8(digits).ok()?;
            out.push(u8::from_str_radix(digits, 16).ok()?);
            rest = rest.get(3..).unwrap_or_default();
        } else if let Some((quoted, after)) = rest.split_first() {
            out.push(*quoted);
            rest = after;
        }
    }
    Some(out)
}

/// All files with this extension below a folder that are not too large; with any, if it is empty.
fn collect(folder: &Path, extension: &str, found: &mut Vec<PathBuf>) {
    let Ok(entries) = fs::read_dir(folder) else {
        return;
    };
    for entry in entries.flatten() {
        let path = entry.path();
        if path.is_dir() {
            collect(&path, extension, found);
            continue;
        }
        let right = extension.is_empty() || path.extension().is_some_and(|e| e == extension);
        if right && entry.metadata().is_ok_and(|about| about.len() <= LARGEST) {
            found.push(path);
        }
    }
}
