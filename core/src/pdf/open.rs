//! Opening a file: from its bytes to its entries and what counts of them.

use std::cell::{Cell, RefCell};
use std::rc::Rc;

use memchr::memmem;

use super::crypt::{unlock, Unlock};
use super::document::{Document, Entry, EntryState, Header, OlderRoot, Place, Trailer, KEPT};
use super::filter::End;
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

/// Trailers that are kept. No file has as many, unless it was made to.
const TRAILERS: usize = 4096;

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
        self.entries.sort_by_key(place);
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

    fn revision_at(&self, offset: usize) -> u32 {
        let before = self.boundaries.partition_point(|end| *end <= offset);
        u32::try_from(before).unwrap_or(u32::MAX).saturating_add(1)
    }

    fn read_trailers(&mut self, words: &[usize], xref: &Xref) {
        let live = |place: usize| xref.sections.iter().any(|section| section.trailer == place);
        let mut trailers = Vec::new();
        for place in words {
            if trailers.len() >= TRAILERS {
                self.budget.reach(Limit::Objects);
                break;
            }
            if let Some(Value::Dict(dict)) = Parser::new(self.bytes, *place, self.budget).value() {
                trailers.push(Trailer {
                    dict,
                    offset: *place,
                    revision: self.revision_at(*place),
                    live: live(*place),
                    entry: None,
                });
            }
        }
        for (index, entry) in self.entries.iter().enumerate() {
            let Place::File { offset } = entry.place else {
                continue;
            };
            if !entry.flags.all(Flags::XREF | Flags::STREAM) {
                continue;
            }
            if trailers.len() >= 2 * TRAILERS {
                self.budget.reach(Limit::Objects);
                break;
            }
            let value = object_at(self.bytes, offset)
                .and_then(|(_, _, value)| Parser::new(self.bytes, value, self.budget).value());
            if let Some(Value::Dict(dict)) = value {
                trailers.push(Trailer {
                    dict,
                    offset,
                    revision: entry.revision,
                    live: live(offset),
                    entry: Some(index),
                });
            }
        }
        trailers.sort_by_key(|trailer| trailer.offset);
        self.trailers = trailers;
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

    /// The trailer that counts, as far as can be told before object streams are read.
    fn choose_trailer(&mut self, xref: &Xref, trust: Trust) {
        let sections: Vec<&Dict> = if trust == Trust::None {
            self.trailers
                .iter()
                .rev()
                .map(|trailer| &trailer.dict)
                .collect()
        } else {
            xref.sections.iter().map(|section| &section.dict).collect()
        };
        self.trailer = merge(&sections, trust);
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
        named.sort_unstable();
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
            let unpacked = self.unpack(&object);
            let found = contents(dict, &unpacked, entry, place, self.budget);
            if found.unreadable && unpacked.end == End::Opaque {
                // Its filters may be named by an object in another object stream.
                put_off.push(place);
                continue;
            }
            self.note(found.unreadable, entry);
            entries.extend(found.entries);
            self.unpacked
                .borrow_mut()
                .put(place, Rc::new(unpacked.data));
        }
        self.entries = entries;
        self.kept.borrow_mut().fill(None);
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

    fn note(&self, unreadable: bool, entry: &Entry) {
        if unreadable && entry.state != EntryState::Superseded {
            self.unreadable.set(self.unreadable.get().saturating_add(1));
        }
    }

    /// Looks for the catalog; tells whether the trailer that counts has it.
    fn find_root(&mut self) -> bool {
        let root = self.trailer.get("Root").cloned();
        if root.as_ref().is_some_and(|root| self.catalog(root) == 2) {
            self.root = root;
            return true;
        }
        let mut best = root
            .map(|root| (self.catalog(&root), root))
            .filter(|(rank, _)| *rank > 0);
        let mut consider = |rank: u8, root: Value| {
            if best.as_ref().is_none_or(|(known, _)| rank > *known) && rank > 0 {
                best = Some((rank, root));
            }
        };
        for trailer in self.trailers.iter().rev() {
            if let Some(root) = trailer.dict.get("Root") {
                consider(self.catalog(root), root.clone());
            }
        }
        for entry in self.entries.iter().rev() {
            if entry.flags.any(Flags::CATALOG) && entry.state != EntryState::Superseded {
                let root = Value::Ref(entry.id);
                let typed = self
                    .resolve(&root)
                    .and_then(|found| found.as_dict().map(is_catalog));
                if typed == Some(true) {
                    consider(self.catalog(&root), root);
                }
            }
        }
        self.root = best.map(|(_, root)| root);
        false
    }

    /// How much a value is a catalog: 2 with pages, 1 without, 0 not at all.
    fn catalog(&self, root: &Value) -> u8 {
        let Some(root) = self.resolve(root) else {
            return 0;
        };
        let Some(dict) = root.as_dict() else { return 0 };
        let pages = dict.get("Pages").and_then(|pages| self.resolve(pages));
        if pages.is_some_and(|pages| pages.as_dict().is_some()) {
            2
        } else {
            1
        }
    }

    fn find_older_roots(&mut self) {
        let now = match &self.root {
            Some(Value::Ref(id)) => self.find(*id),
            _ => None,
        };
        let mut roots: Vec<OlderRoot> = Vec::new();
        let named: Vec<_> = self
            .trailers
            .iter()
            .filter_map(|trailer| Some((trailer.revision, trailer.dict.get("Root")?.as_ref()?)))
            .collect();
        if named.is_empty() {
            return;
        }
        let mut numbers: Vec<u32> = named.iter().map(|(_, id)| id.number).collect();
        numbers.sort_unstable();
        numbers.dedup();
        let known: Vec<(u32, u32, usize)> = self
            .entries
            .iter()
            .enumerate()
            .filter(|(_, entry)| numbers.binary_search(&entry.id.number).is_ok())
            .map(|(index, entry)| (entry.id.number, entry.revision, index))
            .collect();
        for (revision, id) in named {
            let entry = known
                .iter()
                .filter(|(number, of, _)| *number == id.number && *of <= revision)
                .max_by_key(|(_, of, index)| (*of, *index));
            let Some((_, _, entry)) = entry else { continue };
            if Some(*entry) != now && !roots.iter().any(|root| root.entry == *entry) {
                roots.push(OlderRoot {
                    revision,
                    id,
                    entry: *entry,
                });
            }
        }
        self.older_roots = roots;
    }
}

fn is_catalog(dict: &Dict) -> bool {
    dict.all("Type").any(|kind| match kind {
        Value::Name(name) => name.is("Catalog"),
        Value::Ref(_) => true,
        _ => false,
    })
}

/// The first dictionary, with what it lacks of those behind it.
fn merge(sections: &[&Dict], trust: Trust) -> Dict {
    let mut merged = sections
        .first()
        .map(|dict| (*dict).clone())
        .unwrap_or_default();
    let rooted = merged.has("Root");
    for key in ["Root", "ID", "Info", "Encrypt"] {
        // That a newer trailer is not encrypted has to be believed, if it is one at all.
        if merged.has(key) || (key == "Encrypt" && rooted && trust != Trust::None) {
            continue;
        }
        let entry = sections
            .iter()
            .find_map(|dict| dict.entries.iter().rev().find(|(name, _)| name.is(key)));
        merged.entries.extend(entry.cloned());
    }
    merged
}

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
