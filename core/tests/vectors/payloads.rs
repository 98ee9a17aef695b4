use serde::Deserialize;
use serde_json::{json, Value};
use skifteportal::model::*;

use crate::wire::Bytes;

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Input {
    r#type: String,
    json: Bytes,
    #[serde(default)]
    changes: Vec<Change>,
}

#[derive(Deserialize)]
#[serde(tag = "do", rename_all = "snake_case", deny_unknown_fields)]
enum Change {
    /// A typed member; without a value it is removed.
    Set {
        member: String,
        json: Option<String>,
    },
    SetExtra {
        member: String,
        json: String,
    },
    RemoveExtra {
        member: String,
    },
}

/// What can be changed in this test: the typed members of a payload by their names.
trait Changed: Payload {
    fn set(&mut self, member: &str, json: Option<&str>);
}

fn value<T: serde::de::DeserializeOwned>(json: Option<&str>) -> Option<T> {
    json.map(|json| from_json(json.as_bytes()).unwrap())
}

macro_rules! changed {
    ($($payload:ident { $($name:literal = $field:ident),* })+) => {$(
        impl Changed for $payload {
            fn set(&mut self, member: &str, json: Option<&str>) {
                match member {
                    $($name => self.$field = value(json),)*
                    other => panic!("{} has no {other} in this test: {json:?}", Self::NAME),
                }
            }
        }
    )+

        fn of_type(input: Input) -> Value {
            match input.r#type.as_str() {
                $(stringify!($payload) => payload::<$payload>(&input.json.read(), input.changes),)+
                "[Doedsbojournal]" => list::<Doedsbojournal>(&input.json.read()),
                "[Krav]" => list::<Krav>(&input.json.read()),
                other => panic!("type {other}"),
            }
        }
    };
}

changed! {
    Bilag {}
    Doedsbojournal {}
    DoedsbojournalQuery { "cprNummer" = cpr_nummer }
    Dokument {}
    Effektfortegnelse { "bemaerkning" = bemaerkning, "effekter" = effekter,
        "modtagelsesdato" = modtagelsesdato }
    Forespoergsel { "bekraeftet" = bekraeftet, "kontaktperson" = kontaktperson }
    Henvendelsestraad { "sagId" = sag_id, "emneord" = emneord, "henvendelser" = henvendelser }
    Krav { "titel" = titel, "beskrivelse" = beskrivelse, "beloeb" = beloeb,
        "endeligt" = endeligt, "opgjortdato" = opgjortdato, "tredjepart" = tredjepart }
    Proformaopgoerelse { "bekraeftet" = bekraeftet }
    Sag {}
    SagsQuery { "cvrNummer" = cvr_nummer, "virksomhedsnavn" = virksomhedsnavn }
    Tilgodehavende { "beloeb" = beloeb, "udbetalt" = udbetalt, "udbetaltdato" = udbetaltdato }
    TvangKrav { "beloeb" = beloeb, "bilag" = bilag, "tredjepart" = tredjepart }
    TvangTilgodehavende { "beloeb" = beloeb, "bilag" = bilag }
}

fn refused(error: &JsonError) -> Value {
    json!({
        "error": error.code(),
        "pointer": error.pointer,
        "line": error.line,
        "column": error.column,
    })
}

fn text(bytes: Vec<u8>) -> Value {
    json!({ "json": String::from_utf8(bytes).unwrap() })
}

fn payload<T: Changed>(json: &[u8], changes: Vec<Change>) -> Value {
    let mut payload: T = match from_json(json) {
        Ok(payload) => payload,
        Err(error) => return refused(&error),
    };
    for change in changes {
        match change {
            Change::Set { member, json } => payload.set(&member, json.as_deref()),
            Change::SetExtra { member, json } => payload.extra_mut().set(&member, &json).unwrap(),
            Change::RemoveExtra { member } => assert!(payload.extra_mut().remove(&member)),
        }
    }
    text(to_json(&payload))
}

fn list<T: Payload>(json: &[u8]) -> Value {
    from_json::<Vec<T>>(json).map_or_else(|error| refused(&error), |list| text(to_json(&list)))
}

pub(crate) fn answer(input: Input) -> Value {
    of_type(input)
}
