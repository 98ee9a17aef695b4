//! Nothing that a file holds makes the check fail.

use proptest::prelude::*;
use skifteportal::error::Language;
use skifteportal::pdf::{check, Profile, Report};

use super::builder::{update, Pdf};
use super::collection;

fn is_sound(report: &Report) {
    for finding in &report.findings {
        assert!(!finding.explanation(Language::Danish).is_empty());
        let excerpt = finding.excerpt.as_deref().unwrap_or_default();
        assert!(excerpt.chars().count() <= 80);
        assert!(!excerpt.chars().any(char::is_control));
        assert!(report.counts[&finding.kind] >= 1);
    }
    let listed = report.findings.len() as u64;
    assert!(report.counts.values().sum::<u64>() >= listed);
}

/// A document with one of most things.
fn rich() -> Vec<u8> {
    let page =
        "/AA<</O 4 0 R>>/Annots[5 0 R<</Subtype/Link/Rect[0 0 600 800]/Border[0 0 0]/A 4 0 R>>]";
    let catalog = "/OpenAction 4 0 R/Names<</JavaScript<</Names[(a)4 0 R]/Kids[6 0 R]>>/EmbeddedFiles 6 0 R>>/AcroForm<</Fields[5 0 R]/XFA[(a)7 0 R]>>/Outlines 8 0 R";
    let mut pdf = Pdf::new(catalog, page);
    pdf.object(4, "<</S/JavaScript/JS 7 0 R/Next[9 0 R 4 0 R]>>");
    pdf.object(
        5,
        "<</Subtype/Widget/FT/Tx/T(a)/Rect[0 0 9 9]/P 3 0 R/Parent 5 0 R/AA<</K 9 0 R>>>>",
    );
    pdf.object(6, "<</Names[(a)10 0 R]/Kids[6 0 R]/Limits[(a)(b)]>>");
    pdf.stream(7, "", b"<template><script>x</script></template>");
    pdf.object(8, "<</First 8 0 R/Next 8 0 R/A 9 0 R>>");
    pdf.object(9, "<</S 11 0 R/URI(http://example.org)>>");
    pdf.object(10, "<</F(a)/EF<</F 7 0 R>>>>")
        .object(11, "/URI");
    pdf.object(12, "<</S/Launch/F(a)>>");
    update(&pdf.build(), &[(12, "null")])
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(256))]

    #[test]
    fn arbitrary_bytes(bytes in proptest::collection::vec(any::<u8>(), 0..2000)) {
        is_sound(&check(&bytes, &Profile::portal()));
    }

    #[test]
    fn arbitrary_tokens(tokens in proptest::collection::vec(0..TOKENS.len(), 0..400)) {
        let mut file = b"%PDF-1.7\n".to_vec();
        for token in tokens {
            file.extend_from_slice(TOKENS[token].as_bytes());
            file.push(b' ');
        }
        is_sound(&check(&file, &Profile::strict()));
    }

    #[test]
    fn changed_documents(changes in proptest::collection::vec((any::<prop::sample::Index>(), any::<u8>()), 1..20)) {
        let mut file = rich();
        for (at, byte) in changes {
            let at = at.index(file.len());
            file[at] = byte;
        }
        is_sound(&check(&file, &Profile::portal()));
    }

    #[test]
    fn cut_and_joined_documents(
        which in any::<(prop::sample::Index, prop::sample::Index)>(),
        cut in any::<(prop::sample::Index, prop::sample::Index)>(),
    ) {
        let files: Vec<_> = collection::small_files();
        let first = files[which.0.index(files.len())];
        let second = files[which.1.index(files.len())];
        let mut file = first[..cut.0.index(first.len())].to_vec();
        file.extend_from_slice(&second[cut.1.index(second.len())..]);
        is_sound(&check(&file, &Profile::portal()));
    }
}

const TOKENS: &[&str] = &[
    "1 0 obj",
    "2 0 obj",
    "3 0 obj",
    "endobj",
    "<<",
    ">>",
    "[",
    "]",
    "(",
    ")",
    "<",
    ">",
    "/Type",
    "/Catalog",
    "/Pages",
    "/Page",
    "/Kids",
    "/Annots",
    "/A",
    "/AA",
    "/OpenAction",
    "/S",
    "/JavaScript",
    "/JS",
    "(x)",
    "1 0 R",
    "2 0 R",
    "3 0 R",
    "/Names",
    "/EmbeddedFiles",
    "/EF",
    "/F",
    "/Next",
    "/Rect",
    "0",
    "600",
    "-1e9",
    "99999999999999999999",
    "/Subtype",
    "/Link",
    "/Widget",
    "/AcroForm",
    "/Fields",
    "/XFA",
    "/Parent",
    "stream",
    "endstream",
    "/Length",
    "/Filter",
    "/FlateDecode",
    "/ObjStm",
    "/N",
    "/First",
    "trailer",
    "/Root",
    "/Encrypt",
    "/ID",
    "xref",
    "startxref",
    "%%EOF",
    "null",
    "true",
    "/Outlines",
    "/Next",
    "/URI",
    "\n",
    "%",
    "/Border",
    "/AP",
    "/CropBox",
    "/MediaBox",
];
