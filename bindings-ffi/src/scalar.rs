//! Amounts, dates, times and ids, from what a host has of them.

use skifteportal::model::{
    from_json, Beloeb, BeloebError, CprNummer, CvrNummer, Dato, DatoError, KravId, Timestamp,
    TimestampError,
};
use skifteportal::SkifteportalError;

use crate::group::group;

group! {
    /// Amounts in kroner: exact decimals, never binary fractions.
    Amounts
}

#[uniffi::export]
impl Amounts {
    /// Reads a decimal number such as `123` or `123.45`: no leading `+`, no grouping, a point for
    /// decimals, at most 28 digits. What has more is refused and never rounded.
    pub fn read(&self, text: &str) -> Result<Beloeb, SkifteportalError> {
        text.parse()
            .map_err(|error: BeloebError| SkifteportalError::input("beloeb", &error))
    }

    /// Reads a JSON number.
    pub fn from_json(&self, json: &str) -> Result<Beloeb, SkifteportalError> {
        Ok(from_json(json.as_bytes())?)
    }

    /// From a whole number of kroner.
    pub fn from_kroner(&self, kroner: i64) -> Beloeb {
        Beloeb::from_kroner(kroner)
    }

    /// From a whole number of øre; it is written with two decimals.
    pub fn from_oere(&self, oere: i64) -> Beloeb {
        Beloeb::from_oere(oere)
    }

    /// The amount as it is sent.
    pub fn text(&self, beloeb: Beloeb) -> String {
        beloeb.to_string()
    }
}

group! {
    /// Calendar dates.
    Dates
}

#[uniffi::export]
impl Dates {
    /// Reads a date such as `2022-04-29`.
    pub fn read(&self, text: &str) -> Result<Dato, SkifteportalError> {
        text.parse()
            .map_err(|error: DatoError| SkifteportalError::input("dato", &error))
    }

    /// The date in Denmark at a point in time.
    pub fn in_denmark(&self, now: Timestamp) -> Dato {
        Dato::in_denmark(now)
    }

    /// The date as it is sent.
    pub fn text(&self, dato: Dato) -> String {
        dato.to_string()
    }
}

group! {
    /// Points in time, with the nanoseconds that the portal writes.
    Times
}

fn no_time(error: TimestampError) -> SkifteportalError {
    SkifteportalError::input("timestamp", &error)
}

#[uniffi::export]
impl Times {
    /// Reads a point in time as RFC 3339 writes it. How it is written is kept.
    pub fn read(&self, text: &str) -> Result<Timestamp, SkifteportalError> {
        text.parse().map_err(no_time)
    }

    /// Reads an HTTP date, as in the headers `Date` and `Retry-After`.
    pub fn from_http_date(&self, text: &str) -> Result<Timestamp, SkifteportalError> {
        Timestamp::from_http_date(text).map_err(no_time)
    }

    /// From whole seconds since 1970-01-01T00:00:00Z.
    pub fn from_unix_seconds(&self, seconds: i64) -> Timestamp {
        Timestamp::from_unix(seconds)
    }

    /// From milliseconds since 1970-01-01T00:00:00Z.
    pub fn from_unix_milliseconds(&self, milliseconds: i64) -> Timestamp {
        Timestamp::from_unix_millis(milliseconds)
    }

    /// The time moved by seconds.
    pub fn plus_seconds(&self, time: Timestamp, seconds: i64) -> Timestamp {
        time.plus_seconds(seconds)
    }

    /// The time moved by milliseconds.
    pub fn plus_milliseconds(&self, time: Timestamp, milliseconds: i64) -> Timestamp {
        time.plus_millis(milliseconds)
    }

    /// Whole seconds since 1970-01-01T00:00:00Z, rounded down.
    pub fn unix_seconds(&self, time: Timestamp) -> i64 {
        time.unix()
    }

    /// Milliseconds since 1970-01-01T00:00:00Z, rounded down.
    pub fn unix_milliseconds(&self, time: Timestamp) -> i64 {
        time.unix_millis()
    }

    /// The nanoseconds after the whole second.
    pub fn nanoseconds(&self, time: Timestamp) -> i32 {
        i32::try_from(time.subsec_nanos()).unwrap_or_default()
    }

    /// The milliseconds from another time to this one; negative if the other is later.
    pub fn milliseconds_since(&self, time: Timestamp, earlier: Timestamp) -> i64 {
        time.millis_since(earlier)
    }

    /// The time as it is sent.
    pub fn text(&self, time: Timestamp) -> String {
        time.to_string()
    }
}

group! {
    /// Ids, CPR numbers and CVR numbers.
    Ids
}

#[uniffi::export]
impl Ids {
    /// Reads an id of any entity: as it is sent, or a failure if no id can be so.
    pub fn read(&self, text: &str) -> Result<String, SkifteportalError> {
        KravId::new(text)
            .map(|id| id.to_string())
            .map_err(|error| SkifteportalError::input("id", &error))
    }

    /// Reads a CPR number: ten digits, with or without a hyphen after the sixth. It is personal data:
    /// never log it.
    pub fn read_cpr(&self, text: &str) -> Result<CprNummer, SkifteportalError> {
        CprNummer::new(text).map_err(|error| SkifteportalError::input("cpr_nummer", &error))
    }

    /// Reads a CVR number: eight digits.
    pub fn read_cvr(&self, text: &str) -> Result<CvrNummer, SkifteportalError> {
        CvrNummer::new(text).map_err(|error| SkifteportalError::input("cvr_nummer", &error))
    }
}
