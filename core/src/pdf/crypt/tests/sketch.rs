//! As much of a reader as the samples need: they are small and well formed.

use super::super::super::value::{Dict, Id, Name, Value};

/// One indirect object.
pub(super) struct Sketch {
    pub(super) id: Id,
    pub(super) value: Value,
    pub(super) stream: Option<Vec<u8>>,
}

struct Cursor<'a> {
    bytes: &'a [u8],
    at: usize,
}

/// All objects of a file, and its trailer.
pub(super) fn read(bytes: &[u8]) -> (Vec<Sketch>, Dict) {
    let mut objects = Vec::new();
    let mut cursor = Cursor {
        bytes,
        at: find(bytes, b"1 0 obj").unwrap(),
    };
    loop {
        if cursor.word(b"xref") {
            break;
        }
        let number = cursor.int();
        let generation = cursor.int();
        assert!(cursor.word(b"obj"));
        let value = cursor.value();
        let stream = cursor.word(b"stream").then(|| {
            let length = value.as_dict().unwrap().get("Length").unwrap();
            let start = cursor.at + 1;
            let end = start + usize::try_from(length.as_int().unwrap()).unwrap();
            cursor.at = end;
            assert!(cursor.word(b"endstream"));
            bytes[start..end].to_vec()
        });
        assert!(cursor.word(b"endobj"));
        objects.push(Sketch {
            id: Id {
                number: u32::try_from(number).unwrap(),
                generation: u16::try_from(generation).unwrap(),
            },
            value,
            stream,
        });
    }
    cursor.at = find(bytes, b"trailer").unwrap() + 7;
    let Value::Dict(trailer) = cursor.value() else {
        panic!("no trailer");
    };
    (objects, trailer)
}

fn find(bytes: &[u8], word: &[u8]) -> Option<usize> {
    bytes.windows(word.len()).position(|window| window == word)
}

impl Cursor<'_> {
    fn peek(&self) -> u8 {
        self.bytes[self.at]
    }

    fn blanks(&mut self) {
        while self.peek().is_ascii_whitespace() {
            self.at += 1;
        }
    }

    fn word(&mut self, word: &[u8]) -> bool {
        self.blanks();
        let found = self.bytes[self.at..].starts_with(word);
        if found {
            self.at += word.len();
        }
        found
    }

    fn int(&mut self) -> i64 {
        self.blanks();
        let start = self.at;
        while matches!(self.peek(), b'0'..=b'9' | b'-') {
            self.at += 1;
        }
        let text = std::str::from_utf8(&self.bytes[start..self.at]).unwrap();
        text.parse().unwrap()
    }

    fn value(&mut self) -> Value {
        if self.word(b"<<") {
            let mut entries = Vec::new();
            while !self.word(b">>") {
                let Value::Name(name) = self.value() else {
                    panic!("no key at {}", self.at);
                };
                entries.push((name, self.value()));
            }
            return Value::Dict(Dict { entries });
        }
        if self.word(b"<") {
            let mut digits = String::new();
            while !self.word(b">") {
                digits.push(char::from(self.peek()));
                self.at += 1;
            }
            let byte = |at: usize| u8::from_str_radix(&digits[at..at + 2], 16).unwrap();
            return Value::Text((0..digits.len()).step_by(2).map(byte).collect());
        }
        if self.word(b"[") {
            let mut items = Vec::new();
            while !self.word(b"]") {
                items.push(self.value());
            }
            return Value::Array(items);
        }
        if self.word(b"/") {
            let start = self.at;
            while self.peek().is_ascii_alphanumeric() || self.peek() == b'.' {
                self.at += 1;
            }
            return Value::Name(name(&self.bytes[start..self.at]));
        }
        if self.word(b"(") {
            return self.literal();
        }
        for (word, value) in [
            (&b"true"[..], Value::Bool(true)),
            (b"false", Value::Bool(false)),
        ] {
            if self.word(word) {
                return value;
            }
        }
        let number = self.int();
        let back = self.at;
        self.blanks();
        if self.peek().is_ascii_digit() {
            let generation = self.int();
            if self.word(b"R") {
                return Value::Ref(Id {
                    number: u32::try_from(number).unwrap(),
                    generation: u16::try_from(generation).unwrap(),
                });
            }
        }
        self.at = back;
        Value::Int(number)
    }

    /// A string in brackets; in the samples none is nested.
    fn literal(&mut self) -> Value {
        let mut text = Vec::new();
        loop {
            let byte = self.peek();
            self.at += 1;
            match byte {
                b')' => return Value::Text(text.into()),
                b'\\' => {
                    let escaped = self.peek();
                    self.at += 1;
                    text.push(match escaped {
                        b'n' => b'\n',
                        b'r' => b'\r',
                        b't' => b'\t',
                        b'b' => 8,
                        b'f' => 12,
                        b'0'..=b'7' => panic!("octal"),
                        other => other,
                    });
                }
                other => text.push(other),
            }
        }
    }
}

pub(super) fn name(bytes: &[u8]) -> Name {
    Name {
        bytes: bytes.into(),
        escaped: false,
    }
}
