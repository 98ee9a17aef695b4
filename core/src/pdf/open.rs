//! Opening a file: from its bytes to its entries and what counts of them.

use std::cell::{Cell, RefCell};
use std::rc::Rc;

use memchr::memmem;

use super::crypt::{unlock, Unlock};
use super::document::{Document, Entry, EntryState, Header, Place, KEPT};
use super::flags::Flags;
use super::lexer::digits;
use super::limits::{Budget, Limit};
use super::live::{candidates, Judge, Places, Trust};
use super::objstm::{contents, Unpackeds};
use super::parse::Parser;
use super::scan::Scanner;
use super::skim::object_at;
use super::streams::StreamEnds;
use super::value::{Dict, Value};
use super::xref::{What, Xref};
use crate::order;

impl<'a> Document<'a> {
    /// Opens a file. Never fails: what could not be read is told.
    pub(crate) fn open(bytes: &'a [u8], budget: &'a Budget) -> Self {
        let header = find_header(bytes);
        let base = header.as_ref().map_or(0, |header| header.offset);
        let xref = Xref::read(bytes, base, budget);
        let lengths = |number: u32| {
            let What::Offset(offset) = xref.line(number)?.what() else {
                return None;
            };
            candidates(bytes, base, offset)
                .into_iter()
                .flatten()
                .find_map(|place| {
                    let (id, _, value) =
                        object_at(bytes, place).filter(|found| found.0.number == number)?;
                    let _ = id;
                    Parser::new(bytes, value, budget).value()?.as_int()
                })
        };
        let mut scanner = Scanner::new(bytes, &lengths, budget);
        let scan = scanner.scan();
        let mut document = Self {
            bytes,
            budget,
            header,
            entries: scan.entries,
            live: Vec::new(),
            trailers: Vec::new(),
            trailer: Dict::default(),
            root: None,
            older_roots: Vec::new(),
            encryption: None,
            decryptor: None,
            locked: false,
            closed: false,
            boundaries: Vec::new(),
            revisions: 1,
            linearised: false,
            repaired: false,
            unreadable: Cell::new(0),
            ends: StreamEnds::new(bytes),
            kept: RefCell::new(vec![None; KEPT]),
            unpacked: RefCell::new(Unpackeds::new(bytes.len())),
        };
        let mut trust = document.verify(&xref, base, &mut scanner);
        if trust != Trust::Right {
            document.search(&mut scanner);
        }
        document.read_revisions(&scan.ends);
        document.read_trailers(&scan.trailers, &xref);
        document.judge(&xref, base, trust);
        document.choose_trailer(&xref, trust);
        document.unlock();
        document.expand(&xref, base, trust);
        if !document.find_root() && trust != Trust::None && !document.locked {
            // A reader that does not find its way looks for everything.
            let had = trust;
            trust = Trust::None;
            document
                .entries
                .retain(|entry| matches!(entry.place, Place::File { .. }));
            if had == Trust::Right {
                document.search(&mut scanner);
                document.date_entries();
            }
            document.read_trailers(&scan.trailers, &xref);
            document.judge(&xref, base, trust);
            document.choose_trailer(&xref, trust);
            if document.decryptor.is_none() {
                document.unlock();
            }
            document.expand(&xref, base, trust);
            document.find_root();
        }
        document.repaired = trust != Trust::Right;
        document.find_older_roots();
        document
    }

    /// Holds the cross-reference data against the objects that there are, and adds those that it alone
    /// leads to.
    fn verify(&mut self, xref: &Xref, base: usize, scanner: &mut Scanner<'_>) -> Trust {
        let places = Places::new(&self.entries);
        let mut hidden: Vec<Entry> = Vec::new();
        let (mut right, mut wrong) = (0_usize, 0_usize);
        let mut number = None;
        for line in &xref.lines {
            let newest = number.replace(line.number) != Some(line.number);
            let What::Offset(offset) = line.what() else {
                right += usize::from(matches!(line.what(), What::Stream { .. }));
                continue;
            };
            if offset == 0 || line.number == 0 {
                continue;
            }
            if places
                .find(self.bytes, base, offset, line.number, &self.entries)
                .is_some()
            {
                right += 1;
                continue;
            }
            let mut found = false;
            for place in candidates(self.bytes, base, offset).into_iter().flatten() {
                if places.at(place).is_some() {
                    continue;
                }
                if let Some(entry) = scanner.hidden(place) {
                    found |= entry.id.number == line.number;
                    hidden.push(entry);
                }
            }
            right += usize::from(found);
            wrong += usize::from(!found && newest);
        }
        self.add(hidden);
        if xref.lines.is_empty() || xref.sections.is_empty() || xref.cut || wrong > right {
            Trust::None
        } else if wrong > 0 || !xref.sound {
            Trust::Partly
        } else {
            Trust::Right
        }
    }

