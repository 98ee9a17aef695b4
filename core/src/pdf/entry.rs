//! What a document is described with.

use std::ops::Deref;
use std::rc::Rc;

use super::flags::Flags;
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

/// What a stream says of its length. The numbers are in `Document::lengths`.
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
