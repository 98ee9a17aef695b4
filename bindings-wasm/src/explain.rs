//! What the portal or the network said, and what the guide's codes mean.

use skifteportal::error::{catalogue, CodeEntry, Language, PortalError, TransportFailure};
use skifteportal::{PortalRefusal, SkifteportalError};
use wasm_bindgen::prelude::*;

use crate::failure::{exception, input, Outcome};
use crate::http::HttpResponse;
use crate::value::{object, time, value};

/// What an answer or a failure of the network says.
#[wasm_bindgen(js_name = decodeRefusal, skip_typescript)]
pub fn decode_refusal(response: &HttpResponse, now: &JsValue) -> Outcome<JsValue> {
    let error = PortalError::decode(&response.0, time(now)?);
    Ok(object(&PortalRefusal::from(&error)))
}

/// The same as an exception, to be thrown.
#[wasm_bindgen(js_name = refusalException, skip_typescript)]
pub fn refusal_exception(response: &HttpResponse, now: &JsValue) -> Outcome<JsValue> {
    let error = PortalError::decode(&response.0, time(now)?);
    Ok(exception(&SkifteportalError::portal(&error)))
}

/// What a failure of the network means.
#[wasm_bindgen(js_name = decodeTransport, skip_typescript)]
pub fn decode_transport(failure: &JsValue) -> Outcome<JsValue> {
    let failure: TransportFailure = value(failure)?;
    Ok(object(&PortalRefusal::from(&PortalError::transport(
        failure,
    ))))
}

/// Sorts a failure by the words of an HTTP or TLS library.
#[wasm_bindgen(js_name = classifyTransport, skip_typescript)]
pub fn classify_transport(reason: &str) -> JsValue {
    object(&TransportFailure::classify(reason))
}

/// All codes of the guide.
#[wasm_bindgen(js_name = portalCodes, skip_typescript)]
pub fn portal_codes() -> JsValue {
    let entries: Vec<CodeEntry> = catalogue::entries().copied().collect();
    object(&entries)
}

/// What a code means, in `da` or `en`.
#[wasm_bindgen(js_name = explainCode, skip_typescript)]
pub fn explain_code(
    code: &str,
    arguments: Option<Vec<String>>,
    language: &str,
) -> Outcome<Option<String>> {
    let language = match language {
        "da" => Language::Danish,
        "en" => Language::English,
        _ => return Err(input("language", "the languages are da and en")),
    };
    let arguments = arguments.unwrap_or_default();
    Ok(catalogue::find(code).map(|entry| entry.explanation(language, &arguments)))
}