    /// Adds what stands within other objects' data and in comments.
    fn search(&mut self, scanner: &mut Scanner<'_>) {
        let found = scanner.search(&self.entries);
        self.add(found);
    }

    fn add(&mut self, entries: Vec<Entry>) {
        if entries.is_empty() {
            return;
        }
        let place = |entry: &Entry| match entry.place {
            Place::File { offset } => offset,
            Place::Stream { .. } => usize::MAX,
        };
        self.entries.extend(entries);
        order::sort_by(&mut self.entries, |one, other| {
            place(one).cmp(&place(other))
        });
        self.entries.dedup_by_key(|entry| place(entry));
        self.forget();
    }

    /// Entries have moved: what is kept by their index is no longer right.
    fn forget(&self) {
        self.kept.borrow_mut().fill(None);
        self.unpacked.borrow_mut().clear();
    }

    fn read_revisions(&mut self, ends: &[usize]) {
        self.boundaries = ends.to_vec();
        let first = self
            .entries
            .iter()
            .find(|entry| !entry.flags.any(Flags::STREAM));
        let first = first
            .copied()
            .filter(|entry| entry.flags.any(Flags::SPECIAL));
        if let Some((object, _)) = first.and_then(|entry| self.parse(0, &entry)) {
            let dict = object.value.as_dict().filter(|dict| dict.has("Linearized"));
            self.linearised = dict.is_some();
            let length = dict.and_then(|dict| dict.get("L")).and_then(Value::as_int);
            // Its first part ends like a revision, and is none.
            let whole = length.and_then(|length| usize::try_from(length).ok());
            if self.boundaries.len() > 1
                && self
                    .boundaries
                    .first()
                    .zip(whole)
                    .is_some_and(|(end, whole)| whole > *end + 64)
            {
                self.boundaries.remove(0);
            }
        }
        self.date_entries();
        let last = self.boundaries.last().copied().unwrap_or(0);
        let behind = self.entries.last().is_some_and(|entry| match entry.place {
            Place::File { offset } => offset > last,
            Place::Stream { .. } => false,
        });
        let whole = u32::try_from(self.boundaries.len()).unwrap_or(u32::MAX);
        self.revisions = whole.saturating_add(u32::from(behind)).max(1);
        self.linearised &= self.revisions == 1;
    }

    fn date_entries(&mut self) {
        let mut ends = self.boundaries.iter().peekable();
        let mut revision = 1;
        for entry in &mut self.entries {
            if let Place::File { offset } = entry.place {
                while ends.peek().is_some_and(|end| **end <= offset) {
                    ends.next();
                    revision += 1;
                }
                entry.revision = revision;
            }
        }
    }

    pub(super) fn revision_at(&self, offset: usize) -> u32 {
        let before = self.boundaries.partition_point(|end| *end <= offset);
        u32::try_from(before).unwrap_or(u32::MAX).saturating_add(1)
    }

    fn judge(&mut self, xref: &Xref, base: usize, trust: Trust) {
        let judge = Judge {
            bytes: self.bytes,
            base,
            xref,
            trust,
        };
        self.live = judge.live(&self.entries);
        let mut entries = std::mem::take(&mut self.entries);
        judge.states(&mut entries, &self.live, &|offset| self.revision_at(offset));
        self.entries = entries;
    }

    fn unlock(&mut self) {
        let Some(encrypt) = self.trailer.get("Encrypt") else {
            return;
        };
        let resolve = |value: &Value| self.resolve(value).map(|found| (*found).clone());
        let Some(Value::Dict(encrypt)) = resolve(encrypt) else {
            return;
        };
        let id = self.trailer.get("ID").and_then(resolve);
        let id = id
            .as_ref()
            .and_then(Value::as_array)
            .and_then(<[Value]>::first)
            .and_then(resolve);
        let id: &[u8] = match &id {
            Some(Value::Text(id)) => id,
            _ => &[],
        };
        let (unlocked, facts) = unlock(&encrypt, id, &resolve);
        self.encryption = Some(facts);
        match unlocked {
            Unlock::Open(decryptor) => self.decryptor = Some(decryptor),
            // Where streams and strings are in the clear, what is in them can be read all the same.
            Unlock::Locked { in_clear } => (self.locked, self.closed) = (true, !in_clear),
            Unlock::Unknown => (self.locked, self.closed) = (true, true),
        }
        self.forget();
    }

