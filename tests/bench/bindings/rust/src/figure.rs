//! A figure, as the programs tell it: a line of JSON on the standard output.
//!
//! ```text
//! {"row":"decode_100","who":"Java","ns":1,"low":1,"high":1,"samples":101,"calls":8}
//! {"row":"decode_100","who":"Java","peer":"Jackson, tree","ns":1,"low":1,"high":1,"samples":101,"calls":8}
//! {"row":"pdf_large","who":"Java","bytes":104857600}
//! {"who":"Java","version":"Java 17.0.2"}
//! ```
//!
//! Where there is a `peer`, the figure is its own, and not the library's.

use serde::{Deserialize, Serialize};

use crate::Outcome;

#[derive(Serialize, Deserialize)]
pub(crate) struct Figure {
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub(crate) row: String,
    /// The language, or `core`.
    pub(crate) who: String,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(crate) peer: Option<String>,
    #[serde(flatten)]
    pub(crate) told: Told,
}

#[derive(Serialize, Deserialize)]
#[serde(untagged)]
pub(crate) enum Told {
    Time(Time),
    /// By how much the memory of the process rose.
    Memory {
        bytes: u64,
    },
    Version {
        version: String,
    },
}

/// How long one call took, in nanoseconds.
#[derive(Clone, Copy, Serialize, Deserialize)]
pub(crate) struct Time {
    /// The median of the samples.
    pub(crate) ns: f64,
    /// One sample of twenty was faster.
    pub(crate) low: f64,
    /// One sample of twenty was slower.
    pub(crate) high: f64,
    pub(crate) samples: usize,
    /// Calls within each sample.
    pub(crate) calls: u32,
}

impl Time {
    pub(crate) fn of(mut samples: Vec<f64>, calls: u32) -> Self {
        samples.sort_unstable_by(f64::total_cmp);
        let at = |hundredths: usize| {
            let place = samples.len().saturating_sub(1) * hundredths / 100;
            samples.get(place).copied().unwrap_or(f64::NAN)
        };
        Self {
            ns: at(50),
            low: at(5),
            high: at(95),
            samples: samples.len(),
            calls,
        }
    }
}

/// Tells a figure of the core.
pub(crate) fn tell(row: &str, told: Told) -> Outcome {
    let figure = Figure {
        row: row.to_owned(),
        who: "core".to_owned(),
        peer: None,
        told,
    };
    println!("{}", serde_json::to_string(&figure)?);
    Ok(())
}

/// All figures of some files.
pub(crate) fn read(files: &[&str]) -> Outcome<Vec<Figure>> {
    let mut figures = Vec::new();
    for file in files {
        let text = std::fs::read_to_string(file).map_err(|e| format!("{file}: {e}"))?;
        for line in text.lines() {
            let figure = serde_json::from_str(line).map_err(|e| format!("{file}: {line}: {e}"))?;
            figures.push(figure);
        }
    }
    Ok(figures)
}
