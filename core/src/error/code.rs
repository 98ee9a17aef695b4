//! What a code looks like, and where codes stand in a text.

use std::ops::Range;

use super::catalogue::{self, CodeEntry};

/// The longest code that is kept, in bytes. The guide's longest has 55.
const LONGEST: usize = 128;

/// A code of the portal's families in a text.
#[derive(Debug)]
pub(super) struct Mention {
    pub(super) range: Range<usize>,
    pub(super) entry: Option<&'static CodeEntry>,
}

/// A code of the portal's families: in the guide, or built as its codes are: `doedsbo.f` and a
/// number, or `handling.` or `sag.` and at least two more words (guide 4.3.6, 4.4.4).
#[derive(Clone, Copy, Debug)]
pub(super) struct Member {
    /// The guide's entry, if it has one.
    pub(super) entry: Option<&'static CodeEntry>,
}

/// Whether a text is a code of the portal's families and nothing else.
pub(super) fn whole(text: &str) -> Option<Member> {
    let text = text.trim();
    if text.len() > LONGEST || !begins_family(text) {
        return None;
    }
    let entry = catalogue::find(text);
    if entry.is_some() {
        return Some(Member { entry });
    }
    (family_length(text) == text.len()).then_some(Member { entry })
}

/// All codes of the portal's families in a text, in order; at most `limit`.
pub(super) fn mentions(text: &str, limit: usize) -> Vec<Mention> {
    let mut found = Vec::new();
    let mut at = 0;
    while let Some(start) = next_family(text, at) {
        if found.len() >= limit {
            break;
        }
        at = start + 1;
        let before = text.get(..start).unwrap_or_default();
        let joined = |c: char| c.is_alphanumeric() || matches!(c, '.' | '_' | '-' | '@');
        if before.ends_with(joined) || before.ends_with("//") {
            continue;
        }
        let rest = text.get(start..).unwrap_or_default();
        let length = family_length(rest);
        if length == 0 {
            continue;
        }
        let code = rest.get(..length).unwrap_or_default();
        let entry = catalogue::find(code);
        // Any letters may stand behind "sag."; a host or file name is no code.
        let last = code.rsplit('.').next().unwrap_or_default();
        let name = [
            "dk", "net", "com", "org", "eu", "json", "html", "yaml", "xml", "pdf", "java",
        ];
        if entry.is_none() && name.contains(&last) {
            continue;
        }
        found.push(Mention {
            range: start..start + length,
            entry,
        });
        at = start + length;
    }
    found
}

const FAMILIES: [&str; 3] = ["doedsbo.f", "handling.", "sag."];

fn begins_family(text: &str) -> bool {
    FAMILIES.iter().any(|family| {
        text.get(..family.len())
            .is_some_and(|head| head.eq_ignore_ascii_case(family))
    })
}

fn next_family(text: &str, from: usize) -> Option<usize> {
    let bytes = text.as_bytes();
    (from..bytes.len()).find(|&at| {
        let candidate = bytes
            .get(at)
            .is_some_and(|b| matches!(b, b'd' | b'D' | b'h' | b'H' | b's' | b'S'));
        candidate && text.get(at..).is_some_and(begins_family)
    })
}

