//! Finds the portal's codes in a body of any shape.
//!
//! Every operation's `default` response is `genericErrorResponse`, whose shape is not known. So
//! codes are looked for wherever they can stand, and paired with the text beside them.

use std::borrow::Cow;

use super::beside::{beside, is_named, Beside, TEXT_NAMES};
use super::catalogue::CodeEntry;
use super::code::{self, Mention};
use super::html;
use super::json::{self, Node};
use super::redact::{shown, shown_argument, shown_within};
use super::template::{self, Extent, Match};
use super::{FoundBy, FoundCode};
use crate::order;

/// How many codes are kept of one answer.
const CODES: usize = 64;

/// Names under which any word is a code, the likeliest first. Reading: the guide names none.
const CODE_NAMES: &[&str] = &[
    "fejlkode",
    "kode",
    "code",
    "errorcode",
    "error_code",
    "error-code",
    "fejl_kode",
    "messagekey",
    "message_key",
    "errorkey",
    "key",
    "errorid",
    "reasoncode",
];

/// What was found in a body.
#[derive(Default)]
pub(super) struct Scan {
    pub(super) codes: Vec<FoundCode>,
    status: u16,
}

/// A code before it is paired with a text.
struct Candidate<'a> {
    code: Cow<'a, str>,
    entry: Option<&'static CodeEntry>,
}

impl Scan {
    /// Codes in JSON and in the words before it.
    pub(super) fn json(before: &str, values: &[Node<'_>], status: u16) -> Vec<FoundCode> {
        let mut scan = Self {
            codes: Vec::new(),
            status,
        };
        scan.text(before, None, Extent::Page);
        for value in values {
            scan.node(value, None, 0);
        }
        scan.codes
    }

    /// Codes in a page or in plain text.
    pub(super) fn page(text: &str) -> Vec<FoundCode> {
        let mut scan = Self::default();
        scan.text(text, None, Extent::Page);
        scan.codes
    }

    fn node(&mut self, node: &Node<'_>, pointer: Option<&str>, depth: usize) {
        if self.codes.len() >= CODES {
            return;
        }
        match node {
            Node::Text(text) => self.string(text, pointer, depth),
            Node::Scalar(_) => {}
            Node::Array(items) => items
                .iter()
                .for_each(|item| self.node(item, pointer, depth + 1)),
            Node::Object(members) => self.object(members, pointer, depth),
        }
    }

    fn string(&mut self, text: &str, pointer: Option<&str>, depth: usize) {
        // JSON within a string, as gateways wrap it; not within that again.
        let inner = text.trim_start();
        if depth < 100 && (inner.starts_with("{\"") || inner.starts_with("[{")) {
            for value in json::read(inner) {
                self.node(&value, pointer, depth + 100);
            }
            return;
        }
        let text = html::unescape(text);
        self.text(&text, pointer, Extent::Value);
    }

    fn object(
        &mut self,
        members: &[(Cow<'_, str>, Node<'_>)],
        pointer: Option<&str>,
        depth: usize,
    ) {
        let beside = beside(members, pointer, depth);
        let mut used = None;
        for candidate in self.candidates(members) {
            // The text belongs to the first code of the object.
            let text = if used.is_none() { beside.text } else { None };
            used = used.or(text);
            self.pair(&candidate, text, &beside);
        }
        for (name, value) in members {
            if self.codes.len() >= CODES {
                return;
            }
            if let Some(code::Member { entry }) = code::whole(name) {
                let code = Cow::Borrowed(name.as_ref());
                self.named(&Candidate { code, entry }, value, &beside);
            }
            match value {
                Node::Text(text) if used.is_some_and(|used| used == text.as_ref()) => {}
                Node::Text(text) if code::whole(text).is_some() => {}
                Node::Text(_) => self.node(value, beside.pointer.as_deref(), depth),
                Node::Scalar(_) => {}
                // A member of a map of fields names the field.
                Node::Array(items) if items.iter().all(|i| matches!(i, Node::Text(_))) => {
                    let field = beside.pointer.as_deref().or(Some(name.as_ref()));
                    let field = field.filter(|_| depth > 0 && !is_named(name, TEXT_NAMES));
                    self.node(value, field, depth + 1);
                }
                _ => self.node(value, beside.pointer.as_deref(), depth + 1),
            }
        }
    }

    /// The codes that stand as values in an object, the likeliest first.
    fn candidates<'a>(&self, members: &'a [(Cow<'_, str>, Node<'_>)]) -> Vec<Candidate<'a>> {
        let mut ranked: Vec<(usize, Candidate<'a>)> = Vec::new();
        for (name, value) in members {
            let lower = name.to_ascii_lowercase();
            let rank = CODE_NAMES.iter().position(|n| *n == lower);
            let text = match value {
                Node::Text(text) => text.trim(),
                Node::Scalar(text) => text,
                _ => continue,
            };
            let (code, entry) = if let Some(code::Member { entry }) = code::whole(text) {
                (Cow::Borrowed(text), entry)
            } else if lower == "type" {
                let Some(code) = code::of_problem_type(text) else {
                    continue;
                };
                (
                    Cow::Borrowed(code),
                    code::whole(code).and_then(|member| member.entry),
                )
            } else {
                let nothing = matches!(text, "null" | "true" | "false" | "0");
                let status = text.parse() == Ok(self.status);
                if rank.is_none() || nothing || status || !code::is_word(text) {
                    continue;
                }
                (
                    shown_within(text, 128).map_or(Cow::Borrowed(text), Cow::Owned),
                    None,
                )
            };
            ranked.push((rank.unwrap_or(CODE_NAMES.len()), Candidate { code, entry }));
        }
        order::sort_by(&mut ranked, |(one, _), (other, _)| one.cmp(other));
        ranked.into_iter().map(|(_, candidate)| candidate).collect()
    }

