//! Entries in a vector whose places are used again: O(1), and no growth once the busiest moment has
//! passed.

use std::collections::BTreeSet;

/// A place and how often it was used, so that the id of a finished entry never finds its successor.
/// Both fit in 52 bits together, which every binding's numbers hold exactly.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub(super) struct Key {
    index: u32,
    generation: u32,
}

const GENERATIONS: u32 = 1 << 20;

impl Key {
    pub(super) fn number(self) -> u64 {
        (u64::from(self.generation) << 32) | u64::from(self.index)
    }

    pub(super) fn from_number(number: u64) -> Self {
        let index = u32::try_from(number & u64::from(u32::MAX)).unwrap_or(u32::MAX);
        let generation = u32::try_from(number >> 32).unwrap_or(u32::MAX);
        Self { index, generation }
    }
}

/// Entries in an order of time. One type for all orders: each would be compiled by itself.
pub(super) type ByAge = BTreeSet<(u64, Key)>;

struct Place<T> {
    generation: u32,
    value: Option<T>,
}

pub(super) struct Slab<T> {
    places: Vec<Place<T>>,
    free: Vec<u32>,
}

impl<T> Slab<T> {
    pub(super) const fn new() -> Self {
        Self {
            places: Vec::new(),
            free: Vec::new(),
        }
    }

    pub(super) fn insert(&mut self, value: T) -> Key {
        if let Some(index) = self.free.pop() {
            if let Some(place) = self.places.get_mut(index as usize) {
                // Generation 0 is never used: the number 0 is nobody's id.
                place.generation = (place.generation % (GENERATIONS - 1)) + 1;
                place.value = Some(value);
                return Key {
                    index,
                    generation: place.generation,
                };
            }
        }
        // The session's limits keep the length far below 2^32.
        let index = u32::try_from(self.places.len()).unwrap_or(u32::MAX);
        self.places.push(Place {
            generation: 1,
            value: Some(value),
        });
        Key {
            index,
            generation: 1,
        }
    }

    pub(super) fn get(&self, key: Key) -> Option<&T> {
        let place = self.places.get(key.index as usize)?;
        if place.generation == key.generation {
            place.value.as_ref()
        } else {
            None
        }
    }

    pub(super) fn get_mut(&mut self, key: Key) -> Option<&mut T> {
        let place = self.places.get_mut(key.index as usize)?;
        if place.generation == key.generation {
            place.value.as_mut()
        } else {
            None
        }
    }

    pub(super) fn remove(&mut self, key: Key) -> Option<T> {
        let place = self.places.get_mut(key.index as usize)?;
        if place.generation != key.generation {
            return None;
        }
        let value = place.value.take()?;
        self.free.push(key.index);
        Some(value)
    }

    pub(super) fn len(&self) -> usize {
        self.places.len() - self.free.len()
    }

    /// How many places there are, used or free.
    pub(super) fn places(&self) -> usize {
        self.places.len()
    }

    pub(super) fn iter(&self) -> impl Iterator<Item = (Key, &T)> {
        self.places.iter().enumerate().filter_map(|(index, place)| {
            let index = u32::try_from(index).ok()?;
            let key = Key {
                index,
                generation: place.generation,
            };
            place.value.as_ref().map(|value| (key, value))
        })
    }
}
