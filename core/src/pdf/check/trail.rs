//! The way by which the document leads to something, as text.

use std::borrow::Cow;
use std::fmt::Write;

use super::super::value::Id;

/// One step of a way.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Step {
    /// The key of a dictionary, or another fixed word.
    Key(Box<str>),
    /// The place in an array.
    Index(u32),
    /// A page, from 1.
    Page(u32),
    /// An object by itself.
    Object(Id),
    /// An object that a later revision replaced.
    ObjectIn(Id, u32),
    /// A way that is too long to be told in full.
    Gap,
}

/// A place in a [`Trails`]. A page by itself, of which there are many, takes no room in it: it is its
/// number with the highest bit set.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Trail(u32);

const PAGE: u32 = 1 << 31;

impl Trail {
    /// The way to a page.
    pub(super) fn page(number: u32) -> Self {
        Self(number | PAGE)
    }
}

/// The longest way that is told in full, in steps. From a longer one the first and the last are told.
const LONGEST: u32 = 160;
const FIRST: u32 = 4;

struct Node {
    step: Step,
    parent: Option<Trail>,
    /// How many steps lead here, this one included.
    depth: u32,
    /// The ancestor (or itself) that ends the first steps.
    head: Trail,
}

/// All ways that a walk took. Each holds its last step and where it came from.
#[derive(Default)]
pub(super) struct Trails {
    nodes: Vec<Node>,
}

impl Trails {
    /// A way that begins here.
    pub(super) fn begin(&mut self, step: Step) -> Trail {
        self.push(step, None)
    }

    /// One step further.
    pub(super) fn step(&mut self, from: Trail, step: Step) -> Trail {
        self.push(step, Some(from))
    }

    fn push(&mut self, step: Step, parent: Option<Trail>) -> Trail {
        let this = Trail(u32::try_from(self.nodes.len()).unwrap_or(u32::MAX));
        let depth = parent.map_or(0, |parent| self.depth(parent)) + 1;
        let head = match parent.and_then(|parent| self.node(parent)) {
            Some(node) if depth > FIRST => node.head,
            _ => this,
        };
        self.nodes.push(Node {
            step,
            parent,
            depth,
            head,
        });
        this
    }

    fn node(&self, trail: Trail) -> Option<&Node> {
        self.nodes.get(trail.0 as usize)
    }

    fn depth(&self, trail: Trail) -> u32 {
        self.node(trail).map_or(1, |node| node.depth)
    }

    /// A way as text; `inner` are steps that follow it.
    pub(super) fn text(&self, trail: Trail, inner: &[Step]) -> String {
        let mut steps = Vec::new();
        let depth = self.depth(trail);
        self.collect(trail, LONGEST - FIRST, &mut steps);
        if depth > LONGEST {
            steps.push(Cow::Owned(Step::Gap));
            if let Some(node) = self.node(trail) {
                self.collect(node.head, FIRST, &mut steps);
            }
        } else if depth > LONGEST - FIRST {
            steps.clear();
            self.collect(trail, LONGEST, &mut steps);
        }
        let mut out = String::new();
        for step in steps.iter().rev() {
            write(&mut out, step);
        }
        for step in inner {
            write(&mut out, step);
        }
        out
    }

    fn collect<'t>(&'t self, from: Trail, most: u32, into: &mut Vec<Cow<'t, Step>>) {
        let mut next = Some(from);
        for _ in 0..most {
            let Some(trail) = next else {
                break;
            };
            let Some(node) = self.node(trail) else {
                into.push(Cow::Owned(Step::Page(trail.0 & !PAGE)));
                break;
            };
            into.push(Cow::Borrowed(&node.step));
            next = node.parent;
        }
    }
}

fn write(out: &mut String, step: &Step) {
    let slash = if out.is_empty() { "" } else { "/" };
    let _ = match step {
        Step::Key(key) => write!(out, "{slash}{key}"),
        Step::Index(index) => write!(out, "[{index}]"),
        Step::Page(page) => write!(out, "{slash}Page {page}"),
        Step::Object(id) => write!(out, "{slash}Object {}", id.number),
        Step::ObjectIn(id, revision) => {
            write!(out, "{slash}Object {} in revision {revision}", id.number)
        }
        Step::Gap => write!(out, "{slash}…"),
    };
}

/// A name as a step: what is not a plain character is written as an escape, and it is cut when long.
pub(super) fn key(name: &[u8]) -> Step {
    let mut out = String::new();
    for byte in name.iter().take(64) {
        match byte {
            b'!'..=b'~' if !matches!(byte, b'/' | b'[' | b']' | b'#') => {
                out.push(char::from(*byte));
            }
            _ => {
                let _ = write!(out, "#{byte:02X}");
            }
        }
    }
    Step::Key(out.into())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ways_are_written() {
        let mut trails = Trails::default();
        let root = trails.begin(key(b"Root"));
        let fields = trails.step(root, key(b"AcroForm"));
        let fields = trails.step(fields, key(b"Fields"));
        let field = trails.step(fields, Step::Index(0));
        assert_eq!(
            trails.text(field, &[key(b"AA"), key(b"K")]),
            "Root/AcroForm/Fields[0]/AA/K"
        );
        let page = Trail::page(3);
        assert_eq!(
            trails.text(page, &[key(b"Annots"), Step::Index(2), key(b"A")]),
            "Page 3/Annots[2]/A"
        );
        let id = Id {
            number: 12,
            generation: 0,
        };
        let object = trails.begin(Step::Object(id));
        assert_eq!(trails.text(object, &[]), "Object 12");
        let object = trails.begin(Step::ObjectIn(id, 1));
        assert_eq!(
            trails.text(object, &[key(b"a/ \xff")]),
            "Object 12 in revision 1/a#2F#20#FF"
        );
    }

    #[test]
    fn long_ways_are_cut_in_the_middle() {
        let mut trails = Trails::default();
        let mut trail = trails.begin(key(b"Root"));
        for index in 1..160 {
            trail = trails.step(trail, key(index.to_string().as_bytes()));
        }
        let text = trails.text(trail, &[]);
        assert!(text.starts_with("Root/1/2/3/4/5/6/"), "{text}");
        assert!(text.ends_with("/158/159") && !text.contains('…'), "{text}");
        for index in 160..100_000 {
            trail = trails.step(trail, key(index.to_string().as_bytes()));
        }
        let text = trails.text(trail, &[]);
        assert!(text.starts_with("Root/1/2/3/…/99844/"), "{text}");
        assert!(text.ends_with("/99998/99999"), "{text}");
    }
}
