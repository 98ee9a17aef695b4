//! Strings of a document as text, and pieces of them that are safe to show.

use crate::error::shown_within;

/// The longest excerpt, in characters, without the mark that it was cut.
const SHOWN: usize = 79;

/// How many bytes of a string are looked at.
const READ: usize = 2048;

/// The beginning of a text string (ISO 32000-2, 7.9.2.2). The characters in which
/// `PDFDocEncoding` differs from Latin 1 do not matter here.
pub(super) fn text(bytes: &[u8]) -> String {
    let bytes = bytes.get(..READ).unwrap_or(bytes);
    let wide = |bytes: &[u8], unit: fn([u8; 2]) -> u16| {
        let units = bytes.chunks_exact(2).map(|pair| match pair {
            [a, b] => unit([*a, *b]),
            _ => 0,
        });
        char::decode_utf16(units)
            .map(|c| c.unwrap_or(char::REPLACEMENT_CHARACTER))
            .collect()
    };
    match bytes {
        [0xfe, 0xff, rest @ ..] => wide(rest, u16::from_be_bytes),
        [0xff, 0xfe, rest @ ..] => wide(rest, u16::from_le_bytes),
        [0xef, 0xbb, 0xbf, rest @ ..] => String::from_utf8_lossy(rest).into_owned(),
        _ => match std::str::from_utf8(bytes) {
            Ok(text) => text.to_owned(),
            Err(_) => bytes.iter().copied().map(char::from).collect(),
        },
    }
}

/// A piece of a text string: printable, on one line, without what looks like a CPR number or a secret.
pub(super) fn excerpt(bytes: &[u8]) -> Option<String> {
    shown_within(&text(bytes), SHOWN)
}

/// A piece of an address, without user, password and query: these may hold what is nobody's business.
pub(super) fn address(bytes: &[u8]) -> Option<String> {
    let text = text(bytes);
    let text = text.trim();
    let cut = text.find(['?', '#']).map_or(text, |at| text.split_at(at).0);
    let shown = match cut.split_once("://") {
        Some((scheme, rest)) => {
            let (host, path) = rest.find('/').map_or((rest, ""), |at| rest.split_at(at));
            let host = host.rsplit_once('@').map_or(host, |(_, host)| host);
            format!("{scheme}://{host}{path}")
        }
        None => cut.to_owned(),
    };
    shown_within(&shown, SHOWN)
}

/// Whether an address is a script. Viewers and browsers pass over blanks and control characters in
/// front of the scheme, and some over those inside of it.
pub(in crate::pdf) fn is_script(address: &[u8]) -> bool {
    let mut letters = b"javascript:".iter();
    for c in text(address)
        .chars()
        .filter(|c| !c.is_whitespace() && !c.is_control() && !matches!(c, '\u{200b}' | '\u{feff}'))
    {
        match letters.next() {
            Some(letter) if c.eq_ignore_ascii_case(&char::from(*letter)) => {}
            Some(_) => return false,
            None => return true,
        }
    }
    letters.next().is_none()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn scripts_as_addresses() {
        for address in [
            &b"javascript:app.alert(1)"[..],
            b"JaVaScRiPt:x",
            b" \t\r\n\0\x01javascript:x",
            b"java\nscript:x",
            b"\xfe\xff\0j\0a\0v\0a\0s\0c\0r\0i\0p\0t\0:\0x",
            b"\xff\xfej\0a\0v\0a\0s\0c\0r\0i\0p\0t\0:\0",
            b"\xef\xbb\xbfjavascript:x",
        ] {
            assert!(is_script(address), "{}", text(address));
        }
        for address in [
            &b""[..],
            b"javascript",
            b"http://x/javascript:y",
            b"https://example.org",
            b"x-javascript:",
        ] {
            assert!(!is_script(address), "{}", text(address));
        }
    }

    #[test]
    fn what_is_shown_is_safe() {
        assert_eq!(
            address(b"https://me:pw@example.org/a?cpr=4634875520#x").as_deref(),
            Some("https://example.org/a")
        );
        assert_eq!(
            address(b"mailto:a@b.dk?subject=x").as_deref(),
            Some("mailto:a@b.dk")
        );
        assert_eq!(address(b"?x"), None);
        assert_eq!(
            excerpt(b"app.alert(1);\r\n\0var cpr = '463487-5520'").as_deref(),
            Some("app.alert(1); var cpr = '[redacted]'")
        );
        assert_eq!(
            excerpt("\u{202e}s\u{e5}".as_bytes()).as_deref(),
            Some("s\u{e5}")
        );
        assert_eq!(excerpt(b"s\xe5").as_deref(), Some("s\u{e5}"));
        let long = excerpt("ab ".repeat(3000).as_bytes()).unwrap_or_default();
        assert_eq!(long.chars().count(), 80);
    }
}
