//! What the answer to a token request means.

use super::credentials::{Credentials, Purpose};
use super::slab::Key;
use super::slot::{Episode, Grant, SlotState};
use super::time::{Due, Millis};
use super::{seconds, FailureReason, Session};
use crate::auth::{read_token, Token, TokenKind};
use crate::error::{
    retry_after_millis, ErrorKind, PortalError, TokenRefusal, TransportFailure, Unreadable,
};
use crate::http::HttpResponse;

impl Session {
    pub(super) fn token_answered(
        &mut self,
        slot_key: Key,
        direct: Option<u64>,
        response: &HttpResponse,
    ) {
        let Some(slot) = self.slots.get(slot_key) else {
            return;
        };
        let kind = match slot.key.purpose {
            Purpose::Delegated(_) => TokenKind::Delegated,
            Purpose::Direct | Purpose::Plain => TokenKind::Direct,
        };
        self.empty(slot_key);
        let limit = self.settings.max_token_response_bytes;
        let answer = if response.body.len() as u64 > limit {
            Err(PortalError::unreadable(
                response,
                Unreadable::TooLarge { limit },
            ))
        } else {
            read_token(response, kind, self.clock.host())
        };
        match answer {
            Ok(token) => self.token_granted(slot_key, token),
            Err(error) => {
                let pause = retry_after_millis(response, self.clock.host());
                self.token_refused(slot_key, direct, error, pause);
            }
        }
    }

    pub(super) fn token_unanswered(&mut self, slot_key: Key, failure: TransportFailure) {
        let again = may_try_again(&failure);
        let error = PortalError::transport(failure);
        self.empty(slot_key);
        if again {
            self.token_later(slot_key, error, None);
        } else {
            self.fail_slot(slot_key, &FailureReason::Portal { error }, true);
        }
    }

    fn token_granted(&mut self, slot_key: Key, token: Token) {
        let now = self.now();
        let lifetime = token.expires_at().map_or_else(
            || seconds(self.settings.assumed_lifetime_seconds),
            |end| end.millis_since(self.clock.host()).max(0),
        );
        let margin = seconds(self.settings.refresh_margin_seconds).min(lifetime / 2);
        // Even a token that is born old is good for the calls that wait for it; were it not, they
        // would ask for tokens without end.
        let usable = (lifetime - margin).max(1000);
        let usable_until = now.saturating_add(usable);
        let expires = now.saturating_add(lifetime.max(usable));
        let serial = self.next_age();
        let expiry = self.expiries.set(expires, Due::Expiry(slot_key));
        let Some(slot) = self.slots.get_mut(slot_key) else {
            self.expiries.unset(expiry);
            return;
        };
        slot.state = SlotState::Held(Box::new(Grant {
            token,
            serial,
            expires,
            usable_until,
        }));
        slot.expiry = Some(expiry);
        slot.episode = Episode::default();
        let dependants = std::mem::take(&mut slot.dependants);
        self.counters.tokens += 1;
        self.relist_lane(slot_key);
        for (dependant, ()) in dependants.iter() {
            if let Some(slot) = self.slots.get_mut(*dependant) {
                slot.state = SlotState::Empty;
                self.queue_token(*dependant);
            }
        }
    }

    fn token_refused(
        &mut self,
        slot_key: Key,
        direct: Option<u64>,
        error: PortalError,
        pause: Option<Millis>,
    ) {
        if error.kind() == ErrorKind::RateLimited {
            self.token_limited(slot_key, error, pause);
            return;
        }
        let cured = match direct {
            None => self.clock_corrected(slot_key, &error),
            Some(serial) => self.direct_renewed(slot_key, serial, &error),
        };
        if cured {
            self.want_token(slot_key);
        } else if is_passing(&error) {
            self.token_later(slot_key, error, pause);
        } else {
            self.fail_slot(slot_key, &FailureReason::Portal { error }, true);
        }
    }

    /// 429: the Client ID waits, and this request with it.
    fn token_limited(&mut self, slot_key: Key, error: PortalError, asked: Option<Millis>) {
        let now = self.now();
        let Some(slot) = self.slots.get_mut(slot_key) else {
            return;
        };
        let gate_key = slot.gate;
        slot.episode.limited += 1;
        let since = *slot.episode.limited_since.get_or_insert(now);
        let limited = slot.episode.limited;
        let pause = self.limit_pause(limited, asked);
        self.hold_gate(gate_key, pause, &error);
        let wait = now.saturating_add(pause).saturating_sub(since);
        if wait > seconds(self.settings.max_wait_seconds) {
            self.fail_slot(slot_key, &FailureReason::Portal { error }, false);
        } else {
            self.want_token(slot_key);
        }
    }

    /// The network or the STS failed: again later, but not for ever.
    fn token_later(&mut self, slot_key: Key, error: PortalError, asked: Option<Millis>) {
        let now = self.now();
        let Some(slot) = self.slots.get_mut(slot_key) else {
            return;
        };
        slot.episode.failures += 1;
        let (failures, first) = (slot.episode.failures, slot.episode.first_sent);
        match self.retry_at(failures, first.unwrap_or(now), asked) {
            Some(at) => {
                self.counters.retries += 1;
                let timer = self.timers.set(at, Due::Token(slot_key));
                if let Some(slot) = self.slots.get_mut(slot_key) {
                    slot.state = SlotState::Backoff { timer };
                }
                self.relist_lane(slot_key);
            }
            None => self.fail_slot(slot_key, &FailureReason::Portal { error }, false),
        }
    }

