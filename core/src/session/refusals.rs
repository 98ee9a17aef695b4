//! Ends: of a token request, of the calls that waited for it, of a token's life.

use super::credentials::Purpose;
use super::slab::Key;
use super::slot::{Episode, SlotState};
use super::time::Due;
use super::{seconds, FailureReason, Session};

impl Session {
    /// A slot gets no token: whoever waits for it ends with the reason. With a cool-down, whoever
    /// comes in the next seconds does so too, and the STS is not asked.
    pub(super) fn fail_slot(&mut self, slot_key: Key, reason: &FailureReason, cool_down: bool) {
        self.empty(slot_key);
        let until = self
            .now()
            .saturating_add(seconds(self.settings.refusal_cool_down_seconds));
        let Some(slot) = self.slots.get_mut(slot_key) else {
            return;
        };
        slot.episode = Episode::default();
        if cool_down && self.settings.refusal_cool_down_seconds > 0 {
            slot.state = SlotState::Refused {
                reason: Box::new(reason.clone()),
                until,
            };
            slot.expiry = Some(self.expiries.set(until, Due::Expiry(slot_key)));
        }
        let dependants = std::mem::take(&mut slot.dependants);
        self.counters.refusals += 1;
        self.fail_queue(slot_key, reason);
        for (dependant, ()) in dependants.iter() {
            self.fail_slot(*dependant, reason, false);
        }
        self.relist_lane(slot_key);
        self.release_if_idle(slot_key);
    }

    /// Ends the calls that wait in a slot's queue.
    pub(super) fn fail_queue(&mut self, slot_key: Key, reason: &FailureReason) {
        let Some(slot) = self.slots.get_mut(slot_key) else {
            return;
        };
        for (_, call) in std::mem::take(&mut slot.queue) {
            self.fail_call(call, reason.clone(), None);
        }
    }

    /// A token has run out, or a refusal has been remembered for long enough.
    pub(super) fn forget(&mut self, slot_key: Key) {
        let now = self.now();
        let Some(slot) = self.slots.get_mut(slot_key) else {
            return;
        };
        slot.expiry = None;
        let over = match &slot.state {
            SlotState::Held(grant) => now >= grant.expires,
            SlotState::Refused { until, .. } => now >= *until,
            _ => false,
        };
        if over {
            slot.state = SlotState::Empty;
            self.relist_lane(slot_key);
            self.release_if_idle(slot_key);
        }
    }

    /// Gives up a delegated slot that holds nothing and that nobody wants, so that a session which
    /// acts for ever new likvidators does not grow.
    pub(super) fn release_if_idle(&mut self, slot_key: Key) {
        let Some(slot) = self.slots.get(slot_key) else {
            return;
        };
        let Purpose::Delegated(profil) = &slot.key.purpose else {
            return;
        };
        if slot.calls > 0 || !matches!(slot.state, SlotState::Empty) {
            return;
        }
        for (user, ()) in slot.users.iter() {
            if let Some(reporter) = self.reporters.get_mut(*user) {
                reporter.delegated.remove(profil);
            }
        }
        self.drop_slot(slot_key);
    }

    /// Drops a slot that no reporter uses any more. While its request is out it stays, so that a
    /// reporter who comes (back) with the same credentials does not make a second one.
    pub(super) fn drop_if_unused(&mut self, slot_key: Key) {
        let unused = self.slots.get(slot_key).is_some_and(|slot| {
            slot.users.is_empty()
                && !matches!(
                    slot.state,
                    SlotState::Requesting { .. } | SlotState::Signing
                )
        });
        if unused {
            self.drop_slot(slot_key);
        }
    }

    pub(super) fn drop_slot(&mut self, slot_key: Key) {
        self.empty(slot_key);
        let Some(slot) = self.slots.remove(slot_key) else {
            return;
        };
        self.by_key.remove(&slot.key);
        if let (Some(age), Some(gate)) = (slot.listed, self.gates.get_mut(slot.gate)) {
            gate.lanes.remove(&(age, slot_key));
            self.relist_gate(slot.gate);
        }
    }
}
