//! Reporters: added, given new credentials, removed.

use std::sync::Arc;

use super::calls::CallState;
use super::credentials::{Account, CacheKey, Credentials, Purpose};
use super::gate::Gate;
use super::slab::Key;
use super::slot::{Slot, SlotState};
use super::{CertificateThumbprint, FailureReason, ReporterId, Session, SessionError};
use crate::model::AdgangsprofilId;
use crate::order;
use crate::sorted::Sorted;

pub(super) struct Reporter {
    credentials: Arc<Credentials>,
    account: Arc<Account>,
    gate: Key,
    pub(super) direct: Option<Key>,
    pub(super) plain: Option<Key>,
    pub(super) delegated: Sorted<AdgangsprofilId, Key>,
}

impl Reporter {
    fn slots(&self) -> Vec<Key> {
        let own = self.direct.into_iter().chain(self.plain);
        own.chain(self.delegated.iter().map(|(_, slot)| *slot))
            .collect()
    }
}

impl Session {
    /// Adds a reporter. The same credentials added twice give two reporters that share their tokens.
    pub fn add_reporter(&mut self, credentials: Credentials) -> Result<ReporterId, SessionError> {
        credentials.check()?;
        let limit = self.settings.max_reporters;
        if self.reporters.len() >= usize::try_from(limit).unwrap_or(usize::MAX) {
            return Err(SessionError::TooManyReporters { limit });
        }
        let reporter = self.reporter_of(credentials);
        Ok(ReporterId(self.reporters.insert(reporter)))
    }

    /// Gives a reporter other credentials: a renewed certificate, a new secret. Its calls go on with
    /// a token of the new ones; those that are out end as they end. Any refusal of the old
    /// credentials is forgotten.
    pub fn replace_credentials(
        &mut self,
        reporter: ReporterId,
        credentials: Credentials,
    ) -> Result<(), SessionError> {
        credentials.check()?;
        let before = self
            .reporters
            .get(reporter.0)
            .ok_or(SessionError::UnknownReporter)?;
        if *before.account == Account::of(&self.environment_key, &credentials) {
            // The same once more: a token request that is out stays the only one.
            return self.invalidate_tokens(reporter);
        }
        let calls = self.live_calls(reporter);
        let mut moved = Vec::with_capacity(calls.len());
        for call in calls {
            let Some(entry) = self.calls.get(call) else {
                continue;
            };
            let queued = matches!(entry.state, CallState::Queued);
            let slot_key = entry.slot;
            let purpose = self
                .slots
                .get(slot_key)
                .map(|slot| slot.key.purpose.clone());
            if queued {
                self.unqueue_call(call);
            }
            if let Some(slot) = self.slots.get_mut(slot_key) {
                slot.calls = slot.calls.saturating_sub(1);
            }
            moved.extend(purpose.map(|purpose| (call, queued, purpose)));
        }
        // The new comes before the old goes, so that a Client ID which stays keeps its gate.
        let renewed = self.reporter_of(credentials);
        if let Some(entry) = self.reporters.get_mut(reporter.0) {
            let before = std::mem::replace(entry, renewed);
            self.let_go(reporter.0, &before);
        }
        for (call, queued, purpose) in moved {
            let slot_key = self.slot_for(reporter.0, purpose);
            if let (Some(slot_key), Some(entry)) = (slot_key, self.calls.get_mut(call)) {
                entry.slot = slot_key;
                if let Some(slot) = self.slots.get_mut(slot_key) {
                    slot.calls += 1;
                }
            }
            if queued {
                self.queue_call(call);
            }
        }
        Ok(())
    }

    /// Removes a reporter. Its calls that wait end as failed and not processed; those that are out
    /// are not sent again.
    pub fn remove_reporter(&mut self, reporter: ReporterId) -> Result<(), SessionError> {
        if self.reporters.get(reporter.0).is_none() {
            return Err(SessionError::UnknownReporter);
        }
        for call in self.live_calls(reporter) {
            let out = self
                .calls
                .get(call)
                .is_some_and(|entry| matches!(entry.state, CallState::Sent));
            if !out {
                self.fail_call(call, FailureReason::ReporterRemoved, None);
            }
        }
        if let Some(before) = self.reporters.remove(reporter.0) {
            self.let_go(reporter.0, &before);
        }
        Ok(())
    }

    /// Forgets the tokens of a reporter, its delegated ones too, and any refusal. Requests for
    /// tokens that are out go on.
    pub fn invalidate_tokens(&mut self, reporter: ReporterId) -> Result<(), SessionError> {
        let slots = self
            .reporters
            .get(reporter.0)
            .ok_or(SessionError::UnknownReporter)?
            .slots();
        for slot_key in slots {
            if let Some(slot) = self.slots.get_mut(slot_key) {
                slot.distrusted = None;
                if matches!(slot.state, SlotState::Held(_) | SlotState::Refused { .. }) {
                    self.empty(slot_key);
                    self.relist_lane(slot_key);
                    self.release_if_idle(slot_key);
                }
            }
        }
        Ok(())
    }

