//! Every string and stream of every sample.

#[cfg(target_arch = "wasm32")]
use wasm_bindgen_test::wasm_bindgen_test as test;

use super::super::super::report::Encryption;
use super::super::super::value::{Dict, Id, Value};
use super::super::{unlock, Decryptor, StreamKind, Unlock};
use super::sketch::{read, Sketch};

macro_rules! sample {
    ($name:literal) => {
        &include_bytes!(concat!(
            "../../../../../tests/data/pdf/encrypted/",
            $name,
            ".pdf"
        ))[..]
    };
}

fn open(file: &[u8]) -> (Vec<Sketch>, Unlock, Encryption) {
    let (objects, trailer) = read(file);
    let resolve = |value: &Value| {
        let id = value.as_ref()?;
        let object = objects.iter().find(|object| object.id == id)?;
        Some(object.value.clone())
    };
    let encrypt = resolve(trailer.get("Encrypt").unwrap()).unwrap();
    let file_id = match trailer.get("ID").and_then(Value::as_array) {
        Some([Value::Text(first), ..]) => first.clone(),
        _ => panic!("no id"),
    };
    let (unlocked, facts) = unlock(encrypt.as_dict().unwrap(), &file_id, &resolve);
    (objects, unlocked, facts)
}

/// All strings below a value, decrypted.
fn strings(value: &Value, id: Id, decryptor: &Decryptor, found: &mut Vec<String>) {
    match value {
        Value::Text(bytes) => {
            found.push(String::from_utf8_lossy(&decryptor.string(id, bytes)).into_owned());
        }
        Value::Array(items) => items
            .iter()
            .for_each(|item| strings(item, id, decryptor, found)),
        Value::Dict(Dict { entries }) => entries
            .iter()
            .for_each(|(_, value)| strings(value, id, decryptor, found)),
        _ => {}
    }
}

fn assert_opens(file: &[u8], method: &str, revision: u8) {
    let (objects, unlocked, facts) = open(file);
    assert_eq!(facts.method, method);
    assert_eq!((facts.revision, facts.opens), (Some(revision), true));
    let Unlock::Open(decryptor) = unlocked else {
        panic!("{method}: {unlocked:?}");
    };
    let mut texts = Vec::new();
    let mut streams = Vec::new();
    for object in &objects {
        let dict = object.value.as_dict().unwrap();
        if dict.has("U") {
            continue;
        }
        strings(&object.value, object.id, &decryptor, &mut texts);
        if let Some(raw) = &object.stream {
            let kind = StreamKind::of(dict);
            let data = decryptor.stream(object.id, kind, &[], raw);
            streams.push(String::from_utf8_lossy(&data).into_owned());
        }
    }
    texts.sort();
    streams.sort();
    assert_eq!(
        texts,
        [
            "The title",
            "app.alert('The script');",
            "note.txt",
            "note.txt"
        ]
    );
    assert_eq!(
        streams,
        [
            "<x:xmpmeta xmlns:x='adobe:ns:meta/'>The metadata</x:xmpmeta>",
            "BT /F 12 Tf 20 50 Td (The page) Tj ET",
            "The attachment",
        ]
    );
}

#[test]
fn rc4_opens() {
    assert_opens(sample!("rc4-40"), "RC4-40", 2);
    assert_opens(sample!("rc4-128"), "RC4-128", 3);
    assert_opens(sample!("rc4-128-v4"), "RC4-128", 4);
}

#[test]
fn aes_opens() {
    assert_opens(sample!("aes-128"), "AES-128", 4);
    assert_opens(sample!("pypdf-aes-128"), "AES-128", 4);
    assert_opens(sample!("aes-256-r5"), "AES-256", 5);
    assert_opens(sample!("pypdf-aes-256-r5"), "AES-256", 5);
    assert_opens(sample!("aes-256-r6"), "AES-256", 6);
    assert_opens(sample!("pypdf-aes-256-r6"), "AES-256", 6);
}

#[test]
fn metadata_in_the_clear_stays_as_it_is() {
    assert_opens(sample!("aes-128-clear-metadata"), "AES-128", 4);
    assert_opens(sample!("aes-256-r6-clear-metadata"), "AES-256", 6);
}

#[test]
fn an_empty_owners_password_opens() {
    assert_opens(sample!("pypdf-rc4-40-owner"), "RC4-40", 2);
    assert_opens(sample!("pypdf-rc4-128-owner"), "RC4-128", 3);
    assert_opens(sample!("aes-256-r6-owner"), "AES-256", 6);
}

#[test]
fn a_password_locks() {
    for (file, method) in [
        (sample!("rc4-128-locked"), "RC4-128"),
        (sample!("aes-256-r6-locked"), "AES-256"),
    ] {
        let (_, unlocked, facts) = open(file);
        assert!(matches!(unlocked, Unlock::Locked { in_clear: false }));
        assert_eq!((facts.method.as_str(), facts.opens), (method, false));
    }
}

#[test]
fn data_that_was_cut_gives_its_whole_blocks() {
    let (objects, unlocked, _) = open(sample!("aes-128"));
    let Unlock::Open(decryptor) = unlocked else {
        panic!("{unlocked:?}");
    };
    let text = b"BT /F 12 Tf 20 50 Td (The page) Tj ET";
    let whole = |object: &Sketch, raw: &[u8]| {
        decryptor
            .stream(object.id, StreamKind::Plain, &[], raw)
            .into_owned()
    };
    let (object, raw) = objects
        .iter()
        .filter_map(|object| Some((object, object.stream.as_deref()?)))
        .find(|(object, raw)| whole(object, raw) == text)
        .unwrap();
    for cut in 0..raw.len() {
        let blocks = (cut / 16).saturating_sub(1) * 16;
        assert_eq!(whole(object, &raw[..cut]), text[..blocks]);
    }
    // Bytes behind the last block are none of the data.
    let more = whole(object, &[raw, b"\r\n"].concat());
    assert_eq!(more, text);
}
