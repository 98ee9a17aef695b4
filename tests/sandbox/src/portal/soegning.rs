//! Search of dødsboer: `searchBo` and `findChangedSince`.

use axum::response::Response;
use serde_json::{json, Value};

use super::answer;
use super::inbound::{bad_query, Inbound};
use super::members::Malformed;
use super::moment::Moment;
use super::refusal::Refusal;
use super::seed::RETSKREDS;
use super::state::{Doedsbo, State};

/// `searchBo` (guide 4.3.1): by CPR number, or by name and address.
pub(crate) fn search(state: &State, call: &Inbound) -> Result<Response, Refusal> {
    let query = call.members()?;
    let malformed = |error: Malformed| Refusal::malformed(&error);
    let cpr = query.text("cprNummer").map_err(malformed)?;
    let navn = query.text("navn").map_err(malformed)?;
    let adresse = query.object("adresse").map_err(malformed)?;
    let mut hits: Vec<&Doedsbo> = match (cpr, navn, adresse) {
        (Some(_), _, _)
            if query
                .iter()
                .any(|(name, value)| name != "cprNummer" && value.get() != "null") =>
        {
            return Err(Refusal::code("doedsbo.f1", &[]));
        }
        (Some(cpr), _, _) => state.boer.iter().filter(|bo| bo.cpr == cpr).collect(),
        (None, Some(navn), Some(adresse)) if !navn.trim().is_empty() => state
            .boer
            .iter()
            .filter(|bo| bo.is_of(&navn, &adresse))
            .collect(),
        _ => return Err(Refusal::code("doedsbo.f2", &[])),
    };
    sort(&mut hits, call)?;
    answered(&hits, call)
}

/// `findChangedSince`: of the given dødsboer, those changed at or after a point in time. The names
/// of the two members are made up.
pub(crate) fn changed_since(state: &State, call: &Inbound) -> Result<Response, Refusal> {
    let query = call.members()?;
    let malformed = |error: Malformed| Refusal::malformed(&error);
    let missing = |attribute: &str, reason| {
        Refusal::malformed(&Malformed {
            attribute: attribute.to_owned(),
            reason,
        })
    };
    let ids = query.list("doedsbojournalIder").map_err(malformed)?;
    let ids = ids.ok_or_else(|| missing("doedsbojournalIder", "mangler"))?;
    let since = query.text("tidspunkt").map_err(malformed)?;
    let since = since.and_then(|text| Moment::parse(&text));
    let since = since.ok_or_else(|| missing("tidspunkt", "et tidspunkt var ventet"))?;
    let asked = |bo: &Doedsbo| {
        ids.iter()
            .filter_map(Value::as_str)
            .any(|id| id.eq_ignore_ascii_case(bo.id))
    };
    let hits: Vec<&Doedsbo> = state
        .boer
        .iter()
        .filter(|bo| asked(bo) && bo.redigeret >= since)
        .collect();
    answered(&hits, call)
}

fn answered(hits: &[&Doedsbo], call: &Inbound) -> Result<Response, Refusal> {
    let page = call.page()?;
    let items: Vec<Value> = hits.iter().map(|bo| bo.journal()).collect();
    Ok(answer::page(&items, page))
}

/// `sort` and `direction`. Their values are made up: names of members, `ASC` and `DESC`.
fn sort(hits: &mut [&Doedsbo], call: &Inbound) -> Result<(), Refusal> {
    match call.query.get("sort").map(String::as_str) {
        None => {}
        Some("navn") => hits.sort_by_key(|bo| bo.navn),
        Some("foedselsdato") => hits.sort_by_key(|bo| bo.foedselsdato),
        Some("oprettelsestidspunkt") => hits.sort_by_key(|bo| bo.oprettet),
        Some("redigeringstidspunkt") => hits.sort_by_key(|bo| bo.redigeret),
        Some(_) => return Err(bad_query("sort")),
    }
    match call
        .query
        .get("direction")
        .map(|text| text.to_ascii_uppercase())
        .as_deref()
    {
        None | Some("ASC") => {}
        Some("DESC") => hits.reverse(),
        Some(_) => return Err(bad_query("direction")),
    }
    Ok(())
}

impl Doedsbo {
    /// By name and by those parts of the address that are given.
    fn is_of(&self, navn: &str, adresse: &Value) -> bool {
        let parts = [
            ("id", self.adresse_id),
            ("adresselinje", self.adresselinje),
            ("postnummer", self.postnummer),
            ("by", self.by),
        ];
        let given: Vec<(&str, &str)> = parts
            .iter()
            .filter_map(|(name, own)| Some((adresse.get(name)?.as_str()?, *own)))
            .collect();
        let alike = |one: &str, other: &str| one.trim().to_lowercase() == other.to_lowercase();
        alike(navn, self.navn)
            && !given.is_empty()
            && given.iter().all(|(one, own)| alike(one, own))
    }

    /// The entity of the guide's example 6. It holds no CPR number.
    fn journal(&self) -> Value {
        let mut journal = json!({
            "id": self.id,
            "oprettelsestidspunkt": self.oprettet.to_string(),
            "redigeringstidspunkt": self.redigeret.to_string(),
            "afdoede": {
                "personId": self.person_id,
                "navn": self.navn,
                "foedselsdato": self.foedselsdato,
                "adresse": {
                    "id": self.adresse_id,
                    "adresselinje": self.adresselinje,
                    "postnummer": self.postnummer,
                    "by": self.by,
                },
                "erNavnAdresseBeskyttet": false,
            },
            "retskredsId": RETSKREDS,
        });
        let mut dates = json!({ "doedsdato": self.doedsdato });
        if let Some(date) = self.udleveret {
            journal["skifteform"] = json!({"skifteform": "USKIFTET_BO", "udleveringsdato": date});
            dates["boUdleveret"] = date.into();
        }
        if let Some(person) = self.kontaktperson_id {
            journal["kontaktperson"] =
                json!({"part": {"type": "PERSON", "person": {"personId": person}}});
        }
        journal["vigtigeDatoer"] = dates;
        journal
    }
}
