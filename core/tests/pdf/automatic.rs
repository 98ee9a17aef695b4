//! Actions that run without a click.

use super::builder::{expect, Pdf};

#[cfg(target_arch = "wasm32")]
use wasm_bindgen_test::wasm_bindgen_test as test;

#[test]
fn actions_on_opening() {
    for (action, own) in [
        ("/URI/URI(https://example.org)", None),
        ("/GoToR/F(a.pdf)/D[0/Fit]", Some("go_to_remote")),
        ("/GoToE/T<</R/C/N(a)>>", Some("go_to_embedded")),
        ("/Launch/F(a.exe)", Some("launch")),
        (
            "/SubmitForm/F<</FS/URL/F(https://example.org)>>",
            Some("submit_form"),
        ),
        ("/ImportData/F(a.fdf)", Some("import_data")),
        ("/Movie/T(a)", Some("movie")),
        ("/Rendition/OP 0", Some("movie")),
        ("/Sound/Sound 9 0 R", Some("sound")),
        ("/Thread/F(a.pdf)/D 0", Some("go_to_remote")),
    ] {
        let own = own.map(|kind| format!("{kind} Root/OpenAction"));
        let mut expected = vec!["automatic_link Root/OpenAction"];
        expected.extend(own.as_deref());
        expect(
            &Pdf::new(&format!("/OpenAction<</S{action}>>"), ""),
            &expected,
        );
    }
}

#[test]
fn actions_on_opening_that_stay() {
    for action in [
        "[3 0 R/XYZ null null 0]",
        "<</S/GoTo/D(a)>>",
        "<</S/Named/N/Print>>",
        "<</S/GoTo3DView>>",
        "<</S/Hide/T(a)>>",
        "<</S/SetOCGState/State[]>>",
        "<</S/Trans/Trans<</S/Dissolve>>>>",
        "<</S/Thread/D 0>>",
        "<</S/Whatever>>",
        "null",
        "4 0 R",
        "99 0 R",
    ] {
        let mut pdf = Pdf::new(&format!("/OpenAction {action}"), "");
        pdf.object(4, "[3 0 R/Fit]");
        expect(&pdf, &[]);
    }
    expect(
        &Pdf::new("/OpenAction<</S/ResetForm>>", ""),
        &["reset_form Root/OpenAction"],
    );
}

#[test]
fn every_trigger_counts() {
    let uri = "<</S/URI/URI(https://example.org)>>";
    let page = format!("/AA<</O {uri}/C {uri}>>/Annots[4 0 R]");
    let mut pdf = Pdf::new(
        &format!("/AA<</WP {uri}>>/AcroForm<</Fields[5 0 R]>>"),
        &page,
    );
    pdf.object(
        4,
        &format!("<</Subtype/Screen/Rect[0 0 9 9]/AA<</PO {uri}/E {uri}>>/A {uri}/PA {uri}>>"),
    );
    pdf.object(5, &format!("<</FT/Tx/T(a)/AA<</V {uri}>>>>"));
    expect(
        &pdf,
        &[
            "automatic_link Root/AA/WP",
            "automatic_link Page 1/AA/O",
            "automatic_link Page 1/AA/C",
            "automatic_link Page 1/Annots[0]/AA/PO",
            "automatic_link Page 1/Annots[0]/AA/E",
            "uri_link Page 1/Annots[0]/A",
            "uri_link Page 1/Annots[0]/PA",
            "automatic_link Root/AcroForm/Fields[0]/AA/V",
        ],
    );
}

#[test]
fn one_action_for_a_click_and_for_no_click() {
    let page = "/Annots[<</Subtype/Link/Rect[0 0 9 9]/A 4 0 R>>]/AA<</O 4 0 R>>";
    let mut pdf = Pdf::new("", page);
    pdf.object(4, "<</S/URI/URI(https://example.org)/Next 5 0 R>>");
    pdf.object(5, "<</S/Launch/F(a)>>");
    expect(
        &pdf,
        &[
            "automatic_link Page 1/AA/O",
            "automatic_link Page 1/AA/O/Next",
            "launch Page 1/AA/O/Next",
        ],
    );
    // The other way round: the click comes first.
    let page = "/Annots[<</Subtype/Link/Rect[0 0 9 9]/A 4 0 R>><</Subtype/Link/Rect[0 0 9 9]/AA<</PO 4 0 R>>>>]";
    let mut pdf = Pdf::new("", page);
    pdf.object(4, "<</S/URI/URI(https://example.org)>>");
    expect(
        &pdf,
        &[
            "uri_link Page 1/Annots[0]/A",
            "automatic_link Page 1/Annots[1]/AA/PO",
        ],
    );
}
