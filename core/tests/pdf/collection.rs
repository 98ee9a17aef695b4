//! Real documents, and what another tool saw in them.

use std::collections::BTreeMap;

use include_dir::{include_dir, Dir};
use serde_json::Value;
use skifteportal::pdf::{Finding, Kind, Report, Verdict};

use super::builder::portal;

#[cfg(target_arch = "wasm32")]
use wasm_bindgen_test::wasm_bindgen_test as test;

/// The files are part of the test, because a wasm test has no file system.
static FILES: Dir<'_> = include_dir!("$CARGO_MANIFEST_DIR/../tests/data/pdf/collection");

fn pdfs() -> impl Iterator<Item = (&'static str, &'static [u8])> {
    FILES
        .files()
        .map(|file| (file.path().to_str().unwrap(), file.contents()))
        .filter(|(path, _)| path.rsplit_once('.').is_some_and(|(_, end)| end == "pdf"))
}

/// Those under 20 KiB.
#[cfg(not(target_arch = "wasm32"))]
pub(crate) fn small_files() -> Vec<&'static [u8]> {
    pdfs()
        .map(|(_, bytes)| bytes)
        .filter(|bytes| bytes.len() < 20 << 10)
        .collect()
}

/// Where our report and the labels differ: file, what, and why.
#[rustfmt::skip]
const DEVIATIONS: &[(&str, &str, &str)] = &[
    ("issue1045.pdf", "repaired: label true, ours false", TOLERATED),
    ("issue13147.pdf", "repaired: label true, ours false", TOLERATED),
    ("issue14130.pdf", "xfa_script: label true, ours false",
     "The only <script> element is a setting of the form's configuration (<runScripts>server), no script."),
    ("issue15150.pdf", "repaired: label true, ours false", TOLERATED),
    ("issue19484_1.pdf", "undecidable: label , ours Unreadable",
     "Its object streams do not unpack with the key that its password fits; some viewers get further."),
    ("issue3566.pdf", "repaired: label true, ours false", TOLERATED),
    ("poppler-91414-0-54.pdf", "repaired: label true, ours false", TOLERATED),
];

const TOLERATED: &str =
    "The label calls a file repaired after any warning. Its cross-reference data is right; a \
    stream's length or a token in a page's content is not.";

#[test]
fn our_reports_are_what_the_labels_say() {
    let labels = FILES.get_file("labels.json").unwrap().contents();
    let labels: Value = serde_json::from_slice(labels).unwrap();
    let labels = labels["files"].as_object().unwrap();
    let mut differences: Vec<(String, String)> = Vec::new();
    let mut compared = 0;
    for (name, bytes) in pdfs() {
        let report = portal(bytes);
        for difference in compare(&labels[name], &report) {
            differences.push((name.to_owned(), difference));
        }
        compared += 1;
    }
    assert_eq!(compared, labels.len());
    let expected: Vec<(String, String)> = DEVIATIONS
        .iter()
        .map(|(name, what, _)| ((*name).to_owned(), (*what).to_owned()))
        .collect();
    assert_eq!(differences, expected);
}

