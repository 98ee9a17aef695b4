//! The check of PDFs and its remedy.

use js_sys::{Array, Object};
use serde::Serialize;
use skifteportal::error::Language;
use skifteportal::pdf::{self, Report};
use wasm_bindgen::prelude::*;

use crate::failure::Outcome;
use crate::profile::profile;
use crate::value::{object, set};

#[derive(Serialize)]
struct Explanation {
    da: String,
    en: String,
}

/// A report with what is computed of it: its codes, its one line, and the texts of each finding.
fn explained(report: &Report) -> JsValue {
    let text = |finding: &pdf::Finding| Explanation {
        da: finding.explanation(Language::Danish),
        en: finding.explanation(Language::English),
    };
    let explanations: Vec<Explanation> = report.findings.iter().map(text).collect();
    let all = Object::from(object(report));
    set(&all, "codes", &object(&report.codes()));
    set(&all, "summary", &report.to_string().into());
    set(&all, "explanations", &object(&explanations));
    all.into()
}

/// Checks a file.
#[wasm_bindgen(js_name = checkPdf, skip_typescript)]
pub fn check_pdf(bytes: &[u8], under: &JsValue) -> Outcome<JsValue> {
    Ok(explained(&pdf::check(bytes, &profile(under)?)))
}

/// All kinds of findings.
#[wasm_bindgen(js_name = pdfKinds, skip_typescript)]
pub fn pdf_kinds() -> Array {
    let names = pdf::Kind::ALL.iter().map(|kind| kind.as_str());
    names.map(JsValue::from).collect()
}

/// Fails where the portal is known to refuse the file, before anything is filed that it belongs to.
#[cfg(feature = "pdf")]
#[wasm_bindgen(js_name = checkUpload, skip_typescript)]
pub fn check_upload(filnavn: String, bytes: Vec<u8>, under: &JsValue) -> Outcome<()> {
    let profile = profile(under)?;
    skifteportal::api::BilagUpload::checked(filnavn, bytes, &profile)?;
    Ok(())
}

/// Writes a file anew without what the profile refuses.
#[cfg(feature = "pdf")]
#[wasm_bindgen(js_name = sanitizePdf, skip_typescript)]
pub fn sanitize_pdf(bytes: &[u8], under: &JsValue, options: &JsValue) -> Outcome<Object> {
    let words: Option<Options> = crate::value::value(options)?;
    let words = words.unwrap_or_default();
    let mut chosen = pdf::SanitizeOptions::default()
        .break_signatures(words.break_signatures)
        .remove_at_risk(words.remove_at_risk);
    for kind in words.remove {
        chosen = chosen.remove(kind);
    }
    let sanitized = pdf::sanitize(bytes, &profile(under)?, &chosen)?;
    let result = Object::new();
    let file = js_sys::Uint8Array::from(sanitized.bytes.as_slice());
    set(&result, "bytes", &file);
    set(&result, "removed", &object(&sanitized.removed));
    set(&result, "report", &explained(&sanitized.report));
    Ok(result)
}

#[cfg(feature = "pdf")]
#[derive(Default, serde::Deserialize)]
#[serde(rename_all = "camelCase", default, deny_unknown_fields)]
struct Options {
    break_signatures: bool,
    remove_at_risk: bool,
    remove: Vec<pdf::Kind>,
}
