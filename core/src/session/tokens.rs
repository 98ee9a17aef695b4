//! Getting a token: direct by variant A or B, delegated by exchange.

use std::sync::Arc;

use super::action::Action;
use super::credentials::{Credentials, Purpose};
use super::inputs::What;
use super::slab::Key;
use super::slot::{Slot, SlotState};
use super::{ExchangeId, FailureReason, ReporterId, Session, SignatureAlgorithm, SignatureId};
use crate::auth::{
    exchange_request, jti_from, variant_a_request, variant_b_request, AuthError, UnsignedAssertion,
};
use crate::http::{HttpRequest, Identity};
use crate::model::Timestamp;

impl Session {
    /// Sees to it that a slot gets a token, unless that is under way.
    pub(super) fn want_token(&mut self, slot_key: Key) {
        self.drop_stale(slot_key);
        let Some(slot) = self.slots.get(slot_key) else {
            return;
        };
        if let SlotState::Refused { reason, .. } = &slot.state {
            let reason = (**reason).clone();
            self.fail_queue(slot_key, &reason);
        } else if matches!(slot.state, SlotState::Empty) {
            match slot.direct {
                Some(direct) => self.want_delegated(slot_key, direct),
                None => self.queue_token(slot_key),
            }
        }
        self.relist_lane(slot_key);
    }

    fn want_delegated(&mut self, slot_key: Key, direct_key: Key) {
        self.drop_stale(direct_key);
        let now = self.now();
        let Some(direct) = self.slots.get_mut(direct_key) else {
            self.fail_slot(slot_key, &FailureReason::ReporterRemoved, false);
            return;
        };
        if direct.fresh(now).is_some() {
            self.queue_token(slot_key);
            return;
        }
        if let SlotState::Refused { reason, .. } = &direct.state {
            let reason = (**reason).clone();
            self.fail_slot(slot_key, &reason, false);
            return;
        }
        direct.dependants.insert(slot_key, ());
        if let Some(slot) = self.slots.get_mut(slot_key) {
            slot.state = SlotState::WaitingForDirect;
        }
        self.want_token(direct_key);
    }

    /// Empties a slot whose token is no longer fresh, or whose refusal is no longer remembered.
    fn drop_stale(&mut self, slot_key: Key) {
        let now = self.now();
        let stale = match self.slots.get(slot_key).map(|slot| &slot.state) {
            Some(SlotState::Held(grant)) => now >= grant.usable_until,
            Some(SlotState::Refused { until, .. }) => now >= *until,
            _ => false,
        };
        if stale {
            self.empty(slot_key);
        }
    }

    pub(super) fn queue_token(&mut self, slot_key: Key) {
        let age = self.next_age();
        let Some(gate_key) = self.slots.get(slot_key).map(|slot| slot.gate) else {
            return;
        };
        if let Some(error) = self.held_too_long(gate_key) {
            self.fail_slot(slot_key, &FailureReason::Portal { error }, false);
            return;
        }
        if let Some(slot) = self.slots.get_mut(slot_key) {
            slot.state = SlotState::Queued { age };
        }
        if let Some(gate) = self.gates.get_mut(gate_key) {
            gate.token_work.insert((age, slot_key));
        }
        self.relist_gate(gate_key);
        self.relist_lane(slot_key);
    }

    /// Begins the request whose turn has come.
    pub(super) fn start_token(&mut self, slot_key: Key) -> Option<Action> {
        self.empty(slot_key);
        self.drop_unwanting(slot_key);
        let slot = self.slots.get(slot_key)?;
        let gate_key = slot.gate;
        if slot.unwanted() {
            self.release_if_idle(slot_key);
            return None;
        }
        let credentials = Arc::clone(&slot.credentials);
        let built = match (&slot.key.purpose, slot.direct) {
            (Purpose::Delegated(profil), Some(direct_key)) => {
                let Some(grant) = self
                    .slots
                    .get(direct_key)
                    .and_then(|direct| direct.fresh(self.now()))
                else {
                    // It ran out while the exchange stood in line.
                    self.want_token(slot_key);
                    return None;
                };
                let serial = grant.serial;
                exchange_request(&self.environment, &grant.token, profil)
                    .map(|request| Step::Send(request, Some(serial)))
            }
            _ => self.direct_step(&credentials),
        };
        match built {
            Ok(Step::Send(request, direct)) => {
                self.pay(gate_key);
                self.send_token(slot_key, request, direct)
            }
            Ok(Step::Sign(assertion)) => {
                self.pay(gate_key);
                self.ask_for_signature(slot_key, *assertion)
            }
            Err(error) => {
                self.fail_slot(slot_key, &FailureReason::Auth { error }, true);
                None
            }
        }
    }

    /// Takes off a direct slot the delegated ones whose calls have all ended meanwhile.
    fn drop_unwanting(&mut self, slot_key: Key) {
        let Some(slot) = self.slots.get(slot_key) else {
            return;
        };
        let unwanting: Vec<Key> = slot
            .dependants
            .iter()
            .map(|(key, ())| *key)
            .filter(|key| self.slots.get(*key).is_none_or(Slot::unwanted))
            .collect();
        for dependant in unwanting {
            if let Some(slot) = self.slots.get_mut(slot_key) {
                slot.dependants.remove(&dependant);
            }
            self.empty(dependant);
            self.relist_lane(dependant);
            self.release_if_idle(dependant);
        }
    }