    /// Adds what is in object streams, each behind its stream.
    fn expand(&mut self, xref: &Xref, base: usize, trust: Trust) {
        self.unreadable.set(0);
        if self.closed {
            return;
        }
        let mut named: Vec<u32> = xref
            .lines
            .iter()
            .filter_map(|line| match line.what() {
                What::Stream { container, .. } => Some(container),
                _ => None,
            })
            .collect();
        order::sort(&mut named);
        named.dedup();
        let holds = |entry: &Entry| {
            entry.flags.any(Flags::STREAM)
                && !entry.flags.any(Flags::XREF)
                && (entry.flags.any(Flags::OBJSTM) || named.binary_search(&entry.id.number).is_ok())
        };
        if !self.entries.iter().any(holds) {
            return;
        }
        let mut entries: Vec<Entry> = Vec::with_capacity(self.entries.len());
        let mut put_off = Vec::new();
        let most = usize::try_from(self.budget.limits().objects).unwrap_or(usize::MAX);
        for (index, entry) in self.entries.iter().enumerate() {
            entries.push(*entry);
            let Ok(place) = u32::try_from(entries.len() - 1) else {
                break;
            };
            if !holds(entry) {
                continue;
            }
            if entries.len() >= most {
                self.budget.reach(Limit::Objects);
                break;
            }
            let Some((object, _)) = self.parse(index, entry) else {
                continue;
            };
            let Some(dict) = object.value.as_dict() else {
                continue;
            };
            if ["Filter", "DecodeParms"]
                .iter()
                .filter_map(|key| dict.get(key))
                .any(|value| self.leads_nowhere(value))
            {
                // What it leads to may be in another object stream.
                put_off.push(place);
                continue;
            }
            let unpacked = self.unpack(&object);
            let found = contents(dict, &unpacked, entry, place, self.budget);
            self.note(found.unreadable, entry);
            entries.extend(found.entries);
            self.unpacked
                .borrow_mut()
                .put(place, Rc::new(unpacked.data));
        }
        self.entries = entries;
        self.kept.borrow_mut().fill(None);
        self.find_trailers();
        self.judge(xref, base, trust);
        if !put_off.is_empty() {
            self.expand_late(&put_off);
            self.judge(xref, base, trust);
        }
    }

    /// Object streams that need objects of other object streams to be read.
    fn expand_late(&mut self, put_off: &[u32]) {
        let mut added = Vec::new();
        for place in put_off {
            let Some(entry) = usize::try_from(*place)
                .ok()
                .and_then(|place| self.entries.get(place))
            else {
                continue;
            };
            let Some((object, _)) = usize::try_from(*place)
                .ok()
                .and_then(|index| self.parse(index, entry))
            else {
                continue;
            };
            let Some(dict) = object.value.as_dict() else {
                continue;
            };
            let unpacked = self.unpack(&object);
            let found = contents(dict, &unpacked, entry, *place, self.budget);
            self.note(found.unreadable, entry);
            added.extend(found.entries);
        }
        self.entries.extend(added);
    }

    /// Whether a value holds a reference that leads nowhere.
    fn leads_nowhere(&self, value: &Value) -> bool {
        match value {
            Value::Ref(_) => self.resolve(value).is_none(),
            Value::Array(items) => items.iter().any(|item| self.leads_nowhere(item)),
            Value::Dict(dict) => dict
                .entries
                .iter()
                .any(|(_, item)| self.leads_nowhere(item)),
            _ => false,
        }
    }

    fn note(&self, unreadable: bool, entry: &Entry) {
        if unreadable && entry.state != EntryState::Superseded {
            self.unreadable.set(self.unreadable.get().saturating_add(1));
        }
    }
}

/// The first header of the file.
fn find_header(bytes: &[u8]) -> Option<Header> {
    let offset = memmem::find(bytes, b"%PDF-")?;
    let start = offset + 5;
    let version = digits(bytes, start)
        .filter(|(major, _)| *major < 10)
        .and_then(|(major, point)| {
            let minor = if bytes.get(point) == Some(&b'.') {
                digits(bytes, point + 1)
            } else {
                None
            };
            minor
                .filter(|(minor, _)| *minor < 100)
                .map(|(minor, _)| format!("{major}.{minor}"))
        });
    Some(Header { offset, version })
}
