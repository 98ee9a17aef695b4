//! The targets by name.

use skifteportal::pdf::Verdict;

use crate::choices::Choices;
use crate::document::{build, build_with, script, Built};
use crate::encode::{chain, Coding};
use crate::encrypt::Encryptor;
use crate::invariants::{ends_in_time, hold};
use crate::remedy::remedied;

/// What a target's bytes are.
#[derive(Clone, Copy, Debug)]
pub enum Input {
    /// A file.
    Pdf,
    /// A file that holds a script: what decisions built is kept so, since what they mean changes.
    Script,
    /// Decisions, of which this builds a file.
    Decisions(fn(&[u8]) -> Built),
}

/// A target.
#[derive(Clone, Copy, Debug)]
pub struct Target {
    /// Its name, that of its fuzzer and of its folder of regressions.
    pub name: &'static str,
    /// What its bytes are.
    pub input: Input,
    /// What it runs with the file.
    judge: fn(&Built),
}

/// All targets.
pub const TARGETS: &[Target] = &[
    Target {
        name: "pdf_check",
        input: Input::Pdf,
        judge: pdf_check,
    },
    Target {
        name: "pdf_structured",
        input: Input::Decisions(pdf_structured),
        judge: see,
    },
    Target {
        name: "pdf_filter",
        input: Input::Decisions(pdf_filter),
        judge: see,
    },
    Target {
        name: "pdf_crypt",
        input: Input::Decisions(pdf_crypt),
        judge: see,
    },
    // Of past failures alone: no fuzzer can tell that its bytes hold a script.
    Target {
        name: "pdf_script",
        input: Input::Script,
        judge: see,
    },
    Target {
        name: "pdf_sanitize",
        input: Input::Pdf,
        judge: remedied,
    },
    Target {
        name: "pdf_sanitize_structured",
        input: Input::Decisions(pdf_structured),
        judge: remedied,
    },
];

/// The target of this name.
pub fn target(name: &str) -> Option<&'static Target> {
    TARGETS.iter().find(|target| target.name == name)
}

impl Target {
    /// The file that these bytes are, or of which they decide.
    pub fn file(&self, bytes: &[u8]) -> Built {
        match self.input {
            Input::Pdf | Input::Script => Built {
                bytes: bytes.to_vec(),
                holds_script: matches!(self.input, Input::Script),
            },
            Input::Decisions(build) => build(bytes),
        }
    }

    /// Runs the target with these bytes. Panics where something does not hold.
    pub fn run(&self, bytes: &[u8]) {
        (self.judge)(&self.file(bytes));
    }
}

/// Any bytes.
fn pdf_check(file: &Built) {
    let report = hold(&file.bytes);
    ends_in_time(&file.bytes, &report);
}

/// A file that was built.
fn see(file: &Built) {
    let report = hold(&file.bytes);
    ends_in_time(&file.bytes, &report);
    assert!(
        !file.holds_script || report.verdict != Verdict::Accepted,
        "a script was not seen"
    );
}

/// A plausible file: deep, where bytes alone would end in the first parser.
fn pdf_structured(decisions: &[u8]) -> Built {
    build(&mut Choices::new(decisions))
}

/// Streams: an object stream, and an XFA packet, behind a chain of filters. Their data is what the
/// chain makes of something readable, the same with some bytes changed, or anything.
fn pdf_filter(decisions: &[u8]) -> Built {
    let mut choices = Choices::new(decisions);
    let codings: Vec<Coding> = (0..choices.below(4))
        .map(|_| Coding::any(&mut choices))
        .collect();
    let action = script(&mut choices);
    let mut text = b"4 0 ".to_vec();
    text.extend(action);
    let (filter, mut data) = chain(&mut choices, &codings, &text);
    let damage = choices.below(4);
    let mut dictionary = format!("{filter} /N 1 /First 4");
    match damage {
        0 => {}
        1 => {
            while !choices.is_empty() {
                let at = choices.below(256) * data.len() / 256;
                let byte = choices.byte();
                if let Some(place) = data.get_mut(at) {
                    *place = byte;
                }
            }
        }
        2 => {
            // The parameters as well.
            let extra = crate::syntax::value(&mut choices, 6, 2);
            let extra = String::from_utf8_lossy(&extra).into_owned();
            dictionary = format!("/DecodeParms {extra} {dictionary}");
            data = choices.rest().to_vec();
        }
        _ => data = choices.rest().to_vec(),
    }
    Built {
        bytes: file_around(&dictionary, &data, None),
        holds_script: damage == 0,
    }
}

/// Encryption with the empty password: a whole document, or one object stream behind an `/Encrypt` that
/// was changed.
fn pdf_crypt(decisions: &[u8]) -> Built {
    let mut choices = Choices::new(decisions);
    if choices.below(2) == 0 {
        return build_with(&mut choices, true);
    }
    let mut encryptor = Encryptor::any(&mut choices);
    let action = script(&mut choices);
    let mut text = b"4 0 ".to_vec();
    text.extend(action);
    let mut data = encryptor.encrypt(5, 0, &text);
    let damaged = !choices.is_empty();
    while !choices.is_empty() {
        let at = choices.below(256);
        let byte = choices.byte();
        match choices.below(4) {
            0 => {
                let at = at * data.len() / 256;
                data.truncate(at);
                data.extend_from_slice(choices.bytes(40));
            }
            1 => encryptor.id = String::from("[<> <>]"),
            _ => change(&mut encryptor.dictionary, at, byte),
        }
    }
    Built {
        bytes: file_around("/N 1 /First 4", &data, Some(&encryptor)),
        holds_script: !damaged,
    }
}

/// Changes one character of a dictionary.
fn change(text: &mut String, at: usize, byte: u8) {
    let at = at * text.len() / 256;
    let mut bytes = std::mem::take(text).into_bytes();
    if let Some(place) = bytes.get_mut(at) {
        *place = byte & 0x7f;
    }
    *text = String::from_utf8(bytes).unwrap_or_default();
}

/// A file of one page, and an object stream with this data that holds object 4.
fn file_around(entries: &str, data: &[u8], encryptor: Option<&Encryptor>) -> Vec<u8> {
    let mut out = b"%PDF-1.7\n1 0 obj <</Type /Catalog /Pages 2 0 R /OpenAction 4 0 R \
        /AcroForm <</Fields [] /XFA 6 0 R>>>> endobj\n\
        2 0 obj <</Type /Pages /Kids [3 0 R] /Count 1>> endobj\n\
        3 0 obj <</Type /Page /Parent 2 0 R /MediaBox [0 0 9 9]>> endobj\n"
        .to_vec();
    for (number, kind) in [(5, "/ObjStm"), (6, "/X")] {
        let head = format!(
            "{number} 0 obj <</Type {kind} {entries} /Length {}>> stream\n",
            data.len()
        );
        out.extend_from_slice(head.as_bytes());
        out.extend_from_slice(data);
        out.extend_from_slice(b"\nendstream endobj\n");
    }
    let encrypt = encryptor.map_or_else(String::new, |e| {
        format!(" /Encrypt {} /ID {}", e.dictionary, e.id)
    });
    out.extend_from_slice(
        format!("trailer <</Size 7 /Root 1 0 R{encrypt}>>\nstartxref\n0\n%%EOF\n").as_bytes(),
    );
    out
}
