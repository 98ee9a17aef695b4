//! What the remedy removes of files, forms and media, and what becomes of their annotations.

use skifteportal::pdf::{sanitize, Kind, Profile, SanitizeOptions};
#[cfg(target_arch = "wasm32")]
use wasm_bindgen_test::wasm_bindgen_test as test;

use crate::sanitize::all;
use crate::written::{holds, pdf, stream};

const LOOK: &str = "/Type /XObject /Subtype /Form /BBox [0 0 20 20]";

fn file_and_look() -> [String; 3] {
    [
        "<</Type /Filespec /F (a.txt) /UF (a.txt) /EF <</F 6 0 R>>>>".to_owned(),
        stream("/Type /EmbeddedFile", "secret data"),
        stream(LOOK, "0 0 20 20 re f"),
    ]
}

#[track_caller]
fn cleaned(catalog: &str, page: &str, more: &[&str], kind: Kind) -> Vec<u8> {
    let file = pdf(catalog, page, more);
    let clean = sanitize(&file, &Profile::portal(), &all()).unwrap();
    let kinds: Vec<Kind> = clean.removed.iter().map(|removal| removal.kind).collect();
    assert!(kinds.contains(&kind), "{:?}", clean.removed);
    clean.bytes
}

#[test]
fn attached_files_go_wherever_they_hang() {
    let [spec, data, look] = file_and_look();
    for (catalog, page) in [
        ("/Names <</EmbeddedFiles <</Names [(a) 5 0 R]>>>>", ""),
        ("/AF [5 0 R]", ""),
        ("", "/AF [5 0 R]"),
        (
            "/Collection <</View /D>> /Names <</EmbeddedFiles <</Kids [<</Names [(a) 5 0 R]>>]>>>>",
            "",
        ),
        ("/Some <</Thing [5 0 R]>>", ""),
        (
            "",
            "/Annots [<</Type /Annot /Subtype /FileAttachment /FS 5 0 R /Rect [9 9 29 29]>>]",
        ),
    ] {
        let bytes = cleaned(catalog, page, &[&spec, &data, &look], Kind::EmbeddedFile);
        for gone in [
            "secret data",
            "/EF",
            "FileAttachment",
            "Collection",
            "EmbeddedFiles",
        ] {
            assert!(!holds(&bytes, gone), "{gone} after {catalog} {page}");
        }
    }
}

#[test]
fn usage_rights_are_no_attachment() {
    let file = pdf(
        "/Some <</P <</EF [/Create /Delete]>> /Font <</AF 5 0 R /AA 5 0 R /A 5 0 R /JS 5 0 R>>>>",
        "",
        &["<</Type /Font /Subtype /Type1 /BaseFont /Helvetica>>"],
    );
    let clean = sanitize(&file, &Profile::portal(), &SanitizeOptions::default()).unwrap();
    assert!(clean.removed.is_empty(), "{:?}", clean.removed);
    for kept in ["/EF[/Create/Delete]", "/AF ", "/AA ", "/A ", "/JS "] {
        assert!(holds(&clean.bytes, kept), "{kept}");
    }
}

#[test]
fn an_annotation_that_holds_something_keeps_its_look() {
    let [spec, data, look] = file_and_look();
    for (annotation, kind) in [
        ("/Subtype /FileAttachment /FS 5 0 R", Kind::EmbeddedFile),
        ("/Subtype /Movie /Movie <</F (a.avi)>>", Kind::Movie),
        ("/Subtype /Sound /Sound 6 0 R", Kind::Sound),
        ("/Subtype /3D /3DD 6 0 R", Kind::ThreeD),
        (
            "/Subtype /RichMedia /RichMediaContent <</Assets <</Names [(a) 5 0 R]>>>>",
            Kind::RichMedia,
        ),
        (
            "/Subtype /Screen /A <</S /Rendition /OP 0 /R <</S /MR /C <</S /MCD /D 5 0 R>>>>>>",
            Kind::Movie,
        ),
    ] {
        let common = "/Type /Annot /Rect [9 9 29 29] /F 4 /Contents (text)";
        let page = format!(
            "/Annots [<<{common} {annotation} /AP <</N 7 0 R>>>> <<{common} {annotation} /T (bare)>>]"
        );
        let bytes = cleaned("", &page, &[&spec, &data, &look], kind);
        for kept in [
            "/Subtype/Stamp",
            "/F 4",
            "/Contents(text)",
            "0 0 20 20 re f",
        ] {
            assert!(holds(&bytes, kept), "{kept} after {annotation}");
        }
        for gone in ["secret data", "(bare)", "/Rendition", "RichMedia", "null"] {
            assert!(!holds(&bytes, gone), "{gone} after {annotation}");
        }
    }
}

#[test]
fn an_xfa_form_goes_and_its_fields_stay() {
    let xfa = stream(
        "/Type /EmbeddedFile",
        "<template><script>x()</script></template>",
    );
    let more = [
        "<</Type /Annot /Subtype /Widget /FT /Tx /T (f) /V (value) /Rect [0 0 9 9]>>",
        &*xfa,
    ];
    let catalog =
        "/NeedsRendering true /AcroForm <</Fields [5 0 R] /XFA [(template) 6 0 R] /DA (/Helv 0 Tf)>>";
    let bytes = cleaned(catalog, "/Annots [5 0 R]", &more, Kind::Xfa);
    for kept in ["/Fields[", "/V(value)", "/DA(/Helv 0 Tf)"] {
        assert!(holds(&bytes, kept), "{kept}");
    }
    for gone in ["XFA", "script", "NeedsRendering"] {
        assert!(!holds(&bytes, gone), "{gone}");
    }
    // The script alone makes the portal refuse it, so it goes by default as well.
    let file = pdf(catalog, "/Annots [5 0 R]", &more);
    let clean = sanitize(&file, &Profile::portal(), &SanitizeOptions::default()).unwrap();
    assert_eq!(clean.bytes, bytes);
}
