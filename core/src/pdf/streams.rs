//! Where a stream's data ends.

use std::cell::Cell;

use memchr::memmem::Finder;

use super::lexer::{at, is_white};

/// The data of a stream.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Data {
    pub(super) end: usize,
    /// Where to read on: behind `endstream`.
    pub(super) after: usize,
    /// It is as long as it says.
    pub(super) right: bool,
}

/// Finds where streams end.
pub(super) struct StreamEnds<'b> {
    bytes: &'b [u8],
    endstream: Search,
    endobj: Search,
    /// Bytes searched that nobody has paid for.
    owed: Cell<u64>,
}

impl<'b> StreamEnds<'b> {
    pub(super) fn new(bytes: &'b [u8]) -> Self {
        Self {
            bytes,
            endstream: Search::new(b"endstream"),
            endobj: Search::new(b"endobj"),
            owed: Cell::new(0),
        }
    }

    /// What the searches since the last call have cost, in units of work.
    pub(super) fn cost(&self) -> u64 {
        self.owed.replace(0) / 16
    }

    /// Where the data ends that begins at `start`. The declared length is right if `endstream` stands
    /// there, as readers have it. If not, the data ends at the first `endstream`, or at an `endobj`
    /// before it, so that no object behind is taken for data.
    pub(super) fn find(&self, start: usize, declared: Option<i64>) -> Data {
        let declared = declared
            .and_then(|length| usize::try_from(length).ok())
            .and_then(|length| start.checked_add(length))
            .filter(|end| *end <= self.bytes.len());
        if let Some(end) = declared {
            let mut word = end;
            while self.bytes.get(word).is_some_and(|byte| is_white(*byte)) {
                word += 1;
            }
            if at(self.bytes, word, b"endstream") {
                return Data {
                    end,
                    after: word + 9,
                    right: true,
                };
            }
            if at(self.bytes, word, b"endobj") {
                return Data {
                    end,
                    after: word,
                    right: true,
                };
            }
        }
        let endstream = self.endstream.find(self.bytes, start, &self.owed);
        let endobj = self.endobj.find(self.bytes, start, &self.owed);
        let (end, after) = match (endstream, endobj) {
            (Some(endstream), Some(endobj)) if endobj < endstream => (endobj, endobj),
            (Some(endstream), _) => (endstream, endstream + 9),
            (None, Some(endobj)) => (endobj, endobj),
            (None, None) => {
                return Data {
                    end: self.bytes.len(),
                    after: start,
                    right: false,
                }
            }
        };
        Data {
            end: self.without_line_end(start, end),
            after,
            right: false,
        }
    }

    fn without_line_end(&self, start: usize, end: usize) -> usize {
        let data = self.bytes.get(start..end).unwrap_or_default();
        let data = data.strip_suffix(b"\n").unwrap_or(data);
        start + data.strip_suffix(b"\r").unwrap_or(data).len()
    }
}

/// A search that remembers its last answer: asked from places before it, it need not search again.
struct Search {
    finder: Finder<'static>,
    from: Cell<usize>,
    /// `None` where there is none from `from` to the end.
    found: Cell<Option<usize>>,
}

impl Search {
    fn new(word: &'static [u8]) -> Self {
        Self {
            finder: Finder::new(word),
            from: Cell::new(usize::MAX),
            found: Cell::new(None),
        }
    }

    fn find(&self, bytes: &[u8], from: usize, owed: &Cell<u64>) -> Option<usize> {
        let known = self.found.get();
        if self.from.get() <= from && known.is_none_or(|found| from <= found) {
            return known;
        }
        let found = bytes.get(from..).and_then(|rest| self.finder.find(rest));
        let searched = found.unwrap_or_else(|| bytes.len().saturating_sub(from));
        owed.set(owed.get().saturating_add(searched as u64));
        self.from.set(from);
        self.found.set(found.map(|found| from + found));
        self.found.get()
    }
}
