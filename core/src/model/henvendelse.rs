//! What a likvidator writes to the court, and its answers.

use super::payload::payload;
use super::{DokumentId, HenvendelsestraadId, SagId};
use crate::text::Fritekst;

payload! {
    /// A thread of messages on a sag (guide 4.5.4).
    Henvendelsestraad {
        /// Reading: given by the portal on creation.
        id: HenvendelsestraadId = reading "id",
        /// The sag.
        sag_id: SagId = "sagId",
        /// The subject.
        emneord: Fritekst = "emneord",
        /// The messages.
        henvendelser: Vec<Henvendelse> = "henvendelser",
    }

    /// One message of a thread (guide 4.5.4).
    Henvendelse {
        /// The text, with line breaks.
        tekst: Fritekst = "tekst",
        /// The documents that go with it, uploaded before.
        dokumenter: Vec<HenvendelseDokument> = "dokumenter",
    }

    /// A document that goes with a message (guide 4.5.4).
    HenvendelseDokument {
        /// Its id in the dokumentlager.
        dokument_id: DokumentId = "dokumentId",
        /// Its file name.
        filnavn: Fritekst = "filnavn",
        /// What the reader is told that it is.
        navn: Fritekst = "navn",
    }
}
