//! The table of all operations that the core knows.

use std::borrow::Cow;

#[cfg(feature = "dynamic")]
use super::named::{ByName, Make, Row};
use super::notes;
use super::operation::{Effect, OperationSpec, Provenance};
use super::service::Service;
use crate::http::Method;

/// All operations that the core knows, by service, in the order of the guide's sections.
///
/// ```
/// use skifteportal::api::{catalogue, Provenance};
/// let add = catalogue().iter().find(|o| o.key == "doedsbojournal.addKrav").unwrap();
/// assert_eq!(add.path.as_deref(), Some("/doedsbojournaler/{doedsbojournalId}/krav"));
/// assert_eq!((add.provenance, add.source), (Provenance::Guide, "guide 4.1"));
/// let get = catalogue().iter().find(|o| o.key == "dokumentlager.getFil").unwrap();
/// assert_eq!((get.provenance, get.path.is_none()), (Provenance::Assumed, true));
/// ```
pub fn catalogue() -> &'static [OperationSpec] {
    &CATALOGUE
}

/// The operation with a key such as `doedsbojournal.addKrav`.
///
/// ```
/// assert_eq!(skifteportal::api::operation("sagslager.hentSager").unwrap().id, "hentSager");
/// ```
pub fn operation(key: &str) -> Option<&'static OperationSpec> {
    CATALOGUE.iter().find(|operation| operation.key == key)
}

/// The operation with a key, and how it is called with named arguments.
#[cfg(feature = "dynamic")]
pub(super) fn by_name(key: &str) -> Option<(&'static OperationSpec, Make)> {
    let mut rows = CATALOGUE.iter().zip(&BY_NAME);
    let (spec, make) = rows.find(|(spec, _)| spec.key == key)?;
    Some((spec, *make))
}

/// How an operation is called; a search is a POST that only reads.
#[derive(Clone, Copy)]
enum Verb {
    Get,
    Post,
    Put,
    Delete,
    Search,
}

impl Verb {
    const fn method(self) -> Method {
        match self {
            Self::Get => Method::Get,
            Self::Post | Self::Search => Method::Post,
            Self::Put => Method::Put,
            Self::Delete => Method::Delete,
        }
    }

    const fn effect(self) -> Effect {
        match self {
            Self::Get | Self::Search => Effect::Reads,
            Self::Post => Effect::Creates,
            Self::Put | Self::Delete => Effect::Sets,
        }
    }
}

