//! From the bytes of a body to text, whatever they are.

use std::borrow::Cow;

/// How much of a body is looked at, in bytes. An error answer is far smaller; more than this is a
/// page or a document, and its beginning tells which.
pub(super) const EXAMINED: usize = 64 * 1024;

/// The beginning of a body as text. `None` if it is binary (compressed, an image, a PDF).
pub(super) fn from_body<'a>(body: &'a [u8], content_type: Option<&str>) -> Option<Cow<'a, str>> {
    let cut = body.len() > EXAMINED;
    let body = body.get(..EXAMINED).unwrap_or(body);
    let text = match body {
        [0xef, 0xbb, 0xbf, rest @ ..] => from_utf8(rest, cut, content_type),
        [0xff, 0xfe, rest @ ..] => Cow::Owned(from_utf16(rest, u16::from_le_bytes)),
        [0xfe, 0xff, rest @ ..] => Cow::Owned(from_utf16(rest, u16::from_be_bytes)),
        _ => from_utf8(body, cut, content_type),
    };
    let start = text.as_bytes().get(..1024).unwrap_or(text.as_bytes());
    let control = start
        .iter()
        .filter(|b| b.is_ascii_control() && !b.is_ascii_whitespace())
        .count();
    (control * 10 <= start.len() && !start.starts_with(b"%PDF-")).then_some(text)
}

fn from_utf8<'a>(body: &'a [u8], cut: bool, content_type: Option<&str>) -> Cow<'a, str> {
    let declared = content_type
        .map(str::to_ascii_lowercase)
        .unwrap_or_default();
    let latin = ["iso-8859-1", "iso-8859-15", "windows-1252", "latin1"];
    if latin.iter().any(|name| declared.contains(name)) {
        return Cow::Owned(from_latin1(body));
    }
    let error = match std::str::from_utf8(body) {
        Ok(text) => return Cow::Borrowed(text),
        Err(error) => error,
    };
    let valid = body.get(..error.valid_up_to()).unwrap_or_default();
    if cut && error.error_len().is_none() {
        // The cut went through a character.
        return String::from_utf8_lossy(valid);
    }
    // Text that is neither UTF-8 nor has a declared charset: if it holds nothing that is valid
    // UTF-8 beyond ASCII, it is what old gateways write.
    let lossy = String::from_utf8_lossy(body);
    if lossy
        .chars()
        .all(|c| c.is_ascii() || c == char::REPLACEMENT_CHARACTER)
    {
        return Cow::Owned(from_latin1(body));
    }
    lossy
}

/// The part of Windows-1252 that Latin-1 has too; its other signs stand for themselves rarely enough
/// in error texts.
fn from_latin1(body: &[u8]) -> String {
    body.iter()
        .map(|&b| match b {
            0x91 | 0x92 => '\'',
            0x93 | 0x94 => '"',
            0x96 | 0x97 => '-',
            b => char::from(b),
        })
        .collect()
}

fn from_utf16(body: &[u8], read: fn([u8; 2]) -> u16) -> String {
    let units = body
        .chunks_exact(2)
        .filter_map(|pair| pair.try_into().ok().map(read));
    char::decode_utf16(units)
        .map(|unit| unit.unwrap_or(char::REPLACEMENT_CHARACTER))
        .collect()
}

#[cfg(test)]
mod tests {
    use super::from_body;

    #[test]
    fn danish_letters_in_any_charset() {
        let utf16: Vec<u8> = "\u{feff}æøå"
            .encode_utf16()
            .flat_map(u16::to_le_bytes)
            .collect();
        for (body, content_type) in [
            ("æøå".as_bytes(), None),
            ("\u{feff}æøå".as_bytes(), Some("text/plain")),
            (&[0xe6, 0xf8, 0xe5], None),
            (&[0xe6, 0xf8, 0xe5], Some("text/html; charset=ISO-8859-1")),
            (&utf16, None),
        ] {
            assert_eq!(from_body(body, content_type).unwrap(), "æøå");
        }
        assert_eq!(from_body(&[0xc3, 0xa6, 0xff], None).unwrap(), "æ\u{fffd}");
        assert!(from_body(&[0x1f, 0x8b, 8, 0, 0, 0, 0, 0], None).is_none());
        assert!(from_body(b"%PDF-1.7", None).is_none());
        let long = format!("{}æ", "x".repeat(65535));
        assert_eq!(from_body(long.as_bytes(), None).unwrap().len(), 65535);
    }
}
