//! The operations that the sandbox answers.

use super::registrering::Kind;

/// Which token an operation takes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum TokenRule {
    /// None; a token does no harm.
    None,
    /// A direct token.
    Direct,
    /// A delegated token.
    Delegated,
    /// Either kind.
    Either,
}

/// Where an operation's method and path come from.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Provenance {
    /// Printed in the guide, or in the first page of the official OpenAPI file.
    Printed,
    /// Not printed; follows from "the same pattern" (guide 4.1, 4.3.4).
    Pattern,
    /// Made up for this sandbox.
    MadeUp,
}

/// One operation.
#[derive(Clone, Copy, Debug)]
pub struct Operation {
    /// `<service>.<operationId>`.
    pub key: &'static str,
    /// The HTTP method.
    pub method: &'static str,
    /// The path with its parameters in braces.
    pub path: &'static str,
    /// The token it takes.
    pub token: TokenRule,
    /// Whether the path is the portal's or the sandbox's.
    pub provenance: Provenance,
    /// What says so.
    pub source: &'static str,
    pub(crate) action: Action,
}

/// What the sandbox does for an operation.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Action {
    SearchBo,
    FindChangedSince,
    Doedsbo(Kind, Verb),
    Bilag(Kind, Verb),
    Kreditor(Kind, Verb),
    HentSag,
    SoegSager,
    MineSager,
    AddDokument,
    GetFil,
    AddTraad,
    GetTraad,
    Retskredse,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Verb {
    Add,
    List,
    Get,
    Update,
    Delete,
}

macro_rules! operations {
    ($($key:literal $method:ident $path:literal $token:ident $provenance:ident $source:literal $action:expr;)*) => {
        &[$(Operation {
            key: $key,
            method: stringify!($method),
            path: $path,
            token: TokenRule::$token,
            provenance: Provenance::$provenance,
            source: $source,
            action: $action,
        }),*]
    };
}

use Action::{Bilag, Doedsbo, Kreditor};
use Kind::{Effektfortegnelse, Forespoergsel, Krav, Proformaopgoerelse, Tilgodehavende};
use Verb::{Add, Delete, Get, List, Update};

