use serde::Deserialize;
use serde_json::{json, Value};
use skifteportal::model::{
    from_json, to_json, Beloeb, CprNummer, CvrNummer, Dato, KravId, Timestamp,
};

use crate::wire::time as parsed;

fn refused() -> Value {
    json!({ "refused": true })
}

fn text(bytes: Vec<u8>) -> String {
    String::from_utf8(bytes).unwrap()
}

#[derive(Deserialize)]
#[serde(tag = "do", rename_all = "snake_case", deny_unknown_fields)]
pub(crate) enum Amount {
    Json { json: String },
    Text { text: String },
    Oere { oere: i64 },
}

pub(crate) fn amount(input: Amount) -> Value {
    let amount = match input {
        Amount::Json { json } => from_json::<Beloeb>(json.as_bytes()).ok(),
        Amount::Text { text } => text.parse().ok(),
        Amount::Oere { oere } => Some(Beloeb::from_oere(oere)),
    };
    amount.map_or_else(refused, |amount| json!({ "json": text(to_json(&amount)) }))
}

#[derive(Deserialize)]
#[serde(tag = "do", rename_all = "snake_case", deny_unknown_fields)]
pub(crate) enum Date {
    Read { text: String },
    InDenmark { now: String },
}

pub(crate) fn date(input: Date) -> Value {
    let date = match input {
        Date::Read { text } => text.parse::<Dato>().ok(),
        Date::InDenmark { now } => Some(Dato::in_denmark(parsed(&now))),
    };
    date.map_or_else(refused, |date| json!({ "text": date.to_string() }))
}

#[derive(Deserialize)]
#[serde(tag = "do", rename_all = "snake_case", deny_unknown_fields)]
pub(crate) enum Time {
    Read { text: String },
    HttpDate { text: String },
    UnixMilliseconds { milliseconds: i64 },
    PlusSeconds { text: String, seconds: i64 },
}

pub(crate) fn time(input: Time) -> Value {
    let time = match input {
        Time::Read { text } => text.parse::<Timestamp>().ok(),
        Time::HttpDate { text } => Timestamp::from_http_date(&text).ok(),
        Time::UnixMilliseconds { milliseconds } => Some(Timestamp::from_unix_millis(milliseconds)),
        Time::PlusSeconds { text, seconds } => Some(parsed(&text).plus_seconds(seconds)),
    };
    time.map_or_else(refused, |time| {
        json!({
            "text": time.to_string(),
            "unix_seconds": time.unix(),
            "nanoseconds": time.subsec_nanos(),
        })
    })
}

#[derive(Deserialize)]
#[serde(tag = "do", rename_all = "snake_case", deny_unknown_fields)]
pub(crate) enum Number {
    Id { text: String },
    Cpr { text: String },
    Cvr { text: String },
}

pub(crate) fn id(input: Number) -> Value {
    let id = match input {
        Number::Id { text } => KravId::new(&text).ok().map(|id| id.to_string()),
        Number::Cpr { text } => CprNummer::new(&text)
            .ok()
            .map(|cpr| cpr.expose().to_owned()),
        Number::Cvr { text } => CvrNummer::new(&text)
            .ok()
            .map(|cvr| cvr.as_str().to_owned()),
    };
    id.map_or_else(refused, |id| json!({ "text": id }))
}
