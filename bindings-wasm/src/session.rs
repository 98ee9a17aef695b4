//! The driver of calls.

use js_sys::{Object, Uint8Array};
use skifteportal::error::TransportFailure;
use skifteportal::model::AdgangsprofilId;
use skifteportal::session as core;
use skifteportal::session::{CallId, ExchangeId, ReporterId, SessionSettings, SignatureId};
use skifteportal::{PortalRefusal, SkifteportalError};
use wasm_bindgen::prelude::*;

use crate::auth::Token;
use crate::call::Call;
use crate::credentials::Credentials;
use crate::environment::Environment;
use crate::failure::{exception, Outcome};
use crate::http::{received, HttpRequest, HttpResponse};
use crate::value::{changed, entropy, object, scalar, set, time, value};

/// The driver of all calls of any number of reporters.
#[wasm_bindgen(skip_typescript)]
pub struct Session(core::Session);

/// An id as JavaScript has it: a whole number below 2^52.
#[allow(clippy::cast_precision_loss)]
fn out(number: u64) -> f64 {
    number as f64
}

/// What is no id is none that was given.
#[allow(clippy::cast_possible_truncation, clippy::cast_sign_loss)]
fn number(id: f64) -> u64 {
    id as u64
}

fn profile(adgangsprofil: Option<String>) -> Outcome<Option<AdgangsprofilId>> {
    adgangsprofil.map(|text| scalar("id", &text)).transpose()
}

#[wasm_bindgen]
impl Session {
    /// A session without reporters.
    #[wasm_bindgen(constructor)]
    pub fn new(
        environment: &Environment,
        settings: &JsValue,
        entropy_bytes: Vec<u8>,
    ) -> Outcome<Session> {
        let settings: SessionSettings = changed(&SessionSettings::default(), settings)?;
        let entropy = entropy(entropy_bytes)?;
        let session = core::Session::new(environment.0.clone(), settings, entropy);
        Ok(Self(session))
    }

    /// The environment that all calls go to.
    #[wasm_bindgen(getter)]
    pub fn environment(&self) -> Environment {
        Environment(self.0.environment().clone())
    }

    /// The settings in force.
    #[wasm_bindgen(getter)]
    pub fn settings(&self) -> JsValue {
        object(self.0.settings())
    }

    /// Adds a reporter.
    #[wasm_bindgen(js_name = addReporter)]
    pub fn add_reporter(&mut self, credentials: &Credentials) -> Outcome<f64> {
        Ok(out(self.0.add_reporter(credentials.0.clone())?.number()))
    }

    /// Gives a reporter other credentials.
    #[wasm_bindgen(js_name = replaceCredentials)]
    pub fn replace_credentials(&mut self, reporter: f64, credentials: &Credentials) -> Outcome<()> {
        let reporter = ReporterId::from_number(number(reporter));
        Ok(self
            .0
            .replace_credentials(reporter, credentials.0.clone())?)
    }

    /// Removes a reporter.
    #[wasm_bindgen(js_name = removeReporter)]
    pub fn remove_reporter(&mut self, reporter: f64) -> Outcome<()> {
        let reporter = ReporterId::from_number(number(reporter));
        Ok(self.0.remove_reporter(reporter)?)
    }

    /// Forgets a reporter's tokens.
    #[wasm_bindgen(js_name = invalidateTokens)]
    pub fn invalidate_tokens(&mut self, reporter: f64) -> Outcome<()> {
        let reporter = ReporterId::from_number(number(reporter));
        Ok(self.0.invalidate_tokens(reporter)?)
    }

    /// The thumbprint of the certificate that the connection to the STS presents.
    #[wasm_bindgen(js_name = tlsCertificate)]
    pub fn tls_certificate(&self, reporter: f64) -> Outcome<String> {
        let reporter = ReporterId::from_number(number(reporter));
        Ok(self.0.tls_certificate(reporter)?.to_string())
    }

    /// Submits a call.
    pub fn submit(
        &mut self,
        now: &JsValue,
        reporter: f64,
        adgangsprofil: Option<String>,
        call: &Call,
    ) -> Outcome<f64> {
        let reporter = ReporterId::from_number(number(reporter));
        let prepared = call.0.prepared().clone();
        let id = self
            .0
            .submit(time(now)?, reporter, profile(adgangsprofil)?, prepared)?;
        Ok(out(id.number()))
    }

    /// Asks for a token.
    #[wasm_bindgen(js_name = submitToken)]
    pub fn submit_token(
        &mut self,
        now: &JsValue,
        reporter: f64,
        adgangsprofil: Option<String>,
    ) -> Outcome<f64> {
        let reporter = ReporterId::from_number(number(reporter));
        let id = self
            .0
            .submit_token(time(now)?, reporter, profile(adgangsprofil)?)?;
        Ok(out(id.number()))
    }

    /// Gives a call up.
    pub fn cancel(&mut self, call: f64) -> Outcome<JsValue> {
        Ok(object(&self.0.cancel(CallId::from_number(number(call)))?))
    }

    /// What the host does next.
    pub fn next(&mut self, now: &JsValue) -> Outcome<Object> {
        Ok(action(self.0.next(time(now)?)))
    }

