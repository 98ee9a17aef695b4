//! What an XFA form holds (XFA 3.3): scripts, and events that send the form.
//!
//! This is no XML parser: it looks at tags one after the other, so that a form that is not well-formed
//! is looked at as well.

/// What was found in a form, as places in its text.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct Scripts {
    /// The first `script` element that is not empty. JavaScript and `FormCalc` are both scripts.
    pub(super) script: Option<usize>,
    /// The first `submit` element inside of an `event`.
    pub(super) submit: Option<usize>,
}

/// Where the last ends of comments and the like are, so that none is searched for in vain again and again.
struct Ends {
    comment: usize,
    cdata: usize,
    instruction: usize,
}

impl Ends {
    fn of(form: &[u8]) -> Self {
        let last = |what: &[u8]| {
            let at = form.windows(what.len()).rposition(|window| window == what);
            at.map_or(0, |at| at + 1)
        };
        Self {
            comment: last(b"-->"),
            cdata: last(b"]]>"),
            instruction: last(b"?>"),
        }
    }

    fn comment(&self, form: &[u8], from: usize) -> Option<usize> {
        (from < self.comment).then(|| find(form, from, b"-->"))?
    }

    fn cdata(&self, form: &[u8], from: usize) -> Option<usize> {
        (from < self.cdata).then(|| find(form, from, b"]]>"))?
    }

    fn instruction(&self, form: &[u8], from: usize) -> Option<usize> {
        (from < self.instruction).then(|| find(form, from, b"?>"))?
    }
}

/// The text of a form as ASCII-compatible bytes: of UTF-16 the zero bytes are dropped.
pub(super) fn narrow(form: Vec<u8>) -> Vec<u8> {
    let zeros = form.iter().take(64).filter(|b| **b == 0).count();
    if zeros < 16 {
        return form;
    }
    form.into_iter().filter(|b| *b != 0).collect()
}

/// Looks for scripts and submissions.
pub(super) fn look(form: &[u8]) -> Scripts {
    let mut found = Scripts::default();
    let (mut events, mut data) = (0_usize, 0_usize);
    let ends = Ends::of(form);
    let mut at = 0;
    while let Some(start) = find(form, at, b"<") {
        let rest = form.get(start + 1..).unwrap_or_default();
        // Inside of a declaration (`<!ENTITY x "<script>…">`) tags are looked at too.
        let skipped = if rest.starts_with(b"!--") {
            ends.comment(form, start)
        } else if rest.starts_with(b"![CDATA[") {
            ends.cdata(form, start)
        } else if rest.starts_with(b"?") {
            ends.instruction(form, start)
        } else {
            None
        };
        if let Some(end) = skipped {
            at = end + 2;
            continue;
        }
        at = start + 1;
        if rest.starts_with(b"!") {
            continue;
        }
        let closing = rest.first() == Some(&b'/');
        let name = local_name(rest.get(usize::from(closing)..).unwrap_or_default());
        let Some(end) = tag_end(form, at).filter(|_| !name.is_empty()) else {
            continue;
        };
        let empty = form.get(end.saturating_sub(1)) == Some(&b'/');
        let step = |depth: usize| match (closing, empty) {
            (true, _) => depth.saturating_sub(1),
            (_, true) => depth,
            _ => depth + 1,
        };
        match name {
            b"event" => events = step(events),
            // What was filled in, where an element may have any name, and how the form is processed,
            // where `script` is a setting.
            b"datasets" | b"config" => data = step(data),
            b"script" if !closing && !empty && data == 0 && found.script.is_none() => {
                found.script = has_text(form, end + 1, &ends).then_some(start);
            }
            b"submit" if !closing && events > 0 && found.submit.is_none() => {
                found.submit = Some(start);
            }
            _ => {}
        }
        at = end;
    }
    found
}

/// The text of the script at `start`, without its tags.
pub(super) fn script_text(form: &[u8], start: usize) -> &[u8] {
    let body = tag_end(form, start).map_or(form.len(), |end| end + 1);
    let end = find(form, body, b"</").unwrap_or(form.len());
    let text = form.get(body..end).unwrap_or_default();
    text.strip_prefix(b"<![CDATA[").unwrap_or(text)
}

