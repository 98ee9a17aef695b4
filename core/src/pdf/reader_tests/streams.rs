//! Where the data of streams ends, and values of all kinds.

#[cfg(target_arch = "wasm32")]
use wasm_bindgen_test::wasm_bindgen_test as test;

use super::super::document::StreamLength;
use super::super::filter::End;
use super::super::value::Value;
use super::{with, File};

/// The data of object 4, and what is said of its length.
fn data(text: &str) -> (Vec<u8>, StreamLength) {
    let mut file = File::new();
    file.here(4)
        .text(text)
        .object(5, "3")
        .object(6, "6 0 R")
        .table("");
    with(&file.bytes, |document| {
        let entry = document.entries()[3];
        let object = document.load(3).unwrap();
        let unpacked = document.unpack(&object);
        assert_eq!(unpacked.end, End::Whole);
        assert_eq!(*document.raw(&object), *unpacked.data);
        (unpacked.data, entry.length)
    })
}

#[test]
#[allow(clippy::too_many_lines)] // one case each
fn data_ends_where_the_length_says_if_that_can_be() {
    for (text, expected, length) in [
        (
            "4 0 obj<</Length 3>>stream\nabc\nendstream endobj ",
            "abc",
            StreamLength::Right,
        ),
        (
            "4 0 obj<</Length 3>>stream\r\nabcendstream endobj ",
            "abc",
            StreamLength::Right,
        ),
        (
            "4 0 obj<</Length 3>>stream\rabc\rendstream endobj ",
            "abc",
            StreamLength::Right,
        ),
        (
            "4 0 obj<</Length 3>>stream  \nabc\nendstream endobj ",
            "abc",
            StreamLength::Right,
        ),
        (
            "4 0 obj<</Length 3>>\n%comment\nstream\nabc\nendstream endobj ",
            "abc",
            StreamLength::Right,
        ),
        (
            "4 0 obj<</Length 5 0 R>>stream\nabc\nendstream endobj ",
            "abc",
            StreamLength::Right,
        ),
        (
            "4 0 obj<</Length 3>>stream\nabc\nendobj ",
            "abc",
            StreamLength::Right,
        ),
        (
            "4 0 obj<</Length 2>>stream\nabc\nendstream endobj ",
            "abc",
            StreamLength::Wrong,
        ),
        (
            "4 0 obj<</Length 9999>>stream\nabc\nendstream endobj ",
            "abc",
            StreamLength::Wrong,
        ),
        (
            "4 0 obj<</Length -1>>stream\nabc\r\nendstream endobj ",
            "abc",
            StreamLength::Wrong,
        ),
        (
            "4 0 obj<</Length 99999999999999999999>>stream\nabc\r\nendstream endobj ",
            "abc",
            StreamLength::Wrong,
        ),
        (
            "4 0 obj<</Length 9>>stream\nabc\nendobj ",
            "abc",
            StreamLength::Wrong,
        ),
        (
            "4 0 obj<<>>stream\nabc\nendstream endobj ",
            "abc",
            StreamLength::Missing,
        ),
        (
            "4 0 obj<</Length (3)>>stream\nabc\nendstream endobj ",
            "abc",
            StreamLength::Missing,
        ),
        (
            "4 0 obj<</Length 6 0 R>>stream\nabc\nendstream endobj ",
            "abc",
            StreamLength::Missing,
        ),
        (
            "4 0 obj<</Length 4 0 R>>stream\nabc\nendstream endobj ",
            "abc",
            StreamLength::Missing,
        ),
        (
            "4 0 obj<</Length 77 0 R>>stream\nabc\nendstream endobj ",
            "abc",
            StreamLength::Missing,
        ),
        // `endstream` within the data.
        (
            "4 0 obj<</Length 12>>stream\nendstream ab\nendstream endobj ",
            "endstream ab",
            StreamLength::Right,
        ),
        (
            "4 0 obj<</Length 12>>stream\nab endobj ab\nendstream endobj ",
            "ab endobj ab",
            StreamLength::Right,
        ),
        (
            "4 0 obj<</DL<</Length 1>>/Length 3>>stream\nabc\nendstream endobj ",
            "abc",
            StreamLength::Right,
        ),
        (
            "4 0 obj<</Length 1/Length 3>>stream\nabc\nendstream endobj ",
            "abc",
            StreamLength::Right,
        ),
    ] {
        assert_eq!(data(text), (expected.as_bytes().to_vec(), length), "{text}");
    }
}

#[test]
fn a_wrong_length_is_told_with_the_right_one() {
    let mut file = File::new();
    file.here(4)
        .text("4 0 obj<</Length 7>>stream\nabc\nendstream endobj ")
        .table("");
    with(&file.bytes, |document| {
        assert_eq!(document.lengths(3), Some((7, 3)));
    });
}

fn value(text: &str) -> Value {
    let mut file = File::new();
    file.object(4, text).table("");
    with(&file.bytes, |document| {
        document.load(3).unwrap().value.clone()
    })
}

fn text(text: &[u8]) -> Value {
    Value::Text(text.into())
}

#[test]
fn values_are_read_as_they_are_meant() {
    for (written, expected) in [
        ("true", Value::Bool(true)),
        ("null", Value::Null),
        ("-17", Value::Int(-17)),
        ("+17", Value::Int(17)),
        ("--17", Value::Int(-17)),
        ("0.5", Value::Real(0.5)),
        ("-.25", Value::Real(-0.25)),
        ("4.", Value::Real(4.0)),
        ("99999999999999999999", Value::Int(i64::MAX)),
        ("(a(b)c)", text(b"a(b)c")),
        ("(\\101\\5\\0533\\n\\)\\\\\\\n\\q)", text(b"A\x05+3\n)\\q")),
        ("(a\r\nb\rc)", text(b"a\nb\nc")),
        ("<4A 61\n7 6 6>", text(b"Jav`")),
        ("<>", text(b"")),
    ] {
        assert_eq!(value(written), expected, "{written}");
    }
    let Value::Array(items) = value("[1 0 R 2 3 4 0 R/N#61me<</A[1/B]>>foo(x)]") else {
        panic!()
    };
    assert_eq!(items.len(), 7);
    assert_eq!(items[0].as_ref().unwrap().number, 1);
    assert_eq!((items[1].as_int(), items[2].as_int()), (Some(2), Some(3)));
    assert!(items[4].as_name().unwrap().is("Name"));
    assert_eq!(
        items[5]
            .as_dict()
            .unwrap()
            .get("A")
            .unwrap()
            .as_array()
            .unwrap()
            .len(),
        2
    );
}

#[test]
fn broken_dictionaries_are_read_on() {
    for written in [
        "<</A 1 2 (x)/JS(x)>>",
        "<</A/JS/JS(x)",
        "<</A[1 2/JS(y)>>/JS(x)>>",
        "<</A ]/JS(x)>>",
        "<</A foo/JS(x)>>",
        "<<1/A/JS/JS(x)>>",
    ] {
        let found = value(written);
        assert!(found.as_dict().is_some(), "{written}");
    }
    assert_eq!(
        value("<</A foo/JS(x)>>").as_dict().unwrap().get("JS"),
        Some(&text(b"x"))
    );
}
