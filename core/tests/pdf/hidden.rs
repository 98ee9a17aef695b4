//! What lies beside the document: in no page, in earlier revisions, in object streams.

use super::builder::{expect, expect_file, portal, update, Pdf};
use skifteportal::pdf::{check, Kind, Presence, Profile, Verdict};

#[cfg(target_arch = "wasm32")]
use wasm_bindgen_test::wasm_bindgen_test as test;

#[test]
fn objects_that_nothing_leads_to() {
    let mut pdf = Pdf::new("", "");
    pdf.object(4, "<</S/JavaScript/JS(x)>>")
        .object(5, "<</AA<</O 6 0 R>>>>");
    pdf.object(6, "<</S/URI/URI(http://example.org)>>")
        .object(7, "<</S/URI/URI(http://example.org)>>");
    expect(
        &pdf,
        &[
            "javascript Object 4 unreached",
            "automatic_link Object 5/AA/O unreached",
            "uri_link Object 7 unreached",
        ],
    );
    assert_eq!(portal(&pdf.build()).verdict, Verdict::Refused);
}

#[test]
fn objects_that_the_document_leads_to_on_other_ways() {
    let mut pdf = Pdf::new("/PieceInfo<</Own[4 0 R]>>", "/Resources 5 0 R");
    pdf.object(4, "<</Deep[null 6 0 R]>>")
        .object(5, "<</Properties<</P 7 0 R>>>>");
    pdf.object(6, "<</S/JavaScript/JS(x)>>")
        .object(7, "<</Inner<</S/Launch/F(a)>>>>");
    expect(
        &pdf,
        &[
            "javascript Root/PieceInfo/Own[0]/Deep[1]",
            "launch Page 1/Resources/Properties/P/Inner",
        ],
    );
    let report = portal(&pdf.build());
    let launch = report
        .findings
        .iter()
        .find(|f| f.kind == Kind::Launch)
        .unwrap();
    assert_eq!(launch.page, Some(1));
}

#[test]
fn a_later_revision_replaced_it() {
    let first = Pdf::new("/OpenAction<</S/JavaScript/JS(x)>>", "/Annots[4 0 R]")
        .object(
            4,
            "<</Subtype/Link/Rect[0 0 9 9]/A<</S/URI/URI(http://example.org)>>>>",
        )
        .build();
    let file = update(
        &first,
        &[
            (1, "<</Type/Catalog/Pages 2 0 R>>"),
            (4, "<</Subtype/Link/Rect[0 0 9 9]>>"),
        ],
    );
    expect_file(
        &file,
        &[
            "changed_catalog Root",
            "javascript Object 1 in revision 1/OpenAction superseded",
            "uri_link Object 4 in revision 1/A superseded",
        ],
    );
    let report = portal(&file);
    // What refuses puts at risk, what puts at risk is a note.
    assert_eq!(report.verdict, Verdict::AtRisk);
    assert_eq!(report.facts.revisions, 2);
    let script = report
        .findings
        .iter()
        .find(|f| f.kind == Kind::JavaScript)
        .unwrap();
    assert_eq!(
        (script.revision, script.presence),
        (Some(1), Presence::Superseded)
    );
    let report = check(&file, &Profile::portal().with_superseded_as_present());
    assert_eq!(report.verdict, Verdict::Refused);
}

#[test]
fn a_later_revision_added_it() {
    let file = update(
        &Pdf::new("", "").build(),
        &[
            (1, "<</Type/Catalog/Pages 2 0 R/OpenAction 4 0 R>>"),
            (4, "<</S/JavaScript/JS(x)>>"),
        ],
    );
    expect_file(
        &file,
        &["javascript Root/OpenAction", "changed_catalog Root"],
    );
    assert_eq!(portal(&file).findings[0].revision, Some(2));
}

#[test]
fn dictionaries_in_the_trailer() {
    let file = Pdf::new("", "").build_with("/Extra<</S/JavaScript/JS(x)>>");
    expect_file(&file, &["javascript Trailer/Extra"]);
    let finding = &portal(&file).findings[0];
    assert_eq!(finding.object, None);
}

#[test]
fn in_an_object_stream() {
    let mut pdf = Pdf::new("/OpenAction 10 0 R", "");
    pdf.stream(
        4,
        "/Type/ObjStm/N 2/First 11",
        b"10 0 11 24 <</S/JavaScript/JS(x)>> <</S/Launch/F(a)>>",
    );
    let mut file = pdf.build();
    // Objects in streams take a cross-reference stream; without one the file is rebuilt.
    let at = file.windows(9).rposition(|w| w == b"startxref").unwrap();
    file.truncate(at);
    let report = portal(&file);
    let kinds: Vec<Kind> = report.findings.iter().map(|finding| finding.kind).collect();
    assert!(
        kinds.contains(&Kind::JavaScript) && kinds.contains(&Kind::Launch),
        "{report}"
    );
    assert_eq!(report.verdict, Verdict::Refused);
}
