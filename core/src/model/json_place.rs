//! Finds the member at a place of a JSON text, for error messages.

use std::fmt::Write as _;

/// Deeper than any payload, and enough to tell where.
const DEEPEST: usize = 16;
const LONGEST_NAME: usize = 64;

enum Level<'a> {
    Array { index: usize },
    Object { name: &'a str, awaits_name: bool },
}

/// The JSON pointer (RFC 6901) of what stands at a line and column, as `serde_json` counts them.
///
/// Array indices and plain member names alone are given: `-` stands for a name that is anything but
/// ASCII letters, digits and `_`, because it may be data. Levels below the sixteenth are left out.
pub(super) fn pointer_at(text: &str, line: usize, column: usize) -> String {
    let before: usize = text
        .split_inclusive('\n')
        .take(line.saturating_sub(1))
        .map(str::len)
        .sum();
    // The column counts the bytes that were read. The bracket that closes a container is among them
    // if its last value is wrong.
    let end = before + column;
    let closing = |&at: &usize| matches!(text.as_bytes().get(at), Some(b'}' | b']'));
    let end = end.checked_sub(1).filter(closing).unwrap_or(end);
    let mut levels: Vec<Level<'_>> = Vec::new();
    let mut depth = 0usize;
    let bytes = text.as_bytes();
    let mut at = 0;
    while let Some(&byte) = bytes.get(at).filter(|_| at < end) {
        at += 1;
        match byte {
            b'"' => {
                let start = at;
                at = string_end(bytes, at);
                if depth == levels.len() {
                    if let Some(Level::Object { name, awaits_name }) = levels.last_mut() {
                        if *awaits_name {
                            let closed = at.saturating_sub(1);
                            *name = text.get(start..closed).unwrap_or_default();
                        }
                    }
                }
            }
            b'{' | b'[' => {
                if depth == levels.len() && depth < DEEPEST {
                    levels.push(match byte {
                        b'[' => Level::Array { index: 0 },
                        _ => Level::Object {
                            name: "",
                            awaits_name: true,
                        },
                    });
                }
                depth += 1;
            }
            b'}' | b']' => {
                depth = depth.saturating_sub(1);
                levels.truncate(depth);
            }
            b':' | b',' if depth == levels.len() => match levels.last_mut() {
                Some(Level::Array { index }) => *index += 1,
                Some(Level::Object { awaits_name, .. }) => *awaits_name = byte == b',',
                None => {}
            },
            _ => {}
        }
    }
    let mut pointer = String::new();
    for level in levels {
        // Writing to a String cannot fail.
        let _ = match level {
            Level::Array { index } => write!(pointer, "/{index}"),
            Level::Object { name, .. } if is_plain(name) => write!(pointer, "/{name}"),
            Level::Object { .. } => write!(pointer, "/-"),
        };
    }
    pointer
}

fn is_plain(name: &str) -> bool {
    let plain = |b: u8| b.is_ascii_alphanumeric() || b == b'_';
    (1..=LONGEST_NAME).contains(&name.len())
        && name.bytes().all(plain)
        && !name.bytes().all(|b| b.is_ascii_digit())
}

/// The place after a string's closing quote.
fn string_end(bytes: &[u8], mut at: usize) -> usize {
    while let Some(&byte) = bytes.get(at) {
        at += 1;
        match byte {
            b'"' => break,
            b'\\' => at += 1,
            _ => {}
        }
    }
    at
}
