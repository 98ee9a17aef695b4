//! A PDF file, opened: its objects, and which of them count.

use std::borrow::Cow;
use std::cell::{Cell, RefCell};
use std::rc::Rc;

pub(crate) use super::entry::{
    Entry, EntryState, Header, OlderRoot, Place, Resolved, StreamLength, Trailer,
};

use super::crypt::{Decryptor, StreamKind};
use super::filter::{self, End, Filter, Unpacked};
use super::flags::Flags;
use super::lexer::skip_white;
use super::limits::{Budget, Limit};
use super::live::{look_up, Live};
use super::objstm::Unpackeds;
use super::parse::{stream_start, Decrypt, Parser};
use super::report::Encryption;
use super::skim::object_at;
use super::streams::StreamEnds;
use super::value::{Dict, Id, Object, Stream, Value};

/// Objects that are kept once parsed.
pub(super) const KEPT: usize = 256;

/// Longer objects than this, in the file, are not kept.
const KEPT_LENGTH: usize = 1 << 16;

/// A PDF file, opened. Opening never fails: what could not be read is told.
#[allow(clippy::struct_excessive_bools)] // each is a fact of its own
pub(crate) struct Document<'a> {
    pub(super) bytes: &'a [u8],
    pub(super) budget: &'a Budget,
    pub(super) header: Option<Header>,
    pub(super) entries: Vec<Entry>,
    pub(super) live: Live,
    pub(super) trailers: Vec<Trailer>,
    pub(super) trailer: Dict,
    pub(super) root: Option<Value>,
    pub(super) older_roots: Vec<OlderRoot>,
    pub(super) encryption: Option<Encryption>,
    pub(super) decryptor: Option<Decryptor>,
    pub(super) locked: bool,
    /// Its object streams are encrypted too, and stay closed.
    pub(super) closed: bool,
    /// Where each revision ends but the last.
    pub(super) boundaries: Vec<usize>,
    pub(super) revisions: u32,
    pub(super) linearised: bool,
    pub(super) repaired: bool,
    pub(super) unreadable: Cell<u32>,
    pub(super) ends: StreamEnds<'a>,
    /// A place for each entry, by its index and this table's length.
    pub(super) kept: RefCell<Vec<Option<Rc<Object>>>>,
    pub(super) unpacked: RefCell<Unpackeds>,
}

