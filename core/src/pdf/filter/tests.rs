mod chains;
mod deflated;
mod hostile;
#[cfg(not(target_arch = "wasm32"))]
mod properties;
mod vectors;

use super::super::limits::{Budget, Limits};
use super::{unpack, End, Filter, Predictor};

const FLATE: Filter = Filter::Flate(Predictor::None);
const LZW: Filter = Filter::Lzw {
    predictor: Predictor::None,
    early_change: true,
};

fn budget() -> Budget {
    Budget::new(&Limits::default())
}

fn undo(raw: &[u8], chain: &[Filter]) -> (Vec<u8>, End) {
    let unpacked = unpack(raw, chain, &budget());
    (unpacked.data, unpacked.end)
}

/// A predictor by its parameters.
fn predictor(kind: i64, colors: i64, bits: i64, columns: i64) -> Predictor {
    Predictor::read(|key| match key {
        "Predictor" => Some(kind),
        "Colors" => Some(colors),
        "BitsPerComponent" => Some(bits),
        "Columns" => Some(columns),
        _ => None,
    })
}
