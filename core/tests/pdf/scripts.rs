//! JavaScript, wherever it may stand.

use super::builder::{expect, expect_file, findings, portal, Pdf};
use skifteportal::error::Language;
use skifteportal::pdf::Verdict;

#[cfg(target_arch = "wasm32")]
use wasm_bindgen_test::wasm_bindgen_test as test;

const SCRIPT: &str = "<</S/JavaScript/JS(app.alert\\(1\\))>>";

#[test]
fn a_script_that_runs_on_opening() {
    let pdf = Pdf::new(&format!("/OpenAction {SCRIPT}"), "");
    expect(&pdf, &["javascript Root/OpenAction"]);
    let report = portal(&pdf.build());
    assert_eq!(report.verdict, Verdict::Refused);
    assert_eq!(report.codes(), ["doedsbo.f25"]);
    let finding = &report.findings[0];
    assert_eq!(
        (finding.object, finding.generation, finding.revision),
        (Some(1), Some(0), Some(1))
    );
    assert_eq!(finding.excerpt.as_deref(), Some("app.alert(1)"));
    assert!(finding
        .explanation(Language::Danish)
        .starts_with("Dokumentet indeholder JavaScript."));
}

#[test]
fn scripts_of_the_document() {
    for (catalog, expected) in [
        (format!("/AA<</WC {SCRIPT}>>"), "javascript Root/AA/WC"),
        (
            format!("/Names<</JavaScript<</Names[(a){SCRIPT}]>>>>"),
            "javascript Root/Names/JavaScript/Names[1]",
        ),
        (
            format!("/Names<</JavaScript<</Kids[<</Names[(a) null (b){SCRIPT}]>>]>>>>"),
            "javascript Root/Names/JavaScript/Kids[0]/Names[3]",
        ),
        ("/URI<</Base(javascript:x)>>".into(), "javascript Root/URI"),
        (
            format!("/OpenAction<</S/GoTo/D[3 0 R/Fit]/Next[<</S/Named/N/Print>>{SCRIPT}]>>"),
            "javascript Root/OpenAction/Next[1]",
        ),
        (
            "/OpenAction<</S/Rendition/OP 0/JS(x)>>".into(),
            "javascript Root/OpenAction",
        ),
    ] {
        let found = findings(&Pdf::new(&catalog, "").build());
        assert!(found.contains(&expected.to_owned()), "{catalog}: {found:?}");
    }
}

#[test]
fn scripts_that_hide_their_type() {
    let mut pdf = Pdf::new("/OpenAction 4 0 R", "");
    pdf.object(4, "<</S 5 0 R/JS 6 0 R>>")
        .object(5, "/JavaScript");
    pdf.stream(6, "", b"app.alert(1)");
    expect(&pdf, &["javascript Root/OpenAction"]);
    // A key given twice: readers differ in which they take.
    for action in [
        "<</S/GoTo/S/JavaScript/JS(x)>>",
        "<</S/JavaScript/S/GoTo/JS(x)>>",
        "<</JS(x)>>",
        "<</S/JavaScript>>",
        "<</S/JavaScript/JS 99 0 R>>",
    ] {
        expect(
            &Pdf::new(&format!("/OpenAction {action}"), ""),
            &["javascript Root/OpenAction"],
        );
    }
    let pdf = Pdf::new("/OpenAction<</S/Java#53cript/JS(x)>>", "");
    expect(
        &pdf,
        &["javascript Root/OpenAction", "escaped_name Root/OpenAction"],
    );
}

#[test]
fn scripts_as_addresses() {
    for uri in [
        "(javascript:x)",
        "( \\t\\012JAVASCRIPT:x)",
        "<6a617661736372697074 3A78>",
        "(\\376\\377\\000j\\000a\\000v\\000a\\000s\\000c\\000r\\000i\\000p\\000t\\000:)",
        "(\\152avascript:)",
    ] {
        let link = format!("/Annots[<</Subtype/Link/Rect[0 0 9 9]/A<</S/URI/URI {uri}>>>>]");
        expect(&Pdf::new("", &link), &["javascript Page 1/Annots[0]/A"]);
    }
}

