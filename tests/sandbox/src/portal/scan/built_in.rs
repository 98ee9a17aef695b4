//! The scanner for machines without qpdf: a search of the bytes.

use super::Verdict;

/// Names that are enough to reject, and why.
const NAMES: [(&[u8], &str); 8] = [
    (b"/JavaScript", "javascript"),
    (b"/JS", "javascript"),
    (b"/EmbeddedFile", "embedded file"),
    (b"/EmbeddedFiles", "embedded file"),
    (b"/FileAttachment", "embedded file"),
    (b"/Launch", "launch"),
    (b"/SubmitForm", "form"),
    (b"/ImportData", "form"),
];

pub(super) fn scan(content: &[u8]) -> Verdict {
    if !content.windows(5).any(|bytes| bytes == b"%%EOF") {
        return Verdict::NotPdf;
    }
    if has_name(content, b"/Encrypt") {
        return Verdict::Locked;
    }
    for (name, reason) in NAMES {
        if has_name(content, name) {
            return Verdict::Unsafe(reason);
        }
    }
    // Which action an `/OpenAction` names is not looked up: a link anywhere counts as its target.
    if has_name(content, b"/OpenAction") && has_name(content, b"/URI") {
        return Verdict::Unsafe("automatic link");
    }
    Verdict::Clean
}

/// Whether the name is there as a whole, not as the start of a longer one.
fn has_name(content: &[u8], name: &[u8]) -> bool {
    content.windows(name.len() + 1).any(|bytes| {
        bytes.starts_with(name)
            && bytes.last().is_some_and(|next| {
                next.is_ascii_whitespace() || *next == 0 || b"()<>[]{}/%".contains(next)
            })
    })
}
