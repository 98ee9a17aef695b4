//! `ASCIIHexDecode` (ISO 32000-2, 7.4.2).

use super::pipe::{Decoder, Flow, Next, State, CHUNK};

/// Undoes hexadecimal.
pub(super) struct AsciiHex {
    /// The first digit of a pair.
    half: Option<u8>,
    damaged: bool,
    out: Vec<u8>,
}

impl AsciiHex {
    pub(super) fn new() -> Self {
        Self {
            half: None,
            damaged: false,
            out: Vec::with_capacity(CHUNK),
        }
    }

    fn flush(&mut self, next: &mut Next<'_>) -> Flow {
        let flow = next(&self.out);
        self.out.clear();
        flow
    }
}

impl Decoder for AsciiHex {
    fn take(&mut self, piece: &[u8], next: &mut Next<'_>) -> State {
        for &byte in piece {
            let digit = match byte {
                b'0'..=b'9' => byte - b'0',
                b'a'..=b'f' => byte - b'a' + 10,
                b'A'..=b'F' => byte - b'A' + 10,
                b'>' => {
                    self.finish(next);
                    return State::Ended;
                }
                0 | b'\t' | b'\n' | 0x0C | b'\r' | b' ' => continue,
                _ => {
                    // Skipped, as the more tolerant half of the viewers do.
                    self.damaged = true;
                    continue;
                }
            };
            match self.half.take() {
                None => self.half = Some(digit),
                Some(high) => {
                    self.out.push(high << 4 | digit);
                    if self.out.len() >= CHUNK && self.flush(next) == Flow::Stop {
                        return State::Unwanted;
                    }
                }
            }
        }
        State::after(self.flush(next))
    }

    fn finish(&mut self, next: &mut Next<'_>) -> State {
        // An odd digit at the end stands for itself and a zero.
        if let Some(high) = self.half.take() {
            self.out.push(high << 4);
        }
        self.flush(next);
        State::Ended
    }

    fn damaged(&self) -> bool {
        self.damaged
    }
}
