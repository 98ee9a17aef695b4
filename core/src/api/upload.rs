//! A file that is to be uploaded.

use std::fmt;

use super::call_error::CallError;
use super::custom::disposition_header;
use crate::http::Header;
use crate::pdf::{self, Profile, Verdict};

/// The content type of a bilag (guide 4.3.4).
pub(super) const PDF: &str = "application/pdf";

/// A bilag to be uploaded: its filename and its bytes, sent as they are. `Debug` shows the length
/// only.
///
/// ```
/// use skifteportal::api::BilagUpload;
/// let upload = BilagUpload::new("Faktura.pdf", &b"%PDF-1.7 ..."[..]);
/// assert_eq!(upload.filnavn, "Faktura.pdf");
/// ```
#[derive(Clone, PartialEq, Eq)]
pub struct BilagUpload {
    /// The filename that the portal keeps, without a path; at most 255 bytes of UTF-8.
    pub filnavn: String,
    /// The PDF.
    pub bytes: Vec<u8>,
}

impl BilagUpload {
    /// A bilag from its filename and content.
    pub fn new(filnavn: impl Into<String>, bytes: impl Into<Vec<u8>>) -> Self {
        Self {
            filnavn: filnavn.into(),
            bytes: bytes.into(),
        }
    }

    /// A bilag whose content passed the check of PDFs, before anything is filed that it belongs to.
    ///
    /// It fails where the portal is known to refuse the file ([`Verdict::Refused`]), with the whole
    /// report. What is at risk passes, and so does what the check could not decide: the portal has the
    /// last word, and a deadline must not fail on a doubt. For these, look at [`pdf::check`] yourself;
    /// [`pdf::sanitize`] is the remedy.
    ///
    /// ```
    /// use skifteportal::api::{BilagUpload, CallError};
    /// use skifteportal::pdf::Profile;
    ///
    /// let refused = BilagUpload::checked("Faktura.pdf", &b"PK\x03\x04"[..], &Profile::portal());
    /// match refused {
    ///     Err(CallError::Pdf { report }) => assert_eq!(report.codes(), ["doedsbo.f24"]),
    ///     other => panic!("{other:?}"),
    /// }
    /// ```
    pub fn checked(
        filnavn: impl Into<String>,
        bytes: impl Into<Vec<u8>>,
        profile: &Profile,
    ) -> Result<Self, CallError> {
        let upload = Self::new(filnavn, bytes);
        let report = pdf::check(&upload.bytes, profile);
        if report.verdict == Verdict::Refused {
            let report = Box::new(report);
            return Err(CallError::Pdf { report });
        }
        Ok(upload)
    }

    /// `Content-Disposition` with the filename.
    pub(super) fn disposition(&self) -> Result<Header, CallError> {
        disposition_header(&self.filnavn)
    }
}

impl fmt::Debug for BilagUpload {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("BilagUpload")
            .field("bytes", &self.bytes.len())
            .finish_non_exhaustive()
    }
}
