//! What dictionaries are, told by what stands in them.

use crate::pdf::document::Document;
use crate::pdf::value::{Dict, Value};

use super::output::name;

/// An annotation of another type that looks the same. `None` if it has no appearance to keep.
pub(super) fn as_stamp(document: &Document<'_>, dict: &Dict) -> Option<Dict> {
    let appearance = document.resolve(dict.get("AP")?)?;
    document.resolve(appearance.as_dict()?.get("N")?)?;
    let mut stamp = dict.clone();
    stamp
        .entries
        .retain(|(key, _)| KEPT.iter().any(|kept| key.is(kept)));
    let subtype = (name("Subtype"), Value::Name(name("Stamp")));
    stamp.entries.push(subtype);
    Some(stamp)
}

/// A name tree, and not a font or the like that happens to bear the name.
pub(super) fn is_tree(document: &Document<'_>, value: &Value) -> bool {
    document
        .resolve(value)
        .as_ref()
        .and_then(|value| value.as_dict())
        .is_some_and(|dict| {
            dict.entries.is_empty() || ["Names", "Kids", "Limits"].iter().any(|key| dict.has(key))
        })
}

/// File specifications, one or several.
pub(super) fn is_files(document: &Document<'_>, value: &Value) -> bool {
    let is_file = |value: &Value| {
        let found = document.resolve(value);
        let dict = found.as_ref().and_then(|value| value.as_dict());
        dict.is_some_and(|dict| FILE.iter().any(|key| dict.has(key)))
    };
    let found = document.resolve(value);
    match found.as_ref().and_then(|value| value.as_array()) {
        Some(items) => items.iter().any(is_file),
        None => is_file(value),
    }
}

/// The files of a file specification; usage rights have an `/EF` as well, which is an array.
pub(super) fn is_embedding(document: &Document<'_>, value: &Value) -> bool {
    document
        .resolve(value)
        .as_ref()
        .and_then(|value| value.as_dict())
        .is_some_and(|dict| dict.entries.iter().any(|(_, file)| file.as_ref().is_some()))
}

/// A signature, with which the file would claim what is no longer so.
pub(super) fn is_signature(document: &Document<'_>, value: &Value) -> bool {
    document
        .resolve(value)
        .as_ref()
        .and_then(|value| value.as_dict())
        .is_some_and(|dict| dict.has("ByteRange") && dict.has("Contents"))
}

/// What an annotation of any type may have (12.5.2, 12.5.6.2): nothing that plays, opens or runs.
const KEPT: &[&str] = &[
    "Type",
    "Rect",
    "Contents",
    "P",
    "NM",
    "M",
    "F",
    "AP",
    "AS",
    "Border",
    "C",
    "StructParent",
    "OC",
    "BM",
    "CA",
    "ca",
    "Lang",
    "T",
    "Popup",
    "RC",
    "CreationDate",
    "IRT",
    "Subj",
    "RT",
];

const FILE: &[&str] = &["EF", "F", "UF", "AFRelationship"];
