use std::cell::RefCell;
use std::collections::BTreeMap;
use std::fmt::Debug;
use std::str::FromStr;

use serde::Deserialize;
use serde_json::{json, Value};
use skifteportal::api::{
    custom, doedsbo, dokumentlager, henvendelse, sagslager, services, tvangsoploesning,
    BilagUpload, Call, CallError, CustomBody, CustomCall, Page, PreparedCall, Sort,
};
use skifteportal::http::{HttpResponse, Method};
use skifteportal::model::{
    from_json, AendringerNavne, DoedsbojournalAendringer, Extra, Payload, Timestamp,
};
use skifteportal::rules::Checks;

use crate::errors;
use crate::outcomes::Outcome;
use crate::wire::{show_request, Bytes, GivenToken, Target};

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Input {
    call: Called,
    #[serde(default)]
    environment: Target,
    token: Option<GivenToken>,
}

#[derive(Deserialize)]
#[serde(tag = "do", rename_all = "snake_case", deny_unknown_fields)]
pub(crate) enum Called {
    Catalogued {
        operation: String,
        #[serde(default)]
        arguments: BTreeMap<String, Value>,
        today: String,
        #[serde(default)]
        without: Vec<String>,
    },
    Custom(Custom),
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Custom {
    service: String,
    operation_id: String,
    method: String,
    path: String,
    #[serde(default)]
    parameters: Vec<(String, String)>,
    #[serde(default)]
    query: Vec<(String, String)>,
    #[serde(default)]
    body: Body,
}

#[derive(Default, Deserialize)]
#[serde(tag = "kind", rename_all = "snake_case", deny_unknown_fields)]
enum Body {
    #[default]
    Empty,
    Json {
        bytes: Bytes,
    },
    File {
        content_type: String,
        filename: Option<String>,
        bytes: Bytes,
    },
}

/// The arguments of a call by name; each must be used.
struct Arguments {
    left: RefCell<BTreeMap<String, Value>>,
    checks: Checks,
}

impl Arguments {
    fn optional<T: serde::de::DeserializeOwned>(&self, name: &str) -> Option<T> {
        let value = self.left.borrow_mut().remove(name)?;
        Some(serde_json::from_value(value).unwrap())
    }

    fn take<T: serde::de::DeserializeOwned>(&self, name: &str) -> T {
        self.optional(name)
            .unwrap_or_else(|| panic!("no argument {name}"))
    }

    fn id<T: FromStr<Err: Debug>>(&self, name: &str) -> T {
        self.take::<String>(name).parse().unwrap()
    }

    fn payload<T: Payload>(&self) -> T {
        from_json(self.take::<String>("payload").as_bytes()).unwrap()
    }

    fn upload(&self) -> BilagUpload {
        let bytes: Bytes = self.take("file");
        BilagUpload::new(self.take::<String>("filename"), bytes.read())
    }

    fn page(&self) -> Page {
        Page {
            number: self.optional("page"),
            size: self.optional("size"),
        }
    }

    fn sort(&self) -> Sort {
        Sort {
            by: self.optional("sort"),
            direction: self.optional("direction"),
        }
    }

    fn changes(&self) -> DoedsbojournalAendringer {
        let ids: Vec<String> = self.take("ids");
        let names: Option<(String, String)> = self.optional("member_names");
        DoedsbojournalAendringer {
            ids: ids.iter().map(|id| id.parse().unwrap()).collect(),
            siden: self.id("since"),
            navne: names.map_or_else(AendringerNavne::default, |(ids, since)| {
                AendringerNavne::new(ids, since).unwrap()
            }),
            extra: Extra::default(),
        }
    }
}

// The ids come before the payload; each function takes them in the order of its path.
macro_rules! add {
    ($given:ident, $call:path, $($id:literal)*) => {
        $call($(&$given.id($id),)* &$given.payload(), &$given.checks).map(made)
    };
}
macro_rules! upload {
    ($given:ident, $call:path, $($id:literal)*) => {
        $call($(&$given.id($id),)* $given.upload(), &$given.checks).map(made)
    };
}
macro_rules! ask {
    ($given:ident, $call:path, $($id:literal)*) => {
        Ok(made($call($(&$given.id($id)),*)))
    };
}

type Read = dyn Fn(&HttpResponse, Timestamp) -> Value;

/// A call whose answer's type is forgotten: what it sends, and what it makes of an answer.
pub(crate) struct Made {
    prepared: PreparedCall,
    pub(crate) outcome: Box<Read>,
}

fn made<T: Outcome + 'static>(call: Call<T>) -> Made {
    Made {
        prepared: call.prepared().clone(),
        outcome: Box::new(move |response, now| match call.outcome(response, now) {
            Ok(value) => value.show(),
            Err(error) => errors::show(&error),
        }),
    }
}

