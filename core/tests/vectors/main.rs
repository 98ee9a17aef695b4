//! Runs every file of `tests/vectors`; the README there describes the format, so that other
//! languages can run the same files. The scripts in its `session` folder are run by
//! `session_scripts`.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)] // A test that cannot go on fails.

mod assertion;
mod certificates;
mod disposition;
mod errors;
mod file;
mod form;
mod operations;
mod payloads;
mod rules;
mod scalars;
mod text;
mod tokens;
mod url;
mod wire;

#[cfg(target_arch = "wasm32")]
use wasm_bindgen_test::wasm_bindgen_test as test;

macro_rules! areas {
    ($($area:ident: $answer:path;)+) => {
        $(#[test]
        fn $area() {
            file::run(stringify!($area), $answer);
        })+

        #[test]
        fn every_file_is_in_an_area_that_is_run() {
            file::check_areas(&[$(stringify!($area)),+]);
        }
    };
}

areas! {
    amounts: scalars::amount;
    assertion: assertion::answer;
    certificates: certificates::answer;
    claims: tokens::claims;
    dates: scalars::date;
    disposition: disposition::answer;
    errors: errors::answer;
    form: form::answer;
    ids: scalars::id;
    operations: operations::answer;
    payloads: payloads::answer;
    rules: rules::answer;
    text: text::answer;
    times: scalars::time;
    token: tokens::token;
    url: url::answer;
}