    /// Learns the STS's clock from a refusal. True if that gives the assertion another chance; a
    /// request without assertion does not depend on the clock.
    fn clock_corrected(&mut self, slot_key: Key, error: &PortalError) -> bool {
        let suspicious = error.status() == Some(401)
            || error
                .token_refusal()
                .is_some_and(TokenRefusal::clock_related);
        if !suspicious {
            return false;
        }
        let Some(date) = error.server_time() else {
            return false;
        };
        let tolerance = Millis::from(self.settings.clock_tolerance_millis);
        let mut offset = date.millis_since(self.clock.host());
        if offset.abs() > seconds(self.settings.max_clock_offset_seconds) {
            return false;
        }
        if offset.abs() <= tolerance {
            offset = 0;
        }
        if offset.saturating_sub(self.sts_offset).abs() <= tolerance {
            return false;
        }
        self.sts_offset = offset;
        let Some(slot) = self.slots.get_mut(slot_key) else {
            return false;
        };
        matches!(*slot.credentials, Credentials::Assertion { .. })
            && !std::mem::replace(&mut slot.episode.clock_corrected, true)
    }

    /// Whether a refused exchange gets another chance with another direct token: once, and not if
    /// the direct token was already renewed for this reason a moment ago.
    fn direct_renewed(&mut self, slot_key: Key, serial: u64, error: &PortalError) -> bool {
        if !names_the_direct_token(error) {
            return false;
        }
        let now = self.now();
        let until = now.saturating_add(seconds(self.settings.refusal_cool_down_seconds));
        let Some(slot) = self.slots.get_mut(slot_key) else {
            return false;
        };
        let Some(direct_key) = slot.direct else {
            return false;
        };
        let renewed = std::mem::replace(&mut slot.episode.direct_renewed, true);
        let Some(direct) = self.slots.get_mut(direct_key) else {
            return false;
        };
        let distrusted = direct
            .distrusted
            .is_some_and(|(of, until)| of == serial && now < until);
        let current = matches!(&direct.state, SlotState::Held(grant) if grant.serial == serial);
        if renewed || distrusted {
            if current {
                direct.distrusted = Some((serial, until));
            }
            return false;
        }
        if current {
            self.empty(direct_key);
            self.relist_lane(direct_key);
        }
        true
    }

    /// How long to keep away after the n-th 429 in a row (from 1). The portal's word goes first;
    /// where it gives none, or a zero each time, the pauses grow by themselves.
    pub(super) fn limit_pause(&mut self, limited: u32, asked: Option<Millis>) -> Millis {
        let longest: Millis = 1000 << limited.saturating_sub(1).min(6);
        let half = u32::try_from(longest / 2).unwrap_or(u32::MAX);
        let own = longest / 2 + self.chance.pause(1, half, half);
        match asked {
            Some(asked) if limited <= 1 => asked.max(100),
            Some(asked) => asked.max(own),
            None => own,
        }
    }

    /// When to try again after the n-th failure (from 1), if at all.
    pub(super) fn retry_at(
        &mut self,
        failures: u32,
        first_sent: Millis,
        asked: Option<Millis>,
    ) -> Option<Millis> {
        let settings = &self.settings;
        let (base, cap) = (settings.backoff_base_millis, settings.backoff_cap_millis);
        let most = seconds(settings.max_wait_seconds);
        let mut deadline = seconds(settings.retry_deadline_seconds);
        if failures >= settings.max_attempts || asked.is_some_and(|asked| asked > most) {
            return None;
        }
        if asked.is_some() {
            deadline = deadline.max(most);
        }
        let pause = self.chance.pause(failures, base, cap);
        let at = self
            .now()
            .saturating_add(pause.max(asked.unwrap_or_default()));
        (at <= first_sent.saturating_add(deadline)).then_some(at)
    }
}

/// Whether the same token request may succeed without anybody changing anything.
fn is_passing(error: &PortalError) -> bool {
    match error.kind() {
        ErrorKind::Portal | ErrorKind::Network => !matches!(error.status(), Some(501 | 505)),
        // A gateway's page, or half an answer, where a token should be.
        ErrorKind::Protocol => error.unreadable_reason().is_some(),
        // A jti that was seen before: our own was lost on the way back. The next is another.
        _ => error.token_refusal() == Some(TokenRefusal::AssertionReplayed),
    }
}

/// Whether trying again can help after no answer: not where one of the two certificates was refused.
pub(super) fn may_try_again(failure: &TransportFailure) -> bool {
    !matches!(
        failure,
        TransportFailure::TlsRefused { .. } | TransportFailure::ServerCertificateInvalid { .. }
    )
}

/// Whether a refused exchange may be the direct token's fault: 401, or the `OAuth` errors for a token
/// that is not accepted (RFC 6749 5.2; RFC 8693 2.2.2 has `invalid_request` for it).
fn names_the_direct_token(error: &PortalError) -> bool {
    let described = error.oauth().is_some_and(|oauth| {
        oauth.error == "invalid_request"
            && oauth
                .description
                .as_deref()
                .is_some_and(|text| text.to_ascii_lowercase().contains("actor"))
    });
    error.status() == Some(401)
        || described
        || matches!(
            error.token_refusal(),
            Some(TokenRefusal::InvalidToken | TokenRefusal::InvalidGrant)
        )
}
