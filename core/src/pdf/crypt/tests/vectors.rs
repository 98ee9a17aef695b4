//! Published vectors, and dictionaries as real files hold them.

#[cfg(target_arch = "wasm32")]
use wasm_bindgen_test::wasm_bindgen_test as test;

use super::super::super::filter::Filter;
use super::super::super::report::Encryption;
use super::super::super::value::{Dict, Id, Value};
use super::super::rc4::rc4;
use super::super::{unlock, Decryptor, StreamKind, Unlock};
use super::sketch::name;

const ID: Id = Id {
    number: 12,
    generation: 0,
};

fn dict<const N: usize>(entries: [(&str, Value); N]) -> Dict {
    Dict {
        entries: entries
            .into_iter()
            .map(|(key, value)| (name(key.as_bytes()), value))
            .collect(),
    }
}

fn named(text: &str) -> Value {
    Value::Name(name(text.as_bytes()))
}

fn hex(digits: &str) -> Value {
    let byte = |at: usize| u8::from_str_radix(&digits[at..at + 2], 16).unwrap();
    Value::Text((0..digits.len()).step_by(2).map(byte).collect())
}

fn bytes(digits: &str) -> Vec<u8> {
    match hex(digits) {
        Value::Text(bytes) => bytes.into(),
        _ => unreachable!(),
    }
}

#[allow(clippy::unnecessary_wraps)] // As it is asked for.
fn direct(value: &Value) -> Option<Value> {
    Some(value.clone())
}

#[test]
fn rc4_is_rc4() {
    for (key, plain, cipher) in [
        (&b"Key"[..], &b"Plaintext"[..], "bbf316e8d940af0ad3"),
        (b"Wiki", b"pedia", "1021bf0420"),
    ] {
        let mut data = plain.to_vec();
        rc4(key, &mut data);
        assert_eq!(data, bytes(cipher));
        rc4(key, &mut data);
        assert_eq!(data, plain);
    }
    // RFC 6229, key of 40 bits, offset 0.
    let mut data = vec![0; 16];
    rc4(&[1, 2, 3, 4, 5], &mut data);
    assert_eq!(data, bytes("b2396305f03dc027ccc3524a0a1118a8"));
}

/// The dictionary of `issue19484_1.pdf` of the test collection of mozilla/pdf.js: version 4 with a key of
/// 40 bits, which qpdf takes for one of 128 and does not open.
fn short_key() -> Dict {
    let filter = dict([
        ("AuthEvent", named("DocOpen")),
        ("CFM", named("V2")),
        ("Length", Value::Int(5)),
    ]);
    dict([
        ("CF", Value::Dict(dict([("StdCF", Value::Dict(filter))]))),
        ("EncryptMetadata", Value::Bool(false)),
        ("Filter", named("Standard")),
        ("Length", Value::Int(40)),
        (
            "O",
            hex("8a1dae2eb45c5cc580269a1e4a4bbee55881274b427f3f92465ecbea7bff2334"),
        ),
        ("P", Value::Int(-3392)),
        ("R", Value::Int(4)),
        ("StmF", named("StdCF")),
        ("StrF", named("StdCF")),
        (
            "U",
            hex("7f995c2cf48b82990a16f1d52f34ea5400000000000000000000000000000000"),
        ),
        ("V", Value::Int(4)),
    ])
}

fn open(encrypt: &Dict) -> (Option<Decryptor>, Encryption) {
    match unlock(encrypt, &bytes("061046f3e5aef840af0a1519dae542b6"), &direct) {
        (Unlock::Open(decryptor), facts) => (Some(decryptor), facts),
        (_, facts) => (None, facts),
    }
}

fn with(mut encrypt: Dict, key: &str, value: Value) -> Dict {
    encrypt.entries.push((name(key.as_bytes()), value));
    encrypt
}

fn without(mut encrypt: Dict, key: &str) -> Dict {
    encrypt.entries.retain(|(name, _)| !name.is(key));
    encrypt
}

