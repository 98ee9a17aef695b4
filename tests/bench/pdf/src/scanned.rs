//! The documents of a scanner that are measured over.

use std::fs;
use std::path::Path;

use crate::collection::Collection;
use crate::scan::document;
use crate::Outcome;

/// Pages of the documents of the collection.
const PAGES: [u32; 12] = [1, 1, 1, 2, 2, 3, 3, 4, 5, 6, 8, 12];
/// Pages of the large one, for about 150 MB.
const LARGE: u32 = 230;

/// A dozen documents of 1 to 12 pages.
pub(crate) fn documents(folder: &Path) -> Outcome<Collection> {
    fs::create_dir_all(folder)?;
    let mut files = Vec::new();
    for (number, pages) in (1u64..).zip(PAGES) {
        let file = folder.join(format!("{number:02}.pdf"));
        document(&file, pages, number)?;
        files.push(file);
    }
    Collection::of_files("Scanned documents of 1 to 12 pages (generated)", files)
}

/// One large document.
pub(crate) fn large(folder: &Path) -> Outcome<Collection> {
    fs::create_dir_all(folder)?;
    let file = folder.join("scanned.pdf");
    document(&file, LARGE, 100)?;
    let title = format!("A scanned document of {LARGE} pages (generated)");
    Collection::of_files(&title, vec![file])
}
