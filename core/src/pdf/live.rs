//! Which of the definitions of an object count.

use std::cell::{Cell, LazyCell};

use super::document::{Entry, EntryState, Place};
use super::lexer::skip_white;
use super::xref::{What, Xref};
use crate::order;

/// How far the cross-reference data is to be believed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Trust {
    /// It is right.
    Right,
    /// It is wrong in parts. What it says of an object that is there holds; for all others the last
    /// definition counts, as with readers that rebuild it.
    Partly,
    /// It is missing or useless: the last definition of each object counts.
    None,
}

/// The entry of each number that counts, by number.
pub(super) type Live = Vec<(u32, u32)>;

/// Where the file's own objects stand, by place.
pub(super) struct Places {
    places: Vec<(usize, u32)>,
    /// Where the next one is likely to be: files list their objects in the order in which they stand.
    next: Cell<usize>,
}

impl Places {
    pub(super) fn new(entries: &[Entry]) -> Self {
        let mut places: Vec<_> = (0_u32..)
            .zip(entries)
            .filter_map(|(index, entry)| match entry.place {
                Place::File { offset } => Some((offset, index)),
                Place::Stream { .. } => None,
            })
            .collect();
        order::sort(&mut places);
        Self {
            places,
            next: Cell::new(0),
        }
    }

    pub(super) fn at(&self, offset: usize) -> Option<u32> {
        let guess = self.next.get();
        let found = match self.places.get(guess) {
            Some((place, _)) if *place == offset => guess,
            _ => self
                .places
                .binary_search_by_key(&offset, |(place, _)| *place)
                .ok()?,
        };
        self.next.set(found + 1);
        self.places.get(found).map(|(_, entry)| *entry)
    }

    /// The entry that an offset of the cross-reference data leads to, counted from `base` or from the
    /// start of the file.
    pub(super) fn find(
        &self,
        bytes: &[u8],
        base: usize,
        offset: u64,
        number: u32,
        entries: &[Entry],
    ) -> Option<u32> {
        let is = |place: usize| {
            let index = self.at(place)?;
            let entry = entries.get(usize::try_from(index).ok()?)?;
            (entry.id.number == number).then_some(index)
        };
        // Nearly always it is right to the byte, and the file need not be looked at.
        let exact = usize::try_from(offset).ok()?.checked_add(base).and_then(is);
        exact.or_else(|| {
            candidates(bytes, base, offset)
                .into_iter()
                .flatten()
                .find_map(is)
        })
    }
}

/// The places that an offset may mean.
pub(super) fn candidates(bytes: &[u8], base: usize, offset: u64) -> [Option<usize>; 2] {
    let place = |base: usize| {
        let place = usize::try_from(offset).ok()?.checked_add(base)?;
        (place < bytes.len()).then(|| skip_white(bytes, place))
    };
    [place(base), if base == 0 { None } else { place(0) }]
}

/// What decides which definitions count.
pub(super) struct Judge<'j> {
    pub(super) bytes: &'j [u8],
    pub(super) base: usize,
    pub(super) xref: &'j Xref,
    pub(super) trust: Trust,
}

