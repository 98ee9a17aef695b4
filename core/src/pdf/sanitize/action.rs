//! What of an action is unwanted, as the check sees it.

use crate::pdf::check::{act, is_script, Act};
use crate::pdf::document::Document;
use crate::pdf::value::{Dict, Value};
use crate::pdf::Kind;

use super::chain::Trigger;

/// The kinds that an action is, without what follows it. `runs`: it stands where actions stand, so that
/// what it says of itself does not matter.
pub(super) fn kinds(
    document: &Document<'_>,
    dict: &Dict,
    trigger: Trigger,
    runs: bool,
) -> Vec<Kind> {
    let mut kinds = Vec::new();
    if !runs && is_structure(document, dict) {
        return kinds;
    }
    let named = dict.all("S").filter_map(|name| document.resolve(name));
    let acts: Vec<Act> = named
        .filter_map(|name| name.as_name().and_then(|name| act(&name.bytes)))
        .collect();
    if (runs || !acts.is_empty()) && dict.all("JS").any(|value| is_code(document, value)) {
        kinds.push(Kind::JavaScript);
    }
    for act in acts {
        if leads_to_script(document, dict) {
            kinds.push(Kind::JavaScript);
        }
        let kind = match act {
            Act::Script => Some(Kind::JavaScript),
            // The check counts it once.
            Act::Address if trigger == Trigger::Automatic => None,
            Act::Address => Some(Kind::UriLink),
            Act::Of(kind) => Some(kind),
            Act::Thread if dict.has("F") => Some(Kind::GoToRemote),
            Act::Thread | Act::Inside => None,
        };
        let leaves = act.leaves() || act == Act::Thread && kind.is_some();
        if trigger == Trigger::Automatic && leaves {
            kinds.push(Kind::AutomaticLink);
        }
        kinds.extend(kind);
    }
    kinds
}

/// Whether this is a structure element, a group or a transition: their `/S` is no action.
fn is_structure(document: &Document<'_>, dict: &Dict) -> bool {
    let named = dict.all("Type").any(|name| {
        let name = document.resolve(name);
        let name = name.as_ref().and_then(|name| name.as_name());
        name.is_some_and(|name| {
            ["StructElem", "Group", "Trans"]
                .iter()
                .any(|kind| name.is(kind))
        })
    });
    named || (dict.has("P") && dict.has("K"))
}

/// A script: a string or a stream.
pub(super) fn is_code(document: &Document<'_>, value: &Value) -> bool {
    document.resolve(value).is_some_and(|value| {
        matches!(*value, Value::Text(_))
            || value.object().is_some_and(|object| object.stream.is_some())
    })
}

/// Whether the catalog's `/URI`, to which addresses are relative, makes scripts of them.
pub(super) fn is_script_base(document: &Document<'_>, value: &Value) -> bool {
    let held = document.resolve(value);
    let held = held.as_ref().and_then(|held| held.as_dict());
    held.is_some_and(|held| held.all("Base").any(|base| is_script_text(document, base)))
}

fn is_script_text(document: &Document<'_>, value: &Value) -> bool {
    match document.resolve(value).as_deref() {
        Some(Value::Text(text)) => is_script(text),
        _ => false,
    }
}

/// Whether one of the addresses of an action is a script (`javascript:`).
fn leads_to_script(document: &Document<'_>, dict: &Dict) -> bool {
    let is = |value: &Value| is_script_text(document, value);
    ["URI", "F", "Win", "Mac", "Unix"]
        .iter()
        .flat_map(|key| dict.all(key))
        .any(|value| {
            let held = document.resolve(value);
            let held = held.as_ref().and_then(|held| held.as_dict());
            is(value) || held.is_some_and(|held| held.all("F").chain(held.all("UF")).any(is))
        })
}
