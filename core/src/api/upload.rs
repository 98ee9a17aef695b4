//! A file that is to be uploaded.

use std::fmt;

use super::call_error::CallError;
use super::custom::disposition_header;
use crate::http::Header;

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
