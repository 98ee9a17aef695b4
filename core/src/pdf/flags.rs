//! What an object's tokens hold, found without parsing it.

use std::ops::{BitOr, BitOrAssign};

/// What an object's tokens hold: a set of the names that matter here, wherever they stand in the object.
/// It decides which objects are parsed at all, so it may hold too much and never too little.
#[derive(Clone, Copy, Default, PartialEq, Eq)]
pub(crate) struct Flags(u64);

macro_rules! flags {
    ($($(#[$meta:meta])* $flag:ident = $bit:literal;)+) => {
        impl Flags {
            $($(#[$meta])* pub(crate) const $flag: Self = Self(1 << $bit);)+
        }

        impl std::fmt::Debug for Flags {
            fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                f.debug_list().entries(
                    [$((Self::$flag, stringify!($flag))),+].iter()
                        .filter(|(flag, _)| self.any(*flag)).map(|(_, name)| name),
                ).finish()
            }
        }
    };
}

flags! {
    /// `/JavaScript`, `/JS`.
    JAVASCRIPT = 0;
    /// `/Launch`, and its `/Win`, `/Mac` and `/Unix`.
    LAUNCH = 1;
    /// `/URI`.
    URI = 2;
    /// `/GoToR`.
    GOTO_REMOTE = 3;
    /// `/GoToE`.
    GOTO_EMBEDDED = 4;
    /// `/SubmitForm`.
    SUBMIT_FORM = 5;
    /// `/ImportData`.
    IMPORT_DATA = 6;
    /// `/ResetForm`.
    RESET_FORM = 7;
    /// `/Movie`.
    MOVIE = 8;
    /// `/Sound`.
    SOUND = 9;
    /// `/Rendition`, `/Screen`, `/MediaClip`, `/MR`, `/MCD`, `/MCS`.
    RENDITION = 10;
    /// `/RichMedia`, `/RichMediaExecute`, `/RichMediaContent`, `/RichMediaSettings`.
    RICH_MEDIA = 11;
    /// `/3D`, `/GoTo3DView`, `/U3D`, `/PRC`, `/3DD`.
    THREE_D = 12;
    /// `/Hide`, `/Thread`, `/SetOCGState`, `/Trans`, `/Named`, `/GoToDp`.
    OTHER_ACTION = 13;
    /// `/GoTo`.
    GOTO = 14;
    /// `/EF`, `/RF`.
    EF = 15;
    /// `/EmbeddedFile`, `/EmbeddedFiles`.
    EMBEDDED_FILE = 16;
    /// `/FileAttachment`.
    FILE_ATTACHMENT = 17;
    /// `/AF`, `/AFRelationship`.
    AF = 18;
    /// `/Collection`, `/Assets`, `/Filespec`.
    COLLECTION = 19;
    /// `/OpenAction`.
    OPEN_ACTION = 20;
    /// `/AA`.
    AA = 21;
    /// `/A`, `/PA`, `/Next`.
    A = 22;
    /// `/XFA`.
    XFA = 23;
    /// `/Sig`, `/ByteRange`, `/DocTimeStamp`.
    SIGNATURE = 24;
    /// `/Catalog`.
    CATALOG = 25;
    /// `/Pages`.
    PAGES = 26;
    /// `/Page`.
    PAGE = 27;
    /// `/Annots`, `/Annot`, `/Rect`.
    ANNOT = 28;
    /// `/Widget`.
    WIDGET = 29;
    /// `/Link`.
    LINK = 30;
    /// `/Fields`, `/AcroForm`.
    FORM = 31;
    /// `/Kids`, `/Parent`.
    KIDS = 32;
    /// `/Outlines`.
    OUTLINES = 33;
    /// `/Names`, `/Dests`.
    NAMES = 34;
    /// An object stream: `/ObjStm`, or `/First` and `/N` of a stream.
    OBJSTM = 35;
    /// A cross-reference stream: `/XRef`.
    XREF = 36;
    /// A name with a needless `#` escape.
    ESCAPED = 37;
    /// `/S`, `/Type`, `/Subtype` or `/FT` with a reference as its value.
    INDIRECT_TYPE = 38;
    /// The object is a name, and nothing else.
    BARE_NAME = 39;
    /// The object is a stream.
    STREAM = 40;
    /// The object's tokens do not add up (no end, another object's start within): every name may be there.
    UNSURE = 41;
    /// `/Encrypt`, `/Linearized`: of no interest to the walk.
    SPECIAL = 42;
    /// `/Metadata`.
    METADATA = 43;
    /// The object is a number.
    NUMBER = 44;
    /// `/FT`, `/DA`, `/MK`: a form field.
    FIELD = 45;
    /// A key that tells a type: `/S`, `/Type`, `/Subtype`, `/FT`.
    TYPE_KEY = 46;
    /// `/Length`.
    LENGTH_KEY = 47;
    /// `/First`.
    FIRST_KEY = 48;
    /// `/N`.
    N_KEY = 49;
    /// `/Kids`.
    KID_LIST = 50;
    /// The name of a filter whose data grows when it is unpacked.
    EXPANDING = 51;
    /// Two of these, or filters that stand elsewhere and may be two.
    NESTED = 52;
    /// `/Filter`.
    FILTER_KEY = 53;
}

impl Flags {
    pub(crate) const NONE: Self = Self(0);
    /// The names of all actions.
    pub(crate) const ACTION: Self = Self(0x7fff);
    /// Whatever says that there is a file in the file.
    pub(crate) const EMBED: Self = Self(0b1_1111 << 15);
    /// Actions that need no click.
    pub(crate) const AUTO: Self = Self(0b11 << 20);
    /// Whatever an object may hold that a finding can come of.
    pub(crate) const SUSPECT: Self = Self(
        Self::ACTION.0 | Self::EMBED.0 | Self::AUTO.0 | Self::A.0 | Self::XFA.0 | Self::UNSURE.0,
    );

    /// Whether it holds any of these.
    pub(crate) const fn any(self, of: Self) -> bool {
        self.0 & of.0 != 0
    }

    /// Whether it holds all of these.
    pub(crate) const fn all(self, of: Self) -> bool {
        self.0 & of.0 == of.0
    }

    /// Without these.
    pub(crate) const fn without(self, others: Self) -> Self {
        Self(self.0 & !others.0)
    }

    /// With these.
    pub(crate) const fn with(self, others: Self) -> Self {
        Self(self.0 | others.0)
    }
}

impl BitOr for Flags {
    type Output = Self;

    fn bitor(self, other: Self) -> Self {
        self.with(other)
    }
}

impl BitOrAssign for Flags {
    fn bitor_assign(&mut self, other: Self) {
        *self = self.with(other);
    }
}
