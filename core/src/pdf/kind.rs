//! What a finding is about, and how much it weighs.

use serde::Serialize;

/// How much a finding weighs under a profile. Ordered: the worst comes last.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
#[serde(rename_all = "snake_case")]
#[cfg_attr(feature = "uniffi", derive(uniffi::Enum))]
#[cfg_attr(feature = "dynamic", derive(serde::Deserialize))]
pub enum Severity {
    /// Not reported at all.
    Ignored,
    /// Worth knowing; it does not weigh on the verdict.
    Note,
    /// The guide's words may or may not mean it: the portal may refuse the file.
    AtRisk,
    /// The portal refuses the file.
    Refused,
}

/// Where an object that holds a finding stands in its file.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
#[serde(rename_all = "snake_case")]
#[cfg_attr(feature = "uniffi", derive(uniffi::Enum))]
pub enum Presence {
    /// The document as it stands now leads to it.
    Reached,
    /// It is in the file, nothing leads to it, and no later revision has replaced it: hidden.
    Unreached,
    /// A later revision replaced or deleted it. A viewer no longer shows it; the bytes are still there.
    Superseded,
}

macro_rules! kinds {
    ($($(#[$meta:meta])* $kind:ident = $name:literal, $code:expr, $portal:ident, $strict:ident;)+) => {
        /// What a finding is about.
        ///
        /// Source: guide 4.3.5 lists what the portal refuses, in six lines and without definitions. What
        /// each kind has to do with those lines is a reading, written down in docs/PDF.md.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
        #[non_exhaustive]
        #[cfg_attr(feature = "uniffi", derive(uniffi::Enum))]
        #[cfg_attr(feature = "dynamic", derive(serde::Deserialize))]
        pub enum Kind {
            $($(#[$meta])* #[serde(rename = $name)] $kind,)+
        }

        impl Kind {
            /// All kinds, in the order of this list.
            pub const ALL: &'static [Self] = &[$(Self::$kind),+];

            /// A stable name, for logs and bindings.
            pub const fn as_str(self) -> &'static str {
                match self { $(Self::$kind => $name,)+ }
            }

            /// The code that the portal would answer with (guide 4.3.6), where there is one.
            pub const fn portal_code(self) -> Option<&'static str> {
                match self { $(Self::$kind => $code,)+ }
            }

            pub(super) const fn under_portal(self) -> Severity {
                match self { $(Self::$kind => Severity::$portal,)+ }
            }

            pub(super) const fn under_strict(self) -> Severity {
                match self { $(Self::$kind => Severity::$strict,)+ }
            }
        }
    };
}

const F18: Option<&str> = Some("doedsbo.f18");
const F24: Option<&str> = Some("doedsbo.f24");
const F25: Option<&str> = Some("doedsbo.f25");
const F29: Option<&str> = Some("doedsbo.f29");

kinds! {
    /// The bytes are no PDF: another format, an empty file, text.
    NotAPdf = "not_a_pdf", F24, Refused, Refused;
    /// A PDF without the header `%PDF-`, or with it beyond the first 1,024 bytes. Viewers may open it.
    HeaderMissing = "header_missing", F24, Refused, Refused;
    /// Other bytes stand before the header, which is within the first 1,024 bytes.
    HeaderOffset = "header_offset", F24, AtRisk, Refused;
    /// Too damaged to be read: no document or no page can be found.
    Damaged = "damaged", F24, Refused, Refused;
    /// The file is larger than the limit that the profile was given (guide 4.3.6, f18; the number is
    /// not in the guide).
    TooLarge = "too_large", F18, Refused, Refused;
    /// The file opens with a password alone (f29).
    PasswordNeeded = "password_needed", F29, Refused, Refused;
    /// The file is encrypted and opens without a password: owner password, or none.
    Encrypted = "encrypted", F29, AtRisk, Refused;
    /// JavaScript: an action, the name tree, a script of XFA, a URI with the scheme `javascript:`.
    JavaScript = "javascript", F25, Refused, Refused;
    /// A file inside of the file.
    EmbeddedFile = "embedded_file", F25, Refused, Refused;
    /// An action that runs without a click and leaves the document ("automatiske links").
    AutomaticLink = "automatic_link", F25, Refused, Refused;
    /// A link to an address that opens with a click.
    UriLink = "uri_link", F25, AtRisk, Refused;
    /// An action that starts a program or opens a file.
    Launch = "launch", F25, AtRisk, Refused;
    /// A link to another PDF file.
    GoToRemote = "go_to_remote", F25, AtRisk, Refused;
    /// A link into an embedded PDF file.
    GoToEmbedded = "go_to_embedded", F25, AtRisk, Refused;
    /// Links that cover a page, draw nothing, and leave the document.
    FullPageLink = "full_page_link", F25, Refused, Refused;
    /// Links that cover a page, draw nothing, and stay in the document.
    FullPageInternalLink = "full_page_internal_link", F25, AtRisk, Refused;
    /// A form action that sends what was filled in.
    SubmitForm = "submit_form", F25, Refused, Refused;
    /// A form action that reads data from a file.
    ImportData = "import_data", F25, AtRisk, Refused;
    /// A form action that clears the form.
    ResetForm = "reset_form", F25, AtRisk, Refused;
    /// An XFA form.
    Xfa = "xfa", F25, AtRisk, Refused;
    /// A film or a media clip.
    Movie = "movie", F25, AtRisk, Refused;
    /// A sound.
    Sound = "sound", F25, AtRisk, Refused;
    /// A three-dimensional model.
    ThreeD = "three_d", F25, AtRisk, Refused;
    /// Rich media (Flash, video, 3D with scripts).
    RichMedia = "rich_media", F25, AtRisk, Refused;
    /// A name that matters here is written with needless `#` escapes, as is done to pass scanners.
    EscapedName = "escaped_name", F25, AtRisk, Refused;
    /// A stream's data is not as long as it says. Many honest writers do this.
    LengthMismatch = "length_mismatch", F25, Note, AtRisk;
    /// A later revision changed the document's catalog. Signing does this too.
    ChangedCatalog = "changed_catalog", F25, Note, AtRisk;
    /// Data that grows beyond all proportion when it is unpacked.
    DecompressionBomb = "decompression_bomb", F25, AtRisk, Refused;
    /// The check ended at one of its limits, so that something may not have been seen.
    LimitReached = "limit_reached", None, AtRisk, AtRisk;
}

impl std::fmt::Display for Kind {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(self.as_str())
    }
}
