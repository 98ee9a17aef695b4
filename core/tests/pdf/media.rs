//! Films, sounds, models.

use super::builder::{expect, Pdf};

#[cfg(target_arch = "wasm32")]
use wasm_bindgen_test::wasm_bindgen_test as test;

#[test]
fn annotations_that_play() {
    for (annotation, expected) in [
        ("/Movie/Movie<</F(a.avi)>>/A true", vec!["movie Page 1/Annots[0]"]),
        ("/Sound/Sound 4 0 R", vec!["sound Page 1/Annots[0]"]),
        ("/3D/3DD 5 0 R", vec!["three_d Page 1/Annots[0]", "javascript Page 1/Annots[0]/3DD"]),
        ("/Screen/A<</S/Rendition/OP 0/R<</S/MR/C<</S/MCD/D 6 0 R>>>>>>", vec!["movie Page 1/Annots[0]/A", "embedded_file Page 1/Annots[0]/A/R/C/D"]),
        ("/Screen", vec![]),
        (
            "/RichMedia/RichMediaContent<</Assets<</Names[(a)6 0 R]>>/Configurations[<</Instances[<</Asset 6 0 R>>]>>]>>",
            vec!["rich_media Page 1/Annots[0]", "embedded_file Page 1/Annots[0]/RichMediaContent/Assets/Names[1]"],
        ),
        (
            "/RichMedia/RichMediaContent<<>>/RichMediaSettings<</Activation<</Scripts[6 0 R]>>>>",
            vec!["rich_media Page 1/Annots[0]", "embedded_file Page 1/Annots[0]/RichMediaSettings/Activation/Scripts[0]"],
        ),
        ("/Widget/A<</S/Sound/Sound 4 0 R>>", vec!["sound Page 1/Annots[0]/A"]),
        ("/Widget/A<</S/RichMediaExecute>>", vec!["rich_media Page 1/Annots[0]/A"]),
        ("/Link/A<</S/GoTo3DView>>", vec![]),
    ] {
        let mut pdf = Pdf::new("", &format!("/Annots[<</Type/Annot/Rect[0 0 9 9]/Subtype{annotation}>>]"));
        if annotation.contains("4 0 R") {
            pdf.stream(4, "/Type/Sound/R 8000", b"x");
        }
        if annotation.contains("5 0 R") {
            pdf.stream(5, "/Type/3D/Subtype/U3D/OnInstantiate 7 0 R", b"x");
            pdf.stream(7, "", b"runtime.pause()");
        }
        if annotation.contains("6 0 R") {
            pdf.object(6, "<</Type/Filespec/F(a.swf)/EF<</F 8 0 R>>>>");
            pdf.stream(8, "/Type/EmbeddedFile", b"x");
        }
        expect(&pdf, &expected);
    }
}

#[test]
fn words_that_play_nothing() {
    let mut pdf = Pdf::new(
        "/StructTreeRoot 4 0 R",
        "/Trans<</S/Fly>>/Group<</S/Transparency>>",
    );
    pdf.object(
        4,
        "<</Type/StructTreeRoot/K[5 0 R 6 0 R]/RoleMap<</Sound/P/Movie/P>>>>",
    );
    pdf.object(5, "<</Type/StructElem/S/Sound/P 4 0 R>>");
    pdf.object(6, "<</S/Movie/P 4 0 R/K 0/Pg 3 0 R>>");
    expect(&pdf, &[]);
}