/// The name of a tag without its prefix.
fn local_name(tag: &[u8]) -> &[u8] {
    let end = tag
        .iter()
        .position(|b| b.is_ascii_whitespace() || matches!(b, b'>' | b'/' | b'<'))
        .unwrap_or(tag.len());
    let name = tag.get(..end).unwrap_or_default();
    name.rsplit(|b| *b == b':').next().unwrap_or(name)
}

/// Where the `>` of a tag is. One inside of an attribute's quotes does not end it.
fn tag_end(form: &[u8], from: usize) -> Option<usize> {
    let mut quote = None;
    for (index, byte) in form.iter().enumerate().skip(from) {
        match (byte, quote) {
            (b'"' | b'\'', None) => quote = Some(*byte),
            (_, Some(open)) if open == *byte => quote = None,
            (b'>', None) => return Some(index),
            // Not well-formed: what follows is another tag.
            (b'<', None) if index > from => return None,
            _ => {}
        }
    }
    None
}

/// Whether something other than blanks and comments stands before the next end tag.
fn has_text(form: &[u8], from: usize, ends: &Ends) -> bool {
    let mut at = from;
    loop {
        let rest = form.get(at..).unwrap_or_default();
        let blanks = rest.iter().take_while(|b| b.is_ascii_whitespace()).count();
        at += blanks;
        let rest = form.get(at..).unwrap_or_default();
        if rest.starts_with(b"<!--") {
            let Some(end) = ends.comment(form, at) else {
                return false;
            };
            at = end + 3;
        } else if rest.starts_with(b"<![CDATA[") {
            let end = ends.cdata(form, at).unwrap_or(form.len());
            let text = form.get(at + b"<![CDATA[".len()..end).unwrap_or_default();
            if text.iter().any(|b| !b.is_ascii_whitespace()) {
                return true;
            }
            at = end + 3;
        } else {
            return !rest.is_empty() && !rest.starts_with(b"</");
        }
    }
}

fn find(bytes: &[u8], from: usize, what: &[u8]) -> Option<usize> {
    let first = *what.first()?;
    let mut at = from;
    loop {
        let rest = bytes.get(at..)?;
        at += rest.iter().position(|b| *b == first)?;
        if bytes.get(at..)?.starts_with(what) {
            return Some(at);
        }
        at += 1;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn scripted(form: &str) -> bool {
        look(form.as_bytes()).script.is_some()
    }

    #[test]
    fn scripts() {
        for form in [
            "<script>x</script>",
            "<xfa:script contentType='application/x-javascript'>x</xfa:script>",
            "<event activity='click'><script\n>x</script></event>",
            "<calculate><script contentType=\"a>b\"> <![CDATA[ x ]]></script></calculate>",
            "<script><!-- c --> x</script>",
            "<!DOCTYPE a [<!ENTITY x \"<script>app.alert(1)</script>\">]>",
            "<a <script>x",
            "<datasets><script>a</script></datasets><script>x</script>",
        ] {
            assert!(scripted(form), "{form}");
        }
        for form in [
            "",
            "script",
            "<script/>",
            "<script></script>",
            "<script> <![CDATA[ ]]> <!-- x --> </script>",
            "<!-- <script>x</script> -->",
            "<![CDATA[<script>x</script>]]>",
            "<xfa:datasets><script>x</script></xfa:datasets>",
            "<config><acrobat><script><runScripts>server</runScripts></script></acrobat></config>",
            "<scripts>x</scripts>",
            "<text>&lt;script>x</text>",
            "<script",
            "<script>",
            "<",
        ] {
            assert!(!scripted(form), "{form}");
        }
    }

    #[test]
    fn submissions() {
        let submits = |form: &str| look(form.as_bytes()).submit.is_some();
        assert!(submits(
            "<event activity='click'><submit target='mailto:x'/></event>"
        ));
        assert!(!submits("<event><execute/></event><submit/>"));
        assert!(!submits("<event/><submit/>"));
    }

    #[test]
    fn wide_text_is_read() {
        let wide: Vec<u8> = "<?xml version='1.0'?><script>x</script>"
            .encode_utf16()
            .flat_map(u16::to_be_bytes)
            .collect();
        assert!(look(&narrow(wide)).script.is_some());
    }

    #[test]
    fn the_text_of_a_script() {
        let form = b"<script a='>'>if (x) <![CDATA[y]]></script>";
        assert_eq!(script_text(form, 0), b"if (x) <![CDATA[y]]>");
        assert_eq!(script_text(b"<script", 0), b"");
    }
}
