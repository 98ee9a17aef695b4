//! An object's tokens, passed over without making anything of them but flags.

use memchr::{memchr, memmem};

use super::flags::Flags;
use super::lexer::{
    class, digits, header, line_end, unescape, word_end, DELIMITER, DIGIT, SIGN, WHITE,
};
use super::names::interest;
use super::parse::{number, stream_start};
use super::text::string_end;
use super::value::Value;

/// Deeper nesting than this is suspicious by itself.
const DEEP: u32 = 128;

/// What an object is.
#[derive(Debug)]
pub(super) struct Skim {
    pub(super) flags: Flags,
    /// Where it ends: behind `endobj`, before the next object, or where a stream's data begins.
    pub(super) end: usize,
    /// Its last `/Length`.
    pub(super) length: Declared,
    pub(super) how: Ending,
}

/// What a dictionary says of its stream's length.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Declared {
    None,
    Bytes(i64),
    /// The number of an object.
    Object(u32),
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Ending {
    /// At `endobj`, or at what begins something else.
    Clean,
    /// At `stream`.
    Stream,
    /// With the bytes.
    Open,
}

/// Passes over objects. What it learned about the bytes keeps broken files linear.
pub(super) struct Skimmer<'b> {
    bytes: &'b [u8],
    /// No `>` comes from here on.
    no_angle: usize,
    /// No `endobj` comes from here on.
    no_endobj: usize,
    /// How many bytes may still be searched for the ends of strings that have none.
    waste: usize,
}

impl<'b> Skimmer<'b> {
    pub(super) fn new(bytes: &'b [u8]) -> Self {
        Self {
            bytes,
            no_angle: usize::MAX,
            no_endobj: usize::MAX,
            waste: bytes.len().saturating_mul(4).saturating_add(4096),
        }
    }

    /// The next `endobj` from a position on.
    pub(super) fn endobj(&mut self, from: usize) -> Option<usize> {
        if from >= self.no_endobj {
            return None;
        }
        let found = memmem::find(self.bytes.get(from..)?, b"endobj").map(|found| from + found);
        if found.is_none() {
            self.no_endobj = from;
        }
        found
    }

    /// Passes over the object whose value begins at `start`.
    pub(super) fn object(&mut self, start: usize) -> Skim {
        self.skim(start, self.bytes.len(), true)
    }

    /// Passes over an object of an object stream, which has no `endobj`.
    pub(super) fn value(&mut self, start: usize, end: usize) -> Skim {
        self.skim(start, end, false)
    }

