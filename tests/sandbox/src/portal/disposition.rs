//! The file name in `Content-Disposition`, read and written.

/// The file name of a `Content-Disposition` value. Takes the guide's `filename="test.pdf"` without
/// a disposition type (4.3.4) and the forms of RFC 6266; `filename*` goes before `filename`.
pub(crate) fn file_name(value: &[u8]) -> Option<String> {
    // The quoted form may hold UTF-8 or, from old clients, Latin-1.
    let text = match std::str::from_utf8(value) {
        Ok(text) => text.to_owned(),
        Err(_) => value.iter().map(|byte| char::from(*byte)).collect(),
    };
    let (mut plain, mut extended) = (None, None);
    for parameter in parameters(&text) {
        let Some((name, value)) = parameter.split_once('=') else {
            continue;
        };
        match name.trim().to_ascii_lowercase().as_str() {
            "filename" => plain = Some(unquoted(value.trim())),
            "filename*" => extended = decoded(value.trim()),
            _ => {}
        }
    }
    let name = extended.or(plain)?;
    let fits = !name.trim().is_empty()
        && name.chars().count() <= 255
        && !name
            .chars()
            .any(|character| character.is_control() || "/\\".contains(character));
    fits.then_some(name)
}

/// The header for an answer with that file.
pub(crate) fn attachment(name: &str) -> String {
    let fallback: String = name
        .chars()
        .map(|character| match character {
            '"' | '\\' => '_',
            ' '..='~' => character,
            _ => '_',
        })
        .collect();
    if fallback == name {
        return format!("attachment; filename=\"{name}\"");
    }
    let encoded: String = name
        .bytes()
        .map(|byte| match byte {
            b'0'..=b'9' | b'A'..=b'Z' | b'a'..=b'z' | b'.' | b'-' | b'_' | b'~' => {
                char::from(byte).to_string()
            }
            _ => format!("%{byte:02X}"),
        })
        .collect();
    format!("attachment; filename=\"{fallback}\"; filename*=UTF-8''{encoded}")
}

/// Splits at semicolons outside of quotes.
fn parameters(text: &str) -> Vec<&str> {
    let (mut parts, mut start, mut quoted, mut escaped) = (Vec::new(), 0, false, false);
    for (index, character) in text.char_indices() {
        match character {
            _ if escaped => escaped = false,
            '\\' if quoted => escaped = true,
            '"' => quoted = !quoted,
            ';' if !quoted => {
                parts.push(&text[start..index]);
                start = index + 1;
            }
            _ => {}
        }
    }
    parts.push(&text[start..]);
    parts
}

fn unquoted(value: &str) -> String {
    let Some(inner) = value
        .strip_prefix('"')
        .and_then(|rest| rest.strip_suffix('"'))
    else {
        return value.to_owned();
    };
    let mut text = String::with_capacity(inner.len());
    let mut characters = inner.chars();
    while let Some(character) = characters.next() {
        match character {
            '\\' => text.extend(characters.next()),
            other => text.push(other),
        }
    }
    text
}

/// RFC 8187: `UTF-8'da'na%CC%8Avn`.
fn decoded(value: &str) -> Option<String> {
    let mut parts = value.splitn(3, '\'');
    let (charset, _language, encoded) = (parts.next()?, parts.next()?, parts.next()?);
    charset.eq_ignore_ascii_case("utf-8").then_some(())?;
    let mut bytes = Vec::with_capacity(encoded.len());
    let mut rest = encoded.bytes();
    while let Some(byte) = rest.next() {
        if byte == b'%' {
            let digits = [rest.next()?, rest.next()?];
            bytes.push(u8::from_str_radix(std::str::from_utf8(&digits).ok()?, 16).ok()?);
        } else {
            bytes.push(byte);
        }
    }
    String::from_utf8(bytes).ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn reads_the_guides_form_and_the_standards() {
        for (value, name) in [
            ("filename=\"test.pdf\"", "test.pdf"),
            ("attachment; filename=test.pdf", "test.pdf"),
            (
                "attachment; filename=\"a;b \\\"c\\\".pdf\"",
                "a;b \"c\".pdf",
            ),
            (
                "attachment; filename=\"x.pdf\"; filename*=UTF-8''%C3%A6%20b.pdf",
                "æ b.pdf",
            ),
            ("attachment; filename=\"blåbær.pdf\"", "blåbær.pdf"),
        ] {
            assert_eq!(
                file_name(value.as_bytes()).as_deref(),
                Some(name),
                "{value}"
            );
        }
        assert_eq!(
            file_name(b"filename=\"bl\xe5.pdf\"").as_deref(),
            Some("blå.pdf")
        );
        for value in [
            "",
            "attachment",
            "filename=\"\"",
            "filename=\"../x.pdf\"",
            "filename*=x",
        ] {
            assert_eq!(file_name(value.as_bytes()), None, "{value}");
        }
    }

    #[test]
    fn what_it_writes_it_reads() {
        for name in [
            "test.pdf",
            "Årsopgørelse 2024 (\"endelig\").pdf",
            "日本.pdf",
            "a;b.pdf",
        ] {
            assert_eq!(
                file_name(attachment(name).as_bytes()).as_deref(),
                Some(name)
            );
        }
    }
}
