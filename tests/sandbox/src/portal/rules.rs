//! What the codes of guide 4.3.6 and 4.4.4 ask of a payload.
//!
//! The guide prints the codes' texts, not the names of the members they are about. The names here
//! are those of the guide's example (4.3.3: `beloeb`, `endeligt`, `opgjortdato`) and, by the same
//! spelling, the words of the codes' texts. The latter are **made up**.

use serde_json::Value;
use time::Date;

use super::members::{Malformed, Members};
use super::moment::read_date;
use super::refusal::{Finding, Refusal};
use super::registrering::Kind;

/// What is wrong with a payload for a dødsbo; `created` is the date of the entity.
pub(crate) fn check_doedsbo(
    kind: Kind,
    members: &Members,
    today: Date,
    created: Date,
) -> Result<(), Refusal> {
    let findings = doedsbo_findings(kind, members, today, created)
        .map_err(|error| Refusal::malformed(&error))?;
    Refusal::all(
        findings
            .into_iter()
            .map(|(code, arguments)| Finding::code(code, &arguments))
            .collect(),
    )
}

/// What is wrong with a payload for a sag. A value of the wrong type is `handling.mapning.fejlet`.
pub(crate) fn check_sag(kind: Kind, members: &Members, today: Date) -> Result<(), Refusal> {
    let mapping = |error: Malformed| {
        Refusal::code(
            "handling.mapning.fejlet",
            &[error.attribute, error.reason.to_owned()],
        )
    };
    let codes = sag_findings(kind, members, today).map_err(mapping)?;
    Refusal::all(
        codes
            .into_iter()
            .map(|code| Finding::code(code, &[]))
            .collect(),
    )
}

type Findings = Vec<(&'static str, Vec<String>)>;

fn doedsbo_findings(
    kind: Kind,
    members: &Members,
    today: Date,
    created: Date,
) -> Result<Findings, Malformed> {
    let mut findings = Findings::new();
    let mut find = |wrong: bool, code| {
        if wrong {
            findings.push((code, Vec::new()));
        }
    };
    members.number("beloeb")?;
    members.flag("endeligt")?;
    find(third_party_is_empty(members)?, "doedsbo.f4");
    find(contact_is_empty(members)?, "doedsbo.f13");
    let opgjort = date(members, "opgjortdato")?;
    if kind == Kind::Tilgodehavende {
        let (paid, paid_on) = (members.flag("udbetalt")?, date(members, "udbetaltdato")?);
        find(paid == Some(true) && paid_on.is_none(), "doedsbo.f14");
        find(paid == Some(false) && paid_on.is_some(), "doedsbo.f15");
        find(paid_on > Some(today), "doedsbo.f16");
    }
    find(opgjort > Some(today), "doedsbo.f17");
    find(
        kind == Kind::Proformaopgoerelse && members.flag("bekraeftet")? != Some(true),
        "doedsbo.f35",
    );
    find(
        kind == Kind::Forespoergsel && members.flag("bekraeftet")? != Some(true),
        "doedsbo.f37",
    );
    find(
        date(members, "modtagelsesdato")? >= Some(created),
        "doedsbo.f38",
    );
    if kind == Kind::Effektfortegnelse {
        let effekter = members.list("effekter")?.unwrap_or_default();
        let remark = members.text("bemaerkning")?.unwrap_or_default();
        find(
            effekter.is_empty() && remark.trim().is_empty(),
            "doedsbo.f39",
        );
    }
    let twice = repeated_categories(members)?;
    if !twice.is_empty() {
        findings.push(("doedsbo.f20", vec![twice.join(", ")]));
    }
    Ok(findings)
}

fn sag_findings(
    kind: Kind,
    members: &Members,
    today: Date,
) -> Result<Vec<&'static str>, Malformed> {
    let mut findings = Vec::new();
    members.number("beloeb")?;
    members.flag("endeligt")?;
    members.flag("udbetalt")?;
    if third_party_is_empty(members)? {
        findings.push("sag.registrering.tredjepart.anden.tom");
    }
    if date(members, "opgjortdato")? > Some(today) && kind == Kind::Krav {
        findings.push("sag.registrering.krav.opgjortdato.fremtidig");
    }
    if date(members, "udbetaltdato")? > Some(today) && kind == Kind::Tilgodehavende {
        findings.push("sag.registrering.tilgodehavende.udbetaltdato.fremtidig");
    }
    Ok(findings)
}

fn date(members: &Members, name: &str) -> Result<Option<Date>, Malformed> {
    let Some(text) = members.text(name)? else {
        return Ok(None);
    };
    let reason = "en dato (ÅÅÅÅ-MM-DD) var ventet";
    read_date(&text).map(Some).ok_or(Malformed {
        attribute: name.to_owned(),
        reason,
    })
}

/// A third party of the type `ANDEN` with nothing in its member `anden`.
fn third_party_is_empty(members: &Members) -> Result<bool, Malformed> {
    let Some(party) = members.object("tredjepart")? else {
        return Ok(false);
    };
    let other = party.get("type").and_then(Value::as_str) == Some("ANDEN");
    Ok(other && party.get("anden").is_none_or(is_blank))
}

/// A `kontaktperson` that is sent but says nothing. Leaving it out is no error: the guide does not
/// say which payloads must have one.
fn contact_is_empty(members: &Members) -> Result<bool, Malformed> {
    match members.object("kontaktperson")? {
        Some(contact) => Ok(is_blank(&contact)),
        None => Ok(members.has("kontaktperson")),
    }
}

/// Nothing but nulls, blank texts and empty lists and objects.
fn is_blank(value: &Value) -> bool {
    match value {
        Value::Null => true,
        Value::String(text) => text.trim().is_empty(),
        Value::Array(items) => items.iter().all(is_blank),
        Value::Object(members) => members.values().all(is_blank),
        Value::Bool(_) | Value::Number(_) => false,
    }
}

/// Categories that come more than once: of `kategorier`, and of the members of `effekter`.
fn repeated_categories(members: &Members) -> Result<Vec<String>, Malformed> {
    let listed = members.list("kategorier")?.unwrap_or_default();
    let effekter = members.list("effekter")?.unwrap_or_default();
    let names = |items: &[Value]| -> Vec<String> {
        let name = |item: &Value| match item {
            Value::String(name) => Some(name.clone()),
            _ => item
                .get("kategori")
                .and_then(Value::as_str)
                .map(ToOwned::to_owned),
        };
        items.iter().filter_map(name).collect()
    };
    let mut twice = Vec::new();
    for group in [names(&listed), names(&effekter)] {
        for (index, name) in group.iter().enumerate() {
            if group[..index].contains(name) && !twice.contains(name) {
                twice.push(name.clone());
            }
        }
    }
    Ok(twice)
}