/// All operations, by service.
pub const OPERATIONS: &[Operation] = operations! {
    "doedsbojournal.searchBo" POST "/doedsbojournaler" Direct Printed "guide 4.3.1" Action::SearchBo;
    "doedsbojournal.findChangedSince" POST "/doedsbojournaler/aendringer" Direct Printed "doedsbojournal-oas 1.3.0, first page" Action::FindChangedSince;

    "doedsbojournal.addKrav" POST "/doedsbojournaler/{doedsbojournalId}/krav" Direct Printed "guide 4.1" Doedsbo(Krav, Add);
    "doedsbojournal.getAllKrav" GET "/doedsbojournaler/{doedsbojournalId}/krav" Direct Printed "guide 4.1" Doedsbo(Krav, List);
    "doedsbojournal.getKrav" GET "/doedsbojournaler/{doedsbojournalId}/krav/{kravId}" Direct Printed "guide 4.1" Doedsbo(Krav, Get);
    "doedsbojournal.updateKrav" PUT "/doedsbojournaler/{doedsbojournalId}/krav/{kravId}" Direct Printed "guide 4.1" Doedsbo(Krav, Update);
    "doedsbojournal.deleteKrav" DELETE "/doedsbojournaler/{doedsbojournalId}/krav/{kravId}" Direct Printed "guide 4.1" Doedsbo(Krav, Delete);
    "doedsbojournal.addBilagForKrav" POST "/doedsbojournaler/{doedsbojournalId}/krav/{kravId}/bilag" Direct Printed "guide 4.3.4" Bilag(Krav, Add);
    "doedsbojournal.getAllBilagForKrav" GET "/doedsbojournaler/{doedsbojournalId}/krav/{kravId}/bilag" Direct Printed "guide 4.3.4" Bilag(Krav, List);
    "doedsbojournal.getBilagForKrav" GET "/doedsbojournaler/{doedsbojournalId}/krav/{kravId}/bilag/{bilagId}" Direct Printed "guide 4.3.4" Bilag(Krav, Get);

    "doedsbojournal.addTilgodehavende" POST "/doedsbojournaler/{doedsbojournalId}/tilgodehavender" Direct Pattern "guide 4.1" Doedsbo(Tilgodehavende, Add);
    "doedsbojournal.getAllTilgodehavende" GET "/doedsbojournaler/{doedsbojournalId}/tilgodehavender" Direct Pattern "guide 4.1" Doedsbo(Tilgodehavende, List);
    "doedsbojournal.getTilgodehavende" GET "/doedsbojournaler/{doedsbojournalId}/tilgodehavender/{tilgodehavendeId}" Direct Pattern "guide 4.1" Doedsbo(Tilgodehavende, Get);
    "doedsbojournal.updateTilgodehavende" PUT "/doedsbojournaler/{doedsbojournalId}/tilgodehavender/{tilgodehavendeId}" Direct Pattern "guide 4.1" Doedsbo(Tilgodehavende, Update);
    "doedsbojournal.deleteTilgodehavende" DELETE "/doedsbojournaler/{doedsbojournalId}/tilgodehavender/{tilgodehavendeId}" Direct Pattern "guide 4.1" Doedsbo(Tilgodehavende, Delete);
    "doedsbojournal.addBilagForTilgodehavende" POST "/doedsbojournaler/{doedsbojournalId}/tilgodehavender/{tilgodehavendeId}/bilag" Direct Pattern "guide 4.3.4" Bilag(Tilgodehavende, Add);
    "doedsbojournal.getAllBilagForTilgodehavende" GET "/doedsbojournaler/{doedsbojournalId}/tilgodehavender/{tilgodehavendeId}/bilag" Direct Pattern "guide 4.3.4" Bilag(Tilgodehavende, List);
    "doedsbojournal.getBilagForTilgodehavende" GET "/doedsbojournaler/{doedsbojournalId}/tilgodehavender/{tilgodehavendeId}/bilag/{bilagId}" Direct Pattern "guide 4.3.4" Bilag(Tilgodehavende, Get);

    "doedsbojournal.addEffektfortegnelse" POST "/doedsbojournaler/{doedsbojournalId}/effektfortegnelser" Direct Pattern "guide 4.1" Doedsbo(Effektfortegnelse, Add);
    "doedsbojournal.getAllEffektfortegnelse" GET "/doedsbojournaler/{doedsbojournalId}/effektfortegnelser" Direct Pattern "guide 4.1" Doedsbo(Effektfortegnelse, List);
    "doedsbojournal.getEffektfortegnelse" GET "/doedsbojournaler/{doedsbojournalId}/effektfortegnelser/{effektfortegnelseId}" Direct Pattern "guide 4.1" Doedsbo(Effektfortegnelse, Get);
    "doedsbojournal.updateEffektfortegnelse" PUT "/doedsbojournaler/{doedsbojournalId}/effektfortegnelser/{effektfortegnelseId}" Direct Pattern "guide 4.1" Doedsbo(Effektfortegnelse, Update);
    "doedsbojournal.deleteEffektfortegnelse" DELETE "/doedsbojournaler/{doedsbojournalId}/effektfortegnelser/{effektfortegnelseId}" Direct Pattern "guide 4.1" Doedsbo(Effektfortegnelse, Delete);
    "doedsbojournal.addBilagForEffektfortegnelse" POST "/doedsbojournaler/{doedsbojournalId}/effektfortegnelser/{effektfortegnelseId}/bilag" Direct Pattern "guide 4.3.4" Bilag(Effektfortegnelse, Add);
    "doedsbojournal.getAllBilagForEffektfortegnelse" GET "/doedsbojournaler/{doedsbojournalId}/effektfortegnelser/{effektfortegnelseId}/bilag" Direct Pattern "guide 4.3.4" Bilag(Effektfortegnelse, List);
    "doedsbojournal.getBilagForEffektfortegnelse" GET "/doedsbojournaler/{doedsbojournalId}/effektfortegnelser/{effektfortegnelseId}/bilag/{bilagId}" Direct Pattern "guide 4.3.4" Bilag(Effektfortegnelse, Get);

    "doedsbojournal.addForespoergsel" POST "/doedsbojournaler/{doedsbojournalId}/forespoergsler" Direct Pattern "guide 4.1" Doedsbo(Forespoergsel, Add);
    "doedsbojournal.getAllForespoergsel" GET "/doedsbojournaler/{doedsbojournalId}/forespoergsler" Direct Pattern "guide 4.1" Doedsbo(Forespoergsel, List);
    "doedsbojournal.getForespoergsel" GET "/doedsbojournaler/{doedsbojournalId}/forespoergsler/{forespoergselId}" Direct Pattern "guide 4.1" Doedsbo(Forespoergsel, Get);
    "doedsbojournal.addBilagForForespoergsel" POST "/doedsbojournaler/{doedsbojournalId}/forespoergsler/{forespoergselId}/bilag" Direct Pattern "guide 4.3.4" Bilag(Forespoergsel, Add);
    "doedsbojournal.getAllBilagForForespoergsel" GET "/doedsbojournaler/{doedsbojournalId}/forespoergsler/{forespoergselId}/bilag" Direct Pattern "guide 4.3.4" Bilag(Forespoergsel, List);
    "doedsbojournal.getBilagForForespoergsel" GET "/doedsbojournaler/{doedsbojournalId}/forespoergsler/{forespoergselId}/bilag/{bilagId}" Direct Pattern "guide 4.3.4" Bilag(Forespoergsel, Get);

    "doedsbojournal.addProformaopgoerelse" POST "/doedsbojournaler/{doedsbojournalId}/proformaopgoerelser" Direct Pattern "guide 2.1, 4.1" Doedsbo(Proformaopgoerelse, Add);
    "doedsbojournal.getAllProformaopgoerelse" GET "/doedsbojournaler/{doedsbojournalId}/proformaopgoerelser" Direct Pattern "guide 2.1, 4.1" Doedsbo(Proformaopgoerelse, List);
    "doedsbojournal.getProformaopgoerelse" GET "/doedsbojournaler/{doedsbojournalId}/proformaopgoerelser/{proformaopgoerelseId}" Direct Pattern "guide 2.1, 4.1" Doedsbo(Proformaopgoerelse, Get);
    "doedsbojournal.addBilagForProformaopgoerelse" POST "/doedsbojournaler/{doedsbojournalId}/proformaopgoerelser/{proformaopgoerelseId}/bilag" Direct Pattern "guide 4.3.4" Bilag(Proformaopgoerelse, Add);
    "doedsbojournal.getAllBilagForProformaopgoerelse" GET "/doedsbojournaler/{doedsbojournalId}/proformaopgoerelser/{proformaopgoerelseId}/bilag" Direct Pattern "guide 4.3.4" Bilag(Proformaopgoerelse, List);
    "doedsbojournal.getBilagForProformaopgoerelse" GET "/doedsbojournaler/{doedsbojournalId}/proformaopgoerelser/{proformaopgoerelseId}/bilag/{bilagId}" Direct Pattern "guide 4.3.4" Bilag(Proformaopgoerelse, Get);

    "tvangsoploesning-dirigent-kreditor.addKrav" POST "/tvangsoploesning-dirigent-kreditor/sager/{sagId}/krav" Direct MadeUp "guide 4.4.2" Kreditor(Krav, Add);
    "tvangsoploesning-dirigent-kreditor.getAllKrav" GET "/tvangsoploesning-dirigent-kreditor/sager/{sagId}/krav" Direct MadeUp "guide 4.4.2" Kreditor(Krav, List);
    "tvangsoploesning-dirigent-kreditor.getKrav" GET "/tvangsoploesning-dirigent-kreditor/sager/{sagId}/krav/{kravId}" Direct MadeUp "guide 4.4.2" Kreditor(Krav, Get);
    "tvangsoploesning-dirigent-kreditor.updateKrav" PUT "/tvangsoploesning-dirigent-kreditor/sager/{sagId}/krav/{kravId}" Direct MadeUp "guide 4.4.2" Kreditor(Krav, Update);
    "tvangsoploesning-dirigent-kreditor.deleteKrav" DELETE "/tvangsoploesning-dirigent-kreditor/sager/{sagId}/krav/{kravId}" Direct MadeUp "guide 4.4.2" Kreditor(Krav, Delete);
    "tvangsoploesning-dirigent-kreditor.addTilgodehavende" POST "/tvangsoploesning-dirigent-kreditor/sager/{sagId}/tilgodehavender" Direct MadeUp "guide 4.4.2" Kreditor(Tilgodehavende, Add);
    "tvangsoploesning-dirigent-kreditor.getAllTilgodehavende" GET "/tvangsoploesning-dirigent-kreditor/sager/{sagId}/tilgodehavender" Direct MadeUp "guide 4.4.2" Kreditor(Tilgodehavende, List);
    "tvangsoploesning-dirigent-kreditor.getTilgodehavende" GET "/tvangsoploesning-dirigent-kreditor/sager/{sagId}/tilgodehavender/{tilgodehavendeId}" Direct MadeUp "guide 4.4.2" Kreditor(Tilgodehavende, Get);
    "tvangsoploesning-dirigent-kreditor.updateTilgodehavende" PUT "/tvangsoploesning-dirigent-kreditor/sager/{sagId}/tilgodehavender/{tilgodehavendeId}" Direct MadeUp "guide 4.4.2" Kreditor(Tilgodehavende, Update);
    "tvangsoploesning-dirigent-kreditor.deleteTilgodehavende" DELETE "/tvangsoploesning-dirigent-kreditor/sager/{sagId}/tilgodehavender/{tilgodehavendeId}" Direct MadeUp "guide 4.4.2" Kreditor(Tilgodehavende, Delete);

    "tvangsoploesning-dirigent.getSag" GET "/tvangsoploesning-dirigent/sager/{sagId}" Either MadeUp "guide 4.4.1" Action::HentSag;

    "sagslager.soegSager" POST "/sagslager/sager" Either MadeUp "guide 4.5.1" Action::SoegSager;
    "sagslager.hentSager" GET "/sagslager/mine-sager" Either MadeUp "guide 4.5.1" Action::MineSager;

    "henvendelse.addHenvendelseTraad" POST "/henvendelseTraade" Delegated Printed "guide 4.5.4" Action::AddTraad;
    "henvendelse.getHenvendelseTraad" GET "/henvendelseTraade/{henvendelsestraadId}" Delegated MadeUp "guide 4.5.4" Action::GetTraad;

    "retskreds.getRetskredse" GET "/retskredse" None MadeUp "guide 4.5.6" Action::Retskredse;

    "dokumentlager.addV2" POST "/v2/dokumenter" Either Printed "guide 4.5.7" Action::AddDokument;
    "dokumentlager.getFil" GET "/v2/dokumenter/{dokumentId}" Either MadeUp "guide 4.5.7" Action::GetFil;
};

/// Keys and paths of the operations whose path the guide does not print, so that a client can be
/// told where this sandbox put them.
pub fn made_up_paths() -> Vec<(&'static str, &'static str)> {
    OPERATIONS
        .iter()
        .filter(|operation| operation.provenance != Provenance::Printed)
        .map(|operation| (operation.key, operation.path))
        .collect()
}
