//! Incremental updates, deleted objects, hybrid files, linearised files.

#[cfg(target_arch = "wasm32")]
use wasm_bindgen_test::wasm_bindgen_test as test;

use super::super::document::EntryState::{Superseded, Unlisted};
use super::{has_page, live_script, repaired, scripts, with, File, SCRIPT};

#[test]
fn a_plain_file_is_read_as_it_is() {
    let mut file = File::new();
    file.object(4, SCRIPT).table("");
    live_script(&file.bytes, 4);
    assert!(!repaired(&file.bytes) && has_page(&file.bytes));
    with(&file.bytes, |document| {
        assert_eq!(document.revisions(), 1);
        assert_eq!(document.header().unwrap().version.as_deref(), Some("1.7"));
        assert_eq!(document.entries().len(), 4);
        assert_eq!(document.trailers().len(), 1);
        assert!(document.trailers()[0].live && !document.linearised());
    });
}

#[test]
fn a_later_revision_supersedes() {
    let mut file = File::new();
    file.object(4, SCRIPT).table("");
    let prev = start(&file);
    file.object(4, "<</Nothing true>>")
        .table(&format!("/Prev {prev}"));
    assert_eq!(scripts(&file.bytes), [(4, Superseded)]);
    with(&file.bytes, |document| {
        assert_eq!(document.revisions(), 2);
        assert_eq!(document.entries()[3].revision, 1);
        assert_eq!(document.entries()[4].revision, 2);
    });
}

#[test]
fn a_later_revision_brings_it() {
    let mut file = File::new();
    file.object(4, "null").table("");
    let prev = start(&file);
    file.object(4, SCRIPT).table(&format!("/Prev {prev}"));
    live_script(&file.bytes, 4);
    assert!(!repaired(&file.bytes));
}

#[test]
fn a_deleted_object_is_superseded() {
    let mut file = File::new();
    file.object(4, SCRIPT).table("");
    let prev = start(&file);
    file.object(5, "null");
    let (number, offset) = file.offsets.pop().unwrap();
    let at = file.bytes.len();
    file.text(&format!(
        "xref\n4 1\n0000000000 00001 f \n{number} 1\n{offset:010} 00000 n \n\
         trailer\n<</Size 6/Root 1 0 R/Prev {prev}>>\nstartxref\n{at}\n%%EOF\n"
    ));
    assert_eq!(scripts(&file.bytes), [(4, Superseded)]);
    assert!(!repaired(&file.bytes));
}

#[test]
fn what_is_listed_nowhere_is_hidden() {
    let mut file = File::new();
    file.object(4, SCRIPT);
    file.offsets.pop();
    file.table("");
    assert_eq!(scripts(&file.bytes), [(4, Unlisted)]);
}

#[test]
fn a_second_definition_in_one_revision_is_hidden() {
    let mut file = File::new();
    file.object(4, SCRIPT);
    file.offsets.pop();
    file.object(4, "null").table("");
    assert_eq!(scripts(&file.bytes), [(4, Unlisted)]);
    let mut file = File::new();
    file.object(4, "null");
    file.object(4, SCRIPT);
    file.offsets.pop();
    file.table("");
    assert_eq!(scripts(&file.bytes), [(4, Unlisted)]);
}

#[test]
fn a_catalog_that_changed_is_told() {
    let mut file = File::new();
    file.table("");
    let prev = start(&file);
    file.object(1, "<</Type/Catalog/Pages 2 0 R/OpenAction 4 0 R>>")
        .object(4, SCRIPT)
        .table(&format!("/Prev {prev}"));
    with(&file.bytes, |document| {
        let [older] = document.older_roots() else {
            panic!()
        };
        assert_eq!((older.revision, older.id.number, older.entry), (1, 1, 0));
    });
}

#[test]
fn previous_sections_may_go_round_in_a_circle() {
    let mut file = File::new();
    file.object(4, SCRIPT);
    let at = file.bytes.len();
    file.table(&format!("/Prev {at}"));
    live_script(&file.bytes, 4);
}

#[test]
fn a_hybrid_file_lists_objects_in_its_stream_alone() {
    let mut file = File::new();
    let listed = std::mem::take(&mut file.offsets);
    file.object_stream(9, &[(4, SCRIPT), (5, "(five)")]);
    let stream = file.xref_stream_alone(10, &[(4, 9, 0), (5, 9, 1)], "");
    file.offsets = listed;
    file.table(&format!("/XRefStm {stream}"));
    live_script(&file.bytes, 4);
    assert!(!repaired(&file.bytes));
}

#[test]
fn what_a_hybrid_files_other_half_lists_is_hidden() {
    let mut file = File::new();
    file.object(4, "null");
    let listed = std::mem::take(&mut file.offsets);
    file.object_stream(9, &[(4, SCRIPT)]);
    let stream = file.xref_stream_alone(10, &[(4, 9, 0)], "");
    file.offsets = listed;
    file.table(&format!("/XRefStm {stream}"));
    assert_eq!(scripts(&file.bytes), [(4, Unlisted)]);
}

#[test]
fn a_linearised_file_is_one_revision() {
    let mut file = File::default();
    file.text("%PDF-1.7\n")
        .object(7, "<</Linearized 1/L 900/N 1>>");
    file.object(1, "<</Type/Catalog/Pages 2 0 R>>");
    let first = file.bytes.len();
    let (seven, one) = (file.offsets[0].1, file.offsets[1].1);
    file.text(&format!(
        "xref\n7 1\n{seven:010} 00000 n \n1 1\n{one:010} 00000 n \n\
         trailer\n<</Size 8/Root 1 0 R/Prev 0000500>>\nstartxref\n0\n%%EOF\n"
    ));
    file.offsets.clear();
    file.object(2, "<</Type/Pages/Count 1/Kids[3 0 R]>>")
        .object(3, "<</Type/Page/Parent 2 0 R/MediaBox[0 0 9 9]>>")
        .object(4, SCRIPT);
    while file.bytes.len() < 500 {
        file.text(" ");
    }
    file.table("");
    let end = file.bytes.len();
    let text = String::from_utf8(file.bytes).unwrap();
    let cut = text.rfind("startxref").unwrap();
    let text = format!("{}startxref\n{first}\n%%EOF\n", &text[..cut]);
    assert!(end > 500);
    live_script(text.as_bytes(), 4);
    with(text.as_bytes(), |document| {
        assert_eq!(document.revisions(), 1);
        assert!(document.linearised() && !document.repaired());
    });
}

#[test]
fn an_update_of_nothing_is_no_revision() {
    let mut file = File::new();
    file.object(4, SCRIPT).table("");
    let prev = start(&file);
    let at = file.bytes.len();
    file.text(&format!(
        "xref\n0 0\ntrailer<</Size 5/Root 1 0 R/Prev {prev}>>\nstartxref\n{at}\n%%EOF"
    ));
    live_script(&file.bytes, 4);
    with(&file.bytes, |document| assert_eq!(document.revisions(), 1));
}

/// Where the last table stands.
fn start(file: &File) -> usize {
    let text = String::from_utf8_lossy(&file.bytes);
    text.rfind("\nxref").unwrap() + 1
}
