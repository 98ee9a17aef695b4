//! What a stream holds once its filters are undone (ISO 32000-2, 7.4), as tolerant of damage as viewers are.
//!
//! Data is pushed through the chain piece by piece, so that what is in memory is a window for each filter
//! and what is kept in the end. Every piece is paid for from the [`Budget`] before it goes on.

mod ascii85;
mod ascii_hex;
mod chain;
mod flate;
mod lzw;
mod pipe;
mod predictor;
mod run_length;

pub(crate) use chain::Filter;
pub(crate) use predictor::Predictor;

use super::limits::{Budget, Limit};
use pipe::{Output, Pipe};

/// What a chain of filters made of a stream's data.
#[derive(Debug)]
pub(crate) struct Unpacked {
    pub(crate) data: Vec<u8>,
    pub(crate) end: End,
}

/// How unpacking ended.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum End {
    /// All of it. Missing end marks, headers and checksums do not count as damage, nor does what
    /// stands behind the end.
    Whole,
    /// Damaged, or cut off: what came before the damage is there.
    Broken,
    /// A limit was reached; what came before is there. The budget tells which limit.
    Limited,
    /// The chain holds an image filter or one that is not known. What stands before it is undone, and
    /// that filter taken for none, as viewers do.
    Opaque,
}

/// Undoes a chain of filters.
pub(crate) fn unpack(raw: &[u8], chain: &[Filter], budget: &Budget) -> Unpacked {
    let at_most = budget.limits().of_stream(raw.len());
    let mut output = Output::kept(at_most, budget);
    let end = run(raw, chain, &mut output, budget);
    if output.is_full() {
        budget.reach(Limit::Unpacked);
    }
    Unpacked {
        data: output.into_data(),
        end,
    }
}

/// How long the result of a chain is, without keeping it. Counts up to `at_most`, beyond which it ends
/// with [`End::Limited`]; it notes no limit as reached but those of the budget.
pub(crate) fn unpacked_len(
    raw: &[u8],
    chain: &[Filter],
    at_most: u64,
    budget: &Budget,
) -> (u64, End) {
    let mut output = Output::counted(at_most, budget);
    let end = run(raw, chain, &mut output, budget);
    (output.len(), end)
}

fn run(raw: &[u8], chain: &[Filter], output: &mut Output<'_>, budget: &Budget) -> End {
    let pipe = Pipe::new(chain);
    let opaque = pipe.is_opaque();
    let broken = pipe.run(raw, output, budget);
    if output.is_limited() {
        End::Limited
    } else if broken {
        End::Broken
    } else if opaque {
        End::Opaque
    } else {
        End::Whole
    }
}

#[cfg(test)]
mod tests;
