//! The files that every program is given. What is not in a file (a handful of short texts) stands in each
//! program.

use std::fs;
use std::path::Path;

use crate::scan::document;
use crate::Outcome;

/// The guide's example of an addKrav answer.
const KRAV: &str = include_str!("../../../../../core/tests/data/guide/addKrav_answer.json");
/// A key store with an RSA-3072 key and three certificates, made for tests.
const REPORTER: &[u8] = include_bytes!("../../../../../core/tests/data/auth/reporter.p12");
/// A file of 60 kB of other people's making.
const SMALL: &[u8] = include_bytes!("../../../../data/pdf/collection/bug2004951.pdf");
/// Pages of the large PDF, for 100 MB.
const PAGES: u32 = 155;
/// The size of an uploaded bilag.
const BILAG: usize = 10_000_000;

/// How many krav the answers hold; 1 is the answer to a single one.
pub(crate) const COUNTS: [usize; 3] = [1, 100, 10_000];

pub(crate) fn make(folder: &Path) -> Outcome {
    fs::create_dir_all(folder)?;
    let put = |name: &str, bytes: &[u8]| {
        let file = folder.join(name);
        fs::write(&file, bytes).map_err(|e| format!("{}: {e}", file.display()))
    };
    put("reporter.p12", REPORTER)?;
    // As long as real ones are.
    put(
        "token",
        format!("eyJhbGciOiJSUzI1NiJ9.{}", "a1B2".repeat(300)).as_bytes(),
    )?;
    for count in COUNTS {
        put(&format!("krav-{count}.json"), answer(count)?.as_bytes())?;
    }
    put("small.pdf", SMALL)?;
    document(&folder.join("large.pdf"), PAGES, 100)?;
    let mut bilag = fs::read(folder.join("large.pdf"))?;
    bilag.truncate(BILAG);
    put("bilag.pdf", &bilag)?;
    Ok(())
}

/// The answer for one krav, or a list of so many, in which ids and amounts differ.
fn answer(count: usize) -> Outcome<String> {
    let example: serde_json::Value = serde_json::from_str(KRAV)?;
    let krav = (0..count).map(|number| {
        let mut krav = example.clone();
        krav["id"] = format!("4b97d591-1b88-4b70-81bc-7a4c4a{number:06}").into();
        krav["beloeb"] = (100 + number).into();
        krav.to_string()
    });
    let krav: Vec<String> = krav.collect();
    Ok(if count == 1 {
        krav.concat()
    } else {
        format!("[{}]", krav.join(","))
    })
}
