//! The session's own clock, and the timers that hang on it.

use std::collections::BTreeMap;

use super::slab::Key;
use crate::model::Timestamp;

/// Milliseconds on the session's clock.
pub(super) type Millis = i64;

/// A clock that only goes forward. When the host's clock is set back, time stands still for that
/// step and goes on from there, so a pause of two seconds stays two seconds.
pub(super) struct Clock {
    inner: Millis,
    host: Option<Timestamp>,
}

impl Clock {
    pub(super) const fn new() -> Self {
        Self {
            inner: 0,
            host: None,
        }
    }

    pub(super) fn set(&mut self, now: Timestamp) {
        let passed = match self.host {
            Some(before) => now.millis_since(before).max(0),
            None => now.unix_millis(),
        };
        self.inner = self.inner.saturating_add(passed);
        self.host = Some(now);
    }

    pub(super) const fn now(&self) -> Millis {
        self.inner
    }

    /// The host's own time.
    pub(super) fn host(&self) -> Timestamp {
        self.host.unwrap_or(Timestamp::from_unix(0))
    }

    /// A time of the session's clock as the host's clock will show it.
    pub(super) fn on_host(&self, at: Millis) -> Timestamp {
        Timestamp::from_unix_millis(
            self.host()
                .unix_millis()
                .saturating_add(at.saturating_sub(self.inner)),
        )
    }
}

/// What happens at a time.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) enum Due {
    /// A call is tried again.
    Call(Key),
    /// A token is asked for again.
    Token(Key),
    /// A Client ID may go on.
    Gate(Key),
    /// An exchange got no answer.
    Exchange(Key),
    /// A signature got no answer.
    Signature(Key),
    /// A token has run out, or a refusal is no longer remembered.
    Expiry(Key),
}

pub(super) type TimerKey = (Millis, u64);

/// Timers in order of time, then of setting. Each is removed when its reason goes, so that there
/// are never more timers than things waiting.
#[derive(Default)]
pub(super) struct Timers {
    by_time: BTreeMap<TimerKey, Due>,
    set: u64,
}

impl Timers {
    pub(super) fn set(&mut self, at: Millis, due: Due) -> TimerKey {
        self.set += 1;
        let key = (at, self.set);
        self.by_time.insert(key, due);
        key
    }

    pub(super) fn unset(&mut self, key: TimerKey) {
        self.by_time.remove(&key);
    }

    pub(super) fn first(&self) -> Option<Millis> {
        self.by_time.first_key_value().map(|(key, _)| key.0)
    }

    pub(super) fn pop_due(&mut self, now: Millis) -> Option<Due> {
        let entry = self.by_time.first_entry()?;
        (entry.key().0 <= now).then(|| entry.remove())
    }

    pub(super) fn len(&self) -> usize {
        self.by_time.len()
    }
}