/// What differs between a label and a report, one line each.
#[allow(clippy::too_many_lines)] // One comparison after the other.
fn compare(label: &Value, report: &Report) -> Vec<String> {
    let mut out = Vec::new();
    let mut same = |what: &str, label: String, ours: String| {
        if label != ours {
            out.push(format!("{what}: label {label}, ours {ours}"));
        }
    };
    let of = |kinds: &[Kind]| -> Vec<&Finding> {
        report
            .findings
            .iter()
            .filter(|f| kinds.contains(&f.kind))
            .collect()
    };
    let status = label["status"].as_str().unwrap();
    let locked = status == "encrypted_needs_password";
    same(
        "password",
        locked.to_string(),
        (!of(&[Kind::PasswordNeeded]).is_empty()).to_string(),
    );
    let opens = status.starts_with("encrypted_open");
    same(
        "encrypted",
        opens.to_string(),
        (!of(&[Kind::Encrypted]).is_empty()).to_string(),
    );
    if locked {
        return out;
    }
    same(
        "damaged",
        false.to_string(),
        (!of(&[Kind::Damaged]).is_empty()).to_string(),
    );
    same(
        "undecidable",
        String::new(),
        report
            .undecidable
            .map(|why| format!("{why:?}"))
            .unwrap_or_default(),
    );
    if let Some(pages) = label["pages"].as_u64() {
        same("pages", pages.to_string(), report.facts.pages.to_string());
    }
    if status == "ok" || status == "repaired" {
        same(
            "repaired",
            (status == "repaired").to_string(),
            report.facts.repaired.to_string(),
        );
    }
    let scripts: BTreeMap<bool, Vec<&Finding>> = of(&[Kind::JavaScript]).into_iter().fold(
        BTreeMap::new(),
        |mut map: BTreeMap<bool, Vec<&Finding>>, finding| {
            map.entry(finding.path.contains("/XFA"))
                .or_default()
                .push(finding);
            map
        },
    );
    let scripts = |xfa: bool| scripts.get(&xfa).cloned().unwrap_or_default();
    let findings = &label["findings"];
    for (kind, ours) in [
        ("javascript", scripts(false)),
        ("xfa", of(&[Kind::Xfa])),
        ("xfa_script", scripts(true)),
        ("embedded_files", of(&[Kind::EmbeddedFile])),
        ("uri_actions", of(&[Kind::UriLink, Kind::AutomaticLink])),
        ("gotor", of(&[Kind::GoToRemote])),
    ] {
        let hits = &findings[kind];
        same(
            kind,
            hits.is_object().to_string(),
            (!ours.is_empty()).to_string(),
        );
        if ours.is_empty() || !hits.is_object() {
            continue;
        }
        if let Some(page) = hits["page"].as_u64() {
            let pages: Vec<u64> = ours.iter().filter_map(|f| Some(f.page?.into())).collect();
            same(
                &format!("{kind} page"),
                page.to_string(),
                pages.iter().min().copied().unwrap_or(0).to_string(),
            );
        }
        if kind != "xfa" && kind != "xfa_script" {
            let object = hits["obj"].as_u64();
            let objects: Vec<u64> = ours.iter().filter_map(|f| Some(f.object?.into())).collect();
            same(
                &format!("{kind} object"),
                format!("{object:?}"),
                format!("{:?}", objects.iter().min()).replace("Some(", "Some("),
            );
        }
        let reached = ours
            .iter()
            .any(|f| f.presence == skifteportal::pdf::Presence::Reached);
        same(
            &format!("{kind} reached"),
            hits["reach"].to_string(),
            reached.to_string(),
        );
    }
    // None of these is in any of the files by the labels.
    let others = [
        Kind::Launch,
        Kind::GoToEmbedded,
        Kind::FullPageLink,
        Kind::FullPageInternalLink,
        Kind::SubmitForm,
        Kind::ImportData,
        Kind::ResetForm,
        Kind::Movie,
        Kind::Sound,
        Kind::ThreeD,
        Kind::RichMedia,
        Kind::EscapedName,
        Kind::DecompressionBomb,
        Kind::LimitReached,
        Kind::NotAPdf,
        Kind::HeaderMissing,
        Kind::HeaderOffset,
    ];
    for finding in of(&others) {
        same("other", String::new(), finding.to_string());
    }
    out
}

#[test]
fn what_is_harmless_is_accepted() {
    let labels = FILES.get_file("labels.json").unwrap().contents();
    let labels: Value = serde_json::from_slice(labels).unwrap();
    for (name, bytes) in pdfs() {
        let label = &labels["files"][name];
        let harmless = label["findings"]
            .as_object()
            .is_some_and(serde_json::Map::is_empty);
        if harmless {
            assert_eq!(portal(bytes).verdict, Verdict::Accepted, "{name}");
        }
    }
}
