//! Files that readers open though they are wrong.

#[cfg(target_arch = "wasm32")]
use wasm_bindgen_test::wasm_bindgen_test as test;

use super::super::document::EntryState::{Live, Unlisted};
use super::{has_page, live_script, repaired, scripts, with, File, SCRIPT};

const BODY: &str = "1 0 obj<</Type/Catalog/Pages 2 0 R/OpenAction 4 0 R>>endobj \
    2 0 obj<</Type/Pages/Count 1/Kids[3 0 R]>>endobj \
    3 0 obj<</Type/Page/Parent 2 0 R>>endobj \
    4 0 obj<</S/JavaScript/JS(x)>>endobj ";

/// A good file, changed.
fn changed(change: impl Fn(String) -> String) -> Vec<u8> {
    let mut file = File::new();
    file.object(4, SCRIPT).table("");
    let text = String::from_utf8(file.bytes).unwrap();
    let new = change(text.clone());
    assert_ne!(text, new);
    new.into_bytes()
}

#[test]
fn without_a_table() {
    for text in [
        format!("%PDF-1.4\n{BODY}trailer<</Root 1 0 R>>"),
        format!("%PDF-1.4\n{BODY}"),
        format!("{BODY}trailer<</Root 1 0 R>>startxref 0 %%EOF"),
        BODY.to_owned(),
        BODY.replace("endobj", ""),
        BODY.replace(' ', "\r"),
        BODY.replace(' ', "\0"),
        BODY.replace(" 0 obj", " %a comment\n0%another\robj"),
        BODY.replace(" 0 obj", "\t\x0c\n 00000 obj"),
        BODY.replace(" 0 obj", " 0obj"),
        BODY.replace("endobj ", "endobj"),
        BODY.replace("1 0 obj", "00000000001 0 obj"),
        BODY.replace(">>endobj", ">>"),
        format!("%PDF-1.4\n{BODY}trailer<</Size 4>>trailer<</Root 1 0 R>>"),
        format!("%PDF-1.4\n{BODY}trailer<</Root 9 0 R>>"),
        format!("%PDF-1.4\n{BODY}trailer<</Root 3 0 R>>startxref\n5\n%%EOF"),
    ] {
        live_script(text.as_bytes(), 4);
        assert!(has_page(text.as_bytes()), "{text}");
        assert!(repaired(text.as_bytes()), "{text}");
    }
}

#[test]
fn without_a_table_the_last_definition_counts() {
    let text = format!("{BODY} 4 0 obj null endobj");
    assert_eq!(scripts(text.as_bytes()), [(4, Unlisted)]);
    let text = format!("4 0 obj null endobj {BODY}");
    assert_eq!(scripts(text.as_bytes()), [(4, Live)]);
}

#[test]
fn without_a_table_objects_in_data_and_comments_are_found() {
    for inside in [
        "9 0 obj <</Length 66>>stream\n4 0 obj<</S/JavaScript/JS(x)>>endobj                               endstream endobj ",
        "% 4 0 obj<</S/JavaScript/JS(x)>>endobj\n",
        "9 0 obj (4 0 obj<</S/JavaScript/JS<78>>>endobj) endobj ",
    ] {
        let text = BODY.replace("4 0 obj<</S/JavaScript/JS(x)>>endobj ", inside);
        live_script(text.as_bytes(), 4);
    }
}

#[test]
fn with_object_streams_and_no_table() {
    let mut file = File::new();
    file.object_stream(9, &[(4, SCRIPT)]);
    live_script(&file.bytes, 4);
    // The whole document is in them.
    let mut file = File::default();
    file.text("%PDF-1.5\n");
    file.object_stream(
        9,
        &[
            (1, "<</Type/Catalog/Pages 2 0 R>>"),
            (2, "<</Type/Pages/Count 1/Kids[3 0 R]>>"),
            (3, "<</Type/Page/Parent 2 0 R>>"),
            (4, SCRIPT),
        ],
    );
    live_script(&file.bytes, 4);
    assert!(has_page(&file.bytes));
    let whole = file.bytes.clone();
    file.xref_stream(10, &[(1, 9, 0), (2, 9, 1), (3, 9, 2), (4, 9, 3)], "");
    live_script(&file.bytes, 4);
    assert!(!repaired(&file.bytes) && repaired(&whole));
}

#[test]
fn with_a_startxref_that_points_beside() {
    for change in [0_usize, 1, 5, 100_000] {
        let bytes = changed(|text| {
            let cut = text.rfind("startxref").unwrap();
            format!("{}startxref\n{change}\n%%EOF", &text[..cut])
        });
        live_script(&bytes, 4);
        assert!(has_page(&bytes) && repaired(&bytes));
    }
}

#[test]
fn with_offsets_that_are_wrong() {
    // One of them.
    let bytes = changed(|text| {
        let at = text.find("4 1\n").unwrap() + 4;
        format!("{}0000000123{}", &text[..at], &text[at + 10..])
    });
    live_script(&bytes, 4);
    assert!(repaired(&bytes) && has_page(&bytes));
    // All of them: something was put in front of the first object.
    let bytes = changed(|text| text.replacen("%PDF-1.7\n", "%PDF-1.7\n% something else\n", 1));
    live_script(&bytes, 4);
    assert!(repaired(&bytes) && has_page(&bytes));
}

