//! What the three hosts and the control endpoint have in common.

use std::collections::HashMap;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use axum::body::Body;
use axum::response::Response;
use hyper::header::RETRY_AFTER;
use hyper::StatusCode;
use tokio::sync::watch;

use crate::api_host::ApiHost;
use crate::clock::Clock;
use crate::fault::Faults;
use crate::options::RateLimit;
use crate::pki::Pki;
use crate::request_log::RequestLog;
use crate::sts::clients::Clients;
use crate::sts::replay::SpentIds;
use crate::sts::tokens::Tokens;
use crate::tls::Certificates;

/// The state of one sandbox.
pub(crate) struct Shared {
    pub(crate) pki: Arc<Pki>,
    pub(crate) clock: Clock,
    pub(crate) faults: Faults,
    pub(crate) log: RequestLog,
    pub(crate) clients: Clients,
    pub(crate) tokens: Tokens,
    pub(crate) spent: SpentIds,
    pub(crate) audiences: Vec<String>,
    pub(crate) profiles: Vec<Adgangsprofil>,
    pub(crate) certificates: Certificates,
    pub(crate) rates: Rates,
    pub(crate) api: ApiHost,
    /// How many requests are being handled.
    pub(crate) in_hand: watch::Sender<usize>,
}

/// A request that is being handled, as long as this lives.
pub(crate) struct InHand(Arc<Shared>);

impl InHand {
    pub(crate) fn begin(shared: &Arc<Shared>) -> Self {
        shared.in_hand.send_modify(|count| *count += 1);
        Self(Arc::clone(shared))
    }
}

impl Drop for InHand {
    fn drop(&mut self) {
        self.0
            .in_hand
            .send_modify(|count| *count = count.saturating_sub(1));
    }
}

/// A likvidator's adgangsprofil with the certificates registered on it (guide 3.2.1).
#[derive(Clone, Debug)]
pub(crate) struct Adgangsprofil {
    pub(crate) id: &'static str,
    /// The SERIALNUMBERs of its API-deltagere.
    pub(crate) serial_numbers: Vec<String>,
}

impl Shared {
    /// The answer to a call above the client's limit, or `None` when the call is counted and may go on.
    pub(crate) fn limited(&self, client_id: &str) -> Option<Response> {
        let wait = self.rates.count(client_id, self.clock.unix_seconds())?;
        let mut response = Response::new(Body::empty());
        *response.status_mut() = StatusCode::TOO_MANY_REQUESTS;
        response.headers_mut().insert(RETRY_AFTER, wait.into());
        Some(response)
    }

    /// Back to the state of the start. Tokens stay valid.
    pub(crate) fn reset(&self) {
        self.faults.clear();
        self.log.clear();
        self.clock.set_offset_seconds(0);
        self.certificates.reset();
        self.spent.clear();
        self.rates.reset();
        (self.api.reset)();
    }
}

/// Counts calls per client id in windows of fixed length.
#[derive(Debug)]
pub(crate) struct Rates {
    at_start: Option<RateLimit>,
    state: Mutex<RateState>,
}

#[derive(Debug, Default)]
struct RateState {
    limit: Option<RateLimit>,
    windows: HashMap<String, (i64, u32)>,
}

impl Rates {
    pub(crate) fn new(limit: Option<RateLimit>) -> Self {
        let state = RateState {
            limit,
            windows: HashMap::new(),
        };
        Self {
            at_start: limit,
            state: Mutex::new(state),
        }
    }

    /// Sets the limit and forgets what was counted.
    pub(crate) fn set(&self, limit: Option<RateLimit>) {
        *self.lock() = RateState {
            limit,
            windows: HashMap::new(),
        };
    }

    fn reset(&self) {
        self.set(self.at_start);
    }

    /// Counts a call; `Some` is how many seconds a client above its limit must wait.
    fn count(&self, client_id: &str, now: i64) -> Option<i64> {
        let mut state = self.lock();
        let limit = state.limit?;
        let length = i64::from(limit.per_seconds.max(1));
        let (start, count) = state
            .windows
            .entry(client_id.to_owned())
            .or_insert((now, 0));
        if now >= *start + length || now < *start {
            (*start, *count) = (now, 0);
        }
        if *count >= limit.calls {
            return Some(*start + length - now);
        }
        *count += 1;
        None
    }

    fn lock(&self) -> MutexGuard<'_, RateState> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_window_lets_its_number_of_calls_through() {
        let rates = Rates::new(Some(RateLimit {
            calls: 2,
            per_seconds: 10,
        }));
        assert_eq!(rates.count("a", 100), None);
        assert_eq!(rates.count("a", 101), None);
        assert_eq!(rates.count("a", 104), Some(6));
        assert_eq!(rates.count("b", 104), None);
        assert_eq!(rates.count("a", 110), None);
        rates.set(None);
        assert_eq!(rates.count("a", 110), None);
    }
}
