use serde::Deserialize;
use serde_json::{json, Value};
use skifteportal::api::{DownloadedFile, Paged, RawAnswer};
use skifteportal::model::*;

use crate::operations::{make, Called};
use crate::wire::{show_bytes, time, Response};

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Input {
    call: Called,
    response: Response,
    now: String,
}

/// What a call is answered with.
pub(crate) trait Outcome {
    fn show(&self) -> Value;
}

fn text<T: serde::Serialize>(value: &T) -> String {
    String::from_utf8(to_json(value)).unwrap()
}

macro_rules! payloads {
    ($($payload:ident)+) => {$(
        impl Outcome for $payload {
            fn show(&self) -> Value {
                json!({ "json": text(self) })
            }
        }
    )+};
}

payloads! {
    Bilag Doedsbojournal Dokument Effektfortegnelse Forespoergsel Henvendelsestraad Krav
    Proformaopgoerelse Tilgodehavende TvangKrav TvangTilgodehavende
}

impl<T: Payload> Outcome for Vec<T> {
    fn show(&self) -> Value {
        json!({ "json": text(self) })
    }
}

impl<T: Payload> Outcome for Paged<T> {
    fn show(&self) -> Value {
        json!({ "items": text(&self.items), "total": self.total })
    }
}

impl<T: Outcome> Outcome for Option<T> {
    fn show(&self) -> Value {
        self.as_ref().map_or(Value::Null, Outcome::show)
    }
}

impl Outcome for () {
    fn show(&self) -> Value {
        Value::Null
    }
}

impl Outcome for DownloadedFile {
    fn show(&self) -> Value {
        json!({
            "filnavn": self.filnavn,
            "content_type": self.content_type,
            "bytes": show_bytes(&self.bytes),
        })
    }
}

impl Outcome for RawAnswer {
    fn show(&self) -> Value {
        json!({
            "status": self.status,
            "content_type": self.content_type,
            "filnavn": self.filnavn,
            "total": self.total,
            "bytes": show_bytes(&self.bytes),
        })
    }
}

pub(crate) fn answer(input: Input) -> Value {
    let call = make(input.call).unwrap();
    (call.outcome)(&input.response.read(), time(&input.now))
}
