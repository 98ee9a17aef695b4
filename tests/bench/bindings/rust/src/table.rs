//! The tables, in Markdown: a column for each language that told something.

use std::fmt::Write as _;

use crate::figure::{Figure, Time, Told};
use crate::Outcome;

/// The languages in the order of their columns.
const LANGUAGES: [&str; 4] = ["Java", "C#", "Node", "Python"];

/// A line of a table.
struct Row {
    key: &'static str,
    /// The core's row that it is held against.
    core: &'static str,
    what: &'static str,
    says: &'static str,
}

const fn row(key: &'static str, core: &'static str, what: &'static str, says: &'static str) -> Row {
    Row {
        key,
        core,
        what,
        says,
    }
}

const TIMES: [Row; 14] = [
    row("cheapest", "cheapest", "a call that does nothing", "`isSuccess` of an answer: a handle over, a truth value back"),
    row("request", "request", "addKrav into a request", "a krav of four members laid out, rules checked, prepared, token put on; what was made is freed"),
    row("request_read", "request", "the same, and read", "method, URL, headers and body fetched into the language, as a transport does"),
    row("decode_1", "decode_1", "answer with one krav", "the body handed over, and an object of the language's own as the result"),
    row("decode_100", "decode_100", "answer with 100 krav", "the same as a list"),
    row("decode_10000", "decode_10000", "answer with 10,000 krav", "5.9 MB"),
    row("signing_input", "signing_input", "assertion's signing input", "header with three certificates, claims: what is done before a key outside signs"),
    row("sign", "sign", "assertion signed by the library", "key compared with the certificate, signed, verified with the certificate's key"),
    row("sign_outside", "", "assertion signed by the language's own RSA", "the signing input signed outside, verified and laid in by the library: as with an HSM, without its time"),
    row("pdf_small", "pdf_small", "check of a PDF of 60 kB", "its report as an object of the language's own"),
    row("pdf_large", "pdf_large", "check of a PDF of 100 MB", "a byte array of the language; a scanned document, whose pictures are passed over"),
    row("pdf_large_at", "pdf_large", "the same where it lies", "without a copy: memory outside of the heap in Java, a pinned array in C#, a mapped file in Python, where any check reads without one"),
    row("upload", "upload", "bilag of 10 MB into a request", "a byte array into a request that can be sent again; in the core a copy of the file is within the time, as it takes files over"),
    row("upload_read", "upload", "the same, and read", "the body fetched into the language as a byte array"),
];

const MEMORY: [Row; 3] = [
    row(
        "pdf_large",
        "pdf_large",
        "check of a PDF of 100 MB",
        "a byte array",
    ),
    row(
        "pdf_large_at",
        "pdf_large",
        "the same where it lies",
        "without a copy",
    ),
    row(
        "upload_large",
        "upload_large",
        "bilag of 100 MB into a request",
        "the core takes the file over",
    ),
];

/// The size of the large file, which memory is told in.
const LARGE: f64 = 100e6;

pub(crate) fn markdown(figures: &[Figure]) -> Outcome<String> {
    let known = |key: &str| TIMES.iter().chain(&MEMORY).any(|row| row.key == key);
    if let Some(stray) = figures.iter().find(|f| !f.row.is_empty() && !known(&f.row)) {
        return Err(format!("{} tells of a row `{}`", stray.who, stray.row).into());
    }
    let languages: Vec<&str> = LANGUAGES
        .into_iter()
        .filter(|name| figures.iter().any(|f| f.who == *name))
        .collect();
    let mut versions: Vec<&str> = figures.iter().filter_map(version).collect();
    versions.sort_unstable();
    versions.dedup();
    let figures = &best(figures);
    let table = Table { figures, languages };
    let mut text = String::new();
    let _ = writeln!(text, "Measured with {}.\n", versions.join(", "));
    table.write(
        &mut text,
        "A call through a binding",
        &TIMES,
        |rows, core| {
            rows.iter().find_map(|f| match f.told {
                Told::Time(time) => Some(time_cell(f, time, core)),
                _ => None,
            })
        },
    );
    table.write(&mut text, "Memory beyond the file", &MEMORY, |rows, _| {
        rows.iter().find_map(|f| match f.told {
            Told::Memory { bytes } => Some(memory_cell(f, bytes)),
            _ => None,
        })
    });
    Ok(text)
}

fn version(figure: &Figure) -> Option<&str> {
    match &figure.told {
        Told::Version { version } => Some(version),
        _ => None,
    }
}

