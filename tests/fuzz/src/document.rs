//! Whole files around objects: revisions, cross-reference data of every kind, object streams, encryption.

use std::cell::Cell;

use crate::choices::Choices;
use crate::encode::{chain, Coding, Predictor};
use crate::encrypt::Encryptor;
use crate::objects::Objects;
use crate::syntax::{dictionary, name, space, string, value};

/// A file, and what is known of it.
#[derive(Clone, Debug)]
pub struct Built {
    /// The file.
    pub bytes: Vec<u8>,
    /// It holds a JavaScript action as an object of its own that nothing makes unreadable: to accept the
    /// file is to have missed it.
    pub holds_script: bool,
}

/// The kinds of cross-reference data.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(crate) enum Table {
    Classic,
    Stream,
    Hybrid,
    None,
}

/// Where an object was written.
#[derive(Clone, Copy)]
pub(crate) enum Place {
    File { offset: usize, generation: u16 },
    Stream { container: u32, index: usize },
}

/// A file that is being written.
pub(crate) struct Writer {
    pub(crate) out: Vec<u8>,
    pub(crate) places: Vec<(u32, Place)>,
    pub(crate) encryptor: Option<Encryptor>,
    pub(crate) encryption_object: Option<u32>,
    pub(crate) previous: Option<usize>,
    pub(crate) next_number: u32,
    pub(crate) spoiled: bool,
}

/// A plausible file.
pub fn build(choices: &mut Choices<'_>) -> Built {
    let encrypted = choices.once_in(8);
    build_with(choices, encrypted)
}

/// A plausible file, encrypted with the empty password or not.
pub fn build_with(choices: &mut Choices<'_>, encrypted: bool) -> Built {
    let mut writer = Writer {
        out: Vec::new(),
        places: Vec::new(),
        encryptor: encrypted.then(|| Encryptor::any(choices)),
        encryption_object: None,
        previous: None,
        next_number: 0,
        spoiled: false,
    };
    writer.header(choices);
    let inline = choices.once_in(4);
    let objects = Objects {
        count: 4 + choices.below(12),
        inline: Cell::new(inline),
    };
    let probe = u32::try_from(objects.count).unwrap_or_default() + 1;
    writer.next_number = probe + 1;
    let revisions = [1, 1, 1, 2, 2, 3][choices.below(6)];
    let probed = choices.below(revisions + 1);
    for revision in 0..revisions {
        let bodies = bodies(
            choices,
            &objects,
            revision,
            (probed == revision).then_some(probe),
        );
        writer.revision(choices, bodies);
    }
    let written = inline && !objects.inline.get();
    if choices.once_in(24) {
        writer
            .out
            .truncate(choices.below(256) * writer.out.len() / 256);
        writer.spoiled = true;
    }
    Built {
        bytes: writer.out,
        holds_script: (probed < revisions || written) && !writer.spoiled,
    }
}

/// The objects of one revision. `probe` is the number of the script's action, if it is in this one.
fn bodies(
    choices: &mut Choices<'_>,
    objects: &Objects,
    revision: usize,
    probe: Option<u32>,
) -> Vec<(u32, Vec<u8>)> {
    let pages = 1 + choices.below(2);
    let mut out = Vec::new();
    for number in 1..=objects.count {
        if revision > 0 && !choices.once_in(3) {
            continue;
        }
        let body = match number {
            1 => objects.catalog(choices),
            2 => objects.pages(choices, 3, pages),
            n if n < 3 + pages => objects.page(choices),
            _ => objects.other(choices),
        };
        out.push((u32::try_from(number).unwrap_or_default(), body));
    }
    if let Some(number) = probe {
        out.push((number, script(choices)));
    }
    out
}

/// A JavaScript action, in one of its spellings.
pub(crate) fn script(choices: &mut Choices<'_>) -> Vec<u8> {
    let mut entries = vec![
        (name(choices, "S"), name(choices, "JavaScript").into_bytes()),
        (name(choices, "JS"), string(choices, "app.alert(1)")),
    ];
    if choices.once_in(4) {
        entries.insert(0, ("/Type".to_owned(), b"/Action".to_vec()));
    }
    if choices.once_in(6) {
        entries.push(("/S".to_owned(), b"/GoTo".to_vec()));
    }
    if choices.once_in(3) {
        entries.reverse();
    }
    dictionary(choices, &entries)
}

