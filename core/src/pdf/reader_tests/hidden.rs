//! Objects in places where only some readers look.

#[cfg(target_arch = "wasm32")]
use wasm_bindgen_test::wasm_bindgen_test as test;

use super::super::document::Document;
use super::super::document::EntryState::{Live, Unlisted};
use super::super::flags::Flags;
use super::{live_script, packed, repaired, scripts, with, File, SCRIPT};

#[test]
fn in_an_object_stream() {
    let mut file = File::new();
    file.object_stream(9, &[(5, "null"), (4, SCRIPT)])
        .xref_stream(10, &[(5, 9, 0), (4, 9, 1)], "");
    live_script(&file.bytes, 4);
    assert!(!repaired(&file.bytes));
}

#[test]
fn in_an_object_stream_that_nothing_lists() {
    let mut file = File::new();
    file.object_stream(9, &[(5, "null"), (4, SCRIPT)]).table("");
    assert_eq!(scripts(&file.bytes), [(4, Unlisted)]);
}

#[test]
fn in_an_object_stream_of_an_older_revision() {
    let mut file = File::new();
    file.object_stream(9, &[(4, SCRIPT)])
        .xref_stream(10, &[(4, 9, 0)], "");
    let prev = String::from_utf8_lossy(&file.bytes)
        .rfind("10 0 obj")
        .unwrap();
    let prev = file.bytes.len() - (String::from_utf8_lossy(&file.bytes).len() - prev);
    file.object_stream(9, &[(4, "null")]);
    file.xref_stream(11, &[(4, 9, 0)], &format!("/Prev {prev}"));
    let found = scripts(&file.bytes);
    assert_eq!(found.len(), 1);
    assert_ne!(found[0].1, Live);
}

#[test]
fn in_an_object_stream_with_a_wrong_count() {
    for count in ["0", "1", "-4", "99999999999", "(two)"] {
        let mut file = File::new();
        let (head, body) = packed(&[(5, "null"), (4, SCRIPT)]);
        let dict = format!("/Type/ObjStm/N {count}/First {}", head.len());
        file.stream(9, &dict, format!("{head}{body}").as_bytes())
            .xref_stream(10, &[(5, 9, 0), (4, 9, 1)], "");
        live_script(&file.bytes, 4);
    }
}

#[test]
fn in_an_object_stream_with_a_wrong_first() {
    for first in [
        "/First 0",
        "/First 3",
        "/First 30",
        "",
        "/First -1",
        "/First 99999999999999999999",
    ] {
        let mut file = File::new();
        let (head, body) = packed(&[(5, "null"), (4, SCRIPT)]);
        let dict = format!("/Type/ObjStm/N 2{first}");
        file.stream(9, &dict, format!("{head}{body}").as_bytes())
            .xref_stream(10, &[(5, 9, 0), (4, 9, 1)], "");
        // Either it is seen or the file is said to be unreadable.
        with(&file.bytes, |document| {
            let seen = document
                .entries()
                .iter()
                .any(|entry| entry.flags.any(Flags::JAVASCRIPT));
            assert!(seen || document.unreadable() > 0, "{first}");
        });
    }
}

#[test]
fn in_an_object_stream_that_does_not_say_so() {
    for dict in [
        "/Type 8 0 R/N 1/First 4",
        "/N 1/First 4",
        "/Type/Nothing/N 1/First 4",
        "/Type/Obj#53tm/N 1/First 4",
    ] {
        let mut file = File::new();
        file.object(8, "/ObjStm");
        file.stream(9, dict, format!("4 0 {SCRIPT}").as_bytes())
            .xref_stream(10, &[(4, 9, 0)], "");
        live_script(&file.bytes, 4);
    }
}

#[test]
fn in_an_object_stream_under_another_number() {
    let mut file = File::new();
    file.object_stream(9, &[(77, SCRIPT)])
        .xref_stream(10, &[(4, 9, 0)], "");
    let found = scripts(&file.bytes);
    assert_eq!(found, [(77, Live)]);
}

#[test]
fn in_an_object_stream_whose_filter_is_in_another() {
    let mut file = File::new();
    let data: String = format!("4 0 {SCRIPT}")
        .bytes()
        .map(|byte| format!("{byte:02x}"))
        .collect();
    file.stream(9, "/Type/ObjStm/N 1/First 4/Filter 6 0 R", data.as_bytes());
    file.object_stream(8, &[(6, "/ASCIIHexDecode")]);
    file.xref_stream(10, &[(4, 9, 0), (6, 8, 0)], "");
    live_script(&file.bytes, 4);
    with(&file.bytes, |document| assert_eq!(document.unreadable(), 0));
}

#[test]
fn an_object_stream_that_does_not_unpack_is_told() {
    for filter in ["/FlateDecode", "/Nonsense", "99 0 R"] {
        let mut file = File::new();
        file.stream(
            9,
            &format!("/Type/ObjStm/N 1/First 4/Filter {filter}"),
            b"\x00\x01\x02 nonsense",
        )
        .table("");
        with(&file.bytes, |document| {
            assert_eq!(document.unreadable(), 1, "{filter}");
        });
    }
}

