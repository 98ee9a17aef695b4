//! Cross-reference data and trailers: tables, streams, both, neither, and wrong ones.

use crate::choices::Choices;
use crate::document::{value_text, Place, Table, Writer};
use crate::encode::{chain, Coding, Predictor};
use crate::encrypt::hex;
use crate::syntax::value;

impl Writer {
    fn trailer_entries(&mut self, choices: &mut Choices<'_>) -> Vec<u8> {
        let mut out = format!("/Size {} /Root 1 0 R", self.next_number + 1).into_bytes();
        if let Some(previous) = self.previous {
            out.extend_from_slice(format!(" /Prev {previous}").as_bytes());
        }
        if let Some(encryptor) = &self.encryptor {
            let encrypt = match self.encryption_object {
                Some(number) => format!("{number} 0 R"),
                None => encryptor.dictionary.clone(),
            };
            out.extend_from_slice(format!(" /Encrypt {encrypt} /ID {}", encryptor.id).as_bytes());
        } else if choices.once_in(8) {
            out.extend_from_slice(format!(" /ID [{} {}]", hex(b"a"), hex(b"")).as_bytes());
        }
        if choices.once_in(12) {
            out.extend_from_slice(b" /Info ");
            out.extend(value(choices, 8, 2));
        }
        out
    }

    /// Ends a revision.
    pub(crate) fn end(&mut self, choices: &mut Choices<'_>, table: Table) {
        let shift = if choices.once_in(10) {
            choices.below(256)
        } else {
            0
        };
        let start = match table {
            Table::None => {
                if choices.once_in(2) {
                    let entries = self.trailer_entries(choices);
                    self.trailer(&entries);
                }
                return;
            }
            Table::Stream => {
                let entries = self.trailer_entries(choices);
                self.cross_reference_stream(choices, &entries, shift)
            }
            Table::Classic => {
                let entries = self.trailer_entries(choices);
                let start = self.table(shift, false);
                self.trailer(&entries);
                start
            }
            Table::Hybrid => {
                let mut entries = self.trailer_entries(choices);
                let own = format!("/Size {}", self.next_number + 1);
                let stream = self.cross_reference_stream(choices, own.as_bytes(), shift);
                entries.extend_from_slice(format!(" /XRefStm {stream}").as_bytes());
                let start = self.table(shift, true);
                self.trailer(&entries);
                start
            }
        };
        self.previous = Some(start);
        let told = if choices.once_in(16) {
            start + choices.below(256)
        } else {
            start
        };
        self.out
            .extend_from_slice(format!("startxref\n{told}\n%%EOF\n").as_bytes());
    }

    fn trailer(&mut self, entries: &[u8]) {
        self.out.extend_from_slice(b"trailer\n<<");
        self.out.extend_from_slice(entries);
        self.out.extend_from_slice(b">>\n");
    }

    /// A classic table; what lies in object streams is left out, or free in a hybrid file.
    fn table(&mut self, shift: usize, hybrid: bool) -> usize {
        let start = self.out.len();
        let mut text = String::from("xref\n0 1\n0000000000 65535 f \n");
        for (number, place) in &self.places {
            match place {
                Place::File { offset, generation } => text.push_str(&format!(
                    "{number} 1\n{:010} {generation:05} n \n",
                    offset + shift
                )),
                Place::Stream { .. } if hybrid => {
                    text.push_str(&format!("{number} 1\n0000000000 00001 f \n"));
                }
                Place::Stream { .. } => {}
            }
        }
        self.out.extend_from_slice(text.as_bytes());
        start
    }

    fn cross_reference_stream(
        &mut self,
        choices: &mut Choices<'_>,
        entries: &[u8],
        shift: usize,
    ) -> usize {
        let number = self.fresh();
        let start = self.out.len();
        let mut index = String::new();
        let mut data = Vec::new();
        for (number, place) in &self.places {
            index.push_str(&format!("{number} 1 "));
            let (kind, first, second) = match *place {
                Place::File { offset, generation } => (1, offset + shift, usize::from(generation)),
                Place::Stream { container, index } => {
                    (2, usize::try_from(container).unwrap_or_default(), index)
                }
            };
            data.push(kind);
            data.extend_from_slice(&u32::try_from(first).unwrap_or_default().to_be_bytes());
            data.extend_from_slice(&u16::try_from(second).unwrap_or_default().to_be_bytes());
        }
        let codings = match choices.below(4) {
            0 => vec![Coding::Flate(Predictor::Png { columns: 7, row: 2 })],
            1 => vec![Coding::Flate(Predictor::None)],
            2 => Vec::new(),
            _ => vec![Coding::any(choices), Coding::any(choices)],
        };
        let (filter, data) = chain(choices, &codings, &data);
        let widths = if choices.once_in(16) {
            value_text(choices)
        } else {
            "[1 4 2]".to_owned()
        };
        let mut all = format!("/Type /XRef /W {widths} /Index [{index}] {filter} ");
        all.push_str(&String::from_utf8_lossy(entries));
        self.stream(choices, number, &all, &data, true);
        start
    }
}
