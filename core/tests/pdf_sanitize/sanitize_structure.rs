//! What the remedy makes of files that are odd, damaged or hostile.
// What the property tests alone use.
#![cfg_attr(target_arch = "wasm32", allow(unused_imports))]

#[cfg(not(target_arch = "wasm32"))]
use proptest::prelude::*;
use skifteportal::pdf::{
    sanitize, Kind, Limits, Presence, Profile, SanitizeError, SanitizeOptions, Verdict,
};
#[cfg(target_arch = "wasm32")]
use wasm_bindgen_test::wasm_bindgen_test as test;

use crate::sanitize::{all, cleaned};
use crate::written::{file, holds, pdf, stream};

#[test]
fn what_a_later_revision_replaced_is_not_written() {
    let mut bytes = pdf("", "", &["<</S /JavaScript /JS (old)>>", "(hidden)"]);
    let start = bytes.len();
    bytes.extend_from_slice(b"5 0 obj\n(new)\nendobj\n");
    let xref = bytes.len();
    bytes.extend_from_slice(
        format!(
            "xref\n5 1\n{start:010} 00000 n \ntrailer\n<</Size 7 /Root 1 0 R /Prev {}>>\nstartxref\n{xref}\n%%EOF\n",
            bytes[..start].windows(5).rposition(|w| w == b"\nxref").unwrap() + 1
        )
        .as_bytes(),
    );
    let clean = sanitize(&bytes, &Profile::portal(), &SanitizeOptions::default()).unwrap();
    let removed = &clean.removed[0];
    assert_eq!(
        (removed.kind, removed.presence),
        (Kind::JavaScript, Presence::Superseded)
    );
    for gone in ["(old)", "(new)", "(hidden)"] {
        assert!(!holds(&clean.bytes, gone), "{gone}");
    }
}

#[test]
fn no_page_gets_lost_between_two_trees() {
    let after = |pages: &str| {
        let file = format!(
            "%PDF-1.4\n1 0 obj <</Type /Catalog /Pages 2 0 R /Pages {pages}>> endobj\n\
             2 0 obj <</Type /Pages /Kids [3 0 R 3 0 R] /Count 2>> endobj\n\
             3 0 obj <</Type /Page /MediaBox [0 0 9 9]>> endobj\n\
             4 0 obj <</Type /Pages /Kids [5 0 R] /Count 1>> endobj\n\
             5 0 obj <</Type /Page /MediaBox [0 0 8 8]>> endobj\n\
             6 0 obj <</S /Named /N /Print>> endobj\n\
             trailer <</Root 1 0 R>>"
        );
        sanitize(file.as_bytes(), &Profile::portal(), &all()).map(|clean| clean.report.facts.pages)
    };
    // What is no tree is passed over; of two trees, readers do not agree which one it is.
    assert_eq!(after("6 0 R"), Ok(2));
    assert_eq!(after("4 0 R"), Err(SanitizeError::Unreadable));
}

#[test]
fn what_is_hidden_is_not_written() {
    let file = pdf("", "", &["<</S /JavaScript /JS (x)>>"]);
    let clean = sanitize(&file, &Profile::portal(), &SanitizeOptions::default()).unwrap();
    assert_eq!(clean.removed[0].presence, Presence::Unreached);
    assert!(!holds(&clean.bytes, "JavaScript"));
}

#[test]
fn a_script_in_a_place_of_its_own_is_cut_out() {
    // Nothing of this is a place where a viewer looks.
    let file = pdf(
        "/PieceInfo <</X <</Private [5 0 R <</Deep [[<</S /JavaScript /JS (x)>>]]>> (kept)]>>>>",
        "",
        &["<</S /Launch /F (x)>>"],
    );
    let clean = sanitize(&file, &Profile::portal(), &all()).unwrap();
    assert_eq!(clean.report.verdict, Verdict::Accepted);
    assert!(holds(&clean.bytes, "(kept)"));
    assert!(!holds(&clean.bytes, "Launch"));
    assert!(!holds(&clean.bytes, "JavaScript"));
}

