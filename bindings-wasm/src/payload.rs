//! Payloads by the names of their types, and the members that have no type.

use js_sys::Uint8Array;
use skifteportal::dynamic::{ExtraMembers, Payloads};
use wasm_bindgen::prelude::*;

use crate::checks::Checks;
use crate::failure::Outcome;
use crate::value::{json, object, parsed};

/// The names of all types.
#[wasm_bindgen(js_name = payloadNames, skip_typescript)]
pub fn payload_names() -> Vec<String> {
    Payloads::names().map(ToOwned::to_owned).collect()
}

/// The names of the typed members of a type.
#[wasm_bindgen(js_name = payloadMembers, skip_typescript)]
pub fn payload_members(name: &str) -> Outcome<JsValue> {
    Ok(object(Payloads::named(name)?.members()))
}

/// Reads a payload, or a list of them, of the portal's JSON.
#[wasm_bindgen(js_name = decodePayload, skip_typescript)]
pub fn decode_payload(name: &str, json: &[u8]) -> Outcome<JsValue> {
    Ok(parsed(&Payloads::named(name)?.read(json)?))
}

/// The portal's JSON of a payload, or of a list of them.
#[wasm_bindgen(js_name = encodePayload, skip_typescript)]
pub fn encode_payload(name: &str, payload: &JsValue) -> Outcome<Uint8Array> {
    let json = Payloads::named(name)?.write(&json(payload)?)?;
    Ok(json.as_slice().into())
}

/// The payload with a typed member set to a text of the portal's JSON, or removed.
#[wasm_bindgen(js_name = withMember, skip_typescript)]
pub fn with_member(
    name: &str,
    payload: &JsValue,
    member: &str,
    text: Option<String>,
) -> Outcome<JsValue> {
    let face = Payloads::named(name)?.with(&json(payload)?, member, text.as_deref())?;
    Ok(parsed(&face))
}

/// Every rule that a payload breaks.
#[wasm_bindgen(js_name = checkPayload, skip_typescript)]
pub fn check_payload(name: &str, payload: &JsValue, checks: &Checks) -> Outcome<JsValue> {
    let broken = Payloads::named(name)?.check(&json(payload)?, &checks.0)?;
    Ok(object(&broken))
}

/// Names and raw JSON texts of the members that have no type.
#[wasm_bindgen(js_name = extraMembers, skip_typescript)]
pub fn extra_members(extra: Option<String>) -> Outcome<JsValue> {
    let extra = ExtraMembers::read(&extra.unwrap_or_default())?;
    let members: Vec<(&str, &str)> = extra.iter().collect();
    Ok(object(&members))
}

/// The members that have no type, with one set to a JSON text, or removed.
#[wasm_bindgen(js_name = withExtra, skip_typescript)]
pub fn with_extra(extra: Option<String>, name: &str, text: Option<String>) -> Outcome<String> {
    let mut extra = ExtraMembers::read(&extra.unwrap_or_default())?;
    match text {
        Some(text) => extra.set(name, &text)?,
        None => {
            extra.remove(name);
        }
    }
    Ok(extra.write())
}
