//! Whose turn it is: gates by Client ID, in them lanes by token, in them calls by age.
//!
//! Each level knows the first of the one below, so the next call is found and a change is entered
//! in O(log n), and a closed gate or a missing token costs nothing for the calls behind it.

use super::slab::Key;
use super::slot::SlotState;
use super::time::{Due, Millis};
use super::{seconds, FailureReason, Session};
use crate::error::{PortalError, TransportFailure};

/// However long a `Retry-After` is, the portal is asked again after a day: a nonsensical one must not
/// keep a host away until it is restarted.
const LONGEST_HOLD: Millis = 86_400_000;

impl Session {
    /// Enters a change of a slot's state, queue or load in its gate's order.
    pub(super) fn relist_lane(&mut self, slot_key: Key) {
        let most = self.settings.max_in_flight_per_token;
        let Some(slot) = self.slots.get_mut(slot_key) else {
            return;
        };
        let ready = matches!(slot.state, SlotState::Empty | SlotState::Held(_));
        let room = most.is_none_or(|most| slot.in_flight < most);
        let first = if ready && room {
            slot.queue.first().map(|(age, _)| *age)
        } else {
            None
        };
        if first == slot.listed {
            return;
        }
        let (gate_key, before) = (slot.gate, slot.listed);
        slot.listed = first;
        if let Some(gate) = self.gates.get_mut(gate_key) {
            if let Some(age) = before {
                gate.lanes.remove(&(age, slot_key));
            }
            if let Some(age) = first {
                gate.lanes.insert((age, slot_key));
            }
        }
        self.relist_gate(gate_key);
    }

    /// Enters a change of a gate in the session's order.
    pub(super) fn relist_gate(&mut self, gate_key: Key) {
        let Some(gate) = self.gates.get_mut(gate_key) else {
            return;
        };
        let turn = gate.turn();
        if turn == gate.listed {
            return;
        }
        if let Some(before) = gate.listed {
            self.open.remove(&(before, gate_key));
        }
        if let Some(turn) = turn {
            self.open.insert((turn, gate_key));
        }
        gate.listed = turn;
    }

    /// Closes a gate until a time, or for longer than it was closed already.
    pub(super) fn close_gate(&mut self, gate_key: Key, until: Millis) {
        let Some(gate) = self.gates.get_mut(gate_key) else {
            return;
        };
        if let Some((before, timer)) = gate.closed {
            if before >= until {
                return;
            }
            self.timers.unset(timer);
        }
        let timer = self.timers.set(until, Due::Gate(gate_key));
        gate.closed = Some((until, timer));
        self.relist_gate(gate_key);
    }

    /// Takes one request from the budget.
    pub(super) fn pay(&mut self, gate_key: Key) {
        let now = self.now();
        let until = self.gates.get_mut(gate_key).and_then(|gate| gate.pay(now));
        if let Some(until) = until {
            self.close_gate(gate_key, until);
        }
    }

    /// Obeys a 429: the whole Client ID waits. Where that is longer than any call may wait, the
    /// calls end.
    pub(super) fn hold_gate(&mut self, gate_key: Key, pause: Millis, refusal: &PortalError) {
        let until = self.now().saturating_add(pause.min(LONGEST_HOLD));
        let Some(gate) = self.gates.get_mut(gate_key) else {
            return;
        };
        gate.held_until = gate.held_until.max(until);
        gate.refusal = Some(refusal.clone());
        self.close_gate(gate_key, until);
        if self.held_too_long(gate_key).is_some() {
            let slots: Vec<Key> = self
                .slots
                .iter()
                .filter(|(_, slot)| slot.gate == gate_key && !slot.unwanted())
                .map(|(key, _)| key)
                .collect();
            for slot in slots {
                self.fail_waiters_at_gate(slot, refusal);
            }
        }
    }

    /// The 429 that closed a gate for longer than a call may wait.
    pub(super) fn held_too_long(&self, gate_key: Key) -> Option<PortalError> {
        let gate = self.gates.get(gate_key)?;
        let wait = gate.held_until.saturating_sub(self.now());
        if wait > seconds(self.settings.max_wait_seconds) {
            gate.refusal.clone()
        } else {
            None
        }
    }

    /// Ends what waits at a gate: calls, and a token request that was not sent. What is out, or will
    /// be tried at a time of its own, meets the gate when it comes back.
    fn fail_waiters_at_gate(&mut self, slot_key: Key, refusal: &PortalError) {
        let reason = FailureReason::Portal {
            error: refusal.clone(),
        };
        match self.slots.get(slot_key).map(|slot| &slot.state) {
            Some(SlotState::Queued { .. }) => self.fail_slot(slot_key, &reason, false),
            Some(_) => {
                self.fail_queue(slot_key, &reason);
                self.relist_lane(slot_key);
            }
            None => {}
        }
    }

    /// Moves the clock and does what has become due.
    pub(super) fn tick(&mut self, now: crate::model::Timestamp) {
        self.clock.set(now);
        let now = self.now();
        while let Some(due) = self.expiries.pop_due(now) {
            self.fire(due);
        }
        while let Some(due) = self.timers.pop_due(now) {
            self.fire(due);
        }
    }

    fn fire(&mut self, due: Due) {
        match due {
            Due::Call(call) => self.queue_call(call),
            Due::Token(slot) => {
                if let Some(slot) = self.slots.get_mut(slot) {
                    slot.state = SlotState::Empty;
                }
                self.want_token(slot);
            }
            Due::Gate(gate_key) => {
                if let Some(gate) = self.gates.get_mut(gate_key) {
                    gate.closed = None;
                }
                self.relist_gate(gate_key);
            }
            Due::Exchange(exchange) => {
                if let Some(exchange) = self.exchanges.remove(exchange) {
                    self.counters.lost += 1;
                    self.unanswered(exchange.what, TransportFailure::TimedOut);
                }
            }
            Due::Signature(signature) => {
                if let Some(signature) = self.signatures.remove(signature) {
                    self.counters.lost += 1;
                    self.not_signed(signature.slot, "no answer in time");
                }
            }
            Due::Expiry(slot_key) => self.forget(slot_key),
        }
    }
}
