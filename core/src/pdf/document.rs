//! A PDF file, opened: its objects, and which of them count.

use std::borrow::Cow;
use std::ops::Deref;
use std::rc::Rc;

use super::filter::{End, Unpacked};
use super::flags::Flags;
use super::limits::Budget;
use super::report::Encryption;
use super::value::{Dict, Id, Object, Value};

/// The `%PDF-` line.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Header {
    /// Where the `%` stands.
    pub(crate) offset: usize,
    /// Such as `1.7`; absent if no number follows.
    pub(crate) version: Option<String>,
}

/// A trailer dictionary, or the dictionary of a cross-reference stream.
#[derive(Clone, Debug)]
pub(crate) struct Trailer {
    pub(crate) dict: Dict,
    pub(crate) offset: usize,
    pub(crate) revision: u32,
    /// The cross-reference data that counts has it.
    pub(crate) live: bool,
    /// The entry of the cross-reference stream; absent for a `trailer`.
    pub(crate) entry: Option<usize>,
}

/// A catalog that a trailer of the file names and that the newest does not, or of which a later revision
/// has another version.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct OlderRoot {
    pub(crate) revision: u32,
    pub(crate) id: Id,
    pub(crate) entry: usize,
}

/// One definition of an object. An object that was changed has several.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Entry {
    pub(crate) id: Id,
    pub(crate) place: Place,
    /// The revision of the file that it is in, from 1.
    pub(crate) revision: u32,
    pub(crate) flags: Flags,
    pub(crate) state: EntryState,
    pub(crate) length: StreamLength,
}

/// Where an object stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Place {
    /// In the file; `offset` is that of its number.
    File { offset: usize },
    /// In the object stream of the entry `container`, as the `index`th; `offset` is that in its data.
    Stream {
        container: u32,
        index: u32,
        offset: u32,
    },
}

/// Whether an object counts.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum EntryState {
    /// The cross-reference data leads here.
    Live,
    /// Listed nowhere, and not replaced: hidden.
    Unlisted,
    /// A later revision replaced or deleted it.
    Superseded,
}

/// What a stream says of its length. The numbers are in [`Document::lengths`].
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum StreamLength {
    /// No stream.
    None,
    /// `endstream` stands where it says.
    Right,
    /// It says another length than it has.
    Wrong,
    /// It says nothing, or names an object that is no number.
    Missing,
}

/// What a value leads to.
#[derive(Clone, Debug)]
pub(crate) enum Resolved<'v> {
    /// The value itself.
    Direct(&'v Value),
    /// The object that it refers to.
    Object(Rc<Object>),
}

impl Deref for Resolved<'_> {
    type Target = Value;

    fn deref(&self) -> &Value {
        match self {
            Self::Direct(value) => value,
            Self::Object(object) => &object.value,
        }
    }
}

impl Resolved<'_> {
    /// The indirect object, if it is one.
    pub(crate) fn object(&self) -> Option<&Rc<Object>> {
        match self {
            Self::Direct(_) => None,
            Self::Object(object) => Some(object),
        }
    }
}

/// A PDF file, opened. Opening never fails: what could not be read is told.
pub(crate) struct Document<'a> {
    bytes: &'a [u8],
    budget: &'a Budget,
    trailer: Dict,
}

impl<'a> Document<'a> {
    pub(crate) fn open(bytes: &'a [u8], budget: &'a Budget) -> Self {
        Self {
            bytes,
            budget,
            trailer: Dict::default(),
        }
    }

    pub(crate) fn bytes(&self) -> &'a [u8] {
        self.bytes
    }

    pub(crate) fn budget(&self) -> &'a Budget {
        self.budget
    }

    /// The first `%PDF-` of the file, wherever it stands.
    pub(crate) fn header(&self) -> Option<&Header> {
        None
    }

    pub(crate) fn encryption(&self) -> Option<&Encryption> {
        None
    }

    /// It needs a password, or is encrypted in a way that is not known: strings and streams are not to be
    /// read.
    pub(crate) fn locked(&self) -> bool {
        false
    }

    /// The trailer that counts: that of the newest section, with `Root`, `Encrypt`, `ID` and `Info` of
    /// older ones where it has none.
    pub(crate) fn trailer(&self) -> &Dict {
        &self.trailer
    }

    /// Every trailer in the file, in the order of the file.
    pub(crate) fn trailers(&self) -> &[Trailer] {
        &[]
    }

    /// The catalog, as the trailer has it (a reference; a dictionary in odd files); searched for, when the
    /// trailer has none that is one.
    pub(crate) fn root(&self) -> Option<&Value> {
        None
    }

    pub(crate) fn older_roots(&self) -> &[OlderRoot] {
        &[]
    }

    /// Every object of every revision, those in object streams behind their stream.
    pub(crate) fn entries(&self) -> &[Entry] {
        &[]
    }

    /// The entry that counts for a number. Generations are not compared, as in viewers.
    pub(crate) fn find(&self, id: Id) -> Option<usize> {
        let _ = id;
        None
    }

    /// Parses one entry; strings are decrypted.
    pub(crate) fn load(&self, entry: usize) -> Option<Rc<Object>> {
        let _ = entry;
        None
    }

    pub(crate) fn get(&self, id: Id) -> Option<Rc<Object>> {
        self.load(self.find(id)?)
    }

    /// Follows references. `None` for an object that is not there, and for a circle.
    pub(crate) fn resolve<'v>(&self, value: &'v Value) -> Option<Resolved<'v>> {
        Some(Resolved::Direct(value))
    }

    /// A stream's data, decrypted and unpacked. Empty for what is no stream.
    pub(crate) fn unpack(&self, object: &Object) -> Unpacked {
        let _ = object;
        Unpacked {
            data: Vec::new(),
            end: End::Whole,
        }
    }

    /// A stream's data, decrypted, its filters kept.
    pub(crate) fn raw(&self, object: &Object) -> Cow<'a, [u8]> {
        let _ = object;
        Cow::Borrowed(&[])
    }

    /// What a stream of [`StreamLength::Wrong`] says, and what it has.
    pub(crate) fn lengths(&self, entry: usize) -> Option<(i64, usize)> {
        let _ = entry;
        None
    }

    /// How many revisions the file has: 1 plus the incremental updates.
    pub(crate) fn revisions(&self) -> u32 {
        1
    }

    pub(crate) fn linearised(&self) -> bool {
        false
    }

    /// The cross-reference data is missing or wrong, and was rebuilt in part or in whole.
    pub(crate) fn repaired(&self) -> bool {
        false
    }

    /// How many object streams, and other parts that lead to objects, could not be read.
    pub(crate) fn unreadable(&self) -> u32 {
        0
    }
}