#[rustfmt::skip] // One line per operation.
fn doedsbo_call(id: &str, given: &Arguments) -> Result<Made, CallError> {
    match id {
        "searchBo" => doedsbo::search_bo_sorted(&given.payload(), given.page(), &given.sort(), &given.checks).map(made),
        "findChangedSince" => doedsbo::find_changed_since(&given.changes(), given.page(), &given.checks).map(made),
        "addKrav" => add!(given, doedsbo::add_krav, "doedsbojournalId"),
        "getKrav" => ask!(given, doedsbo::get_krav, "doedsbojournalId" "kravId"),
        "getAllKrav" => ask!(given, doedsbo::get_all_krav, "doedsbojournalId"),
        "updateKrav" => add!(given, doedsbo::update_krav, "doedsbojournalId" "kravId"),
        "deleteKrav" => ask!(given, doedsbo::delete_krav, "doedsbojournalId" "kravId"),
        "addBilagForKrav" => upload!(given, doedsbo::upload_krav_bilag, "doedsbojournalId" "kravId"),
        "getAllBilagForKrav" => ask!(given, doedsbo::list_krav_bilag, "doedsbojournalId" "kravId"),
        "getBilagForKrav" => ask!(given, doedsbo::download_krav_bilag, "doedsbojournalId" "kravId" "bilagId"),
        "addTilgodehavende" => add!(given, doedsbo::add_tilgodehavende, "doedsbojournalId"),
        "getTilgodehavende" => ask!(given, doedsbo::get_tilgodehavende, "doedsbojournalId" "tilgodehavendeId"),
        "getAllTilgodehavende" => ask!(given, doedsbo::get_all_tilgodehavende, "doedsbojournalId"),
        "updateTilgodehavende" => add!(given, doedsbo::update_tilgodehavende, "doedsbojournalId" "tilgodehavendeId"),
        "deleteTilgodehavende" => ask!(given, doedsbo::delete_tilgodehavende, "doedsbojournalId" "tilgodehavendeId"),
        "addBilagForTilgodehavende" => upload!(given, doedsbo::upload_tilgodehavende_bilag, "doedsbojournalId" "tilgodehavendeId"),
        "getAllBilagForTilgodehavende" => ask!(given, doedsbo::list_tilgodehavende_bilag, "doedsbojournalId" "tilgodehavendeId"),
        "getBilagForTilgodehavende" => ask!(given, doedsbo::download_tilgodehavende_bilag, "doedsbojournalId" "tilgodehavendeId" "bilagId"),
        "addEffektfortegnelse" => add!(given, doedsbo::add_effektfortegnelse, "doedsbojournalId"),
        "getEffektfortegnelse" => ask!(given, doedsbo::get_effektfortegnelse, "doedsbojournalId" "effektfortegnelseId"),
        "getAllEffektfortegnelse" => ask!(given, doedsbo::get_all_effektfortegnelse, "doedsbojournalId"),
        "updateEffektfortegnelse" => add!(given, doedsbo::update_effektfortegnelse, "doedsbojournalId" "effektfortegnelseId"),
        "deleteEffektfortegnelse" => ask!(given, doedsbo::delete_effektfortegnelse, "doedsbojournalId" "effektfortegnelseId"),
        "addBilagForEffektfortegnelse" => upload!(given, doedsbo::upload_effektfortegnelse_bilag, "doedsbojournalId" "effektfortegnelseId"),
        "getAllBilagForEffektfortegnelse" => ask!(given, doedsbo::list_effektfortegnelse_bilag, "doedsbojournalId" "effektfortegnelseId"),
        "getBilagForEffektfortegnelse" => ask!(given, doedsbo::download_effektfortegnelse_bilag, "doedsbojournalId" "effektfortegnelseId" "bilagId"),
        "addForespoergsel" => add!(given, doedsbo::add_forespoergsel, "doedsbojournalId"),
        "getForespoergsel" => ask!(given, doedsbo::get_forespoergsel, "doedsbojournalId" "forespoergselId"),
        "getAllForespoergsel" => ask!(given, doedsbo::get_all_forespoergsel, "doedsbojournalId"),
        "addBilagForForespoergsel" => upload!(given, doedsbo::upload_forespoergsel_bilag, "doedsbojournalId" "forespoergselId"),
        "getAllBilagForForespoergsel" => ask!(given, doedsbo::list_forespoergsel_bilag, "doedsbojournalId" "forespoergselId"),
        "getBilagForForespoergsel" => ask!(given, doedsbo::download_forespoergsel_bilag, "doedsbojournalId" "forespoergselId" "bilagId"),
        "addProformaopgoerelse" => add!(given, doedsbo::add_proformaopgoerelse, "doedsbojournalId"),
        "getProformaopgoerelse" => ask!(given, doedsbo::get_proformaopgoerelse, "doedsbojournalId" "proformaopgoerelseId"),
        "getAllProformaopgoerelse" => ask!(given, doedsbo::get_all_proformaopgoerelse, "doedsbojournalId"),
        "addBilagForProformaopgoerelse" => upload!(given, doedsbo::upload_proformaopgoerelse_bilag, "doedsbojournalId" "proformaopgoerelseId"),
        "getAllBilagForProformaopgoerelse" => ask!(given, doedsbo::list_proformaopgoerelse_bilag, "doedsbojournalId" "proformaopgoerelseId"),
        "getBilagForProformaopgoerelse" => ask!(given, doedsbo::download_proformaopgoerelse_bilag, "doedsbojournalId" "proformaopgoerelseId" "bilagId"),
        other => panic!("operation {other}"),
    }
}

