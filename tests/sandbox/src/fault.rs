//! Faults that a test asks for: what goes wrong, for which requests, and how many times.

use std::sync::{Mutex, PoisonError};

use serde::{Deserialize, Serialize};

/// One of the portal's three hosts.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub enum Host {
    /// The STS: token requests with a client certificate.
    Sysauth,
    /// The exchange service.
    Auth,
    /// The API host.
    Api,
}

impl Host {
    /// The host's first label, as in the portal's own names.
    pub fn label(self) -> &'static str {
        match self {
            Self::Sysauth => "sysauth",
            Self::Auth => "auth",
            Self::Api => "api",
        }
    }
}

/// What goes wrong.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "kind", rename_all = "camelCase", deny_unknown_fields)]
pub enum Fault {
    /// The request waits before it is handled.
    Latency {
        /// Milliseconds.
        ms: u64,
    },
    /// An answer with this status in place of the handler's.
    #[serde(rename_all = "camelCase")]
    Status {
        /// The status.
        status: u16,
        /// The value of a `Retry-After` header: seconds or an HTTP date.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        retry_after: Option<String>,
        /// The body; empty when absent.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        body: Option<String>,
        /// The content type of the body; `application/json` when absent.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        content_type: Option<String>,
        /// Whether the request is handled in full first, and only its answer lost.
        #[serde(default)]
        after_processing: bool,
    },
    /// The request is handled in full, then the connection is cut without an answer.
    DropAfterProcessing,
    /// The connection is cut and the request never handled.
    DropBefore,
    /// The request is handled; half of the answer's body is sent, then the connection is cut.
    Truncate,
    /// The request is handled; its status and headers are sent with a body of random bytes.
    Garbage,
    /// The request is not handled; a proxy's HTML page with status 502 is the answer.
    Html502,
}

impl Fault {
    /// The fault's name, as in JSON.
    pub fn name(&self) -> &'static str {
        match self {
            Self::Latency { .. } => "latency",
            Self::Status { .. } => "status",
            Self::DropAfterProcessing => "dropAfterProcessing",
            Self::DropBefore => "dropBefore",
            Self::Truncate => "truncate",
            Self::Garbage => "garbage",
            Self::Html502 => "html502",
        }
    }
}

/// Which requests a fault is for.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct FaultMatch {
    /// The method; any when absent.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub method: Option<String>,
    /// A pattern of the path without its query: `*` is one segment, a last `**` the rest; any path
    /// when absent.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub path: Option<String>,
}

impl FaultMatch {
    fn holds(&self, method: &str, path: &str) -> bool {
        self.method
            .as_deref()
            .is_none_or(|wanted| wanted.eq_ignore_ascii_case(method))
            && self
                .path
                .as_deref()
                .is_none_or(|pattern| path_matches(pattern, path))
    }
}

/// A fault, the requests it is for, and how often it happens.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct FaultRule {
    /// The host; any when absent.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub host: Option<Host>,
    /// The requests; all when absent.
    #[serde(default, rename = "match")]
    pub matching: FaultMatch,
    /// How many matching requests pass unharmed first.
    #[serde(default)]
    pub skip: u32,
    /// How many requests it happens to; 0 for all until the faults are cleared.
    #[serde(default = "once")]
    pub times: u32,
    /// What goes wrong.
    pub fault: Fault,
}

fn once() -> u32 {
    1
}

/// The faults that are waiting, in the order in which they were asked for.
#[derive(Debug, Default)]
pub struct Faults {
    rules: Mutex<Vec<FaultRule>>,
}

impl Faults {
    /// Adds a rule.
    pub fn add(&self, rule: FaultRule) {
        self.lock().push(rule);
    }

    /// Forgets all rules.
    pub fn clear(&self) {
        self.lock().clear();
    }

    /// The rules that still wait.
    pub fn waiting(&self) -> Vec<FaultRule> {
        self.lock().clone()
    }

    /// The fault for a request, which is counted: the first rule that matches decides.
    pub fn take(&self, host: Host, method: &str, path: &str) -> Option<Fault> {
        let mut rules = self.lock();
        let index = rules.iter().position(|rule| {
            rule.host.is_none_or(|wanted| wanted == host) && rule.matching.holds(method, path)
        })?;
        let rule = rules.get_mut(index)?;
        if rule.skip > 0 {
            rule.skip -= 1;
            return None;
        }
        let fault = rule.fault.clone();
        match rule.times {
            0 => {}
            1 => {
                rules.remove(index);
            }
            _ => rule.times -= 1,
        }
        Some(fault)
    }

    fn lock(&self) -> std::sync::MutexGuard<'_, Vec<FaultRule>> {
        self.rules.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

fn path_matches(pattern: &str, path: &str) -> bool {
    let mut wanted = pattern.trim_matches('/').split('/');
    let mut given = path.trim_matches('/').split('/');
    loop {
        match (wanted.next(), given.next()) {
            (Some("**"), _) | (None, None) => return true,
            (Some("*"), Some(_)) => {}
            (Some(a), Some(b)) if a == b => {}
            _ => return false,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn rule(json: &str) -> FaultRule {
        serde_json::from_str(json).unwrap()
    }

    #[test]
    fn patterns() {
        assert!(path_matches(
            "/doedsbojournaler/*/krav",
            "/doedsbojournaler/7/krav"
        ));
        assert!(!path_matches(
            "/doedsbojournaler/*/krav",
            "/doedsbojournaler/7/krav/1"
        ));
        assert!(path_matches(
            "/doedsbojournaler/**",
            "/doedsbojournaler/7/krav/1"
        ));
        assert!(path_matches("/**", "/"));
    }

    #[test]
    fn a_rule_happens_as_often_as_asked_after_those_it_skips() {
        let faults = Faults::default();
        faults.add(rule(
            r#"{"host":"api","match":{"method":"post"},"skip":1,"times":2,"fault":{"kind":"dropBefore"}}"#,
        ));
        let hit = |host, method| faults.take(host, method, "/x").is_some();
        assert!(!hit(Host::Auth, "POST"));
        assert!(!hit(Host::Api, "GET"));
        assert!(!hit(Host::Api, "POST"));
        assert!(hit(Host::Api, "POST"));
        assert!(hit(Host::Api, "POST"));
        assert!(!hit(Host::Api, "POST"));
        assert!(faults.waiting().is_empty());
    }

    #[test]
    fn unknown_members_are_refused() {
        let typo = r#"{"fault":{"kind":"status","status":429,"retry-after":"2"}}"#;
        assert!(serde_json::from_str::<FaultRule>(typo).is_err());
    }
}
