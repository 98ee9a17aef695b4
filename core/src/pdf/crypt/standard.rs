//! The standard security handler (ISO 32000-2, 7.6.4): its dictionary, and the key of the file.

use super::super::value::{Dict, Value};
use super::cipher::Method;
use super::key::Key;
use super::{legacy, modern};

/// Crypt filters of one file that are looked at.
const FILTERS: usize = 64;

/// How a value of the dictionary is followed, if it is a reference.
pub(super) type Resolve<'r> = dyn Fn(&Value) -> Option<Value> + 'r;

/// A value of a dictionary, with references followed.
pub(super) fn value(dict: &Dict, key: &str, resolve: &Resolve<'_>) -> Option<Value> {
    match dict.get(key)? {
        reference @ Value::Ref(_) => resolve(reference),
        direct => Some(direct.clone()),
    }
}

/// What the dictionary tells.
pub(super) struct Handler {
    pub(super) version: i64,
    revision: i64,
    /// In bits, as it stands there.
    length: Option<i64>,
    owner: Box<[u8]>,
    user: Box<[u8]>,
    owner_key: Box<[u8]>,
    user_key: Box<[u8]>,
    permissions: u32,
    pub(super) encrypt_metadata: bool,
    pub(super) filters: Filters,
}

/// Which crypt filter does what.
#[derive(Clone, Debug)]
pub(super) struct Filters {
    pub(super) streams: Method,
    pub(super) strings: Method,
    pub(super) embedded: Method,
    named: Vec<(Box<[u8]>, Method)>,
}

impl Filters {
    fn all(method: Method) -> Self {
        Self {
            streams: method,
            strings: method,
            embedded: method,
            named: Vec::new(),
        }
    }

    /// What a crypt filter does; one that is not defined does nothing, as in viewers.
    pub(super) fn named(&self, name: &[u8]) -> Method {
        self.named
            .iter()
            .find(|(known, _)| **known == *name && name != b"Identity")
            .map_or(Method::Identity, |(_, method)| *method)
    }

    /// Whether strings and ordinary streams are left as they are.
    pub(super) fn are_identity(&self) -> bool {
        self.streams == Method::Identity && self.strings == Method::Identity
    }

    /// The method that tells most about the file.
    fn main(&self) -> Method {
        [self.streams, self.strings, self.embedded]
            .into_iter()
            .find(|method| *method != Method::Identity)
            .unwrap_or(Method::Identity)
    }
}

impl Handler {
    /// Reads the dictionary. `None` for a version that is not known.
    pub(super) fn read(encrypt: &Dict, resolve: &Resolve<'_>) -> Option<Self> {
        let get = |key: &str| value(encrypt, key, resolve);
        let int = |key: &str| get(key).as_ref().and_then(Value::as_int);
        let text = |key: &str| match get(key) {
            Some(Value::Text(bytes)) => bytes,
            _ => Box::default(),
        };
        let version = int("V").unwrap_or(0);
        let (filters, filter_length) = match version {
            1 | 2 => (Filters::all(Method::Rc4), None),
            4 | 5 => read_filters(encrypt, resolve),
            _ => return None,
        };
        Some(Self {
            version,
            revision: int("R").unwrap_or(0),
            length: int("Length").or(filter_length),
            owner: text("O"),
            user: text("U"),
            owner_key: text("OE"),
            user_key: text("UE"),
            // Written as a signed or an unsigned number.
            permissions: int("P")
                .and_then(|bits| u32::try_from(bits & 0xFFFF_FFFF).ok())
                .unwrap_or(0),
            encrypt_metadata: version < 4 || get("EncryptMetadata") != Some(Value::Bool(false)),
            filters,
        })
    }

    /// Whether all that applies to the whole file is known.
    pub(super) fn is_known(&self) -> bool {
        self.filters.streams != Method::Unknown && self.filters.strings != Method::Unknown
    }

    /// The key of the file, if the empty password opens it.
    pub(super) fn key(&self, file_id: &[u8]) -> Option<Key> {
        if self.version == 5 || self.revision >= 5 {
            let given = modern::Given {
                owner: &self.owner,
                owner_key: &self.owner_key,
                user: &self.user,
                user_key: &self.user_key,
            };
            let revisions = if self.revision == 5 { [5, 6] } else { [6, 5] };
            if let Some(key) = revisions.into_iter().find_map(|r| given.key(r)) {
                return Some(key);
            }
        }
        if self.version == 5 {
            return None;
        }
        // An entry that is too short is hashed as it is, or filled up with zeros: readers differ.
        let owner = self.owner.get(..32).unwrap_or(&self.owner);
        let mut filled = owner.to_vec();
        filled.resize(32, 0);
        self.legacy_key(owner, file_id).or_else(|| {
            let differs = owner.len() != filled.len();
            differs.then(|| self.legacy_key(&filled, file_id))?
        })
    }

