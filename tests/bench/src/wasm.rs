//! The size of a wasm module, by crate.

use std::collections::BTreeMap;
use std::io::Write as _;

use flate2::write::GzEncoder;
use flate2::Compression;

use crate::table::{kib, Table};
use crate::Outcome;

/// Weighs a module whose functions still have their names, which tell the crate of each. The names
/// themselves, and all else that a stripped module lacks, do not count.
pub(crate) fn run(table: &mut Table, file: &str) -> Outcome {
    table.section("Size of the core as wasm");
    let named = std::fs::read(file)?;
    let weighed = Module::read(&named).ok_or("not a wasm module")?;
    let mut gzip = GzEncoder::new(Vec::new(), Compression::best());
    gzip.write_all(&weighed.stripped)?;
    let packed = gzip.finish()?;
    table.row(
        "a module that keeps every area alive",
        format!(
            "**{}**, gzip **{}**",
            kib(weighed.stripped.len() as u64),
            kib(packed.len() as u64)
        ),
        "aim: under 400 KiB gzip",
        "all operations with their payloads, certificates and PKCS#12, auth, errors, session, text; \
         profile `wasm` with its symbols stripped, not run through wasm-opt",
    );
    table.row(
        "of that: code, data",
        format!("{}, {}", kib(weighed.code), kib(weighed.data)),
        "–",
        "before gzip",
    );
    let mut crates: Vec<(&String, &u64)> = weighed.crates.iter().collect();
    crates.sort_by_key(|(name, size)| (std::cmp::Reverse(**size), (*name).clone()));
    let heaviest: Vec<String> = crates
        .into_iter()
        .take(14)
        .map(|(name, size)| format!("{name} {}", kib(*size)))
        .collect();
    table.row(
        "the code by crate",
        heaviest.join(", "),
        "–",
        "by the names of the functions; generic code counts where it was written",
    );
    Ok(())
}

#[derive(Default)]
struct Module {
    /// The module without its custom sections.
    stripped: Vec<u8>,
    code: u64,
    data: u64,
    crates: BTreeMap<String, u64>,
}

impl Module {
    fn read(bytes: &[u8]) -> Option<Self> {
        const HEADER: &[u8] = b"\0asm\x01\0\0\0";
        let mut rest = bytes.strip_prefix(HEADER)?;
        let mut module = Self {
            stripped: HEADER.to_vec(),
            ..Self::default()
        };
        let (mut imported, mut bodies, mut names) = (0, Vec::new(), BTreeMap::new());
        loop {
            let whole = rest;
            let Some((id, section)) = section(&mut rest) else {
                break;
            };
            if id != 0 {
                let length = whole.len() - rest.len();
                module.stripped.extend_from_slice(whole.get(..length)?);
            }
            match id {
                // No host function is imported; were one, every index would shift.
                2 => imported = number(&mut &*section)?,
                10 => {
                    module.code = section.len() as u64;
                    bodies = code(section)?;
                }
                11 => module.data = section.len() as u64,
                0 => {
                    let mut custom = section;
                    if take(&mut custom)? == b"name" {
                        names = function_names(custom)?;
                    }
                }
                _ => {}
            }
        }
        for (index, size) in (imported..).zip(bodies) {
            let name = names.get(&index).map_or("", String::as_str);
            *module.crates.entry(crate_of(name)).or_default() += size;
        }
        Some(module)
    }
}

/// An unsigned number in LEB128.
fn number(rest: &mut &[u8]) -> Option<u64> {
    let mut value = 0;
    for shift in (0..64).step_by(7) {
        let (first, tail) = rest.split_first()?;
        *rest = tail;
        value |= u64::from(first & 0x7f) << shift;
        if first & 0x80 == 0 {
            return Some(value);
        }
    }
    None
}

/// Bytes after their own length.
fn take<'a>(rest: &mut &'a [u8]) -> Option<&'a [u8]> {
    let length = usize::try_from(number(rest)?).ok()?;
    let (bytes, tail) = rest.split_at_checked(length)?;
    *rest = tail;
    Some(bytes)
}

fn section<'a>(rest: &mut &'a [u8]) -> Option<(u8, &'a [u8])> {
    let (id, tail) = rest.split_first()?;
    *rest = tail;
    Some((*id, take(rest)?))
}

fn code(mut section: &[u8]) -> Option<Vec<u64>> {
    let count = number(&mut section)?;
    (0..count)
        .map(|_| take(&mut section).map(|body| body.len() as u64))
        .collect()
}

fn function_names(mut custom: &[u8]) -> Option<BTreeMap<u64, String>> {
    let mut names = BTreeMap::new();
    while let Some((id, mut part)) = section(&mut custom) {
        if id != 1 {
            continue;
        }
        for _ in 0..number(&mut part)? {
            let index = number(&mut part)?;
            let name = String::from_utf8_lossy(take(&mut part)?).into_owned();
            names.insert(index, name);
        }
    }
    Some(names)
}

/// The crate whose name comes first in a function's name. For code that is generic over the type it
/// works on (`<T as der::Decode>`), the trait's.
fn crate_of(name: &str) -> String {
    let name = rustc_demangle::demangle(name).to_string();
    let first = |path: &str| {
        let path = path.trim_start_matches(['<', '&', '*', '(', '[']);
        let path = path.strip_prefix("dyn ").unwrap_or(path);
        let path = path.strip_prefix("mut ").unwrap_or(path);
        let (name, _) = path.split_once("::")?;
        let plain = |c: char| c.is_ascii_alphanumeric() || c == '_';
        (!name.is_empty() && name.chars().all(plain)).then(|| name.to_owned())
    };
    let of_trait = || first(name.split_once(" as ")?.1);
    first(&name)
        .or_else(of_trait)
        .unwrap_or_else(|| "exports and others".to_owned())
}
