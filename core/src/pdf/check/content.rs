//! Whether the content of an appearance draws anything.

/// Whether a content stream (ISO 32000-2, 7.8.2) holds an operator that paints. Text in the render
/// mode that shows nothing (`3 Tr`) does not paint.
pub(super) fn paints(content: &[u8]) -> bool {
    let mut rest = content;
    let mut text_shows = true;
    let mut operand: &[u8] = b"";
    while let Some((&first, after)) = rest.split_first() {
        match first {
            b'%' => rest = skip_until(after, |b| matches!(b, b'\r' | b'\n')),
            b'(' => {
                rest = skip_string(after);
                operand = b"";
            }
            // A dictionary or a hexadecimal string; what stands in them is names and digits.
            b'<' => {
                rest = after.strip_prefix(b"<").unwrap_or_else(|| {
                    let end = skip_until(after, |b| b == b'>');
                    end.get(1..).unwrap_or_default()
                });
            }
            b'/' => {
                rest = skip_until(after, |b| !is_regular(b));
                operand = b"";
            }
            _ if is_regular(first) => {
                let after = skip_until(rest, |b| !is_regular(b));
                let token = rest.get(..rest.len() - after.len()).unwrap_or_default();
                rest = after;
                match token {
                    b"Tr" => text_shows = !matches!(operand, b"3" | b"7"),
                    b"Tj" | b"TJ" | b"'" | b"\"" if text_shows => return true,
                    b"f" | b"F" | b"f*" | b"B" | b"B*" | b"b" | b"b*" | b"S" | b"s" | b"sh"
                    | b"Do" | b"BI" | b"EI" => return true,
                    _ => operand = token,
                }
            }
            _ => rest = after,
        }
    }
    false
}

fn is_regular(byte: u8) -> bool {
    !matches!(
        byte,
        0 | 9
            | 10
            | 12
            | 13
            | 32
            | b'('
            | b')'
            | b'<'
            | b'>'
            | b'['
            | b']'
            | b'{'
            | b'}'
            | b'/'
            | b'%'
    )
}

fn skip_until(bytes: &[u8], end: impl Fn(u8) -> bool) -> &[u8] {
    let at = bytes.iter().position(|b| end(*b)).unwrap_or(bytes.len());
    bytes.get(at..).unwrap_or_default()
}

/// Behind the parenthesis that closes a string.
fn skip_string(bytes: &[u8]) -> &[u8] {
    let (mut open, mut escaped) = (1_usize, false);
    for (index, byte) in bytes.iter().enumerate() {
        match byte {
            _ if escaped => escaped = false,
            b'\\' => escaped = true,
            b'(' => open += 1,
            b')' => open -= 1,
            _ => {}
        }
        if open == 0 {
            return bytes.get(index + 1..).unwrap_or_default();
        }
    }
    &[]
}

#[cfg(test)]
mod tests {
    use super::paints;

    #[test]
    fn what_paints() {
        for content in [
            "0 0 10 10 re f",
            "q 1 0 0 1 0 0 cm /Fm0 Do Q",
            "BT (x) Tj ET",
            "BT /F 1 Tf[(x)]TJ ET",
            "0 0 m 9 9 l S",
            "/Sh0 sh",
            "% a comment\n0 0 1 1 re\rB*",
            "(a \\) string (nested) ) Tj",
            "BT 3 Tr (x) Tj 0 Tr (y) Tj ET",
        ] {
            assert!(paints(content.as_bytes()), "{content}");
        }
    }

    #[test]
    fn what_draws_nothing() {
        for content in [
            "",
            " \n",
            "q Q",
            "/Tx BMC EMC",
            "0 0 10 10 re W n",
            "% 0 0 1 1 re f",
            "(0 0 1 1 re f) pop",
            "(unclosed f",
            "<66> <</f /S>> /S /Do",
            "BT 3 Tr (x) Tj ET",
            "<66",
        ] {
            assert!(!paints(content.as_bytes()), "{content}");
        }
    }
}
