//! Scripts written where the document's structure has no place for them: no viewer runs them, and no
//! scanner that searches for them cares.

use skifteportal::pdf::{check, Profile, Verdict};

const SCRIPT: &str = "<</S /JavaScript /JS (x)>>";

/// A document of one page, with these words in its page tree and its page.
fn verdict(kids: &str, tree: &str, page: &str) -> Verdict {
    let file = format!(
        "%PDF-1.7\n\
         1 0 obj <</Type /Catalog /Pages 2 0 R>>\nendobj\n\
         2 0 obj <</Type /Pages /Kids [3 0 R{kids}] /Count 1{tree}>>\nendobj\n\
         3 0 obj <</Type /Page /Parent 2 0 R /MediaBox [0 0 595 842]{page}>>\nendobj\n\
         trailer <</Root 1 0 R /Size 4>>\n"
    );
    check(file.as_bytes(), &Profile::portal()).verdict
}

#[test]
fn a_plain_document_is_accepted() {
    assert_eq!(verdict("", "", ""), Verdict::Accepted);
}

#[test]
fn scripts_in_odd_places_are_seen() {
    let places = [
        (SCRIPT.to_owned(), String::new(), String::new()),
        (format!("[{SCRIPT}]"), String::new(), String::new()),
        (
            format!("<</Type /Pages /AA <</O {SCRIPT}>>>>"),
            String::new(),
            String::new(),
        ),
        (
            format!("<</Type /Page /Annots [<</A {SCRIPT}>>]>>"),
            String::new(),
            String::new(),
        ),
        // The first of two lists, of which readers take the last.
        (
            format!(" {SCRIPT}] /Kids [3 0 R"),
            String::new(),
            String::new(),
        ),
        (
            String::new(),
            format!(" /Parent [[{SCRIPT}]]"),
            String::new(),
        ),
        (
            String::new(),
            String::new(),
            format!(" /Annots [[{SCRIPT}]]"),
        ),
        (String::new(), String::new(), format!(" /Annots {SCRIPT}")),
    ];
    for (kids, tree, page) in places {
        assert_eq!(
            verdict(&kids, &tree, &page),
            Verdict::Refused,
            "{kids} {tree} {page}"
        );
    }
}
