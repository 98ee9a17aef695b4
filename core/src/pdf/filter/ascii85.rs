//! `ASCII85Decode` (ISO 32000-2, 7.4.3).

use super::pipe::{Decoder, Flow, Next, State, CHUNK};

/// Undoes base 85.
pub(super) struct Ascii85 {
    /// The digits of the group that is being read, and how many there are.
    group: u32,
    digits: u8,
    /// Nothing was read yet but white space and perhaps a `<`, which may belong to a `<~`.
    prefix: Prefix,
    damaged: bool,
    out: Vec<u8>,
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Prefix {
    Possible,
    Bracket,
    Past,
}

impl Ascii85 {
    pub(super) fn new() -> Self {
        Self {
            group: 0,
            digits: 0,
            prefix: Prefix::Possible,
            damaged: false,
            out: Vec::with_capacity(CHUNK),
        }
    }

    fn flush(&mut self, next: &mut Next<'_>) -> Flow {
        let flow = next(&self.out);
        self.out.clear();
        flow
    }

    fn digit(&mut self, digit: u8) {
        // A group beyond 2^32 wraps around, as it does in viewers.
        self.group = self.group.wrapping_mul(85).wrapping_add(u32::from(digit));
        self.digits += 1;
        if self.digits == 5 {
            self.out.extend_from_slice(&self.group.to_be_bytes());
            self.group = 0;
            self.digits = 0;
        }
    }
}

impl Decoder for Ascii85 {
    fn take(&mut self, piece: &[u8], next: &mut Next<'_>) -> State {
        for &byte in piece {
            match byte {
                b'!'..=b'u' => {
                    self.prefix = match (self.prefix, byte) {
                        (Prefix::Possible, b'<') => Prefix::Bracket,
                        _ => Prefix::Past,
                    };
                    self.digit(byte - b'!');
                }
                b'z' if self.digits == 0 => {
                    self.prefix = Prefix::Past;
                    self.out.extend_from_slice(&[0; 4]);
                }
                b'~' if self.prefix == Prefix::Bracket => {
                    self.prefix = Prefix::Past;
                    self.group = 0;
                    self.digits = 0;
                }
                b'~' => {
                    self.finish(next);
                    return State::Ended;
                }
                0 | b'\t' | b'\n' | 0x0C | b'\r' | b' ' => {}
                _ => self.damaged = true,
            }
            if self.out.len() >= CHUNK && self.flush(next) == Flow::Stop {
                return State::Unwanted;
            }
        }
        State::after(self.flush(next))
    }

    fn finish(&mut self, next: &mut Next<'_>) -> State {
        // A group of n digits holds n - 1 bytes, a lone digit none.
        let bytes = usize::from(self.digits.saturating_sub(1));
        let group = (self.digits..5).fold(self.group, |group, _| {
            group.wrapping_mul(85).wrapping_add(84)
        });
        self.out.extend(group.to_be_bytes().iter().take(bytes));
        self.digits = 0;
        self.flush(next);
        State::Ended
    }

    fn damaged(&self) -> bool {
        self.damaged
    }
}
