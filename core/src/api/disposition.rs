//! The filename of an uploaded or downloaded file, as `Content-Disposition` carries it.
//!
//! The guide's example sends `filename="test.pdf"` without a disposition type (guide 4.3.4). We send
//! `attachment; filename="…"` (RFC 6266), and for a name beyond ASCII a `filename*` beside it
//! (RFC 8187). Decoding takes all of these forms.

use std::fmt::Write as _;

/// The longest filename that is sent, in bytes of UTF-8: what common file systems hold.
pub const MAX_FILENAME_BYTES: usize = 255;

/// Why a filename is not sent. The texts do not repeat the name: it may hold a person's name.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum FilenameError {
    /// Nothing, or nothing but points and blanks, which some systems take for a folder.
    #[error("the filename is empty, or nothing but points and blanks")]
    Empty,
    /// More than [`MAX_FILENAME_BYTES`] bytes of UTF-8.
    #[error("the filename is {bytes} bytes long; at most {MAX_FILENAME_BYTES} are sent")]
    TooLong {
        /// The name's length in bytes of UTF-8.
        bytes: usize,
    },
    /// A control character (such as a line break), or one that changes the direction of text and so
    /// makes a name look like another.
    #[error("the filename holds a control character at character {at}")]
    Control {
        /// The offending character's place, counted in characters from 0.
        at: usize,
    },
    /// `/` or `\`: the portal is given a name, never a path of the host's disk.
    #[error("the filename holds a path separator at character {at}; give the last part only")]
    Separator {
        /// The offending character's place, counted in characters from 0.
        at: usize,
    },
}

impl FilenameError {
    /// A stable code for the host's program.
    pub fn code(&self) -> &'static str {
        match self {
            Self::Empty => "filename.empty",
            Self::TooLong { .. } => "filename.too_long",
            Self::Control { .. } => "filename.control_character",
            Self::Separator { .. } => "filename.path_separator",
        }
    }
}

/// Whether a character is never part of a filename that is sent or handed out.
fn is_control(c: char) -> bool {
    // U+202A..E, U+2066..9, U+200E..F, U+061C: they reorder the text around them, so that
    // "fdp.exe" can be shown as "exe.pdf". U+2028 and U+2029 break lines.
    c.is_control()
        || matches!(c, '\u{061C}' | '\u{200E}'..='\u{200F}' | '\u{2028}'..='\u{202E}' | '\u{2066}'..='\u{2069}')
}

fn is_separator(c: char) -> bool {
    matches!(c, '/' | '\\')
}

/// Windows passes over points and blanks at a name's end, so that `.. ` is the folder above.
fn is_nothing(filename: &str) -> bool {
    filename.chars().all(|c| c == '.' || c.is_whitespace())
}

/// Tells whether a filename can be sent; see [`FilenameError`] for what is refused.
///
/// ```
/// use skifteportal::api::disposition::{check, FilenameError};
/// assert_eq!(check("Faktura 12.pdf"), Ok(()));
/// assert_eq!(check("C:\\krav.pdf"), Err(FilenameError::Separator { at: 2 }));
/// ```
pub fn check(filename: &str) -> Result<(), FilenameError> {
    if is_nothing(filename) {
        return Err(FilenameError::Empty);
    }
    if filename.len() > MAX_FILENAME_BYTES {
        return Err(FilenameError::TooLong {
            bytes: filename.len(),
        });
    }
    for (at, c) in filename.chars().enumerate() {
        if is_control(c) {
            return Err(FilenameError::Control { at });
        }
        if is_separator(c) {
            return Err(FilenameError::Separator { at });
        }
    }
    Ok(())
}

/// The value of `Content-Disposition` for a filename. It is plain ASCII.
///
/// ```
/// use skifteportal::api::disposition::encode;
/// assert_eq!(encode("test.pdf").unwrap(), "attachment; filename=\"test.pdf\"");
/// assert_eq!(
///     encode("Bjørns krav.pdf").unwrap(),
///     "attachment; filename=\"Bjoerns krav.pdf\"; filename*=UTF-8''Bj%C3%B8rns%20krav.pdf"
/// );
/// ```
pub fn encode(filename: &str) -> Result<String, FilenameError> {
    check(filename)?;
    let mut value = String::with_capacity(2 * filename.len() + 48);
    value.push_str("attachment; filename=\"");
    for c in filename.chars() {
        match c {
            '"' => value.push_str("\\\""),
            _ if c.is_ascii() => value.push(c),
            _ => value.push_str(ascii_for(c)),
        }
    }
    value.push('"');
    if !filename.is_ascii() {
        value.push_str("; filename*=UTF-8''");
        for byte in filename.bytes() {
            // The attr-char of RFC 8187 3.2.1.
            if byte.is_ascii_alphanumeric() || b"!#$&+-.^_`|~".contains(&byte) {
                value.push(char::from(byte));
            } else {
                // Writing to a String cannot fail.
                let _ = write!(value, "%{byte:02X}");
            }
        }
    }
    Ok(value)
}

