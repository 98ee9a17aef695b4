//! What the host does next.

use std::sync::Arc;

use skifteportal::model::Timestamp;
use skifteportal::session as core;
use skifteportal::session::SignatureAlgorithm;

use super::failure::CallResult;
use super::id;
use crate::auth::Token;
use crate::http::HttpRequest;

/// What the host does next.
// Not the core's own enum: that holds requests, answers and tokens by value, which cross as objects.
#[derive(Clone, Debug, uniffi::Enum)]
pub enum SessionAction {
    /// Send the request as it is, then call `Session.receive` or `Session.failed` with the id, exactly
    /// once.
    Send {
        /// Names the exchange in the answer.
        exchange: i64,
        /// What to send; its `identity` is the client certificate that the connection presents.
        request: Arc<HttpRequest>,
        /// Whose certificate that is (variant B: the one whose API user's); absent where it presents
        /// none.
        reporter: Option<i64>,
        /// The call that is sent; absent for a token request.
        call: Option<i64>,
        /// How long to wait for the answer, in seconds. Then report a time-out.
        timeout_seconds: i32,
    },
    /// Sign the bytes with the reporter's key, then call `Session.signed` or `Session.signFailed` with
    /// the id, exactly once.
    Sign {
        /// Names the signature in the answer.
        signature: i64,
        /// Whose key.
        reporter: i64,
        /// The bytes to sign; not a hash of them.
        signing_input: Vec<u8>,
        /// How.
        algorithm: SignatureAlgorithm,
    },
    /// Nothing is out and nothing is due: ask again at this time, or after something was submitted.
    Wait {
        /// By the host's clock.
        until: Timestamp,
    },
    /// An exchange or a signature is out that this waits for. Ask again after any answer was handed in,
    /// or after something was submitted; but at this time at the latest.
    Parked {
        /// By the host's clock.
        until: Timestamp,
    },
    /// A call has ended. Its id is not known any more.
    Done {
        /// Which call.
        call: i64,
        /// How it ended.
        outcome: Arc<CallResult>,
    },
    /// A token that was asked for with `Session.submitToken`. Its id is not known any more. Where the
    /// token could not be had, `Done` says why.
    // Not `Token`: the name would hide that of its field's type.
    TokenReady {
        /// Which wish.
        call: i64,
        /// The token, fresh by the session's margin.
        token: Arc<Token>,
    },
    /// There are no calls: ask again after one was submitted.
    Idle,
}

impl From<core::Action> for SessionAction {
    fn from(action: core::Action) -> Self {
        match action {
            core::Action::Send {
                exchange,
                request,
                reporter,
                call,
                timeout_seconds,
            } => Self::Send {
                exchange: id(exchange.number()),
                request: Arc::new(HttpRequest(request)),
                reporter: reporter.map(|reporter| id(reporter.number())),
                call: call.map(|call| id(call.number())),
                timeout_seconds: i32::try_from(timeout_seconds).unwrap_or(i32::MAX),
            },
            core::Action::Sign {
                signature,
                reporter,
                signing_input,
                algorithm,
            } => Self::Sign {
                signature: id(signature.number()),
                reporter: id(reporter.number()),
                signing_input,
                algorithm,
            },
            core::Action::Wait { until } => Self::Wait { until },
            core::Action::Parked { until } => Self::Parked { until },
            core::Action::Done { call, outcome } => Self::Done {
                call: id(call.number()),
                outcome: Arc::new(CallResult::from(outcome)),
            },
            core::Action::Token { call, token } => Self::TokenReady {
                call: id(call.number()),
                token: Arc::new(Token(token)),
            },
            // The core keeps the right to more actions; each comes with its arm here.
            _ => Self::Idle,
        }
    }
}
