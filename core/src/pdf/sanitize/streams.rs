//! What becomes of a stream's dictionary.

use crate::pdf::document::Document;
use crate::pdf::value::{Dict, Value};

/// The dictionary without `/Length`, which is written anew, and without `/Crypt` filters: the data is
/// written decrypted.
pub(super) fn without_crypt(document: &Document<'_>, dict: &Dict) -> Dict {
    let mut dict = dict.clone();
    dict.entries.retain(|(key, _)| !key.is("Length"));
    let is_crypt = |filter: &Value| {
        let name = document.resolve(filter);
        name.as_ref()
            .and_then(|name| name.as_name())
            .is_some_and(|name| name.is("Crypt"))
    };
    let Some(filters) = dict
        .get("Filter")
        .and_then(|filter| document.resolve(filter))
    else {
        return dict;
    };
    let filters: Vec<Value> = match filters.as_array() {
        Some(items) => items.to_vec(),
        None => vec![Value::clone(&filters)],
    };
    if !filters.iter().any(is_crypt) {
        return dict;
    }
    let parameters = dict
        .get("DecodeParms")
        .and_then(|held| document.resolve(held));
    let parameters: Vec<Value> = match &parameters {
        Some(held) => match held.as_array() {
            Some(items) => items.to_vec(),
            None => vec![Value::clone(held)],
        },
        None => Vec::new(),
    };
    let (mut kept, mut kept_parameters) = (Vec::new(), Vec::new());
    for (index, filter) in filters.into_iter().enumerate() {
        if !is_crypt(&filter) {
            kept.push(filter);
            kept_parameters.push(parameters.get(index).cloned().unwrap_or(Value::Null));
        }
    }
    dict.entries
        .retain(|(key, _)| !(key.is("Filter") || key.is("DecodeParms")));
    if !kept.is_empty() {
        dict.entries
            .push((super::output::name("Filter"), Value::Array(kept)));
        if kept_parameters.iter().any(|held| *held != Value::Null) {
            dict.entries.push((
                super::output::name("DecodeParms"),
                Value::Array(kept_parameters),
            ));
        }
    }
    dict
}
