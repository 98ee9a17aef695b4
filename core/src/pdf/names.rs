//! The names that matter: which flags each stands for.

use super::flags::Flags;

/// Whether any name of interest begins with a byte (the place) and has a length (the bit).
static HOT: [u32; 256] = hot();

macro_rules! interest {
    ($($name:literal => $flags:expr;)+) => {
        const fn hot() -> [u32; 256] {
            let mut hot = [0_u32; 256];
            $(hot[$name[0] as usize] |= 1 << $name.len();)+
            hot
        }

        fn look_up(name: &[u8]) -> Flags {
            match name {
                $($name => $flags,)+
                _ => Flags::NONE,
            }
        }
    };
}

interest! {
    b"JavaScript" => Flags::JAVASCRIPT;
    b"JS" => Flags::JAVASCRIPT;
    b"Launch" => Flags::LAUNCH;
    b"Win" => Flags::LAUNCH;
    b"Mac" => Flags::LAUNCH;
    b"Unix" => Flags::LAUNCH;
    b"URI" => Flags::URI;
    b"GoToR" => Flags::GOTO_REMOTE;
    b"GoToE" => Flags::GOTO_EMBEDDED;
    b"SubmitForm" => Flags::SUBMIT_FORM;
    b"ImportData" => Flags::IMPORT_DATA;
    b"ResetForm" => Flags::RESET_FORM;
    b"Movie" => Flags::MOVIE;
    b"Sound" => Flags::SOUND;
    b"Rendition" => Flags::RENDITION;
    b"Screen" => Flags::RENDITION;
    b"MediaClip" => Flags::RENDITION;
    b"MR" => Flags::RENDITION;
    b"MCD" => Flags::RENDITION;
    b"MCS" => Flags::RENDITION;
    b"RichMedia" => Flags::RICH_MEDIA;
    b"RichMediaExecute" => Flags::RICH_MEDIA;
    b"RichMediaContent" => Flags::RICH_MEDIA;
    b"RichMediaSettings" => Flags::RICH_MEDIA;
    b"3D" => Flags::THREE_D;
    b"GoTo3DView" => Flags::THREE_D;
    b"U3D" => Flags::THREE_D;
    b"PRC" => Flags::THREE_D;
    b"3DD" => Flags::THREE_D;
    b"Hide" => Flags::OTHER_ACTION;
    b"Thread" => Flags::OTHER_ACTION;
    b"SetOCGState" => Flags::OTHER_ACTION;
    b"Trans" => Flags::OTHER_ACTION;
    b"Named" => Flags::OTHER_ACTION;
    b"GoToDp" => Flags::OTHER_ACTION;
    b"GoTo" => Flags::GOTO;
    b"EF" => Flags::EF;
    b"RF" => Flags::EF;
    b"EmbeddedFile" => Flags::EMBEDDED_FILE;
    b"EmbeddedFiles" => Flags::EMBEDDED_FILE;
    b"FileAttachment" => Flags::FILE_ATTACHMENT;
    b"AF" => Flags::AF;
    b"AFRelationship" => Flags::AF;
    b"Collection" => Flags::COLLECTION;
    b"Assets" => Flags::COLLECTION;
    b"Filespec" => Flags::COLLECTION;
    b"OpenAction" => Flags::OPEN_ACTION;
    b"AA" => Flags::AA;
    b"A" => Flags::A;
    b"PA" => Flags::A;
    b"Next" => Flags::A;
    b"XFA" => Flags::XFA;
    b"Sig" => Flags::SIGNATURE;
    b"ByteRange" => Flags::SIGNATURE;
    b"DocTimeStamp" => Flags::SIGNATURE;
    b"Catalog" => Flags::CATALOG;
    b"Pages" => Flags::PAGES;
    b"Page" => Flags::PAGE;
    b"Annots" => Flags::ANNOT;
    b"Annot" => Flags::ANNOT;
    b"Rect" => Flags::ANNOT;
    b"Widget" => Flags::WIDGET;
    b"Link" => Flags::LINK;
    b"Fields" => Flags::FORM;
    b"AcroForm" => Flags::FORM;
    b"Kids" => Flags::KIDS.with(Flags::KID_LIST);
    b"Parent" => Flags::KIDS;
    b"Outlines" => Flags::OUTLINES;
    b"Names" => Flags::NAMES;
    b"Dests" => Flags::NAMES;
    b"ObjStm" => Flags::OBJSTM;
    b"XRef" => Flags::XREF;
    b"Encrypt" => Flags::SPECIAL;
    b"Linearized" => Flags::SPECIAL;
    b"Metadata" => Flags::METADATA;
    b"DA" => Flags::FIELD;
    b"MK" => Flags::FIELD;
    b"FT" => Flags::FIELD.with(Flags::TYPE_KEY);
    b"S" => Flags::TYPE_KEY;
    b"Type" => Flags::TYPE_KEY;
    b"Subtype" => Flags::TYPE_KEY;
    b"Length" => Flags::LENGTH_KEY;
    b"First" => Flags::FIRST_KEY;
    b"N" => Flags::N_KEY;
    b"Filter" => Flags::FILTER_KEY;
    b"FlateDecode" => Flags::EXPANDING;
    b"Fl" => Flags::EXPANDING;
    b"LZWDecode" => Flags::EXPANDING;
    b"LZW" => Flags::EXPANDING;
    b"RunLengthDecode" => Flags::EXPANDING;
    b"RL" => Flags::EXPANDING;
}

/// The flags of a name, without its slash and without escapes.
#[inline]
pub(super) fn interest(name: &[u8]) -> Flags {
    let first = name.first().map_or(0, |first| HOT[usize::from(*first)]);
    if name.len() < 32 && first & 1 << name.len() != 0 {
        look_up(name)
    } else {
        Flags::NONE
    }
}
