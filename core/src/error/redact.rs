//! Makes text from outside fit to be shown: one line, bounded, without what must not be in a log.

/// What stands in place of a secret.
pub(super) const REDACTED: &str = "[redacted]";

/// The longest text that is kept of an answer, in characters.
pub(super) const SHOWN: usize = 500;

/// Names whose value is a secret, matched as the end of a name without regard to case.
const SECRET_NAMES: &[&str] = &[
    "secret",
    "password",
    "passwd",
    "pwd",
    "passphrase",
    "adgangskode",
    "kodeord",
    "assertion",
    "token",
    "authorization",
    "cookie",
    "api_key",
    "apikey",
    "private_key",
];

/// One line of at most [`SHOWN`] characters, redacted. `None` if nothing is left.
pub(super) fn shown(text: &str) -> Option<String> {
    shown_within(text, SHOWN)
}

/// As [`shown`], with another limit.
pub(crate) fn shown_within(text: &str, limit: usize) -> Option<String> {
    // Redact more than is shown, so that what is cut off cannot be a secret's recognisable half.
    let examined = limit.saturating_mul(8);
    let line = one_line(text, examined);
    let redacted = redact(&line);
    let mut out: String = redacted.chars().take(limit).collect();
    if out.len() < redacted.len() {
        out.push('…');
    }
    (!out.is_empty()).then_some(out)
}

/// A recovered argument, as it is where it may be shown so.
pub(super) fn shown_argument(text: &str) -> String {
    let line = one_line(text, text.len());
    let plain = |c: char| c == ' ' || !(c.is_whitespace() || is_invisible(c) || c.is_control());
    if redact(&line) == line && text.chars().all(plain) {
        return text.to_owned();
    }
    shown_within(text, SHOWN).unwrap_or_default()
}

/// Characters that show nothing, or turn the reading direction.
fn is_invisible(c: char) -> bool {
    matches!(c, '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}'
        | '\u{2060}'..='\u{2069}' | '\u{feff}' | '\u{ad}')
}

/// Joins lines and drops what could forge a log line or turn the reading direction. Where the text
/// is cut, the run of characters at the cut is dropped with it.
fn one_line(text: &str, limit: usize) -> String {
    let mut out = String::with_capacity(text.len().min(limit));
    let (mut count, mut cut) = (0, false);
    for c in text.chars() {
        if count >= limit {
            cut = true;
            break;
        }
        if is_invisible(c) {
            continue;
        }
        let space = c.is_whitespace() || c.is_control();
        if space && (out.is_empty() || out.ends_with(' ')) {
            continue;
        }
        out.push(if space { ' ' } else { c });
        count += 1;
    }
    if cut {
        let kept = out.trim_end_matches(|c: char| !c.is_whitespace()).len();
        out.truncate(kept);
    }
    out.truncate(out.trim_end().len());
    out
}

/// Replaces what looks like a token, a key, a password or a CPR number.
pub(super) fn redact(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(first) = rest.chars().next() {
        if let Some(after) = pem(rest) {
            out.push_str(REDACTED);
            rest = after;
        } else if is_run(first) {
            let end = rest.find(|c| !is_run(c)).unwrap_or(rest.len());
            // A key may follow letters without a break, as in `\\n-----BEGIN`.
            let key = rest[first.len_utf8()..end].find("-----BEGIN");
            let end = key.map_or(end, |at| first.len_utf8() + at);
            let (run, after) = rest.split_at(end);
            // `=` and `~` may end base64 or stand in it; they belong to the run before.
            rest = redact_run(run, after, &mut out);
        } else {
            out.push(first);
            rest = &rest[first.len_utf8()..];
        }
    }
    redact_cpr(&out)
}

/// The characters of base64, base64url and JWTs.
fn is_run(c: char) -> bool {
    c.is_ascii_alphanumeric() || matches!(c, '.' | '_' | '-' | '+' | '/')
}

fn pem(text: &str) -> Option<&str> {
    let body = text.strip_prefix("-----BEGIN ")?;
    let after = body.split_once("-----END ").map(|(_, end)| end);
    Some(after.map_or("", |end| {
        end.split_once("-----").map_or("", |(_, rest)| rest)
    }))
}

