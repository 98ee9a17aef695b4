//! A report as one line of JSON.

use std::collections::BTreeMap;
use std::io;
use std::path::Path;

use serde::Serialize;
use skifteportal::error::Language;
use skifteportal::pdf::{Facts, Finding, Kind, Report, Undecidable, Verdict};

#[derive(Serialize)]
struct Line<'a> {
    file: &'a str,
    verdict: Verdict,
    #[serde(skip_serializing_if = "Option::is_none")]
    undecidable: Option<Undecidable>,
    codes: Vec<&'static str>,
    findings: Vec<Explained<'a>>,
    counts: &'a BTreeMap<Kind, u64>,
    facts: &'a Facts,
}

#[derive(Serialize)]
struct Explained<'a> {
    #[serde(flatten)]
    finding: &'a Finding,
    explanation: Explanation,
}

#[derive(Serialize)]
struct Explanation {
    da: String,
    en: String,
}

#[derive(Serialize)]
struct Failure<'a> {
    file: &'a str,
    error: String,
}

pub(crate) fn of_report(path: &Path, report: &Report) -> io::Result<Vec<u8>> {
    let findings = report.findings.iter().map(|finding| Explained {
        finding,
        explanation: Explanation {
            da: finding.explanation(Language::Danish),
            en: finding.explanation(Language::English),
        },
    });
    line(&Line {
        file: &path.to_string_lossy(),
        verdict: report.verdict,
        undecidable: report.undecidable,
        codes: report.codes(),
        findings: findings.collect(),
        counts: &report.counts,
        facts: &report.facts,
    })
}

pub(crate) fn of_failure(path: &Path, failure: &io::Error) -> io::Result<Vec<u8>> {
    line(&Failure {
        file: &path.to_string_lossy(),
        error: failure.to_string(),
    })
}

fn line(value: &impl Serialize) -> io::Result<Vec<u8>> {
    let mut text = serde_json::to_vec(value)?;
    text.push(b'\n');
    Ok(text)
}
