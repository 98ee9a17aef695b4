//! Rules for the sandbox's faults.

use serde_json::Value;
use skifteportal_sandbox::fault::{FaultMatch, FaultRule, Host};

/// A fault that happens to the first matching request. The fault is written as in the sandbox's
/// README; `path` is a pattern.
pub fn once(host: Host, method: &str, path: &str, fault: &Value) -> FaultRule {
    FaultRule {
        host: Some(host),
        matching: FaultMatch {
            method: Some(method.to_owned()),
            path: Some(path.to_owned()),
        },
        skip: 0,
        times: 1,
        fault: serde_json::from_value(fault.clone()).unwrap(),
    }
}

/// A fault that happens to all matching requests.
pub fn always(host: Host, method: &str, path: &str, fault: &Value) -> FaultRule {
    FaultRule {
        times: 0,
        ..once(host, method, path, fault)
    }
}