#[test]
fn with_junk_before_the_header() {
    for length in [1, 10, 1000, 5000] {
        // Offsets from the header.
        let bytes = changed(|text| format!("{}{text}", "j".repeat(length)));
        live_script(&bytes, 4);
        assert!(!repaired(&bytes) && has_page(&bytes), "{length}");
        with(&bytes, |document| {
            assert_eq!(document.header().unwrap().offset, length);
        });
        // Offsets from the start of the file.
        let mut file = File::default();
        file.text(&"j".repeat(length)).text("%PDF-1.4\n");
        file.object(1, "<</Type/Catalog/Pages 2 0 R>>")
            .object(2, "<</Type/Pages/Count 1/Kids[3 0 R]>>")
            .object(3, "<</Type/Page/Parent 2 0 R>>")
            .object(4, SCRIPT)
            .table("");
        live_script(&file.bytes, 4);
        assert!(!repaired(&file.bytes) && has_page(&file.bytes), "{length}");
    }
}

#[test]
fn with_a_table_in_another_form() {
    // Lines of 19 and of 21 bytes, and with CR alone.
    for end in ["\n", "\r", " \r\n", "\r\n\r\n", "   "] {
        let bytes = changed(|text| text.replace(" n \n", &format!(" n{end}")));
        // What is before the table has not moved.
        live_script(&bytes, 4);
        assert!(has_page(&bytes) && !repaired(&bytes), "{end:?}");
    }
    let mut file = File::new();
    file.object(4, SCRIPT);
    let lines: Vec<_> = file
        .offsets
        .iter()
        .map(|(_, offset)| format!("{offset:010} 00000 n \n"))
        .collect();
    let start = file.bytes.len();
    let whole = |head: &str| {
        let body = String::from_utf8(file.bytes.clone()).unwrap();
        format!(
            "{body}xref\n{head}{}trailer <</Size 5/Root 1 0 R>>\nstartxref\n{start}\n%%EOF\n",
            lines.concat()
        )
    };
    // A wrong count, and a first number that is off by one, with and without the line of object 0.
    for head in [
        "0 2\n0000000000 65535 f \n",
        "0 50\n0000000000 65535 f \n",
        "1 5\n0000000000 65535 f \n",
        "0 4\n",
        "2 4\n",
        "7 3 1 4\n",
    ] {
        let text = whole(head);
        live_script(text.as_bytes(), 4);
        assert!(has_page(text.as_bytes()), "{head}");
    }
}

#[test]
fn with_line_ends_of_cr_alone() {
    let bytes = changed(|text| text.replace('\n', "\r"));
    live_script(&bytes, 4);
    assert!(!repaired(&bytes) && has_page(&bytes));
}

#[test]
fn with_xref_streams_that_are_wrong() {
    let good = || {
        let mut file = File::new();
        file.object_stream(9, &[(4, SCRIPT)])
            .xref_stream(10, &[(4, 9, 0)], "");
        file.bytes
    };
    live_script(&good(), 4);
    for (from, to) in [
        ("/W[1 4 2]", "/W[1 2 1]"),
        ("/W[1 4 2]", "/W[9 9 9]"),
        ("/W[1 4 2]", "/W[0 0 0]"),
        ("/W[1 4 2]", "/W[1 4]  "),
        ("/W[1 4 2]", "/V[1 4 2]"),
        ("/Index[", "/Inde#58["),
        ("/Index[", "/Nonsen["),
        ("/Type/XRef", "/Type/XXXX"),
        ("/Size 100", "/Size 1  "),
        ("/Size 100", "/Size -10"),
    ] {
        let bytes = good();
        let at = bytes
            .windows(from.len())
            .position(|window| window == from.as_bytes())
            .unwrap();
        let mut bytes = bytes;
        bytes.splice(at..at + from.len(), to.bytes());
        live_script(&bytes, 4);
        assert!(has_page(&bytes), "{to}");
    }
}

#[test]
fn with_a_previous_section_that_is_not_there() {
    let mut file = File::new();
    file.object(4, SCRIPT).table("");
    file.object(5, "null").table("/Prev 3");
    live_script(&file.bytes, 4);
    assert!(has_page(&file.bytes) && repaired(&file.bytes));
}

#[test]
fn with_generations_that_differ() {
    let bytes = changed(|text| text.replace("00000 n", "00007 n"));
    live_script(&bytes, 4);
    assert!(!repaired(&bytes));
}

#[test]
fn with_an_object_that_another_begins_in() {
    let text = BODY.replace(
        "3 0 obj<</Type/Page/Parent 2 0 R>>endobj",
        "3 0 obj<</Type/Page/Parent 2 0 R ",
    );
    assert!(scripts(text.as_bytes()).contains(&(4, Live)));
    let text =
        "1 0 obj<</Type/Catalog/Pages 2 0 R/X 5 0 obj/S/JavaScript/JS(x)>>endobj 2 0 obj<<>>endobj";
    assert!(scripts(text.as_bytes()).contains(&(1, Live)));
}
