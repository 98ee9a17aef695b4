//! Text with indentation.

use std::fmt::Write as _;

/// A file of code under way.
#[derive(Default)]
pub(crate) struct Lines {
    text: String,
    depth: usize,
}

impl Lines {
    /// Lines of code; each keeps its own indentation below that of where it stands.
    pub(crate) fn add(&mut self, lines: impl AsRef<str>) {
        for line in lines.as_ref().lines() {
            if line.is_empty() {
                self.text.push('\n');
            } else {
                // Writing to a String cannot fail.
                let _ = writeln!(self.text, "{:1$}{line}", "", self.depth * 4);
            }
        }
    }

    /// An empty line.
    pub(crate) fn gap(&mut self) {
        self.text.push('\n');
    }

    /// Lines below a line.
    pub(crate) fn below(&mut self, header: impl AsRef<str>, body: impl FnOnce(&mut Self)) {
        self.add(header);
        self.depth += 1;
        body(self);
        self.depth -= 1;
    }

    /// Lines in braces.
    pub(crate) fn block(&mut self, header: impl AsRef<str>, body: impl FnOnce(&mut Self)) {
        self.below(format!("{} {{", header.as_ref()), body);
        self.add("}");
    }

    /// The text.
    pub(crate) fn into_text(self) -> String {
        self.text
    }
}
