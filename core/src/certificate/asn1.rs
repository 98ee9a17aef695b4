//! A small reader of ASN.1 in DER, and the step from BER to DER that PKCS#12 files need.

/// The bytes are not the ASN.1 that was expected.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Asn1Error;

pub(super) const INTEGER: u8 = 0x02;
pub(super) const BIT_STRING: u8 = 0x03;
pub(super) const OCTET_STRING: u8 = 0x04;
pub(super) const NULL: u8 = 0x05;
pub(super) const OID: u8 = 0x06;
pub(super) const SEQUENCE: u8 = 0x30;
pub(super) const SET: u8 = 0x31;

/// No structure that is read here nests deeper; a file that does wants to exhaust the stack.
const MAX_DEPTH: usize = 24;

/// A cursor over DER elements. Tags above 30 and indefinite lengths are refused.
#[derive(Clone, Copy)]
pub(super) struct Reader<'a> {
    rest: &'a [u8],
}

/// One element: its tag byte, its content, and both with the header.
#[derive(Clone, Copy)]
pub(super) struct Element<'a> {
    pub(super) tag: u8,
    pub(super) content: &'a [u8],
    pub(super) whole: &'a [u8],
}

impl<'a> Reader<'a> {
    pub(super) const fn new(bytes: &'a [u8]) -> Self {
        Self { rest: bytes }
    }

    /// Reads the one element that fills all the bytes, and steps into it.
    pub(super) fn only(bytes: &'a [u8], tag: u8) -> Result<Self, Asn1Error> {
        let mut reader = Self::new(bytes);
        let content = reader.take(tag)?;
        reader.end()?;
        Ok(Self::new(content))
    }

    pub(super) const fn is_empty(&self) -> bool {
        self.rest.is_empty()
    }

    pub(super) const fn end(&self) -> Result<(), Asn1Error> {
        if self.rest.is_empty() {
            Ok(())
        } else {
            Err(Asn1Error)
        }
    }

    pub(super) fn next(&mut self) -> Result<Element<'a>, Asn1Error> {
        let (header, length) = header(self.rest)?;
        let length = length.ok_or(Asn1Error)?;
        let end = header.checked_add(length).ok_or(Asn1Error)?;
        let whole = self.rest.get(..end).ok_or(Asn1Error)?;
        let content = whole.get(header..).ok_or(Asn1Error)?;
        let tag = *whole.first().ok_or(Asn1Error)?;
        self.rest = self.rest.get(end..).ok_or(Asn1Error)?;
        Ok(Element {
            tag,
            content,
            whole,
        })
    }

    /// The content of the next element, which must have this tag.
    pub(super) fn take(&mut self, tag: u8) -> Result<&'a [u8], Asn1Error> {
        let element = self.next()?;
        if element.tag == tag {
            Ok(element.content)
        } else {
            Err(Asn1Error)
        }
    }

    /// The content of the next element if it has this tag; else nothing is read.
    pub(super) fn take_if(&mut self, tag: u8) -> Result<Option<&'a [u8]>, Asn1Error> {
        if self.rest.first() == Some(&tag) {
            self.take(tag).map(Some)
        } else {
            Ok(None)
        }
    }

    pub(super) fn sequence(&mut self) -> Result<Self, Asn1Error> {
        self.take(SEQUENCE).map(Self::new)
    }

    pub(super) fn oid(&mut self) -> Result<String, Asn1Error> {
        oid_text(self.take(OID)?)
    }

    /// An INTEGER from 0 to 2^32 - 1.
    pub(super) fn small_integer(&mut self) -> Result<u32, Asn1Error> {
        unsigned(self.take(INTEGER)?)?
            .iter()
            .try_fold(0u32, |value, byte| {
                value
                    .checked_mul(256)
                    .map(|shifted| shifted | u32::from(*byte))
            })
            .ok_or(Asn1Error)
    }

    /// The magnitude of an INTEGER that is not negative.
    pub(super) fn unsigned(&mut self) -> Result<&'a [u8], Asn1Error> {
        unsigned(self.take(INTEGER)?)
    }
}

