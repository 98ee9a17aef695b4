//! The smallest pieces: classes of bytes, white space, numbers, the `N G obj` line.

use memchr::memchr2;

use super::value::Id;

/// White space, NUL included (ISO 32000-2, table 1).
pub(super) const WHITE: u8 = 1;
/// `( ) < > [ ] { } / %`.
pub(super) const DELIMITER: u8 = 2;
/// A digit.
pub(super) const DIGIT: u8 = 4;
/// What a number may begin with, besides a digit.
pub(super) const SIGN: u8 = 8;
/// A letter that begins a word which the scan looks for between objects.
pub(super) const WORD: u8 = 16;

/// The class of every byte. 0 is a regular character of no further interest.
pub(super) static CLASS: [u8; 256] = classes();

const fn classes() -> [u8; 256] {
    let mut classes = [0; 256];
    let mut byte = 0;
    while byte < 256 {
        #[allow(clippy::cast_possible_truncation)] // below 256
        let class = match byte as u8 {
            0 | b'\t' | b'\n' | 12 | b'\r' | b' ' => WHITE,
            b'(' | b')' | b'<' | b'>' | b'[' | b']' | b'{' | b'}' | b'/' | b'%' => DELIMITER,
            b'0'..=b'9' => DIGIT,
            b'+' | b'-' | b'.' => SIGN,
            b'x' | b't' | b's' => WORD,
            _ => 0,
        };
        classes[byte] = class;
        byte += 1;
    }
    classes
}

#[inline]
pub(super) fn class(byte: u8) -> u8 {
    CLASS[usize::from(byte)]
}

#[inline]
pub(super) fn is_white(byte: u8) -> bool {
    class(byte) == WHITE
}

#[inline]
pub(super) fn is_regular(byte: u8) -> bool {
    class(byte) & (WHITE | DELIMITER) == 0
}

/// The first position from `pos` on that is neither white space nor in a comment.
#[inline]
pub(super) fn skip_white(bytes: &[u8], mut pos: usize) -> usize {
    while let Some(&byte) = bytes.get(pos) {
        if is_white(byte) {
            pos += 1;
        } else if byte == b'%' {
            pos = line_end(bytes, pos);
        } else {
            break;
        }
    }
    pos
}

/// Where the line ends that `pos` is in: at its CR or LF, or at the end of the file.
pub(super) fn line_end(bytes: &[u8], pos: usize) -> usize {
    let rest = bytes.get(pos..).unwrap_or_default();
    memchr2(b'\r', b'\n', rest).map_or(bytes.len(), |found| pos + found)
}

/// Where the run of regular characters ends that begins at `pos`.
#[inline]
pub(super) fn word_end(bytes: &[u8], mut pos: usize) -> usize {
    while bytes.get(pos).is_some_and(|&byte| is_regular(byte)) {
        pos += 1;
    }
    pos
}

/// Whether `word` stands at `pos`.
#[inline]
pub(super) fn at(bytes: &[u8], pos: usize, word: &[u8]) -> bool {
    bytes.get(pos..).is_some_and(|rest| rest.starts_with(word))
}

/// Digits, as a number, and where they end. Saturates.
#[inline]
pub(super) fn digits(bytes: &[u8], start: usize) -> Option<(u64, usize)> {
    let mut pos = start;
    let mut number = 0_u64;
    while let Some(digit) = bytes.get(pos).map(|byte| byte.wrapping_sub(b'0')) {
        if digit > 9 {
            break;
        }
        number = number.saturating_mul(10).saturating_add(u64::from(digit));
        pos += 1;
    }
    (pos > start).then_some((number, pos))
}

/// As [`digits`], for an object's number: readers take `+1` and `1.0` for 1.
fn whole(bytes: &[u8], start: usize) -> Option<(u64, usize)> {
    let start = start + usize::from(bytes.get(start) == Some(&b'+'));
    let (number, mut pos) = digits(bytes, start)?;
    if bytes.get(pos) == Some(&b'.') {
        pos += 1;
        while bytes.get(pos) == Some(&b'0') {
            pos += 1;
        }
    }
    Some((number, pos))
}

/// `N G obj` at `pos`, and where it ends. Comments may stand between the three.
#[inline]
pub(super) fn header(bytes: &[u8], pos: usize) -> Option<(Id, usize)> {
    let (number, after) = whole(bytes, pos)?;
    let second = skip_white(bytes, after);
    if second == after {
        return None;
    }
    let (generation, after) = whole(bytes, second)?;
    let word = skip_white(bytes, after);
    if !at(bytes, word, b"obj") {
        return None;
    }
    let end = word + 3;
    if bytes.get(end).is_some_and(u8::is_ascii_alphabetic) {
        return None;
    }
    Some((id(number, generation)?, end))
}

/// An id, if the number can be one. Generations above the limit are cut: no reader compares them.
pub(super) fn id(number: u64, generation: u64) -> Option<Id> {
    Some(Id {
        number: u32::try_from(number).ok()?,
        generation: u16::try_from(generation).unwrap_or(u16::MAX),
    })
}

/// Two digits of a hexadecimal number.
pub(super) fn hex(byte: u8) -> Option<u8> {
    match byte {
        b'0'..=b'9' => Some(byte - b'0'),
        b'a'..=b'f' => Some(byte - b'a' + 10),
        b'A'..=b'F' => Some(byte - b'A' + 10),
        _ => None,
    }
}

/// A name as it is meant: `#` and two hexadecimal digits are one byte. Tells as well whether one of them
/// stands for a character that needs no escape.
pub(super) fn unescape(raw: &[u8]) -> (Vec<u8>, bool) {
    let mut out = Vec::with_capacity(raw.len());
    let mut needless = false;
    let mut pos = 0;
    while let Some(&byte) = raw.get(pos) {
        let code = (byte == b'#')
            .then(|| Some((hex(*raw.get(pos + 1)?)?, hex(*raw.get(pos + 2)?)?)))
            .flatten();
        if let Some((high, low)) = code {
            let byte = high << 4 | low;
            needless |= byte.is_ascii_graphic() && byte != b'#' && is_regular(byte);
            out.push(byte);
            pos += 3;
        } else {
            out.push(byte);
            pos += 1;
        }
    }
    (out, needless)
}
