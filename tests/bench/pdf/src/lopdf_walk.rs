//! lopdf: the document loaded, and every object walked for the kinds of the check.

use std::hint::black_box;

use lopdf::{Dictionary, Document, Object};

/// Keys and types that matter, as in `tests/pdf/compare.py`.
const VERBS: &[&[u8]] = &[
    b"JavaScript",
    b"URI",
    b"GoToR",
    b"GoToE",
    b"Launch",
    b"SubmitForm",
    b"ImportData",
    b"ResetForm",
    b"Rendition",
    b"Movie",
    b"Sound",
    b"GoTo3DView",
    b"RichMediaExecute",
];
const SUBTYPES: &[&[u8]] = &[b"FileAttachment", b"Movie", b"Sound", b"3D", b"RichMedia"];
const KEYS: &[&[u8]] = &[b"JS", b"EF", b"AA", b"OpenAction", b"XFA"];

pub(crate) fn read(bytes: &[u8]) -> bool {
    let Ok(document) = Document::load_mem(bytes) else {
        return false;
    };
    let mut found = document.get_pages().len();
    for object in document.objects.values() {
        let mut waiting = vec![object];
        while let Some(one) = waiting.pop() {
            match one {
                Object::Array(items) => waiting.extend(items),
                Object::Dictionary(dictionary) => {
                    found += hits(&document, dictionary);
                    waiting.extend(dictionary.iter().map(|(_, value)| value));
                }
                Object::Stream(stream) => {
                    found += hits(&document, &stream.dict);
                    waiting.extend(stream.dict.iter().map(|(_, value)| value));
                }
                _ => {}
            }
        }
    }
    black_box(found);
    true
}

fn hits(document: &Document, dictionary: &Dictionary) -> usize {
    let one_of = |key: &[u8], names: &[&[u8]]| {
        let value = dictionary.get_deref(key, document);
        value
            .and_then(Object::as_name)
            .is_ok_and(|name| names.contains(&name))
    };
    usize::from(one_of(b"S", VERBS))
        + usize::from(one_of(b"Subtype", SUBTYPES))
        + KEYS.iter().filter(|key| dictionary.has(key)).count()
}
