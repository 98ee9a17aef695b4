//! Free text and filenames.

use skifteportal::api::disposition;
use skifteportal::text::Fritekst;
use wasm_bindgen::prelude::*;

use crate::failure::Outcome;

/// Escapes for the content of an HTML element.
#[wasm_bindgen(js_name = escapeHtml, skip_typescript)]
pub fn escape_html(text: String) -> String {
    Fritekst::new(text).escape_html().into_string()
}

/// Escapes for the value of an HTML attribute.
#[wasm_bindgen(js_name = escapeAttribute, skip_typescript)]
pub fn escape_attribute(text: String) -> String {
    Fritekst::new(text).escape_attribute().into_string()
}

/// Escapes for the inside of a JavaScript string.
#[wasm_bindgen(js_name = escapeJavascript, skip_typescript)]
pub fn escape_javascript(text: String) -> String {
    Fritekst::new(text).escape_javascript().into_string()
}

/// The value of `Content-Disposition` for a filename.
#[wasm_bindgen(js_name = encodeFilename, skip_typescript)]
pub fn encode_filename(filnavn: &str) -> Outcome<String> {
    Ok(disposition::encode(filnavn)?)
}

/// The filename in a `Content-Disposition`, made safe.
#[wasm_bindgen(js_name = decodeFilename, skip_typescript)]
pub fn decode_filename(header: &str) -> Option<String> {
    disposition::decode(header)
}
