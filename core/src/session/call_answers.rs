//! What the answer to a call means: its end, or another attempt.

use super::action::Certainty;
use super::calls::CallState;
use super::slab::Key;
use super::slot::SlotState;
use super::time::{Due, Millis};
use super::token_answers::may_try_again;
use super::{seconds, FailureReason, Session};
use crate::error::{retry_after_millis, ErrorKind, PortalError, TransportFailure, Unreadable};
use crate::http::HttpResponse;

impl Session {
    pub(super) fn call_answered(
        &mut self,
        key: Key,
        slot_key: Key,
        serial: Option<u64>,
        response: HttpResponse,
    ) {
        self.came_back(slot_key);
        let limit = self.settings.max_response_bytes;
        let too_large = response.body.len() as u64 > limit;
        if response.is_success() && !too_large {
            self.finish(key, Ok(response));
            return;
        }
        let error = if response.is_success() {
            PortalError::unreadable(&response, Unreadable::TooLarge { limit })
        } else {
            PortalError::decode(&response, self.clock.host())
        };
        let Some(entry) = self.calls.get_mut(key) else {
            return;
        };
        let repeatable = entry.repeatable();
        let asked = retry_after_millis(&response, self.clock.host());
        let refused = error.status() == Some(429);
        if refused || repeatable && error.kind() == ErrorKind::RateLimited {
            self.call_limited(key, slot_key, error, asked, response);
        } else if response.status == 401 {
            self.call_unauthorized(key, slot_key, serial, error, response);
        } else if response.is_success() {
            self.fail_certain(key, error, Certainty::Processed, None);
        } else {
            // What is neither a refusal nor a failure (a redirect, say) came from who knows where.
            let odd = !(400..=599).contains(&response.status);
            entry.maybe_processed |= error.may_have_been_processed() || odd;
            let passing =
                error.kind() == ErrorKind::Portal && !matches!(response.status, 501 | 505);
            let response = (!too_large).then_some(response);
            if passing && repeatable {
                self.call_later(key, error, asked, response);
            } else {
                self.fail_call(key, FailureReason::Portal { error }, response);
            }
        }
    }

    pub(super) fn call_unanswered(&mut self, key: Key, slot_key: Key, failure: TransportFailure) {
        self.came_back(slot_key);
        let Some(entry) = self.calls.get_mut(key) else {
            return;
        };
        let maybe = failure.may_have_been_processed();
        entry.maybe_processed |= maybe;
        let again = may_try_again(&failure) && (!maybe || entry.repeatable());
        let error = PortalError::transport(failure);
        if again {
            self.call_later(key, error, None, None);
        } else {
            self.fail_call(key, FailureReason::Portal { error }, None);
        }
    }

    /// 429: the Client ID waits, and this call with it.
    fn call_limited(
        &mut self,
        key: Key,
        slot_key: Key,
        error: PortalError,
        asked: Option<Millis>,
        response: HttpResponse,
    ) {
        let now = self.now();
        let Some(entry) = self.calls.get_mut(key) else {
            return;
        };
        entry.limited += 1;
        let limited = entry.limited;
        let since = *entry.limited_since.get_or_insert(now);
        let again = entry.repeatable() || self.settings.resend_refused_filings;
        let pause = self.limit_pause(limited, asked);
        if let Some(gate) = self.slots.get(slot_key).map(|slot| slot.gate) {
            self.hold_gate(gate, pause, &error);
        }
        let wait = now.saturating_add(pause).saturating_sub(since);
        if again && wait <= seconds(self.settings.max_wait_seconds) {
            self.counters.retries += 1;
            self.queue_call(key);
        } else {
            self.fail_call(key, FailureReason::Portal { error }, Some(response));
        }
    }

    /// 401: once more with a token that is newer than the one which was refused.
    fn call_unauthorized(
        &mut self,
        key: Key,
        slot_key: Key,
        serial: Option<u64>,
        error: PortalError,
        response: HttpResponse,
    ) {
        let now = self.now();
        let until = now.saturating_add(seconds(self.settings.refusal_cool_down_seconds));
        let Some(entry) = self.calls.get_mut(key) else {
            return;
        };
        let second = std::mem::replace(&mut entry.refreshed, true);
        let again = entry.repeatable() || self.settings.resend_refused_filings;
        let mut hopeless = serial.is_none() || second;
        let mut invalid = false;
        if let Some(slot) = self.slots.get_mut(slot_key) {
            let current =
                matches!(&slot.state, SlotState::Held(grant) if Some(grant.serial) == serial);
            if let (true, true, Some(serial)) = (second, current, serial) {
                // A token that was fetched because of a 401 got one too. Others that it happens to
                // must not fetch a token each.
                slot.distrusted = Some((serial, until));
            }
            hopeless |= slot
                .distrusted
                .is_some_and(|(of, until)| Some(of) == serial && now < until);
            invalid = current && !hopeless;
        }
        if invalid {
            self.empty(slot_key);
        }
        if hopeless || !again {
            self.fail_call(key, FailureReason::Portal { error }, Some(response));
            return;
        }
        self.counters.retries += 1;
        self.queue_call(key);
    }

    /// The network or the portal failed: again later, but not for ever.
    fn call_later(
        &mut self,
        key: Key,
        error: PortalError,
        asked: Option<Millis>,
        response: Option<HttpResponse>,
    ) {
        let now = self.now();
        let Some(entry) = self.calls.get_mut(key) else {
            return;
        };
        entry.failures += 1;
        let (failures, first) = (entry.failures, entry.first_sent.unwrap_or(now));
        let alive = self.slots.get(entry.slot).is_some();
        match self.retry_at(failures, first, asked) {
            Some(at) if alive => {
                self.counters.retries += 1;
                let timer = self.timers.set(at, Due::Call(key));
                if let Some(entry) = self.calls.get_mut(key) {
                    entry.state = CallState::Backoff { timer };
                }
            }
            _ => self.fail_call(key, FailureReason::Portal { error }, response),
        }
    }

    fn came_back(&mut self, slot_key: Key) {
        if let Some(slot) = self.slots.get_mut(slot_key) {
            slot.in_flight = slot.in_flight.saturating_sub(1);
            self.relist_lane(slot_key);
        }
    }
}
