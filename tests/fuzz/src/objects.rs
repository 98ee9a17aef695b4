//! The objects of a plausible document: templates for what the check looks at.

use std::cell::Cell;

use crate::choices::Choices;
use crate::document::script;
use crate::syntax::{any_name, dictionary, name, number, reference, space, string, value};

type Entries = Vec<(String, Vec<u8>)>;

/// Makes objects of one document.
pub(crate) struct Objects {
    /// How many objects the document has; references stay near them.
    pub(crate) count: usize,
    /// A script is to be written into some object, in place of a value that belongs there.
    pub(crate) inline: Cell<bool>,
}

const ACTIONS: &[&str] = &[
    "JavaScript",
    "URI",
    "Launch",
    "GoTo",
    "GoToR",
    "GoToE",
    "SubmitForm",
    "ImportData",
    "ResetForm",
    "Named",
    "Hide",
    "Movie",
    "Sound",
    "Rendition",
    "RichMediaExecute",
    "Thread",
    "SetOCGState",
    "Trans",
    "GoTo3DView",
    "NoOp",
];
const SUBTYPES: &[&str] = &[
    "Link",
    "Widget",
    "FileAttachment",
    "Screen",
    "Movie",
    "Sound",
    "3D",
    "RichMedia",
    "Text",
    "Popup",
    "Stamp",
];
const EVENTS: &[&str] = &[
    "O", "C", "E", "X", "D", "U", "Fo", "Bl", "PO", "PC", "PV", "PI", "K", "F", "V", "WC", "WS",
    "DS", "WP", "DP",
];
const ADDRESSES: &[&str] = &[
    "http://example.test/",
    "javascript:app.alert(1)",
    "JavaScript\n:1",
    "mailto:a@example.test",
    "#page=2",
    "",
];

impl Objects {
    fn put(&self, choices: &mut Choices<'_>, entries: &mut Entries, key: &str, value: Vec<u8>) {
        let key = name(choices, key);
        if let Some(script) = self.inline_script(choices) {
            entries.push((key.clone(), script));
        }
        if choices.once_in(24) {
            let other = self.any(choices, 1);
            entries.push((key.clone(), other));
        }
        entries.push((key, value));
    }

    /// The script that is to be written into some object, once: by itself or in lists.
    fn inline_script(&self, choices: &mut Choices<'_>) -> Option<Vec<u8>> {
        if !self.inline.get() || !choices.once_in(6) {
            return None;
        }
        self.inline.set(false);
        let lists = choices.below(3);
        let mut out = vec![b'['; lists];
        out.extend(script(choices));
        out.extend(std::iter::repeat_n(b']', lists));
        Some(out)
    }

