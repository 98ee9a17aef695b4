//! Text with indentation.

/// A file of code under way.
#[derive(Default)]
pub(crate) struct Code {
    text: String,
    depth: usize,
}

impl Code {
    /// Lines of code; each keeps its own indentation below that of where it stands.
    pub(crate) fn lines(&mut self, lines: impl AsRef<str>) {
        for line in lines.as_ref().lines() {
            if !line.is_empty() {
                for _ in 0..self.depth {
                    self.text.push_str("    ");
                }
                self.text.push_str(line);
            }
            self.text.push('\n');
        }
    }

    /// An empty line, unless a block has just begun.
    pub(crate) fn gap(&mut self) {
        if !self.text.ends_with("{\n") && !self.text.is_empty() {
            self.text.push('\n');
        }
    }

    /// A block in braces.
    pub(crate) fn block(&mut self, header: impl AsRef<str>, body: impl FnOnce(&mut Self)) {
        self.lines(header);
        self.lines("{");
        self.depth += 1;
        body(self);
        self.depth -= 1;
        self.lines("}");
    }

    /// The text.
    pub(crate) fn into_text(self) -> String {
        self.text
    }
}