fn unsigned(content: &[u8]) -> Result<&[u8], Asn1Error> {
    match content {
        [] => Err(Asn1Error),
        [first, ..] if *first >= 0x80 => Err(Asn1Error),
        [0, rest @ ..] => Ok(rest),
        all => Ok(all),
    }
}

/// The length of the header, and that of the content (`None`: indefinite).
fn header(bytes: &[u8]) -> Result<(usize, Option<usize>), Asn1Error> {
    let tag = *bytes.first().ok_or(Asn1Error)?;
    if tag & 0x1f == 0x1f {
        return Err(Asn1Error);
    }
    match *bytes.get(1).ok_or(Asn1Error)? {
        short @ 0..=0x7f => Ok((2, Some(usize::from(short)))),
        0x80 => Ok((2, None)),
        long => {
            let count = usize::from(long & 0x7f);
            if count > 4 {
                return Err(Asn1Error);
            }
            let digits = bytes.get(2..2 + count).ok_or(Asn1Error)?;
            let length = digits
                .iter()
                .fold(0u64, |length, byte| (length << 8) | u64::from(*byte));
            let length = usize::try_from(length).map_err(|_| Asn1Error)?;
            Ok((2 + count, Some(length)))
        }
    }
}

/// An object identifier in dotted form. Arcs over 64 bits are refused.
fn oid_text(content: &[u8]) -> Result<String, Asn1Error> {
    if content.is_empty() || content.len() > 64 || content.last().is_some_and(|b| b & 0x80 != 0) {
        return Err(Asn1Error);
    }
    let mut text = String::new();
    let mut arc = 0u64;
    for byte in content {
        arc = arc.checked_mul(128).ok_or(Asn1Error)? | u64::from(byte & 0x7f);
        if byte & 0x80 != 0 {
            continue;
        }
        if text.is_empty() {
            let first = (arc / 40).min(2);
            text = format!("{first}.{}", arc - first * 40);
        } else {
            text.push('.');
            text.push_str(&arc.to_string());
        }
        arc = 0;
    }
    Ok(text)
}

/// Rewrites one BER element with definite lengths and unsplit OCTET STRINGs. PKCS#12 allows BER,
/// and Windows and older Java write it.
pub(super) fn definite(bytes: &[u8]) -> Result<Vec<u8>, Asn1Error> {
    // What is definite already is copied once, so that no parts of keys stay behind in memory.
    if is_definite(bytes, 0) && Reader::new(bytes).next()?.whole.len() == bytes.len() {
        return Ok(bytes.to_vec());
    }
    let mut out = Vec::with_capacity(bytes.len());
    let used = rewrite(bytes, &mut out, 0)?;
    if used == bytes.len() {
        Ok(out)
    } else {
        Err(Asn1Error)
    }
}

fn is_definite(bytes: &[u8], depth: usize) -> bool {
    let mut reader = Reader::new(bytes);
    while !reader.is_empty() {
        let Ok(element) = reader.next() else {
            return false;
        };
        let split = element.tag == OCTET_STRING | 0x20;
        let constructed = element.tag & 0x20 != 0;
        if split || depth > MAX_DEPTH || (constructed && !is_definite(element.content, depth + 1)) {
            return false;
        }
    }
    true
}

/// Whether the bytes are one constructed element, going by its header.
pub(super) fn is_one_sequence(bytes: &[u8]) -> bool {
    match header(bytes) {
        Ok((start, Some(length))) => {
            bytes.first() == Some(&SEQUENCE) && start.checked_add(length) == Some(bytes.len())
        }
        Ok((_, None)) => bytes.first() == Some(&SEQUENCE) && bytes.ends_with(&[0, 0]),
        Err(Asn1Error) => false,
    }
}

