//! The PDF check alone as a wasm module, to be weighed and measured and not to be used: a host makes
//! room for a file, copies it in at once, and has it checked.
//!
//! It has no glue, so what it weighs is the check and Rust's own library. `cargo xtask bench pdf` builds
//! it twice: as it is, and without the feature `report`.

use std::cell::RefCell;
use std::hint::black_box;

use skifteportal::pdf::{check, Profile, Report};

thread_local! {
    static FILE: RefCell<Vec<u8>> = const { RefCell::new(Vec::new()) };
    static OUTPUT: RefCell<Vec<u8>> = const { RefCell::new(Vec::new()) };
}

/// Makes room for a file and tells where. The place is good until the next call.
#[no_mangle]
pub extern "C" fn room(length: usize) -> *mut u8 {
    FILE.with_borrow_mut(|file| {
        file.clear();
        file.reserve_exact(length);
        file.resize(length, 0);
        file.as_mut_ptr()
    })
}

/// Gives the room back.
#[no_mangle]
pub extern "C" fn release() {
    FILE.take();
    OUTPUT.take();
}

fn report() -> Report {
    FILE.with_borrow(|file| check(file, &Profile::portal()))
}

/// Checks the file; the result is its verdict, from 0 (accepted).
#[no_mangle]
pub extern "C" fn verdict() -> u32 {
    // The report is made in full, as for a host that reads it.
    black_box(report()).verdict as u32
}

/// Checks the file and writes the report as JSON; the result is its length.
#[cfg(feature = "report")]
#[no_mangle]
pub extern "C" fn json() -> usize {
    use skifteportal::error::Language;

    let report = report();
    let mut output = serde_json::to_vec(&report).unwrap_or_default();
    for finding in &report.findings {
        for language in [Language::Danish, Language::English] {
            output.push(b'\n');
            output.extend(finding.explanation(language).bytes());
        }
    }
    let length = output.len();
    OUTPUT.set(output);
    length
}

/// Where the report stands that was written last.
#[cfg(feature = "report")]
#[no_mangle]
pub extern "C" fn output() -> *const u8 {
    OUTPUT.with_borrow(Vec::as_ptr)
}
