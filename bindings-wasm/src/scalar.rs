//! Amounts, dates, times and ids.

use serde::Serialize;
use skifteportal::model::{from_json, Beloeb, CprNummer, CvrNummer, Dato, KravId, Timestamp};
use skifteportal::SkifteportalError;
use wasm_bindgen::prelude::*;

use crate::failure::Outcome;
use crate::value::{object, scalar, time, whole};

/// Reads an amount: `123` or `123.45`.
#[wasm_bindgen(js_name = readBeloeb, skip_typescript)]
pub fn read_beloeb(text: &str) -> Outcome<String> {
    Ok(scalar::<Beloeb>("beloeb", text)?.to_string())
}

/// Reads an amount that is a number of JSON.
#[wasm_bindgen(js_name = beloebFromJson, skip_typescript)]
pub fn beloeb_from_json(json: &str) -> Outcome<String> {
    let beloeb: Beloeb = from_json(json.as_bytes())?;
    Ok(beloeb.to_string())
}

/// An amount of whole øre.
#[wasm_bindgen(js_name = beloebFromOere, skip_typescript)]
pub fn beloeb_from_oere(oere: JsValue) -> Outcome<String> {
    Ok(Beloeb::from_oere(whole("beloeb", oere)?).to_string())
}

/// Reads a date.
#[wasm_bindgen(js_name = readDato, skip_typescript)]
pub fn read_dato(text: &str) -> Outcome<String> {
    Ok(scalar::<Dato>("dato", text)?.to_string())
}

/// The date in Denmark at a point in time.
#[wasm_bindgen(js_name = datoInDenmark, skip_typescript)]
pub fn dato_in_denmark(now: &JsValue) -> Outcome<String> {
    Ok(Dato::in_denmark(time(now)?).to_string())
}

/// A point in time: as it is sent, and as numbers.
#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Moment {
    text: String,
    unix_seconds: i64,
    nanoseconds: u32,
}

fn moment(time: Timestamp) -> JsValue {
    object(&Moment {
        text: time.to_string(),
        unix_seconds: time.unix(),
        nanoseconds: time.subsec_nanos(),
    })
}

/// Reads a point in time.
#[wasm_bindgen(js_name = readTime, skip_typescript)]
pub fn read_time(given: &JsValue) -> Outcome<JsValue> {
    Ok(moment(time(given)?))
}

/// Reads an HTTP date.
#[wasm_bindgen(js_name = timeFromHttpDate, skip_typescript)]
pub fn time_from_http_date(text: &str) -> Outcome<JsValue> {
    let read = Timestamp::from_http_date(text);
    let time = read.map_err(|error| SkifteportalError::input("timestamp", &error))?;
    Ok(moment(time))
}

/// A point in time of milliseconds since 1970, of which a double does not hold all.
#[wasm_bindgen(js_name = timeFromUnixMilliseconds, skip_typescript)]
pub fn time_from_unix_milliseconds(milliseconds: JsValue) -> Outcome<JsValue> {
    let milliseconds = whole("timestamp", milliseconds)?;
    Ok(moment(Timestamp::from_unix_millis(milliseconds)))
}

/// A point in time moved by seconds.
#[wasm_bindgen(js_name = plusSeconds, skip_typescript)]
pub fn plus_seconds(given: &JsValue, seconds: JsValue) -> Outcome<JsValue> {
    let seconds = whole("timestamp", seconds)?;
    Ok(moment(time(given)?.plus_seconds(seconds)))
}

/// Reads an id of any entity.
#[wasm_bindgen(js_name = readId, skip_typescript)]
pub fn read_id(text: &str) -> Outcome<String> {
    Ok(scalar::<KravId>("id", text)?.to_string())
}

/// Reads a CPR number. It is personal data: never log it.
#[wasm_bindgen(js_name = readCprNummer, skip_typescript)]
pub fn read_cpr_nummer(text: &str) -> Outcome<String> {
    let read = CprNummer::new(text);
    let cpr = read.map_err(|error| SkifteportalError::input("cpr_nummer", &error))?;
    Ok(cpr.expose().to_owned())
}

/// Reads a CVR number.
#[wasm_bindgen(js_name = readCvrNummer, skip_typescript)]
pub fn read_cvr_nummer(text: &str) -> Outcome<String> {
    Ok(scalar::<CvrNummer>("cvr_nummer", text)?.to_string())
}
