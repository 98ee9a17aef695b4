//! The sandbox's clock: real time and an offset that a test can set.

use std::sync::atomic::{AtomicI64, Ordering};
use std::sync::Arc;

use time::{Duration, OffsetDateTime};

/// A clock that all parts of one sandbox share. Clones show the same time.
///
/// ```
/// use skifteportal_sandbox::clock::Clock;
/// let clock = Clock::new();
/// let before = clock.unix_seconds();
/// clock.set_offset_seconds(3600);
/// assert!(clock.unix_seconds() >= before + 3600);
/// ```
#[derive(Clone, Debug, Default)]
pub struct Clock {
    offset_seconds: Arc<AtomicI64>,
}

/// A hundred years in seconds: the greatest offset either way.
const MAX_OFFSET: i64 = 100 * 366 * 86_400;

impl Clock {
    /// A clock that shows real time.
    pub fn new() -> Self {
        Self::default()
    }

    /// Now, in UTC.
    pub fn now(&self) -> OffsetDateTime {
        OffsetDateTime::now_utc() + Duration::seconds(self.offset_seconds())
    }

    /// Now, in whole seconds since 1970.
    pub fn unix_seconds(&self) -> i64 {
        self.now().unix_timestamp()
    }

    /// How far the clock is ahead of real time; negative when it is behind.
    pub fn offset_seconds(&self) -> i64 {
        self.offset_seconds.load(Ordering::Relaxed)
    }

    /// Sets how far the clock is ahead of real time, at most a hundred years either way.
    pub fn set_offset_seconds(&self, seconds: i64) {
        self.offset_seconds
            .store(seconds.clamp(-MAX_OFFSET, MAX_OFFSET), Ordering::Relaxed);
    }
}
