//! Files that are made to cost too much, and files that make no sense at all.

#[cfg(target_arch = "wasm32")]
use wasm_bindgen_test::wasm_bindgen_test as test;

use super::super::document::Document;
use super::super::limits::{Budget, Limit, Limits};
use super::{File, SCRIPT};

/// Opens a file and loads all of it. The limits are such that a cost that grows faster than the file
/// reaches them.
fn survives(bytes: &[u8]) -> Option<Limit> {
    let limits = Limits {
        work: 4_000_000 + 400 * bytes.len() as u64,
        ..Limits::default()
    };
    let budget = Budget::new(&limits);
    let document = Document::open(bytes, &budget);
    for index in 0..document.entries().len() {
        if let Some(object) = document.load(index) {
            // The data of streams without an end reaches to that of the file, each time.
            if index < 100 {
                document.unpack(&object);
            }
            document.lengths(index);
        }
    }
    document.find(super::Id {
        number: 7,
        generation: 0,
    });
    budget.reached()
}

#[test]
fn deep_nesting_reaches_a_limit_and_not_the_stack() {
    for open in ["[", "<<", "<</A", "[<</A", "<</A["] {
        let text = format!("1 0 obj {}", open.repeat(200_000));
        assert_eq!(survives(text.as_bytes()), Some(Limit::Depth), "{open}");
    }
    survives("(".repeat(200_000).as_bytes());
    survives("1 0 obj (".repeat(20_000).as_bytes());
    survives("1 0 obj <".repeat(20_000).as_bytes());
}

#[test]
fn repetition_costs_no_more_than_its_length() {
    for piece in [
        "1 0 obj<</Length 5>>stream\n",
        "1 0 obj<</Length 5 0 R>>stream\nendstream\n",
        "1 0 obj",
        "1 0 obj<<",
        "1 1 1 ",
        "endobj ",
        "xref\n0 1\n",
        "trailer<</Prev 0>>",
        "startxref\n0\n",
        "% ",
        "stream\n",
        "1 0 obj<</Type/ObjStm/N 9/First 0>>stream\n1 0 2 0 3 0\nendstream\n",
        "1 0 obj<</Type/XRef/W[1 1 1]/Size 3>>stream\naaaaaaaaa\nendstream\n",
        "obj ",
        "0 obj ",
        "((((",
        "<<<<",
        "/#",
        "1\n",
    ] {
        let reached = survives(piece.repeat(5_000).as_bytes());
        assert_ne!(reached, Some(Limit::Work), "{piece}");
    }
}

#[test]
fn more_lines_than_the_file_can_have_are_not_believed() {
    let mut file = File::new();
    let start = file.bytes.len();
    file.stream(
        4,
        "/Type/XRef/W[1 0 0]/Size 99999999/Filter/RunLengthDecode/Root 1 0 R",
        &[129, 0].repeat(4000),
    );
    file.text(&format!("startxref\n{start}\n%%EOF"));
    assert_eq!(survives(&file.bytes), Some(Limit::Objects));
}

#[test]
fn a_limit_on_objects_is_kept() {
    let mut file = File::new();
    file.object(4, SCRIPT).table("");
    let budget = Budget::new(&Limits {
        objects: 2,
        ..Limits::default()
    });
    let document = Document::open(&file.bytes, &budget);
    assert_eq!(budget.reached(), Some(Limit::Objects));
    assert!(document.entries().len() <= 4);
}

#[test]
fn a_limit_on_work_is_kept() {
    let mut file = File::new();
    file.object(4, SCRIPT).table("");
    for work in [0, 1, 100, 1000, 5000] {
        let budget = Budget::new(&Limits {
            work,
            ..Limits::default()
        });
        let _ = Document::open(&file.bytes, &budget);
        assert_eq!(budget.reached(), Some(Limit::Work));
    }
}

#[test]
fn references_that_go_round_end() {
    let mut file = File::new();
    file.object(4, "5 0 R")
        .object(5, "4 0 R")
        .object(6, "6 0 R")
        .table("");
    super::with(&file.bytes, |document| {
        for number in [4, 5, 6, 99] {
            let value = super::Value::Ref(super::Id {
                number,
                generation: 0,
            });
            assert!(document.resolve(&value).is_none());
        }
    });
}

#[test]
fn every_cut_of_a_file_is_read() {
    let mut file = File::new();
    file.object_stream(9, &[(4, SCRIPT)])
        .xref_stream(10, &[(4, 9, 0)], "");
    file.object(5, "(x)").table("/Prev 100");
    for end in 0..file.bytes.len() {
        survives(&file.bytes[..end]);
        survives(&file.bytes[end..]);
    }
}

#[cfg(not(target_arch = "wasm32"))]
mod any {
    use super::{survives, File, SCRIPT};
    use proptest::prelude::*;

    /// What files are made of, in any order.
    fn pieces() -> impl Strategy<Value = Vec<u8>> {
        let piece = prop_oneof![
            prop::sample::select(vec![
                "1 0 obj",
                "2 0 obj",
                "endobj",
                "stream\n",
                "endstream",
                "xref\n0 2\n",
                "trailer",
                "startxref\n9\n",
                "<<",
                ">>",
                "[",
                "]",
                "(",
                ")",
                "<",
                ">",
                "/Type",
                "/ObjStm",
                "/XRef",
                "/Length",
                "/First",
                "/N",
                "/W[1 1 1]",
                "/Index[0 9]",
                "/Prev 20",
                "/Root 1 0 R",
                " 5 0 R",
                "/Filter/FlateDecode",
                "/Encrypt",
                "0000000009 00000 n \n",
                "%PDF-1.5",
                "%%EOF",
                "/#4a",
                "\\",
                " 1 ",
                "/Linearized 1/L 9",
                "/Extends 1 0 R",
                "/Size 9",
                "-",
                ".",
                "\r",
                "%",
            ])
            .prop_map(|piece| piece.as_bytes().to_vec()),
            prop::collection::vec(any::<u8>(), 0..4),
        ];
        prop::collection::vec(piece, 0..80).prop_map(|pieces| pieces.concat())
    }

    fn file() -> Vec<u8> {
        let mut file = File::new();
        file.object_stream(9, &[(4, SCRIPT), (6, "[1 2]")])
            .xref_stream(10, &[(4, 9, 0), (6, 9, 1)], "");
        file.object(5, "<</A(x)/B<41>>>")
            .object(4, "5 0 R")
            .table("/Prev 100/ID[(a)(b)]");
        file.bytes
    }

    proptest! {
        #[test]
        fn bytes_are_read(bytes in prop::collection::vec(any::<u8>(), 0..600)) {
            survives(&bytes);
        }

        #[test]
        fn pieces_are_read(bytes in pieces()) {
            survives(&bytes);
        }

        #[test]
        fn changed_files_are_read(changes in prop::collection::vec((any::<prop::sample::Index>(), any::<u8>(), 0..3_u8), 1..12)) {
            let mut bytes = file();
            for (place, byte, how) in changes {
                let place = place.index(bytes.len());
                match how {
                    0 => bytes[place] = byte,
                    1 => bytes.insert(place, byte),
                    _ => { bytes.remove(place); }
                }
            }
            survives(&bytes);
        }
    }
}
