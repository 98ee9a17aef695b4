//! What an action does, by its type (ISO 32000-2, 12.6.4).

use super::super::Kind;

/// What an action does.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in crate::pdf) enum Act {
    Script,
    Address,
    /// It is a kind of its own, with a click and without. Without a click it is an automatic link too.
    Of(Kind),
    /// A thread: of this document, or with `/F` of another.
    Thread,
    /// It stays in the document and changes nothing that matters here.
    Inside,
}

/// The type of an action as it is meant here; `None` for what is no action.
pub(in crate::pdf) fn act(name: &[u8]) -> Option<Act> {
    Some(match name {
        b"JavaScript" => Act::Script,
        b"URI" => Act::Address,
        b"Launch" => Act::Of(Kind::Launch),
        b"GoToR" => Act::Of(Kind::GoToRemote),
        b"GoToE" => Act::Of(Kind::GoToEmbedded),
        b"SubmitForm" => Act::Of(Kind::SubmitForm),
        b"ImportData" => Act::Of(Kind::ImportData),
        b"ResetForm" => Act::Of(Kind::ResetForm),
        b"Movie" | b"Rendition" => Act::Of(Kind::Movie),
        b"Sound" => Act::Of(Kind::Sound),
        b"RichMediaExecute" => Act::Of(Kind::RichMedia),
        b"Thread" => Act::Thread,
        b"GoTo" | b"Named" | b"Hide" | b"SetOCGState" | b"Trans" | b"GoTo3DView" | b"GoToDp"
        | b"NOP" | b"SetState" => Act::Inside,
        _ => return None,
    })
}

impl Act {
    /// Whether it is an automatic link when it runs without a click: whatever leaves the document or
    /// plays something. Clearing a form does neither.
    pub(in crate::pdf) fn leaves(self) -> bool {
        match self {
            Self::Address => true,
            Self::Of(kind) => kind != Kind::ResetForm,
            Self::Script | Self::Thread | Self::Inside => false,
        }
    }
}

/// Names that tell a scanner what a document does. Written with needless escapes, they are written so
/// that it does not see them.
pub(super) fn is_telling(name: &[u8]) -> bool {
    let keys = [
        &b"S"[..],
        b"A",
        b"AA",
        b"PA",
        b"JS",
        b"EF",
        b"AF",
        b"FS",
        b"XFA",
        b"OpenAction",
        b"Next",
        b"Names",
        b"AcroForm",
        b"Type",
        b"Subtype",
        b"Action",
        b"Annots",
        b"Link",
        b"Encrypt",
        b"ObjStm",
        b"EmbeddedFile",
        b"EmbeddedFiles",
        b"FileAttachment",
        b"Filespec",
        b"Collection",
        b"RichMedia",
        b"RichMediaContent",
        b"Screen",
        b"3D",
    ];
    !matches!(act(name), None | Some(Act::Inside)) || keys.contains(&name)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_leaves_the_document() {
        for name in [
            "URI",
            "Launch",
            "GoToR",
            "GoToE",
            "SubmitForm",
            "ImportData",
            "Movie",
            "Rendition",
            "Sound",
        ] {
            assert!(act(name.as_bytes()).is_some_and(Act::leaves), "{name}");
        }
        for name in [
            "GoTo",
            "Named",
            "Hide",
            "JavaScript",
            "ResetForm",
            "GoTo3DView",
        ] {
            assert!(
                act(name.as_bytes()).is_some_and(|act| !act.leaves()),
                "{name}"
            );
        }
        assert_eq!(act(b"Link"), None);
        assert_eq!(act(b"javascript"), None);
    }

    #[test]
    fn what_an_escape_hides() {
        for name in ["JavaScript", "JS", "S", "AA", "OpenAction", "EF", "URI"] {
            assert!(is_telling(name.as_bytes()), "{name}");
        }
        for name in ["F1", "Font", "Helvetica", "GoTo", ""] {
            assert!(!is_telling(name.as_bytes()), "{name}");
        }
    }
}
