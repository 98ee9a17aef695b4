//! Times, and the memory of this process. The programs of the other languages do the same, each in its
//! own words: warm up for half of the time, then take samples, of which short ones hold several calls.

use std::hint::black_box;
use std::time::{Duration, Instant};

use crate::figure::Time;
use crate::Outcome;

const SAMPLES: u32 = 101;
/// Fewer say nothing of a spread.
const FEWEST: u32 = 15;
/// What a sample should take at least, so that the clock's own grain does not matter.
const SAMPLE: Duration = Duration::from_millis(2);

/// Measures one call, in about so many seconds. What it returns is dropped within its time.
pub(crate) fn time<T>(seconds: f64, mut call: impl FnMut() -> T) -> Time {
    let half = Duration::from_secs_f64(seconds / 2.0);
    let (begun, mut warm) = (Instant::now(), 0u32);
    while warm < 3 || begun.elapsed() < half {
        black_box(call());
        warm += 1;
    }
    let once = (begun.elapsed() / warm).max(Duration::from_nanos(1));
    let calls = SAMPLE.as_nanos().div_ceil(once.as_nanos()).max(1);
    let affordable = half.as_nanos() / (once.as_nanos() * calls);
    let samples = u32::try_from(affordable)
        .unwrap_or(SAMPLES)
        .clamp(FEWEST, SAMPLES);
    let calls = u32::try_from(calls).unwrap_or(u32::MAX);
    let taken = (0..samples).map(|_| {
        let start = Instant::now();
        for _ in 0..calls {
            black_box(call());
        }
        start.elapsed().as_secs_f64() * 1e9 / f64::from(calls)
    });
    Time::of(taken.collect(), calls)
}

/// By how many bytes the process's memory rises while something runs, above what it held before; none
/// where the system does not tell.
pub(crate) fn rise(run: impl FnOnce() -> Outcome) -> Outcome<Option<u64>> {
    // The kernel's own way of setting the high-water mark back.
    if std::fs::write("/proc/self/clear_refs", "5").is_err() {
        run()?;
        return Ok(None);
    }
    let before = high_water();
    run()?;
    Ok(before
        .zip(high_water())
        .map(|(before, after)| after.saturating_sub(before)))
}

fn high_water() -> Option<u64> {
    let status = std::fs::read_to_string("/proc/self/status").ok()?;
    let line = status
        .lines()
        .find_map(|line| line.strip_prefix("VmHWM:"))?;
    let kib: u64 = line.trim().trim_end_matches(" kB").parse().ok()?;
    Some(kib * 1024)
}
