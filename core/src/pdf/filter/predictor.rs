//! Predictors of `FlateDecode` and `LZWDecode` (ISO 32000-2, 7.4.4.4; TIFF 6.0, section 14; PNG, 9).

use super::pipe::{Decoder, Flow, Next, State, CHUNK};

/// The longest row that is kept whole. Real ones are below a twentieth of it.
const LONGEST_ROW: usize = 4 << 20;

/// What was done to the data before it was compressed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Predictor {
    /// Nothing.
    None,
    /// Differences to the sample at the left.
    Tiff(Layout),
    /// Rows that each tell how they were predicted.
    Png(Layout),
}

/// How samples lie in a row.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Layout {
    colors: usize,
    bits: usize,
    /// In bytes, from 1.
    row: usize,
}

impl Predictor {
    /// The predictor that a dictionary of parameters tells. Values that make no sense are taken for the
    /// default.
    pub(super) fn read(int: impl Fn(&str) -> Option<i64>) -> Self {
        let positive = |key: &str, default: usize| match int(key) {
            // One beyond all addresses is still a number, and the same on each machine.
            Some(value @ 1..) => usize::try_from(value).unwrap_or(usize::MAX),
            _ => default,
        };
        let layout = || {
            let colors = positive("Colors", 1);
            let bits = match positive("BitsPerComponent", 8) {
                bits @ (1 | 2 | 4 | 8 | 16) => bits,
                _ => 8,
            };
            let row = positive("Columns", 1)
                .saturating_mul(colors)
                .saturating_mul(bits)
                .div_ceil(8);
            Layout { colors, bits, row }
        };
        match int("Predictor") {
            Some(2) => Self::Tiff(layout()),
            Some(10..=15) => Self::Png(layout()),
            _ => Self::None,
        }
    }
}

/// Undoes a predictor.
pub(super) struct Rows {
    layout: Layout,
    /// The distance between a byte and the one at its left, in bytes.
    step: usize,
    png: bool,
    /// How the row is predicted, once that is read.
    tag: Option<u8>,
    row: Vec<u8>,
    previous: Vec<u8>,
    damaged: bool,
    out: Vec<u8>,
}

impl Rows {
    /// `None` if there is nothing to undo.
    pub(super) fn new(predictor: &Predictor) -> Option<Self> {
        let (layout, png) = match predictor {
            Predictor::None => return None,
            Predictor::Tiff(layout) => (layout.clone(), false),
            Predictor::Png(layout) => (layout.clone(), true),
        };
        Some(Self {
            step: layout.colors.saturating_mul(layout.bits).div_ceil(8),
            layout,
            png,
            tag: (!png).then_some(0),
            row: Vec::new(),
            previous: Vec::new(),
            damaged: false,
            out: Vec::with_capacity(CHUNK),
        })
    }

    /// Undoes the row that was collected and hands it on.
    fn end_row(&mut self, next: &mut Next<'_>) -> Flow {
        if self.png {
            let known = undo_png(
                self.tag.unwrap_or(0),
                self.step,
                &mut self.row,
                &self.previous,
            );
            self.damaged |= !known;
            self.tag = None;
        } else {
            undo_tiff(&self.layout, &mut self.row);
        }
        // Rows of a few bytes are the rule in object and cross-reference streams.
        let mut flow = Flow::More;
        if self.row.len() >= CHUNK {
            flow = self.flush(next);
            if flow == Flow::More {
                flow = next(&self.row);
            }
        } else {
            self.out.extend_from_slice(&self.row);
            if self.out.len() >= CHUNK {
                flow = self.flush(next);
            }
        }
        std::mem::swap(&mut self.row, &mut self.previous);
        self.row.clear();
        flow
    }

    fn flush(&mut self, next: &mut Next<'_>) -> Flow {
        let flow = next(&self.out);
        self.out.clear();
        flow
    }
}

impl Decoder for Rows {
    fn take(&mut self, mut piece: &[u8], next: &mut Next<'_>) -> State {
        while let Some(&first) = piece.first() {
            if self.tag.is_none() {
                self.tag = Some(first);
                piece = piece.get(1..).unwrap_or_default();
                continue;
            }
            let missing = self.layout.row.saturating_sub(self.row.len());
            let (part, rest) = piece.split_at(missing.min(piece.len()));
            self.row.extend_from_slice(part);
            piece = rest;
            if self.row.len() >= self.layout.row {
                if self.end_row(next) == Flow::Stop {
                    return State::Unwanted;
                }
            } else if self.row.len() > LONGEST_ROW {
                self.end_row(next);
                self.flush(next);
                return State::Broken;
            }
        }
        State::after(self.flush(next))
    }