/// The operationId: what follows the point of a key.
const fn id_of(key: &'static str) -> &'static str {
    let bytes = key.as_bytes();
    let mut at = 0;
    while at < bytes.len() {
        if bytes[at] == b'.' {
            return key.split_at(at + 1).1;
        }
        at += 1;
    }
    key
}

const fn borrowed(path: Option<&'static str>) -> Option<Cow<'static, str>> {
    match path {
        Some(path) => Some(Cow::Borrowed(path)),
        None => None,
    }
}

/// Makes the table, and an enum that names its rows, so that a typed call cannot name a row that is
/// not there. A row is: name: key, verb, path, parameters, provenance, source, note.
macro_rules! operations {
    ($($service:ident {$(
        $name:ident: $key:literal, $verb:ident, $path:expr,
        [$($parameter:literal),*], $provenance:ident, $source:literal, $note:expr;
    )+})+) => {
        /// A row of the catalogue.
        #[derive(Clone, Copy, Debug)]
        pub(super) enum Operation { $($($name,)+)+ }

        /// How each row is called with named arguments.
        #[cfg(feature = "dynamic")]
        static BY_NAME: [Make; [$($($key,)+)+].len()] = [$($(
            <Row<{ Operation::$name as usize }> as ByName>::make,
        )+)+];

        static CATALOGUE: [OperationSpec; [$($($key,)+)+].len()] = [$($(
            OperationSpec {
                key: Cow::Borrowed($key),
                id: Cow::Borrowed(id_of($key)),
                service: Service::$service,
                method: Verb::$verb.method(),
                path: borrowed($path),
                parameters: Cow::Borrowed(const { &[$(Cow::Borrowed($parameter)),*] }),
                token: Service::$service.token(),
                effect: Verb::$verb.effect(),
                provenance: Provenance::$provenance,
                source: $source,
                note: $note,
            },
        )+)+];
    };
}

impl Operation {
    /// The row's content.
    pub(super) fn spec(self) -> &'static OperationSpec {
        &CATALOGUE[self as usize]
    }
}

operations! {
    Doedsbojournal {
        SearchBo: "doedsbojournal.searchBo",
            Search, Some("/doedsbojournaler"),
            [], OpenApi, "doedsbojournal-oas.yaml, guide 4.3.1", notes::SEARCH;
        FindChangedSince: "doedsbojournal.findChangedSince",
            Search, Some("/doedsbojournaler/aendringer"),
            [], OpenApi, "doedsbojournal-oas.yaml", "";
        AddKrav: "doedsbojournal.addKrav",
            Post, Some("/doedsbojournaler/{doedsbojournalId}/krav"),
            ["doedsbojournalId"], Guide, "guide 4.1", "";
        GetKrav: "doedsbojournal.getKrav",
            Get, Some("/doedsbojournaler/{doedsbojournalId}/krav/{kravId}"),
            ["doedsbojournalId", "kravId"], Guide, "guide 4.1", "";
        GetAllKrav: "doedsbojournal.getAllKrav",
            Get, Some("/doedsbojournaler/{doedsbojournalId}/krav"),
            ["doedsbojournalId"], Guide, "guide 4.1", "";
        UpdateKrav: "doedsbojournal.updateKrav",
            Put, Some("/doedsbojournaler/{doedsbojournalId}/krav/{kravId}"),
            ["doedsbojournalId", "kravId"], Guide, "guide 2.1, 4.1", "";
        DeleteKrav: "doedsbojournal.deleteKrav",
            Delete, Some("/doedsbojournaler/{doedsbojournalId}/krav/{kravId}"),
            ["doedsbojournalId", "kravId"], Guide, "guide 2.1, 4.1", "";
        AddBilagForKrav: "doedsbojournal.addBilagForKrav",
            Post, Some("/doedsbojournaler/{doedsbojournalId}/krav/{kravId}/bilag"),
            ["doedsbojournalId", "kravId"], Guide, "guide 4.3.4", notes::BILAG_ID;
        GetAllBilagForKrav: "doedsbojournal.getAllBilagForKrav",
            Get, Some("/doedsbojournaler/{doedsbojournalId}/krav/{kravId}/bilag"),
            ["doedsbojournalId", "kravId"], Guide, "guide 4.3.4", "";
        GetBilagForKrav: "doedsbojournal.getBilagForKrav",
            Get, Some("/doedsbojournaler/{doedsbojournalId}/krav/{kravId}/bilag/{bilagId}"),
            ["doedsbojournalId", "kravId", "bilagId"], Guide, "guide 4.3.4", notes::BILAG_ID;
        AddTilgodehavende: "doedsbojournal.addTilgodehavende",
            Post, Some("/doedsbojournaler/{doedsbojournalId}/tilgodehavender"),
            ["doedsbojournalId"], Pattern, "guide 4.1", notes::SEGMENT;
        GetTilgodehavende: "doedsbojournal.getTilgodehavende",
            Get, Some("/doedsbojournaler/{doedsbojournalId}/tilgodehavender/{tilgodehavendeId}"),
            ["doedsbojournalId", "tilgodehavendeId"], Pattern, "guide 4.1", notes::SEGMENT;
        GetAllTilgodehavende: "doedsbojournal.getAllTilgodehavende",
            Get, Some("/doedsbojournaler/{doedsbojournalId}/tilgodehavender"),
            ["doedsbojournalId"], Pattern, "guide 4.1", notes::SEGMENT;
        UpdateTilgodehavende: "doedsbojournal.updateTilgodehavende",
            Put, Some("/doedsbojournaler/{doedsbojournalId}/tilgodehavender/{tilgodehavendeId}"),
            ["doedsbojournalId", "tilgodehavendeId"], Pattern, "guide 2.1, 4.1", notes::SEGMENT;
        DeleteTilgodehavende: "doedsbojournal.deleteTilgodehavende",
            Delete, Some("/doedsbojournaler/{doedsbojournalId}/tilgodehavender/{tilgodehavendeId}"),
            ["doedsbojournalId", "tilgodehavendeId"], Pattern, "guide 2.1, 4.1", notes::SEGMENT;
        AddBilagForTilgodehavende: "doedsbojournal.addBilagForTilgodehavende",
            Post, Some("/doedsbojournaler/{doedsbojournalId}/tilgodehavender/{tilgodehavendeId}/bilag"),
            ["doedsbojournalId", "tilgodehavendeId"], Pattern, "guide 4.3.4", notes::SEGMENT_BILAG_ID;
        GetAllBilagForTilgodehavende: "doedsbojournal.getAllBilagForTilgodehavende",
            Get, Some("/doedsbojournaler/{doedsbojournalId}/tilgodehavender/{tilgodehavendeId}/bilag"),
            ["doedsbojournalId", "tilgodehavendeId"], Pattern, "guide 4.3.4", notes::SEGMENT;
        GetBilagForTilgodehavende: "doedsbojournal.getBilagForTilgodehavende",
            Get, Some("/doedsbojournaler/{doedsbojournalId}/tilgodehavender/{tilgodehavendeId}/bilag/{bilagId}"),
            ["doedsbojournalId", "tilgodehavendeId", "bilagId"], Pattern, "guide 4.3.4", notes::SEGMENT_BILAG_ID;
        AddEffektfortegnelse: "doedsbojournal.addEffektfortegnelse",
            Post, Some("/doedsbojournaler/{doedsbojournalId}/effektfortegnelser"),
            ["doedsbojournalId"], Pattern, "guide 4.1", notes::SEGMENT;
        GetEffektfortegnelse: "doedsbojournal.getEffektfortegnelse",
            Get, Some("/doedsbojournaler/{doedsbojournalId}/effektfortegnelser/{effektfortegnelseId}"),
            ["doedsbojournalId", "effektfortegnelseId"], Pattern, "guide 4.1", notes::SEGMENT;
        GetAllEffektfortegnelse: "doedsbojournal.getAllEffektfortegnelse",
            Get, Some("/doedsbojournaler/{doedsbojournalId}/effektfortegnelser"),
            ["doedsbojournalId"], Pattern, "guide 4.1", notes::SEGMENT;
        UpdateEffektfortegnelse: "doedsbojournal.updateEffektfortegnelse",
            Put, Some("/doedsbojournaler/{doedsbojournalId}/effektfortegnelser/{effektfortegnelseId}"),
            ["doedsbojournalId", "effektfortegnelseId"], Pattern, "guide 4.1", notes::EFFEKT_CHANGE;
        DeleteEffektfortegnelse: "doedsbojournal.deleteEffektfortegnelse",
            Delete, Some("/doedsbojournaler/{doedsbojournalId}/effektfortegnelser/{effektfortegnelseId}"),
            ["doedsbojournalId", "effektfortegnelseId"], Pattern, "guide 4.1", notes::EFFEKT_CHANGE;
        AddBilagForEffektfortegnelse: "doedsbojournal.addBilagForEffektfortegnelse",
            Post, Some("/doedsbojournaler/{doedsbojournalId}/effektfortegnelser/{effektfortegnelseId}/bilag"),
            ["doedsbojournalId", "effektfortegnelseId"], Pattern, "guide 4.3.4", notes::SEGMENT_BILAG_ID;
        GetAllBilagForEffektfortegnelse: "doedsbojournal.getAllBilagForEffektfortegnelse",
            Get, Some("/doedsbojournaler/{doedsbojournalId}/effektfortegnelser/{effektfortegnelseId}/bilag"),
            ["doedsbojournalId", "effektfortegnelseId"], Pattern, "guide 4.3.4", notes::SEGMENT;
        GetBilagForEffektfortegnelse: "doedsbojournal.getBilagForEffektfortegnelse",
            Get, Some("/doedsbojournaler/{doedsbojournalId}/effektfortegnelser/{effektfortegnelseId}/bilag/{bilagId}"),
            ["doedsbojournalId", "effektfortegnelseId", "bilagId"], Pattern, "guide 4.3.4", notes::SEGMENT_BILAG_ID;
        AddForespoergsel: "doedsbojournal.addForespoergsel",
            Post, Some("/doedsbojournaler/{doedsbojournalId}/forespoergsler"),
            ["doedsbojournalId"], Pattern, "guide 2.1, 4.1", notes::FORESPOERGSEL;
        GetForespoergsel: "doedsbojournal.getForespoergsel",
            Get, Some("/doedsbojournaler/{doedsbojournalId}/forespoergsler/{forespoergselId}"),
            ["doedsbojournalId", "forespoergselId"], Pattern, "guide 2.1, 4.1", notes::FORESPOERGSEL;
        GetAllForespoergsel: "doedsbojournal.getAllForespoergsel",
            Get, Some("/doedsbojournaler/{doedsbojournalId}/forespoergsler"),
            ["doedsbojournalId"], Pattern, "guide 2.1, 4.1", notes::FORESPOERGSEL;
        AddBilagForForespoergsel: "doedsbojournal.addBilagForForespoergsel",
            Post, Some("/doedsbojournaler/{doedsbojournalId}/forespoergsler/{forespoergselId}/bilag"),
            ["doedsbojournalId", "forespoergselId"], Pattern, "guide 4.3.4", notes::SEGMENT_BILAG_ID;
        GetAllBilagForForespoergsel: "doedsbojournal.getAllBilagForForespoergsel",
            Get, Some("/doedsbojournaler/{doedsbojournalId}/forespoergsler/{forespoergselId}/bilag"),
            ["doedsbojournalId", "forespoergselId"], Pattern, "guide 4.3.4", notes::SEGMENT;
        GetBilagForForespoergsel: "doedsbojournal.getBilagForForespoergsel",
            Get, Some("/doedsbojournaler/{doedsbojournalId}/forespoergsler/{forespoergselId}/bilag/{bilagId}"),
            ["doedsbojournalId", "forespoergselId", "bilagId"], Pattern, "guide 4.3.4", notes::SEGMENT_BILAG_ID;
        AddProformaopgoerelse: "doedsbojournal.addProformaopgoerelse",
            Post, Some("/doedsbojournaler/{doedsbojournalId}/proformaopgoerelser"),
            ["doedsbojournalId"], Pattern, "guide 2.1, 4.1, 4.3.6 (doedsbo.f35)", notes::PROFORMA;
        GetProformaopgoerelse: "doedsbojournal.getProformaopgoerelse",
            Get, Some("/doedsbojournaler/{doedsbojournalId}/proformaopgoerelser/{proformaopgoerelseId}"),
            ["doedsbojournalId", "proformaopgoerelseId"], Pattern, "guide 2.1, 4.1, 4.3.6 (doedsbo.f35)", notes::PROFORMA;
        GetAllProformaopgoerelse: "doedsbojournal.getAllProformaopgoerelse",
            Get, Some("/doedsbojournaler/{doedsbojournalId}/proformaopgoerelser"),
            ["doedsbojournalId"], Pattern, "guide 2.1, 4.1, 4.3.6 (doedsbo.f35)", notes::PROFORMA;
        AddBilagForProformaopgoerelse: "doedsbojournal.addBilagForProformaopgoerelse",
            Post, Some("/doedsbojournaler/{doedsbojournalId}/proformaopgoerelser/{proformaopgoerelseId}/bilag"),
            ["doedsbojournalId", "proformaopgoerelseId"], Pattern, "guide 2.1, 4.3.4", notes::PROFORMA_BILAG;
        GetAllBilagForProformaopgoerelse: "doedsbojournal.getAllBilagForProformaopgoerelse",
            Get, Some("/doedsbojournaler/{doedsbojournalId}/proformaopgoerelser/{proformaopgoerelseId}/bilag"),
            ["doedsbojournalId", "proformaopgoerelseId"], Pattern, "guide 2.1, 4.3.4", notes::PROFORMA_BILAG;
        GetBilagForProformaopgoerelse: "doedsbojournal.getBilagForProformaopgoerelse",
            Get, Some("/doedsbojournaler/{doedsbojournalId}/proformaopgoerelser/{proformaopgoerelseId}/bilag/{bilagId}"),
            ["doedsbojournalId", "proformaopgoerelseId", "bilagId"], Pattern, "guide 2.1, 4.3.4", notes::PROFORMA_BILAG;
    }
    TvangsoploesningKreditor {
        KreditorAddKrav: "tvangsoploesning-dirigent-kreditor.addKrav",
            Post, None,
            ["sagId"], Assumed, "guide 4.4.2", notes::KREDITOR;
        KreditorGetKrav: "tvangsoploesning-dirigent-kreditor.getKrav",
            Get, None,
            ["sagId", "kravId"], Assumed, "guide 4.1, 4.4.2", notes::KREDITOR_PATTERN;
        KreditorGetAllKrav: "tvangsoploesning-dirigent-kreditor.getAllKrav",
            Get, None,
            ["sagId"], Assumed, "guide 4.1, 4.4.2", notes::KREDITOR_PATTERN;
        KreditorUpdateKrav: "tvangsoploesning-dirigent-kreditor.updateKrav",
            Put, None,
            ["sagId", "kravId"], Assumed, "guide 2.1, 4.1, 4.4.2", notes::KREDITOR_PATTERN;
        KreditorDeleteKrav: "tvangsoploesning-dirigent-kreditor.deleteKrav",
            Delete, None,
            ["sagId", "kravId"], Assumed, "guide 2.1, 4.1, 4.4.2", notes::KREDITOR_PATTERN;
        KreditorAddTilgodehavende: "tvangsoploesning-dirigent-kreditor.addTilgodehavende",
            Post, None,
            ["sagId"], Assumed, "guide 4.4.2", notes::KREDITOR_PATTERN;
        KreditorGetTilgodehavende: "tvangsoploesning-dirigent-kreditor.getTilgodehavende",
            Get, None,
            ["sagId", "tilgodehavendeId"], Assumed, "guide 4.1, 4.4.2", notes::KREDITOR_PATTERN;
        KreditorGetAllTilgodehavende: "tvangsoploesning-dirigent-kreditor.getAllTilgodehavende",
            Get, None,
            ["sagId"], Assumed, "guide 4.1, 4.4.2", notes::KREDITOR_PATTERN;
        KreditorUpdateTilgodehavende: "tvangsoploesning-dirigent-kreditor.updateTilgodehavende",
            Put, None,
            ["sagId", "tilgodehavendeId"], Assumed, "guide 2.1, 4.1, 4.4.2", notes::KREDITOR_PATTERN;
        KreditorDeleteTilgodehavende: "tvangsoploesning-dirigent-kreditor.deleteTilgodehavende",
            Delete, None,
            ["sagId", "tilgodehavendeId"], Assumed, "guide 2.1, 4.1, 4.4.2", notes::KREDITOR_PATTERN;
    }
    Sagslager {
        SoegSager: "sagslager.soegSager",
            Search, None,
            [], Assumed, "guide 4.5.1", notes::SOEG_SAGER;
        HentSager: "sagslager.hentSager",
            Get, None,
            [], Assumed, "guide 4.5.1", notes::HENT_SAGER;
    }
    Henvendelse {
        AddHenvendelseTraad: "henvendelse.addHenvendelseTraad",
            Post, Some("/henvendelseTraade"),
            [], Guide, "guide 4.5.4", notes::HENVENDELSE_ID;
        GetHenvendelseTraad: "henvendelse.getHenvendelseTraad",
            Get, None,
            ["henvendelsestraadId"], Assumed, "guide 4.5.4", notes::HENVENDELSE_SVAR;
    }
    Dokumentlager {
        AddV2: "dokumentlager.addV2",
            Post, Some("/v2/dokumenter"),
            [], Guide, "guide 4.5.7", notes::ADD_V2;
        GetFil: "dokumentlager.getFil",
            Get, None,
            ["dokumentId"], Assumed, "guide 4.5.7", notes::GET_FIL;
    }
}
