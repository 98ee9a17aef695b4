#![doc = include_str!("README.md")]

mod answer;
mod bilag;
mod codes;
mod dispatch;
mod disposition;
mod doedsbo;
mod dokumentlager;
mod henvendelse;
mod ids;
mod inbound;
mod kreditor;
mod members;
mod moment;
mod operations;
mod refusal;
mod registrering;
mod retskreds;
mod rules;
mod sagslager;
mod scan;
pub mod seed;
mod soegning;
mod state;

use std::collections::BTreeMap;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use crate::clock::Clock;
use moment::Moment;
use state::State;

pub use dispatch::{router, ERROR_SHAPE_HEADER};
pub use operations::{made_up_paths, Operation, Provenance, TokenRule, OPERATIONS};
pub use refusal::ErrorShape;
pub use scan::{Scanner, Verdict};
pub use state::Counts;

/// What can be set. All numbers are made up but the twenty bilag (guide 4.3.4).
#[derive(Clone, Debug)]
pub struct PortalOptions {
    /// The body of error answers, unless a request asks for another with
    /// [`ERROR_SHAPE_HEADER`].
    pub error_shape: ErrorShape,
    /// How many bilag a registration can have (guide 4.3.4).
    pub max_bilag_count: usize,
    /// The greatest size of a bilag or document in bytes; a greater bilag is `doedsbo.f18`.
    pub max_bilag_bytes: usize,
    /// The greatest size of an upload's body in bytes; beyond, 413.
    pub max_upload_bytes: usize,
    /// The greatest size of a JSON body in bytes; beyond, 413.
    pub max_json_bytes: usize,
    /// What looks into uploaded files.
    pub scanner: Scanner,
}

impl Default for PortalOptions {
    fn default() -> Self {
        Self {
            error_shape: ErrorShape::default(),
            max_bilag_count: 20,
            max_bilag_bytes: 10 * 1024 * 1024,
            max_upload_bytes: 32 * 1024 * 1024,
            max_json_bytes: 1024 * 1024,
            scanner: Scanner::detect(),
        }
    }
}

/// The portal behind the API host. Clones share what it remembers.
#[derive(Clone, Debug)]
pub struct Portal(Arc<Inner>);

#[derive(Debug)]
struct Inner {
    options: PortalOptions,
    clock: Clock,
    state: Mutex<State>,
}

impl Portal {
    /// A portal with the fictive data of [`seed`].
    pub fn new(options: PortalOptions, clock: Clock) -> Self {
        Self(Arc::new(Inner {
            options,
            clock,
            state: Mutex::new(seed::state()),
        }))
    }

    /// A portal with default options, on the machine's clock.
    pub fn seed() -> Self {
        Self::new(PortalOptions::default(), Clock::new())
    }

    /// Forgets all that was filed and starts again from the fictive data, with the same ids.
    pub fn reset(&self) {
        *self.state() = seed::state();
    }

    /// How much has been filed, by the id of the dødsbo or sag: for tests that nothing was filed
    /// twice.
    pub fn counts(&self) -> BTreeMap<String, Counts> {
        self.state().counts()
    }

    /// All that the portal remembers, in short: without CPR numbers, and without the content of
    /// payloads and files.
    pub fn snapshot(&self) -> serde_json::Value {
        let mut snapshot = self.state().snapshot();
        snapshot["scanner"] = self.scanner().description().into();
        snapshot
    }

    /// What was set.
    pub fn options(&self) -> &PortalOptions {
        &self.0.options
    }

    /// What looks into uploaded files; its description is for the log at start.
    pub fn scanner(&self) -> &Scanner {
        &self.0.options.scanner
    }

    fn now(&self) -> Moment {
        Moment::new(self.0.clock.now())
    }

    /// A lock that a panic elsewhere has poisoned still guards whole entities.
    fn state(&self) -> MutexGuard<'_, State> {
        self.0.state.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// As [`Portal::snapshot`].
pub fn snapshot(portal: &Portal) -> serde_json::Value {
    portal.snapshot()
}