#[rustfmt::skip] // One line per operation.
fn other_call(service: &str, id: &str, given: &Arguments) -> Result<Made, CallError> {
    match (service, id) {
        ("tvangsoploesning-dirigent-kreditor", "addKrav") => add!(given, tvangsoploesning::add_krav, "sagId"),
        ("tvangsoploesning-dirigent-kreditor", "getKrav") => ask!(given, tvangsoploesning::get_krav, "sagId" "kravId"),
        ("tvangsoploesning-dirigent-kreditor", "getAllKrav") => ask!(given, tvangsoploesning::get_all_krav, "sagId"),
        ("tvangsoploesning-dirigent-kreditor", "updateKrav") => add!(given, tvangsoploesning::update_krav, "sagId" "kravId"),
        ("tvangsoploesning-dirigent-kreditor", "deleteKrav") => ask!(given, tvangsoploesning::delete_krav, "sagId" "kravId"),
        ("tvangsoploesning-dirigent-kreditor", "addTilgodehavende") => add!(given, tvangsoploesning::add_tilgodehavende, "sagId"),
        ("tvangsoploesning-dirigent-kreditor", "getTilgodehavende") => ask!(given, tvangsoploesning::get_tilgodehavende, "sagId" "tilgodehavendeId"),
        ("tvangsoploesning-dirigent-kreditor", "getAllTilgodehavende") => ask!(given, tvangsoploesning::get_all_tilgodehavende, "sagId"),
        ("tvangsoploesning-dirigent-kreditor", "updateTilgodehavende") => add!(given, tvangsoploesning::update_tilgodehavende, "sagId" "tilgodehavendeId"),
        ("tvangsoploesning-dirigent-kreditor", "deleteTilgodehavende") => ask!(given, tvangsoploesning::delete_tilgodehavende, "sagId" "tilgodehavendeId"),
        ("sagslager", "soegSager") => add!(given, sagslager::soeg_sager,),
        ("sagslager", "hentSager") => Ok(made(sagslager::hent_sager())),
        ("henvendelse", "addHenvendelseTraad") => add!(given, henvendelse::add_traad,),
        ("henvendelse", "getHenvendelseTraad") => ask!(given, henvendelse::get_traad, "henvendelsestraadId"),
        ("dokumentlager", "addV2") => upload!(given, dokumentlager::add_v2,),
        ("dokumentlager", "getFil") => ask!(given, dokumentlager::get_fil, "dokumentId"),
        other => panic!("operation {other:?}"),
    }
}

fn catalogued(key: &str, given: &Arguments) -> Result<Made, CallError> {
    let call = match key.split_once('.').unwrap() {
        ("doedsbojournal", id) => doedsbo_call(id, given),
        (service, id) => other_call(service, id, given),
    };
    assert!(given.left.borrow().is_empty(), "unused: {:?}", given.left);
    if let Ok(call) = &call {
        assert_eq!(call.prepared.operation().key, key);
    }
    call
}

fn customised(input: Custom) -> Result<Made, CallError> {
    let service = services().iter().find(|info| info.key == input.service);
    let method = [Method::Get, Method::Post, Method::Put, Method::Delete]
        .into_iter()
        .find(|method| method.as_str() == input.method);
    custom(CustomCall {
        service: service.unwrap().service,
        operation_id: input.operation_id,
        method: method.unwrap(),
        path: input.path,
        parameters: input.parameters,
        query: input.query,
        body: match input.body {
            Body::Empty => CustomBody::Empty,
            Body::Json { bytes } => CustomBody::Json {
                bytes: bytes.read(),
            },
            Body::File {
                content_type,
                filename,
                bytes,
            } => CustomBody::File {
                content_type,
                filnavn: filename,
                bytes: bytes.read(),
            },
        },
    })
    .map(made)
}

pub(crate) fn make(call: Called) -> Result<Made, CallError> {
    match call {
        Called::Catalogued {
            operation,
            arguments,
            today,
            without,
        } => {
            let checks = Checks::on(today.parse().unwrap());
            let given = Arguments {
                left: RefCell::new(arguments),
                checks: without.into_iter().fold(checks, Checks::without),
            };
            catalogued(&operation, &given)
        }
        Called::Custom(input) => customised(input),
    }
}

pub(crate) fn answer(input: Input) -> Value {
    let token = input.token.map(|token| token.read().unwrap());
    let environment = input.environment.read();
    let sent = make(input.call).and_then(|Made { prepared: call, .. }| {
        let request = call.to_request(&environment, token.as_ref())?;
        Ok(json!({
            "request": show_request(&request),
            "token_rule": call.operation().token.as_str(),
            "repeatable": call.repeatable(),
        }))
    });
    sent.unwrap_or_else(|error| {
        let violations: Vec<&str> = error.violations().iter().map(|v| v.code).collect();
        json!({ "error": error.code(), "violations": violations })
    })
}