impl Judge<'_> {
    /// The live entry of each number.
    pub(super) fn live(&self, entries: &[Entry]) -> Live {
        if self.trust == Trust::None {
            return last_definitions(entries);
        }
        let last = LazyCell::new(|| last_definitions(entries));
        let by_last = |number: u32| look_up(&last, number);
        let places = Places::new(entries);
        let mut children: Option<Vec<(u32, u32, u32)>> = None;
        let mut live = Live::new();
        let mut number = None;
        for line in &self.xref.lines {
            // Only the newest line of a number counts.
            if number.replace(line.number) == Some(line.number) {
                continue;
            }
            let found = match line.what() {
                What::Free | What::Offset(0) => continue,
                What::Offset(offset) => {
                    places.find(self.bytes, self.base, offset, line.number, entries)
                }
                What::Stream { container, index } => self
                    .container(container, &places, entries, &by_last)
                    .and_then(|container| {
                        let by_index = child(entries, container, index);
                        let right = by_index.filter(|(_, entry)| entry.id.number == line.number);
                        right
                            .map(|(index, _)| index)
                            .or_else(|| {
                                // Some readers go by the number, some by the index.
                                let children =
                                    children.get_or_insert_with(|| children_by_number(entries));
                                let at = children.partition_point(|child| {
                                    (child.0, child.1) < (container, line.number)
                                });
                                children
                                    .get(at)
                                    .filter(|child| (child.0, child.1) == (container, line.number))
                                    .map(|child| child.2)
                            })
                            .or(by_index.map(|(index, _)| index))
                    }),
            };
            let found = found.or_else(|| by_last(line.number));
            live.extend(found.map(|entry| (line.number, entry)));
        }
        if self.trust == Trust::Partly {
            let listed = live.len();
            for &(number, entry) in last.iter() {
                let known = live
                    .get(..listed)
                    .is_some_and(|live| look_up(live, number).is_some());
                if !known && self.xref.line(number).is_none() {
                    live.push((number, entry));
                }
            }
            order::sort(&mut live);
        }
        live
    }

    fn container(
        &self,
        number: u32,
        places: &Places,
        entries: &[Entry],
        last: &dyn Fn(u32) -> Option<u32>,
    ) -> Option<u32> {
        let listed = match self.xref.line(number)?.what() {
            What::Offset(offset) => places.find(self.bytes, self.base, offset, number, entries),
            _ => None,
        };
        listed.or_else(|| last(number))
    }

    /// Gives each entry its state.
    pub(super) fn states(
        &self,
        entries: &mut [Entry],
        live: &[(u32, u32)],
        revision_at: &dyn Fn(usize) -> u32,
    ) {
        for entry in entries.iter_mut() {
            entry.state = EntryState::Unlisted;
        }
        for (_, index) in live {
            if let Some(entry) = usize::try_from(*index)
                .ok()
                .and_then(|index| entries.get_mut(index))
            {
                entry.state = EntryState::Live;
            }
        }
        if entries.len() == live.len() {
            return;
        }
        let revisions: Vec<u32> = live
            .iter()
            .map(|(_, index)| {
                usize::try_from(*index)
                    .ok()
                    .and_then(|index| entries.get(index))
                    .map_or(0, |entry| entry.revision)
            })
            .collect();
        for entry in entries
            .iter_mut()
            .filter(|entry| entry.state != EntryState::Live)
        {
            let at = live
                .binary_search_by_key(&entry.id.number, |(number, _)| *number)
                .ok();
            let replaced = match at.and_then(|at| revisions.get(at)) {
                Some(revision) => *revision > entry.revision,
                // Deleted, unless a reader that rebuilds would find it again.
                None => {
                    self.trust == Trust::Right
                        && self.xref.line(entry.id.number).is_some_and(|line| {
                            let section = usize::try_from(line.section)
                                .ok()
                                .and_then(|section| self.xref.sections.get(section));
                            line.what() == What::Free
                                && section.is_some_and(|section| {
                                    revision_at(section.offset) > entry.revision
                                })
                        })
                }
            };
            entry.state = if replaced {
                EntryState::Superseded
            } else {
                EntryState::Unlisted
            };
        }
    }
}

pub(super) fn look_up(live: &[(u32, u32)], number: u32) -> Option<u32> {
    let found = live
        .binary_search_by_key(&number, |(number, _)| *number)
        .ok()?;
    live.get(found).map(|(_, entry)| *entry)
}

/// The `index`th object of a container, and where it is among the entries: they stand behind it, some
/// perhaps left out.
fn child(entries: &[Entry], container: u32, index: u32) -> Option<(u32, &Entry)> {
    let most = container.checked_add(1)?.checked_add(index)?;
    let is = |at: u32| {
        let entry = entries.get(usize::try_from(at).ok()?)?;
        matches!(entry.place, Place::Stream { container: c, index: i, .. } if c == container && i == index)
            .then_some((at, entry))
    };
    is(most).or_else(|| (container + 1..most).rev().take(64).find_map(is))
}

fn children_by_number(entries: &[Entry]) -> Vec<(u32, u32, u32)> {
    let mut children: Vec<_> = (0_u32..)
        .zip(entries)
        .filter_map(|(index, entry)| match entry.place {
            Place::Stream { container, .. } => Some((container, entry.id.number, index)),
            Place::File { .. } => None,
        })
        .collect();
    order::sort(&mut children);
    children
}

/// The last definition of each number, object streams counting where they stand.
fn last_definitions(entries: &[Entry]) -> Live {
    let mut all: Vec<(u32, usize, u32, u32)> = (0_u32..)
        .zip(entries)
        .filter(|(_, entry)| entry.id.number > 0)
        .map(|(at, entry)| match entry.place {
            Place::File { offset } => (entry.id.number, offset, 0, at),
            Place::Stream {
                container, index, ..
            } => {
                let holder = usize::try_from(container)
                    .ok()
                    .and_then(|container| entries.get(container));
                let offset = match holder.map(|holder| holder.place) {
                    Some(Place::File { offset }) => offset,
                    _ => 0,
                };
                (entry.id.number, offset, index + 1, at)
            }
        })
        .collect();
    order::sort(&mut all);
    let mut live = Live::new();
    for (number, _, _, at) in all {
        match live.last_mut() {
            Some(last) if last.0 == number => last.1 = at,
            _ => live.push((number, at)),
        }
    }
    live
}
