//! A reader of JSON that takes what it can get: an error answer may be cut off, may have a comma too
//! many, and may be nested by someone hostile. It never fails; it stops.

use std::borrow::Cow;

/// How deep objects and arrays are followed.
const DEPTH: usize = 24;

/// How many values are read in all.
const VALUES: usize = 4096;

/// A value as far as it could be read.
#[derive(Debug, PartialEq)]
pub(super) enum Node<'a> {
    Text(Cow<'a, str>),
    /// A number, `true`, `false`, `null`, or a bare word.
    Scalar(&'a str),
    Object(Vec<(Cow<'a, str>, Node<'a>)>),
    Array(Vec<Node<'a>>),
}

/// Reads all values that stand one after the other.
pub(super) fn read(text: &str) -> Vec<Node<'_>> {
    let mut reader = Reader {
        text,
        at: 0,
        left: VALUES,
    };
    let mut values = Vec::new();
    while let Some(value) = reader.value(0) {
        values.push(value);
    }
    values
}

struct Reader<'a> {
    text: &'a str,
    at: usize,
    left: usize,
}

impl<'a> Reader<'a> {
    fn peek(&self) -> Option<u8> {
        self.text.as_bytes().get(self.at).copied()
    }

    /// Moves to the next byte that is neither white space nor one of the given.
    fn skip(&mut self, also: &[u8]) -> Option<u8> {
        while let Some(b) = self.peek() {
            if !b.is_ascii_whitespace() && !also.contains(&b) {
                return Some(b);
            }
            self.at += 1;
        }
        None
    }

    fn value(&mut self, depth: usize) -> Option<Node<'a>> {
        let mut first = self.skip(b",:")?;
        while matches!(first, b'}' | b']') {
            // One that closes nothing.
            self.at += 1;
            first = self.skip(b",:")?;
        }
        if self.left == 0 {
            self.at = self.text.len();
            return None;
        }
        self.left -= 1;
        match first {
            b'{' | b'[' if depth >= DEPTH => {
                self.pass_over();
                Some(Node::Scalar(""))
            }
            b'{' => Some(Node::Object(self.members(depth))),
            b'[' => Some(Node::Array(self.items(depth))),
            quote @ (b'"' | b'\'') => Some(Node::Text(self.string(char::from(quote)))),
            _ => Some(Node::Scalar(self.word())),
        }
    }

    fn members(&mut self, depth: usize) -> Vec<(Cow<'a, str>, Node<'a>)> {
        self.at += 1;
        let mut members = Vec::new();
        while let Some(b) = self.skip(b",") {
            let name = match b {
                b'}' | b']' => {
                    self.at += 1;
                    break;
                }
                quote @ (b'"' | b'\'') => self.string(char::from(quote)),
                b'{' | b'[' | b':' => Cow::Borrowed(""),
                _ => Cow::Borrowed(self.word()),
            };
            match self.skip(b":") {
                None => break,
                Some(b',' | b'}' | b']') => continue,
                Some(_) => {}
            }
            let Some(value) = self.value(depth + 1) else {
                break;
            };
            members.push((name, value));
        }
        members
    }

    fn items(&mut self, depth: usize) -> Vec<Node<'a>> {
        self.at += 1;
        let mut items = Vec::new();
        while let Some(b) = self.skip(b",:") {
            if matches!(b, b']' | b'}') {
                self.at += 1;
                break;
            }
            let Some(value) = self.value(depth + 1) else {
                break;
            };
            items.push(value);
        }
        items
    }

    fn word(&mut self) -> &'a str {
        let rest = self.text.get(self.at..).unwrap_or_default();
        let stop =
            |c: char| c.is_whitespace() || matches!(c, ',' | ':' | '{' | '}' | '[' | ']' | '"');
        let length = rest.find(stop).unwrap_or(rest.len());
        // At least one character, so that the reader always moves on.
        let length = length.max(rest.chars().next().map_or(0, char::len_utf8));
        self.at += length;
        rest.get(..length).unwrap_or_default()
    }

    /// A string, also in the quotes that JSON does not have, as some servers print them.
    fn string(&mut self, quote: char) -> Cow<'a, str> {
        let rest = self.text.get(self.at + 1..).unwrap_or_default();
        let plain = rest.find([quote, '\\']).unwrap_or(rest.len());
        if !rest[plain..].starts_with('\\') {
            self.at += 1 + plain + usize::from(plain < rest.len());
            return Cow::Borrowed(&rest[..plain]);
        }
        let mut out = String::from(&rest[..plain]);
        let mut tail = &rest[plain..];
        while let Some(c) = tail.chars().next() {
            tail = &tail[c.len_utf8()..];
            match c {
                c if c == quote => break,
                '\\' => tail = escape(tail, &mut out),
                c => out.push(c),
            }
        }
        self.at = self.text.len() - tail.len();
        Cow::Owned(out)
    }

    /// Passes over an object or array that lies too deep, strings in it included.
    fn pass_over(&mut self) {
        let mut open = 0usize;
        while let Some(b) = self.peek() {
            match b {
                b'"' => {
                    self.string('"');
                    continue;
                }
                b'{' | b'[' => open += 1,
                b'}' | b']' => open = open.saturating_sub(1),
                _ => {}
            }
            self.at += 1;
            if open == 0 {
                break;
            }
        }
    }
}

