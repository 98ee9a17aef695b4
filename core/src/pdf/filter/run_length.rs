//! `RunLengthDecode` (ISO 32000-2, 7.4.5).

use super::pipe::{Decoder, Flow, Next, State, CHUNK};

/// Undoes run lengths.
pub(super) struct RunLength {
    run: Run,
    out: Vec<u8>,
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Run {
    /// A length comes next.
    Length,
    /// So many bytes are taken as they are.
    Literal(u8),
    /// The next byte comes so many times.
    Repeat(u16),
}

impl RunLength {
    pub(super) fn new() -> Self {
        Self {
            run: Run::Length,
            out: Vec::with_capacity(CHUNK + 128),
        }
    }

    fn flush(&mut self, next: &mut Next<'_>) -> Flow {
        let flow = next(&self.out);
        self.out.clear();
        flow
    }
}

impl Decoder for RunLength {
    fn take(&mut self, piece: &[u8], next: &mut Next<'_>) -> State {
        for &byte in piece {
            self.run = match self.run {
                Run::Length => match byte {
                    0..=127 => Run::Literal(byte + 1),
                    128 => {
                        self.flush(next);
                        return State::Ended;
                    }
                    129.. => Run::Repeat(257 - u16::from(byte)),
                },
                Run::Literal(left) => {
                    self.out.push(byte);
                    match left {
                        0 | 1 => Run::Length,
                        _ => Run::Literal(left - 1),
                    }
                }
                Run::Repeat(times) => {
                    self.out.resize(self.out.len() + usize::from(times), byte);
                    Run::Length
                }
            };
            if self.out.len() >= CHUNK && self.flush(next) == Flow::Stop {
                return State::Unwanted;
            }
        }
        State::after(self.flush(next))
    }

    fn finish(&mut self, _: &mut Next<'_>) -> State {
        // A missing end mark is common; data that ends within a run was cut off.
        match self.run {
            Run::Length => State::Ended,
            Run::Literal(_) | Run::Repeat(_) => State::Broken,
        }
    }
}
