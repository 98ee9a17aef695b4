//! An allocator that counts while it is told to, and costs next to nothing while it is not.

use std::alloc::{GlobalAlloc, Layout, System};
use std::sync::atomic::{AtomicBool, AtomicI64, AtomicU64, Ordering::Relaxed};

struct Counting;

#[global_allocator]
static ALLOCATOR: Counting = Counting;

static ON: AtomicBool = AtomicBool::new(false);
static CALLS: AtomicU64 = AtomicU64::new(0);
static HELD: AtomicI64 = AtomicI64::new(0);
static PEAK: AtomicI64 = AtomicI64::new(0);

fn grown(bytes: usize) {
    CALLS.fetch_add(1, Relaxed);
    let bytes = i64::try_from(bytes).unwrap_or(i64::MAX);
    let held = HELD.fetch_add(bytes, Relaxed) + bytes;
    PEAK.fetch_max(held, Relaxed);
}

fn shrunk(bytes: usize) {
    HELD.fetch_sub(i64::try_from(bytes).unwrap_or(i64::MAX), Relaxed);
}

// Every call is handed to the system's allocator with the arguments it came with.
unsafe impl GlobalAlloc for Counting {
    unsafe fn alloc(&self, layout: Layout) -> *mut u8 {
        if ON.load(Relaxed) {
            grown(layout.size());
        }
        unsafe { System.alloc(layout) }
    }

    unsafe fn alloc_zeroed(&self, layout: Layout) -> *mut u8 {
        if ON.load(Relaxed) {
            grown(layout.size());
        }
        unsafe { System.alloc_zeroed(layout) }
    }

    unsafe fn dealloc(&self, place: *mut u8, layout: Layout) {
        if ON.load(Relaxed) {
            shrunk(layout.size());
        }
        unsafe { System.dealloc(place, layout) }
    }

    unsafe fn realloc(&self, place: *mut u8, layout: Layout, size: usize) -> *mut u8 {
        if ON.load(Relaxed) {
            // The old place counts until the new one is there only where the allocator moves, which
            // cannot be seen from here.
            shrunk(layout.size());
            grown(size);
        }
        unsafe { System.realloc(place, layout, size) }
    }
}

/// What happened to memory while something ran.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct Memory {
    /// Allocations, each growth of one included.
    pub(crate) allocations: u64,
    /// Bytes allocated and not given back.
    pub(crate) held: i64,
    /// The most bytes at any moment.
    pub(crate) peak: i64,
}

/// Runs something once and counts; what it returns is held until the counting is over.
pub(crate) fn count<T>(run: impl FnOnce() -> T) -> (T, Memory) {
    CALLS.store(0, Relaxed);
    HELD.store(0, Relaxed);
    PEAK.store(0, Relaxed);
    ON.store(true, Relaxed);
    let result = run();
    ON.store(false, Relaxed);
    let memory = Memory {
        allocations: CALLS.load(Relaxed),
        held: HELD.load(Relaxed),
        peak: PEAK.load(Relaxed),
    };
    (result, memory)
}
