//! Objects made into values. As tolerant as viewers are, without recursion.

use memchr::{memchr, memmem};

use super::lexer::{
    at, class, digits, hex, id, skip_white, unescape, word_end, DELIMITER, DIGIT, SIGN,
};
use super::limits::{Budget, Limit};
use super::text::{string_end, unescape_string};
use super::value::{Dict, Id, Name, Value};

/// Deeper than this is never read, whatever the limits say: values are dropped by recursion.
const DEEPEST: usize = 500;

/// What makes plain text of a string.
pub(super) type Decrypt<'d> = &'d dyn Fn(&[u8]) -> Vec<u8>;

/// Reads values from bytes.
pub(super) struct Parser<'b> {
    bytes: &'b [u8],
    pub(super) pos: usize,
    depth: usize,
    budget: &'b Budget,
    decrypt: Option<Decrypt<'b>>,
}

enum Frame {
    Array(Vec<Value>),
    Dict(Dict, Option<Name>),
}

impl<'b> Parser<'b> {
    pub(super) fn new(bytes: &'b [u8], pos: usize, budget: &'b Budget) -> Self {
        let depth = usize::try_from(budget.limits().depth)
            .unwrap_or(DEEPEST)
            .min(DEEPEST);
        Self {
            bytes,
            pos,
            depth,
            budget,
            decrypt: None,
        }
    }

    pub(super) fn decrypting(mut self, decrypt: Option<Decrypt<'b>>) -> Self {
        self.decrypt = decrypt;
        self
    }

    /// The value at the current position; `None` if there is none.
    pub(super) fn value(&mut self) -> Option<Value> {
        let start = self.pos;
        let value = self.nested();
        let read = self.pos.saturating_sub(start);
        self.budget.work(read as u64 * 4 + 32);
        value
    }

    fn nested(&mut self) -> Option<Value> {
        let mut stack: Vec<Frame> = Vec::new();
        loop {
            self.pos = skip_white(self.bytes, self.pos);
            let Some(&byte) = self.bytes.get(self.pos) else {
                return close_all(stack);
            };
            let done = match byte {
                b'/' => Some(Value::Name(self.name())),
                b'(' => Some(Value::Text(self.literal())),
                b'<' if self.bytes.get(self.pos + 1) == Some(&b'<') => {
                    self.pos += 2;
                    if stack.len() >= self.depth {
                        self.budget.reach(Limit::Depth);
                        return close_all(stack);
                    }
                    stack.push(Frame::Dict(Dict::default(), None));
                    None
                }
                b'<' => Some(Value::Text(self.hexadecimal())),
                b'[' => {
                    self.pos += 1;
                    if stack.len() >= self.depth {
                        self.budget.reach(Limit::Depth);
                        return close_all(stack);
                    }
                    stack.push(Frame::Array(Vec::new()));
                    None
                }
                b']' => {
                    self.pos += 1;
                    match stack.pop() {
                        Some(Frame::Array(items)) => Some(Value::Array(items)),
                        Some(Frame::Dict(dict, key)) => {
                            let senseless = senseless(key.as_ref());
                            stack.push(Frame::Dict(dict, key));
                            senseless
                        }
                        None => return None,
                    }
                }
                b'>' if self.bytes.get(self.pos + 1) == Some(&b'>') => {
                    self.pos += 2;
                    // An array that was never closed ends with its dictionary.
                    if matches!(stack.last(), Some(Frame::Array(_)))
                        && stack.iter().any(|frame| matches!(frame, Frame::Dict(..)))
                    {
                        while matches!(stack.last(), Some(Frame::Array(_))) {
                            if let Some(Frame::Array(items)) = stack.pop() {
                                put(&mut stack, Value::Array(items));
                            }
                        }
                    }
                    match stack.pop() {
                        Some(frame) => Some(close(frame)),
                        None => return None,
                    }
                }
                b if class(b) == DELIMITER => {
                    self.pos += 1;
                    match stack.last() {
                        Some(Frame::Dict(_, key)) => senseless(key.as_ref()),
                        Some(Frame::Array(_)) => None,
                        None => return None,
                    }
                }
                b if class(b) & (DIGIT | SIGN) != 0 => Some(self.number()),
                _ => match self.word() {
                    Word::Value(value) => Some(value),
                    Word::Other => match stack.last() {
                        Some(Frame::Dict(_, key)) => senseless(key.as_ref()),
                        Some(Frame::Array(_)) => None,
                        None => return None,
                    },
                    Word::End => return close_all(stack),
                },
            };
            if let Some(value) = done {
                if stack.is_empty() {
                    return Some(value);
                }
                put(&mut stack, value);
            }
        }
    }

