//! Plausible PDF values, spelled in all the ways that the syntax allows.

use crate::choices::Choices;

const NAMES: &[&str] = &[
    "Type",
    "Subtype",
    "S",
    "A",
    "AA",
    "OpenAction",
    "JS",
    "JavaScript",
    "Next",
    "Names",
    "Kids",
    "Limits",
    "EmbeddedFiles",
    "EmbeddedFile",
    "EF",
    "F",
    "UF",
    "AF",
    "Filespec",
    "FileAttachment",
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
    "R",
    "RichMedia",
    "RichMediaContent",
    "Assets",
    "3D",
    "3DD",
    "OnInstantiate",
    "Trans",
    "SetOCGState",
    "Thread",
    "Annots",
    "Annot",
    "Link",
    "Widget",
    "Screen",
    "Rect",
    "QuadPoints",
    "Border",
    "BS",
    "W",
    "C",
    "AP",
    "N",
    "H",
    "MediaBox",
    "CropBox",
    "UserUnit",
    "Parent",
    "Count",
    "Pages",
    "Page",
    "Catalog",
    "Contents",
    "Resources",
    "Rotate",
    "AcroForm",
    "Fields",
    "XFA",
    "CO",
    "DA",
    "FT",
    "Tx",
    "Btn",
    "Ch",
    "Sig",
    "V",
    "ByteRange",
    "Perms",
    "DocMDP",
    "UR3",
    "Outlines",
    "First",
    "Last",
    "Prev",
    "Title",
    "Dest",
    "D",
    "Dests",
    "StructTreeRoot",
    "K",
    "Collection",
    "Metadata",
    "MarkInfo",
    "Marked",
    "Version",
    "Extensions",
    "Threads",
    "PageLabels",
    "Length",
    "Filter",
    "DecodeParms",
    "Predictor",
    "Columns",
    "ObjStm",
    "XRef",
    "Extends",
    "Encrypt",
    "ID",
    "Info",
    "Root",
    "Size",
    "Index",
    "XRefStm",
    "Linearized",
    "Crypt",
    "Identity",
    "E",
    "X",
    "U",
    "O",
    "Fo",
    "Bl",
    "PO",
    "PC",
    "PV",
    "PI",
    "WC",
    "WS",
    "DS",
    "WP",
    "DP",
    "Fit",
    "Print",
    "FDF",
    "Flags",
    "Win",
    "NewWindow",
    "Base",
    "IsMap",
    "",
];

const SPACES: &[&str] = &[
    " ",
    "\n",
    "\r\n",
    "\t",
    "  ",
    "\x0c",
    "\0",
    " % a comment\n",
    "\r",
];

/// White space where some is needed.
pub(crate) fn space(choices: &mut Choices<'_>) -> &'static str {
    if choices.once_in(6) {
        choices.one(SPACES).unwrap_or(" ")
    } else {
        " "
    }
}

/// A name with its slash; now and then with escapes that it does not need.
pub(crate) fn name(choices: &mut Choices<'_>, of: &str) -> String {
    let mut out = String::from("/");
    let escape = choices.once_in(12);
    for (index, byte) in of.bytes().enumerate() {
        let needless = escape && (index == 0 || choices.once_in(3));
        if needless || !byte.is_ascii_graphic() || b"#/()<>[]{}%".contains(&byte) {
            out.push_str(&format!("#{byte:02x}"));
        } else {
            out.push(char::from(byte));
        }
    }
    out
}

/// Any of the names that matter.
pub(crate) fn any_name(choices: &mut Choices<'_>) -> String {
    let of = choices.one(NAMES).unwrap_or("Type");
    name(choices, of)
}

/// A string: literal, with escapes, in hexadecimal, in UTF-16.
pub(crate) fn string(choices: &mut Choices<'_>, text: &str) -> Vec<u8> {
    match choices.below(5) {
        0 | 1 => {
            let mut out = vec![b'('];
            for byte in text.bytes() {
                if b"()\\".contains(&byte) {
                    out.push(b'\\');
                }
                out.push(byte);
            }
            out.push(b')');
            out
        }
        2 => {
            let mut out = vec![b'('];
            for byte in text.bytes() {
                if choices.once_in(4) {
                    out.extend_from_slice(b"\\\n");
                }
                out.extend_from_slice(format!("\\{byte:03o}").as_bytes());
            }
            out.push(b')');
            out
        }
        3 => {
            let digits: String = text.bytes().map(|byte| format!("{byte:02x} ")).collect();
            format!("<{digits}>").into_bytes()
        }
        _ => {
            let digits: String = text.encode_utf16().map(|u| format!("{u:04X}")).collect();
            format!("<FEFF{digits}>").into_bytes()
        }
    }
}

/// A number, also of the strange kinds.
pub(crate) fn number(choices: &mut Choices<'_>) -> String {
    match choices.below(8) {
        0..=3 => choices.below(256).to_string(),
        4 => choices.number().to_string(),
        5 => format!("{}.{}", choices.below(256), choices.below(256)),
        6 => format!("-{}", choices.below(256)),
        _ => choices
            .one(&[
                "+1",
                ".5",
                "-.5",
                "4.",
                "--1",
                "9223372036854775808",
                "-9223372036854775808",
                "4294967296",
                "1e5",
                "0000000001",
                "99999999999999999999999999.9",
            ])
            .unwrap_or("0")
            .to_owned(),
    }
}

/// A reference to one of the first `objects` objects, or a little beyond.
pub(crate) fn reference(choices: &mut Choices<'_>, objects: usize) -> String {
    let number = choices.below(objects + 3);
    let generation = usize::from(choices.once_in(16));
    format!("{number}{}{generation} R", space(choices))
}

/// Any value, at most so deep.
pub(crate) fn value(choices: &mut Choices<'_>, objects: usize, depth: usize) -> Vec<u8> {
    let kinds = if depth == 0 { 6 } else { 10 };
    match choices.below(kinds) {
        0 => number(choices).into_bytes(),
        1 => any_name(choices).into_bytes(),
        2 | 3 => reference(choices, objects).into_bytes(),
        4 => {
            let text = choices.one(&["", "a", "javascript:1", "http://x", "x.exe", "(\\)"]);
            string(choices, text.unwrap_or_default())
        }
        5 => choices
            .one(&["null", "true", "false"])
            .map_or_else(Vec::new, Into::into),
        6 | 7 => {
            let mut out = vec![b'['];
            for _ in 0..choices.below(5) {
                out.extend(value(choices, objects, depth - 1));
                out.extend_from_slice(space(choices).as_bytes());
            }
            out.push(b']');
            out
        }
        _ => {
            let count = choices.below(6);
            let entries = (0..count)
                .map(|_| (any_name(choices), value(choices, objects, depth - 1)))
                .collect::<Vec<_>>();
            dictionary(choices, &entries)
        }
    }
}

/// A dictionary of these entries: names with their slash, values as they are to be written.
pub(crate) fn dictionary(choices: &mut Choices<'_>, entries: &[(String, Vec<u8>)]) -> Vec<u8> {
    let mut out = b"<<".to_vec();
    for (key, value) in entries {
        out.extend_from_slice(key.as_bytes());
        out.extend_from_slice(space(choices).as_bytes());
        out.extend_from_slice(value);
        out.extend_from_slice(space(choices).as_bytes());
    }
    out.extend_from_slice(b">>");
    out
}
