//! Decryption of files that open without a password (ISO 32000-2, 7.6).
//!
//! Only the empty password is ever tried, as the user's and as the owner's.

mod cipher;
mod key;
mod legacy;
mod modern;
mod rc4;
mod standard;

use std::borrow::Cow;
use std::fmt;
use std::rc::Rc;

use super::filter::Filter;
use super::report::Encryption;
use super::value::{Dict, Id, Value};
use cipher::Method;
use key::Key;
use standard::{value, Filters, Handler};

/// Whether an encrypted file can be read.
#[derive(Clone, Debug)]
pub(crate) enum Unlock {
    /// It opens with the empty password.
    Open(Decryptor),
    /// It needs a password.
    Locked {
        /// Only embedded files are encrypted, or streams that say so of themselves: all else can be
        /// read as it stands.
        in_clear: bool,
    },
    /// A security handler or version that is not known. The facts name it.
    Unknown,
}

/// What a stream is, as far as its encryption depends on that.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum StreamKind {
    /// A cross-reference stream: never encrypted.
    Xref,
    /// XMP metadata: left in the clear in some files.
    Metadata,
    /// An embedded file: some files encrypt it in another way.
    Embedded,
    /// Any other.
    Plain,
}

impl StreamKind {
    /// What a stream's dictionary says of itself.
    pub(crate) fn of(dict: &Dict) -> Self {
        match dict.get("Type").and_then(Value::as_name) {
            Some(name) if name.is("XRef") => Self::Xref,
            Some(name) if name.is("Metadata") => Self::Metadata,
            Some(name) if name.is("EmbeddedFile") => Self::Embedded,
            _ => Self::Plain,
        }
    }
}

/// Decrypts the objects of one file. Its key is wiped once the last clone is dropped.
#[derive(Clone)]
pub(crate) struct Decryptor {
    key: Rc<Key>,
    filters: Filters,
    encrypt_metadata: bool,
}

impl Decryptor {
    /// Decrypts a string of an object that stands in the file itself: those in object streams are
    /// decrypted with their stream.
    pub(crate) fn string(&self, id: Id, bytes: &[u8]) -> Vec<u8> {
        self.filters
            .strings
            .decrypt(&self.key, id, bytes)
            .unwrap_or_else(|| bytes.to_vec())
    }

    /// Decrypts a stream's data, as its kind and a `Crypt` filter in its chain demand. Makes at most as
    /// many bytes as there are; the caller pays for the work.
    pub(crate) fn stream<'r>(
        &self,
        id: Id,
        kind: StreamKind,
        chain: &[Filter],
        raw: &'r [u8],
    ) -> Cow<'r, [u8]> {
        let named = chain.iter().find_map(|filter| match filter {
            Filter::Crypt(name) => Some(name.as_deref().unwrap_or(b"Identity")),
            _ => None,
        });
        let method = match (kind, named) {
            (StreamKind::Xref, _) => Method::Identity,
            (_, Some(name)) => self.filters.named(name),
            (StreamKind::Metadata, None) if !self.encrypt_metadata => Method::Identity,
            (StreamKind::Embedded, None) => self.filters.embedded,
            (StreamKind::Metadata | StreamKind::Plain, None) => self.filters.streams,
        };
        match method.decrypt(&self.key, id, raw) {
            Some(data) => Cow::Owned(data),
            None => Cow::Borrowed(raw),
        }
    }
}

impl fmt::Debug for Decryptor {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Decryptor")
            .field("filters", &self.filters)
            .finish_non_exhaustive()
    }
}

/// Tries to open a file with the empty password. `file_id` is the first string of the trailer's `/ID`,
/// empty if there is none; `resolve` follows a reference.
pub(crate) fn unlock(
    encrypt: &Dict,
    file_id: &[u8],
    resolve: &dyn Fn(&Value) -> Option<Value>,
) -> (Unlock, Encryption) {
    let handler = match value(encrypt, "Filter", resolve) {
        Some(Value::Name(name)) => shown(&name.bytes),
        _ => "Standard".to_owned(),
    };
    let mut facts = Encryption {
        revision: value(encrypt, "R", resolve)
            .and_then(|revision| revision.as_int())
            .and_then(|revision| u8::try_from(revision).ok()),
        method: handler,
        opens: false,
    };
    if facts.method != "Standard" {
        // The revision is one of the standard handler.
        facts.revision = None;
        return (Unlock::Unknown, facts);
    }
    let Some(handler) = Handler::read(encrypt, resolve) else {
        return (Unlock::Unknown, facts);
    };
    let key = handler.key(file_id);
    facts.method = handler.method(key.as_ref());
    if !handler.is_known() {
        return (Unlock::Unknown, facts);
    }
    let Some(key) = key else {
        let in_clear = handler.filters.are_identity();
        return (Unlock::Locked { in_clear }, facts);
    };
    facts.opens = true;
    // With crypt filters, Adobe's own writers go on with 128 bits even where they say and check 40: the
    // key is filled up with zeros.
    let key = if handler.version == 4 {
        key.filled()
    } else {
        key
    };
    let decryptor = Decryptor {
        key: Rc::new(key),
        encrypt_metadata: handler.encrypt_metadata,
        filters: handler.filters,
    };
    (Unlock::Open(decryptor), facts)
}

/// A handler's name as it is safe to show.
fn shown(name: &[u8]) -> String {
    name.iter()
        .take(40)
        .map(|byte| match byte {
            b' '..=b'~' => char::from(*byte),
            _ => '?',
        })
        .collect()
}

#[cfg(test)]
mod tests;
