//! Data made to cost more than it should.

#[cfg(target_arch = "wasm32")]
use wasm_bindgen_test::wasm_bindgen_test as test;

use super::super::super::limits::{Budget, Limit, Limits};
use super::super::{unpack, unpacked_len};
use super::deflated::{bytes, BOMB};
use super::{budget, predictor, End, Filter, FLATE, LZW};

fn limits(work: u64, unpacked: u64, unpacked_stream: u64) -> Budget {
    Budget::new(&Limits {
        work,
        unpacked,
        unpacked_stream,
        ..Limits::default()
    })
}

#[test]
fn a_bomb_ends_at_the_limit_of_a_stream() {
    let raw = bytes(BOMB);
    let budget = limits(1 << 30, 1 << 30, 1_000_000);
    let unpacked = unpack(&raw, &[FLATE, FLATE], &budget);
    assert_eq!(unpacked.end, End::Limited);
    assert_eq!(unpacked.data.len(), 1_000_000);
    assert!(unpacked.data.capacity() <= 1_000_000);
    assert_eq!(budget.reached(), Some(Limit::Unpacked));
}

#[test]
fn a_bomb_ends_at_the_limit_of_all_streams() {
    let raw = bytes(BOMB);
    let budget = limits(1 << 30, 1_000_000, 1 << 30);
    let unpacked = unpack(&raw, &[FLATE, FLATE], &budget);
    assert_eq!(unpacked.end, End::Limited);
    assert!((900_000..=1_000_000).contains(&unpacked.data.len()));
    assert_eq!(budget.reached(), Some(Limit::Unpacked));
    // Nothing is left for the next one.
    let unpacked = unpack(b"41>", &[Filter::AsciiHex], &budget);
    assert_eq!((unpacked.data.len(), unpacked.end), (0, End::Limited));
}

#[test]
fn a_bomb_ends_with_the_work() {
    let raw = bytes(BOMB);
    let budget = limits(1_000_000, 1 << 30, 1 << 30);
    let unpacked = unpack(&raw, &[FLATE, FLATE], &budget);
    assert_eq!(unpacked.end, End::Limited);
    assert!(unpacked.data.len() <= 1_000_000);
    assert_eq!(budget.reached(), Some(Limit::Work));
}

#[test]
fn a_bomb_is_counted_without_being_kept() {
    let raw = bytes(BOMB);
    let whole = 64 << 20;
    assert_eq!(
        unpacked_len(&raw, &[FLATE, FLATE], 1 << 30, &budget()),
        (whole, End::Whole)
    );
    assert_eq!(
        unpacked_len(&raw, &[FLATE, FLATE], whole - 1, &budget()),
        (whole - 1, End::Limited)
    );
}

#[test]
fn filters_that_feed_each_other_are_paid_for() {
    // Each byte says to repeat itself 128 times, in every one of the filters.
    let budget = limits(10_000_000, 1 << 40, 1 << 40);
    let chain = vec![Filter::RunLength; 32];
    let (_, end) = unpacked_len(&[0x81; 4096], &chain, u64::MAX, &budget);
    assert_eq!(end, End::Limited);
    assert_eq!(budget.reached(), Some(Limit::Work));
}

#[test]
fn a_row_that_never_ends_is_not_kept() {
    let raw = bytes(BOMB);
    let rows = Filter::Flate(predictor(12, 1, 8, i64::MAX));
    let (len, end) = unpacked_len(&raw, &[FLATE, rows], 1 << 30, &budget());
    assert_eq!(end, End::Broken);
    assert!(len < 8 << 20);
}

#[test]
fn blanks_alone_cost_their_length() {
    let budget = limits(1000, 1 << 30, 1 << 30);
    for filter in [Filter::AsciiHex, Filter::Ascii85] {
        let unpacked = unpack(&[b' '; 2000], &[filter], &budget);
        assert_eq!(unpacked.end, End::Limited);
    }
    // A table that is full and never cleared.
    let raw: Vec<u8> = (0..100_000_u32).map(|n| n.to_le_bytes()[0]).collect();
    let unpacked = unpack(&raw, &[LZW], &super::budget());
    assert!(unpacked.data.len() < 4096 * raw.len());
}
