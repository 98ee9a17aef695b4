//! A wasm module that keeps every public area of the core alive, to be weighed and not to be used:
//! bytes go in one by one, each area is an exported function over them, and bytes come out.
//!
//! It has no glue, so what it weighs is the core and Rust's own library. `cargo xtask bench core`
//! builds and weighs it.

mod areas;
mod calls;

use std::cell::RefCell;

use skifteportal::model::Timestamp;

thread_local! {
    static INPUT: RefCell<Vec<u8>> = const { RefCell::new(Vec::new()) };
    static OUTPUT: RefCell<Vec<u8>> = const { RefCell::new(Vec::new()) };
}

/// The time that everything happens at; the host's, so that nothing can be computed beforehand.
fn now(seconds: i64) -> Timestamp {
    Timestamp::from_unix(seconds)
}

/// Runs an area over the input; the result is the length of the output.
fn over_input(area: impl FnOnce(&[u8], &mut Vec<u8>)) -> u32 {
    INPUT.with_borrow(|input| {
        OUTPUT.with_borrow_mut(|output| {
            output.clear();
            area(input, output);
            u32::try_from(output.len()).unwrap_or(u32::MAX)
        })
    })
}

/// Adds a byte to the input.
#[no_mangle]
pub extern "C" fn put_byte(byte: u8) {
    INPUT.with_borrow_mut(|input| input.push(byte));
}

/// A byte of the output.
#[no_mangle]
pub extern "C" fn take_byte(at: u32) -> u8 {
    OUTPUT.with_borrow(|output| output.get(at as usize).copied().unwrap_or(0))
}

macro_rules! exports {
    ($($(#[$meta:meta])* $name:ident = $area:path;)+) => {$(
        $(#[$meta])*
        #[no_mangle]
        pub extern "C" fn $name(seconds: i64) -> u32 {
            over_input(|input, output| $area(input, now(seconds), output))
        }
    )+};
}

exports! {
    /// Certificates, chains, keys, PKCS#12.
    run_certificate = areas::certificate;
    /// Token requests, assertions, token answers, the check of assertions.
    run_auth = areas::auth;
    /// Error answers, failures, explanations.
    run_error = areas::error;
    /// The driver with both variants.
    run_session = areas::session;
    /// Escaping.
    run_text = areas::text;
    /// Every operation of the catalogue: its call, its request, its answer.
    run_api = calls::api;
}