    fn finish(&mut self, next: &mut Next<'_>) -> State {
        // A last row that is cut short is common, and viewers take what there is of it.
        if !self.row.is_empty() {
            self.end_row(next);
        }
        self.flush(next);
        State::Ended
    }

    fn damaged(&self) -> bool {
        self.damaged
    }
}

/// Undoes the prediction of one PNG row. `false` for a kind that there is not, which is taken for none.
fn undo_png(tag: u8, step: usize, row: &mut [u8], previous: &[u8]) -> bool {
    match tag {
        0 => {}
        1 => {
            for at in step..row.len() {
                let left = at.checked_sub(step).and_then(|at| row.get(at).copied());
                add(row, at, left.unwrap_or(0));
            }
        }
        2 => {
            for (byte, above) in row.iter_mut().zip(previous) {
                *byte = byte.wrapping_add(*above);
            }
        }
        3 => {
            for at in 0..row.len() {
                let (left, above, _) = around(row, previous, at, step);
                add(row, at, left.midpoint(above));
            }
        }
        4 => {
            for at in 0..row.len() {
                let (left, above, corner) = around(row, previous, at, step);
                add(row, at, paeth(left, above, corner));
            }
        }
        _ => return false,
    }
    true
}

fn add(row: &mut [u8], at: usize, more: u8) {
    if let Some(byte) = row.get_mut(at) {
        *byte = byte.wrapping_add(more);
    }
}

/// The bytes at the left, above, and above the left one; zero where there is none.
fn around(row: &[u8], previous: &[u8], at: usize, step: usize) -> (u8, u8, u8) {
    let left = at.checked_sub(step);
    let of = |row: &[u8], at: Option<usize>| at.and_then(|at| row.get(at).copied()).unwrap_or(0);
    (of(row, left), of(previous, Some(at)), of(previous, left))
}

fn paeth(left: u8, above: u8, corner: u8) -> u8 {
    let (a, b, c) = (i16::from(left), i16::from(above), i16::from(corner));
    let estimate = a + b - c;
    let (to_a, to_b, to_c) = (
        (estimate - a).abs(),
        (estimate - b).abs(),
        (estimate - c).abs(),
    );
    if to_a <= to_b && to_a <= to_c {
        left
    } else if to_b <= to_c {
        above
    } else {
        corner
    }
}

/// Undoes TIFF's prediction of one row.
fn undo_tiff(layout: &Layout, row: &mut [u8]) {
    let colors = layout.colors;
    match layout.bits {
        8 => {
            for at in colors..row.len() {
                let left = at.checked_sub(colors).and_then(|at| row.get(at).copied());
                add(row, at, left.unwrap_or(0));
            }
        }
        16 => {
            let pair = |row: &[u8], at: usize| match row.get(at..).unwrap_or_default() {
                [high, low, ..] => u16::from_be_bytes([*high, *low]),
                _ => 0,
            };
            let step = colors.saturating_mul(2);
            for at in (step..row.len().saturating_sub(1)).step_by(2) {
                let sum = pair(row, at)
                    .wrapping_add(pair(row, at - step))
                    .to_be_bytes();
                if let Some(place) = row.get_mut(at..at + 2) {
                    place.copy_from_slice(&sum);
                }
            }
        }
        bits => {
            let mask = (1_u8 << bits) - 1;
            let samples = row.len().saturating_mul(8) / bits;
            // Where a sample lies: its byte, and how far it is from that byte's end.
            let place = |sample: usize| (sample * bits / 8, 8 - bits - sample * bits % 8);
            for sample in colors..samples {
                let (at, shift) = place(sample - colors);
                let left = row.get(at).copied().unwrap_or(0) >> shift & mask;
                let (at, shift) = place(sample);
                if let Some(byte) = row.get_mut(at) {
                    let sum = (*byte >> shift & mask).wrapping_add(left) & mask;
                    *byte = *byte & !(mask << shift) | sum << shift;
                }
            }
        }
    }
}