impl Writer {
    fn header(&mut self, choices: &mut Choices<'_>) {
        let before = match choices.below(12) {
            10 => 40,
            11 => 1200,
            _ => 0,
        };
        self.out.extend(std::iter::repeat_n(b'-', before));
        if !choices.once_in(16) {
            self.out.extend_from_slice(b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n");
        }
    }

    pub(crate) fn fresh(&mut self) -> u32 {
        let number = self.next_number;
        self.next_number += 1;
        number
    }

    fn object(&mut self, choices: &mut Choices<'_>, number: u32, body: &[u8]) {
        let generation = u16::from(choices.once_in(24));
        let offset = self.out.len();
        self.places
            .push((number, Place::File { offset, generation }));
        let head = format!(
            "{number}{}{generation} obj{}",
            space(choices),
            space(choices)
        );
        self.out.extend_from_slice(head.as_bytes());
        self.out.extend_from_slice(body);
        let end = choices.one(&["\nendobj\n", "\nendobj\n", " endobj ", "\rendobj\r"]);
        self.out
            .extend_from_slice(end.unwrap_or("\nendobj\n").as_bytes());
    }

    /// A stream object. `plain` streams are not encrypted.
    pub(crate) fn stream(
        &mut self,
        choices: &mut Choices<'_>,
        number: u32,
        entries: &str,
        data: &[u8],
        plain: bool,
    ) {
        let offset = self.out.len();
        let place = Place::File {
            offset,
            generation: 0,
        };
        self.places.push((number, place));
        let data = match &self.encryptor {
            Some(encryptor) if !plain => encryptor.encrypt(number, 0, data),
            _ => data.to_vec(),
        };
        let mut length = data.len().to_string();
        if choices.once_in(24) {
            length = value_text(choices);
            self.spoiled = true;
        }
        let head = format!("{number} 0 obj\n<<{entries} /Length {length}>>\nstream\n");
        self.out.extend_from_slice(head.as_bytes());
        self.out.extend_from_slice(&data);
        self.out.extend_from_slice(b"\nendstream\nendobj\n");
    }

    fn revision(&mut self, choices: &mut Choices<'_>, bodies: Vec<(u32, Vec<u8>)>) {
        let table = match choices.below(8) {
            0..=2 => Table::Classic,
            3..=5 => Table::Stream,
            6 => Table::Hybrid,
            _ => Table::None,
        };
        self.places.clear();
        let packed = choices.below(3);
        let mut pack = Vec::new();
        for (number, body) in bodies {
            if packed > 0 && choices.below(3) < packed {
                pack.push((number, body));
            } else {
                self.object(choices, number, &body);
            }
            if choices.once_in(10) {
                self.extra_stream(choices);
            }
            if choices.once_in(40) {
                let junk = choices.bytes(40).to_vec();
                self.out.extend(junk);
                self.spoiled = true;
            }
        }
        while !pack.is_empty() {
            let rest = pack.split_off(pack.len().min(1 + choices.below(12)));
            self.object_stream(choices, &pack);
            pack = rest;
        }
        if self.encryptor.is_some() && self.encryption_object.is_none() && choices.once_in(2) {
            let number = self.fresh();
            let text = self.encryptor.as_ref().map(|e| e.dictionary.clone());
            self.object(choices, number, text.unwrap_or_default().as_bytes());
            self.encryption_object = Some(number);
        }
        self.end(choices, table);
    }

    /// A stream that may hold something: text of a script, an XFA packet, a file.
    fn extra_stream(&mut self, choices: &mut Choices<'_>) {
        let number = self.fresh();
        let kind = choices.one(&[
            "",
            "/Type /EmbeddedFile",
            "/Type /Metadata /Subtype /XML",
            "/Type /XObject /Subtype /Image",
        ]);
        let text: &[u8] = match choices.below(4) {
            0 => b"<template><script contentType='application/x-javascript'>x</script></template>",
            1 => b"app.alert(1)",
            2 => b"5 0 obj <</S /JavaScript /JS (x)>> endobj",
            _ => choices.bytes(120),
        };
        let codings: Vec<Coding> = (0..choices.below(3))
            .map(|_| Coding::any(choices))
            .collect();
        let (filter, data) = chain(choices, &codings, text);
        let entries = format!("{} {filter}", kind.unwrap_or_default());
        let plain =
            entries.contains("/Metadata") && self.encryptor.as_ref().is_some_and(|e| !e.metadata());
        self.stream(choices, number, &entries, &data, plain);
    }

    fn object_stream(&mut self, choices: &mut Choices<'_>, pack: &[(u32, Vec<u8>)]) {
        let container = self.fresh();
        let mut head = String::new();
        let mut body = Vec::new();
        for (index, (number, object)) in pack.iter().enumerate() {
            self.places
                .push((*number, Place::Stream { container, index }));
            head.push_str(&format!("{number} {} ", body.len()));
            body.extend_from_slice(object);
            body.extend_from_slice(space(choices).as_bytes());
        }
        let first = head.len();
        let mut data = head.into_bytes();
        data.extend(body);
        let codings: Vec<Coding> = match choices.below(4) {
            0 => Vec::new(),
            1 => vec![Coding::Flate(Predictor::None)],
            _ => (0..=choices.below(3))
                .map(|_| Coding::any(choices))
                .collect(),
        };
        let (filter, data) = chain(choices, &codings, &data);
        let entries = format!("/Type /ObjStm /N {} /First {first} {filter}", pack.len());
        self.stream(choices, container, &entries, &data, false);
    }
}

pub(crate) fn value_text(choices: &mut Choices<'_>) -> String {
    String::from_utf8_lossy(&value(choices, 8, 1)).into_owned()
}