/// Reads what follows a backslash and returns the text after it.
fn escape<'a>(text: &'a str, out: &mut String) -> &'a str {
    let Some(c) = text.chars().next() else {
        return text;
    };
    let rest = &text[c.len_utf8()..];
    match c {
        'n' => out.push('\n'),
        't' => out.push('\t'),
        'r' => out.push('\r'),
        'b' | 'f' => out.push(' '),
        'u' => {
            let unit = |text: &str| {
                text.get(..4)
                    .and_then(|hex| u32::from_str_radix(hex, 16).ok())
            };
            let Some(high) = unit(rest) else {
                out.push(char::REPLACEMENT_CHARACTER);
                return rest;
            };
            let rest = &rest[4..];
            if (0xd800..0xdc00).contains(&high) {
                let low = rest.strip_prefix("\\u").and_then(unit);
                if let Some(low) = low.filter(|low| (0xdc00..0xe000).contains(low)) {
                    let code = 0x10000 + ((high - 0xd800) << 10) + (low - 0xdc00);
                    out.push(char::from_u32(code).unwrap_or(char::REPLACEMENT_CHARACTER));
                    return &rest[6..];
                }
            }
            out.push(char::from_u32(high).unwrap_or(char::REPLACEMENT_CHARACTER));
            return rest;
        }
        other => out.push(other),
    }
    rest
}

#[cfg(test)]
mod tests {
    use super::{read, Node};

    #[test]
    fn whole_and_broken_json() {
        let whole = r#"{"a":"x\n\u00e6\ud83d\ude00","b":[1,true,{"c":null}]}"#;
        let [Node::Object(members)] = &read(whole)[..] else {
            panic!("{:?}", read(whole));
        };
        assert_eq!(members[0].1, Node::Text("x\næ😀".into()));
        assert_eq!(members.len(), 2);
        for end in 0..whole.len() {
            let _ = whole.get(..end).map(read);
        }
        let [Node::Object(members)] = &read(r#"{"a":"b","c":"cut o"#)[..] else {
            panic!();
        };
        assert_eq!(members[1].1, Node::Text("cut o".into()));
    }

    #[test]
    fn hostile_json_is_bounded() {
        for text in [
            "[", "{", "{\"a\":", "[{", "]", "\"", "{\"a\":[", "{[", "[1,", ":", "{:",
        ] {
            let _ = read(&text.repeat(40_000));
        }
    }
}
