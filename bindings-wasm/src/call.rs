//! Calls of any operation.

use std::rc::Rc;

use js_sys::{Object, Uint8Array};
use skifteportal::api::{self, BilagUpload};
use skifteportal::dynamic::{self, Answer, DynamicCall};
use wasm_bindgen::prelude::*;

use crate::auth::Token;
use crate::checks::Checks;
use crate::environment::Environment;
use crate::failure::Outcome;
use crate::http::{HttpRequest, HttpResponse};
use crate::value::{json, object, optional, parsed, set, time};

/// A call, which is sent by a session or with a token of the host's.
#[wasm_bindgen(skip_typescript)]
pub struct Call(pub(crate) Rc<DynamicCall>);

#[wasm_bindgen]
impl Call {
    /// A call of an operation of the catalogue.
    pub fn named(key: &str, arguments: &JsValue, checks: &Checks) -> Outcome<Call> {
        let arguments = json(arguments)?;
        let call = dynamic::call(key, &arguments, None, &checks.0)?;
        Ok(Self(Rc::new(call)))
    }

    /// A call that uploads a file. Whether the portal takes it says the check of PDFs, in a module of its own.
    pub fn upload(
        key: &str,
        arguments: &JsValue,
        filnavn: String,
        bytes: Vec<u8>,
        checks: &Checks,
    ) -> Outcome<Call> {
        let arguments = json(arguments)?;
        let file = BilagUpload::new(filnavn, bytes);
        let call = dynamic::call(key, &arguments, Some(file), &checks.0)?;
        Ok(Self(Rc::new(call)))
    }

    /// A call of an operation that the catalogue does not have.
    pub fn custom(words: &JsValue, bytes: Option<Vec<u8>>) -> Outcome<Call> {
        let bytes = bytes.unwrap_or_default();
        Ok(Self(Rc::new(dynamic::custom(&json(words)?, bytes)?)))
    }

    /// The same call, which stays when this one is freed.
    pub fn copy(&self) -> Self {
        Self(Rc::clone(&self.0))
    }

    /// The operation's key.
    #[wasm_bindgen(getter)]
    pub fn operation(&self) -> String {
        self.0.prepared().operation().key.to_string()
    }

    /// What is known of the operation.
    #[wasm_bindgen(getter)]
    pub fn spec(&self) -> JsValue {
        object(self.0.prepared().operation())
    }

    /// Whether sending it again does no harm when the outcome is unknown.
    #[wasm_bindgen(getter)]
    pub fn repeatable(&self) -> bool {
        self.0.prepared().repeatable()
    }

    /// The complete request.
    #[wasm_bindgen(js_name = toRequest)]
    pub fn to_request(&self, environment: &Environment, token: &JsValue) -> Outcome<HttpRequest> {
        let token: Option<Token> = optional(token)?;
        let token = token.as_ref().map(|token| &token.0);
        let request = self.0.prepared().to_request(&environment.0, token)?;
        Ok(HttpRequest(request))
    }

    /// Reads the answer.
    pub fn outcome(&self, response: &HttpResponse, now: &JsValue) -> Outcome<JsValue> {
        Ok(answer(self.0.outcome(&response.0, time(now)?)?))
    }
}

fn text(text: Option<String>) -> JsValue {
    text.map_or(JsValue::NULL, JsValue::from)
}

fn answer(answer: Answer) -> JsValue {
    let made = Object::new();
    match answer {
        Answer::Value(face) => return parsed(&face),
        Answer::File(file) => {
            set(&made, "filnavn", &text(file.filnavn));
            set(&made, "contentType", &text(file.content_type));
            set(&made, "bytes", &Uint8Array::from(file.bytes.as_slice()));
        }
        Answer::Raw(raw) => {
            set(&made, "status", &raw.status.into());
            set(&made, "contentType", &text(raw.content_type));
            set(&made, "filnavn", &text(raw.filnavn));
            set(&made, "total", &object(&raw.total));
            set(&made, "bytes", &Uint8Array::from(raw.bytes.as_slice()));
        }
        // The core keeps the right to more kinds; each comes with its arm here.
        _ => return JsValue::NULL,
    }
    made.into()
}

/// All operations that the core knows.
#[wasm_bindgen(skip_typescript)]
pub fn catalogue() -> JsValue {
    object(api::catalogue())
}

/// All services.
#[wasm_bindgen(skip_typescript)]
pub fn services() -> JsValue {
    object(api::services())
}
