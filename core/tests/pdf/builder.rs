//! Writes small PDFs, and reads what the check says of them.

use std::fmt::Write;

use skifteportal::pdf::{check, Presence, Profile, Report};

/// A PDF in the making: numbered objects, written as they are.
pub(crate) struct Pdf {
    objects: Vec<(u32, Vec<u8>)>,
}

impl Pdf {
    /// One empty page: object 1 is the catalog, 2 the page tree, 3 the page. `catalog` and `page` are
    /// written into their dictionaries.
    pub(crate) fn new(catalog: &str, page: &str) -> Self {
        let mut pdf = Self {
            objects: Vec::new(),
        };
        pdf.object(1, &format!("<</Type/Catalog/Pages 2 0 R {catalog}>>"));
        pdf.object(2, "<</Type/Pages/Kids[3 0 R]/Count 1>>");
        pdf.object(
            3,
            &format!("<</Type/Page/Parent 2 0 R/MediaBox[0 0 600 800] {page}>>"),
        );
        pdf
    }

    pub(crate) fn object(&mut self, number: u32, body: &str) -> &mut Self {
        self.objects.push((number, body.as_bytes().to_vec()));
        self
    }

    /// Replaces what was there under this number.
    pub(crate) fn instead(&mut self, number: u32, body: &str) -> &mut Self {
        self.objects.retain(|(held, _)| *held != number);
        self.object(number, body)
    }

    pub(crate) fn stream(&mut self, number: u32, dict: &str, data: &[u8]) -> &mut Self {
        let mut body = format!("<<{dict}/Length {}>>\nstream\n", data.len()).into_bytes();
        body.extend_from_slice(data);
        body.extend_from_slice(b"\nendstream");
        self.objects.push((number, body));
        self
    }

    /// The file, with a cross-reference table.
    pub(crate) fn build(&self) -> Vec<u8> {
        self.build_with("")
    }

    /// The same; `trailer` is written into the trailer.
    pub(crate) fn build_with(&self, trailer: &str) -> Vec<u8> {
        let mut out = b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n".to_vec();
        append(&mut out, &self.objects, &format!("/Root 1 0 R {trailer}"));
        out
    }
}

/// Writes objects, their table and a trailer behind what is there: an incremental update, if it is a file.
fn append(out: &mut Vec<u8>, objects: &[(u32, Vec<u8>)], trailer: &str) {
    let mut table = String::from("xref\n0 1\n0000000000 65535 f \n");
    for (number, body) in objects {
        let _ = write!(table, "{number} 1\n{:010} 00000 n \n", out.len());
        out.extend_from_slice(format!("{number} 0 obj\n").as_bytes());
        out.extend_from_slice(body);
        out.extend_from_slice(b"\nendobj\n");
    }
    let size = objects
        .iter()
        .map(|(number, _)| number + 1)
        .max()
        .unwrap_or(1);
    let start = out.len();
    let end = format!("{table}trailer\n<</Size {size} {trailer}>>\nstartxref\n{start}\n%%EOF\n");
    out.extend_from_slice(end.as_bytes());
}

/// A file with an incremental update behind it.
pub(crate) fn update(file: &[u8], objects: &[(u32, &str)]) -> Vec<u8> {
    let text = file
        .windows(9)
        .rposition(|window| window == b"startxref")
        .unwrap();
    let number = String::from_utf8_lossy(&file[text + 9..]);
    let previous: usize = number.split_whitespace().next().unwrap().parse().unwrap();
    let objects: Vec<(u32, Vec<u8>)> = objects
        .iter()
        .map(|(number, body)| (*number, body.as_bytes().to_vec()))
        .collect();
    let mut out = file.to_vec();
    append(&mut out, &objects, &format!("/Root 1 0 R/Prev {previous}"));
    out
}

/// References to objects, one after the other.
pub(crate) fn references(numbers: std::ops::Range<u32>) -> String {
    numbers.fold(String::new(), |mut out, number| {
        let _ = write!(out, "{number} 0 R ");
        out
    })
}

pub(crate) fn portal(file: &[u8]) -> Report {
    check(file, &Profile::portal())
}

/// The findings as `kind path`; what is not reached is marked.
pub(crate) fn findings(file: &[u8]) -> Vec<String> {
    let report = portal(file);
    report
        .findings
        .iter()
        .map(|finding| {
            let mark = match finding.presence {
                Presence::Reached => "",
                Presence::Unreached => " unreached",
                Presence::Superseded => " superseded",
            };
            format!("{} {}{mark}", finding.kind, finding.path)
        })
        .collect()
}

/// Checks that a document gives these findings and no others, in any order.
#[track_caller]
pub(crate) fn expect(pdf: &Pdf, expected: &[&str]) {
    expect_file(&pdf.build(), expected);
}

#[track_caller]
pub(crate) fn expect_file(file: &[u8], expected: &[&str]) {
    let mut found = findings(file);
    let mut expected: Vec<String> = expected.iter().map(|text| (*text).to_owned()).collect();
    found.sort();
    expected.sort();
    assert_eq!(found, expected, "{}", String::from_utf8_lossy(file));
}
