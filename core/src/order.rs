//! Sorting, small where size counts.
//!
//! The standard library's sorts are compiled for each type, and are 4 to 8 KB of wasm each: all of them together were a
//! seventh of the check. There, the places of what is sorted are sorted instead, by code that all types share.

use std::cmp::Ordering;

/// Sorts; what is equal stays in its order.
pub(crate) fn sort_by<T>(items: &mut [T], compare: impl Fn(&T, &T) -> Ordering) {
    if cfg!(target_arch = "wasm32") {
        by_places(items, compare);
    } else {
        items.sort_by(compare);
    }
}

/// Sorts by what the items themselves are.
pub(crate) fn sort<T: Ord>(items: &mut [T]) {
    sort_by(items, T::cmp);
}

fn by_places<T>(items: &mut [T], compare: impl Fn(&T, &T) -> Ordering) {
    let ordered = places(
        items.len(),
        &|one, other| match (items.get(one), items.get(other)) {
            (Some(one), Some(other)) => compare(one, other),
            _ => Ordering::Equal,
        },
    );
    arrange(ordered, &mut |one, other| items.swap(one, other));
}

/// For each place, where what belongs there is now.
#[inline(never)]
fn places(count: usize, compare: &dyn Fn(usize, usize) -> Ordering) -> Vec<usize> {
    let mut places: Vec<usize> = (0..count).collect();
    places.sort_unstable_by(|&one, &other| compare(one, other).then(one.cmp(&other)));
    places
}

/// Moves everything to its place, one round of exchanges after the other.
#[inline(never)]
fn arrange(mut places: Vec<usize>, swap: &mut dyn FnMut(usize, usize)) {
    for start in 0..places.len() {
        let mut at = start;
        while let Some(from) = places.get_mut(at) {
            let from = std::mem::replace(from, at);
            if from == start {
                break;
            }
            swap(at, from);
            at = from;
        }
    }
}

// The properties are those of the host's tests: wasm32 has no proptest.
#[cfg(all(test, not(target_arch = "wasm32")))]
mod tests {
    use proptest::prelude::*;

    use super::*;

    proptest! {
        #[test]
        fn both_ways_sort_alike(mut items: Vec<(u8, u16)>) {
            let mut other = items.clone();
            by_places(&mut items, |one, other| one.0.cmp(&other.0));
            other.sort_by_key(|item| item.0);
            prop_assert_eq!(items, other);
        }
    }
}