    fn name(&mut self) -> Name {
        let start = self.pos + 1;
        let end = word_end(self.bytes, start);
        self.pos = end;
        let raw = self.bytes.get(start..end).unwrap_or_default();
        if memchr(b'#', raw).is_none() {
            return Name {
                bytes: raw.into(),
                escaped: false,
            };
        }
        let (bytes, escaped) = unescape(raw);
        Name {
            bytes: bytes.into(),
            escaped,
        }
    }

    fn word(&mut self) -> Word {
        let start = self.pos;
        let end = word_end(self.bytes, start);
        let word = self.bytes.get(start..end).unwrap_or_default();
        // These end the object, and are left standing for the caller.
        if word.starts_with(b"endobj")
            || word == b"stream"
            || word == b"endstream"
            || word == b"xref"
            || word == b"trailer"
            || word == b"startxref"
        {
            return Word::End;
        }
        self.pos = end.max(start + 1);
        match word {
            b"true" => Word::Value(Value::Bool(true)),
            b"false" => Word::Value(Value::Bool(false)),
            b"null" => Word::Value(Value::Null),
            _ => Word::Other,
        }
    }

    /// A number, or the reference that begins with it.
    fn number(&mut self) -> Value {
        if let Some((number, after)) = digits(self.bytes, self.pos) {
            if let Some((id, end)) = self.reference(number, after) {
                self.pos = end;
                return Value::Ref(id);
            }
        }
        let (value, end) = number(self.bytes, self.pos);
        self.pos = end;
        value
    }

    fn reference(&self, number: u64, after: usize) -> Option<(Id, usize)> {
        let second = skip_white(self.bytes, after);
        if second == after {
            return None;
        }
        let (generation, after) = digits(self.bytes, second)?;
        let letter = skip_white(self.bytes, after);
        let found =
            self.bytes.get(letter) == Some(&b'R') && word_end(self.bytes, letter) == letter + 1;
        found.then_some((id(number, generation)?, letter + 1))
    }

    fn literal(&mut self) -> Box<[u8]> {
        let start = self.pos + 1;
        let end = string_end(self.bytes, start).unwrap_or_else(|| {
            // Never closed: to the end of the object, so that what comes behind it stays.
            let rest = self.bytes.get(start..).unwrap_or_default();
            memmem::find(rest, b"endobj").map_or(self.bytes.len(), |found| start + found)
        });
        self.pos = end + usize::from(self.bytes.get(end) == Some(&b')'));
        self.decrypted(unescape_string(
            self.bytes.get(start..end).unwrap_or_default(),
        ))
    }

    fn hexadecimal(&mut self) -> Box<[u8]> {
        let start = self.pos + 1;
        let rest = self.bytes.get(start..).unwrap_or_default();
        let end = memchr(b'>', rest).map_or(self.bytes.len(), |found| start + found);
        self.pos = (end + 1).min(self.bytes.len());
        let mut out = Vec::with_capacity((end - start) / 2 + 1);
        let mut half = None;
        for digit in self
            .bytes
            .get(start..end)
            .unwrap_or_default()
            .iter()
            .filter_map(|b| hex(*b))
        {
            match half.take() {
                Some(high) => out.push(high << 4 | digit),
                None => half = Some(digit),
            }
        }
        out.extend(half.map(|high: u8| high << 4));
        self.decrypted(out)
    }