impl<'a> Document<'a> {
    pub(crate) fn bytes(&self) -> &'a [u8] {
        self.bytes
    }

    pub(crate) fn budget(&self) -> &'a Budget {
        self.budget
    }

    /// The first `%PDF-` of the file, wherever it stands.
    pub(crate) fn header(&self) -> Option<&Header> {
        self.header.as_ref()
    }

    /// How it is encrypted; absent if it is not.
    pub(crate) fn encryption(&self) -> Option<&Encryption> {
        self.encryption.as_ref()
    }

    /// It needs a password, or is encrypted in a way that is not known: strings and streams are not to be
    /// read, and objects in object streams are not among the entries.
    pub(crate) fn locked(&self) -> bool {
        self.locked
    }

    /// The trailer that counts: that of the newest section, with `Root`, `Encrypt`, `ID` and `Info` of
    /// older ones where it has none.
    pub(crate) fn trailer(&self) -> &Dict {
        &self.trailer
    }

    /// Every trailer in the file, in the order of the file; first those of `trailer`, then those of
    /// cross-reference streams.
    pub(crate) fn trailers(&self) -> &[Trailer] {
        &self.trailers
    }

    /// The catalog, as the trailer has it (a reference; a dictionary in odd files); searched for, when the
    /// trailer has none that is one.
    pub(crate) fn root(&self) -> Option<&Value> {
        self.root.as_ref()
    }

    /// The catalogs that trailers of earlier revisions named, where they are not the one that counts.
    pub(crate) fn older_roots(&self) -> &[OlderRoot] {
        &self.older_roots
    }

    /// Every object of every revision, those in object streams behind their stream.
    pub(crate) fn entries(&self) -> &[Entry] {
        &self.entries
    }

    /// The entry that counts for a number. Generations are not compared, as in viewers.
    pub(crate) fn find(&self, id: Id) -> Option<usize> {
        usize::try_from(look_up(&self.live, id.number)?).ok()
    }

    /// Parses one entry; strings are decrypted. What it is depends on the entry alone, and not on
    /// whether the entry counts.
    pub(crate) fn load(&self, index: usize) -> Option<Rc<Object>> {
        let entry = self.entries.get(index)?;
        let place = index % KEPT;
        if let Some(Some(object)) = self.kept.borrow().get(place) {
            if object.entry == index {
                return Some(Rc::clone(object));
            }
        }
        let (object, length) = self.parse(index, entry)?;
        let object = Rc::new(object);
        if length <= KEPT_LENGTH {
            if let Some(kept) = self.kept.borrow_mut().get_mut(place) {
                *kept = Some(Rc::clone(&object));
            }
        }
        Some(object)
    }

    /// The object that counts for an id.
    pub(crate) fn get(&self, id: Id) -> Option<Rc<Object>> {
        self.load(self.find(id)?)
    }

    /// Follows references. `None` for an object that is not there, for a circle, and once the
    /// work is spent.
    pub(crate) fn resolve<'v>(&self, value: &'v Value) -> Option<Resolved<'v>> {
        let Value::Ref(id) = value else {
            return Some(Resolved::Direct(value));
        };
        let mut object = self.get(*id)?;
        let mut left = self.budget.limits().depth.min(64);
        while let Value::Ref(id) = object.value {
            left = left.checked_sub(1)?;
            object = self.get(id)?;
        }
        Some(Resolved::Object(object))
    }

    /// A stream's filters.
    pub(crate) fn filters(&self, dict: &Dict) -> Vec<Filter> {
        Filter::chain(dict, &|value| {
            self.resolve(value).map(|found| (*found).clone())
        })
    }

    /// A stream's data, decrypted and unpacked. Empty for what is no stream.
    pub(crate) fn unpack(&self, object: &Object) -> Unpacked {
        let (Some(dict), Some(_)) = (object.value.as_dict(), &object.stream) else {
            return Unpacked {
                data: Vec::new(),
                end: End::Whole,
            };
        };
        let chain = self.filters(dict);
        filter::unpack(&self.decrypted(object, dict, &chain), &chain, self.budget)
    }

    /// A stream's data, decrypted, its filters kept.
    pub(crate) fn raw(&self, object: &Object) -> Cow<'a, [u8]> {
        match (object.value.as_dict(), &object.stream) {
            (Some(dict), Some(_)) => self.decrypted(object, dict, &self.filters(dict)),
            _ => Cow::Borrowed(&[]),
        }
    }

    fn decrypted(&self, object: &Object, dict: &Dict, chain: &[Filter]) -> Cow<'a, [u8]> {
        let bytes = self.bytes;
        let Some(raw) = object
            .stream
            .as_ref()
            .and_then(|data| bytes.get(data.start..data.end))
        else {
            return Cow::Borrowed(&[]);
        };
        match &self.decryptor {
            Some(decryptor) => {
                if !self.budget.work(raw.len() as u64 * 4) {
                    return Cow::Borrowed(&[]);
                }
                decryptor.stream(object.id, StreamKind::of(dict), chain, raw)
            }
            None => Cow::Borrowed(raw),
        }
    }

    /// What a stream says of its length, and how long it is.
    pub(crate) fn lengths(&self, entry: usize) -> Option<(i64, usize)> {
        let object = self.load(entry)?;
        let stream = object.stream.as_ref()?;
        let declared = self
            .resolve(object.value.as_dict()?.get("Length")?)?
            .as_int()?;
        Some((declared, stream.end - stream.start))
    }

    /// How many revisions the file has: 1 plus the incremental updates.
    pub(crate) fn revisions(&self) -> u32 {
        self.revisions
    }

    /// It begins with a dictionary for linearised reading, which no update has made void.
    pub(crate) fn linearised(&self) -> bool {
        self.linearised
    }

    /// The cross-reference data is missing or wrong, and was rebuilt in part or in whole.
    pub(crate) fn repaired(&self) -> bool {
        self.repaired
    }

    /// How many object streams could not be read, though they are not superseded.
    pub(crate) fn unreadable(&self) -> u32 {
        self.unreadable.get()
    }

    /// An entry as an object, and how many bytes it is made of, the data of a stream apart.
    pub(super) fn parse(&self, index: usize, entry: &Entry) -> Option<(Object, usize)> {
        if !self.budget.work(32) {
            return None;
        }
        match entry.place {
            Place::File { offset } => self.parse_in_file(index, entry, offset),
            Place::Stream {
                container, offset, ..
            } => {
                let data = self.container(container)?;
                let offset = usize::try_from(offset).ok()?;
                let mut parser = Parser::new(&data, offset, self.budget);
                let value = parser.value().unwrap_or(Value::Null);
                let length = parser.pos.saturating_sub(offset);
                Some((
                    Object {
                        id: entry.id,
                        entry: index,
                        value,
                        stream: None,
                    },
                    length,
                ))
            }
        }
    }

    fn parse_in_file(&self, index: usize, entry: &Entry, offset: usize) -> Option<(Object, usize)> {
        let (id, _, start) = object_at(self.bytes, offset)?;
        let decrypt = |text: &[u8]| match &self.decryptor {
            Some(decryptor) => decryptor.string(id, text),
            None => text.to_vec(),
        };
        let decrypt: Option<Decrypt<'_>> = match &self.decryptor {
            // The dictionaries of cross-reference streams are in the clear.
            Some(_) if !entry.flags.any(Flags::XREF) => Some(&decrypt),
            _ => None,
        };
        let mut parser = Parser::new(self.bytes, start, self.budget).decrypting(decrypt);
        let value = parser.value().unwrap_or(Value::Null);
        let length = parser.pos.saturating_sub(start);
        let mut stream = None;
        if let Value::Dict(dict) = &value {
            if let Some(start) = self.stream_start(entry, parser.pos) {
                let declared = dict.get("Length").and_then(|length| match length {
                    Value::Ref(id) => self.number(*id),
                    length => length.as_int(),
                });
                let data = self.ends.find(start, declared);
                self.budget.work(self.ends.cost());
                stream = Some(Stream {
                    start,
                    end: data.end.max(start),
                });
            }
        }
        Some((
            Object {
                id,
                entry: index,
                value,
                stream,
            },
            length,
        ))
    }

    /// Where the data of a stream begins whose dictionary ends at `pos`. Readers differ in what they make
    /// of words between the two; the scan has passed over them.
    fn stream_start(&self, entry: &Entry, pos: usize) -> Option<usize> {
        if !entry.flags.any(Flags::STREAM) {
            return None;
        }
        let mut pos = skip_white(self.bytes, pos);
        for _ in 0..16 {
            if let Some(start) = stream_start(self.bytes, pos) {
                return Some(start);
            }
            let end = super::lexer::word_end(self.bytes, pos).max(pos + 1);
            pos = skip_white(self.bytes, end);
        }
        None
    }

    /// The number that an object of the file is: a stream's length.
    fn number(&self, id: Id) -> Option<i64> {
        let entry = self.entries.get(self.find(id)?)?;
        match entry.place {
            Place::File { offset } if entry.flags.any(Flags::NUMBER) => {
                let (_, _, start) = object_at(self.bytes, offset)?;
                Parser::new(self.bytes, start, self.budget)
                    .value()?
                    .as_int()
            }
            Place::Stream { .. } if entry.flags.any(Flags::NUMBER) => self.get(id)?.value.as_int(),
            _ => None,
        }
    }

    /// The data of an object stream.
    fn container(&self, container: u32) -> Option<Rc<Vec<u8>>> {
        if let Some(data) = self.unpacked.borrow_mut().get(container) {
            return Some(data);
        }
        let index = usize::try_from(container).ok()?;
        let entry = self.entries.get(index)?;
        let Place::File { offset } = entry.place else {
            return None;
        };
        let (object, _) = self.parse_in_file(index, entry, offset)?;
        let unpacked = self.unpack(&object);
        if unpacked.end == End::Limited {
            self.budget.reach(Limit::Unpacked);
        }
        let data = Rc::new(unpacked.data);
        self.unpacked.borrow_mut().put(container, Rc::clone(&data));
        Some(data)
    }
}
