//! Why a file could not be sanitised.

use crate::pdf::{Kind, Limit};

/// Why a file could not be sanitised. Nothing was written then; the caller's file is as it was.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum SanitizeError {
    /// The bytes are no PDF.
    #[error("the bytes are no PDF")]
    NotAPdf,
    /// No document or no page can be found in it.
    #[error("the file is too damaged to be read: it has no page that can be found")]
    Damaged,
    /// It opens with a password alone, or is encrypted in a way that is not known here.
    #[error("the file is encrypted and does not open without a password")]
    Locked,
    /// Parts of the file that may hold something cannot be read. A rewrite would leave them out, and the
    /// pages with them.
    #[error(
        "parts of the file cannot be read, and would be lost: print the document to PDF again"
    )]
    Unreadable,
    /// The file holds a digital signature, which any change breaks. See
    /// [`SanitizeOptions::break_signatures`](super::SanitizeOptions::break_signatures).
    #[error("the file is digitally signed, and any change breaks the signature")]
    Signed,
    /// A limit was reached before all of the file was read or written.
    #[error("a limit of the profile was reached")]
    Limit {
        /// Which one.
        limit: Limit,
    },
    /// The result would still hold what was to be removed, or be refused. It is not handed out.
    #[error("the result would still be refused: {}", names(kinds))]
    StillRefused {
        /// What it would hold.
        kinds: Vec<Kind>,
    },
}

impl SanitizeError {
    /// The stable text code, such as `sanitize.signed`.
    pub const fn code(&self) -> &'static str {
        match self {
            Self::NotAPdf => "sanitize.not_a_pdf",
            Self::Damaged => "sanitize.damaged",
            Self::Locked => "sanitize.locked",
            Self::Unreadable => "sanitize.unreadable",
            Self::Signed => "sanitize.signed",
            Self::Limit { .. } => "sanitize.limit",
            Self::StillRefused { .. } => "sanitize.still_refused",
        }
    }
}

fn names(kinds: &[Kind]) -> String {
    let names: Vec<&str> = kinds.iter().map(|kind| kind.as_str()).collect();
    names.join(", ")
}