#[test]
fn in_a_comment() {
    let mut file = File::new();
    file.text("% ")
        .here(4)
        .text(&format!("4 0 obj {SCRIPT} endobj\n"))
        .table("");
    live_script(&file.bytes, 4);
    assert!(!repaired(&file.bytes));
}

#[test]
fn in_the_data_of_a_stream() {
    let mut file = File::new();
    file.text("6 0 obj <</Length 80>>\nstream\n").here(4);
    file.text(&format!(
        "{:80}\nendstream\nendobj\n",
        format!("4 0 obj {SCRIPT} endobj")
    ))
    .table("");
    live_script(&file.bytes, 4);
    assert!(!repaired(&file.bytes));
    // Nothing leads there: it is data.
    let text = String::from_utf8(file.bytes).unwrap();
    let text = text.replacen("4 1\n", "5 1\n", 1);
    let found = scripts(text.as_bytes());
    assert!(found
        .iter()
        .all(|(_, state)| *state == Unlisted || *state == Live));
}

#[test]
fn in_a_string_of_another_object() {
    let mut file = File::new();
    file.text("6 0 obj\n(")
        .here(4)
        .text(&format!("4 0 obj {SCRIPT} endobj)\nendobj\n"))
        .table("");
    live_script(&file.bytes, 4);
}

#[test]
fn behind_a_string_that_never_ends() {
    let mut file = File::new();
    file.object(6, "<</A (never closed>>").object(4, SCRIPT);
    file.offsets.pop();
    file.table("");
    assert_eq!(scripts(&file.bytes), [(4, Unlisted)]);
}

#[test]
fn between_a_length_that_lies_and_its_end() {
    // Too long: it would cover the next objects, but no `endstream` stands there.
    let mut file = File::new();
    file.here(6)
        .text("6 0 obj <</Length 5000>>\nstream\nabc\nendstream\nendobj\n");
    file.object(4, SCRIPT);
    file.offsets.pop();
    file.table("");
    assert_eq!(scripts(&file.bytes), [(4, Unlisted)]);
    // No `endstream` at all.
    let mut file = File::new();
    file.here(6)
        .text("6 0 obj <</Length 5000>>\nstream\nabc\nendobj\n");
    file.object(4, SCRIPT).stream(7, "", b"x").table("");
    live_script(&file.bytes, 4);
}

#[test]
fn escaped_names_are_seen_and_told() {
    let mut file = File::new();
    file.object(4, "<</#53/J#61vaScript/#4a#53(x)>>").table("");
    live_script(&file.bytes, 4);
    with(&file.bytes, |document| {
        assert!(document.entries()[3]
            .flags
            .all(Flags::ESCAPED | Flags::JAVASCRIPT));
        let object = document.load(3).unwrap();
        let dict = object.value.as_dict().unwrap();
        assert!(dict.entries.iter().all(|(name, _)| name.escaped));
    });
}

#[test]
fn types_by_reference_and_lone_names_are_told() {
    let mut file = File::new();
    file.object(4, "<</S 5 0 R/JS(x)>>")
        .object(5, "/JavaScript")
        .object(6, "12")
        .table("");
    with(&file.bytes, |document| {
        let flags = |index: usize| document.entries()[index].flags;
        assert!(flags(3).all(Flags::INDIRECT_TYPE | Flags::JAVASCRIPT));
        assert!(flags(4).all(Flags::BARE_NAME | Flags::JAVASCRIPT));
        assert!(flags(5).any(Flags::NUMBER) && !flags(5).any(Flags::BARE_NAME));
        assert!(!flags(2).any(Flags::INDIRECT_TYPE | Flags::BARE_NAME));
    });
}

#[test]
fn all_values_of_a_key_given_twice_are_there() {
    let mut file = File::new();
    file.object(4, "<</S/GoTo/S/JavaScript/JS(a)/JS(b)>>")
        .table("");
    with(&file.bytes, |document| {
        let object = document.load(3).unwrap();
        let dict = object.value.as_dict().unwrap();
        assert_eq!((dict.all("S").count(), dict.all("JS").count()), (2, 2));
    });
}

#[test]
fn a_dictionary_in_the_trailer_is_there() {
    let mut file = File::new();
    file.table("/Mine<</S/JavaScript/JS(x)>>");
    with(&file.bytes, |document| {
        assert!(document.trailer().get("Mine").is_some());
    });
    let mut file = File::default();
    file.text("%PDF-1.4\ntrailer<</Root<</Type/Catalog/OpenAction<</S/JavaScript/JS(x)>>>>>>");
    with(&file.bytes, |document| {
        assert!(document.root().and_then(|root| root.as_dict()).is_some());
        assert!(document.repaired());
    });
    let _ = Document::repaired;
}
