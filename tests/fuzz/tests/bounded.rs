//! The targets of the fuzzers without a fuzzer: over their seeds, over a fixed number of mutations of
//! them, and over every input that once failed. Counted in inputs and not in time, so that every machine
//! runs the same.

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::print_stdout,
    reason = "tests"
)]

use std::panic::{catch_unwind, AssertUnwindSafe};
use std::path::Path;

use skifteportal_fuzz_targets::{mutated, regressions, seeds, target, tokens, Numbers, Target};

/// Mutations of files cost more than files that are built: those are small.
const FILES: usize = 1_500;
const BUILT: usize = 3_000;
/// The newest encryption takes thousands of hashes a key.
const ENCRYPTED: usize = 600;
/// Mutations start from the smaller half of the seeds: the others are run as they are.
const SMALL: usize = 8_192;

/// Runs one input; where it fails, keeps it and says where.
fn run(target: &Target, what: &str, input: &[u8]) {
    let outcome = catch_unwind(AssertUnwindSafe(|| target.run(input)));
    if outcome.is_err() {
        let folder = Path::new(env!("CARGO_TARGET_TMPDIR"));
        let file = folder.join(format!("{}-{}", target.name, what.replace([' ', '/'], "-")));
        std::fs::write(&file, input).unwrap();
        panic!("{}, {what}: kept as {}", target.name, file.display());
    }
}

fn over_everything(name: &str, mutations: usize) {
    let target = target(name).unwrap();
    let tokens = tokens();
    assert!(tokens.len() > 100, "the dictionary is not there");
    let seeds = seeds(target);
    assert!(seeds.len() > 5, "there are {} seeds", seeds.len());
    for (index, seed) in seeds.iter().enumerate() {
        run(target, &format!("seed {index}"), seed);
    }
    let small: Vec<Vec<u8>> = seeds
        .into_iter()
        .filter(|seed| seed.len() <= SMALL)
        .collect();
    let mut numbers = Numbers::new(4);
    for index in 0..mutations {
        let input = mutated(&mut numbers, &small, &tokens);
        run(target, &format!("mutation {index}"), &input);
    }
    println!(
        "{name}: {} seeds small enough, {mutations} mutations",
        small.len()
    );
}

#[test]
fn pdf_check_bounded() {
    over_everything("pdf_check", FILES);
}

#[test]
fn pdf_structured_bounded() {
    over_everything("pdf_structured", BUILT);
}

#[test]
fn pdf_filter_bounded() {
    over_everything("pdf_filter", BUILT);
}

#[test]
fn pdf_crypt_bounded() {
    over_everything("pdf_crypt", ENCRYPTED);
}

#[test]
fn pdf_sanitize_bounded() {
    over_everything("pdf_sanitize", FILES);
}

#[test]
fn pdf_sanitize_structured_bounded() {
    over_everything("pdf_sanitize_structured", BUILT);
}

#[test]
fn regressions_stay_fixed() {
    for target in skifteportal_fuzz_targets::TARGETS {
        for (name, input) in regressions(target) {
            run(target, &name, &input);
        }
    }
}