    #[allow(clippy::too_many_lines)] // one loop over the tokens; in pieces it is slower
    fn skim(&mut self, start: usize, limit: usize, in_file: bool) -> Skim {
        let bytes = self.bytes.get(..limit).unwrap_or(self.bytes);
        let mut pos = start;
        let mut depth = 0_u32;
        let mut deepest = 0_u32;
        let mut filters = false;
        let mut flags = Flags::NONE;
        // Flags of the name just before, and what followed it: whole numbers.
        let mut key = Flags::NONE;
        let mut numbers = 0_u32;
        let mut tokens = 0_u32;
        let mut last = (0_u64, 0_usize);
        let mut before = (0_u64, 0_usize);
        let mut length = Declared::None;
        let mut how = Ending::Open;
        while let Some(&byte) = bytes.get(pos) {
            let class = class(byte);
            if class == WHITE {
                pos += 1;
                continue;
            }
            if class & DIGIT != 0 {
                let (value, after) = digits(bytes, pos).unwrap_or((0, pos + 1));
                if bytes.get(after) == Some(&b'.') {
                    pos = number(bytes, pos).1;
                    numbers = 0;
                } else {
                    before = last;
                    last = (value, pos);
                    numbers += 1;
                    pos = after;
                    if numbers == 1 && key.any(Flags::LENGTH_KEY) && depth == 1 {
                        length = Declared::Bytes(i64::try_from(value).unwrap_or(i64::MAX));
                    }
                }
                if tokens == 0 {
                    flags |= Flags::NUMBER;
                }
                tokens = tokens.saturating_add(1);
                continue;
            }
            if byte == b'%' {
                pos = line_end(bytes, pos);
                continue;
            }
            if byte == b'/' {
                let end = word_end(bytes, pos + 1);
                let name = bytes.get(pos + 1..end).unwrap_or_default();
                key = if memchr_short(name) {
                    let (name, escaped) = unescape(name);
                    let flags = interest(&name);
                    if escaped {
                        flags.with(Flags::ESCAPED)
                    } else {
                        flags
                    }
                } else {
                    interest(name)
                };
                // Two filters that expand: what they make may grow without bounds.
                if key.any(Flags::EXPANDING) && flags.any(Flags::EXPANDING) {
                    flags |= Flags::NESTED;
                }
                flags |= key;
                if tokens == 0 {
                    flags |= Flags::BARE_NAME;
                }
                tokens = tokens.saturating_add(1);
                numbers = 0;
                pos = end;
                continue;
            }
            if class & SIGN != 0 {
                let (value, end) = number(bytes, pos);
                if key.any(Flags::LENGTH_KEY) && depth == 1 && numbers == 0 {
                    if let Value::Int(value) = value {
                        length = Declared::Bytes(value);
                    }
                }
                pos = end;
                numbers = 0;
                key = Flags::NONE;
                tokens = tokens.saturating_add(1);
                continue;
            }
            if class == DELIMITER {
                match byte {
                    b'<' if bytes.get(pos + 1) == Some(&b'<') => {
                        depth += 1;
                        deepest = deepest.max(depth);
                        pos += 2;
                    }
                    b'>' if bytes.get(pos + 1) == Some(&b'>') => {
                        depth = depth.saturating_sub(1);
                        pos += 2;
                    }
                    b'[' => {
                        depth += 1;
                        deepest = deepest.max(depth);
                        filters = key.any(Flags::FILTER_KEY);
                        pos += 1;
                    }
                    b']' => {
                        depth = depth.saturating_sub(1);
                        filters = false;
                        pos += 1;
                    }
                    b'(' => {
                        pos = if let Some(end) = self.string_end(bytes, pos + 1) {
                            end + 1
                        } else {
                            // Never closed: the object ends at the next `endobj`.
                            flags |= Flags::UNSURE;
                            self.endobj(pos).map_or(limit, |end| end.min(limit))
                        };
                    }
                    b'<' => match self.angle(bytes, pos) {
                        Some(end) => pos = end + 1,
                        None => pos += 1,
                    },
                    _ => pos += 1,
                }
                tokens = tokens.saturating_add(1);
                numbers = 0;
                key = Flags::NONE;
                continue;
            }
            // A word.
            let end = word_end(bytes, pos);
            let word = bytes.get(pos..end).unwrap_or_default();
            match word {
                b"R" if numbers >= 2 => {
                    if key.any(Flags::TYPE_KEY) {
                        flags |= Flags::INDIRECT_TYPE;
                    }
                    if filters || key.any(Flags::FILTER_KEY) {
                        flags |= Flags::NESTED;
                    }
                    if key.any(Flags::LENGTH_KEY) && depth == 1 && numbers == 2 {
                        length = u32::try_from(before.0).map_or(Declared::None, Declared::Object);
                    }
                }
                b"true" | b"false" | b"null" => {}
                _ if in_file && word.starts_with(b"endobj") => {
                    if depth > 0 {
                        flags |= Flags::UNSURE;
                    }
                    pos += 6;
                    how = Ending::Clean;
                    break;
                }
                _ if in_file
                    && word.starts_with(b"obj")
                    && numbers >= 2
                    && header(bytes, before.1).is_some() =>
                {
                    // Another object begins here. Readers differ in what they make of an object that has
                    // not ended, so everything may be in it.
                    if depth > 0 {
                        flags |= Flags::UNSURE;
                    }
                    pos = before.1;
                    how = Ending::Clean;
                    break;
                }
                _ if in_file && word.starts_with(b"stream") => {
                    if let Some(start) = stream_start(bytes, pos) {
                        flags |= Flags::STREAM;
                        if depth > 0 {
                            flags |= Flags::UNSURE;
                        }
                        pos = start;
                        how = Ending::Stream;
                        break;
                    }
                }
                b"trailer" | b"startxref" | b"xref" if in_file => {
                    if depth > 0 {
                        flags |= Flags::UNSURE;
                    }
                    how = Ending::Clean;
                    break;
                }
                _ => {}
            }
            pos = end.max(pos + 1);
            tokens = tokens.saturating_add(1);
            numbers = 0;
            key = Flags::NONE;
        }
        // Nesting that no honest writer needs is looked at, so that the limit of depth is told.
        if deepest > DEEP || how == Ending::Open && (in_file || depth > 0) {
            flags |= Flags::UNSURE;
        }
        if flags.all(Flags::STREAM | Flags::FIRST_KEY | Flags::N_KEY) {
            flags |= Flags::OBJSTM;
        }
        if tokens != 1 {
            flags = flags.without(Flags::BARE_NAME | Flags::NUMBER);
        }
        Skim {
            flags,
            end: pos.min(limit),
            length,
            how,
        }
    }

    /// Where a literal string ends. Strings without an end are searched to the end of the file, but not
    /// many of them.
    fn string_end(&mut self, bytes: &[u8], start: usize) -> Option<usize> {
        // Nearly all strings are short.
        let near = bytes.len().min(start.saturating_add(1024));
        if let Some(end) = bytes.get(..near).and_then(|near| string_end(near, start)) {
            return Some(end);
        }
        if near == bytes.len() {
            return None;
        }
        let far = bytes.len().min(start.saturating_add(self.waste));
        let end = bytes.get(..far).and_then(|far| string_end(far, start));
        if end.is_none() {
            self.waste = self.waste.saturating_sub(far - start);
        }
        end
    }

    /// The `>` of a hexadecimal string.
    fn angle(&mut self, bytes: &[u8], start: usize) -> Option<usize> {
        if start >= self.no_angle {
            return None;
        }
        let found = memchr(b'>', bytes.get(start..)?).map(|found| start + found);
        if found.is_none() && bytes.len() == self.bytes.len() {
            self.no_angle = start;
        }
        found
    }
}

/// Whether a short name holds a `#`.
#[inline]
fn memchr_short(name: &[u8]) -> bool {
    name.contains(&b'#')
}

/// Whether an object stands at `pos`, behind white space: its header's place, and that of its value.
pub(super) fn object_at(bytes: &[u8], pos: usize) -> Option<(super::value::Id, usize, usize)> {
    let start = super::lexer::skip_white(bytes, pos);
    let (id, value) = header(bytes, start)?;
    Some((id, start, value))
}