    fn decrypted(&self, text: Vec<u8>) -> Box<[u8]> {
        match self.decrypt {
            Some(decrypt) => decrypt(&text).into(),
            None => text.into(),
        }
    }
}

enum Word {
    Value(Value),
    Other,
    End,
}

/// What a token that makes no sense stands for in a dictionary: readers take it for the value of a key
/// that has none yet.
fn senseless(key: Option<&Name>) -> Option<Value> {
    key.map(|_| Value::Null)
}

fn close(frame: Frame) -> Value {
    match frame {
        Frame::Array(items) => Value::Array(items),
        Frame::Dict(mut dict, key) => {
            if let Some(key) = key {
                dict.entries.push((key, Value::Null));
            }
            Value::Dict(dict)
        }
    }
}

fn close_all(mut stack: Vec<Frame>) -> Option<Value> {
    loop {
        let value = close(stack.pop()?);
        if stack.is_empty() {
            return Some(value);
        }
        put(&mut stack, value);
    }
}

/// Adds a value to the innermost array or dictionary.
fn put(stack: &mut [Frame], value: Value) {
    match stack.last_mut() {
        Some(Frame::Array(items)) => items.push(value),
        Some(Frame::Dict(dict, key)) => match (key.take(), value) {
            (Some(key), value) => dict.entries.push((key, value)),
            (None, Value::Name(name)) => *key = Some(name),
            // No key: readers pass over it.
            (None, _) => {}
        },
        None => {}
    }
}

/// A number, and where it ends: at the first byte that cannot be in one. Never empty.
pub(super) fn number(bytes: &[u8], start: usize) -> (Value, usize) {
    let mut pos = start;
    let mut negative = false;
    while let Some(sign @ (b'+' | b'-')) = bytes.get(pos) {
        negative |= *sign == b'-';
        pos += 1;
    }
    let whole = digits(bytes, pos);
    pos = whole.map_or(pos, |(_, end)| end);
    let number = whole.map_or(0, |(number, _)| number);
    if bytes.get(pos) != Some(&b'.') {
        // A minus within a number is passed over by readers, with what comes behind it.
        if bytes.get(pos) == Some(&b'-') {
            pos += 1;
            pos = digits(bytes, pos).map_or(pos, |(_, end)| end);
        }
        let value = i64::try_from(number).map_or(Value::Int(i64::MAX), Value::Int);
        return match value {
            Value::Int(number) if negative => (Value::Int(-number), pos),
            value => (value, pos),
        };
    }
    let end = digits(bytes, pos + 1).map_or(pos + 1, |(_, end)| end);
    // More digits than these say nothing about a page.
    let shown = end.min(pos + 16);
    let fraction = bytes
        .get(..shown)
        .and_then(|bytes| digits(bytes, pos + 1))
        .map_or(0, |(n, _)| n);
    let mut scale = 1.0_f64;
    for _ in pos + 1..shown {
        scale *= 10.0;
    }
    #[allow(clippy::cast_precision_loss)]
    let real = number as f64 + fraction as f64 / scale;
    (Value::Real(if negative { -real } else { real }), end)
}

/// `stream` and its line end at `pos`: where the data begins.
pub(super) fn stream_start(bytes: &[u8], pos: usize) -> Option<usize> {
    if !at(bytes, pos, b"stream") {
        return None;
    }
    let after = pos + 6;
    let mut line = after;
    while matches!(bytes.get(line), Some(b' ' | b'\t')) {
        line += 1;
    }
    match bytes.get(line) {
        Some(b'\r') => Some(line + 1 + usize::from(bytes.get(line + 1) == Some(&b'\n'))),
        Some(b'\n') => Some(line + 1),
        // No line end: the data begins at once, or behind one space.
        Some(&byte) if line == after && class(byte) & (DIGIT | SIGN | DELIMITER) == 0 => None,
        _ => Some(after),
    }
}
