//! What the sandbox knows, whatever the host says.

use serde_json::Value;
use skifteportal_sandbox::fault::Host;
use skifteportal_sandbox::request_log::LoggedRequest;
use skifteportal_sandbox::RunningSandbox;

/// What the sandbox remembers and what reached it, at one moment.
#[derive(Clone, Debug)]
pub struct Truth {
    state: Value,
    requests: Vec<LoggedRequest>,
}

impl Truth {
    /// The truth after all requests that have arrived are handled.
    pub async fn of(sandbox: &RunningSandbox) -> Self {
        let mut in_hand = sandbox.requests_in_hand();
        in_hand.wait_for(|count| *count == 0).await.unwrap();
        Self {
            state: sandbox.state(),
            requests: sandbox.requests(),
        }
    }

    /// How many there are of a kind (`krav`, `bilag`, `slettede`, …) on a dødsbo or sag.
    pub fn count(&self, id: &str, kind: &str) -> u64 {
        self.state["counts"][id][kind].as_u64().unwrap()
    }

    /// How many documents the dokumentlager has.
    pub fn documents(&self) -> usize {
        self.state["dokumenter"].as_array().unwrap().len()
    }

    /// How many henvendelsestråde there are.
    pub fn threads(&self) -> usize {
        self.state["henvendelsestraade"].as_array().unwrap().len()
    }

    /// The requests that reached a host by a method, on a path that ends like this.
    pub fn requests(&self, host: Host, method: &str, ending: &str) -> Vec<&LoggedRequest> {
        let fits = |request: &&LoggedRequest| {
            request.host == host && request.method == method && request.path.ends_with(ending)
        };
        self.requests.iter().filter(fits).collect()
    }

    /// How many requests met a fault.
    pub fn faults(&self) -> usize {
        let with_fault = self
            .requests
            .iter()
            .filter(|request| request.fault.is_some());
        with_fault.count()
    }

    /// How many token requests reached the STS.
    pub fn token_requests(&self) -> usize {
        self.requests(Host::Sysauth, "POST", "/token").len()
    }

    /// How many exchanges reached the exchange service.
    pub fn exchanges(&self) -> usize {
        self.requests(Host::Auth, "POST", "/token").len()
    }

    /// All of it, for assertions on what is never told.
    pub fn text(&self) -> String {
        format!("{} {:?}", self.state, self.requests)
    }
}
