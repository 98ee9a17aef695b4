//! Rust documentation as docstrings.

use heck::ToShoutySnakeCase;
use pulldown_cmark::{BrokenLink, CodeBlockKind, CowStr, Event, Options, Parser, Tag, TagEnd};

/// ruff's limit for the lines of the files that this goes into.
const WIDTH: usize = 108;

/// A docstring of Python, as lines.
pub(crate) fn docstring(doc: Option<&str>, fallback: &str) -> String {
    let text = text(doc, fallback, WIDTH - 8);
    let escaped = text.replace('\\', "\\\\").replace("\"\"\"", "'''");
    if escaped.contains('\n') {
        format!("\"\"\"{escaped}\n\"\"\"")
    } else {
        format!("\"\"\"{escaped}\"\"\"")
    }
}

/// Plain paragraphs, wrapped.
pub(crate) fn text(doc: Option<&str>, fallback: &str, width: usize) -> String {
    let mut paragraphs = paragraphs(doc.unwrap_or_default());
    if paragraphs.is_empty() {
        paragraphs.push(fallback.to_owned());
    }
    let wrapped: Vec<String> = paragraphs.iter().map(|p| wrapped(p, width)).collect();
    let mut out = String::new();
    for (index, paragraph) in wrapped.iter().enumerate() {
        if index > 0 {
            let listed = paragraph.starts_with("- ") && wrapped[index - 1].starts_with("- ");
            out.push_str(if listed { "\n" } else { "\n\n" });
        }
        out.push_str(paragraph);
    }
    out
}

fn wrapped(text: &str, width: usize) -> String {
    let mut out = String::new();
    let mut length = 0;
    for word in text.split(' ').filter(|word| !word.is_empty()) {
        let own = word.chars().count();
        if length > 0 && length + 1 + own > width {
            out.push('\n');
            length = 0;
        } else if length > 0 {
            out.push(' ');
            length += 1;
        }
        out.push_str(word);
        length += own;
    }
    out
}

/// A path of Rust as Python writes it: `Kind::JavaScript` is `Kind.JAVA_SCRIPT` there.
fn path(text: &str) -> String {
    let parts: Vec<&str> = text
        .trim_end_matches("()")
        .split("::")
        .filter(|part| !matches!(*part, "crate" | "self" | "super" | "Self"))
        .collect();
    let is_type = |part: &&str| part.starts_with(char::is_uppercase);
    // The modules of Rust are no part of the name in Python.
    let begin = parts.iter().position(is_type).unwrap_or(0);
    match &parts[begin..] {
        [one] => (*one).to_owned(),
        [owner, case] if is_type(case) => format!("{owner}.{}", case.to_shouty_snake_case()),
        more => more.join("."),
    }
}

/// Code that the documentation quotes: `Session.submitToken` is written for Java.
fn code(text: &str) -> String {
    let is_path = text.contains('.') && text.chars().all(|c| c.is_alphanumeric() || c == '.');
    match text.rsplit_once('.') {
        Some((owner, member)) if is_path && owner.starts_with(char::is_uppercase) => {
            if member.starts_with(char::is_uppercase) {
                format!("{owner}.{member}")
            } else {
                format!("{owner}.{}", super::names::member(member))
            }
        }
        _ => text.to_owned(),
    }
}

fn paragraphs(doc: &str) -> Vec<String> {
    // A link within the documentation of Rust has no target that means anything here.
    let anything = |_: BrokenLink<'_>| Some((CowStr::from(""), CowStr::from("")));
    let parser = Parser::new_with_broken_link_callback(doc, Options::empty(), Some(anything));
    let mut done = Vec::new();
    let mut text = String::new();
    let (mut links, mut skipping) = (0_usize, false);
    let mut lists: Vec<Option<u64>> = Vec::new();
    for event in parser {
        match event {
            // Code without a language is an example in Rust, which helps nobody here.
            Event::Start(Tag::CodeBlock(kind)) => {
                skipping = !matches!(&kind, CodeBlockKind::Fenced(name) if &**name == "text");
            }
            Event::End(TagEnd::CodeBlock) => {
                finish(&mut done, &mut text);
                skipping = false;
            }
            _ if skipping => {}
            Event::Start(Tag::Link { .. }) => links += 1,
            Event::End(TagEnd::Link) => links -= 1,
            Event::Start(Tag::List(first)) => lists.push(first),
            Event::End(TagEnd::List(_)) => {
                lists.pop();
            }
            Event::Start(Tag::Item) => {
                finish(&mut done, &mut text);
                match lists.last_mut() {
                    Some(Some(number)) => {
                        text = format!("{number}. ");
                        *number += 1;
                    }
                    _ => text.push_str("- "),
                }
            }
            Event::End(TagEnd::Paragraph | TagEnd::Heading(_) | TagEnd::Item) => {
                finish(&mut done, &mut text);
            }
            Event::Code(quoted) if links > 0 => {
                text.push('`');
                text.push_str(&path(&quoted));
                text.push('`');
            }
            Event::Code(quoted) => {
                text.push('`');
                text.push_str(&code(&quoted));
                text.push('`');
            }
            Event::Text(plain) => text.push_str(&plain.replace('\n', " ")),
            Event::SoftBreak | Event::HardBreak => text.push(' '),
            _ => {}
        }
    }
    finish(&mut done, &mut text);
    done
}

fn finish(done: &mut Vec<String>, text: &mut String) {
    let paragraph = std::mem::take(text);
    // A heading over an example that is left out would announce nothing.
    if !matches!(paragraph.trim(), "" | "-" | "Example" | "Examples") {
        done.push(paragraph.trim().to_owned());
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn markdown_becomes_plain() {
        let doc = "What [`Limits::work`] is, see [the guide](https://example.dk).\nMore.\n\n- one\n- two\n\n\
                   Tell `Session.submitToken`.\n\n# Examples\n```\nlet x = 1;\n```\n";
        assert_eq!(
            text(Some(doc), "", 100),
            "What `Limits.work` is, see the guide. More.\n\n- one\n- two\n\nTell `Session.submit_token`."
        );
        assert_eq!(docstring(None, "A \\ b."), "\"\"\"A \\\\ b.\"\"\"");
    }

    #[test]
    fn a_long_text_is_wrapped() {
        let text = docstring(Some(&"word ".repeat(60)), "");
        assert!(text.lines().all(|line| line.len() <= WIDTH), "{text}");
        assert!(text.ends_with("\n\"\"\""), "{text}");
    }
}
