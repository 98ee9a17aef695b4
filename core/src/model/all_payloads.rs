//! The list of all payloads, for those who need a table of them.

/// Gives a macro all payloads: of each its type, a name for it as the case of an enum, and whether it has
/// rules (`checked`) or not (`plain`). For bindings.
#[doc(hidden)]
#[macro_export]
macro_rules! for_all_payloads {
    ($macro:ident) => {
        $macro! {
            Adresse AdressePayload plain;
            Afdoede AfdoedePayload plain;
            Bilag BilagPayload plain;
            Doedsbojournal DoedsbojournalPayload checked;
            DoedsbojournalQuery DoedsbojournalQueryPayload checked;
            Dokument DokumentPayload plain;
            DokumentMetadata DokumentMetadataPayload plain;
            Effekt EffektPayload plain;
            Effektfortegnelse EffektfortegnelsePayload checked;
            Forespoergsel ForespoergselPayload checked;
            Henvendelse HenvendelsePayload plain;
            HenvendelseDokument HenvendelseDokumentPayload plain;
            Henvendelsestraad HenvendelsestraadPayload checked;
            Kontaktperson KontaktpersonPayload plain;
            Krav KravPayload checked;
            Kvittering KvitteringPayload plain;
            Objekt ObjektPayload plain;
            Part PartPayload plain;
            PartAnden PartAndenPayload plain;
            PartPerson PartPersonPayload plain;
            PartVirksomhed PartVirksomhedPayload plain;
            Proformaopgoerelse ProformaopgoerelsePayload checked;
            Sag SagPayload plain;
            SagsQuery SagsQueryPayload checked;
            Skifteform SkifteformPayload plain;
            Tilgodehavende TilgodehavendePayload checked;
            TvangKrav TvangKravPayload checked;
            TvangTilgodehavende TvangTilgodehavendePayload checked;
            VigtigeDatoer VigtigeDatoerPayload plain;
        }
    };
}
