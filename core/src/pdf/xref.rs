//! The cross-reference data, as the file has it. Whether it is right is found out elsewhere.

use std::collections::BTreeSet;

use memchr::memmem;

use super::filter::{unpack, Filter};
use super::lexer::{at, class, digits, header, skip_white, DIGIT};
use super::limits::{Budget, Limit};
use super::parse::{stream_start, Parser};
use super::streams::StreamEnds;
use super::value::{Dict, Value};
use crate::order;

/// What a line says of an object.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum What {
    Free,
    /// As the file says; from the header or from the start of the file.
    Offset(u64),
    /// In the object stream of this number.
    Stream {
        container: u32,
        index: u32,
    },
}

/// One line, packed: there are as many as objects.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Line {
    pub(super) number: u32,
    /// The section that it is in, the newest being 0.
    pub(super) section: u32,
    packed: u64,
}

const FREE: u64 = u64::MAX;
const IN_STREAM: u64 = 1 << 63;

impl Line {
    fn new(number: u32, section: u32, what: What) -> Self {
        let packed = match what {
            What::Free => FREE,
            What::Offset(offset) => offset.min(IN_STREAM - 1),
            What::Stream { container, index } => {
                IN_STREAM | u64::from(container & 0x7fff_ffff) << 32 | u64::from(index)
            }
        };
        Self {
            number,
            section,
            packed,
        }
    }

    #[allow(clippy::cast_possible_truncation)] // the halves of what was packed
    pub(super) fn what(self) -> What {
        match self.packed {
            FREE => What::Free,
            packed if packed & IN_STREAM != 0 => What::Stream {
                container: (packed >> 32) as u32 & 0x7fff_ffff,
                index: packed as u32,
            },
            offset => What::Offset(offset),
        }
    }
}

/// One table or cross-reference stream.
#[derive(Debug)]
pub(super) struct Section {
    pub(super) offset: usize,
    /// Where its dictionary's object stands, or what is behind the word `trailer`.
    pub(super) trailer: usize,
    pub(super) dict: Dict,
    /// The `/XRefStm` of the section before it.
    hybrid: bool,
}

/// The sections that the last `startxref` leads to.
#[derive(Debug, Default)]
pub(super) struct Xref {
    /// By number; the line that counts comes first.
    pub(super) lines: Vec<Line>,
    /// The newest first, and behind each what its `/XRefStm` leads to.
    pub(super) sections: Vec<Section>,
    /// Nothing is wrong with them, as far as they tell by themselves.
    pub(super) sound: bool,
    /// The chain of sections ends where none is.
    pub(super) cut: bool,
}

impl Xref {
    /// The line of a number that counts.
    pub(super) fn line(&self, number: u32) -> Option<Line> {
        let at = self.lines.partition_point(|line| line.number < number);
        self.lines
            .get(at)
            .copied()
            .filter(|line| line.number == number)
    }

    /// Reads what the last `startxref` leads to. Offsets count from `base`, where the header is, or from
    /// the start of the file.
    pub(super) fn read(bytes: &[u8], base: usize, budget: &Budget) -> Self {
        let mut reader = Reader {
            bytes,
            base,
            budget,
            ends: StreamEnds::new(bytes),
            xref: Self {
                sound: true,
                ..Self::default()
            },
            most: usize::try_from(budget.limits().objects)
                .unwrap_or(usize::MAX)
                .min(bytes.len().saturating_add(1 << 16)),
        };
        reader.chain();
        let mut xref = reader.xref;
        // Stable by section: of two lines for one number in one section, the first counts.
        let place = |line: &Line| (line.number, line.section);
        order::sort_by(&mut xref.lines, |one, other| place(one).cmp(&place(other)));
        xref.join_hybrids();
        xref
    }
}

impl Xref {
    /// The table of a hybrid file calls free what its stream has, for readers that know tables alone
    /// (ISO 32000-2, 7.5.8.4). Such a line does not count.
    fn join_hybrids(&mut self) {
        if !self.sections.iter().any(|section| section.hybrid) {
            return;
        }
        let hybrid = |number: u32| {
            let section = usize::try_from(number).ok();
            section
                .and_then(|number| self.sections.get(number))
                .is_some_and(|section| section.hybrid)
        };
        let free = |line: &Line| matches!(line.what(), What::Free | What::Offset(0));
        let next = self.lines.iter().skip(1).map(Some).chain([None]);
        let lines = self.lines.iter().zip(next).filter(|(line, next)| {
            let in_stream = next.is_some_and(|next| {
                next.number == line.number
                    && next.section == line.section + 1
                    && hybrid(next.section)
                    && !free(next)
            });
            !(free(line) && in_stream)
        });
        self.lines = lines.map(|(line, _)| *line).collect();
    }
}

