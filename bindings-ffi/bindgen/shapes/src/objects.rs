//! Objects.

use std::cmp::Ordering;
use std::fmt;
use std::sync::atomic::{AtomicI64, AtomicU64, Ordering as Memory};
use std::sync::Arc;

use shapes_model::ShapesError;

static LIVE: AtomicI64 = AtomicI64::new(0);

/// How many counters there are.
#[uniffi::export]
pub fn live_counters() -> i64 {
    LIVE.load(Memory::SeqCst)
}

/// What counts.
#[derive(uniffi::Object)]
pub struct Counter {
    count: AtomicU64,
}

impl Drop for Counter {
    fn drop(&mut self) {
        LIVE.fetch_sub(1, Memory::SeqCst);
    }
}

impl Counter {
    fn at(count: u64) -> Arc<Self> {
        LIVE.fetch_add(1, Memory::SeqCst);
        Arc::new(Self {
            count: AtomicU64::new(count),
        })
    }
}

#[uniffi::export]
impl Counter {
    /// Begins at a number.
    #[uniffi::constructor(default(start = 0))]
    pub fn new(start: u32) -> Arc<Self> {
        Self::at(u64::from(start))
    }

    /// Begins at a number in a text.
    #[uniffi::constructor]
    pub fn parse(text: String) -> Result<Arc<Self>, ShapesError> {
        match text.parse() {
            Ok(count) => Ok(Self::at(count)),
            Err(_) => Err(ShapesError::Input {
                code: "number".to_owned(),
                text: "this is no number".to_owned(),
            }),
        }
    }

    /// Adds, and tells how many there are now.
    pub fn add(&self, more: u32) -> u64 {
        self.count.fetch_add(u64::from(more), Memory::SeqCst) + u64::from(more)
    }

    /// Another one with the sum of the two.
    pub fn plus(&self, other: Arc<Counter>) -> Arc<Counter> {
        Self::at(self.count.load(Memory::SeqCst) + other.count.load(Memory::SeqCst))
    }

    /// The same one.
    pub fn itself(self: Arc<Self>) -> Arc<Self> {
        self
    }

    /// The sum of a list, of which some may be missing.
    pub fn sum(&self, others: Vec<Option<Arc<Counter>>>) -> u64 {
        others
            .iter()
            .flatten()
            .map(|other| other.count.load(Memory::SeqCst))
            .sum::<u64>()
            + self.count.load(Memory::SeqCst)
    }
}

/// What is compared by its number.
#[derive(Debug, PartialEq, Eq, Hash, PartialOrd, Ord, uniffi::Object)]
#[uniffi::export(Debug, Display, Eq, Hash, Ord)]
pub struct Ticket {
    number: u32,
}

impl fmt::Display for Ticket {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "ticket {}", self.number)
    }
}

#[uniffi::export]
impl Ticket {
    /// One with a number.
    #[uniffi::constructor]
    pub fn new(number: u32) -> Arc<Self> {
        Arc::new(Self { number })
    }

    /// Whether it comes before another one.
    pub fn before(&self, other: &Ticket) -> bool {
        self.cmp(other) == Ordering::Less
    }
}
