//! Rust documentation as XML documentation.

use heck::ToUpperCamelCase;
use pulldown_cmark::{BrokenLink, CodeBlockKind, CowStr, Event, Options, Parser, Tag, TagEnd};

const WIDTH: usize = 110;

/// The comment of a public item: the first paragraph is its summary, the others are remarks.
pub(crate) fn comment(doc: Option<&str>, fallback: &str) -> String {
    let mut paragraphs = paragraphs(doc.unwrap_or_default());
    if paragraphs.is_empty() {
        paragraphs.push(escaped(fallback));
    }
    let summary = paragraphs.remove(0);
    let mut text = element("summary", "", &summary);
    if let [one] = paragraphs.as_slice() {
        text.push_str(&element("remarks", "", one));
    } else if !paragraphs.is_empty() {
        text.push_str("/// <remarks>\n");
        for paragraph in &paragraphs {
            text.push_str(&element("para", "", paragraph));
        }
        text.push_str("/// </remarks>\n");
    }
    text
}

/// The comment of a parameter.
pub(crate) fn parameter(name: &str, doc: &str) -> String {
    let attribute = format!(" name=\"{}\"", name.trim_start_matches('@'));
    let text = paragraphs(doc).into_iter().next().unwrap_or_default();
    element("param", &attribute, &text)
}

/// The first paragraph without marks, as a string literal's content.
pub(crate) fn first_sentence(doc: Option<&str>, fallback: &str) -> String {
    let first = doc.unwrap_or_default().split("\n\n").next().unwrap_or("");
    let plain: String = Parser::new(first)
        .filter_map(|event| match event {
            Event::Text(text) | Event::Code(text) => Some(text.into_string()),
            Event::SoftBreak | Event::HardBreak => Some(" ".to_owned()),
            _ => None,
        })
        .collect();
    let sentence = plain.split(". ").next().unwrap_or("").trim();
    if sentence.is_empty() {
        fallback.to_owned()
    } else {
        sentence.trim_end_matches('.').to_owned() + "."
    }
}

fn element(tag: &str, attributes: &str, text: &str) -> String {
    let one = format!("/// <{tag}{attributes}>{text}</{tag}>\n");
    if one.len() <= WIDTH {
        return one;
    }
    let mut lines = format!("/// <{tag}{attributes}>\n///");
    let mut length = 3;
    for word in text.split(' ') {
        if length + word.len() >= WIDTH {
            lines.push_str("\n///");
            length = 3;
        }
        lines.push(' ');
        lines.push_str(word);
        length += word.len() + 1;
    }
    format!("{lines}\n/// </{tag}>\n")
}

fn element_of_code(text: &str) -> String {
    format!("<c>{}</c>", escaped(text))
}

fn escaped(text: &str) -> String {
    text.replace('&', "&amp;")
        .replace('<', "&lt;")
        .replace('>', "&gt;")
}

/// A path of Rust as C# writes it: `Limits::work` is `Limits.Work` there.
fn path(text: &str) -> String {
    let parts: Vec<&str> = text
        .trim_end_matches("()")
        .split("::")
        .filter(|part| !matches!(*part, "crate" | "self" | "super" | "Self"))
        .collect();
    let is_type = |part: &&str| part.starts_with(char::is_uppercase);
    // The modules of Rust are no part of the name in C#.
    let begin = parts.iter().position(is_type).unwrap_or(0);
    let names: Vec<String> = parts[begin..]
        .iter()
        .map(|part| {
            if is_type(part) {
                (*part).to_owned()
            } else {
                part.to_upper_camel_case()
            }
        })
        .collect();
    names.join(".")
}

fn paragraphs(doc: &str) -> Vec<String> {
    // A link within the documentation of Rust has no target that means anything here.
    let anything = |_: BrokenLink<'_>| Some((CowStr::from(""), CowStr::from("")));
    let parser = Parser::new_with_broken_link_callback(doc, Options::empty(), Some(anything));
    let mut done = Vec::new();
    let mut text = String::new();
    let (mut links, mut skipping) = (0_usize, false);
    // The next number of each list around, if it is a list with numbers.
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
            Event::Code(code) if links > 0 => {
                text.push_str(&element_of_code(&path(&code)));
            }
            Event::Code(code) => text.push_str(&element_of_code(&code)),
            Event::Text(plain) => text.push_str(&escaped(&plain.replace('\n', " "))),
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
    fn markdown_becomes_xml() {
        let doc = "What a & b of [`Limits::work`] is <3, see [the guide](https://example.dk).\n\
                   More.\n\nThen `x < y`:\n\n- one\n- two\n\n1. first\n2. second\n\n# Examples\n```\nlet x = 1;\n```\n";
        let expected = "\
/// <summary>What a &amp; b of <c>Limits.Work</c> is &lt;3, see the guide. More.</summary>
/// <remarks>
/// <para>Then <c>x &lt; y</c>:</para>
/// <para>- one</para>
/// <para>- two</para>
/// <para>1. first</para>
/// <para>2. second</para>
/// </remarks>
";
        assert_eq!(comment(Some(doc), ""), expected);
        assert_eq!(
            comment(None, "A <b>."),
            "/// <summary>A &lt;b&gt;.</summary>\n"
        );
    }

    #[test]
    fn paths_lose_their_modules() {
        assert_eq!(
            path("crate::session::Session::poll_action"),
            "Session.PollAction"
        );
        assert_eq!(path("Self::work"), "Work");
        assert_eq!(path("decode()"), "Decode");
    }

    #[test]
    fn a_long_text_is_wrapped() {
        let text = comment(Some(&"word ".repeat(60)), "");
        assert!(text.lines().all(|line| line.len() <= WIDTH), "{text}");
    }

    #[test]
    fn the_first_sentence_is_plain() {
        assert_eq!(first_sentence(Some("A `b` of\nc. More."), ""), "A b of c.");
        assert_eq!(first_sentence(None, "x"), "x");
    }
}