/// Writes one run and returns the text after what was written.
fn redact_run<'a>(run: &str, after: &'a str, out: &mut String) -> &'a str {
    if let Some(value_end) = secret_value(run, after) {
        let (value, rest) = after.split_at(value_end.end);
        out.push_str(run);
        out.push_str(value.get(..value_end.start).unwrap_or_default());
        out.push_str(REDACTED);
        return rest;
    }
    if let Some(at) = run.find("eyJ").filter(|at| run.len() - at >= 10) {
        out.push_str(&run[..at]);
        out.push_str(REDACTED);
    } else if is_token(run) {
        out.push_str(REDACTED);
        return after.trim_start_matches('=');
    } else {
        for (index, part) in run.split('.').enumerate() {
            if index > 0 {
                out.push('.');
            }
            out.push_str(if is_key_material(part) {
                REDACTED
            } else {
                part
            });
        }
    }
    after
}

/// Where the secret value lies in what follows a name such as `client_secret` or a scheme such as
/// `Bearer`.
fn secret_value(name: &str, after: &str) -> Option<std::ops::Range<usize>> {
    let name = name.rsplit(['.', '/']).next().unwrap_or(name);
    let ends_with = |end: &str| {
        name.len() >= end.len()
            && name.is_char_boundary(name.len() - end.len())
            && name[name.len() - end.len()..].eq_ignore_ascii_case(end)
    };
    let scheme = ["Bearer", "Basic", "DPoP"]
        .iter()
        .any(|s| name.eq_ignore_ascii_case(s));
    if scheme {
        let value = after.strip_prefix(' ')?;
        let length = value
            .find(|c: char| !is_run(c) && c != '~')
            .unwrap_or(value.len());
        let parameter = value[length..].starts_with('=') && !value[length..].starts_with("==");
        return (length >= 8 && !parameter).then_some(1..1 + length);
    }
    if !SECRET_NAMES.iter().any(|end| ends_with(end)) {
        return None;
    }
    // `name=value`, `name: value`, `"name":"value"`, `\"name\":\"value\"`.
    let lead = |text: &str, set: &[char]| text.len() - text.trim_start_matches(set).len();
    let closing = lead(after, &['\\', '"', '\'', ' ']);
    let separator = after[closing..]
        .chars()
        .next()
        .filter(|c| matches!(c, '=' | ':'))?;
    let start = closing + separator.len_utf8();
    let start = start + lead(&after[start..], &[' ', '>']);
    let opening = lead(&after[start..], &['\\']);
    let quote = after[start + opening..]
        .chars()
        .next()
        .filter(|c| matches!(c, '"' | '\''));
    let (from, length) = if let Some(quote) = quote {
        let from = start + opening + 1;
        // Up to the closing quote; an escaped one inside stays inside.
        let mut escaped = false;
        let length = after[from..].find(|c| {
            let end = c == quote && (!escaped || opening > 0);
            escaped = c == '\\' && !escaped;
            end
        });
        (from, length.unwrap_or(after.len() - from))
    } else {
        // Unquoted: the word, and the next one after a scheme (`Authorization: Bearer x`).
        let value = &after[start..];
        let end = |text: &str| {
            text.find(|c: char| c.is_whitespace() || matches!(c, '&' | ',' | ';' | '"' | '<' | '}'))
                .unwrap_or(text.len())
        };
        let mut length = end(value);
        let word = &value[..length];
        if ["Bearer", "Basic", "DPoP"]
            .iter()
            .any(|s| word.eq_ignore_ascii_case(s))
        {
            let next = value[length..].trim_start();
            length = value.len() - next.len() + end(next);
        }
        (start, length)
    };
    (length > 0).then_some(from..from + length)
}

/// Three base64url parts, as a JWT has, also without the usual beginning.
fn is_token(run: &str) -> bool {
    let parts: Vec<&str> = run.split('.').take(6).collect();
    (3..=5).contains(&parts.len())
        && run.len() >= 40
        && parts.iter().take(2).all(|p| p.len() >= 10)
        && run.bytes().any(|b| b.is_ascii_uppercase())
        && run.bytes().any(|b| b.is_ascii_digit())
}

/// A long run of base64 or hex. Words, paths in lower case and UUIDs are none.
fn is_key_material(part: &str) -> bool {
    let has = |f: fn(&u8) -> bool| part.as_bytes().iter().any(f);
    if part.len() < 32 {
        return false;
    }
    let mixed =
        has(u8::is_ascii_uppercase) && has(u8::is_ascii_lowercase) && has(u8::is_ascii_digit);
    let hex = part.len() >= 48 && part.bytes().all(|b| b.is_ascii_hexdigit());
    mixed || hex || (part.len() >= 64 && !part.contains(['/', '-', '_']))
}

