//! Links that cover a page.

use super::builder::{findings, portal, Pdf};
use skifteportal::pdf::{check, Kind, Profile, Verdict};

#[cfg(target_arch = "wasm32")]
use wasm_bindgen_test::wasm_bindgen_test as test;

const URI: &str = "/A<</S/URI/URI(http://example.org)>>";

fn covers(page: &str, annotations: &[String]) -> bool {
    let pdf = Pdf::new("", &format!("{page}/Annots[{}]", annotations.join(" ")));
    has_cover(&pdf)
}

fn has_cover(pdf: &Pdf) -> bool {
    findings(&pdf.build())
        .iter()
        .any(|found| found.starts_with("full_page_link"))
}

fn link(rect: &str, look: &str) -> String {
    format!("<</Subtype/Link/Rect[{rect}]{URI}{look}>>")
}

#[test]
fn one_link_over_the_page() {
    let pdf = Pdf::new(
        "",
        &format!("/Annots[null {}]", link("0 0 600 800", "/Border[0 0 0]")),
    );
    let report = portal(&pdf.build());
    assert_eq!(report.verdict, Verdict::Refused);
    let finding = report
        .findings
        .iter()
        .find(|f| f.kind == Kind::FullPageLink)
        .unwrap();
    assert_eq!(finding.path, "Page 1/Annots[1]");
    assert_eq!(finding.page, Some(1));
    assert_eq!(finding.excerpt.as_deref(), Some("1 link covers 100 %"));
}

#[test]
fn rectangles_are_taken_as_viewers_take_them() {
    let none = "/Border[0 0 0]";
    for (rect, expected) in [
        ("600 800 0 0", true),
        ("0 800 600 0", true),
        ("-1000 -1000 99999 99999", true),
        ("0 0 600 725", true),
        ("0 0 600 715", false),
        ("0 0 0 800", false),
        ("0 0 600", false),
        ("700 900 1300 1700", false),
        (
            "-99999999999999999999999999999999999999999 -1 1e9 99999999999999999999",
            false,
        ),
        ("(a) 0 600 800", false),
    ] {
        assert_eq!(covers("", &[link(rect, none)]), expected, "{rect}");
    }
}

#[test]
fn the_crop_box_is_what_shows() {
    let small = "/CropBox[100 100 200 200]";
    assert!(covers(small, &[link("90 90 210 210", "/Border[0 0 0]")]));
    // A border beyond what shows of the page is none.
    assert!(covers(small, &[link("90 90 210 210", "")]));
    assert!(!covers(small, &[link("100 100 200 200", "")]));
    // Inherited, and larger than the page.
    let mut pdf = Pdf::new(
        "",
        &format!("/Annots[{}]", link("0 0 100 100", "/Border[0 0 0]")),
    );
    pdf.instead(
        2,
        "<</Type/Pages/Kids[3 0 R]/Count 1/CropBox[0 0 100 100]>>",
    );
    assert!(has_cover(&pdf));
    let mut pdf = Pdf::new(
        "",
        &format!("/Annots[{}]", link("0 0 600 800", "/Border[0 0 0]")),
    );
    pdf.instead(
        2,
        "<</Type/Pages/Kids[3 0 R]/Count 1/CropBox[-500 -500 5000 5000]>>",
    );
    assert!(has_cover(&pdf));
}

#[test]
fn many_links_cover_together() {
    let none = "/Border[0 0 0]";
    let tiles: Vec<String> = (0..8)
        .map(|i| link(&format!("0 {} 600 {}", i * 100, i * 100 + 100), none))
        .collect();
    assert!(covers("", &tiles));
    assert!(!covers("", &tiles[..7]));
    // The same place again and again does not cover more.
    let same = vec![tiles[0].clone(); 20];
    assert!(!covers("", &same));
    // One that is seen does not count.
    let mut seen = tiles;
    seen[3] = link("0 300 600 400", "");
    assert!(!covers("", &seen));
}

