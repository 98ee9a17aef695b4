//! The rules of payloads that the guide does not print (guide 4.4.4), and the codes of all rules.

use serde::Deserialize;
use skifteportal::dynamic::of_face;
use skifteportal::model::{Dato, DokumentId, Part};
use skifteportal::rules as core;
use wasm_bindgen::prelude::*;

use crate::checks::Checks;
use crate::failure::{input, Outcome};
use crate::value::{json, object};

/// The codes of all rules.
#[wasm_bindgen(js_name = ruleCodes, skip_typescript)]
pub fn rule_codes() -> JsValue {
    object(core::CHECKED_CODES)
}

/// doedsbo.f24: a bilag is a PDF.
#[wasm_bindgen(js_name = checkPdfHeader, skip_typescript)]
pub fn check_pdf_header(content: &[u8], checks: &Checks) -> JsValue {
    object(&core::check_pdf_header(content, &checks.0))
}

/// What is looked at: all members of all kinds at once. What serde derives for an enum of them is several
/// times as large.
#[derive(Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
struct Of {
    r#type: String,
    #[serde(default)]
    opsummering: Option<String>,
    #[serde(default)]
    aarsag: Option<String>,
    #[serde(default)]
    bilag: usize,
    #[serde(default)]
    fristdato: Option<Dato>,
    #[serde(default)]
    modtagere: Vec<Part>,
    #[serde(default)]
    har_aktiver: bool,
    #[serde(default)]
    beskrevne_aktiver: usize,
    #[serde(default)]
    selskab_aktivt: bool,
    #[serde(default)]
    ophoert: Option<Dato>,
    #[serde(default)]
    skrivelse_om_kaereafgift: Option<DokumentId>,
    #[serde(default)]
    skrivelse_til_landsretten: Option<DokumentId>,
    #[serde(default)]
    part: Part,
    #[serde(default)]
    udestaaende_id: Option<String>,
    #[serde(default)]
    udfald: Option<String>,
}

/// Every rule that something breaks which the guide has rules for and prints no JSON of.
#[wasm_bindgen(js_name = checkHandling, skip_typescript)]
pub fn check_handling(of: &JsValue, checks: &Checks) -> Outcome<JsValue> {
    let of: Of = of_face(&json(of)?)?;
    let checks = &checks.0;
    let broken = match of.r#type.as_str() {
        "redegoerelse" => core::check_redegoerelse(of.opsummering.as_deref(), of.bilag, checks),
        "fristudsaettelse" => core::check_fristudsaettelse(of.aarsag.as_deref(), of.bilag, checks),
        "anmodning_om_revisor" => {
            core::check_anmodning_om_revisor(of.aarsag.as_deref(), of.bilag, checks)
        }
        "konkursbegaering" => core::check_konkursbegaering(of.bilag, checks),
        "anmodning_om_erklaering" => {
            core::check_anmodning_om_erklaering(of.fristdato, &of.modtagere, checks)
        }
        "erklaering" => core::check_erklaering(
            of.har_aktiver,
            of.beskrevne_aktiver,
            of.selskab_aktivt,
            of.ophoert,
            checks,
        ),
        "kaeremaal" => core::check_kaeremaal(
            of.skrivelse_om_kaereafgift.as_ref(),
            of.skrivelse_til_landsretten.as_ref(),
            checks,
        ),
        "tidligere_ledelse" => core::check_tidligere_ledelse(&of.part, checks),
        "retsbog_fra_landsret" => core::check_retsbog_fra_landsret(
            of.udestaaende_id.as_deref(),
            of.udfald.as_deref(),
            checks,
        ),
        _ => {
            return Err(input(
                "handling",
                "there are no rules for anything of that name",
            ))
        }
    };
    Ok(object(&broken))
}
