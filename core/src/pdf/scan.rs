//! The one pass over a file that finds its objects, of all revisions, whatever leads to them.

use memchr::memmem;

use super::document::{Entry, EntryState, Place, StreamLength};
use super::flags::Flags;
use super::lexer::{at, class, digits, header, is_white, line_end, skip_white, DIGIT, SIGN, WORD};
use super::limits::{Budget, Limit};
use super::skim::{Declared, Ending, Skimmer};
use super::streams::StreamEnds;
use super::value::Id;
use super::xref::table_end;

/// Finds the number that an object is, for a stream's `/Length`.
pub(super) type Lengths<'l> = &'l dyn Fn(u32) -> Option<i64>;

/// What stands in a file.
#[derive(Debug, Default)]
pub(super) struct Scan {
    /// In the order of the file.
    pub(super) entries: Vec<Entry>,
    /// Where each `trailer` stands.
    pub(super) trailers: Vec<usize>,
    /// Where each part ends that has a `startxref`.
    pub(super) ends: Vec<usize>,
}

/// Finds objects.
pub(super) struct Scanner<'b> {
    bytes: &'b [u8],
    skimmer: Skimmer<'b>,
    ends: StreamEnds<'b>,
    lengths: Lengths<'b>,
    budget: &'b Budget,
}

impl<'b> Scanner<'b> {
    pub(super) fn new(bytes: &'b [u8], lengths: Lengths<'b>, budget: &'b Budget) -> Self {
        Self {
            bytes,
            skimmer: Skimmer::new(bytes),
            ends: StreamEnds::new(bytes),
            lengths,
            budget,
        }
    }

    /// The whole file.
    pub(super) fn scan(&mut self) -> Scan {
        let bytes = self.bytes;
        let mut scan = Scan::default();
        let mut pos = 0;
        let mut paid = 0;
        let mut fresh = false;
        while let Some(&byte) = bytes.get(pos) {
            if pos >= paid {
                // Data that is skipped costs nothing.
                if !self
                    .budget
                    .work((1 << 12) + (pos - paid).min(1 << 12) as u64)
                {
                    break;
                }
                paid = pos + (1 << 12);
            }
            match class(byte) {
                DIGIT | SIGN => {
                    if let Some((id, value)) = header(bytes, pos) {
                        let Some((entry, after)) = self.object(id, pos, value) else {
                            break;
                        };
                        if !self.room(scan.entries.len()) {
                            break;
                        }
                        scan.entries.push(entry);
                        fresh = true;
                        pos = after;
                    } else {
                        pos = digits(bytes, pos).map_or(pos + 1, |(_, end)| end);
                    }
                }
                WORD if at(bytes, pos, b"xref") => {
                    // A table that lists something is an update, be it that objects are deleted.
                    let start = skip_white(bytes, pos + 4);
                    let count = digits(bytes, start)
                        .and_then(|(_, after)| digits(bytes, skip_white(bytes, after)));
                    fresh |= count.is_some_and(|(count, _)| count > 0);
                    pos = table_end(bytes, start);
                }
                WORD if at(bytes, pos, b"trailer") => {
                    pos += 7;
                    scan.trailers.push(pos);
                    let skim = self.skimmer.object(pos);
                    if skim.how == Ending::Clean {
                        pos = skim.end;
                    }
                }
                WORD if at(bytes, pos, b"startxref") => {
                    pos += 9;
                    if let Some((_, end)) = digits(bytes, skip_white(bytes, pos)) {
                        pos = end;
                        // An update of nothing is part of the one before: writers of hybrid files end
                        // with one.
                        if !fresh {
                            scan.ends.pop();
                        }
                        scan.ends.push(pos);
                        fresh = false;
                    }
                }
                _ if byte == b'%' => pos = line_end(bytes, pos),
                _ => pos += 1,
            }
        }
        scan
    }

    fn room(&self, entries: usize) -> bool {
        let most = usize::try_from(self.budget.limits().objects).unwrap_or(usize::MAX);
        if entries >= most {
            self.budget.reach(Limit::Objects);
        }
        entries < most
    }

    /// One object, and where to read on. `None` once the budget is spent.
    pub(super) fn object(&mut self, id: Id, offset: usize, value: usize) -> Option<(Entry, usize)> {
        let skim = self.skimmer.object(value);
        if !self.budget.work((skim.end - value) as u64 + 64) {
            return None;
        }
        let mut length = StreamLength::None;
        let mut after = skim.end.max(value);
        if skim.how == Ending::Stream {
            let declared = match skim.length {
                Declared::None => None,
                Declared::Bytes(bytes) => Some(bytes),
                Declared::Object(number) => (self.lengths)(number),
            };
            let data = self.ends.find(skim.end, declared);
            length = match declared {
                Some(_) if data.right => StreamLength::Right,
                Some(_) => StreamLength::Wrong,
                None => StreamLength::Missing,
            };
            if !self.budget.work(self.ends.cost()) {
                return None;
            }
            after = data.after;
        } else if skim.how == Ending::Open {
            // Read on at once: what is behind may still be objects.
            after = value;
        }
        let entry = Entry {
            id,
            place: Place::File { offset },
            revision: 1,
            flags: skim.flags,
            state: EntryState::Unlisted,
            length,
        };
        Some((entry, after))
    }

    /// The object that an offset of the cross-reference data leads to, and that the scan did not see:
    /// in a comment, or within another object's data.
    pub(super) fn hidden(&mut self, offset: usize) -> Option<Entry> {
        let start = skip_white(self.bytes, offset);
        let (id, value) = header(self.bytes, start)?;
        // Such places may overlap, so they cost more.
        self.object(id, start, value).and_then(|(entry, after)| {
            let read = if entry.flags.any(Flags::STREAM) {
                64
            } else {
                after.saturating_sub(start)
            };
            self.budget.work(read as u64 * 8).then_some(entry)
        })
    }

    /// Every `N G obj` of the file that is not among `known`, wherever it stands: what a reader finds
    /// that searches for objects without reading the file in order.
    pub(super) fn search(&mut self, known: &[Entry]) -> Vec<Entry> {
        let mut found = Vec::new();
        let mut known = known
            .iter()
            .filter_map(|entry| match entry.place {
                Place::File { offset } => Some(offset),
                Place::Stream { .. } => None,
            })
            .peekable();
        for word in memmem::find_iter(self.bytes, b"obj") {
            let Some(start) = self.header_before(word) else {
                continue;
            };
            while known.peek().is_some_and(|offset| *offset < start) {
                known.next();
            }
            if known.peek() == Some(&start) {
                continue;
            }
            if !self.room(found.len()) {
                break;
            }
            match self.hidden(start) {
                Some(entry) => found.push(entry),
                None if self.budget.reached().is_some() => break,
                None => {}
            }
        }
        found
    }

    /// Where the header begins whose `obj` stands at `word`.
    fn header_before(&self, word: usize) -> Option<usize> {
        let bytes = self.bytes;
        let back = |mut pos: usize, what: fn(u8) -> bool| {
            let least = pos.saturating_sub(32);
            while pos > least && bytes.get(pos - 1).is_some_and(|byte| what(*byte)) {
                pos -= 1;
            }
            pos
        };
        let digit = |byte: u8| byte.is_ascii_digit();
        let generation_end = back(word, is_white);
        let generation = back(generation_end, digit);
        let number_end = back(generation, is_white);
        let number = back(number_end, digit);
        (generation < generation_end && number_end < generation && number < number_end)
            .then_some(number)
    }
}
