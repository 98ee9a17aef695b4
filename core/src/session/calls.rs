//! Calls: submitted, sent, ended, handed back.

use super::action::{Action, CallFailure, CallOutcome, Certainty};
use super::credentials::Purpose;
use super::inputs::What;
use super::slab::Key;
use super::slot::SlotState;
use super::time::{Millis, TimerKey};
use super::{CallId, ExchangeId, FailureReason, ReporterId, Session, SessionError};
use crate::api::{PreparedCall, TokenRule};
use crate::auth::Token;
use crate::error::PortalError;
use crate::http::{HttpResponse, Identity, Method};
use crate::model::{AdgangsprofilId, Timestamp};

pub(super) enum CallState {
    /// In its slot's queue.
    Queued,
    /// Tried again at a time.
    Backoff { timer: TimerKey },
    /// Out.
    Sent,
    /// Ended, and not handed back yet.
    Done { ended: u64, result: Ended },
}

/// What an ended call came to.
pub(super) enum Ended {
    /// A call that was sent, or one that failed.
    Call(CallOutcome),
    /// A wish for a token, granted.
    Token(Token),
}

pub(super) struct CallEntry {
    pub(super) reporter: Key,
    pub(super) slot: Key,
    /// What is sent; nothing where the token itself is wanted.
    pub(super) call: Option<PreparedCall>,
    /// Its place in every queue, also when it comes back.
    pub(super) age: u64,
    pub(super) state: CallState,
    pub(super) attempts: u32,
    pub(super) failures: u32,
    /// Sent once more after a 401.
    pub(super) refreshed: bool,
    /// An earlier attempt may have had its effect.
    pub(super) maybe_processed: bool,
    pub(super) limited: u32,
    pub(super) limited_since: Option<Millis>,
    pub(super) first_sent: Option<Millis>,
}

impl CallEntry {
    /// Whether sending it twice has the effect of sending it once.
    pub(super) fn repeatable(&self) -> bool {
        self.call.as_ref().is_none_or(PreparedCall::repeatable)
    }

    pub(super) fn is_delete(&self) -> bool {
        self.call
            .as_ref()
            .is_some_and(|call| call.operation().method == Method::Delete)
    }
}

impl Session {
    /// Submits a call for a reporter, or with an adgangsprofil for the likvidator whom it names.
    ///
    /// An operation that takes either token takes the delegated one where an adgangsprofil is named.
    /// One that never acts for a likvidator refuses an adgangsprofil rather than to act in another
    /// name than was asked for.
    pub fn submit(
        &mut self,
        now: Timestamp,
        reporter: ReporterId,
        adgangsprofil: Option<AdgangsprofilId>,
        call: PreparedCall,
    ) -> Result<CallId, SessionError> {
        let operation = call.operation();
        let purpose = match (operation.token, adgangsprofil) {
            (TokenRule::None, None) => Purpose::Plain,
            (TokenRule::Direct | TokenRule::Either, None) => Purpose::Direct,
            (TokenRule::Delegated | TokenRule::Either, Some(profil)) => Purpose::Delegated(profil),
            (TokenRule::Delegated, None) => {
                let operation = operation.key.to_string();
                return Err(SessionError::AdgangsprofilNeeded { operation });
            }
            (TokenRule::None | TokenRule::Direct, Some(_)) => {
                let operation = operation.key.to_string();
                return Err(SessionError::AdgangsprofilNotTaken { operation });
            }
        };
        self.enter(now, reporter, purpose, Some(call))
    }

    /// Asks for a token: the reporter's direct one, or with an adgangsprofil the likvidator's
    /// delegated one. It comes with [`Action::Token`], at once where a fresh one is at hand, and
    /// shares every rule with the calls: one refresh for all who wait, refusals, limits.
    ///
    /// For a host that has its own way of calling the API and wants the right token on each request.
    /// When the API answers 401, tell it with
    /// [`invalidate_tokens`](Session::invalidate_tokens) and ask again, once.
    pub fn submit_token(
        &mut self,
        now: Timestamp,
        reporter: ReporterId,
        adgangsprofil: Option<AdgangsprofilId>,
    ) -> Result<CallId, SessionError> {
        let purpose = adgangsprofil.map_or(Purpose::Direct, Purpose::Delegated);
        self.enter(now, reporter, purpose, None)
    }

