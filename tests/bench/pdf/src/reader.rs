//! What a reader is: a program that is given a list of files, a number of passes, a number of seconds
//! after which no further pass begins, and the index of the file to begin with. It reads each file into
//! memory, works through it, and prints one line a file:
//!
//! ```text
//! file <pass> <index> <nanoseconds> ok|failed|not read
//! ```
//!
//! Reading from the disk is not in that time. At its end it prints its memory in KiB, before the first
//! file and at its peak, and may print a note of its own, all separated by tabs.

use std::time::{Duration, Instant};

use crate::Outcome;

/// One file's work: whether the file could be read.
pub(crate) type Read = fn(&[u8]) -> bool;

/// A reader in this program.
pub(crate) fn run(arguments: &[&str], read: Read) -> Outcome {
    let [list, passes, seconds, from] = arguments else {
        return Err(crate::USE.into());
    };
    let (passes, mut from): (u32, usize) = (passes.parse()?, from.parse()?);
    let budget = Duration::from_secs(seconds.parse()?);
    let list = std::fs::read_to_string(list)?;
    let base = high_water();
    let (begun, mut worst, mut heap) = (Instant::now(), Duration::ZERO, 0f64);
    for pass in 0..passes {
        let start = Instant::now();
        for (index, file) in list.lines().enumerate().skip(from) {
            let bytes = std::fs::read(file)?;
            let clock = Instant::now();
            let ok = read(&bytes);
            let nanos = clock.elapsed().as_nanos();
            let status = if ok { "ok" } else { "not read" };
            println!("file\t{pass}\t{index}\t{nanos}\t{status}");
        }
        from = 0;
        worst = worst.max(start.elapsed());
        if begun.elapsed() + worst > budget {
            break;
        }
    }
    println!("memory\t{base}\t{}", high_water());
    // By the allocator, in a pass of its own. Small files are left out: a fixed table is many times
    // their size.
    for file in list.lines() {
        let bytes = std::fs::read(file)?;
        if bytes.len() >= 100_000 {
            let (_, memory) = crate::memory::count(|| read(&bytes));
            #[allow(clippy::cast_precision_loss)] // Far below 2^52.
            let part = memory.peak as f64 / bytes.len() as f64;
            heap = heap.max(part);
        }
    }
    println!("note\theap beyond the input at most {heap:.2}× a file of 100 kB or more");
    Ok(())
}

/// The most memory that this process has held, in KiB; 0 where the system does not tell.
fn high_water() -> u64 {
    let status = std::fs::read_to_string("/proc/self/status").unwrap_or_default();
    let line = status.lines().find_map(|line| line.strip_prefix("VmHWM:"));
    line.and_then(|rest| rest.trim().trim_end_matches(" kB").parse().ok())
        .unwrap_or(0)
}
