//! A new file: header, objects one after the other, a cross-reference table, a trailer.

use sha2::{Digest as _, Sha256};

use crate::pdf::value::{Dict, Id, Name, Value};

use super::write;

/// The file that is written. Object numbers are given out densely, from 1.
pub(super) struct Output {
    bytes: Vec<u8>,
    /// Where each object begins, by its number less one; 0 while it is not written.
    offsets: Vec<usize>,
    at_most: usize,
}

/// The file would grow beyond what it may.
#[derive(Debug)]
pub(super) struct TooLarge;

impl Output {
    /// Begins a file of a version such as `1.7`.
    pub(super) fn new(version: &str, at_most: usize) -> Self {
        let mut bytes = format!("%PDF-{version}\n").into_bytes();
        // Four bytes above 127 tell programs that guess that this is no text (7.5.2).
        bytes.extend_from_slice(b"%\xe2\xe3\xcf\xd3\n");
        Self {
            bytes,
            offsets: Vec::new(),
            at_most,
        }
    }

    /// Gives out the next object number.
    pub(super) fn reserve(&mut self) -> Id {
        self.offsets.push(0);
        Id {
            number: u32::try_from(self.offsets.len()).unwrap_or(u32::MAX),
            generation: 0,
        }
    }

    /// Writes an object.
    pub(super) fn object(&mut self, id: Id, value: &Value) -> Result<(), TooLarge> {
        self.begin(id);
        write::value(&mut self.bytes, value);
        self.end()
    }

    /// Writes a stream. The dictionary has no `/Length`; it gets the right one.
    pub(super) fn stream(&mut self, id: Id, dict: &Dict, data: &[u8]) -> Result<(), TooLarge> {
        if self.bytes.len().saturating_add(data.len()) > self.at_most {
            return Err(TooLarge);
        }
        let mut dict = dict.clone();
        let length = i64::try_from(data.len()).unwrap_or(i64::MAX);
        dict.entries.push((name("Length"), Value::Int(length)));
        self.begin(id);
        write::dict(&mut self.bytes, &dict);
        self.bytes.extend_from_slice(b"\nstream\n");
        self.bytes.extend_from_slice(data);
        self.bytes.extend_from_slice(b"\nendstream");
        self.end()
    }

    fn begin(&mut self, id: Id) {
        let place = usize::try_from(id.number)
            .ok()
            .and_then(|number| number.checked_sub(1))
            .and_then(|index| self.offsets.get_mut(index));
        if let Some(offset) = place {
            *offset = self.bytes.len();
        }
        self.bytes
            .extend_from_slice(format!("{} {} obj\n", id.number, id.generation).as_bytes());
    }

    fn end(&mut self) -> Result<(), TooLarge> {
        self.bytes.extend_from_slice(b"\nendobj\n");
        if self.bytes.len() > self.at_most {
            return Err(TooLarge);
        }
        Ok(())
    }

    /// Writes the cross-reference table and the trailer, with an `/ID` that is made of what was written:
    /// the same document gives the same file, and another one another `/ID` (14.4).
    pub(super) fn finish(mut self, root: Id, info: Option<Id>) -> Vec<u8> {
        let start = self.bytes.len();
        let digest = Sha256::digest(&self.bytes);
        let file_id = Value::Text(digest.get(..16).unwrap_or_default().into());
        let size = self.offsets.len().saturating_add(1);
        self.bytes
            .extend_from_slice(format!("xref\n0 {size}\n0000000000 65535 f \n").as_bytes());
        for offset in &self.offsets {
            // A number that was given out and not used is free: what refers to it refers to null.
            let entry = match offset {
                0 => "0000000000 00000 f \n".to_owned(),
                _ => format!("{offset:010} 00000 n \n"),
            };
            self.bytes.extend_from_slice(entry.as_bytes());
        }
        let mut trailer = Dict::default();
        let size = i64::try_from(size).unwrap_or(i64::MAX);
        trailer.entries.push((name("Size"), Value::Int(size)));
        trailer.entries.push((name("Root"), Value::Ref(root)));
        if let Some(info) = info {
            trailer.entries.push((name("Info"), Value::Ref(info)));
        }
        let ids = Value::Array(vec![file_id.clone(), file_id]);
        trailer.entries.push((name("ID"), ids));
        self.bytes.extend_from_slice(b"trailer\n");
        write::dict(&mut self.bytes, &trailer);
        self.bytes
            .extend_from_slice(format!("\nstartxref\n{start}\n%%EOF\n").as_bytes());
        self.bytes
    }
}

/// A name that needs no escape.
pub(super) fn name(text: &str) -> Name {
    Name {
        bytes: text.as_bytes().into(),
        escaped: false,
    }
}

#[cfg(test)]
mod tests {
    #[cfg(target_arch = "wasm32")]
    use wasm_bindgen_test::wasm_bindgen_test as test;

    use super::*;

    #[test]
    fn the_table_leads_to_the_objects() {
        let mut output = Output::new("1.4", 10_000);
        let (first, second, third) = (output.reserve(), output.reserve(), output.reserve());
        output.stream(third, &Dict::default(), b"abc").unwrap();
        output.object(first, &Value::Ref(third)).unwrap();
        let bytes = output.finish(first, Some(second));
        let text = String::from_utf8_lossy(&bytes);
        let table = text.rsplit("\nxref\n").next().unwrap();
        assert!(table.starts_with("0 4\n0000000000 65535 f \n"), "{table}");
        assert!(
            table.contains("<</Size 4/Root 1 0 R/Info 2 0 R/ID["),
            "{table}"
        );
        let offset =
            |line: usize| -> usize { table.lines().nth(line).unwrap()[..10].parse().unwrap() };
        assert!(bytes[offset(2)..].starts_with(b"1 0 obj\n3 0 R\nendobj\n"));
        assert_eq!(table.lines().nth(3), Some("0000000000 00000 f "));
        assert!(bytes[offset(4)..]
            .starts_with(b"3 0 obj\n<</Length 3>>\nstream\nabc\nendstream\nendobj\n"));
        let start: usize = table.lines().rev().nth(1).unwrap().parse().unwrap();
        assert!(bytes[start..].starts_with(b"xref\n"));
    }

    #[test]
    fn a_file_that_grows_too_large_is_stopped() {
        let mut output = Output::new("1.4", 100);
        let id = output.reserve();
        assert!(output.stream(id, &Dict::default(), &[0; 100]).is_err());
        let long = Value::Text(vec![b'a'; 200].into());
        assert!(output.object(id, &long).is_err());
    }
}