    /// The certificate that a reporter's connections to the STS present.
    pub fn tls_certificate(
        &self,
        reporter: ReporterId,
    ) -> Result<CertificateThumbprint, SessionError> {
        self.reporters
            .get(reporter.0)
            .map(|reporter| reporter.credentials.tls_certificate())
            .ok_or(SessionError::UnknownReporter)
    }

    fn reporter_of(&mut self, credentials: Credentials) -> Reporter {
        let account = Arc::new(Account::of(&self.environment_key, &credentials));
        let gate = self.gate_of(credentials.client_id());
        if let Some(gate) = self.gates.get_mut(gate) {
            gate.reporters += 1;
        }
        Reporter {
            credentials: Arc::new(credentials),
            account,
            gate,
            direct: None,
            plain: None,
            delegated: Sorted::new(),
        }
    }

    fn gate_of(&mut self, client_id: &str) -> Key {
        if let Some(gate) = self.by_client.get(client_id) {
            return *gate;
        }
        let budget = self.settings.rate_budget;
        let gate = self.gates.insert(Gate::new(client_id, budget, self.now()));
        self.by_client.insert(client_id.to_owned(), gate);
        gate
    }

    /// The slot of a reporter's tokens for a purpose, made where there is none yet.
    pub(super) fn slot_for(&mut self, reporter_key: Key, purpose: Purpose) -> Option<Key> {
        let reporter = self.reporters.get(reporter_key)?;
        let known = match &purpose {
            Purpose::Plain => reporter.plain,
            Purpose::Direct => reporter.direct,
            Purpose::Delegated(profil) => reporter.delegated.get(profil).copied(),
        };
        if known.is_some() {
            return known;
        }
        let direct = match purpose {
            Purpose::Delegated(_) => Some(self.slot_for(reporter_key, Purpose::Direct)?),
            Purpose::Plain | Purpose::Direct => None,
        };
        let reporter = self.reporters.get_mut(reporter_key)?;
        let cache_key = CacheKey {
            account: Arc::clone(&reporter.account),
            purpose,
        };
        let slot_key = if let Some(shared) = self.by_key.get(&cache_key) {
            // It may be one that was kept for its request alone; see `drop_if_unused`.
            if let Some(slot) = self.slots.get_mut(*shared) {
                slot.gate = reporter.gate;
                slot.direct = direct;
            }
            *shared
        } else {
            let credentials = Arc::clone(&reporter.credentials);
            let slot = Slot::new(cache_key.clone(), reporter.gate, credentials, direct);
            let slot_key = self.slots.insert(slot);
            self.by_key.insert(cache_key.clone(), slot_key);
            slot_key
        };
        if let Some(slot) = self.slots.get_mut(slot_key) {
            slot.users.insert(reporter_key, ());
        }
        match cache_key.purpose {
            Purpose::Plain => reporter.plain = Some(slot_key),
            Purpose::Direct => reporter.direct = Some(slot_key),
            Purpose::Delegated(profil) => {
                reporter.delegated.insert(profil, slot_key);
            }
        }
        Some(slot_key)
    }

    /// The calls of a reporter that have not ended, oldest first.
    fn live_calls(&self, reporter: ReporterId) -> Vec<Key> {
        let mut calls: Vec<(u64, Key)> = self
            .calls
            .iter()
            .filter(|(_, entry)| entry.reporter == reporter.0)
            .filter(|(_, entry)| !matches!(entry.state, CallState::Done { .. }))
            .map(|(key, entry)| (entry.age, key))
            .collect();
        order::sort(&mut calls);
        calls.into_iter().map(|(_, key)| key).collect()
    }

    /// Takes a reporter off its slots and its gate, and drops what nobody uses any more.
    fn let_go(&mut self, reporter_key: Key, reporter: &Reporter) {
        // Delegated slots first: they are listed with their direct slot.
        for slot_key in reporter.slots().into_iter().rev() {
            let Some(slot) = self.slots.get_mut(slot_key) else {
                continue;
            };
            slot.users.remove(&reporter_key);
            self.drop_if_unused(slot_key);
        }
        let Some(gate) = self.gates.get_mut(reporter.gate) else {
            return;
        };
        gate.reporters = gate.reporters.saturating_sub(1);
        if gate.reporters > 0 {
            return;
        }
        if let Some((_, timer)) = gate.closed.take() {
            self.timers.unset(timer);
        }
        if let Some(gate) = self.gates.remove(reporter.gate) {
            self.by_client.remove(&gate.client_id);
            if let Some(turn) = gate.listed {
                self.open.remove(&(turn, reporter.gate));
            }
        }
    }
}
