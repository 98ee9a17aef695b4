//! The words of a page that a gateway sent in place of an answer.

use std::borrow::Cow;

/// Whether a text is markup, by its content: gateways give pages any content type.
pub(super) fn is_markup(text: &str) -> bool {
    let start = text.trim_start();
    if !start.starts_with('<') {
        return false;
    }
    start
        .chars()
        .nth(1)
        .is_some_and(|c| c.is_ascii_alphabetic() || matches!(c, '!' | '?'))
}

/// The text of the first element of a name.
pub(super) fn element<'a>(text: &'a str, name: &str) -> Option<Cow<'a, str>> {
    let mut rest = text;
    while let Some((_, after)) = rest.split_once('<') {
        rest = after;
        let head = after.get(..name.len()).unwrap_or_default();
        if !head.eq_ignore_ascii_case(name) {
            continue;
        }
        let tail = &after[name.len()..];
        if tail.starts_with(|c: char| c == '>' || c.is_whitespace()) {
            let (_, content) = tail.split_once('>')?;
            let end = content.find('<').unwrap_or(content.len());
            return Some(unescape(content[..end].trim()));
        }
    }
    None
}

/// The words between the tags, without scripts and styles. Tags become spaces, those that begin a
/// line become line breaks.
pub(super) fn words(text: &str) -> String {
    let mut out = String::with_capacity(text.len() / 2);
    let mut rest = text;
    loop {
        let Some(at) = rest.find('<') else {
            out.push_str(&unescape(rest));
            break;
        };
        out.push_str(&unescape(&rest[..at]));
        let tag = &rest[at + 1..];
        if let Some(comment) = tag.strip_prefix("!--") {
            rest = comment.split_once("-->").map_or("", |(_, after)| after);
            continue;
        }
        let name = tag
            .split(|c: char| !(c.is_ascii_alphanumeric() || c == '/'))
            .next()
            .unwrap_or_default()
            .to_ascii_lowercase();
        let inline = [
            "b", "i", "em", "strong", "span", "a", "code", "tt", "font", "u",
        ];
        out.push(if inline.contains(&name.trim_start_matches('/')) {
            ' '
        } else {
            '\n'
        });
        rest = tag.split_once('>').map_or("", |(_, after)| after);
        if name == "script" || name == "style" {
            let end = format!("</{name}");
            let closing = |window: &[u8]| window.eq_ignore_ascii_case(end.as_bytes());
            let at = rest.as_bytes().windows(end.len()).position(closing);
            rest = at.and_then(|at| rest.get(at..)).unwrap_or_default();
        }
    }
    out
}

/// Replaces the character references that error texts hold.
pub(super) fn unescape(text: &str) -> Cow<'_, str> {
    if !text.contains('&') {
        return Cow::Borrowed(text);
    }
    let mut out = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(at) = rest.find('&') {
        out.push_str(&rest[..at]);
        rest = &rest[at..];
        let end = rest.bytes().take(12).position(|b| b == b';');
        let known = end.and_then(|end| rest.get(1..end).and_then(reference).map(|c| (c, end)));
        if let Some((c, end)) = known {
            out.push(c);
            rest = &rest[end + 1..];
        } else {
            out.push('&');
            rest = &rest[1..];
        }
    }
    out.push_str(rest);
    Cow::Owned(out)
}

fn reference(name: &str) -> Option<char> {
    if let Some(number) = name.strip_prefix('#') {
        let code = match number.strip_prefix(['x', 'X']) {
            Some(hex) => u32::from_str_radix(hex, 16).ok()?,
            None => number.parse().ok()?,
        };
        return char::from_u32(code).filter(|c| !c.is_control() || c.is_whitespace());
    }
    Some(match name {
        "amp" => '&',
        "lt" => '<',
        "gt" => '>',
        "quot" | "ldquo" | "rdquo" => '"',
        "apos" | "lsquo" | "rsquo" => '\'',
        "nbsp" => ' ',
        "aelig" => 'æ',
        "oslash" => 'ø',
        "aring" => 'å',
        "AElig" => 'Æ',
        "Oslash" => 'Ø',
        "Aring" => 'Å',
        "eacute" => 'é',
        "ndash" | "mdash" => '-',
        _ => return None,
    })
}

#[cfg(test)]
mod tests {
    use super::{element, is_markup, unescape, words};

    #[test]
    fn a_gateways_page() {
        let page = "\n<!DOCTYPE html><HTML><head><TITLE lang=en>502 Bad&nbsp;Gateway</TITLE>\
            <style>a{}</style><script>if (a<b) {}</script></head><body><!-- x --><h1>Fejl &#230;</h1></body>";
        assert!(is_markup(page));
        assert_eq!(element(page, "title").unwrap(), "502 Bad Gateway");
        let words = words(page);
        assert!(words.contains("Fejl æ") && !words.contains("a<b") && !words.contains('x'));
        assert!(!is_markup("< 5") && !is_markup("{}") && !is_markup(""));
        assert_eq!(unescape("&#39;A&#x27; &bogus; & &"), "'A' &bogus; & &");
        assert_eq!(element("<title", "title"), None);
        assert_eq!(element("<title>x", "title").unwrap(), "x");
    }
}