    fn direct_step(&mut self, credentials: &Credentials) -> Result<Step, AuthError> {
        match credentials {
            Credentials::ClientSecret {
                client_id,
                client_secret,
                scope,
                ..
            } => Ok(Step::Send(
                variant_a_request(&self.environment, client_id, client_secret, scope),
                None,
            )),
            Credentials::Assertion {
                settings,
                chain,
                key,
                scope,
                ..
            } => {
                // Every attempt has its own assertion: the STS remembers each jti, also of requests
                // that failed.
                let jti = jti_from(&self.chance.entropy());
                let audience = self.environment.audience();
                let now = self.sts_now();
                let unsigned = UnsignedAssertion::prepare(settings, audience, chain, now, &jti)?;
                let Some(key) = key else {
                    return Ok(Step::Sign(Box::new(unsigned)));
                };
                let assertion = unsigned.sign(key, &self.chance.entropy())?;
                let request = variant_b_request(&self.environment, &assertion, scope);
                Ok(Step::Send(request, None))
            }
        }
    }

    fn ask_for_signature(&mut self, slot_key: Key, assertion: UnsignedAssertion) -> Option<Action> {
        let reporter = self.user_of(slot_key)?;
        let signing_input = assertion.signing_input().to_vec();
        let signature = self.open_signature(slot_key, assertion);
        self.slots.get_mut(slot_key)?.state = SlotState::Signing;
        self.relist_lane(slot_key);
        self.counters.signatures += 1;
        Some(Action::Sign {
            signature: SignatureId(signature),
            reporter,
            signing_input,
            algorithm: SignatureAlgorithm::Rs256,
        })
    }

    /// Sends a request that the host has signed.
    pub(super) fn send_signed(&mut self, slot_key: Key) -> Option<Action> {
        let slot = self.slots.get_mut(slot_key)?;
        match std::mem::replace(&mut slot.state, SlotState::Empty) {
            SlotState::Signed { age, request } => {
                self.signed.remove(&(age, slot_key));
                self.send_token(slot_key, *request, None)
            }
            other => {
                slot.state = other;
                None
            }
        }
    }

    fn send_token(
        &mut self,
        slot_key: Key,
        request: HttpRequest,
        direct: Option<u64>,
    ) -> Option<Action> {
        let reporter = self.user_of(slot_key);
        let timeout_seconds = self.settings.token_timeout_seconds;
        let what = What::Token {
            slot: slot_key,
            direct,
        };
        let exchange = self.open_exchange(what, timeout_seconds);
        let now = self.now();
        let slot = self.slots.get_mut(slot_key)?;
        slot.state = SlotState::Requesting { exchange };
        slot.episode.first_sent.get_or_insert(now);
        self.relist_lane(slot_key);
        self.counters.token_requests += 1;
        Some(Action::Send {
            exchange: ExchangeId(exchange),
            reporter: reporter.filter(|_| request.identity != Identity::None),
            request,
            call: None,
            timeout_seconds,
        })
    }

    /// The STS's time, as far as it is known.
    pub(super) fn sts_now(&self) -> Timestamp {
        self.clock.host().plus_millis(self.sts_offset)
    }

    fn user_of(&self, slot_key: Key) -> Option<ReporterId> {
        self.slots
            .get(slot_key)?
            .users
            .iter()
            .next()
            .map(|(key, ())| ReporterId(*key))
    }

    /// Empties a slot and takes it out of wherever its state had put it.
    pub(super) fn empty(&mut self, slot_key: Key) {
        let Some(slot) = self.slots.get_mut(slot_key) else {
            return;
        };
        let gate_key = slot.gate;
        let expiry = slot.expiry.take();
        let direct = slot.direct;
        let before = std::mem::replace(&mut slot.state, SlotState::Empty);
        if let Some(timer) = expiry {
            self.expiries.unset(timer);
        }
        match before {
            SlotState::Queued { age } => {
                if let Some(gate) = self.gates.get_mut(gate_key) {
                    gate.token_work.remove(&(age, slot_key));
                }
                self.relist_gate(gate_key);
            }
            SlotState::Signed { age, .. } => {
                self.signed.remove(&(age, slot_key));
            }
            SlotState::Backoff { timer } => self.timers.unset(timer),
            SlotState::WaitingForDirect => {
                if let Some(direct) = direct.and_then(|key| self.slots.get_mut(key)) {
                    direct.dependants.remove(&slot_key);
                }
            }
            // An exchange or signature that is out finds the slot in another state and is dropped.
            SlotState::Empty
            | SlotState::Signing
            | SlotState::Requesting { .. }
            | SlotState::Held(_)
            | SlotState::Refused { .. } => {}
        }
    }
}

enum Step {
    Send(HttpRequest, Option<u64>),
    Sign(Box<UnsignedAssertion>),
}
