//! One line for each request, for people and for tests that count.

use std::sync::{Mutex, MutexGuard, PoisonError};

use serde::Serialize;
use time::macros::format_description;
use time::OffsetDateTime;

use crate::fault::Host;

/// Who a handler found behind a request, in a few words; a response extension.
#[derive(Clone, Debug)]
pub(crate) struct Who(pub(crate) String);

/// A request that reached a host.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct LoggedRequest {
    /// When it arrived, by real time: `HH:MM:SS.mmm` in UTC.
    pub time: String,
    /// The host.
    pub host: Host,
    /// The method.
    pub method: String,
    /// The path without its query; what may be a CPR number is masked.
    pub path: String,
    /// The names of the query's parameters, without values.
    pub query: Vec<String>,
    /// The status that was sent; absent when the connection was cut before an answer.
    pub status: Option<u16>,
    /// The caller in a few words: client id, CVR number, kind of token.
    pub caller: Option<String>,
    /// The fault that happened to it.
    pub fault: Option<&'static str>,
    /// Whether a handler saw it.
    pub processed: bool,
    /// How long it took, in milliseconds.
    pub milliseconds: u64,
}

/// A TLS handshake that failed.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct RefusedHandshake {
    /// When, by real time: `HH:MM:SS.mmm` in UTC.
    pub time: String,
    /// The host.
    pub host: Host,
    /// Why.
    pub reason: String,
}

/// How many entries of each kind are kept; the oldest go first.
const KEPT: usize = 10_000;

#[derive(Debug, Default)]
struct Entries {
    requests: Vec<LoggedRequest>,
    handshakes: Vec<RefusedHandshake>,
}

/// The log of one sandbox.
#[derive(Debug, Default)]
pub(crate) struct RequestLog {
    entries: Mutex<Entries>,
    print: bool,
}

impl RequestLog {
    pub(crate) fn new(print: bool) -> Self {
        Self {
            entries: Mutex::default(),
            print,
        }
    }

    pub(crate) fn request(&self, entry: LoggedRequest) {
        if self.print {
            print_line(&line(&entry));
        }
        push(&mut self.lock().requests, entry);
    }

    pub(crate) fn handshake(&self, host: Host, reason: String) {
        let entry = RefusedHandshake {
            time: time_of_day(),
            host,
            reason,
        };
        if self.print {
            print_line(&format!(
                "{} {:<7} TLS handshake failed: {}",
                entry.time,
                host.label(),
                entry.reason
            ));
        }
        push(&mut self.lock().handshakes, entry);
    }

    pub(crate) fn requests(&self) -> Vec<LoggedRequest> {
        self.lock().requests.clone()
    }

    pub(crate) fn handshakes(&self) -> Vec<RefusedHandshake> {
        self.lock().handshakes.clone()
    }

    pub(crate) fn clear(&self) {
        *self.lock() = Entries::default();
    }

    fn lock(&self) -> MutexGuard<'_, Entries> {
        self.entries.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

fn push<T>(entries: &mut Vec<T>, entry: T) {
    if entries.len() >= KEPT {
        entries.remove(0);
    }
    entries.push(entry);
}

fn line(entry: &LoggedRequest) -> String {
    let status = entry
        .status
        .map_or_else(|| "---".to_owned(), |status| status.to_string());
    let query = if entry.query.is_empty() {
        String::new()
    } else {
        format!("?{}", entry.query.join("&"))
    };
    let fault = entry
        .fault
        .map(|fault| format!("  fault: {fault}"))
        .unwrap_or_default();
    format!(
        "{} {:<7} {:<6} {}{query} {status} {} {} ms{fault}",
        entry.time,
        entry.host.label(),
        entry.method,
        entry.path,
        entry.caller.as_deref().unwrap_or("(no caller)"),
        entry.milliseconds,
    )
}

fn print_line(line: &str) {
    use std::io::Write as _;
    // Who closed the pipe does not want the lines any more; requests are answered all the same.
    let _ = writeln!(std::io::stdout(), "{line}");
}

pub(crate) fn time_of_day() -> String {
    let format = format_description!("[hour]:[minute]:[second].[subsecond digits:3]");
    OffsetDateTime::now_utc().format(format).unwrap_or_default()
}

/// The path with what may be a CPR number masked: ten digits, with or without a dash after six.
pub(crate) fn masked(path: &str) -> String {
    path.split('/')
        .map(|segment| {
            let digits = segment.chars().filter(char::is_ascii_digit).count();
            let others = segment.len() - digits;
            if digits == 10 && others <= 1 {
                "**********"
            } else {
                segment
            }
        })
        .collect::<Vec<_>>()
        .join("/")
}

/// The names of a query's parameters.
pub(crate) fn query_names(query: Option<&str>) -> Vec<String> {
    query
        .into_iter()
        .flat_map(|query| query.split('&'))
        .filter_map(|pair| pair.split('=').next())
        .filter(|name| !name.is_empty())
        .map(ToOwned::to_owned)
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_may_be_a_cpr_number_is_masked() {
        assert_eq!(
            masked("/a/4634875520/463487-5520/b"),
            "/a/**********/**********/b"
        );
        let id = "/doedsbojournaler/e25d84d3-7aec-4361-84da-93125cb83f08";
        assert_eq!(masked(id), id);
        assert_eq!(query_names(Some("page=1&navn=Erlinda&")), ["page", "navn"]);
    }
}
