//! Chains as dictionaries name them.

#[cfg(target_arch = "wasm32")]
use wasm_bindgen_test::wasm_bindgen_test as test;

use super::super::super::value::{Dict, Id, Name, Value};
use super::super::unpacked_len;
use super::{budget, predictor, undo, End, Filter, FLATE, LZW};

fn name(text: &str) -> Name {
    Name {
        bytes: text.as_bytes().into(),
        escaped: false,
    }
}

fn named(text: &str) -> Value {
    Value::Name(name(text))
}

fn list<const N: usize>(items: [Value; N]) -> Value {
    Value::Array(items.into())
}

fn dict<const N: usize>(entries: [(&str, Value); N]) -> Dict {
    Dict {
        entries: entries
            .into_iter()
            .map(|(key, value)| (name(key), value))
            .collect(),
    }
}

fn reference(number: u32) -> Value {
    Value::Ref(Id {
        number,
        generation: 0,
    })
}

/// 1 is a name, 2 a number, 3 parameters; nothing else is there.
fn resolve(value: &Value) -> Option<Value> {
    match value.as_ref()?.number {
        1 => Some(named("FlateDecode")),
        2 => Some(Value::Int(12)),
        3 => Some(rows()),
        4 => Some(list([reference(1), named("AHx")])),
        _ => None,
    }
}

fn rows() -> Value {
    Value::Dict(dict([
        ("Predictor", reference(2)),
        ("Columns", Value::Int(5)),
    ]))
}

fn chain<const N: usize>(entries: [(&str, Value); N]) -> Vec<Filter> {
    Filter::chain(&dict(entries), &resolve)
}

fn predicted() -> Filter {
    Filter::Flate(predictor(12, 1, 8, 5))
}

#[test]
fn names_long_and_short() {
    assert_eq!(chain([]), []);
    for (short, long, filter) in [
        ("Fl", "FlateDecode", FLATE),
        ("LZW", "LZWDecode", LZW),
        ("A85", "ASCII85Decode", Filter::Ascii85),
        ("AHx", "ASCIIHexDecode", Filter::AsciiHex),
        ("RL", "RunLengthDecode", Filter::RunLength),
        ("DCT", "DCTDecode", Filter::Image),
        ("CCF", "CCITTFaxDecode", Filter::Image),
        ("JPXDecode", "JBIG2Decode", Filter::Image),
        ("BrotliDecode", "flatedecode", Filter::Unknown),
    ] {
        let filter = std::slice::from_ref(&filter);
        assert_eq!(chain([("Filter", named(short))]), filter);
        assert_eq!(chain([("Filter", list([named(long)]))]), filter);
    }
}

#[test]
fn parameters_go_with_their_filter() {
    assert_eq!(
        chain([("Filter", named("Fl")), ("DecodeParms", rows())]),
        [predicted()]
    );
    assert_eq!(
        chain([("Filter", reference(1)), ("DecodeParms", reference(3))]),
        [predicted()]
    );
    assert_eq!(
        chain([
            ("Filter", reference(4)),
            ("DecodeParms", list([reference(3), Value::Null])),
        ]),
        [predicted(), Filter::AsciiHex]
    );
    assert_eq!(
        chain([
            ("Filter", list([named("A85"), named("Fl")])),
            ("DecodeParms", list([Value::Null, rows()])),
        ]),
        [Filter::Ascii85, predicted()]
    );
    // As readers have it, parameters must have the shape that the filters have.
    assert_eq!(
        chain([("Filter", named("Fl")), ("DecodeParms", list([rows()]))]),
        [FLATE]
    );
    assert_eq!(
        chain([("Filter", list([named("Fl")])), ("DecodeParms", rows())]),
        [FLATE]
    );
    let late = Value::Dict(dict([("EarlyChange", Value::Int(0))]));
    assert_eq!(
        chain([("Filter", named("LZW")), ("DecodeParms", late)]),
        [Filter::Lzw {
            predictor: predictor(1, 1, 8, 1),
            early_change: false
        }]
    );
}

#[test]
fn short_keys_unless_they_are_a_file() {
    assert_eq!(chain([("F", named("Fl")), ("DP", rows())]), [predicted()]);
    assert_eq!(chain([("F", Value::Text((*b"a.pdf").into()))]), []);
    assert_eq!(chain([("F", Value::Dict(dict([])))]), []);
    assert_eq!(
        chain([("F", named("Fl")), ("Filter", named("RL"))]),
        [Filter::RunLength]
    );
}

#[test]
fn crypt_filters_keep_their_name() {
    assert_eq!(chain([("Filter", named("Crypt"))]), [Filter::Crypt(None)]);
    let parameters = Value::Dict(dict([("Name", named("StdCF"))]));
    assert_eq!(
        chain([
            ("Filter", list([named("Crypt"), named("RL")])),
            ("DecodeParms", list([parameters])),
        ]),
        [Filter::Crypt(Some((*b"StdCF").into())), Filter::RunLength]
    );
}

#[test]
fn what_is_no_filter_is_unknown() {
    assert_eq!(chain([("Filter", Value::Null)]), []);
    assert_eq!(chain([("Filter", list([]))]), []);
    assert_eq!(chain([("Filter", reference(99))]), []);
    assert_eq!(chain([("Filter", Value::Int(1))]), [Filter::Unknown]);
    assert_eq!(
        chain([("Filter", list([reference(99), Value::Null, named("RL")]))]),
        [Filter::Unknown, Filter::Unknown, Filter::RunLength]
    );
    let long = Value::Array(vec![named("RL"); 100_000]);
    let chain = chain([("Filter", long)]);
    assert_eq!((chain.len(), chain.last()), (33, Some(&Filter::Unknown)));
}

#[test]
fn filters_are_undone_in_their_order() {
    // "Hello" as run lengths, as hexadecimal.
    let filters = [Filter::AsciiHex, Filter::Crypt(None), Filter::RunLength];
    assert_eq!(
        undo(b"0448656C6C6F80>", &filters),
        (b"Hello".to_vec(), End::Whole)
    );
    assert_eq!(undo(b"as it is", &[]), (b"as it is".to_vec(), End::Whole));
    // What stands before an image or an unknown filter is undone.
    for last in [Filter::Image, Filter::Unknown] {
        assert_eq!(
            undo(b"48656C6C6F>", &[Filter::AsciiHex, last, Filter::RunLength]),
            (b"Hello".to_vec(), End::Opaque)
        );
    }
    // Damage in any of them is damage of the whole.
    assert_eq!(
        undo(b"0448656C>", &[Filter::AsciiHex, Filter::RunLength]),
        (b"Hel".to_vec(), End::Broken)
    );
    // But not behind the end of a later one.
    assert_eq!(
        undo(
            b"0041 80 and what follows>",
            &[Filter::AsciiHex, Filter::RunLength]
        )
        .0,
        b"A"
    );
}

#[test]
fn counting_tells_what_unpacking_gives() {
    let filters = [Filter::AsciiHex, Filter::RunLength];
    let raw = b"8141 0448656C6C6F80>";
    assert_eq!(
        unpacked_len(raw, &filters, 1000, &budget()),
        (133, End::Whole)
    );
    assert_eq!(
        unpacked_len(raw, &filters, 133, &budget()),
        (133, End::Whole)
    );
    let short = budget();
    assert_eq!(
        unpacked_len(raw, &filters, 132, &short),
        (132, End::Limited)
    );
    assert_eq!(short.reached(), None);
}