#[test]
fn a_short_key_of_version_4_opens() {
    let (decryptor, facts) = open(&short_key());
    assert!(decryptor.is_some() && facts.opens);
    assert_eq!((facts.method.as_str(), facts.revision), ("RC4-40", Some(4)));
    // The content of its page.
    let content =
        bytes("e8af5264382412cee70aeccad35a370b050431958bebc4873edb1da80adddbc026f7f7f832");
    let id = Id {
        number: 19,
        generation: 0,
    };
    let decryptor = decryptor.unwrap();
    let content = decryptor.stream(id, StreamKind::Plain, &[], &content);
    assert_eq!(&*content, b"/ADBE_FillSign BMC \nq\n/Fm0 Do\nQ\nEMC \n");
}

#[test]
fn wrong_lengths_and_revisions_do_not_lock() {
    for (key, value) in [
        ("Length", Value::Int(128)),
        ("Length", Value::Int(5)),
        ("Length", Value::Int(-8)),
        ("Length", Value::Int(i64::MAX)),
        ("Length", Value::Null),
        ("R", Value::Int(3)),
        ("R", Value::Int(77)),
        ("EncryptMetadata", Value::Bool(true)),
        // The permissions as an unsigned number, and as a real one.
        ("P", Value::Int(0xFFFF_F2C0)),
        ("P", Value::Real(-3392.0)),
    ] {
        let changed = with(short_key(), key, value);
        let (decryptor, _) = open(&changed);
        assert!(decryptor.is_some(), "{changed:?}");
    }
    // Entries longer and shorter than they should be.
    let long = [
        "8a1dae2eb45c5cc580269a1e4a4bbee55881274b427f3f92465ecbea7bff2334",
        "0000000000000000000000",
    ]
    .concat();
    let changed = with(short_key(), "O", hex(&long));
    assert!(open(&changed).0.is_some());
    let changed = with(short_key(), "U", hex("7f995c2cf48b82990a16f1d52f34ea54"));
    assert!(open(&changed).0.is_some());
    for missing in ["O", "U", "P"] {
        assert!(open(&without(short_key(), missing)).0.is_none());
    }
}

#[test]
fn what_is_not_known_is_named() {
    let cases = [
        (
            with(short_key(), "Filter", named("Adobe.PubSec")),
            "Adobe.PubSec",
        ),
        (with(short_key(), "Filter", named("\u{1b}[2J")), "?[2J"),
        (with(short_key(), "V", Value::Int(3)), "Standard"),
        (with(short_key(), "V", Value::Int(6)), "Standard"),
        (without(short_key(), "V"), "Standard"),
    ];
    for (encrypt, method) in cases {
        let (unlocked, facts) = unlock(&encrypt, &[], &direct);
        assert!(matches!(unlocked, Unlock::Unknown));
        assert_eq!((facts.method.as_str(), facts.opens), (method, false));
    }
    let filter = Value::Dict(dict([("CFM", named("AESV4"))]));
    let unknown = with(short_key(), "CF", Value::Dict(dict([("StdCF", filter)])));
    assert!(matches!(unlock(&unknown, &[], &direct).0, Unlock::Unknown));
}

#[test]
fn a_lock_on_attachments_alone_leaves_the_rest_in_the_clear() {
    let mut encrypt = short_key();
    for (key, value) in [
        ("StmF", named("Identity")),
        ("StrF", named("Identity")),
        ("EFF", named("StdCF")),
        ("P", Value::Int(-4)),
    ] {
        encrypt = with(encrypt, key, value);
    }
    let (unlocked, facts) = unlock(&encrypt, &[], &direct);
    assert!(matches!(unlocked, Unlock::Locked { in_clear: true }));
    assert!(!facts.opens);
}