/// The length of the code at the beginning of a text that begins a family; 0 if it is none.
fn family_length(text: &str) -> usize {
    let bytes = text.as_bytes();
    // All in capitals is a code too; otherwise a capital after a dot begins a sentence.
    let capitals = bytes.first().is_some_and(u8::is_ascii_uppercase);
    let (mut end, mut words) = (0, 0);
    while let Some(rest) = bytes.get(end + usize::from(words > 0)..) {
        if words > 0 && bytes.get(end) != Some(&b'.') {
            break;
        }
        let begins = |b: &u8| {
            b.is_ascii_lowercase() || b.is_ascii_digit() || (capitals && b.is_ascii_uppercase())
        };
        if !rest.first().is_some_and(begins) {
            break;
        }
        let word = rest
            .iter()
            .take_while(|b| b.is_ascii_alphanumeric() || matches!(b, b'_' | b'-'))
            .count();
        end += usize::from(words > 0) + word;
        words += 1;
        if end > LONGEST {
            return 0;
        }
    }
    // A hyphen at the end is the text's, not the code's.
    while bytes.get(..end).is_some_and(|code| code.ends_with(b"-")) {
        end -= 1;
    }
    let estate = bytes
        .get(..9)
        .is_some_and(|head| head.eq_ignore_ascii_case(b"doedsbo.f"));
    let digits = bytes
        .iter()
        .skip(9)
        .take_while(|b| b.is_ascii_digit())
        .count();
    // A longer row of digits is no number of a code, and may be a person's.
    let numbered = estate && (1..=5).contains(&digits);
    // A letter beyond ASCII right after means that this is a word of Danish, not a code.
    let whole = !text
        .get(end..)
        .and_then(|t| t.chars().next())
        .is_some_and(char::is_alphanumeric);
    if whole && (numbered || (!estate && words >= 3)) {
        end
    } else {
        0
    }
}

/// Whether a value under a name such as `code` is a code: one word, of any system.
pub(super) fn is_word(text: &str) -> bool {
    let sign = |c: char| c.is_alphanumeric() || matches!(c, '.' | '_' | '-' | ':' | '/' | '#');
    !text.is_empty() && text.len() <= LONGEST && text.chars().all(sign)
}

/// The code at the end of a URI that names a kind of problem, such as
/// `https://example.dk/fejl/doedsbo.f40` or `urn:problem:beloeb.ugyldigt`.
pub(super) fn of_problem_type(uri: &str) -> Option<&str> {
    let last = uri.rsplit(['/', '#', ':']).next().unwrap_or(uri);
    let dotted = last.contains('.') && !last.starts_with('.') && !last.ends_with('.');
    let lower = last.starts_with(|c: char| c.is_ascii_lowercase());
    // A host name stands right behind the two slashes.
    let host = uri.ends_with(&format!("//{last}"));
    let page = [".html", ".htm", ".json", ".md", ".php"]
        .iter()
        .any(|end| last.ends_with(end));
    (dotted && lower && !host && !page && is_word(last)).then_some(last)
}

#[cfg(test)]
mod tests {
    use super::{mentions, of_problem_type, whole};

    #[test]
    fn codes_in_text() {
        for (text, codes) in [
            ("Fejl doedsbo.f18: for stor", vec!["doedsbo.f18"]),
            ("doedsbo.f18.Bilaget er for stort", vec!["doedsbo.f18"]),
            ("(doedsbo.f1,doedsbo.f2)", vec!["doedsbo.f1", "doedsbo.f2"]),
            ("doedsbo.f99.", vec!["doedsbo.f99"]),
            ("DOEDSBO.F18", vec!["DOEDSBO.F18"]),
            ("/fejl/handling.ny.kode", vec!["handling.ny.kode"]),
            (
                "sag.status.afsluttet.Prøv igen",
                vec!["sag.status.afsluttet"],
            ),
            (
                "handling.tidlLedelse.dublet",
                vec!["handling.tidlLedelse.dublet"],
            ),
            ("Det er en lukket sag.prøv igen", vec![]),
            ("https://sag.domstol.dk/x minskiftesag.a.b", vec![]),
            ("sag.registrering.json doedsbo.for handling.a", vec![]),
        ] {
            let found: Vec<_> = mentions(text, 9)
                .into_iter()
                .map(|m| &text[m.range])
                .collect();
            assert_eq!(found, codes, "{text}");
        }
        assert!(whole(" doedsbo.f39 ").unwrap().entry.is_some());
        assert!(whole("doedsbo.f40").unwrap().entry.is_none());
        assert!(whole("sag.x").is_none() && whole("æ").is_none());
        assert_eq!(
            of_problem_type("https://x.dk/e/doedsbo.f40"),
            Some("doedsbo.f40")
        );
        assert_eq!(
            of_problem_type("urn:x:beloeb.ugyldigt"),
            Some("beloeb.ugyldigt")
        );
        assert_eq!(of_problem_type("https://x.dk"), None);
        assert_eq!(of_problem_type("about:blank"), None);
    }
}