#[test]
fn what_draws_nothing() {
    for (rest, unseen) in [
        ("", false),
        ("/Border[0 0 1]", false),
        ("/Border[0 0 0.1]", false),
        ("/Border[0 0]", false),
        ("/Border null", false),
        ("/Border[0 0 0]", true),
        ("/Border[0 0 1[0 3]]", true),
        ("/Border[0 0 1[3 3]]", false),
        ("/BS<</W 0>>", true),
        ("/BS<</S/U>>", false),
        ("/BS<</W 2>>/Border[0 0 0]", false),
        ("/BS 4 0 R", true),
        ("/C[]", true),
        ("/C[1 1 1]", true),
        ("/C[1]", true),
        ("/C[0 0 0 0]", true),
        ("/C[1 0 0]", false),
        ("/CA 0", true),
        ("/CA 0.5", false),
        ("/AP<</N 5 0 R>>", true),
        ("/AP<</N 6 0 R>>/Border[0 0 0]", false),
        ("/AP<</N<</On 6 0 R/Off 5 0 R>>>>/AS/Off", true),
        ("/AP<</N<</On 6 0 R/Off 5 0 R>>>>/AS/On", false),
        ("/AP<</N 7 0 R>>", true),
        ("/AP<</D 6 0 R>>/Border[0 0 0]", true),
    ] {
        let mut pdf = Pdf::new("", &format!("/Annots[{}]", link("0 0 600 800", rest)));
        pdf.object(4, "<</W 0>>");
        pdf.stream(5, "/BBox[0 0 600 800]", b"q 0 0 600 800 re W n Q");
        pdf.stream(6, "/BBox[0 0 600 800]", b"q 1 0 0 rg 0 0 600 800 re f Q");
        pdf.stream(7, "/BBox[0 0 0 800]", b"0 0 600 800 re f");
        assert_eq!(has_cover(&pdf), unseen, "{rest}");
    }
}

#[test]
fn what_cannot_be_clicked_covers_nothing() {
    let none = "/Border[0 0 0]";
    for (flags, clicked) in [
        (0, true),
        (2, false),
        (4, true),
        (32, false),
        (32 + 256, true),
    ] {
        let annotation = link("0 0 600 800", &format!("{none}/F {flags}"));
        assert_eq!(covers("", &[annotation]), clicked, "{flags}");
    }
    let idle = format!("<</Subtype/Link/Rect[0 0 600 800]{none}>>");
    assert_eq!(
        findings(&Pdf::new("", &format!("/Annots[{idle}]")).build()),
        [""; 0]
    );
}

#[test]
fn links_within_the_document_are_a_kind_of_their_own() {
    for target in [
        "/Dest[3 0 R/Fit]",
        "/A<</S/GoTo/D[3 0 R/Fit]>>",
        "/A<</S/Named/N/NextPage>>",
        "/A 4 0 R",
    ] {
        let annotation = format!("<</Subtype/Link/Rect[0 0 600 800]/Border[0 0 0]{target}>>");
        let mut pdf = Pdf::new("", &format!("/Annots[{annotation}]"));
        pdf.object(4, "<</S/GoTo/D(a)>>");
        assert_eq!(
            findings(&pdf.build()),
            ["full_page_internal_link Page 1/Annots[0]"]
        );
        assert_eq!(portal(&pdf.build()).verdict, Verdict::AtRisk);
    }
    for target in [
        "/A<</S/GoTo/D(a)/Next<</S/URI/URI(http://example.org)>>>>",
        "/A<</S/GoTo/D(a)/Next[<</S/JavaScript/JS(x)>>]>>",
        "/AA<</U<</S/URI/URI(http://example.org)>>>>",
    ] {
        let annotation = format!("<</Subtype/Link/Rect[0 0 600 800]/Border[0 0 0]{target}>>");
        assert!(covers("", &[annotation]), "{target}");
    }
}

#[test]
fn buttons_may_cover_a_page_too() {
    let button = |rest: &str| format!("<</Subtype/Widget/FT/Btn/Rect[0 0 600 800]{URI}{rest}>>");
    assert!(covers("", &[button("")]));
    assert!(!covers("", &[button("/MK<</BG[1 0 0]>>")]));
}

#[test]
fn the_part_is_a_setting() {
    let pdf = Pdf::new(
        "",
        &format!("/Annots[{}]", link("0 0 600 400", "/Border[0 0 0]")),
    );
    let report = check(&pdf.build(), &Profile::portal().with_page_cover(0.5));
    assert!(report.counts.contains_key(&Kind::FullPageLink));
    assert!(!has_cover(&pdf));
}

#[test]
fn each_page_is_told() {
    let mut pdf = Pdf::new("", "");
    pdf.instead(
        2,
        "<</Type/Pages/Count 3/Kids[3 0 R 4 0 R<</Type/Page/MediaBox[0 0 9 9]/Annots 6 0 R>>]>>",
    );
    pdf.object(
        4,
        "<</Type/Pages/Kids[5 0 R 2 0 R 4 0 R]/MediaBox[0 0 600 800]/Count 1>>",
    );
    pdf.object(5, "<</Type/Page/Annots[7 0 R]>>");
    pdf.object(6, "[7 0 R]");
    pdf.object(7, &link("0 0 600 800", "/Border[0 0 0]"));
    assert_eq!(
        findings(&pdf.build()),
        [
            "full_page_link Page 2/Annots[0]",
            "uri_link Page 2/Annots[0]/A",
            "full_page_link Page 3/Annots[0]"
        ]
    );
    assert_eq!(portal(&pdf.build()).facts.pages, 3);
}