#[test]
fn scripts_of_fields_and_pages() {
    let page = format!("/AA<</O {SCRIPT}>>/Annots[4 0 R]");
    let mut pdf = Pdf::new("/AcroForm<</Fields[5 0 R]>>", &page);
    pdf.object(
        4,
        &format!("<</Type/Annot/Subtype/Widget/Rect[0 0 9 9]/Parent 5 0 R/AA<</K {SCRIPT}>>>>"),
    );
    pdf.object(5, "<</FT/Tx/T(a)/Kids[4 0 R]/AA<</C 6 0 R>>>>");
    pdf.object(6, SCRIPT);
    expect(
        &pdf,
        &[
            "javascript Page 1/AA/O",
            "javascript Page 1/Annots[0]/AA/K",
            "javascript Root/AcroForm/Fields[0]/AA/C",
        ],
    );
    let report = portal(&pdf.build());
    assert!(report
        .findings
        .iter()
        .all(|finding| finding.page == Some(1)));
    let texts: Vec<String> = report
        .findings
        .iter()
        .map(|f| f.explanation(Language::English))
        .collect();
    assert!(texts[1].contains("Print or flatten the form"), "{texts:?}");
    assert!(texts[2].contains("Print or flatten the form"), "{texts:?}");
}

#[test]
fn a_chain_is_followed_to_its_end_and_a_circle_ends() {
    let mut pdf = Pdf::new("/OpenAction 4 0 R", "");
    for number in 4..2000 {
        pdf.object(
            number,
            &format!("<</S/Named/N/NextPage/Next {} 0 R>>", number + 1),
        );
    }
    pdf.object(2000, "<</S/JavaScript/JS(x)/Next 4 0 R>>");
    let found = findings(&pdf.build());
    assert_eq!(found.len(), 1, "{found:?}");
    assert!(
        found[0].starts_with("javascript Root/OpenAction/Next/Next/…/Next/"),
        "{found:?}"
    );
    // A name tree that holds itself.
    let mut pdf = Pdf::new("/Names<</JavaScript 4 0 R>>", "");
    pdf.object(4, "<</Kids[4 0 R 5 0 R 4 0 R]>>");
    pdf.object(5, &format!("<</Names[(a){SCRIPT}]/Kids[4 0 R]>>"));
    expect(&pdf, &["javascript Root/Names/JavaScript/Kids[1]/Names[1]"]);
}

#[test]
fn what_is_no_script() {
    for catalog in [
        "/Names<</JavaScript<</Names[]>>>>",
        "/Names<</JavaScript 4 0 R>>",
        "/Names<</JavaScript<</Names[(a) null]>>>>",
        "/OpenAction[3 0 R/Fit]",
        "/OpenAction<</S/GoTo/D[3 0 R/Fit]>>",
        "/OpenAction<</S/Named/N/Print>>",
        "/PageLabels<</Nums[0<</S/D>>]>>",
        "/Title(/JavaScript /JS)",
    ] {
        let mut pdf = Pdf::new(catalog, "/Contents 5 0 R/Resources<</Font<</JS 6 0 R>>>>");
        pdf.object(4, "<</Names[]/Kids[]>>");
        pdf.stream(
            5,
            "",
            b"BT (/S /JavaScript /JS (x)) Tj ET /JavaScript BMC EMC",
        );
        pdf.object(6, "<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>");
        expect(&pdf, &[]);
    }
}

#[test]
fn without_pages_and_tables_it_is_still_told() {
    let file = b"%PDF-1.4\n1 0 obj<</Type/Catalog/OpenAction<</S/JavaScript/JS(app.alert\\(1\\))>>>>endobj\ntrailer<</Root 1 0 R>>";
    expect_file(file, &["javascript Root/OpenAction", "damaged Root"]);
    assert_eq!(portal(file).codes(), ["doedsbo.f24", "doedsbo.f25"]);
    let file = b"%PDF-1.4\ntrailer<</Root<</Pages<<>>/OpenAction<</S/JavaScript/JS(x)>>>>>>";
    let found = findings(file);
    assert!(
        found.contains(&"javascript Root/OpenAction".to_owned()),
        "{found:?}"
    );
}
