//! Looking into a session, for diagnosis and for tests.

use super::slot::SlotState;
use super::{ReporterId, Session, SessionError};
use crate::model::{AdgangsprofilId, Timestamp};

#[derive(Default)]
pub(super) struct Counters {
    pub(super) calls: u64,
    pub(super) ended: u64,
    pub(super) requests: u64,
    pub(super) token_requests: u64,
    pub(super) signatures: u64,
    pub(super) tokens: u64,
    pub(super) refusals: u64,
    pub(super) retries: u64,
    pub(super) lost: u64,
}

/// Figures of a session. The totals count since its beginning.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
#[non_exhaustive]
#[cfg_attr(feature = "uniffi", derive(uniffi::Record))]
#[cfg_attr(
    feature = "dynamic",
    derive(serde::Serialize),
    serde(rename_all = "camelCase")
)]
pub struct SessionStats {
    /// Reporters now.
    pub reporters: u64,
    /// Calls now, ended ones that were not handed back included.
    pub calls: u64,
    /// Of those, ended ones.
    pub ended: u64,
    /// Exchanges and signatures that are out now.
    pub in_flight: u64,
    /// Places in the token cache now, empty ones included.
    pub tokens: u64,
    /// Timers now.
    pub timers: u64,
    /// Entries for which memory was taken so far in the tables of reporters, calls, tokens and
    /// exchanges. It grows with the busiest moment, not with the number of calls.
    pub places: u64,
    /// Calls submitted, in all.
    pub calls_total: u64,
    /// Calls handed back, in all.
    pub ended_total: u64,
    /// Requests sent for calls, in all.
    pub requests_total: u64,
    /// Token requests and exchanges sent, in all.
    pub token_requests_total: u64,
    /// Signatures asked for, in all.
    pub signatures_total: u64,
    /// Tokens received, in all.
    pub tokens_total: u64,
    /// Token requests given up, in all.
    pub refusals_total: u64,
    /// Second and further attempts, in all.
    pub retries_total: u64,
    /// Exchanges and signatures that were never answered, in all.
    pub lost_total: u64,
}

/// What a session has of a token.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
#[cfg_attr(feature = "uniffi", derive(uniffi::Enum))]
#[cfg_attr(
    feature = "dynamic",
    derive(serde::Serialize),
    serde(
        tag = "type",
        rename_all = "snake_case",
        rename_all_fields = "camelCase"
    )
)]
pub enum TokenStatus {
    /// Nothing; the next call fetches one.
    Empty,
    /// One is being fetched, or about to be.
    Requesting,
    /// Fetching one failed and is tried again.
    Waiting {
        /// When, by the host's clock.
        until: Timestamp,
    },
    /// A token.
    Held {
        /// When it is no longer used for new requests, by the host's clock.
        usable_until: Timestamp,
        /// When it ends, by the host's clock.
        expires_at: Timestamp,
    },
    /// It was refused, and calls end with that until the time.
    Refused {
        /// By the host's clock.
        until: Timestamp,
        /// The stable code of the reason.
        code: String,
    },
}

fn count(entries: usize) -> u64 {
    u64::try_from(entries).unwrap_or(u64::MAX)
}

impl Session {
    /// The session's figures.
    pub fn stats(&self) -> SessionStats {
        let counters = &self.counters;
        SessionStats {
            reporters: count(self.reporters.len()),
            calls: count(self.calls.len()),
            ended: count(self.done.len()),
            in_flight: count(self.out()),
            tokens: count(self.slots.len()),
            timers: count(self.timers.len() + self.expiries.len()),
            places: count(
                self.reporters.places()
                    + self.calls.places()
                    + self.slots.places()
                    + self.gates.places()
                    + self.exchanges.places()
                    + self.signatures.places(),
            ),
            calls_total: counters.calls,
            ended_total: counters.ended,
            requests_total: counters.requests,
            token_requests_total: counters.token_requests,
            signatures_total: counters.signatures,
            tokens_total: counters.tokens,
            refusals_total: counters.refusals,
            retries_total: counters.retries,
            lost_total: counters.lost,
        }
    }

    /// What the session has of a reporter's direct token, or of the delegated one for an
    /// adgangsprofil, as of the time that the session was last told.
    pub fn token_status(
        &self,
        reporter: ReporterId,
        adgangsprofil: Option<&AdgangsprofilId>,
    ) -> Result<TokenStatus, SessionError> {
        let reporter = self
            .reporters
            .get(reporter.0)
            .ok_or(SessionError::UnknownReporter)?;
        let slot = match adgangsprofil {
            None => reporter.direct,
            Some(profil) => reporter.delegated.get(profil).copied(),
        };
        let Some(slot) = slot.and_then(|key| self.slots.get(key)) else {
            return Ok(TokenStatus::Empty);
        };
        let now = self.now();
        Ok(match &slot.state {
            SlotState::Held(grant) if now < grant.expires => TokenStatus::Held {
                usable_until: self.clock.on_host(grant.usable_until),
                expires_at: self.clock.on_host(grant.expires),
            },
            SlotState::Refused { reason, until } if now < *until => TokenStatus::Refused {
                until: self.clock.on_host(*until),
                code: reason.code(),
            },
            SlotState::Empty | SlotState::Held(_) | SlotState::Refused { .. } => TokenStatus::Empty,
            SlotState::Backoff { timer } => TokenStatus::Waiting {
                until: self.clock.on_host(timer.0),
            },
            SlotState::WaitingForDirect
            | SlotState::Queued { .. }
            | SlotState::Signing
            | SlotState::Signed { .. }
            | SlotState::Requesting { .. } => TokenStatus::Requesting,
        })
    }

    /// How many milliseconds the STS's clock is ahead of the host's (negative: behind), as far as a
    /// refusal has shown it; 0 until then.
    pub const fn clock_offset_millis(&self) -> i64 {
        self.sts_offset
    }
}