#[test]
fn kinds_and_crypt_filters_tell_which_streams_are_encrypted() {
    let (decryptor, _) = open(&short_key());
    let decryptor = decryptor.unwrap();
    let raw = b"sixteen bytes or more";
    let is_clear = |kind, chain: &[Filter]| *decryptor.stream(ID, kind, chain, raw) == raw[..];
    assert!(!is_clear(StreamKind::Plain, &[]));
    assert!(!is_clear(StreamKind::Embedded, &[]));
    assert!(is_clear(StreamKind::Xref, &[]));
    assert!(is_clear(StreamKind::Metadata, &[]));
    assert!(is_clear(StreamKind::Plain, &[Filter::Crypt(None)]));
    let crypt = |name: &[u8]| [Filter::AsciiHex, Filter::Crypt(Some(name.into()))];
    assert!(is_clear(StreamKind::Plain, &crypt(b"Identity")));
    assert!(is_clear(StreamKind::Plain, &crypt(b"Undefined")));
    assert!(!is_clear(StreamKind::Plain, &crypt(b"StdCF")));
    assert!(!is_clear(StreamKind::Metadata, &crypt(b"StdCF")));
    // RC4 undoes itself.
    let once = decryptor.string(ID, raw);
    assert_eq!(decryptor.string(ID, &once), raw);
}

#[test]
fn keys_are_not_shown() {
    let shown = format!("{:?}", open(&short_key()).0.unwrap());
    assert!(shown.contains("Rc4") && !shown.contains("key") && !shown.contains("bytes"));
}

#[cfg(not(target_arch = "wasm32"))]
mod properties {
    use proptest::prelude::*;

    use super::*;

    fn value() -> impl Strategy<Value = Value> {
        prop_oneof![
            any::<i64>().prop_map(Value::Int),
            (-1_i64..300).prop_map(Value::Int),
            any::<bool>().prop_map(Value::Bool),
            any::<f64>().prop_map(Value::Real),
            prop::collection::vec(any::<u8>(), 0..130).prop_map(|text| Value::Text(text.into())),
            "Identity|StdCF|V2|AESV2|AESV3|None".prop_map(|text| named(&text)),
            Just(Value::Null),
            Just(Value::Ref(ID)),
        ]
    }

    proptest! {
        /// Dictionaries with anything for any value neither panic nor open by accident.
        #[test]
        fn any_dictionary_is_read(
            version in 0_i64..7,
            revision in 0_i64..8,
            method in "V2|AESV2|AESV3",
            changes in prop::collection::vec(
                ("V|R|Length|O|U|OE|UE|P|CF|StmF|StrF|EFF|EncryptMetadata", value()),
                0..6,
            ),
            file_id in prop::collection::vec(any::<u8>(), 0..40),
        ) {
            let filter = Value::Dict(dict([("CFM", named(&method))]));
            let mut encrypt = with(short_key(), "V", Value::Int(version));
            encrypt = with(encrypt, "R", Value::Int(revision));
            encrypt = with(encrypt, "CF", Value::Dict(dict([("StdCF", filter)])));
            encrypt = with(encrypt, "P", Value::Int(7));
            for (key, value) in changes {
                encrypt = with(encrypt, &key, value);
            }
            let nothing = |_: &Value| None;
            let (unlocked, facts) = unlock(&encrypt, &file_id, &nothing);
            prop_assert!(!facts.opens);
            prop_assert!(!matches!(unlocked, Unlock::Open(_)));
        }

        /// Any data is decrypted to no more than itself.
        #[test]
        fn any_data_is_decrypted(
            method in "V2|AESV2|AESV3|None",
            data in prop::collection::vec(any::<u8>(), 0..200),
        ) {
            let filter = Value::Dict(dict([("CFM", named(&method))]));
            let encrypt = with(
                short_key(),
                "CF",
                Value::Dict(dict([("StdCF", filter)])),
            );
            let (decryptor, _) = open(&encrypt);
            let decryptor = decryptor.unwrap();
            prop_assert!(decryptor.string(ID, &data).len() <= data.len());
            prop_assert!(decryptor.stream(ID, StreamKind::Plain, &[], &data).len() <= data.len());
        }
    }
}
