//! The reader against files that are broken, or that hide something.

// Small texts, put together in the way that is read best.
#![allow(clippy::format_push_string, clippy::format_collect)]
#![allow(clippy::redundant_closure_for_method_calls)] // the method alone is not general enough

mod broken;
mod hidden;
mod revisions;
mod streams;
mod survival;

use super::document::{Document, EntryState};
use super::flags::Flags;
use super::limits::{Budget, Limits};
use super::value::{Id, Value};

/// A file in the making.
#[derive(Default)]
struct File {
    bytes: Vec<u8>,
    offsets: Vec<(u32, usize)>,
}

const SCRIPT: &str = "<</S/JavaScript/JS(app.alert\\(1\\))>>";

impl File {
    /// With a header, a catalog as object 1, and a page tree with one page as objects 2 and 3.
    fn new() -> Self {
        Self::with_catalog("<</Type/Catalog/Pages 2 0 R>>")
    }

    fn with_catalog(catalog: &str) -> Self {
        let mut file = Self::default();
        file.text("%PDF-1.7\n");
        file.object(1, catalog);
        file.object(2, "<</Type/Pages/Count 1/Kids[3 0 R]>>");
        file.object(3, "<</Type/Page/Parent 2 0 R/MediaBox[0 0 9 9]>>");
        file
    }

    fn text(&mut self, text: &str) -> &mut Self {
        self.bytes.extend_from_slice(text.as_bytes());
        self
    }

    /// Says that an object stands here.
    fn here(&mut self, number: u32) -> &mut Self {
        self.offsets.push((number, self.bytes.len()));
        self
    }

    fn object(&mut self, number: u32, value: &str) -> &mut Self {
        self.here(number)
            .text(&format!("{number} 0 obj\n{value}\nendobj\n"))
    }

    fn stream(&mut self, number: u32, dict: &str, data: &[u8]) -> &mut Self {
        self.here(number);
        self.text(&format!(
            "{number} 0 obj\n<<{dict}/Length {}>>\nstream\n",
            data.len()
        ));
        self.bytes.extend_from_slice(data);
        self.text("\nendstream\nendobj\n")
    }

    /// An object stream of these objects.
    fn object_stream(&mut self, number: u32, objects: &[(u32, &str)]) -> &mut Self {
        let (head, body) = packed(objects);
        let dict = format!("/Type/ObjStm/N {}/First {}", objects.len(), head.len());
        self.stream(number, &dict, format!("{head}{body}").as_bytes())
    }

    /// A table of what was written since the last one.
    fn table(&mut self, more: &str) -> &mut Self {
        let start = self.bytes.len();
        let offsets = std::mem::take(&mut self.offsets);
        self.text("xref\n0 1\n0000000000 65535 f \n");
        for (number, offset) in offsets {
            self.text(&format!("{number} 1\n{offset:010} 00000 n \n"));
        }
        self.text(&format!(
            "trailer\n<</Size 100/Root 1 0 R{more}>>\nstartxref\n{start}\n%%EOF\n"
        ))
    }

    /// A cross-reference stream of what was written since the last one, and of what is in object streams,
    /// as `(number, container, index)`.
    fn xref_stream(&mut self, number: u32, packed: &[(u32, u32, u32)], more: &str) -> &mut Self {
        let start = self.xref_stream_alone(number, packed, more);
        self.text(&format!("startxref\n{start}\n%%EOF\n"))
    }

    fn xref_stream_alone(&mut self, number: u32, packed: &[(u32, u32, u32)], more: &str) -> usize {
        let start = self.bytes.len();
        let mut rows = Vec::new();
        let mut index = String::new();
        let mut row = |number: u32, kind: u8, second: u32, third: u32| {
            rows.push(kind);
            rows.extend_from_slice(&second.to_be_bytes());
            rows.extend_from_slice(&third.to_be_bytes()[2..]);
            index += &format!("{number} 1 ");
        };
        row(number, 1, u32::try_from(start).unwrap(), 0);
        for (number, offset) in std::mem::take(&mut self.offsets) {
            row(number, 1, u32::try_from(offset).unwrap(), 0);
        }
        for (number, container, index) in packed {
            row(*number, 2, *container, *index);
        }
        let dict = format!("/Type/XRef/Size 100/W[1 4 2]/Index[{index}]/Root 1 0 R{more}");
        self.stream(number, &dict, &rows);
        self.offsets.clear();
        start
    }
}

fn packed(objects: &[(u32, &str)]) -> (String, String) {
    let mut head = String::new();
    let mut body = String::new();
    for (number, value) in objects {
        head += &format!("{number} {} ", body.len());
        body.push_str(value);
        body.push(' ');
    }
    (head, body)
}

fn with<R>(bytes: &[u8], look: impl FnOnce(&Document<'_>) -> R) -> R {
    let budget = Budget::new(&Limits::default());
    let document = Document::open(bytes, &budget);
    assert_eq!(budget.reached(), None);
    look(&document)
}

/// The number and state of every object that may hold a script, and whether it loads as one.
fn scripts(bytes: &[u8]) -> Vec<(u32, EntryState)> {
    with(bytes, |document| {
        document
            .entries()
            .iter()
            .enumerate()
            .filter(|(_, entry)| entry.flags.any(Flags::JAVASCRIPT | Flags::UNSURE))
            .filter(|(index, _)| {
                document
                    .load(*index)
                    .is_some_and(|object| object.value.as_dict().is_some_and(|dict| dict.has("JS")))
            })
            .map(|(_, entry)| (entry.id.number, entry.state))
            .collect()
    })
}

fn live_script(bytes: &[u8], number: u32) {
    assert_eq!(scripts(bytes), [(number, EntryState::Live)]);
    with(bytes, |document| {
        let object = document
            .get(Id {
                number,
                generation: 0,
            })
            .unwrap();
        assert!(object.value.as_dict().unwrap().has("JS"));
    });
}

fn repaired(bytes: &[u8]) -> bool {
    with(bytes, |document| document.repaired())
}

/// Whether the page is found.
fn has_page(bytes: &[u8]) -> bool {
    with(bytes, |document| {
        let step = |value: &Value, key: &str| {
            document
                .resolve(value)
                .and_then(|found| found.as_dict()?.get(key).cloned())
        };
        let kids = document
            .root()
            .and_then(|root| step(root, "Pages"))
            .and_then(|pages| step(&pages, "Kids"));
        let Some(Value::Array(kids)) = kids else {
            return false;
        };
        kids.first().and_then(|kid| step(kid, "Parent")).is_some()
    })
}
