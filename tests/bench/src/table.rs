//! The table that is printed at the end, in Markdown.

use std::fmt::Write as _;

use crate::memory::Memory;
use crate::timing::Spread;

/// One line: what was measured, ours, theirs, and what the line means.
struct Row {
    what: String,
    ours: String,
    theirs: String,
    meaning: String,
}

/// Lines under headings.
#[derive(Default)]
pub(crate) struct Table {
    sections: Vec<(&'static str, Vec<Row>)>,
}

impl Table {
    pub(crate) fn section(&mut self, title: &'static str) {
        println!("-- {title}");
        self.sections.push((title, Vec::new()));
    }

    pub(crate) fn row(
        &mut self,
        what: impl Into<String>,
        ours: impl Into<String>,
        theirs: impl Into<String>,
        meaning: impl Into<String>,
    ) {
        let row = Row {
            what: what.into(),
            ours: ours.into(),
            theirs: theirs.into(),
            meaning: meaning.into(),
        };
        println!("{}: {} | {}", row.what, row.ours, row.theirs);
        if let Some((_, rows)) = self.sections.last_mut() {
            rows.push(row);
        }
    }

    pub(crate) fn markdown(&self) -> String {
        let mut text = String::new();
        for (title, rows) in &self.sections {
            let _ = writeln!(text, "\n### {title}\n");
            let _ = writeln!(
                text,
                "| what | skifteportal | compared with | the line says |"
            );
            let _ = writeln!(text, "| --- | ---: | ---: | --- |");
            for row in rows {
                let _ = writeln!(
                    text,
                    "| {} | {} | {} | {} |",
                    row.what, row.ours, row.theirs, row.meaning
                );
            }
        }
        text
    }
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

/// The median, and between which times eight of ten samples lie.
pub(crate) fn time(spread: Spread) -> String {
    format!(
        "**{}** ({} – {})",
        duration(spread.median),
        duration(spread.low),
        duration(spread.high)
    )
}

/// Bytes in a unit that suits them.
pub(crate) fn bytes(count: u64) -> String {
    #[allow(clippy::cast_precision_loss)] // Far below 2^52.
    let value = count as f64;
    if value < 10_000.0 {
        format!("{count} B")
    } else if value < 1_048_576.0 {
        format!("{:.1} KiB", value / 1024.0)
    } else {
        format!("{:.2} MiB", value / 1_048_576.0)
    }
}

/// A time with the allocations and the peak of one run.
pub(crate) fn cost(spread: Spread, memory: Memory) -> String {
    format!(
        "{}, {} allocations, peak {}",
        time(spread),
        memory.allocations,
        bytes(u64::try_from(memory.peak).unwrap_or(0))
    )
}

/// Bytes in KiB.
#[allow(clippy::cast_precision_loss)] // Far below 2^52.
pub(crate) fn kib(count: u64) -> String {
    format!("{:.1} KiB", count as f64 / 1024.0)
}