    /// A code that is the name of a member.
    fn named(&mut self, candidate: &Candidate<'_>, value: &Node<'_>, beside: &Beside<'_>) {
        let own = |text| Beside {
            text,
            pointer: beside.pointer.clone(),
            arguments: Vec::new(),
        };
        match value {
            Node::Text(text) => self.pair(candidate, Some(text), &own(None)),
            Node::Scalar(_) => self.pair(candidate, None, &own(None)),
            Node::Array(items) => {
                let mut texts = items.iter().filter_map(|item| match item {
                    Node::Text(text) => Some(text.as_ref()),
                    _ => None,
                });
                let first = texts.next();
                self.pair(candidate, first, &own(None));
                texts.for_each(|text| self.pair(candidate, Some(text), &own(None)));
            }
            Node::Object(members) => {
                let inner = super::beside::beside(members, beside.pointer.as_deref(), 1);
                self.pair(candidate, inner.text, &inner);
            }
        }
    }

    fn pair(&mut self, candidate: &Candidate<'_>, text: Option<&str>, beside: &Beside<'_>) {
        let text = text.map(html::unescape);
        let text = text.as_deref();
        let mut arguments = Vec::new();
        let mut others = Vec::new();
        if let Some(text) = text {
            for found in template::find(text, Extent::Value, CODES) {
                let own = candidate
                    .entry
                    .is_some_and(|e| template::same_text(e, found.entry));
                if own && arguments.is_empty() {
                    arguments = found.arguments;
                } else if !own {
                    others.push(found);
                }
            }
        }
        if !beside.arguments.is_empty() {
            arguments.clone_from(&beside.arguments);
        }
        self.add(FoundCode {
            code: candidate.code.to_string(),
            template: candidate.entry,
            arguments,
            text: text
                .and_then(|text| without_code(text, &candidate.code))
                .and_then(shown),
            pointer: beside.pointer.clone(),
            found_by: FoundBy::Code,
        });
        // Codes and texts of others in the same text.
        if let Some(text) = text {
            for mention in code::mentions(text, CODES) {
                let code = text.get(mention.range).unwrap_or_default();
                if !code.eq_ignore_ascii_case(&candidate.code) {
                    self.add_plain(code, mention.entry, beside.pointer.as_deref());
                }
            }
        }
        for found in others {
            self.add_match(found, text.unwrap_or_default(), beside.pointer.as_deref());
        }
    }

    /// Codes and texts in a text that no code stands beside.
    fn text(&mut self, text: &str, pointer: Option<&str>, extent: Extent) {
        let mentions = code::mentions(text, CODES);
        let mut parts: Vec<(&str, Vec<Match>)> = Vec::with_capacity(mentions.len() + 1);
        let mut from = 0;
        for mention in &mentions {
            parts.push(part(text, from, mention.range.start, extent));
            from = mention.range.end;
        }
        parts.push(part(text, from, text.len(), extent));
        for (number, mention) in mentions.into_iter().enumerate() {
            self.mention(text, number, &mention, &mut parts, pointer);
        }
        for (text, matches) in parts {
            for found in matches {
                self.add_match(found, text, pointer);
            }
        }
    }

