//! Runs every file of `tests/vectors`; the README there describes the format, so that other
//! languages can run the same files. The scripts in its `session` folder are run by
//! `session_scripts`.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)] // A test that cannot go on fails.

use std::collections::BTreeSet;

mod assertion;
mod certificates;
mod disposition;
mod errors;
mod file;
mod form;
mod operations;
mod outcomes;
mod payloads;
mod pdf;
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
    outcomes: outcomes::answer;
    payloads: payloads::answer;
    pdf: pdf::answer;
    rules: rules::answer;
    text: text::answer;
    times: scalars::time;
    token: tokens::token;
    url: url::answer;
}

#[test]
fn every_operation_has_a_request() {
    let known = skifteportal::api::catalogue().iter();
    let sent = file::cases("operations").into_iter();
    let sent = sent.filter(|(_, expect)| expect.get("request").is_some());
    let sent = sent.filter_map(|(input, _)| Some(input["call"]["operation"].as_str()?.to_owned()));
    assert_eq!(
        known
            .map(|row| row.key.to_string())
            .collect::<BTreeSet<_>>(),
        sent.collect()
    );
}

#[test]
fn every_code_is_decoded() {
    let known = skifteportal::error::catalogue::entries().map(|entry| entry.code.to_owned());
    let decoded: BTreeSet<String> = codes("errors", "codes").collect();
    assert!(known.collect::<BTreeSet<_>>().is_subset(&decoded));
}

#[test]
fn every_rule_is_broken() {
    let known = skifteportal::rules::CHECKED_CODES.iter();
    assert_eq!(
        known.map(ToString::to_string).collect::<BTreeSet<_>>(),
        codes("rules", "violations").collect()
    );
}

/// The codes in a list that the cases of an area expect.
fn codes(area: &str, list: &'static str) -> impl Iterator<Item = String> {
    let cases = file::cases(area).into_iter();
    let lists = cases.filter_map(move |(_, expect)| expect[list].as_array().cloned());
    lists
        .flatten()
        .map(|found| found["code"].as_str().unwrap().to_owned())
}