    fn enter(
        &mut self,
        now: Timestamp,
        reporter: ReporterId,
        purpose: Purpose,
        call: Option<PreparedCall>,
    ) -> Result<CallId, SessionError> {
        self.clock.set(now);
        let limit = self.settings.max_calls;
        if self.calls.len() >= usize::try_from(limit).unwrap_or(usize::MAX) {
            return Err(SessionError::TooManyCalls { limit });
        }
        if self.reporters.get(reporter.0).is_none() {
            return Err(SessionError::UnknownReporter);
        }
        let slot = self
            .slot_for(reporter.0, purpose)
            .ok_or(SessionError::UnknownReporter)?;
        let age = self.next_age();
        let key = self.calls.insert(CallEntry {
            reporter: reporter.0,
            slot,
            call,
            age,
            state: CallState::Queued,
            attempts: 0,
            failures: 0,
            refreshed: false,
            maybe_processed: false,
            limited: 0,
            limited_since: None,
            first_sent: None,
        });
        if let Some(slot) = self.slots.get_mut(slot) {
            slot.calls += 1;
        }
        self.counters.calls += 1;
        self.queue_call(key);
        Ok(CallId(key))
    }

    /// Gives a call up. If it is out, its answer must still be handed in, and leads to nothing. Says
    /// whether the portal may have acted on it.
    pub fn cancel(&mut self, call: CallId) -> Result<Certainty, SessionError> {
        let entry = self.calls.get(call.0).ok_or(SessionError::UnknownCall)?;
        let unknown = entry.maybe_processed || matches!(entry.state, CallState::Sent);
        let mut certainty = if unknown {
            Certainty::Unknown
        } else {
            Certainty::NotProcessed
        };
        if let CallState::Done { ended, result } = &entry.state {
            certainty = match result {
                Ended::Call(Ok(_)) => Certainty::Processed,
                Ended::Call(Err(failure)) => failure.certainty,
                Ended::Token(_) => Certainty::NotProcessed,
            };
            let ended = *ended;
            self.done.remove(&(ended, call.0));
        }
        self.unqueue_call(call.0);
        self.leave_slot(call.0);
        self.calls.remove(call.0);
        Ok(certainty)
    }

    /// Puts a call in its slot's queue, at its age.
    pub(super) fn queue_call(&mut self, key: Key) {
        let now = self.now();
        let Some(entry) = self.calls.get_mut(key) else {
            return;
        };
        entry.state = CallState::Queued;
        let (slot_key, age) = (entry.slot, entry.age);
        let removed = self.reporters.get(entry.reporter).is_none();
        let Some(slot) = self.slots.get_mut(slot_key).filter(|_| !removed) else {
            self.fail_call(key, FailureReason::ReporterRemoved, None);
            return;
        };
        let gate_key = slot.gate;
        if let SlotState::Refused { reason, until } = &slot.state {
            if now < *until {
                let reason = (**reason).clone();
                self.fail_call(key, reason, None);
            } else {
                slot.queue.insert((age, key));
                self.empty(slot_key);
                self.relist_lane(slot_key);
            }
            return;
        }
        slot.queue.insert((age, key));
        if let Some(error) = self.held_too_long(gate_key) {
            self.fail_call(key, FailureReason::Portal { error }, None);
        }
        self.relist_lane(slot_key);
    }

    /// Takes a call out of wherever it waits.
    pub(super) fn unqueue_call(&mut self, key: Key) {
        let Some(entry) = self.calls.get(key) else {
            return;
        };
        let (slot_key, age) = (entry.slot, entry.age);
        match entry.state {
            CallState::Queued => {
                if let Some(slot) = self.slots.get_mut(slot_key) {
                    slot.queue.remove(&(age, key));
                }
                self.relist_lane(slot_key);
            }
            CallState::Backoff { timer } => self.timers.unset(timer),
            CallState::Sent | CallState::Done { .. } => {}
        }
    }

