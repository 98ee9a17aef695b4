//! Bilag and documents: what the portal tells of a file.

use super::payload::payload;
use super::{BilagId, DokumentId, Timestamp};
use crate::text::Fritekst;

payload! {
    /// What the portal tells of a bilag: "id, filnavn og relativ URL" (guide 4.3.4). The member of
    /// the URL is not printed; see [`Bilag::relative_url`].
    Bilag {
        /// Its id, for `getBilag…`.
        id: BilagId = "id",
        /// Its file name.
        filnavn: Fritekst = "filnavn",
    }

    /// What the dokumentlager tells of a document (guide 4.5.7).
    Dokument {
        /// Its id, by which a krav or a henvendelse refers to it.
        id: DokumentId = "id",
        /// Its file name.
        navn: Fritekst = "navn",
        /// When it was stored.
        oprettet: Timestamp = "oprettet",
        /// Its size in bytes.
        stoerelse: u64 = "stoerelse",
        /// Its media type, such as `application/pdf`.
        medietype: String = "type",
        /// By whom it was stored.
        metadata: DokumentMetadata = "metadata",
    }

    /// By whom a document was stored (guide 4.5.7).
    DokumentMetadata {
        /// What the owner is, such as `virksomhed`.
        oprettet_af_part_type: String = "oprettet_af_part_type",
        /// The owner's id; of a company its CVR number.
        oprettet_af_part_id: String = "oprettet_af_part_id",
    }
}

impl Bilag {
    /// The relative URL of the content.
    ///
    /// Reading: the first unknown member whose value is a text that can only be a path: with a `/`,
    /// no scheme, no host, no blanks or control characters. A caller that has the id does not need
    /// it.
    ///
    /// ```
    /// use skifteportal::model::{from_json, Bilag};
    /// let bilag: Bilag = from_json(br#"{"id":"b1","filnavn":"a.pdf","url":"/x/bilag/b1"}"#).unwrap();
    /// assert_eq!(bilag.relative_url().as_deref(), Some("/x/bilag/b1"));
    /// ```
    pub fn relative_url(&self) -> Option<String> {
        self.extra
            .iter()
            .filter_map(|(_, raw)| serde_json::from_str::<String>(raw).ok())
            .find(|text| {
                let odd = |c: char| c.is_control() || c.is_whitespace() || matches!(c, ':' | '\\');
                text.contains('/') && !text.contains("//") && !text.contains(odd)
            })
    }
}