fn rewrite(bytes: &[u8], out: &mut Vec<u8>, depth: usize) -> Result<usize, Asn1Error> {
    if depth > MAX_DEPTH {
        return Err(Asn1Error);
    }
    let tag = *bytes.first().ok_or(Asn1Error)?;
    let (start, length) = header(bytes)?;
    if tag & 0x20 == 0 {
        let end = start
            .checked_add(length.ok_or(Asn1Error)?)
            .ok_or(Asn1Error)?;
        let content = bytes.get(start..end).ok_or(Asn1Error)?;
        put(tag, content, out)?;
        return Ok(end);
    }
    let mut children = Vec::new();
    let mut at = start;
    let end = match length {
        Some(length) => start.checked_add(length).ok_or(Asn1Error)?,
        None => bytes.len(),
    };
    let bounded = bytes.get(..end).ok_or(Asn1Error)?;
    loop {
        let rest = bounded.get(at..).ok_or(Asn1Error)?;
        if length.is_some() && rest.is_empty() {
            break;
        }
        if length.is_none() && rest.starts_with(&[0, 0]) {
            at += 2;
            break;
        }
        at += rewrite(rest, &mut children, depth + 1)?;
    }
    if tag == OCTET_STRING | 0x20 {
        put(OCTET_STRING, &joined(&children)?, out)?;
    } else {
        put(tag, &children, out)?;
    }
    Ok(at)
}

/// The pieces of a split OCTET STRING, joined.
pub(super) fn joined(pieces: &[u8]) -> Result<Vec<u8>, Asn1Error> {
    let mut reader = Reader::new(pieces);
    let mut all = Vec::with_capacity(pieces.len());
    while !reader.is_empty() {
        all.extend_from_slice(reader.take(OCTET_STRING)?);
    }
    Ok(all)
}

fn put(tag: u8, content: &[u8], out: &mut Vec<u8>) -> Result<(), Asn1Error> {
    let length = u32::try_from(content.len()).map_err(|_| Asn1Error)?;
    out.push(tag);
    if let Ok(short @ 0..=0x7f) = u8::try_from(length) {
        out.push(short);
    } else {
        let digits = length.to_be_bytes();
        let zeros = (length.leading_zeros() / 8) as usize;
        let used = digits.get(zeros..).unwrap_or_default();
        out.push(0x80 | u8::try_from(used.len()).map_err(|_| Asn1Error)?);
        out.extend_from_slice(used);
    }
    out.extend_from_slice(content);
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;
    #[cfg(target_arch = "wasm32")]
    use wasm_bindgen_test::wasm_bindgen_test as test;

    #[test]
    fn indefinite_lengths_become_definite() {
        let ber = [
            0x30, 0x80, 0x24, 0x80, 0x04, 0x01, 0xaa, 0x04, 0x02, 0xbb, 0xcc, 0, 0, 0x05, 0, 0, 0,
        ];
        let der = [0x30, 0x07, 0x04, 0x03, 0xaa, 0xbb, 0xcc, 0x05, 0];
        assert_eq!(definite(&ber).unwrap(), der);
        assert_eq!(definite(&der).unwrap(), der);
        for cut in 0..ber.len() {
            assert!(definite(&ber[..cut]).is_err());
        }
    }

    #[test]
    fn deep_nesting_is_refused() {
        let deep: Vec<u8> = [0x30u8, 0x80].repeat(100_000);
        assert!(definite(&deep).is_err());
    }

    #[test]
    fn object_identifiers() {
        assert_eq!(oid_text(&[0x2a, 0x86, 0x48]).unwrap(), "1.2.840");
        assert_eq!(oid_text(&[0x55, 0x04, 0x61]).unwrap(), "2.5.4.97");
        assert_eq!(oid_text(&[0x88, 0x37]).unwrap(), "2.999");
        assert!(oid_text(&[0x80]).is_err());
        assert!(oid_text(&[]).is_err());
        assert!(oid_text(&[0xff; 30]).is_err());
    }

    #[test]
    fn integers() {
        let read = |bytes: &[u8]| Reader::new(bytes).small_integer();
        assert_eq!(read(&[2, 1, 0]), Ok(0));
        assert_eq!(read(&[2, 5, 0, 255, 255, 255, 255]), Ok(u32::MAX));
        assert!(read(&[2, 5, 1, 0, 0, 0, 0]).is_err());
        assert!(read(&[2, 1, 0x80]).is_err());
        assert!(read(&[2, 0]).is_err());
    }
}
