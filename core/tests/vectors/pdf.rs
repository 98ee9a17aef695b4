use std::collections::BTreeMap;
use std::fmt::Write as _;

use serde::Deserialize;
use serde_json::{json, Value};
use sha2::{Digest, Sha256};
use skifteportal::error::Language;
use skifteportal::pdf::{check, sanitize, Kind, Limits, Profile, SanitizeOptions, Severity};

use crate::wire::{show_error, Bytes};

#[derive(Deserialize)]
#[serde(tag = "do", rename_all = "snake_case", deny_unknown_fields)]
pub(crate) enum Input {
    Check {
        pdf: Bytes,
        profile: ProfileInput,
    },
    Sanitize {
        pdf: Bytes,
        profile: ProfileInput,
        #[serde(default)]
        break_signatures: bool,
        #[serde(default)]
        remove_at_risk: bool,
        #[serde(default)]
        remove: Vec<String>,
    },
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct ProfileInput {
    base: String,
    #[serde(default)]
    weights: BTreeMap<String, String>,
    #[serde(default)]
    superseded_as_present: bool,
    #[serde(default)]
    page_cover: Option<f64>,
    #[serde(default)]
    max_size: Option<u64>,
    #[serde(default)]
    limits: BTreeMap<String, u64>,
}

fn kind(name: &str) -> Kind {
    let found = Kind::ALL.iter().find(|kind| kind.as_str() == name);
    *found.unwrap_or_else(|| panic!("no kind {name}"))
}

fn severity(name: &str) -> Severity {
    match name {
        "ignored" => Severity::Ignored,
        "note" => Severity::Note,
        "at_risk" => Severity::AtRisk,
        "refused" => Severity::Refused,
        _ => panic!("no severity {name}"),
    }
}

fn limits(given: BTreeMap<String, u64>) -> Limits {
    let mut limits = Limits::default();
    for (name, value) in given {
        match name.as_str() {
            "work" => limits.work = value,
            "objects" => limits.objects = u32::try_from(value).unwrap(),
            "depth" => limits.depth = u32::try_from(value).unwrap(),
            "unpacked" => limits.unpacked = value,
            "unpacked_stream" => limits.unpacked_stream = value,
            "findings" => limits.findings = u32::try_from(value).unwrap(),
            _ => panic!("no limit {name}"),
        }
    }
    limits
}

fn profile(input: ProfileInput) -> Profile {
    let mut profile = match input.base.as_str() {
        "portal" => Profile::portal(),
        "strict" => Profile::strict(),
        other => panic!("no profile {other}"),
    };
    for (name, weight) in &input.weights {
        profile = profile.with(kind(name), severity(weight));
    }
    if input.superseded_as_present {
        profile = profile.with_superseded_as_present();
    }
    if let Some(part) = input.page_cover {
        profile = profile.with_page_cover(part);
    }
    if let Some(bytes) = input.max_size {
        profile = profile.with_max_size(bytes);
    }
    profile.with_limits(limits(input.limits))
}

fn hexadecimal(bytes: &[u8]) -> String {
    bytes.iter().fold(String::new(), |mut text, byte| {
        let _ = write!(text, "{byte:02x}");
        text
    })
}

pub(crate) fn answer(input: Input) -> Value {
    match input {
        Input::Check {
            pdf,
            profile: given,
        } => {
            let report = check(&pdf.read(), &profile(given));
            let explanations: Vec<Value> = report
                .findings
                .iter()
                .map(|finding| {
                    json!({
                        "da": finding.explanation(Language::Danish),
                        "en": finding.explanation(Language::English),
                    })
                })
                .collect();
            json!({ "report": report, "codes": report.codes(), "explanations": explanations })
        }
        Input::Sanitize {
            pdf,
            profile: given,
            break_signatures,
            remove_at_risk,
            remove,
        } => {
            let options = SanitizeOptions::default()
                .break_signatures(break_signatures)
                .remove_at_risk(remove_at_risk);
            let options = remove
                .iter()
                .fold(options, |options, name| options.remove(kind(name)));
            match sanitize(&pdf.read(), &profile(given), &options) {
                Ok(sanitized) => json!({
                    "sha256": hexadecimal(&Sha256::digest(&sanitized.bytes)),
                    "removed": sanitized.removed,
                    "report": sanitized.report,
                }),
                Err(error) => show_error(error.code()),
            }
        }
    }
}