    /// Sends a call whose token is at hand.
    pub(super) fn send_call(&mut self, key: Key) -> Option<Action> {
        self.unqueue_call(key);
        let now = self.now();
        let entry = self.calls.get_mut(key)?;
        let (slot_key, reporter) = (entry.slot, entry.reporter);
        let slot = self.slots.get_mut(slot_key)?;
        let gate_key = slot.gate;
        let grant = slot.fresh(now);
        let (token, serial) = (grant.map(|g| &g.token), grant.map(|g| g.serial));
        let Some(call) = &entry.call else {
            let token = token.cloned()?;
            self.end(key, Ended::Token(token));
            return None;
        };
        let request = match call.to_request(&self.environment, token) {
            Ok(request) => request,
            Err(error) => {
                self.fail_call(key, FailureReason::Call { error }, None);
                return None;
            }
        };
        entry.state = CallState::Sent;
        entry.attempts = entry.attempts.saturating_add(1);
        entry.first_sent.get_or_insert(now);
        slot.in_flight += 1;
        self.relist_lane(slot_key);
        self.pay(gate_key);
        let timeout_seconds = self.settings.timeout_seconds;
        let what = What::Call {
            call: key,
            slot: slot_key,
            serial,
        };
        let exchange = self.open_exchange(what, timeout_seconds);
        self.counters.requests += 1;
        Some(Action::Send {
            exchange: ExchangeId(exchange),
            reporter: (request.identity != Identity::None).then_some(ReporterId(reporter)),
            request,
            call: Some(CallId(key)),
            timeout_seconds,
        })
    }

    /// Ends a call that the last attempt left unprocessed; whether an earlier one did is on record.
    pub(super) fn fail_call(
        &mut self,
        key: Key,
        reason: FailureReason,
        response: Option<HttpResponse>,
    ) {
        let Some(entry) = self.calls.get(key) else {
            return;
        };
        let certainty = if entry.maybe_processed {
            Certainty::Unknown
        } else {
            Certainty::NotProcessed
        };
        let gone = matches!(
            response.as_ref().map(|response| response.status),
            Some(404 | 410)
        );
        let own = gone && entry.maybe_processed && entry.is_delete();
        let failure = CallFailure {
            reason,
            certainty,
            attempts: entry.attempts,
            may_be_own_effect: own,
            response,
        };
        self.finish(key, Err(Box::new(failure)));
    }

    pub(super) fn fail_certain(
        &mut self,
        key: Key,
        error: PortalError,
        certainty: Certainty,
        response: Option<HttpResponse>,
    ) {
        let failure = CallFailure {
            reason: FailureReason::Portal { error },
            certainty,
            attempts: self.calls.get(key).map_or(0, |entry| entry.attempts),
            may_be_own_effect: false,
            response,
        };
        self.finish(key, Err(Box::new(failure)));
    }

    pub(super) fn finish(&mut self, key: Key, outcome: CallOutcome) {
        self.end(key, Ended::Call(outcome));
    }

    fn end(&mut self, key: Key, result: Ended) {
        self.unqueue_call(key);
        self.leave_slot(key);
        let ended = self.next_age();
        if let Some(entry) = self.calls.get_mut(key) {
            entry.state = CallState::Done { ended, result };
            self.done.insert((ended, key));
        }
    }

    /// Forgets an ended call.
    pub(super) fn hand_back(&mut self, key: Key) -> Option<Action> {
        let call = CallId(key);
        let CallState::Done { result, .. } = self.calls.remove(key)?.state else {
            return None;
        };
        self.counters.ended += 1;
        Some(match result {
            Ended::Call(outcome) => Action::Done { call, outcome },
            Ended::Token(token) => Action::Token { call, token },
        })
    }

    /// Counts a call that has not ended yet out of its slot.
    fn leave_slot(&mut self, key: Key) {
        let Some(entry) = self.calls.get(key) else {
            return;
        };
        if matches!(entry.state, CallState::Done { .. }) {
            return;
        }
        let slot_key = entry.slot;
        if let Some(slot) = self.slots.get_mut(slot_key) {
            slot.calls = slot.calls.saturating_sub(1);
            self.release_if_idle(slot_key);
        }
    }
}
