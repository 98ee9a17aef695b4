//! Forms: actions of fields, and XFA.

use super::builder::{expect, portal, Pdf};

#[cfg(target_arch = "wasm32")]
use wasm_bindgen_test::wasm_bindgen_test as test;

#[test]
fn buttons() {
    let mut pdf = Pdf::new(
        "/AcroForm<</Fields[4 0 R 5 0 R 6 0 R]>>",
        "/Annots[4 0 R 5 0 R 6 0 R]",
    );
    for (number, action) in [
        (4, "/SubmitForm/F(http://x)"),
        (5, "/ImportData/F(a)"),
        (6, "/ResetForm"),
    ] {
        pdf.object(
            number,
            &format!("<</Type/Annot/Subtype/Widget/FT/Btn/T(a)/Rect[0 0 9 9]/A<</S{action}>>>>"),
        );
    }
    expect(
        &pdf,
        &[
            "submit_form Page 1/Annots[0]/A",
            "import_data Page 1/Annots[1]/A",
            "reset_form Page 1/Annots[2]/A",
        ],
    );
    assert!(portal(&pdf.build()).facts.form);
}

#[test]
fn plain_fields_are_nothing() {
    let mut pdf = Pdf::new(
        "/AcroForm<</Fields[4 0 R]/DA(/Helv 0 Tf)/NeedAppearances true>>",
        "/Annots[5 0 R]",
    );
    pdf.object(4, "<</FT/Tx/T(a)/V(JavaScript)/Kids[5 0 R 4 0 R]>>");
    pdf.object(
        5,
        "<</Type/Annot/Subtype/Widget/Parent 4 0 R/P 3 0 R/Rect[0 0 9 9]>>",
    );
    expect(&pdf, &[]);
}

#[test]
fn fields_that_no_form_lists() {
    let mut pdf = Pdf::new("", "/Annots[4 0 R]");
    pdf.object(
        4,
        "<</Type/Annot/Subtype/Widget/Parent 5 0 R/Rect[0 0 9 9]>>",
    );
    pdf.object(5, "<</FT/Tx/T(a)/Kids[4 0 R]/AA<</K 6 0 R>>>>");
    pdf.object(6, "<</S/JavaScript/JS(x)>>");
    expect(&pdf, &["javascript Page 1/Annots[0]/Parent/AA/K"]);
    assert_eq!(portal(&pdf.build()).findings[0].page, Some(1));
}

#[test]
fn xfa_forms() {
    let template: &[u8] = b"<template><field><event activity='click'><script>app.alert(1)</script></event></field></template>";
    let plain: &[u8] = b"<template><subform/></template>";
    let mut pdf = Pdf::new("/AcroForm<</Fields[]/XFA 4 0 R>>", "");
    pdf.stream(4, "/Type/EmbeddedFile", template);
    expect(
        &pdf,
        &["xfa Root/AcroForm/XFA", "javascript Root/AcroForm/XFA"],
    );
    let mut pdf = Pdf::new("/AcroForm 5 0 R", "");
    pdf.object(
        5,
        "<</XFA[(preamble)4 0 R(template)6 0 R(datasets)(<a/>)]>>",
    );
    pdf.stream(4, "", b"<xdp:xdp>");
    pdf.stream(6, "", template);
    expect(
        &pdf,
        &["xfa Root/AcroForm/XFA", "javascript Root/AcroForm/XFA[3]"],
    );
    assert_eq!(
        portal(&pdf.build()).findings[1].excerpt.as_deref(),
        Some("app.alert(1)")
    );
    // An element that is cut in two by its packets.
    let mut pdf = Pdf::new("/AcroForm<</XFA[(a)4 0 R(b)6 0 R]>>", "");
    pdf.stream(4, "", &template[..45]);
    pdf.stream(6, "", &template[45..]);
    expect(
        &pdf,
        &["xfa Root/AcroForm/XFA", "javascript Root/AcroForm/XFA[1]"],
    );
    let mut pdf = Pdf::new("/AcroForm<</XFA 4 0 R>>", "");
    pdf.stream(4, "", plain);
    expect(&pdf, &["xfa Root/AcroForm/XFA"]);
    let mut pdf = Pdf::new("/AcroForm<</XFA 4 0 R>>", "");
    pdf.stream(
        4,
        "",
        b"<event activity='click'><submit target='http://x'/></event>",
    );
    expect(
        &pdf,
        &["xfa Root/AcroForm/XFA", "submit_form Root/AcroForm/XFA"],
    );
    for nothing in ["null", "[]", "99 0 R"] {
        expect(&Pdf::new(&format!("/AcroForm<</XFA {nothing}>>"), ""), &[]);
    }
}