    fn legacy_key(&self, owner: &[u8], file_id: &[u8]) -> Option<Key> {
        let given = legacy::Given {
            owner,
            user: &self.user,
            permissions: self.permissions,
            file_id,
        };
        self.variants().find_map(|variant| given.key(variant))
    }

    /// How the key may be made, what the dictionary says first. Only one of them can open the file.
    fn variants(&self) -> impl Iterator<Item = legacy::Variant> + '_ {
        let mut revisions: Vec<u8> = Vec::new();
        let stated_revision = u8::try_from(self.revision).unwrap_or(0);
        for revision in [stated_revision, 4, 2] {
            if (2..=4).contains(&revision) && !revisions.contains(&revision) {
                revisions.push(revision);
            }
        }
        // Bits, or bytes in files whose writer did not know better.
        let stated = self.length.map_or(0, |length| match length {
            40.. => length / 8,
            _ => length,
        });
        let expected = match self.version {
            1 => [5, stated, 16],
            4 => [stated, 16, 5],
            _ => [stated, 5, 16],
        };
        let mut lengths: Vec<usize> = Vec::new();
        for length in expected {
            match usize::try_from(length) {
                Ok(length @ 5..=16) if !lengths.contains(&length) => lengths.push(length),
                _ => {}
            }
        }
        revisions.into_iter().flat_map(move |revision| {
            let lengths = lengths.clone();
            let both = [self.encrypt_metadata, !self.encrypt_metadata];
            // Revision 3 is 4 with encrypted metadata.
            both.into_iter()
                .filter(move |encrypted| match revision {
                    4 => !*encrypted || stated_revision != 3,
                    _ => *encrypted,
                })
                .flat_map(move |encrypt_metadata| {
                    lengths
                        .clone()
                        .into_iter()
                        .map(move |length| legacy::Variant {
                            revision,
                            length,
                            encrypt_metadata,
                        })
                })
        })
    }

    /// What the file is encrypted with, such as `AES-128`.
    pub(super) fn method(&self, key: Option<&Key>) -> String {
        match self.filters.main() {
            Method::Rc4 => {
                let bits = match key {
                    Some(key) => key.bytes().len() * 8,
                    None => self.variants().next().map_or(40, |first| first.length * 8),
                };
                format!("RC4-{bits}")
            }
            Method::AesV2 => "AES-128".to_owned(),
            Method::AesV3 => "AES-256".to_owned(),
            Method::Identity => "Identity".to_owned(),
            Method::Unknown => "Standard".to_owned(),
        }
    }
}

/// The crypt filters of versions 4 and 5, and a length of the key that one of them tells.
fn read_filters(encrypt: &Dict, resolve: &Resolve<'_>) -> (Filters, Option<i64>) {
    let mut filters = Filters::all(Method::Identity);
    let mut length = None;
    if let Some(Value::Dict(defined)) = value(encrypt, "CF", resolve) {
        for (name, filter) in defined.entries.iter().rev().take(FILTERS) {
            let filter = match filter {
                reference @ Value::Ref(_) => resolve(reference),
                direct => Some(direct.clone()),
            };
            let Some(Value::Dict(filter)) = filter else {
                continue;
            };
            let method = match value(&filter, "CFM", resolve) {
                Some(Value::Name(name)) => Method::named(&name.bytes),
                None | Some(Value::Null) => Method::Identity,
                Some(_) => Method::Unknown,
            };
            length = length.or_else(|| value(&filter, "Length", resolve)?.as_int());
            filters.named.push((name.bytes.clone(), method));
        }
    }
    let of = |key: &str| match value(encrypt, key, resolve) {
        Some(Value::Name(name)) => Some(filters.named(&name.bytes)),
        _ => None,
    };
    let streams = of("StmF").unwrap_or(Method::Identity);
    let strings = of("StrF").unwrap_or(Method::Identity);
    let embedded = of("EFF").unwrap_or(streams);
    filters.streams = streams;
    filters.strings = strings;
    filters.embedded = embedded;
    (filters, length)
}