/// Replaces ten digits in a row and six digits, a separator and four digits: a CPR number, also
/// where letters stand beside it. Longer rows of digits are something else.
fn redact_cpr(text: &str) -> String {
    let bytes = text.as_bytes();
    let mut out = String::with_capacity(text.len());
    let (mut at, mut copied) = (0, 0);
    while at < bytes.len() {
        let digits = count_digits(&bytes[at..]);
        let mut end = at + digits;
        let found = match digits {
            10 => true,
            6 => {
                let separator = separator_length(&bytes[end..]);
                let four = separator > 0 && count_digits(&bytes[end + separator..]) == 4;
                if four {
                    end += separator + 4;
                }
                four
            }
            _ => false,
        };
        if found {
            out.push_str(&text[copied..at]);
            out.push_str(REDACTED);
            copied = end;
        }
        at = end.max(at + 1);
    }
    out.push_str(&text[copied..]);
    out
}

fn count_digits(bytes: &[u8]) -> usize {
    bytes.iter().take_while(|b| b.is_ascii_digit()).count()
}

fn separator_length(bytes: &[u8]) -> usize {
    // Spaces around a dash, and the dashes that word processors make of it.
    let mut length = 0;
    for separator in [
        "-", "\u{2010}", "\u{2011}", "\u{2012}", "\u{2013}", "\u{2014}", " ", "\u{a0}", "%20", "+",
        "/", ".",
    ] {
        if bytes.starts_with(separator.as_bytes()) {
            length = separator.len();
            break;
        }
    }
    if length == 1 && bytes.starts_with(b" - ") {
        return 3;
    }
    length
}

#[cfg(test)]
mod tests {
    use super::{redact, shown, REDACTED, SHOWN};

    #[test]
    fn secrets_are_replaced() {
        let jwt = "eyJhbGciOiJSUzI1NiJ9.eyJzdWIiOiIzMDgwODQ2MCJ9.c2lnbmF0dXJlLXNpZ25hdHVyZQ";
        let other = "QWxhZGRpbjpvcGVu.U2VzYW1lOm9wZW4x.MTIzNDU2Nzg5MGFi";
        let long = "MIIEvQIBADANBgkqhkiG9w0BAQEFAASCBKcwggSjAgEAAoIBAQC7VJTUt9Us8cKj";
        for (text, secret) in [
            (format!("token {jwt} refused"), jwt),
            (format!("x={other}."), other),
            (format!("key {long}=="), long),
            ("CPR 4634875520 findes ikke".into(), "4634875520"),
            ("CPR4634875520x".into(), "4634875520"),
            ("463487-5520".into(), "463487-5520"),
            ("463487 5520".into(), "5520"),
            ("463487\u{2013}5520".into(), "5520"),
            ("client_secret=h%41mm3l!g&x=1".into(), "h%41mm3l!g"),
            ("{\"client_secret\":\"a b\"}".into(), "a b"),
            ("{\\\"client_secret\\\":\\\"abc\\\"}".into(), "abc"),
            ("password: hunter2, more".into(), "hunter2"),
            ("Authorization: Bearer abc.def".into(), "abc.def"),
            ("Authorization: Basic YWJj".into(), "YWJj"),
            ("got Bearer 0123abcd-xyz here".into(), "0123abcd"),
            (
                "-----BEGIN PRIVATE KEY-----\nabc\n-----END PRIVATE KEY----- x".into(),
                "abc",
            ),
            ("-----BEGIN PRIVATE KEY-----\nabc".into(), "abc"),
        ] {
            let out = redact(&text);
            assert!(!out.contains(secret), "{text} -> {out}");
            assert!(out.contains(REDACTED), "{text} -> {out}");
        }
    }

    #[test]
    fn ordinary_text_stays() {
        for text in [
            "PDF-filen er låst med password",
            "Token is not active",
            "Bearer realm=\"sts\", error=\"invalid_token\"",
            "handling.erklaering.udfyld.autorisering.intern",
            "e25d84d3-7aec-4361-84da-93125cb83f08",
            "/doedsbojournaler/e25d84d3-7aec-4361-84da-93125cb83f08/krav",
            "2026-11-21T08:05:00Z",
            "størrelse (12345678/10485760)",
            "dk.domstol.skifteportal.FejlException: null",
        ] {
            assert_eq!(redact(text), text);
        }
    }

    #[test]
    fn what_is_shown_is_one_bounded_line() {
        let text = shown(&format!("a\r\n\u{202e}b\0c {}", "x ".repeat(2000))).unwrap();
        assert!(text.starts_with("a b c x"));
        assert_eq!(text.chars().count(), SHOWN + 1);
        assert_eq!(shown(" \n\t"), None);
        // A number that lies across the cut does not show its half.
        let text = shown(&format!(
            "{} 4634875520",
            "eyJ0123456789abcdefg ".repeat(190)
        ));
        assert!(!text.unwrap().contains("46348"));
    }
}
