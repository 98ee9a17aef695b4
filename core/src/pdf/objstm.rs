//! Object streams: what is in one, and a bounded store of those that are unpacked.

use std::rc::Rc;

use super::document::{Entry, EntryState, Place, StreamLength};
use super::filter::{End, Unpacked};
use super::flags::Flags;
use super::lexer::{digits, id, skip_white};
use super::limits::{Budget, Limit};
use super::skim::Skimmer;
use super::value::{Dict, Value};
use crate::order;

/// The objects of one object stream.
#[derive(Debug, Default)]
pub(super) struct Contents {
    pub(super) entries: Vec<Entry>,
    /// Some of it could not be read, and may hold anything.
    pub(super) unreadable: bool,
}

/// Finds the objects in the data of an object stream. Its `/N` and `/First` need not be right: what its
/// header lists beyond `/N` is listed too.
pub(super) fn contents(
    dict: &Dict,
    unpacked: &Unpacked,
    container: &Entry,
    place: u32,
    budget: &Budget,
) -> Contents {
    let data = unpacked.data.as_slice();
    let whole = unpacked.end == End::Whole;
    let count = dict
        .get("N")
        .and_then(Value::as_int)
        .and_then(|n| u64::try_from(n).ok());
    let first = dict
        .get("First")
        .and_then(Value::as_int)
        .and_then(|n| usize::try_from(n).ok());
    let mut pairs = Vec::new();
    let mut pos = 0;
    loop {
        pos = skip_white(data, pos);
        let listed = count.is_some_and(|count| (pairs.len() as u64) < count);
        if !listed && first.is_none_or(|first| pos >= first) && count.or(first.map(|_| 0)).is_some()
        {
            break;
        }
        let Some((number, after)) = digits(data, pos) else {
            break;
        };
        let Some((offset, after)) = digits(data, skip_white(data, after)) else {
            break;
        };
        pairs.push((number, offset));
        pos = after;
    }
    let first = first.unwrap_or(pos);
    let mut contents = Contents {
        unreadable: !whole || (pairs.is_empty() && count != Some(0)),
        entries: Vec::with_capacity(pairs.len()),
    };
    // Each object reaches to the next, in the order of their places.
    let mut starts: Vec<usize> = pairs
        .iter()
        .filter_map(|(_, offset)| first.checked_add(usize::try_from(*offset).ok()?))
        .collect();
    order::sort(&mut starts);
    starts.dedup();
    let mut skimmer = Skimmer::new(data);
    // Before the first object nothing may stand, unless the header lies about where that is.
    let least = starts
        .first()
        .copied()
        .unwrap_or(data.len())
        .min(data.len());
    if pos < least
        && skimmer
            .value(pos, least)
            .flags
            .any(Flags::SUSPECT.without(Flags::UNSURE))
    {
        contents.unreadable = true;
    }
    let mut seen = (usize::MAX, Flags::NONE);
    for (index, (number, offset)) in (0_u32..).zip(pairs) {
        let Some(id) = id(number, 0) else { continue };
        let Some(start) = usize::try_from(offset)
            .ok()
            .and_then(|offset| first.checked_add(offset))
        else {
            continue;
        };
        let Ok(offset) = u32::try_from(start) else {
            continue;
        };
        if start >= data.len() {
            continue;
        }
        if seen.0 != start {
            let next = starts.partition_point(|other| *other <= start);
            let end = starts
                .get(next)
                .copied()
                .unwrap_or(data.len())
                .min(data.len());
            if !budget.work((end - start) as u64 + 48) {
                contents.unreadable = true;
                break;
            }
            seen = (start, skimmer.value(start, end).flags);
        }
        contents.entries.push(Entry {
            id,
            place: Place::Stream {
                container: place,
                index,
                offset,
            },
            revision: container.revision,
            flags: seen.1,
            state: EntryState::Unlisted,
            length: StreamLength::None,
        });
        if contents.entries.len() > usize::try_from(budget.limits().objects).unwrap_or(usize::MAX) {
            budget.reach(Limit::Objects);
            break;
        }
    }
    contents
}

/// Unpacked object streams, those used last, up to a number of bytes.
#[derive(Debug)]
pub(super) struct Unpackeds {
    /// The one used last stands last.
    items: Vec<(u32, Rc<Vec<u8>>)>,
    bytes: usize,
    most: usize,
}

impl Unpackeds {
    pub(super) fn new(file: usize) -> Self {
        Self {
            items: Vec::new(),
            bytes: 0,
            most: (file / 10).max(4 << 20),
        }
    }

    pub(super) fn get(&mut self, container: u32) -> Option<Rc<Vec<u8>>> {
        let found = self
            .items
            .iter()
            .rposition(|(item, _)| *item == container)?;
        let item = self.items.remove(found);
        let data = Rc::clone(&item.1);
        self.items.push(item);
        Some(data)
    }

    pub(super) fn put(&mut self, container: u32, data: Rc<Vec<u8>>) {
        self.bytes += data.capacity();
        self.items.push((container, data));
        let mut spare = 0;
        while (self.bytes > self.most || self.items.len() - spare > 1024)
            && spare + 1 < self.items.len()
        {
            self.bytes -= self.items.get(spare).map_or(0, |(_, data)| data.capacity());
            spare += 1;
        }
        self.items.drain(..spare);
    }

    pub(super) fn clear(&mut self) {
        self.items.clear();
        self.bytes = 0;
    }
}