/// What stands for a character in the fallback name: the Danish letters as they are commonly spelt.
fn ascii_for(c: char) -> &'static str {
    match c {
        'æ' => "ae",
        'ø' => "oe",
        'å' => "aa",
        'Æ' => "Ae",
        'Ø' => "Oe",
        'Å' => "Aa",
        'é' | 'è' => "e",
        'ü' => "u",
        'ö' => "o",
        'ä' => "a",
        _ => "_",
    }
}

/// The filename in a `Content-Disposition` value, with or without a disposition type; `filename*`
/// goes before `filename` (RFC 6266 4.3), and is passed over where it cannot be decoded.
///
/// The name is safe to use as the last part of a path, and shows what it is: of a path only the last
/// part is kept, control characters are left out, and a colon, behind which Windows sees another drive
/// or stream, becomes `_`. `None` where nothing is left. Escape it where it is shown, like any text.
///
/// ```
/// use skifteportal::api::disposition::decode;
/// assert_eq!(decode("filename=\"test.pdf\"").as_deref(), Some("test.pdf"));
/// assert_eq!(decode("attachment; filename=test.pdf").as_deref(), Some("test.pdf"));
/// assert_eq!(
///     decode("attachment; filename=\"Boe.pdf\"; filename*=UTF-8''B%C3%B8.pdf").as_deref(),
///     Some("Bø.pdf")
/// );
/// assert_eq!(decode("attachment; filename=\"../../etc/passwd\"").as_deref(), Some("passwd"));
/// assert_eq!(decode("inline"), None);
/// ```
pub fn decode(value: &str) -> Option<String> {
    let parameters = parameters(value);
    let find = |wanted: &str| {
        parameters
            .iter()
            .find(|(name, _)| name.eq_ignore_ascii_case(wanted))
            .map(|(_, text)| text.as_str())
    };
    find("filename*")
        .and_then(extended)
        .and_then(|name| safe(&name))
        .or_else(|| find("filename").and_then(safe))
}

/// The parameters in order. What has no `=` (the disposition type) is passed over.
fn parameters(value: &str) -> Vec<(String, String)> {
    let mut found = Vec::new();
    let mut chars = value.chars().peekable();
    while chars.peek().is_some() {
        let mut name = String::new();
        let mut has_value = false;
        while let Some(c) = chars.next_if(|&c| c != ';') {
            if c == '=' {
                has_value = true;
                break;
            }
            name.push(c);
        }
        let mut text = String::new();
        if has_value {
            while chars.next_if(|c| matches!(c, ' ' | '\t')).is_some() {}
            if chars.next_if_eq(&'"').is_some() {
                while let Some(c) = chars.next() {
                    match c {
                        '"' => break,
                        '\\' => text.extend(chars.next()),
                        _ => text.push(c),
                    }
                }
                // Anything between the closing quote and the next semicolon is no part of a value.
                while chars.next_if(|&c| c != ';').is_some() {}
            } else {
                // A token holds no space; senders that forget the quotes do send some.
                while let Some(c) = chars.next_if(|&c| c != ';') {
                    text.push(c);
                }
                text.truncate(text.trim_end().len());
            }
            found.push((name.trim().to_owned(), text));
        }
        chars.next_if_eq(&';');
    }
    found
}

/// Decodes an ext-value (RFC 8187 3.2): charset, language and percent-encoded bytes.
fn extended(value: &str) -> Option<String> {
    let mut parts = value.splitn(3, '\'');
    let (charset, _language, encoded) = (parts.next()?, parts.next()?, parts.next()?);
    let mut bytes = Vec::with_capacity(encoded.len());
    let mut rest = encoded.bytes();
    while let Some(byte) = rest.next() {
        bytes.push(if byte == b'%' {
            let high = char::from(rest.next()?).to_digit(16)?;
            let low = char::from(rest.next()?).to_digit(16)?;
            u8::try_from(high << 4 | low).ok()?
        } else {
            byte
        });
    }
    if charset.eq_ignore_ascii_case("utf-8") {
        String::from_utf8(bytes).ok()
    } else if charset.eq_ignore_ascii_case("iso-8859-1") {
        Some(bytes.into_iter().map(char::from).collect())
    } else {
        None
    }
}

/// What of a received name is safe to hand out.
fn safe(name: &str) -> Option<String> {
    let last = name.rsplit(is_separator).next().unwrap_or_default();
    let clean: String = last
        .chars()
        .filter(|&c| !is_control(c))
        .map(|c| if c == ':' { '_' } else { c })
        .collect();
    (!is_nothing(&clean)).then_some(clean)
}
