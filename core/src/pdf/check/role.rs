//! What an object is to the document, by the key that leads to it, and which keys lead on.
//!
//! What an object *is* is judged by what stands in it. The role tells where to go on, how a way is
//! named, and what runs without a click.

/// The part of an object in its document.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Role {
    /// Of no known part. Its references are not followed, but for those that lead to actions.
    Other,
    Trailer,
    Catalog,
    /// The catalog's `/Names`.
    Names,
    /// A node of a name tree.
    Tree(Leaf),
    /// Keys and values of a name tree, in turns.
    Pairs(Leaf),
    /// A value of a name tree.
    Leaf(Leaf),
    Form,
    Field,
    /// The field of a widget, by the widget's word for it.
    Parent,
    /// A page that the page tree does not hold, such as a template.
    Page,
    Annotation,
    /// The dictionary of an `/AA`: actions by what sets them off.
    Triggers,
    Action,
    /// One action or an array of them.
    Next,
    Rendition,
    /// A file specification.
    File,
    Outline,
    /// Parts of a rich media annotation.
    Media,
}

/// What a name tree holds.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Leaf {
    Script,
    File,
    Rendition,
    Page,
}

impl Role {
    /// The role of what a key leads to. [`Role::Other`] is not followed.
    pub(super) fn child(self, key: &[u8]) -> Self {
        match (self, key) {
            (_, b"OpenAction" | b"A" | b"PA") | (Self::Triggers, _) => Self::Action,
            (_, b"AA") => Self::Triggers,
            (_, b"AF") | (Self::Annotation, b"FS") | (Self::Media, b"Asset" | b"Scripts") => {
                Self::File
            }
            // Where LibreOffice keeps the source document of a "hybrid PDF": pairs of a media type and
            // a stream. Not of the standard, but it is an attachment by any word.
            (Self::Trailer, b"AdditionalStreams") => Self::Pairs(Leaf::File),
            (Self::Catalog, b"Names") => Self::Names,
            (Self::Catalog, b"AcroForm") => Self::Form,
            (Self::Catalog, b"Outlines") | (Self::Outline, b"First" | b"Next") => Self::Outline,
            (Self::Names, b"JavaScript") => Self::Tree(Leaf::Script),
            (Self::Names, b"EmbeddedFiles") | (Self::Media, b"Assets") => Self::Tree(Leaf::File),
            (Self::Names, b"Renditions") => Self::Tree(Leaf::Rendition),
            (Self::Names, b"Pages" | b"Templates") => Self::Tree(Leaf::Page),
            (Self::Tree(leaf), b"Kids") => Self::Tree(leaf),
            (Self::Tree(leaf), b"Names") => Self::Pairs(leaf),
            (Self::Form, b"Fields") | (Self::Field | Self::Annotation, b"Kids") => Self::Field,
            (Self::Field | Self::Annotation, b"Parent") => Self::Parent,
            (Self::Page, b"Annots") => Self::Annotation,
            (Self::Annotation, b"RichMediaContent" | b"RichMediaSettings" | b"3DD")
            | (
                Self::Media,
                b"Configurations" | b"Instances" | b"Activation" | b"Params" | b"3DD",
            ) => Self::Media,
            (Self::Action | Self::Rendition, b"Next") => Self::Next,
            (Self::Action, b"R") | (Self::Rendition, b"R" | b"C" | b"BE" | b"MH") => {
                Self::Rendition
            }
            (Self::Action, b"F") | (Self::Rendition, b"D") => Self::File,
            _ => Self::Other,
        }
    }

    /// The role of an array's item.
    pub(super) fn item(self, index: usize) -> Self {
        match self {
            Self::Pairs(leaf) if index % 2 == 1 => Self::Leaf(leaf),
            // An array in place of an action is a destination.
            Self::Pairs(_) | Self::Action | Self::Triggers => Self::Other,
            Self::Next => Self::Action,
            other => other,
        }
    }

    /// The role of a leaf's dictionary.
    pub(super) fn settled(self) -> Self {
        match self {
            Self::Next | Self::Leaf(Leaf::Script) => Self::Action,
            Self::Leaf(Leaf::File) => Self::File,
            Self::Leaf(Leaf::Rendition) => Self::Rendition,
            Self::Leaf(Leaf::Page) => Self::Page,
            other => other,
        }
    }

    /// Whether what stands here runs, or belongs to what runs.
    pub(super) fn acts(self) -> bool {
        matches!(
            self,
            Self::Triggers | Self::Action | Self::Next | Self::Rendition
        )
    }
}
