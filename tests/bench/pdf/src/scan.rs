//! One document as a scanner makes it: a page is an image and hardly anything else.

use std::fs::File;
use std::io::{BufWriter, Write};
use std::path::Path;

use crate::jpeg::{grey, Noise};
use crate::Outcome;

/// Blocks of 8 by 8 pixels on a page: A4 with 300 pixels to the inch.
const ACROSS: u16 = 310;
const DOWN: u16 = 438;

/// Writes and counts.
struct Counted<W> {
    inner: W,
    at: u64,
}

impl<W: Write> Counted<W> {
    fn put(&mut self, bytes: impl AsRef<[u8]>) -> Outcome {
        self.inner.write_all(bytes.as_ref())?;
        self.at += bytes.as_ref().len() as u64;
        Ok(())
    }
}

/// Writes a document of so many pages; the same seed gives the same bytes.
///
/// Objects 1 and 2 are the catalog and the page tree; a page has three: itself, its content, its image.
pub(crate) fn document(file: &Path, pages: u32, seed: u64) -> Outcome {
    let mut noise = Noise(seed);
    let inner = BufWriter::new(File::create(file)?);
    let mut out = Counted { inner, at: 0 };
    let mut table = Vec::new();
    out.put(b"%PDF-1.4\n%\xe2\xe3\xcf\xd3\n")?;
    table.push(out.at);
    out.put("1 0 obj\n<< /Type /Catalog /Pages 2 0 R >>\nendobj\n")?;
    table.push(out.at);
    let kids: Vec<String> = (0..pages)
        .map(|page| format!("{} 0 R", 3 + 3 * page))
        .collect();
    let kids = kids.join(" ");
    out.put(format!(
        "2 0 obj\n<< /Type /Pages /Count {pages} /Kids [{kids}] >>\nendobj\n"
    ))?;
    for page in 0..pages {
        let (number, content, image) = (3 + 3 * page, 4 + 3 * page, 5 + 3 * page);
        table.push(out.at);
        out.put(format!(
            "{number} 0 obj\n<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents \
             {content} 0 R /Resources << /XObject << /Im0 {image} 0 R >> >> >>\nendobj\n"
        ))?;
        table.push(out.at);
        let draw = "q 595 0 0 842 0 0 cm /Im0 Do Q\n";
        let length = draw.len();
        out.put(format!(
            "{content} 0 obj\n<< /Length {length} >>\nstream\n{draw}endstream\nendobj\n"
        ))?;
        let data = grey(ACROSS, DOWN, &mut noise);
        table.push(out.at);
        let (width, height, length) = (ACROSS * 8, DOWN * 8, data.len());
        out.put(format!(
            "{image} 0 obj\n<< /Type /XObject /Subtype /Image /Width {width} /Height {height} \
             /ColorSpace /DeviceGray /BitsPerComponent 8 /Filter /DCTDecode /Length {length} >>\n\
             stream\n"
        ))?;
        out.put(&data)?;
        out.put("\nendstream\nendobj\n")?;
    }
    let (start, size) = (out.at, table.len() + 1);
    out.put(format!("xref\n0 {size}\n0000000000 65535 f \n"))?;
    for place in table {
        out.put(format!("{place:010} 00000 n \n"))?;
    }
    out.put(format!(
        "trailer\n<< /Size {size} /Root 1 0 R >>\nstartxref\n{start}\n%%EOF\n"
    ))?;
    out.inner.flush()?;
    Ok(())
}
