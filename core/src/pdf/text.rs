//! Literal strings.

/// Where a literal string ends that begins at `start`, behind its parenthesis: at the closing one.
pub(super) fn string_end(bytes: &[u8], start: usize) -> Option<usize> {
    let mut pos = start;
    let mut depth = 0_usize;
    loop {
        let rest = bytes.get(pos..)?;
        pos += memchr::memchr3(b'(', b')', b'\\', rest)?;
        match bytes.get(pos)? {
            b'\\' => pos += 1,
            b'(' => depth += 1,
            _ => match depth.checked_sub(1) {
                Some(less) => depth = less,
                None => return Some(pos),
            },
        }
        pos += 1;
    }
}

/// A literal string as it is meant: escapes undone.
pub(super) fn unescape_string(raw: &[u8]) -> Vec<u8> {
    let mut out = Vec::with_capacity(raw.len());
    let mut pos = 0;
    while let Some(&byte) = raw.get(pos) {
        pos += 1;
        match byte {
            b'\r' => {
                out.push(b'\n');
                pos += usize::from(raw.get(pos) == Some(&b'\n'));
            }
            b'\\' => {
                let Some(&escaped) = raw.get(pos) else { break };
                pos += 1;
                match escaped {
                    b'n' => out.push(b'\n'),
                    b'r' => out.push(b'\r'),
                    b't' => out.push(b'\t'),
                    b'b' => out.push(8),
                    b'f' => out.push(12),
                    b'\n' => {}
                    b'\r' => pos += usize::from(raw.get(pos) == Some(&b'\n')),
                    b'0'..=b'7' => {
                        let mut code = escaped - b'0';
                        for _ in 0..2 {
                            match raw.get(pos) {
                                Some(digit @ b'0'..=b'7') => {
                                    code = code.wrapping_shl(3) | (digit - b'0');
                                    pos += 1;
                                }
                                _ => break,
                            }
                        }
                        out.push(code);
                    }
                    other => out.push(other),
                }
            }
            other => out.push(other),
        }
    }
    out
}
