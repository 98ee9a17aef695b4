//! Values as bytes (ISO 32000-2, 7.3): as short as is safe, in plain ASCII, names without needless escapes.

use std::fmt::Write as _;

use crate::pdf::value::{Dict, Id, Name, Value};

/// Appends a value. Between two tokens that would run together stands a space.
///
/// The depth of the recursion is that of the value, which its reader bounds.
pub(super) fn value(out: &mut Vec<u8>, value: &Value) {
    match value {
        Value::Null => word(out, b"null"),
        Value::Bool(true) => word(out, b"true"),
        Value::Bool(false) => word(out, b"false"),
        Value::Int(number) => word(out, number.to_string().as_bytes()),
        Value::Real(number) => word(out, real(*number).as_bytes()),
        Value::Name(held) => name(out, held),
        Value::Text(bytes) => text(out, bytes),
        Value::Array(items) => array(out, items),
        Value::Dict(held) => dict(out, held),
        Value::Ref(id) => reference(out, *id),
    }
}

/// Appends a dictionary.
pub(super) fn dict(out: &mut Vec<u8>, dict: &Dict) {
    out.extend_from_slice(b"<<");
    for (key, held) in &dict.entries {
        name(out, key);
        value(out, held);
    }
    out.extend_from_slice(b">>");
}

fn array(out: &mut Vec<u8>, items: &[Value]) {
    out.push(b'[');
    for item in items {
        value(out, item);
    }
    out.push(b']');
}

fn reference(out: &mut Vec<u8>, id: Id) {
    word(out, format!("{} {} R", id.number, id.generation).as_bytes());
}

/// A number or keyword: it needs a delimiter or white-space before it.
fn word(out: &mut Vec<u8>, word: &[u8]) {
    if out.last().is_some_and(|last| is_regular(*last)) || ends_in_empty_name(out) {
        out.push(b' ');
    }
    out.extend_from_slice(word);
}

/// After the name of no characters, anything regular would become the name, and some readers take a
/// second slash for a part of it.
fn ends_in_empty_name(out: &[u8]) -> bool {
    out.last() == Some(&b'/')
}

fn name(out: &mut Vec<u8>, name: &Name) {
    if ends_in_empty_name(out) {
        out.push(b' ');
    }
    out.push(b'/');
    for byte in &name.bytes {
        if is_regular(*byte) && *byte != b'#' {
            out.push(*byte);
        } else {
            out.push(b'#');
            hex(out, *byte);
        }
    }
}

/// A string, whichever of the two ways of writing it is the shorter.
fn text(out: &mut Vec<u8>, bytes: &[u8]) {
    let length: usize = bytes.iter().map(|byte| literal_length(*byte)).sum();
    if length > bytes.len().saturating_mul(2) {
        out.push(b'<');
        for byte in bytes {
            hex(out, *byte);
        }
        out.push(b'>');
        return;
    }
    out.push(b'(');
    for byte in bytes {
        match byte {
            b'(' | b')' | b'\\' => out.extend_from_slice(&[b'\\', *byte]),
            b'\n' => out.extend_from_slice(b"\\n"),
            b'\r' => out.extend_from_slice(b"\\r"),
            b' '..=b'~' => out.push(*byte),
            _ => {
                // Three digits always: fewer would take in a digit that follows.
                let octal = [byte >> 6, byte >> 3 & 7, byte & 7].map(|digit| b'0' + digit);
                out.push(b'\\');
                out.extend_from_slice(&octal);
            }
        }
    }
    out.push(b')');
}

fn literal_length(byte: u8) -> usize {
    match byte {
        b'(' | b')' | b'\\' | b'\n' | b'\r' => 2,
        b' '..=b'~' => 1,
        _ => 4,
    }
}

fn hex(out: &mut Vec<u8>, byte: u8) {
    for digit in [byte >> 4, byte & 15] {
        out.push(if digit < 10 {
            b'0' + digit
        } else {
            b'A' + digit - 10
        });
    }
}

/// A real without an exponent, which PDF does not know. It reads back as the same number, or as the one
/// that the file had: a reader that adds a fraction to a whole number may miss it by the last bit, and
/// the fifteen digits that a number surely holds make up for it.
fn real(number: f64) -> String {
    // What is no number at all cannot have come from a file.
    if !number.is_finite() {
        return "0.0".to_owned();
    }
    let short = format!("{number:.14e}").parse().unwrap_or(number);
    let close = (short - number).abs() <= number.abs() * 2.0 * f64::EPSILON;
    let mut text = String::new();
    // Writing to a string cannot fail.
    let _ = write!(text, "{}", if close { short } else { number });
    if !text.contains('.') {
        text.push_str(".0");
    }
    text
}

/// A character that can stand in a name or number as it is: printable, and no delimiter.
fn is_regular(byte: u8) -> bool {
    byte.is_ascii_graphic()
        && !matches!(
            byte,
            b'(' | b')' | b'<' | b'>' | b'[' | b']' | b'{' | b'}' | b'/' | b'%'
        )
}

#[cfg(test)]
mod tests {
    #[cfg(target_arch = "wasm32")]
    use wasm_bindgen_test::wasm_bindgen_test as test;

    use super::*;

    fn named(bytes: &[u8]) -> Name {
        Name {
            bytes: bytes.into(),
            escaped: false,
        }
    }

    fn written(held: &Value) -> String {
        let mut out = Vec::new();
        value(&mut out, held);
        String::from_utf8(out).unwrap()
    }