/// Of each row's rounds the one with the lowest median: what disturbs a round adds to it.
fn best(figures: &[Figure]) -> Vec<&Figure> {
    let mut best: Vec<&Figure> = Vec::new();
    for figure in figures {
        let same = |other: &&mut &Figure| {
            (&other.row, &other.who, &other.peer) == (&figure.row, &figure.who, &figure.peer)
                && matches!((&other.told, &figure.told), (Told::Time(_), Told::Time(_)))
        };
        match best.iter_mut().find(same) {
            Some(other) => {
                if let (Told::Time(known), Told::Time(new)) = (&other.told, &figure.told) {
                    if new.ns < known.ns {
                        *other = figure;
                    }
                }
            }
            None => best.push(figure),
        }
    }
    best
}

struct Table<'a> {
    figures: &'a [&'a Figure],
    languages: Vec<&'a str>,
}

impl Table<'_> {
    /// A line for each row, a column for each language; `cell` finds the figure of its kind.
    fn write(
        &self,
        text: &mut String,
        title: &str,
        rows: &[Row],
        cell: impl Fn(&[&Figure], Option<f64>) -> Option<String>,
    ) {
        let _ = writeln!(
            text,
            "### {title}\n\n| what | core | {} | compared with | the line says |",
            self.languages.join(" | ")
        );
        let columns = "---: | ".repeat(self.languages.len() + 2);
        let _ = writeln!(text, "| --- | {columns}--- |");
        for row in rows {
            let floor = self.core(row);
            let none = || "–".to_owned();
            let core = cell(&self.of(row.core, "core"), None).unwrap_or_else(none);
            let mut line = format!("| {} | {core} |", row.what);
            for language in &self.languages {
                let ours: Vec<&Figure> = self.of(row.key, language);
                let ours: Vec<&Figure> = ours.into_iter().filter(|f| f.peer.is_none()).collect();
                let _ = write!(line, " {} |", cell(&ours, floor).unwrap_or_else(none));
            }
            let peers = self
                .figures
                .iter()
                .copied()
                .filter(|f| f.row == row.key && f.peer.is_some());
            let peers: Vec<String> = peers.filter_map(|f| cell(&[f], None)).collect();
            let peers = if peers.is_empty() {
                none()
            } else {
                peers.join("; ")
            };
            let _ = writeln!(text, "{line} {peers} | {} |", row.says);
        }
        text.push('\n');
    }

    fn of(&self, row: &str, who: &str) -> Vec<&Figure> {
        let mine = |f: &&Figure| f.row == row && f.who == who;
        self.figures.iter().copied().filter(mine).collect()
    }

    /// The core's time of a row.
    fn core(&self, row: &Row) -> Option<f64> {
        self.of(row.core, "core").iter().find_map(|f| match f.told {
            Told::Time(time) => Some(time.ns),
            _ => None,
        })
    }
}

/// The median, between which times nine of ten samples lie, how many samples of how many calls, and what
/// is above the core.
fn time_cell(figure: &Figure, time: Time, core: Option<f64>) -> String {
    let mut cell = figure
        .peer
        .as_ref()
        .map_or(String::new(), |peer| format!("{peer} "));
    let _ = write!(
        cell,
        "**{}** ({} – {}; {} × {})",
        duration(time.ns),
        duration(time.low),
        duration(time.high),
        time.samples,
        time.calls
    );
    if let Some(core) = core {
        let above = time.ns - core;
        let sign = if above < 0.0 { "−" } else { "+" };
        let _ = write!(cell, ", core {sign} {}", duration(above.abs()));
    }
    cell
}

#[allow(clippy::cast_precision_loss)] // Far below 2^52.
fn memory_cell(figure: &Figure, bytes: u64) -> String {
    let peer = figure
        .peer
        .as_ref()
        .map_or(String::new(), |peer| format!("{peer} "));
    let bytes = bytes as f64;
    format!("{peer}**{:.1} MB**, {:.2}×", bytes / 1e6, bytes / LARGE)
}

/// Nanoseconds in a unit that suits them.
fn duration(nanos: f64) -> String {
    let (value, unit) = if nanos < 1e3 {
        (nanos, "ns")
    } else if nanos < 1e6 {
        (nanos / 1e3, "µs")
    } else {
        (nanos / 1e6, "ms")
    };
    let decimals = match value {
        value if value < 10.0 => 2,
        value if value < 100.0 => 1,
        _ => 0,
    };
    format!("{value:.decimals$} {unit}")
}