    /// Pairs a code in a text with the text after it, or before it.
    fn mention(
        &mut self,
        text: &str,
        number: usize,
        mention: &Mention,
        parts: &mut [(&str, Vec<Match>)],
        pointer: Option<&str>,
    ) {
        let (mut arguments, mut beside) = (Vec::new(), None);
        for at in [number + 1, number] {
            let Some((part, matches)) = parts.get_mut(at) else {
                continue;
            };
            let own = |m: &Match| {
                mention
                    .entry
                    .is_some_and(|e| template::same_text(e, m.entry))
            };
            if let Some(place) = matches.iter().position(own) {
                arguments = matches.remove(place).arguments;
                beside = Some(*part);
                break;
            }
        }
        let worded = |part: &&str| part.chars().any(char::is_alphabetic);
        let after = parts.get(number + 1).map(|(part, _)| *part).filter(worded);
        let before = parts.get(number).map(|(part, _)| *part).filter(worded);
        let beside = beside.or(after).or(before).map(trim_separators);
        self.add(FoundCode {
            code: text
                .get(mention.range.clone())
                .unwrap_or_default()
                .to_owned(),
            template: mention.entry,
            arguments,
            text: beside.and_then(shown),
            pointer: pointer.map(str::to_owned),
            found_by: FoundBy::Code,
        });
    }

    fn add_plain(&mut self, code: &str, entry: Option<&'static CodeEntry>, pointer: Option<&str>) {
        self.add(FoundCode {
            code: code.to_owned(),
            template: entry,
            arguments: Vec::new(),
            text: None,
            pointer: pointer.map(str::to_owned),
            found_by: FoundBy::Code,
        });
    }

    fn add_match(&mut self, found: Match, text: &str, pointer: Option<&str>) {
        self.add(FoundCode {
            code: found.entry.code.to_owned(),
            template: Some(found.entry),
            arguments: found.arguments,
            text: shown(trim_separators(text)),
            pointer: pointer.map(str::to_owned),
            found_by: FoundBy::Text,
        });
    }

    /// Adds a code, or completes the one that is there: a text above a list and the code within it
    /// are one error.
    fn add(&mut self, mut new: FoundCode) {
        new.pointer = new.pointer.as_deref().and_then(|p| shown_within(p, 200));
        let sizes = new
            .template
            .is_some_and(|e| matches!(e.code, "doedsbo.f18" | "doedsbo.f19"));
        for argument in &mut new.arguments {
            // A size may have ten digits without being a CPR number.
            let number = |c: char| c.is_ascii_digit() || matches!(c, '.' | ',' | ' ' | '\u{a0}');
            if !(sizes && argument.trim().chars().all(number)) {
                *argument = shown_argument(argument);
            }
        }
        if new.template.is_none() {
            new.code = shown_within(&new.code, 128).unwrap_or_default();
        }
        let same = |old: &&mut FoundCode| {
            let code = old.code.eq_ignore_ascii_case(&new.code)
                || (old.found_by != new.found_by
                    && old
                        .template
                        .zip(new.template)
                        .is_some_and(|(a, b)| template::same_text(a, b)));
            let pointer =
                old.pointer == new.pointer || old.pointer.is_none() || new.pointer.is_none();
            let arguments = old.arguments == new.arguments
                || old.arguments.is_empty()
                || new.arguments.is_empty();
            code && pointer && arguments
        };
        if let Some(old) = self.codes.iter_mut().find(same) {
            if new.found_by == FoundBy::Code && old.found_by == FoundBy::Text {
                old.code = new.code;
                old.template = new.template;
                old.found_by = FoundBy::Code;
            }
            if old.arguments.is_empty() {
                old.arguments = new.arguments;
            }
            old.text = old.text.take().or(new.text);
            old.pointer = old.pointer.take().or(new.pointer);
        } else if self.codes.len() < CODES {
            self.codes.push(new);
        }
    }
}

fn part(text: &str, from: usize, to: usize, extent: Extent) -> (&str, Vec<Match>) {
    let part = text.get(from..to).unwrap_or_default();
    (part, template::find(part, extent, CODES))
}

fn is_separator(c: char) -> bool {
    c.is_whitespace()
        || matches!(
            c,
            ':' | '-' | '–' | '—' | ';' | ',' | '=' | '|' | '[' | ']' | '"' | '>'
        )
}

fn trim_separators(text: &str) -> &str {
    text.trim_matches(is_separator)
}

/// The text without the code that it repeats; `None` if nothing else is in it.
fn without_code<'a>(text: &'a str, code: &str) -> Option<&'a str> {
    let text = text.trim();
    let rest = match text.get(..code.len()) {
        Some(head) if head.eq_ignore_ascii_case(code) => {
            text[code.len()..].trim_start_matches(is_separator)
        }
        _ => text,
    };
    (!rest.is_empty()).then_some(rest)
}