#[test]
fn names_are_written_plain() {
    let catalog = "/Page#4cayout /SinglePage /Op#65nAction [3 0 R /F#69t]";
    let clean = sanitize(&pdf(catalog, "", &[]), &Profile::portal(), &all()).unwrap();
    for name in ["/PageLayout/SinglePage/OpenAction[", "/Fit]"] {
        assert!(holds(&clean.bytes, name), "{name}");
    }
}

#[test]
fn a_header_is_put_first() {
    let mut bytes = b"junk\n".to_vec();
    bytes.extend(pdf("", "", &[]));
    cleaned(&bytes, &[(Kind::HeaderOffset, "Header")]);
}

#[test]
fn the_page_tree_is_made_sound() {
    let objects = [
        "<</Type /Catalog /Pages 2 0 R>>",
        "<</Kids [3 0 R null 4 0 R 2 0 R 9 0 R 5 0 R] /Count 77 /MediaBox [0 0 9 9]>>",
        "<</MediaBox [0 0 600 800]>>",
        "<</Kids [3 0 R 2 0 R] /Parent 4 0 R>>",
        "<</Type /Pages /Kids [] /Count 3>>",
    ]
    .map(str::to_owned);
    let clean = sanitize(&file(&objects), &Profile::portal(), &all()).unwrap();
    assert_eq!(clean.report.facts.pages, 2);
    let text = String::from_utf8_lossy(&clean.bytes);
    assert!(
        text.contains("/Type/Pages/Kids[3 0 R 4 0 R]/Count 2/MediaBox[0 0 9 9]"),
        "{text}"
    );
    assert!(
        text.contains("/Type/Pages/Parent 2 0 R/Kids[5 0 R]/Count 1"),
        "{text}"
    );
    assert_eq!(text.matches("/Type/Page/").count(), 2, "{text}");
    assert!(!text.contains("77"), "{text}");
}

#[test]
fn a_file_without_cross_reference_data_gets_one() {
    let whole = pdf("", "", &[]);
    let end = whole
        .windows(4)
        .rposition(|window| window == b"xref")
        .unwrap();
    let end = whole[..end]
        .windows(4)
        .rposition(|window| window == b"xref")
        .unwrap();
    let mut cut = whole[..end].to_vec();
    cut.extend_from_slice(b"trailer <</Root 1 0 R>>");
    let clean = sanitize(&cut, &Profile::portal(), &all()).unwrap();
    assert_eq!(clean.report.facts.pages, 1);
    assert!(!clean.report.facts.repaired);
}

#[test]
fn lengths_are_made_right() {
    for length in [
        "",
        "/Length 3",
        "/Length 9999",
        "/Length 6 0 R",
        "/Length 4 0 R",
    ] {
        let objects = [
            "<</Type /Catalog /Pages 2 0 R>>".to_owned(),
            "<</Type /Pages /Kids [3 0 R] /Count 1>>".to_owned(),
            "<</Type /Page /Parent 2 0 R /MediaBox [0 0 9 9] /Contents 4 0 R>>".to_owned(),
            format!("<<{length}>>\nstream\n0 0 9 9 re f\nendstream"),
            "null".to_owned(),
            "12".to_owned(),
        ];
        let clean = sanitize(&file(&objects), &Profile::portal(), &all()).unwrap();
        assert!(
            holds(
                &clean.bytes,
                "<</Length 12>>\nstream\n0 0 9 9 re f\nendstream"
            ),
            "{length}: {}",
            String::from_utf8_lossy(&clean.bytes)
        );
    }
}

#[test]
fn objects_of_object_streams_are_written_plain() {
    let inner = [
        "<</Type/Catalog/Pages 2 0 R>>",
        "<</Type/Pages/Kids[3 0 R]/Count 1>>",
    ];
    let index = format!("1 0 2 {} ", inner[0].len() + 1);
    let data = format!("{index}{} {}", inner[0], inner[1]);
    let dict = format!("/Type /ObjStm /N 2 /First {}", index.len());
    let objects = [
        "null".to_owned(),
        "null".to_owned(),
        "<</Type /Page /Parent 2 0 R /MediaBox [0 0 9 9] /X 4 0 R>>".to_owned(),
        stream(&dict, &data),
    ];
    let whole = String::from_utf8(file(&objects)).unwrap();
    let bytes = whole
        .replace("1 0 obj\nnull\nendobj\n", "")
        .replace("2 0 obj\nnull\nendobj\n", "");
    let clean = sanitize(bytes.as_bytes(), &Profile::portal(), &all()).unwrap();
    assert_eq!(clean.report.facts.pages, 1);
    assert!(!holds(&clean.bytes, "ObjStm"));
}

