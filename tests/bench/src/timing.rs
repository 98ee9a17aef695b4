//! Times: warmed up, many samples, the median and the spread.

use std::hint::black_box;
use std::time::{Duration, Instant};

/// How long one operation took, in nanoseconds.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Spread {
    pub(crate) median: f64,
    /// A tenth of the samples was faster.
    pub(crate) low: f64,
    /// A tenth of the samples was slower.
    pub(crate) high: f64,
}

impl Spread {
    /// From samples in nanoseconds per operation.
    pub(crate) fn of(mut samples: Vec<f64>) -> Self {
        samples.sort_unstable_by(f64::total_cmp);
        let at = |tenths: usize| {
            let place = samples.len().saturating_sub(1) * tenths / 10;
            samples.get(place).copied().unwrap_or(f64::NAN)
        };
        Self {
            median: at(5),
            low: at(1),
            high: at(9),
        }
    }
}

const SAMPLES: u32 = 101;
const WARM_UP: Duration = Duration::from_millis(200);
const SAMPLE: Duration = Duration::from_micros(500);
const BUDGET: Duration = Duration::from_secs(3);

/// Measures an operation. Short ones are repeated within a sample until the clock's own grain does
/// not matter; results are dropped within the measurement.
pub(crate) fn measure<T>(mut run: impl FnMut() -> T) -> Spread {
    let begun = Instant::now();
    let mut warm = 0u32;
    while warm < 3 || begun.elapsed() < WARM_UP {
        black_box(run());
        warm += 1;
    }
    let once = begun.elapsed() / warm;
    let repeats = (SAMPLE.as_nanos() / once.as_nanos().max(1)).clamp(1, 1_000_000);
    let repeats = u32::try_from(repeats).unwrap_or(1);
    let affordable = BUDGET.as_nanos() / (once.as_nanos().max(1) * u128::from(repeats));
    let samples = u32::try_from(affordable)
        .unwrap_or(SAMPLES)
        .clamp(15, SAMPLES);
    let samples = (0..samples).map(|_| {
        let start = Instant::now();
        for _ in 0..repeats {
            black_box(run());
        }
        start.elapsed().as_secs_f64() * 1e9 / f64::from(repeats)
    });
    Spread::of(samples.collect())
}
