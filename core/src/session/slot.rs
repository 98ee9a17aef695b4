//! A token's place in the cache, and the calls that want it.

use std::sync::Arc;

use super::credentials::{CacheKey, Credentials};
use super::slab::{ByAge, Key};
use super::time::{Millis, TimerKey};
use super::FailureReason;
use crate::auth::Token;
use crate::http::HttpRequest;
use crate::sorted::Sorted;

/// A token in hand.
pub(super) struct Grant {
    pub(super) token: Token,
    /// Unlike that of any other token of the session.
    pub(super) serial: u64,
    pub(super) expires: Millis,
    /// `expires` less the margin.
    pub(super) usable_until: Millis,
}

pub(super) enum SlotState {
    /// No token, and nobody is getting one.
    Empty,
    /// A delegated token that waits for its direct one.
    WaitingForDirect,
    /// In the gate's `token_work`.
    Queued { age: u64 },
    /// The host signs.
    Signing,
    /// Signed; sent before anything else, since the assertion is ageing.
    Signed { age: u64, request: Box<HttpRequest> },
    /// The request is out.
    Requesting { exchange: Key },
    /// Tried again at a time.
    Backoff { timer: TimerKey },
    /// A token, perhaps no longer a fresh one.
    Held(Box<Grant>),
    /// Refused; the refusal is good until then.
    Refused {
        reason: Box<FailureReason>,
        until: Millis,
    },
}

/// What has happened since the slot last began to get a token.
#[derive(Default)]
pub(super) struct Episode {
    pub(super) failures: u32,
    pub(super) limited: u32,
    pub(super) limited_since: Option<Millis>,
    pub(super) first_sent: Option<Millis>,
    pub(super) clock_corrected: bool,
    pub(super) direct_renewed: bool,
}

pub(super) struct Slot {
    pub(super) key: CacheKey,
    pub(super) gate: Key,
    pub(super) credentials: Arc<Credentials>,
    /// The direct token's slot; of a direct slot itself, none.
    pub(super) direct: Option<Key>,
    /// The reporters that use it. More than one if a reporter was added twice.
    pub(super) users: Sorted<Key, ()>,
    pub(super) state: SlotState,
    pub(super) episode: Episode,
    /// When the token or the refusal is forgotten.
    pub(super) expiry: Option<TimerKey>,
    /// Calls to send with this token, by age.
    pub(super) queue: ByAge,
    /// The entry in the gate's `lanes`.
    pub(super) listed: Option<u64>,
    /// Calls that are out with this token.
    pub(super) in_flight: u32,
    /// Calls of this slot that have not ended, wherever they are.
    pub(super) calls: u32,
    /// Delegated slots that wait for this one.
    pub(super) dependants: Sorted<Key, ()>,
    /// A token that was refused although it was fetched because of a refusal, and until when that
    /// is held against it.
    pub(super) distrusted: Option<(u64, Millis)>,
}

impl Slot {
    pub(super) fn new(
        key: CacheKey,
        gate: Key,
        credentials: Arc<Credentials>,
        direct: Option<Key>,
    ) -> Self {
        Self {
            key,
            gate,
            credentials,
            direct,
            users: Sorted::new(),
            state: SlotState::Empty,
            episode: Episode::default(),
            expiry: None,
            queue: ByAge::new(),
            listed: None,
            in_flight: 0,
            calls: 0,
            dependants: Sorted::new(),
            distrusted: None,
        }
    }

    /// The token, if it may be used now.
    pub(super) fn fresh(&self, now: Millis) -> Option<&Grant> {
        match &self.state {
            SlotState::Held(grant) if now < grant.usable_until => Some(grant),
            _ => None,
        }
    }

    /// Whether nobody waits for this slot's token.
    pub(super) fn unwanted(&self) -> bool {
        self.queue.is_empty() && self.dependants.is_empty()
    }
}
