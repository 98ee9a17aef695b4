//! What the host hands in: answers, failures, signatures.

use super::slab::Key;
use super::slot::SlotState;
use super::time::{Due, TimerKey};
use super::{seconds, ExchangeId, FailureReason, Session, SessionError, SignatureId};
use crate::auth::{variant_b_request, UnsignedAssertion};
use crate::error::{shown_within, TransportFailure};
use crate::http::HttpResponse;
use crate::model::Timestamp;
use crate::session::credentials::Credentials;

/// A request that is out.
pub(super) struct Exchange {
    pub(super) what: What,
    /// When it counts as lost.
    pub(super) timer: TimerKey,
}

/// What a request is for. The call, slot or token may be gone when the answer comes.
#[derive(Clone, Copy)]
pub(super) enum What {
    Call {
        call: Key,
        slot: Key,
        /// The token it was sent with.
        serial: Option<u64>,
    },
    Token {
        slot: Key,
        /// Of an exchange, the direct token it was sent with.
        direct: Option<u64>,
    },
}

/// A signature that is out.
pub(super) struct Signature {
    pub(super) slot: Key,
    pub(super) assertion: UnsignedAssertion,
    pub(super) timer: TimerKey,
}

impl Session {
    /// Hands in the answer to a request, whatever its status.
    pub fn receive(
        &mut self,
        now: Timestamp,
        exchange: ExchangeId,
        response: HttpResponse,
    ) -> Result<(), SessionError> {
        match self.close_exchange(now, exchange)? {
            What::Call { call, slot, serial } => self.call_answered(call, slot, serial, response),
            What::Token { slot, direct } => {
                if self.is_requesting(slot, exchange.0) {
                    self.token_answered(slot, direct, &response);
                    self.drop_if_unused(slot);
                }
            }
        }
        Ok(())
    }

    /// Reports that a request got no answer.
    pub fn failed(
        &mut self,
        now: Timestamp,
        exchange: ExchangeId,
        failure: TransportFailure,
    ) -> Result<(), SessionError> {
        let what = self.close_exchange(now, exchange)?;
        if let What::Token { slot, .. } = what {
            if !self.is_requesting(slot, exchange.0) {
                return Ok(());
            }
        }
        self.unanswered(what, failure);
        Ok(())
    }

    /// Hands in a signature: the raw bytes.
    pub fn signed(
        &mut self,
        now: Timestamp,
        signature: SignatureId,
        bytes: &[u8],
    ) -> Result<(), SessionError> {
        let signature = self.close_signature(now, signature)?;
        let slot_key = signature.slot;
        let Some(slot) = self.slots.get(slot_key) else {
            return Ok(());
        };
        if !matches!(slot.state, SlotState::Signing) {
            return Ok(());
        }
        let assertion = match signature.assertion.with_signature(bytes) {
            Ok(assertion) => assertion,
            Err(error) => {
                self.fail_slot(slot_key, &FailureReason::Auth { error }, true);
                self.drop_if_unused(slot_key);
                return Ok(());
            }
        };
        let sts_now = self.sts_now().unix();
        if assertion.claims().expires_at <= sts_now {
            // A person had to find a card, say: the STS would refuse this one.
            self.sign_again(slot_key);
            return Ok(());
        }
        let Credentials::Assertion { scope, .. } = &*slot.credentials else {
            return Ok(());
        };
        let request = Box::new(variant_b_request(&self.environment, &assertion, scope));
        let age = self.next_age();
        if let Some(slot) = self.slots.get_mut(slot_key) {
            slot.state = SlotState::Signed { age, request };
            self.signed.insert((age, slot_key));
        }
        self.drop_if_unused(slot_key);
        Ok(())
    }

    /// Reports that the reporter's key did not sign. The reason is for people: it is cut, and what
    /// looks like a secret in it is replaced.
    pub fn sign_failed(
        &mut self,
        now: Timestamp,
        signature: SignatureId,
        reason: &str,
    ) -> Result<(), SessionError> {
        let signature = self.close_signature(now, signature)?;
        self.not_signed(signature.slot, reason);
        Ok(())
    }

    pub(super) fn not_signed(&mut self, slot_key: Key, reason: &str) {
        let reason = shown_within(reason, 200).unwrap_or_default();
        self.fail_slot(slot_key, &FailureReason::NotSigned { reason }, true);
        self.drop_if_unused(slot_key);
    }

    fn sign_again(&mut self, slot_key: Key) {
        let Some(slot) = self.slots.get_mut(slot_key) else {
            return;
        };
        slot.episode.failures += 1;
        if slot.episode.failures >= self.settings.max_attempts {
            self.not_signed(
                slot_key,
                "each signature came after its assertion had expired",
            );
        } else {
            slot.state = SlotState::Empty;
            self.want_token(slot_key);
            self.drop_if_unused(slot_key);
        }
    }

    pub(super) fn unanswered(&mut self, what: What, failure: TransportFailure) {
        match what {
            What::Call { call, slot, .. } => self.call_unanswered(call, slot, failure),
            What::Token { slot, .. } => {
                self.token_unanswered(slot, failure);
                self.drop_if_unused(slot);
            }
        }
    }

    pub(super) fn open_exchange(&mut self, what: What, timeout_seconds: u32) -> Key {
        let at = self
            .now()
            .saturating_add(seconds(timeout_seconds))
            .saturating_add(seconds(self.settings.lost_after_seconds));
        let key = self.exchanges.insert(Exchange {
            what,
            timer: (at, 0),
        });
        let timer = self.timers.set(at, Due::Exchange(key));
        if let Some(exchange) = self.exchanges.get_mut(key) {
            exchange.timer = timer;
        }
        key
    }

    pub(super) fn open_signature(&mut self, slot: Key, assertion: UnsignedAssertion) -> Key {
        let at = self
            .now()
            .saturating_add(seconds(self.settings.token_timeout_seconds))
            .saturating_add(seconds(self.settings.lost_after_seconds));
        let key = self.signatures.insert(Signature {
            slot,
            assertion,
            timer: (at, 0),
        });
        let timer = self.timers.set(at, Due::Signature(key));
        if let Some(signature) = self.signatures.get_mut(key) {
            signature.timer = timer;
        }
        key
    }

    /// The clock moves, but nothing falls due before the answer is looked at: one that comes at the
    /// last moment is better than none.
    fn close_exchange(&mut self, now: Timestamp, id: ExchangeId) -> Result<What, SessionError> {
        self.clock.set(now);
        let exchange = self
            .exchanges
            .remove(id.0)
            .ok_or(SessionError::UnknownExchange)?;
        self.timers.unset(exchange.timer);
        Ok(exchange.what)
    }

    fn close_signature(
        &mut self,
        now: Timestamp,
        id: SignatureId,
    ) -> Result<Signature, SessionError> {
        self.clock.set(now);
        let signature = self
            .signatures
            .remove(id.0)
            .ok_or(SessionError::UnknownSignature)?;
        self.timers.unset(signature.timer);
        Ok(signature)
    }

    fn is_requesting(&self, slot: Key, exchange: Key) -> bool {
        matches!(
            self.slots.get(slot).map(|slot| &slot.state),
            Some(SlotState::Requesting { exchange: own }) if *own == exchange
        )
    }
}
