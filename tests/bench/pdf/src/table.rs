//! A table: a line for each reader over one collection.

use std::fmt::Write as _;

use crate::collection::Collection;
use crate::outside::{Outside, Said};
use crate::Outcome;

pub(crate) struct Table {
    heading: String,
    rows: Vec<String>,
}

impl Table {
    /// Measures every reader.
    pub(crate) fn of(outside: &Outside, collection: &Collection) -> Outcome<Self> {
        let (files, size) = (collection.files.len(), mb(collection.bytes()));
        let single = files == 1;
        let held = if outside.pinned() {
            "each on one core"
        } else {
            "not held on one core"
        };
        let noun = if single { "file" } else { "files" };
        let heading = format!("{}: {files} {noun}, {size:.1} MB, {held}", collection.title);
        println!("-- {heading}");
        let mut rows = Vec::new();
        for reader in &outside.readers {
            let said = outside.run(reader, collection)?;
            let row = row(reader.name, &said, collection);
            println!("{row}");
            rows.push(row);
        }
        for name in &outside.missing {
            rows.push(format!("| {name} | not installed | | | | | | |"));
        }
        Ok(Self { heading, rows })
    }

    pub(crate) fn markdown(&self) -> String {
        let mut text = format!("### {}\n\n", self.heading);
        text +=
            "| reader | MB/s | files/s | median file | passes | memory, before and at its peak \
                 | not read | |\n| --- | ---: | ---: | ---: | ---: | ---: | ---: | --- |\n";
        for row in &self.rows {
            let _ = writeln!(text, "{row}");
        }
        text
    }
}

#[allow(clippy::cast_precision_loss)] // Far below 2^52.
fn mb(bytes: u64) -> f64 {
    bytes as f64 / 1e6
}

#[allow(clippy::cast_precision_loss)] // Far below 2^52.
fn row(name: &str, said: &Said, collection: &Collection) -> String {
    let count = collection.files.len();
    let whole = |pass: &u32| {
        said.times
            .get(pass)
            .is_some_and(|files| files.len() + said.fell.len() >= count)
    };
    let mut passes: Vec<u32> = said.times.keys().copied().filter(whole).collect();
    // What the first pass warms up is not what is measured, unless there is no other.
    if passes.len() > 1 {
        passes.remove(0);
    }
    if passes.is_empty() {
        return format!(
            "| {name} | – | – | – | 0 | – | {} fell | {} |",
            said.fell.len(),
            said.note
        );
    }
    let times = || passes.iter().filter_map(|pass| said.times.get(pass));
    let total = median(times().map(|files| files.values().sum()).collect());
    let of_file = |index: usize| {
        median(
            times()
                .filter_map(|files| files.get(&index).copied())
                .collect(),
        )
    };
    let seen = (0..count).filter(|index| !said.fell.contains(index));
    let file = median(seen.map(of_file).collect());
    let seconds = total / 1e9;
    let memory =
        said.memory
            .filter(|(_, peak)| *peak > 0)
            .map_or("–".to_owned(), |(base, peak)| {
                let mut text = format!("{:.1} and {:.1} MB", mb(base * 1024), mb(peak * 1024));
                if count == 1 {
                    let beyond = mb(peak.saturating_sub(base) * 1024) - mb(collection.bytes());
                    let _ = write!(
                        text,
                        ", {:.2}× the file beyond it",
                        beyond.max(0.0) / mb(collection.bytes())
                    );
                }
                text
            });
    let fell = if said.fell.is_empty() {
        String::new()
    } else {
        format!(", {} fell", said.fell.len())
    };
    format!(
        "| {name} | **{}** | {} | {} | {} | {memory} | {}{fell} | {} |",
        rounded(mb(collection.bytes()) / seconds),
        rounded(count as f64 / seconds),
        duration(file),
        passes.len(),
        said.not_read.len(),
        said.note,
    )
}

fn median(mut values: Vec<f64>) -> f64 {
    values.sort_unstable_by(f64::total_cmp);
    values.get(values.len() / 2).copied().unwrap_or(f64::NAN)
}

/// Three digits, as far as they matter.
fn rounded(value: f64) -> String {
    let decimals = match value {
        value if value < 10.0 => 2,
        value if value < 100.0 => 1,
        _ => 0,
    };
    format!("{value:.decimals$}")
}

fn duration(nanos: f64) -> String {
    let (value, unit) = if nanos < 1e6 {
        (nanos / 1e3, "µs")
    } else {
        (nanos / 1e6, "ms")
    };
    format!("{} {unit}", rounded(value))
}
