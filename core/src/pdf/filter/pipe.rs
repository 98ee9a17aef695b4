//! The chain at work: each filter takes pieces and hands pieces on.

use super::super::limits::Budget;
use super::ascii85::Ascii85;
use super::ascii_hex::AsciiHex;
use super::flate::Flate;
use super::lzw::Lzw;
use super::predictor::{Predictor, Rows};
use super::run_length::RunLength;
use super::Filter;

/// How much of the raw data is fed at once.
const PIECE: usize = 1 << 16;

/// What filters collect before they hand it on.
pub(super) const CHUNK: usize = 1 << 12;

/// Whether one that takes pieces wants more of them.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Flow {
    More,
    Stop,
}

/// Where a filter hands on what it made.
pub(super) type Next<'n> = dyn FnMut(&[u8]) -> Flow + 'n;

/// Why a filter takes nothing more, or that it does.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum State {
    /// It takes more.
    Open,
    /// It met the end of its data.
    Ended,
    /// It met damage.
    Broken,
    /// What comes behind it wants nothing more.
    Unwanted,
}

impl State {
    /// The state of a filter that goes on if the next one does.
    pub(super) fn after(flow: Flow) -> Self {
        match flow {
            Flow::More => Self::Open,
            Flow::Stop => Self::Unwanted,
        }
    }
}

/// Undoes one filter, a piece at a time.
pub(super) trait Decoder {
    /// Takes a piece. Called only while the state is open.
    fn take(&mut self, piece: &[u8], next: &mut Next<'_>) -> State;

    /// Hands on what is left when the input has ended. Tells `Broken` if the data cannot end there.
    fn finish(&mut self, next: &mut Next<'_>) -> State;

    /// Whether some of it was damaged, although it went on.
    fn damaged(&self) -> bool {
        false
    }
}

struct Stage {
    decoder: Box<dyn Decoder>,
    state: State,
}

/// The filters of a chain, the first one first.
pub(super) struct Pipe {
    stages: Vec<Stage>,
    opaque: bool,
}

impl Pipe {
    pub(super) fn new(chain: &[Filter]) -> Self {
        let mut pipe = Self {
            stages: Vec::new(),
            opaque: false,
        };
        for filter in chain {
            match filter {
                Filter::Flate(predictor) => pipe.add(Box::new(Flate::new()), predictor),
                Filter::Lzw {
                    predictor,
                    early_change,
                } => pipe.add(Box::new(Lzw::new(*early_change)), predictor),
                Filter::Ascii85 => pipe.add(Box::new(Ascii85::new()), &Predictor::None),
                Filter::AsciiHex => pipe.add(Box::new(AsciiHex::new()), &Predictor::None),
                Filter::RunLength => pipe.add(Box::new(RunLength::new()), &Predictor::None),
                Filter::Crypt(_) => {}
                Filter::Image | Filter::Unknown => {
                    pipe.opaque = true;
                    break;
                }
            }
        }
        pipe
    }

    fn add(&mut self, decoder: Box<dyn Decoder>, predictor: &Predictor) {
        self.stages.push(Stage {
            decoder,
            state: State::Open,
        });
        if let Some(rows) = Rows::new(predictor) {
            self.stages.push(Stage {
                decoder: Box::new(rows),
                state: State::Open,
            });
        }
    }

    /// Whether the chain ends before a filter that is not undone.
    pub(super) fn is_opaque(&self) -> bool {
        self.opaque
    }

    /// Runs all of the data through. Tells whether something in it was damaged.
    pub(super) fn run(self, raw: &[u8], output: &mut Output<'_>, budget: &Budget) -> bool {
        self.run_in_pieces(raw, PIECE, output, budget)
    }

    pub(super) fn run_in_pieces(
        mut self,
        raw: &[u8],
        piece: usize,
        output: &mut Output<'_>,
        budget: &Budget,
    ) -> bool {
        for piece in raw.chunks(piece) {
            if feed(&mut self.stages, output, budget, piece) == Flow::Stop {
                break;
            }
        }
        let mut rest = self.stages.as_mut_slice();
        while let Some((stage, behind)) = rest.split_first_mut() {
            if stage.state == State::Open {
                stage.state = stage
                    .decoder
                    .finish(&mut |bytes| feed(behind, output, budget, bytes));
            }
            rest = behind;
        }
        self.stages
            .iter()
            .any(|stage| stage.state == State::Broken || stage.decoder.damaged())
    }
}

fn feed(stages: &mut [Stage], output: &mut Output<'_>, budget: &Budget, piece: &[u8]) -> Flow {
    let Some((stage, behind)) = stages.split_first_mut() else {
        return output.take(piece);
    };
    if stage.state != State::Open {
        return Flow::Stop;
    }
    if !budget.work(piece.len() as u64) {
        output.limited = true;
        return Flow::Stop;
    }
    stage.state = stage
        .decoder
        .take(piece, &mut |bytes| feed(behind, output, budget, bytes));
    match stage.state {
        State::Open => Flow::More,
        _ => Flow::Stop,
    }
}

/// The end of the chain.
pub(super) struct Output<'b> {
    data: Option<Vec<u8>>,
    len: u64,
    at_most: u64,
    budget: &'b Budget,
    limited: bool,
    full: bool,
}

impl<'b> Output<'b> {
    /// Keeps what comes.
    pub(super) fn kept(at_most: u64, budget: &'b Budget) -> Self {
        Self {
            data: Some(Vec::new()),
            len: 0,
            at_most,
            budget,
            limited: false,
            full: false,
        }
    }

    /// Counts what comes.
    pub(super) fn counted(at_most: u64, budget: &'b Budget) -> Self {
        Self {
            data: None,
            ..Self::kept(at_most, budget)
        }
    }

    fn take(&mut self, bytes: &[u8]) -> Flow {
        if self.limited {
            return Flow::Stop;
        }
        let room = usize::try_from(self.at_most.saturating_sub(self.len)).unwrap_or(usize::MAX);
        let fits = bytes.get(..room).unwrap_or(bytes);
        if !self.budget.unpack(fits.len() as u64) {
            self.limited = true;
            return Flow::Stop;
        }
        self.len += fits.len() as u64;
        if let Some(data) = &mut self.data {
            grow(data, fits.len(), self.at_most);
            data.extend_from_slice(fits);
        }
        if fits.len() < bytes.len() {
            self.limited = true;
            self.full = true;
            return Flow::Stop;
        }
        Flow::More
    }

    pub(super) fn is_limited(&self) -> bool {
        self.limited
    }

    /// Whether there was more than may be kept or counted.
    pub(super) fn is_full(&self) -> bool {
        self.full
    }

    pub(super) fn len(&self) -> u64 {
        self.len
    }

    pub(super) fn into_data(self) -> Vec<u8> {
        self.data.unwrap_or_default()
    }
}

/// Makes room for `more` bytes: doubles as a vector does by itself, but never beyond what may be kept.
fn grow(data: &mut Vec<u8>, more: usize, at_most: u64) {
    let needed = data.len().saturating_add(more);
    if needed > data.capacity() {
        let most = usize::try_from(at_most).unwrap_or(usize::MAX);
        let capacity = data.capacity().saturating_mul(2).min(most).max(needed);
        data.reserve_exact(capacity - data.len());
    }
}