struct Reader<'b> {
    bytes: &'b [u8],
    base: usize,
    budget: &'b Budget,
    ends: StreamEnds<'b>,
    xref: Xref,
    /// More lines than this are not believed.
    most: usize,
}

impl Reader<'_> {
    fn chain(&mut self) {
        let start = memmem::rfind(self.bytes, b"startxref")
            .map(|found| skip_white(self.bytes, found + 9))
            .and_then(|pos| digits(self.bytes, pos));
        let mut next = start.map(|(offset, _)| offset);
        if next.is_none() {
            self.xref.sound = false;
        }
        let mut visited = BTreeSet::new();
        while let Some(offset) = next.take() {
            let Some(pos) = self.place(offset) else {
                self.xref.sound = false;
                self.xref.cut = true;
                break;
            };
            if !visited.insert(pos) {
                break;
            }
            let Some((dict, trailer)) = self.section(pos) else {
                self.xref.sound = false;
                self.xref.cut = true;
                break;
            };
            let hybrid = dict.get("XRefStm").and_then(Value::as_int);
            next = match dict.get("Prev") {
                // Some writers make a reference of it.
                Some(Value::Ref(id)) => Some(u64::from(id.number)),
                Some(prev) => prev.as_int().and_then(|prev| u64::try_from(prev).ok()),
                None => None,
            };
            self.xref.sections.push(Section {
                offset: pos,
                trailer,
                dict,
                hybrid: false,
            });
            if let Some(pos) = hybrid
                .and_then(|offset| u64::try_from(offset).ok())
                .and_then(|offset| self.place(offset))
            {
                if visited.insert(pos) {
                    if let Some((dict, trailer)) = self.section(pos) {
                        self.xref.sections.push(Section {
                            offset: pos,
                            trailer,
                            dict,
                            hybrid: true,
                        });
                    }
                }
            }
        }
        if self.xref.lines.is_empty() {
            self.xref.sound = false;
        }
    }

    /// Where a section stands that an offset names.
    fn place(&self, offset: u64) -> Option<usize> {
        let offset = usize::try_from(offset).ok()?;
        [self.base.checked_add(offset)?, offset]
            .into_iter()
            .find_map(|pos| {
                let pos = skip_white(self.bytes, pos);
                (pos < self.bytes.len()
                    && (at(self.bytes, pos, b"xref") || header(self.bytes, pos).is_some()))
                .then_some(pos)
            })
    }

    fn section(&mut self, pos: usize) -> Option<(Dict, usize)> {
        if at(self.bytes, pos, b"xref") {
            self.table(pos + 4)
        } else {
            self.stream(pos).map(|dict| (dict, pos))
        }
    }

    fn number(&self) -> u32 {
        u32::try_from(self.xref.sections.len()).unwrap_or(u32::MAX)
    }

    /// Notes a line. `false` once there are too many.
    fn line(&mut self, number: u64, what: What) -> bool {
        if self.xref.lines.len() >= self.most {
            self.budget.reach(Limit::Objects);
            return false;
        }
        if let Ok(number) = u32::try_from(number) {
            let section = self.number();
            self.xref.lines.push(Line::new(number, section, what));
        }
        self.budget.work(8)
    }

    /// A table. Its lines need not be 20 bytes long, nor as many as it says.
    fn table(&mut self, mut pos: usize) -> Option<(Dict, usize)> {
        let bytes = self.bytes;
        let mut number = 0_u64;
        let mut left = 0_u64;
        let mut first = false;
        loop {
            pos = skip_white(bytes, pos);
            let Some((offset, after)) = digits(bytes, pos) else {
                break;
            };
            let second = skip_white(bytes, after);
            let Some((count, after)) = digits(bytes, second) else {
                self.xref.sound = false;
                break;
            };
            let letter = skip_white(bytes, after);
            let what = match bytes.get(letter) {
                Some(b'n') => What::Offset(offset),
                Some(b'f') => What::Free,
                _ => {
                    // The start and length of the next part.
                    if left > 0 {
                        self.xref.sound = false;
                    }
                    (number, left, first) = (offset, count, true);
                    pos = after;
                    continue;
                }
            };
            // A table whose first line is that of object 0, but which says that it begins with 1.
            if first && number == 1 && what == What::Free && count == 65_535 {
                number = 0;
            }
            first = false;
            if left == 0 {
                self.xref.sound = false;
            }
            left = left.saturating_sub(1);
            if !self.line(number, what) {
                return None;
            }
            number = number.saturating_add(1);
            pos = letter + 1;
        }
        if left > 0 {
            self.xref.sound = false;
        }
        if !at(bytes, pos, b"trailer") {
            return None;
        }
        match Parser::new(bytes, pos + 7, self.budget).value()? {
            Value::Dict(dict) => Some((dict, pos + 7)),
            _ => None,
        }
    }

    fn stream(&mut self, pos: usize) -> Option<Dict> {
        let (_, value) = header(self.bytes, pos)?;
        let mut parser = Parser::new(self.bytes, value, self.budget);
        let Value::Dict(dict) = parser.value()? else {
            return None;
        };
        let start = stream_start(self.bytes, skip_white(self.bytes, parser.pos))?;
        let declared = dict.get("Length").and_then(Value::as_int);
        let end = self.ends.find(start, declared).end;
        let raw = self.bytes.get(start..end)?;
        let direct = |value: &Value| match value {
            Value::Ref(_) => None,
            value => Some(value.clone()),
        };
        let widths: Vec<usize> = dict
            .get("W")?
            .as_array()?
            .iter()
            .map(|width| width.as_int().and_then(|width| usize::try_from(width).ok()))
            .collect::<Option<_>>()?;
        let &[kind, second, third, ..] = widths.as_slice() else {
            return None;
        };
        let row = kind.checked_add(second)?.checked_add(third)?;
        if row == 0 || kind > 8 || second > 8 || third > 8 {
            return None;
        }
        let data = unpack(raw, &Filter::chain(&dict, &direct), self.budget).data;
        self.rows(&dict, &data, kind, second, row)?;
        Some(dict)
    }

    fn rows(
        &mut self,
        dict: &Dict,
        data: &[u8],
        kind: usize,
        second: usize,
        row: usize,
    ) -> Option<()> {
        let size = dict.get("Size").and_then(Value::as_int).unwrap_or(i64::MAX);
        let index: Vec<i64> = match dict.get("Index") {
            Some(Value::Array(items)) => items.iter().filter_map(Value::as_int).collect(),
            _ => vec![0, size],
        };
        let mut rows = data.chunks_exact(row);
        for range in index.chunks_exact(2) {
            let &[start, count] = range else { break };
            let (Ok(start), Ok(count)) = (u64::try_from(start), u64::try_from(count)) else {
                self.xref.sound = false;
                continue;
            };
            for place in 0..count {
                let Some(row) = rows.next() else {
                    self.xref.sound &= dict.get("Index").is_none() && size == i64::MAX;
                    return Some(());
                };
                let (first, rest) = row.split_at(kind);
                let (second, third) = rest.split_at(second);
                let (second, third) = (big_endian(second), big_endian(third));
                let what = match (kind, big_endian(first)) {
                    (0, _) | (_, 1) => What::Offset(second),
                    (_, 0) => What::Free,
                    (_, 2) => What::Stream {
                        container: u32::try_from(second).unwrap_or(u32::MAX),
                        index: u32::try_from(third).unwrap_or(u32::MAX),
                    },
                    _ => continue,
                };
                if !self.line(start.saturating_add(place), what) {
                    return None;
                }
            }
        }
        Some(())
    }
}

fn big_endian(bytes: &[u8]) -> u64 {
    bytes
        .iter()
        .fold(0, |number, byte| number << 8 | u64::from(*byte))
}

/// Where the rows of a table end, if it stands at `pos` in the usual form. For the scan, which has no use
/// for them.
pub(super) fn table_end(bytes: &[u8], mut pos: usize) -> usize {
    loop {
        pos = skip_white(bytes, pos);
        let Some((_, after)) = digits(bytes, pos) else {
            return pos;
        };
        let Some((count, after)) = digits(bytes, skip_white(bytes, after)) else {
            return pos;
        };
        if header(bytes, pos).is_some() {
            return pos;
        }
        let mut row = skip_white(bytes, after);
        for _ in 0..count {
            match bytes.get(row..row.saturating_add(20)) {
                Some(
                    [first, .., b' ', b'n' | b'f', b' ' | b'\r' | b'\n', b' ' | b'\r' | b'\n'],
                ) if class(*first) == DIGIT => row += 20,
                _ => break,
            }
        }
        if row == pos {
            return pos;
        }
        pos = row;
    }
}