#[test]
fn what_cannot_be_helped_is_told() {
    let told = |bytes: &[u8]| sanitize(bytes, &Profile::portal(), &all()).unwrap_err();
    assert_eq!(told(b"").code(), "sanitize.not_a_pdf");
    assert_eq!(told(b"GIF89a").code(), "sanitize.not_a_pdf");
    assert_eq!(told(b"%PDF-1.7\n").code(), "sanitize.damaged");
    let no_pages = file(&["<</Type /Catalog>>".to_owned()]);
    assert_eq!(told(&no_pages), SanitizeError::Damaged);
    let small = Profile::portal().with_max_size(10);
    let too_large = sanitize(&pdf("", "", &[]), &small, &all()).unwrap_err();
    assert_eq!(
        too_large,
        SanitizeError::StillRefused {
            kinds: vec![Kind::TooLarge]
        }
    );
    let mut limits = Limits::default();
    limits.work = 1000;
    let profile = Profile::portal().with_limits(limits);
    let limited = sanitize(&pdf("", "", &[]), &profile, &all()).unwrap_err();
    assert_eq!(limited.code(), "sanitize.limit");
}

#[test]
fn cycles_end() {
    for (catalog, object) in [
        (
            "/OpenAction 5 0 R",
            "<</S /JavaScript /JS (x) /Next [5 0 R 5 0 R]>>",
        ),
        (
            "/OpenAction 5 0 R",
            "<</S /GoTo /D [3 0 R /Fit] /Next 5 0 R>>",
        ),
        ("/Names <</JavaScript 5 0 R>>", "<</Kids [5 0 R 5 0 R]>>"),
        ("/X 5 0 R", "5 0 R"),
        ("/X 5 0 R", "[5 0 R]"),
        ("/AA 5 0 R", "<</WC 5 0 R /AA 5 0 R>>"),
    ] {
        let clean = sanitize(&pdf(catalog, "", &[object]), &Profile::portal(), &all()).unwrap();
        assert_eq!(clean.report.verdict, Verdict::Accepted, "{object}");
    }
}

#[cfg(not(target_arch = "wasm32"))]
proptest! {
    #[test]
    fn no_input_makes_it_panic(bytes in proptest::collection::vec(any::<u8>(), 0..512)) {
        let _ = sanitize(&bytes, &Profile::portal(), &all());
    }

    #[test]
    fn no_damage_makes_it_panic_or_hand_out_what_is_refused(
        changes in proptest::collection::vec((any::<prop::sample::Index>(), any::<u8>()), 0..8),
        cut in any::<prop::sample::Index>(),
    ) {
        let more = [
            "<</S /JavaScript /JS (x) /Next 5 0 R>>",
            "<</Type /Annot /Subtype /FileAttachment /FS <</EF <</F 4 0 R>>>> /Rect [0 0 600 800]>>",
        ];
        let catalog = "/OpenAction 5 0 R /Names <</EmbeddedFiles <</Names [(a) <</EF <</F 4 0 R>>>>]>>>>";
        let mut bytes = pdf(catalog, "/Annots [6 0 R]", &more);
        for (place, byte) in &changes {
            let place = place.index(bytes.len());
            bytes[place] = *byte;
        }
        if changes.len() % 2 == 1 {
            bytes.truncate(cut.index(bytes.len()));
        }
        for options in [all().break_signatures(true), SanitizeOptions::default()] {
            if let Ok(clean) = sanitize(&bytes, &Profile::portal(), &options) {
                prop_assert!(matches!(clean.report.verdict, Verdict::Accepted | Verdict::AtRisk));
                prop_assert!(clean.report.facts.pages > 0);
            }
        }
    }
}