    #[test]
    fn tokens_do_not_run_together() {
        let held = Value::Array(vec![
            Value::Int(1),
            Value::Real(-2.0),
            Value::Name(named(b"A")),
            Value::Bool(true),
            Value::Ref(Id {
                number: 3,
                generation: 0,
            }),
            Value::Null,
            Value::Text(Box::from(*b"x")),
            Value::Int(4),
            Value::Name(named(b"")),
            Value::Int(5),
            Value::Name(named(b"")),
            Value::Name(named(b"B")),
            Value::Array(vec![]),
            Value::Int(6),
        ]);
        assert_eq!(written(&held), "[1 -2.0/A true 3 0 R null(x)4/ 5/ /B[]6]");
    }

    #[test]
    fn names_are_written_plain_and_escaped_where_they_must_be() {
        assert_eq!(written(&Value::Name(named(b"JavaScript"))), "/JavaScript");
        assert_eq!(
            written(&Value::Name(named(b"a b#/(\x00\xe6"))),
            "/a#20b#23#2F#28#00#E6"
        );
    }

    #[test]
    fn strings_take_the_shorter_way() {
        let text = |bytes: &[u8]| written(&Value::Text(bytes.into()));
        assert_eq!(text(b""), "()");
        assert_eq!(text(b"a(b)\\\r\n\x011"), "(a\\(b\\)\\\\\\r\\n\\0011)");
        assert_eq!(text(b"\xfe\xff\x00H"), "<FEFF0048>");
    }

    #[test]
    fn reals_have_no_exponent_and_read_back() {
        for number in [
            0.0,
            1.0,
            -0.5,
            1e-9,
            123_456.789,
            1.0 / 3.0,
            1e20,
            f64::MIN_POSITIVE,
        ] {
            let text = real(number);
            assert!(!text.contains(['e', 'E']), "{text}");
            assert!(text.contains('.'), "{text}");
            assert_eq!(text.parse::<f64>().unwrap().to_bits(), number.to_bits());
        }
        assert_eq!(real(123.0 + 0.456), "123.456");
        assert_eq!(real(f64::NAN), "0.0");
    }

    #[cfg(not(target_arch = "wasm32"))]
    mod with_the_reader {
        use proptest::prelude::*;

        use super::*;
        use crate::pdf::limits::Budget;
        use crate::pdf::parse::Parser;
        use crate::pdf::Limits;

        fn read(bytes: &[u8]) -> Option<Value> {
            let budget = Budget::new(&Limits::default());
            Parser::new(bytes, 0, &budget).value()
        }

        fn name() -> impl Strategy<Value = Name> {
            let bytes = proptest::collection::vec(any::<u8>(), 0..8);
            prop_oneof![Just(b"Name".to_vec()), bytes].prop_map(|bytes| named(&bytes))
        }

        /// Values as they come out of files: a real is what is read from digits.
        fn values() -> impl Strategy<Value = Value> {
            let text = proptest::collection::vec(any::<u8>(), 0..40);
            let real = "-?[0-9]{0,6}\\.[0-9]{1,9}";
            let real = real.prop_map(|digits| read(digits.as_bytes()).unwrap_or(Value::Null));
            let id = (any::<u16>(), any::<u16>()).prop_map(|(number, generation)| Id {
                number: u32::from(number),
                generation,
            });
            let leaf = prop_oneof![
                Just(Value::Null),
                any::<bool>().prop_map(Value::Bool),
                any::<i32>().prop_map(|number| Value::Int(number.into())),
                real,
                name().prop_map(Value::Name),
                text.prop_map(|text| Value::Text(text.into())),
                id.prop_map(Value::Ref),
            ];
            leaf.prop_recursive(5, 64, 8, |inner| {
                let items = proptest::collection::vec(inner.clone(), 0..8);
                let entries = proptest::collection::vec((name(), inner), 0..8);
                prop_oneof![
                    items.prop_map(Value::Array),
                    entries.prop_map(|entries| Value::Dict(Dict { entries })),
                ]
            })
        }

        fn same(a: &Value, b: &Value) -> bool {
            match (a, b) {
                (Value::Name(a), Value::Name(b)) => a.bytes == b.bytes && !b.escaped,
                (Value::Array(a), Value::Array(b)) => {
                    a.len() == b.len() && a.iter().zip(b).all(|(a, b)| same(a, b))
                }
                (Value::Dict(a), Value::Dict(b)) => {
                    let mut pairs = a.entries.iter().zip(&b.entries);
                    a.entries.len() == b.entries.len()
                        && pairs.all(|(a, b)| a.0.bytes == b.0.bytes && same(&a.1, &b.1))
                }
                _ => a == b,
            }
        }

        proptest! {
            #[test]
            fn what_is_written_reads_back(held in values()) {
                let mut bytes = Vec::new();
                value(&mut bytes, &held);
                let back = read(&bytes);
                let text = String::from_utf8_lossy(&bytes);
                prop_assert!(back.as_ref().is_some_and(|back| same(&held, back)), "{text} {back:?}");
                prop_assert!(bytes.is_ascii());
            }

            #[test]
            fn what_was_read_is_written_once_for_all(bytes in proptest::collection::vec(any::<u8>(), 0..64)) {
                if let Some(held) = read(&bytes) {
                    let mut once = Vec::new();
                    value(&mut once, &held);
                    let mut twice = Vec::new();
                    value(&mut twice, &read(&once).unwrap_or(Value::Null));
                    prop_assert_eq!(once, twice);
                }
            }
        }
    }
}
