//! What stands beside a code in its object: its text, its field, its arguments.

use std::borrow::Cow;

use super::code;
use super::json::Node;

/// Names under which the text of a code stands, the likeliest first. Reading.
pub(super) const TEXT_NAMES: &[&str] = &[
    "besked",
    "fejlbesked",
    "fejltekst",
    "message",
    "detail",
    "beskrivelse",
    "description",
    "defaultmessage",
    "errormessage",
    "error_message",
    "error_description",
    "tekst",
    "text",
    "msg",
    "reason",
    "da",
    "title",
    "titel",
    "details",
    "fejl",
    "error",
    "en",
];

/// Names under which the field that a code is about stands. Reading.
const POINTER_NAMES: &[&str] = &[
    "pointer",
    "jsonpointer",
    "field",
    "felt",
    "feltnavn",
    "property",
    "propertypath",
    "attribut",
    "attribute",
    "parameter",
    "instancepath",
    "loc",
    "path",
    "sti",
];

/// Names under which the arguments of a code stand. Reading.
const ARGUMENT_NAMES: &[&str] = &[
    "arguments",
    "args",
    "argumenter",
    "parametre",
    "params",
    "messagearguments",
];

/// What stands beside a code in its object.
#[derive(Default)]
pub(super) struct Beside<'a> {
    pub(super) text: Option<&'a str>,
    pub(super) pointer: Option<String>,
    pub(super) arguments: Vec<String>,
}

pub(super) fn is_named(name: &str, names: &[&str]) -> bool {
    names.iter().any(|n| n.eq_ignore_ascii_case(name))
}

/// What stands beside a code in its object.
pub(super) fn beside<'a>(
    members: &'a [(Cow<'_, str>, Node<'_>)],
    pointer: Option<&str>,
    depth: usize,
) -> Beside<'a> {
    let mut out = Beside {
        pointer: pointer.map(str::to_owned),
        ..Beside::default()
    };
    let (mut text_rank, mut pointer_rank) = (usize::MAX, usize::MAX);
    for (name, value) in members {
        let rank = |names: &[&str]| names.iter().position(|n| n.eq_ignore_ascii_case(name));
        match value {
            Node::Text(text) => {
                let is_code = code::whole(text).is_some();
                if let Some(rank) = rank(TEXT_NAMES).filter(|r| *r < text_rank && !is_code) {
                    if !text.trim().is_empty() {
                        (text_rank, out.text) = (rank, Some(text.as_ref()));
                    }
                }
                // At the top, `path` is the address that was called.
                let called = depth == 0 && name.eq_ignore_ascii_case("path");
                if let Some(rank) = rank(POINTER_NAMES).filter(|r| *r < pointer_rank && !called) {
                    (pointer_rank, out.pointer) = (rank, Some(text.to_string()));
                }
            }
            Node::Array(items) if is_named(name, ARGUMENT_NAMES) => {
                out.arguments = items.iter().take(8).filter_map(scalar).collect();
            }
            Node::Array(items) if name.eq_ignore_ascii_case("loc") => {
                let parts: Vec<String> = items.iter().take(16).filter_map(scalar).collect();
                out.pointer = out.pointer.or(Some(format!("/{}", parts.join("/"))));
            }
            Node::Object(inner) if name.eq_ignore_ascii_case("source") => {
                let source = inner.iter().find(|(n, _)| is_named(n, POINTER_NAMES));
                out.pointer = source.and_then(|(_, v)| scalar(v)).or(out.pointer);
            }
            _ => {}
        }
    }
    out
}

fn scalar(node: &Node<'_>) -> Option<String> {
    match node {
        Node::Text(text) => Some(text.chars().take(300).collect()),
        Node::Scalar(text) => Some(text.chars().take(300).collect()),
        _ => None,
    }
}
