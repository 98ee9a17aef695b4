//! What to do next: for any call, or for one.

use super::calls::CallState;
use super::credentials::Purpose;
use super::slab::Key;
use super::slot::SlotState;
use super::{Action, CallId, Session, SessionError};
use crate::model::Timestamp;

/// More steps than one question can take; a bound where a loop would otherwise rest on an argument.
const MOST_STEPS: u32 = 32;

impl Session {
    /// What to do next, for any call. Ended calls come first, then token requests, then calls in the
    /// order in which they were submitted.
    pub fn next(&mut self, now: Timestamp) -> Action {
        self.tick(now);
        loop {
            if let Some((_, call)) = self.done.pop_first() {
                if let Some(action) = self.hand_back(call) {
                    return action;
                }
            } else if let Some((_, slot)) = self.signed.pop_first() {
                if let Some(action) = self.send_signed(slot) {
                    return action;
                }
            } else if self.is_full() {
                break;
            } else {
                let Some((_, gate)) = self.open.first().copied() else {
                    break;
                };
                if let Some(action) = self.advance_gate(gate) {
                    return action;
                }
            }
        }
        self.pause()
    }

    /// What to do next for one call: sends and signs what this call needs, be it the call's own
    /// request or the token that it shares with others, and nothing else. For hosts with one thread
    /// per call; a thread that is told [`Action::Parked`] or [`Action::Wait`] must be woken when
    /// another one has handed in an answer.
    ///
    /// A call that asks does not stand in line behind calls that do not.
    pub fn next_for(&mut self, call: CallId, now: Timestamp) -> Result<Action, SessionError> {
        self.tick(now);
        for _ in 0..MOST_STEPS {
            let entry = self.calls.get(call.0).ok_or(SessionError::UnknownCall)?;
            match &entry.state {
                CallState::Done { ended, .. } => {
                    let ended = *ended;
                    self.done.remove(&(ended, call.0));
                    return self.hand_back(call.0).ok_or(SessionError::UnknownCall);
                }
                CallState::Sent => return Ok(self.parked()),
                CallState::Backoff { timer } => return Ok(self.wait(timer.0)),
                CallState::Queued => {
                    let slot = entry.slot;
                    if let Some(action) = self.advance_call(call.0, slot) {
                        return Ok(action);
                    }
                }
            }
        }
        Ok(self.parked())
    }

    fn advance_gate(&mut self, gate_key: Key) -> Option<Action> {
        let gate = self.gates.get(gate_key)?;
        if let Some(slot) = gate.token_work.first().map(|(_, slot)| *slot) {
            return self.start_token(slot);
        }
        let (_, slot_key) = gate.lanes.first().copied()?;
        if self.has_token(slot_key) {
            let call = self.slots.get(slot_key)?.queue.first()?.1;
            return self.send_call(call);
        }
        self.want_token(slot_key);
        None
    }

    fn advance_call(&mut self, call: Key, slot_key: Key) -> Option<Action> {
        if self.has_token(slot_key) {
            let slot = self.slots.get(slot_key)?;
            let most = self.settings.max_in_flight_per_token;
            if most.is_some_and(|most| slot.in_flight >= most) {
                return Some(self.parked());
            }
            if let Some(action) = self.stopped(slot.gate) {
                return Some(action);
            }
            return self.send_call(call);
        }
        self.want_token(slot_key);
        self.advance_token(slot_key)
    }

    fn advance_token(&mut self, slot_key: Key) -> Option<Action> {
        let slot = self.slots.get(slot_key)?;
        match &slot.state {
            SlotState::WaitingForDirect => {
                let direct = slot.direct?;
                self.advance_token(direct)
            }
            SlotState::Queued { .. } => self
                .stopped(slot.gate)
                .or_else(|| self.start_token(slot_key)),
            SlotState::Signed { .. } => self.send_signed(slot_key),
            SlotState::Signing | SlotState::Requesting { .. } => Some(self.parked()),
            SlotState::Backoff { timer } => {
                let at = timer.0;
                Some(self.wait(at))
            }
            SlotState::Empty | SlotState::Held(_) | SlotState::Refused { .. } => None,
        }
    }

    /// Whether a slot's calls can be sent as far as the token goes.
    fn has_token(&self, slot_key: Key) -> bool {
        self.slots.get(slot_key).is_some_and(|slot| {
            slot.key.purpose == Purpose::Plain || slot.fresh(self.now()).is_some()
        })
    }

    /// What keeps a request of a gate from going out now.
    fn stopped(&self, gate_key: Key) -> Option<Action> {
        let gate = self.gates.get(gate_key)?;
        if let Some((until, _)) = gate.closed {
            return Some(self.wait(until));
        }
        self.is_full().then(|| self.parked())
    }

    fn is_full(&self) -> bool {
        let most = usize::try_from(self.settings.max_in_flight).unwrap_or(usize::MAX);
        self.out() >= most
    }

    /// Exchanges and signatures that are out or about to be.
    pub(super) fn out(&self) -> usize {
        self.exchanges.len() + self.signatures.len() + self.signed.len()
    }

    fn wait(&self, at: super::time::Millis) -> Action {
        Action::Wait {
            until: self.clock.on_host(at),
        }
    }

    fn parked(&self) -> Action {
        let soon = self.now().saturating_add(1000);
        Action::Parked {
            until: self.clock.on_host(self.timers.first().unwrap_or(soon)),
        }
    }

    fn pause(&self) -> Action {
        if self.calls.len() == 0 {
            Action::Idle
        } else if self.out() > 0 {
            self.parked()
        } else {
            self.timers.first().map_or(Action::Idle, |at| self.wait(at))
        }
    }
}
