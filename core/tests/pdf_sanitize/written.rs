//! PDFs written by hand: small, with a true cross-reference table.

use std::fmt::Write as _;

/// A file of one page. Objects 1 to 4 are the catalog, the page tree, the page and its content; `more`
/// begin at 5. `catalog` and `page` are what these two have beside that.
pub(crate) fn pdf(catalog: &str, page: &str, more: &[&str]) -> Vec<u8> {
    let mut objects = vec![
        format!("<</Type /Catalog /Pages 2 0 R {catalog}>>"),
        "<</Type /Pages /Kids [3 0 R] /Count 1>>".to_owned(),
        format!(
            "<</Type /Page /Parent 2 0 R /MediaBox [0 0 600 800] /Resources <<>> /Contents 4 0 R {page}>>"
        ),
        stream("", "1 0 0 rg 100 100 200 200 re f"),
    ];
    objects.extend(more.iter().map(|&object| object.to_owned()));
    file(&objects)
}

/// A stream; `dict` is what its dictionary has beside `/Length`.
pub(crate) fn stream(dict: &str, data: &str) -> String {
    format!(
        "<</Length {} {dict}>>\nstream\n{data}\nendstream",
        data.len()
    )
}

/// A file of these objects, numbered from 1, the first of which is the catalog.
pub(crate) fn file(objects: &[String]) -> Vec<u8> {
    let mut text = String::from("%PDF-1.7\n");
    let mut offsets = Vec::new();
    for (index, object) in objects.iter().enumerate() {
        offsets.push(text.len());
        let _ = write!(text, "{} 0 obj\n{object}\nendobj\n", index + 1);
    }
    let start = text.len();
    let _ = write!(text, "xref\n0 {}\n0000000000 65535 f \n", objects.len() + 1);
    for offset in offsets {
        let _ = writeln!(text, "{offset:010} 00000 n ");
    }
    let _ = write!(
        text,
        "trailer\n<</Size {} /Root 1 0 R>>\nstartxref\n{start}\n%%EOF\n",
        objects.len() + 1
    );
    text.into_bytes()
}

/// Whether the bytes hold a text.
pub(crate) fn holds(bytes: &[u8], text: &str) -> bool {
    bytes
        .windows(text.len())
        .any(|window| window == text.as_bytes())
}