    /// What the host does next for one call.
    #[wasm_bindgen(js_name = nextFor)]
    pub fn next_for(&mut self, now: &JsValue, call: f64) -> Outcome<Object> {
        let call = CallId::from_number(number(call));
        Ok(action(self.0.next_for(call, time(now)?)?))
    }

    /// Hands in an answer.
    pub fn receive(
        &mut self,
        now: &JsValue,
        exchange: f64,
        status: f64,
        headers: &JsValue,
        body: Vec<u8>,
    ) -> Outcome<()> {
        let response = received(status, headers, body)?;
        let exchange = ExchangeId::from_number(number(exchange));
        Ok(self.0.receive(time(now)?, exchange, response)?)
    }

    /// Tells that there is no answer.
    pub fn failed(&mut self, now: &JsValue, exchange: f64, failure: &JsValue) -> Outcome<()> {
        let failure: TransportFailure = value(failure)?;
        let exchange = ExchangeId::from_number(number(exchange));
        Ok(self.0.failed(time(now)?, exchange, failure)?)
    }

    /// Hands in a signature.
    pub fn signed(&mut self, now: &JsValue, signature: f64, bytes: &[u8]) -> Outcome<()> {
        let signature = SignatureId::from_number(number(signature));
        Ok(self.0.signed(time(now)?, signature, bytes)?)
    }

    /// Tells that there is no signature.
    #[wasm_bindgen(js_name = signFailed)]
    pub fn sign_failed(&mut self, now: &JsValue, signature: f64, reason: &str) -> Outcome<()> {
        let signature = SignatureId::from_number(number(signature));
        Ok(self.0.sign_failed(time(now)?, signature, reason)?)
    }

    /// The session's figures.
    #[wasm_bindgen(getter)]
    pub fn stats(&self) -> JsValue {
        object(&self.0.stats())
    }

    /// What the session has of a token.
    #[wasm_bindgen(js_name = tokenStatus)]
    pub fn token_status(&self, reporter: f64, adgangsprofil: Option<String>) -> Outcome<JsValue> {
        let reporter = ReporterId::from_number(number(reporter));
        let adgangsprofil = profile(adgangsprofil)?;
        Ok(object(
            &self.0.token_status(reporter, adgangsprofil.as_ref())?,
        ))
    }

    /// How far the clock of the STS is ahead.
    #[wasm_bindgen(getter, js_name = clockOffsetMillis)]
    pub fn clock_offset_millis(&self) -> JsValue {
        object(&self.0.clock_offset_millis())
    }
}

fn action(action: core::Action) -> Object {
    use core::Action as A;

    let made = Object::new();
    let kind = match action {
        A::Send {
            exchange,
            request,
            reporter,
            call,
            timeout_seconds,
        } => {
            set(&made, "exchange", &out(exchange.number()).into());
            set(&made, "request", &HttpRequest(request).into());
            set(
                &made,
                "reporter",
                &object(&reporter.map(ReporterId::number)),
            );
            set(&made, "call", &object(&call.map(CallId::number)));
            set(&made, "timeoutSeconds", &timeout_seconds.into());
            "send"
        }
        A::Sign {
            signature,
            reporter,
            signing_input,
            algorithm,
        } => {
            set(&made, "signature", &out(signature.number()).into());
            set(&made, "reporter", &out(reporter.number()).into());
            let input = Uint8Array::from(signing_input.as_slice());
            set(&made, "signingInput", &input);
            set(&made, "algorithm", &algorithm.as_str().into());
            "sign"
        }
        A::Wait { until } => {
            set(&made, "until", &object(&until));
            "wait"
        }
        A::Parked { until } => {
            set(&made, "until", &object(&until));
            "parked"
        }
        A::Done { call, outcome } => {
            set(&made, "call", &out(call.number()).into());
            match outcome {
                Ok(response) => set(&made, "response", &HttpResponse(response).into()),
                Err(failure) => set(&made, "failure", &failed(*failure)),
            }
            "done"
        }
        A::Token { call, token } => {
            set(&made, "call", &out(call.number()).into());
            set(&made, "token", &Token(token).into());
            "token"
        }
        // The core keeps the right to more actions; each comes with its arm here.
        _ => "idle",
    };
    set(&made, "type", &kind.into());
    made
}

/// How a call failed, and the exception for it.
fn failed(failure: core::CallFailure) -> Object {
    let made = Object::new();
    set(&made, "code", &failure.code().into());
    set(&made, "text", &failure.to_string().into());
    set(&made, "certainty", &failure.certainty.as_str().into());
    set(&made, "retry", &object(&failure.retry()));
    set(&made, "attempts", &failure.attempts.into());
    set(&made, "mayBeOwnEffect", &failure.may_be_own_effect.into());
    let refusal = failure.portal_error().map(PortalRefusal::from);
    set(&made, "refusal", &object(&refusal));
    let response = failure.response.clone().map(HttpResponse);
    set(
        &made,
        "response",
        &response.map_or(JsValue::NULL, JsValue::from),
    );
    set(
        &made,
        "error",
        &exception(&SkifteportalError::from(failure)),
    );
    made
}
