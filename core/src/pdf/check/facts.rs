//! What the file is.

use super::super::document::EntryState;
use super::super::filter::{self, Filter};
use super::super::flags::Flags;
use super::super::limits::Budget;
use super::super::value::{Dict, Value};
use super::super::{Facts, Limits};
use super::walk::Checker;
use super::xfa::narrow;

/// How much of the metadata is read.
const METADATA: u64 = 4 << 20;

impl Checker<'_, '_> {
    pub(super) fn facts(&self) -> Facts {
        let doc = self.doc;
        let root = doc.root().and_then(|root| self.resolve(root));
        let catalog = root.as_deref().and_then(Value::as_dict);
        let header = doc.header().and_then(|header| header.version.clone());
        let updated = catalog
            .and_then(|catalog| self.resolve(catalog.get("Version")?))
            .and_then(|version| version_of(&version));
        let inner = |dict: Option<&Dict>, key: &str| {
            let value = dict.and_then(|dict| self.resolve(dict.get(key)?));
            value.map(|value| Value::clone(&value))
        };
        let mark = inner(catalog, "MarkInfo");
        let tagged = inner(mark.as_ref().and_then(Value::as_dict), "Marked");
        let form = inner(catalog, "AcroForm");
        let fields = inner(form.as_ref().and_then(Value::as_dict), "Fields");
        Facts {
            size: doc.bytes().len() as u64,
            version: header.max(updated),
            pages: self.pages,
            objects: u32::try_from(doc.entries().len()).unwrap_or(u32::MAX),
            encryption: doc.encryption().cloned(),
            signed: self.is_signed(),
            tagged: tagged == Some(Value::Bool(true)),
            pdfa: catalog.and_then(|catalog| self.pdfa(catalog)),
            linearised: doc.linearised(),
            revisions: doc.revisions(),
            repaired: doc.repaired(),
            form: fields.is_some_and(|fields| fields.as_array().is_some_and(|f| !f.is_empty())),
        }
    }

    /// Whether an object that counts is a signature: it says which bytes it signs, and holds something.
    fn is_signed(&self) -> bool {
        let entries = self.doc.entries().iter().enumerate();
        let mut signing = entries.filter(|(_, entry)| {
            entry.state == EntryState::Live && entry.flags.any(Flags::SIGNATURE)
        });
        signing.any(|(index, _)| {
            let object = self.doc.load(index);
            object.is_some_and(|object| holds_signature(&object.value))
        })
    }

    /// The part of PDF/A that the metadata claims.
    fn pdfa(&self, catalog: &Dict) -> Option<String> {
        let metadata = self.resolve(catalog.get("Metadata")?)?;
        let object = metadata.object()?;
        object.stream.as_ref()?;
        let resolve = |value: &Value| self.doc.resolve(value).map(|value| Value::clone(&value));
        let chain = Filter::chain(object.value.as_dict()?, &resolve);
        let limits = Limits {
            unpacked: METADATA,
            unpacked_stream: METADATA,
            ..Limits::default()
        };
        let raw = self.doc.raw(object);
        let xml = filter::unpack(&raw, &chain, &Budget::new(&limits)).data;
        self.budget().work(xml.len() as u64);
        claim(&narrow(xml))
    }
}

/// A version, from a name such as `/1.7`.
fn version_of(value: &Value) -> Option<String> {
    let bytes = &value.as_name()?.bytes;
    let plain = bytes.len() <= 4 && bytes.iter().all(|b| b.is_ascii_digit() || *b == b'.');
    plain.then(|| String::from_utf8_lossy(bytes).into_owned())
}

fn holds_signature(value: &Value) -> bool {
    match value {
        Value::Dict(dict) => {
            (dict.has("ByteRange") && dict.has("Contents"))
                || dict.entries.iter().any(|(_, value)| holds_signature(value))
        }
        Value::Array(items) => items.iter().any(holds_signature),
        _ => false,
    }
}

/// `pdfaid:part` and `pdfaid:conformance`, as attributes or elements.
fn claim(xml: &[u8]) -> Option<String> {
    let value = |name: &str| -> Option<String> {
        let at = xml
            .windows(name.len())
            .position(|window| window == name.as_bytes())?;
        let rest = xml.get(at + name.len()..)?;
        let rest: Vec<u8> = rest.iter().copied().take(32).collect();
        let text = String::from_utf8_lossy(&rest).into_owned();
        let text = text.trim_start_matches([' ', '\t', '\r', '\n', '=', '"', '\'', '>']);
        let end = text
            .find(|c: char| !c.is_ascii_alphanumeric())
            .unwrap_or(text.len());
        text.get(..end)
            .filter(|text| !text.is_empty() && text.len() <= 2)
            .map(str::to_owned)
    };
    let part = value("pdfaid:part")?;
    let level = value("pdfaid:conformance").unwrap_or_default();
    Some(format!("{part}{}", level.to_ascii_lowercase()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn claims() {
        for (xml, expected) in [
            (
                "<x pdfaid:part=\"2\" pdfaid:conformance=\"B\"/>",
                Some("2b"),
            ),
            (
                "<pdfaid:part>1</pdfaid:part><pdfaid:conformance> A </pdfaid:conformance>",
                Some("1a"),
            ),
            ("<pdfaid:part>4</pdfaid:part>", Some("4")),
            ("<pdfaid:part></pdfaid:part>", None),
            ("pdfaid:part", None),
            ("", None),
        ] {
            assert_eq!(claim(xml.as_bytes()).as_deref(), expected, "{xml}");
        }
    }
}
