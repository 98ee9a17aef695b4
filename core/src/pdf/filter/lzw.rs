//! `LZWDecode` (ISO 32000-2, 7.4.4).

use super::pipe::{Decoder, Flow, Next, State, CHUNK};

const CLEAR: u16 = 256;
const END: u16 = 257;
const ENTRIES: usize = 1 << 12;

/// Undoes LZW with codes of 9 to 12 bits.
pub(super) struct Lzw {
    early: usize,
    bits: u32,
    held: u32,
    width: u32,
    /// Of each code: the code of all but its last byte, that byte, its length.
    table: Vec<Entry>,
    next_code: usize,
    previous: Option<u16>,
    damaged: bool,
    out: Vec<u8>,
}

#[derive(Clone, Copy, Default)]
struct Entry {
    prefix: u16,
    length: u16,
    last: u8,
    first: u8,
}

impl Lzw {
    pub(super) fn new(early_change: bool) -> Self {
        let mut table = vec![Entry::default(); ENTRIES];
        for (entry, byte) in table.iter_mut().zip(0..=u8::MAX) {
            *entry = Entry {
                prefix: 0,
                length: 1,
                last: byte,
                first: byte,
            };
        }
        Self {
            early: usize::from(early_change),
            bits: 0,
            held: 0,
            width: 9,
            table,
            next_code: 258,
            previous: None,
            damaged: false,
            out: Vec::with_capacity(CHUNK + ENTRIES),
        }
    }

    fn flush(&mut self, next: &mut Next<'_>) -> Flow {
        let flow = next(&self.out);
        self.out.clear();
        flow
    }

    /// Writes what a code stands for. `None` for one that stands for nothing.
    fn code(&mut self, code: u16) -> Option<()> {
        let known = usize::from(code) < self.next_code && code != CLEAR && code != END;
        let first = match self.previous {
            _ if known => self.write(code)?,
            Some(previous) => {
                // What the previous code stood for and its first byte. Right for the next code of the
                // table alone; viewers go on so with any other.
                self.damaged |= usize::from(code) != self.next_code;
                let first = self.write(previous)?;
                self.out.push(first);
                first
            }
            None => return None,
        };
        if let Some(previous) = self.previous {
            let length = self.table.get(usize::from(previous))?;
            let entry = Entry {
                prefix: previous,
                length: length.length.saturating_add(1),
                last: first,
                first: length.first,
            };
            if let Some(place) = self.table.get_mut(self.next_code) {
                *place = entry;
                self.next_code += 1;
            }
            self.width = match self.next_code + self.early {
                ..=511 => 9,
                512..=1023 => 10,
                1024..=2047 => 11,
                _ => 12,
            };
        }
        // A code beyond the table was taken for the one that has now been added.
        let added = u16::try_from(self.next_code - 1).ok();
        self.previous = if known { Some(code) } else { added };
        Some(())
    }

    /// Writes the bytes of an entry, and tells the first of them.
    fn write(&mut self, code: u16) -> Option<u8> {
        let mut entry = *self.table.get(usize::from(code))?;
        let start = self.out.len();
        let end = start + usize::from(entry.length);
        self.out.resize(end, 0);
        for place in self.out.get_mut(start..end)?.iter_mut().rev() {
            *place = entry.last;
            entry = *self.table.get(usize::from(entry.prefix))?;
        }
        self.out.get(start).copied()
    }
}

impl Decoder for Lzw {
    fn take(&mut self, piece: &[u8], next: &mut Next<'_>) -> State {
        for &byte in piece {
            self.held = self.held << 8 | u32::from(byte);
            self.bits += 8;
            if self.bits < self.width {
                continue;
            }
            self.bits -= self.width;
            let code = self.held >> self.bits & ((1 << self.width) - 1);
            match u16::try_from(code).unwrap_or(END) {
                CLEAR => {
                    self.width = 9;
                    self.next_code = 258;
                    self.previous = None;
                }
                END => {
                    self.flush(next);
                    return State::Ended;
                }
                code => {
                    if self.code(code).is_none() {
                        self.flush(next);
                        return State::Broken;
                    }
                }
            }
            if self.out.len() >= CHUNK && self.flush(next) == Flow::Stop {
                return State::Unwanted;
            }
        }
        State::after(self.flush(next))
    }

    fn finish(&mut self, _: &mut Next<'_>) -> State {
        // A missing end mark is common, and a cut cannot be told from it.
        State::Ended
    }

    fn damaged(&self) -> bool {
        self.damaged
    }
}
