//! Files inside of the file.

use super::builder::{expect, portal, Pdf};
use skifteportal::pdf::Verdict;

#[cfg(target_arch = "wasm32")]
use wasm_bindgen_test::wasm_bindgen_test as test;

fn with_file(catalog: &str, page: &str) -> Pdf {
    let mut pdf = Pdf::new(catalog, page);
    pdf.object(
        10,
        "<</Type/Filespec/F(a.xml)/UF(faktura.xml)/EF<</F 11 0 R>>>>",
    );
    pdf.stream(11, "/Type/EmbeddedFile", b"<a/>");
    pdf
}

#[test]
fn a_file_is_told_once_however_it_is_reached() {
    let pdf = with_file(
        "/AF[10 0 R]/Names<</EmbeddedFiles<</Names[(a)10 0 R]>>>>",
        "/AF[10 0 R]",
    );
    expect(&pdf, &["embedded_file Root/Names/EmbeddedFiles/Names[1]"]);
    let report = portal(&pdf.build());
    assert_eq!(report.verdict, Verdict::Refused);
    assert_eq!(report.findings[0].excerpt.as_deref(), Some("faktura.xml"));
    assert_eq!(report.findings[0].object, Some(10));
    let pdf = with_file("/Names<</EmbeddedFiles 4 0 R>>/Collection<</View/T>>", "");
    expect(&pdf, &["embedded_file Object 10 unreached"]);
    let mut pdf = pdf;
    pdf.object(4, "<</Kids[<</Names[(a) null (b)10 0 R]>>]>>");
    expect(
        &pdf,
        &["embedded_file Root/Names/EmbeddedFiles/Kids[0]/Names[3]"],
    );
}

#[test]
fn attachments_on_a_page() {
    let page = "/Annots[<</Subtype/FileAttachment/Rect[0 0 9 9]/FS 10 0 R>>]";
    expect(&with_file("", page), &["embedded_file Page 1/Annots[0]/FS"]);
    let page = "/Annots[<</Subtype/FileAttachment/Rect[0 0 9 9]/FS<</F(a)/EF<</F 11 0 R>>>>>>]";
    let mut pdf = Pdf::new("", page);
    pdf.stream(11, "", b"x");
    expect(&pdf, &["embedded_file Page 1/Annots[0]/FS"]);
    // It shows an attachment, though the file is elsewhere.
    for file in ["(a.xml)", "<</F(a.xml)>>"] {
        let page = format!("/Annots[<</Subtype/FileAttachment/Rect[0 0 9 9]/FS {file}>>]");
        expect(&Pdf::new("", &page), &["embedded_file Page 1/Annots[0]"]);
    }
    expect(
        &Pdf::new("", "/Annots[<</Subtype/FileAttachment/Rect[0 0 9 9]>>]"),
        &[],
    );
}

#[test]
fn files_of_anything() {
    // A picture, a structure element.
    let mut pdf = with_file(
        "/StructTreeRoot 5 0 R",
        "/Resources<</XObject<</Im 4 0 R>>>>",
    );
    pdf.stream(
        4,
        "/Type/XObject/Subtype/Image/Width 1/Height 1/AF[10 0 R]",
        b"x",
    );
    pdf.object(5, "<</Type/StructTreeRoot/K 6 0 R>>");
    pdf.object(6, "<</Type/StructElem/S/P/P 5 0 R/AF 12 0 R>>");
    pdf.object(12, "<</Type/Filespec/EF<</UF 11 0 R>>>>");
    expect(
        &pdf,
        &[
            "embedded_file Page 1/Resources/XObject/Im/AF[0]",
            "embedded_file Root/StructTreeRoot/K/AF",
        ],
    );
}

#[test]
fn a_tree_whose_leaf_is_no_file_specification() {
    for (leaf, expected) in [
        ("(a)", true),
        ("11 0 R", true),
        ("<<>>", true),
        ("<</F(a.xml)>>", false),
        ("null", false),
        ("99 0 R", false),
    ] {
        let pdf = with_file(
            &format!("/Names<</EmbeddedFiles<</Names[(a){leaf}]>>>>"),
            "/AF 10 0 R",
        );
        let mut paths = vec!["embedded_file Page 1/AF"];
        if expected {
            paths.push("embedded_file Root/Names/EmbeddedFiles/Names[1]");
        }
        expect(&pdf, &paths);
    }
}

#[test]
fn files_that_nothing_names() {
    let mut pdf = Pdf::new("", "");
    pdf.stream(11, "/Type/EmbeddedFile", b"<a/>");
    expect(&pdf, &["embedded_file Object 11 unreached"]);
    // Packets of a form call themselves so, and old ones are left behind.
    let mut pdf = Pdf::new("/AcroForm<</XFA 12 0 R>>", "");
    pdf.stream(11, "/Type/EmbeddedFile", b"<a/>")
        .stream(12, "/Type/EmbeddedFile", b"<b/>");
    expect(&pdf, &["xfa Root/AcroForm/XFA"]);
    let mut pdf = Pdf::new("/Names<</EmbeddedFiles<</Names[(a)10 0 R]>>>>", "");
    pdf.object(10, "<</Type/Filespec/F(a.xml)/RF<</F[(a)11 0 R]>>>>");
    pdf.stream(11, "/Type/EmbeddedFile", b"<a/>");
    expect(&pdf, &["embedded_file Root/Names/EmbeddedFiles/Names[1]"]);
}

#[test]
fn what_is_no_attachment() {
    // The type of a packet of a form, the rights of a form, a file beside the file, an empty tree.
    for (catalog, object) in [
        ("/AcroForm<</XFA[]/Fields[]>>", "<</Type/EmbeddedFile>>"),
        ("/Perms<</UR3 4 0 R>>", "<</Type/Sig/Reference[<</TransformMethod/UR3/TransformParams<</EF[/Create/Delete]/Annots[/Create]>>>>]>>"),
        ("/X 4 0 R", "<</Type/Filespec/F(a.xml)/UF(a.xml)>>"),
        ("/X 4 0 R", "<</Type/Filespec/F(a.xml)/EF<<>>>>"),
        ("/X 4 0 R", "<</Type/Filespec/F(a.xml)/EF null>>"),
        ("/Names<</EmbeddedFiles 4 0 R>>", "<</Names[]>>"),
        ("/Collection 4 0 R", "<</View/D>>"),
        // Fonts and the like that happen to have these names.
        ("/X 4 0 R", "<</Font<</EF<</Type/Font/Subtype/Type1/ToUnicode 9 0 R>>/RF 5 0 R>>>>"),
    ] {
        let mut pdf = Pdf::new(catalog, "");
        pdf.object(4, object);
        expect(&pdf, &[]);
    }
}
