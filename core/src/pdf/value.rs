//! PDF objects as values (ISO 32000-2, 7.3). They own their bytes: only the few objects that matter are
//! ever made into values.

/// The name of an indirect object: its number and generation.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(crate) struct Id {
    pub(crate) number: u32,
    pub(crate) generation: u16,
}

/// A name without its slash, with `#` escapes decoded.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Name {
    pub(crate) bytes: Box<[u8]>,
    /// It was written with an escape for a character that needs none.
    pub(crate) escaped: bool,
}

impl Name {
    pub(crate) fn is(&self, name: &str) -> bool {
        *self.bytes == *name.as_bytes()
    }
}

/// A direct object.
#[derive(Clone, Debug, PartialEq)]
pub(crate) enum Value {
    Null,
    Bool(bool),
    Int(i64),
    Real(f64),
    Name(Name),
    /// A string, with escapes and hexadecimal decoded, and decrypted.
    Text(Box<[u8]>),
    Array(Vec<Value>),
    Dict(Dict),
    Ref(Id),
}

/// A dictionary, in the order of the file. Nothing forbids a file to give a key twice, and readers differ
/// in which one they take: a check looks at all of them.
#[derive(Clone, Debug, Default, PartialEq)]
pub(crate) struct Dict {
    pub(crate) entries: Vec<(Name, Value)>,
}

impl Dict {
    /// The value of a key; the last one, if there are several.
    pub(crate) fn get(&self, key: &str) -> Option<&Value> {
        self.entries
            .iter()
            .rev()
            .find(|(name, _)| name.is(key))
            .map(|(_, value)| value)
    }

    /// All values of a key.
    pub(crate) fn all<'d>(&'d self, key: &'d str) -> impl Iterator<Item = &'d Value> {
        self.entries
            .iter()
            .filter(move |(name, _)| name.is(key))
            .map(|(_, value)| value)
    }

    pub(crate) fn has(&self, key: &str) -> bool {
        self.entries.iter().any(|(name, _)| name.is(key))
    }
}

impl Value {
    pub(crate) fn as_dict(&self) -> Option<&Dict> {
        match self {
            Self::Dict(dict) => Some(dict),
            _ => None,
        }
    }

    pub(crate) fn as_array(&self) -> Option<&[Value]> {
        match self {
            Self::Array(items) => Some(items),
            _ => None,
        }
    }

    pub(crate) fn as_name(&self) -> Option<&Name> {
        match self {
            Self::Name(name) => Some(name),
            _ => None,
        }
    }

    pub(crate) fn as_ref(&self) -> Option<Id> {
        match self {
            Self::Ref(id) => Some(*id),
            _ => None,
        }
    }

    pub(crate) fn as_int(&self) -> Option<i64> {
        match self {
            Self::Int(number) => Some(*number),
            // A real with no fraction: some writers give lengths and counts so.
            #[allow(clippy::cast_possible_truncation)]
            Self::Real(number) if number.fract() == 0.0 && number.abs() < 9e15 => {
                Some(*number as i64)
            }
            _ => None,
        }
    }

    pub(crate) fn as_number(&self) -> Option<f64> {
        match self {
            #[allow(clippy::cast_precision_loss)]
            Self::Int(number) => Some(*number as f64),
            Self::Real(number) => Some(*number),
            _ => None,
        }
    }
}

/// An indirect object.
#[derive(Clone, Debug)]
pub(crate) struct Object {
    pub(crate) id: Id,
    /// Its place among the entries of its document.
    pub(crate) entry: usize,
    pub(crate) value: Value,
    /// The raw data of a stream, whose dictionary `value` is.
    pub(crate) stream: Option<Stream>,
}

/// Where a stream's raw data lies in the file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Stream {
    pub(crate) start: usize,
    pub(crate) end: usize,
}
