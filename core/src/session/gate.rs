//! One gate per Client ID: the portal's rate limit is bound to it (guide 2.2 item 3).

use super::settings::RateBudget;
use super::slab::ByAge;
use super::time::{Millis, TimerKey};
use crate::error::PortalError;

/// A place in a gate's order: an age. Token requests go before calls, whose turns begin at [`CALLS`].
pub(super) type Turn = u64;

const CALLS: Turn = 1 << 63;

pub(super) struct Gate {
    pub(super) client_id: String,
    /// How many reporters have this Client ID.
    pub(super) reporters: u32,
    /// Closed until then, and the timer that opens it.
    pub(super) closed: Option<(Millis, TimerKey)>,
    /// Of that, because of the portal's own word.
    pub(super) held_until: Millis,
    /// The portal's last 429.
    pub(super) refusal: Option<PortalError>,
    bucket: Option<Bucket>,
    /// Token slots that want to send, by age.
    pub(super) token_work: ByAge,
    /// Token slots with calls that can be sent, by the age of the first of them.
    pub(super) lanes: ByAge,
    /// The entry of this gate in the session's order.
    pub(super) listed: Option<Turn>,
}

impl Gate {
    pub(super) fn new(client_id: &str, budget: Option<RateBudget>, now: Millis) -> Self {
        Self {
            client_id: client_id.to_owned(),
            reporters: 0,
            closed: None,
            held_until: Millis::MIN,
            refusal: None,
            bucket: budget.map(|budget| Bucket::full(budget, now)),
            token_work: ByAge::new(),
            lanes: ByAge::new(),
            listed: None,
        }
    }

    /// Whose turn it is among this gate's, if the gate is open.
    pub(super) fn turn(&self) -> Option<Turn> {
        if self.closed.is_some() {
            return None;
        }
        let token = self.token_work.first().map(|(age, _)| *age);
        token.or_else(|| self.lanes.first().map(|(age, _)| CALLS | *age))
    }

    /// Pays for one request; tells until when the gate must close if that was the last.
    pub(super) fn pay(&mut self, now: Millis) -> Option<Millis> {
        self.bucket.as_mut()?.pay(now)
    }
}

/// A token bucket in exact integers: one call costs as many drops as a window has milliseconds, and
/// each millisecond brings as many drops as a window has calls.
struct Bucket {
    drops: i64,
    cost: i64,
    per_milli: i64,
    full: i64,
    at: Millis,
}

impl Bucket {
    fn full(budget: RateBudget, now: Millis) -> Self {
        let cost = i64::from(budget.per_seconds) * 1000;
        let full = cost.saturating_mul(i64::from(budget.calls));
        Self {
            drops: full,
            cost,
            per_milli: i64::from(budget.calls),
            full,
            at: now,
        }
    }

    fn pay(&mut self, now: Millis) -> Option<Millis> {
        let passed = now.saturating_sub(self.at).max(0);
        self.at = now;
        self.drops = self
            .drops
            .saturating_add(passed.saturating_mul(self.per_milli))
            .min(self.full)
            .saturating_sub(self.cost);
        let missing = self.cost.saturating_sub(self.drops);
        if missing <= 0 {
            return None;
        }
        let pause = missing.saturating_add(self.per_milli - 1) / self.per_milli;
        Some(now.saturating_add(pause))
    }
}
