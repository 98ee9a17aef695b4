//! `FlateDecode` (ISO 32000-2, 7.4.4; RFC 1950 and 1951).

use miniz_oxide::inflate::core::inflate_flags::TINFL_FLAG_HAS_MORE_INPUT;
use miniz_oxide::inflate::core::{decompress, DecompressorOxide};
use miniz_oxide::inflate::TINFLStatus;

use super::pipe::{Decoder, Flow, Next, State};

/// The window that RFC 1951 lets data refer back to.
const WINDOW: usize = 1 << 15;

/// How much is looked at to tell where data with a wrong header begins.
const PROBE: usize = 512;

/// Undoes deflate. The header is told by itself: viewers differ in what they make of a wrong one, and
/// nobody heeds the checksum.
pub(super) struct Flate {
    /// The beginning of the data, until it is known where the deflated data starts.
    head: Option<Vec<u8>>,
    inflate: Inflate,
}

struct Inflate {
    state: DecompressorOxide,
    window: Vec<u8>,
    at: usize,
}

impl Flate {
    pub(super) fn new() -> Self {
        Self {
            head: Some(Vec::new()),
            inflate: Inflate::new(),
        }
    }

    /// Begins with what was collected of a head.
    fn begin(&mut self, head: &[u8], next: &mut Next<'_>) -> State {
        self.head = None;
        let start = if has_header(head) { 2 } else { probe(head) };
        self.inflate
            .take(head.get(start..).unwrap_or_default(), true, next)
    }
}

impl Decoder for Flate {
    fn take(&mut self, piece: &[u8], next: &mut Next<'_>) -> State {
        match self.head.take() {
            None => self.inflate.take(piece, true, next),
            Some(head) if head.is_empty() && (has_header(piece) || piece.len() >= PROBE) => {
                self.begin(piece, next)
            }
            Some(mut head) => {
                head.extend_from_slice(piece);
                if head.len() >= PROBE || has_header(&head) {
                    self.begin(&head, next)
                } else {
                    self.head = Some(head);
                    State::Open
                }
            }
        }
    }

    fn finish(&mut self, next: &mut Next<'_>) -> State {
        if let Some(head) = self.head.take() {
            if head.is_empty() {
                // No data at all is taken for an empty stream.
                return State::Ended;
            }
            let state = self.begin(&head, next);
            if state != State::Open {
                return state;
            }
        }
        match self.inflate.take(&[], false, next) {
            State::Open => State::Broken,
            state => state,
        }
    }
}

impl Inflate {
    fn new() -> Self {
        Self {
            state: DecompressorOxide::new(),
            window: vec![0; WINDOW],
            at: 0,
        }
    }

    fn take(&mut self, mut piece: &[u8], more: bool, next: &mut Next<'_>) -> State {
        let flags = if more { TINFL_FLAG_HAS_MORE_INPUT } else { 0 };
        loop {
            let (status, read, written) =
                decompress(&mut self.state, piece, &mut self.window, self.at, flags);
            piece = piece.get(read..).unwrap_or_default();
            if let Some(made) = self.window.get(self.at..self.at + written) {
                if !made.is_empty() && next(made) == Flow::Stop {
                    return State::Unwanted;
                }
            }
            self.at = (self.at + written) % WINDOW;
            match status {
                TINFLStatus::Done => return State::Ended,
                TINFLStatus::NeedsMoreInput => return State::Open,
                TINFLStatus::HasMoreOutput if read > 0 || written > 0 => {}
                _ => return State::Broken,
            }
        }
    }
}

/// Whether data begins with a zlib header that needs no dictionary.
fn has_header(data: &[u8]) -> bool {
    match *data {
        [method, flags, ..] => {
            method & 0x0F == 8
                && flags & 0x20 == 0
                && (u16::from(method) << 8 | u16::from(flags)) % 31 == 0
        }
        _ => false,
    }
}

/// Where the deflated data begins that has no zlib header at its start: behind line ends and a header
/// (a writer or reader miscounted), at once (no header), or behind two wrong bytes.
fn probe(head: &[u8]) -> usize {
    let blanks = head
        .iter()
        .take_while(|byte| matches!(byte, b'\r' | b'\n' | b' ' | b'\t' | 0))
        .count();
    if blanks > 0 && head.get(blanks..).is_some_and(has_header) {
        return blanks + 2;
    }
    let made = |start: usize| {
        let head = head.get(start..).unwrap_or_default();
        let mut made = 0;
        let state = Inflate::new().take(head, true, &mut |bytes| {
            made += bytes.len();
            if made > 1 << 20 {
                Flow::Stop
            } else {
                Flow::More
            }
        });
        (state != State::Broken, made)
    };
    if made(2) > made(0) {
        2
    } else {
        0
    }
}