    /// Here or elsewhere: the object itself, or a reference to any.
    fn here(
        &self,
        choices: &mut Choices<'_>,
        make: impl Fn(&Self, &mut Choices<'_>, usize) -> Vec<u8>,
        depth: usize,
    ) -> Vec<u8> {
        if depth == 0 || choices.once_in(2) {
            reference(choices, self.count).into_bytes()
        } else {
            make(self, choices, depth - 1)
        }
    }

    fn list(
        &self,
        choices: &mut Choices<'_>,
        make: impl Fn(&Self, &mut Choices<'_>, usize) -> Vec<u8>,
        depth: usize,
    ) -> Vec<u8> {
        let mut out = vec![b'['];
        for _ in 0..choices.below(4) {
            out.extend(self.here(choices, &make, depth));
            out.extend_from_slice(space(choices).as_bytes());
        }
        out.extend(self.inline_script(choices).unwrap_or_default());
        out.push(b']');
        out
    }

    fn any(&self, choices: &mut Choices<'_>, depth: usize) -> Vec<u8> {
        value(choices, self.count, depth)
    }

    fn end(&self, choices: &mut Choices<'_>, mut entries: Entries) -> Vec<u8> {
        while choices.once_in(4) {
            let key = any_name(choices);
            let value = self.any(choices, 2);
            entries.push((key, value));
        }
        dictionary(choices, &entries)
    }

    /// An action, perhaps with others after it.
    pub(crate) fn action(&self, choices: &mut Choices<'_>, depth: usize) -> Vec<u8> {
        let mut entries = Vec::new();
        let kind = choices.one(ACTIONS).unwrap_or("GoTo");
        let spelled = name(choices, kind);
        let kind_value = if choices.once_in(8) {
            reference(choices, self.count).into_bytes()
        } else {
            spelled.into_bytes()
        };
        self.put(choices, &mut entries, "S", kind_value);
        match kind {
            "JavaScript" => {
                let script = string(choices, "app.alert(1)");
                self.put(choices, &mut entries, "JS", script);
            }
            "URI" => {
                let address = choices.one(ADDRESSES).unwrap_or_default();
                let address = string(choices, address);
                self.put(choices, &mut entries, "URI", address);
            }
            "GoTo" | "GoToR" | "GoToE" | "Launch" | "SubmitForm" | "ImportData" | "Thread" => {
                let file = self.here(choices, Self::file, depth);
                self.put(choices, &mut entries, "F", file);
                let to = format!("[{} /Fit]", reference(choices, self.count));
                self.put(choices, &mut entries, "D", to.into_bytes());
            }
            "Named" => {
                let which = choices.one(&["/Print", "/NextPage", "/X"]).unwrap_or("/X");
                self.put(choices, &mut entries, "N", which.into());
            }
            _ => {}
        }
        if choices.once_in(3) {
            let next = if choices.once_in(2) {
                self.list(choices, Self::action, depth)
            } else {
                self.here(choices, Self::action, depth)
            };
            self.put(choices, &mut entries, "Next", next);
        }
        self.end(choices, entries)
    }

    fn events(&self, choices: &mut Choices<'_>, depth: usize) -> Vec<u8> {
        let mut entries = Vec::new();
        for _ in 0..choices.below(4) {
            let event = choices.one(EVENTS).unwrap_or("O");
            let action = self.here(choices, Self::action, depth);
            self.put(choices, &mut entries, event, action);
        }
        self.end(choices, entries)
    }

    fn file(&self, choices: &mut Choices<'_>, depth: usize) -> Vec<u8> {
        if depth == 0 {
            return string(choices, "a.exe");
        }
        let mut entries = vec![("/Type".to_owned(), b"/Filespec".to_vec())];
        let path = string(choices, "a.pdf");
        self.put(choices, &mut entries, "F", path);
        if choices.once_in(2) {
            let stream = reference(choices, self.count);
            self.put(
                choices,
                &mut entries,
                "EF",
                format!("<</F {stream}>>").into(),
            );
        }
        self.end(choices, entries)
    }

    fn rectangle(choices: &mut Choices<'_>) -> Vec<u8> {
        let mut out = String::from("[");
        for usual in ["0", "0", "595", "842"] {
            let corner = if choices.once_in(3) {
                number(choices)
            } else {
                usual.to_owned()
            };
            out.push_str(&corner);
            out.push(' ');
        }
        out.push(']');
        out.into_bytes()
    }

    fn annotation(&self, choices: &mut Choices<'_>, depth: usize) -> Vec<u8> {
        let mut entries = Vec::new();
        let kind = choices.one(SUBTYPES).unwrap_or("Link");
        let kind = name(choices, kind).into_bytes();
        self.put(choices, &mut entries, "Subtype", kind);
        let rectangle = Self::rectangle(choices);
        self.put(choices, &mut entries, "Rect", rectangle);
        if choices.once_in(2) {
            let action = self.here(choices, Self::action, depth);
            self.put(choices, &mut entries, "A", action);
        }
        match choices.below(8) {
            0 => {
                let events = self.here(choices, Self::events, depth);
                self.put(choices, &mut entries, "AA", events);
            }
            1 => {
                let file = self.here(choices, Self::file, depth);
                self.put(choices, &mut entries, "FS", file);
            }
            2 => self.put(choices, &mut entries, "Border", b"[0 0 0]".to_vec()),
            3 => {
                let flags = number(choices).into_bytes();
                self.put(choices, &mut entries, "F", flags);
            }
            4 => {
                let points = self.any(choices, 1);
                self.put(choices, &mut entries, "QuadPoints", points);
            }
            5 => {
                let look = self.any(choices, 2);
                self.put(choices, &mut entries, "AP", look);
            }
            _ => {}
        }
        self.end(choices, entries)
    }

    fn field(&self, choices: &mut Choices<'_>, depth: usize) -> Vec<u8> {
        let mut entries = Vec::new();
        let kind = choices
            .one(&["/Tx", "/Btn", "/Ch", "/Sig"])
            .unwrap_or("/Tx");
        self.put(choices, &mut entries, "FT", kind.into());
        if choices.once_in(2) {
            let kids = self.list(choices, Self::field, depth);
            self.put(choices, &mut entries, "Kids", kids);
        }
        if choices.once_in(2) {
            let events = self.here(choices, Self::events, depth);
            self.put(choices, &mut entries, "AA", events);
        }
        self.end(choices, entries)
    }

    fn tree(&self, choices: &mut Choices<'_>, depth: usize) -> Vec<u8> {
        let mut entries = Vec::new();
        if choices.once_in(2) {
            let kids = self.list(choices, Self::tree, depth);
            self.put(choices, &mut entries, "Kids", kids);
        } else {
            let mut names = vec![b'['];
            for _ in 0..choices.below(4) {
                names.extend(string(choices, "a"));
                names.push(b' ');
                let leaf = match choices.below(3) {
                    0 => self.here(choices, Self::file, depth),
                    1 => self.any(choices, 1),
                    _ => self.here(choices, Self::action, depth),
                };
                names.extend(leaf);
                names.push(b' ');
            }
            names.push(b']');
            self.put(choices, &mut entries, "Names", names);
        }
        self.end(choices, entries)
    }

    fn names(&self, choices: &mut Choices<'_>, depth: usize) -> Vec<u8> {
        let mut entries = Vec::new();
        for key in ["JavaScript", "EmbeddedFiles", "Dests"] {
            if choices.once_in(2) {
                let tree = self.here(choices, Self::tree, depth);
                self.put(choices, &mut entries, key, tree);
            }
        }
        self.end(choices, entries)
    }

    fn outline(&self, choices: &mut Choices<'_>, depth: usize) -> Vec<u8> {
        let mut entries = Vec::new();
        for key in ["First", "Next", "Last"] {
            if choices.once_in(2) {
                let item = reference(choices, self.count).into_bytes();
                self.put(choices, &mut entries, key, item);
            }
        }
        let action = self.here(choices, Self::action, depth);
        self.put(choices, &mut entries, "A", action);
        self.end(choices, entries)
    }

    fn form(&self, choices: &mut Choices<'_>, depth: usize) -> Vec<u8> {
        let mut entries = Vec::new();
        let fields = self.list(choices, Self::field, depth);
        self.put(choices, &mut entries, "Fields", fields);
        if choices.once_in(3) {
            let packets = match choices.below(3) {
                0 => reference(choices, self.count).into_bytes(),
                1 => format!("[(template) {}]", reference(choices, self.count)).into_bytes(),
                _ => self.any(choices, 1),
            };
            self.put(choices, &mut entries, "XFA", packets);
        }
        self.end(choices, entries)
    }

    /// The catalog; its page tree is object 2.
    pub(crate) fn catalog(&self, choices: &mut Choices<'_>) -> Vec<u8> {
        let mut entries = vec![
            ("/Type".to_owned(), b"/Catalog".to_vec()),
            ("/Pages".to_owned(), b"2 0 R".to_vec()),
        ];
        for _ in 0..choices.below(4) {
            let (key, value) = match choices.below(8) {
                0 => ("OpenAction", self.here(choices, Self::action, 3)),
                1 => ("AA", self.here(choices, Self::events, 3)),
                2 => ("Names", self.here(choices, Self::names, 3)),
                3 => ("AcroForm", self.here(choices, Self::form, 3)),
                4 => ("Outlines", self.here(choices, Self::outline, 2)),
                5 => ("AF", self.list(choices, Self::file, 2)),
                6 => ("Perms", self.any(choices, 2)),
                _ => ("Collection", self.any(choices, 2)),
            };
            self.put(choices, &mut entries, key, value);
        }
        self.end(choices, entries)
    }

    /// A node of the page tree with the pages from `first` on.
    pub(crate) fn pages(&self, choices: &mut Choices<'_>, first: usize, count: usize) -> Vec<u8> {
        let mut kids: String = (first..first + count)
            .map(|n| format!("{n} 0 R "))
            .collect();
        if choices.once_in(8) {
            kids.push_str(&reference(choices, self.count));
        }
        let odd = self.inline_script(choices).unwrap_or_default();
        let kids = [b"[", kids.as_bytes(), &odd, b"]"].concat();
        let entries = vec![
            ("/Type".to_owned(), b"/Pages".to_vec()),
            ("/Kids".to_owned(), kids),
            ("/Count".to_owned(), count.to_string().into_bytes()),
        ];
        self.end(choices, entries)
    }

    /// A page.
    pub(crate) fn page(&self, choices: &mut Choices<'_>) -> Vec<u8> {
        let mut entries = vec![
            ("/Type".to_owned(), b"/Page".to_vec()),
            ("/Parent".to_owned(), b"2 0 R".to_vec()),
        ];
        let media = Self::rectangle(choices);
        self.put(choices, &mut entries, "MediaBox", media);
        if choices.once_in(4) {
            let crop = Self::rectangle(choices);
            self.put(choices, &mut entries, "CropBox", crop);
        }
        if choices.once_in(2) {
            let annotations = self.list(choices, Self::annotation, 3);
            self.put(choices, &mut entries, "Annots", annotations);
        }
        if choices.once_in(4) {
            let events = self.here(choices, Self::events, 3);
            self.put(choices, &mut entries, "AA", events);
        }
        self.end(choices, entries)
    }

    /// Anything else.
    pub(crate) fn other(&self, choices: &mut Choices<'_>) -> Vec<u8> {
        match choices.below(11) {
            0 | 1 => self.action(choices, 3),
            2 => self.annotation(choices, 3),
            3 => self.file(choices, 2),
            4 => self.field(choices, 2),
            5 => self.tree(choices, 2),
            6 => self.events(choices, 2),
            7 => self.outline(choices, 2),
            8 => any_name(choices).into_bytes(),
            9 => self.names(choices, 2),
            _ => self.any(choices, 3),
        }
    }
}
