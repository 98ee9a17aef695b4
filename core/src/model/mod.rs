//! Payload types: what the portal sends and takes.
//!
//! Typed members are those that the guide prints or names; every other member is kept, in its place,
//! through decode, change and encode.

mod aendringer;
mod all_payloads;
mod beloeb;
mod cpr_nummer;
mod cvr_nummer;
mod dato;
mod doedsbojournal;
mod dokument;
mod effektfortegnelse;
mod extra;
mod face;
mod henvendelse;
mod id;
mod json;
mod json_place;
mod krav;
mod open_enum;
mod part;
mod payload;
mod timestamp;
mod tvangsoploesning;

pub use aendringer::{AendringerNavne, AendringerNavneError, DoedsbojournalAendringer};
pub use beloeb::{Beloeb, BeloebError};
pub use cpr_nummer::{CprNummer, CprNummerError};
pub use cvr_nummer::{CvrNummer, CvrNummerError};
pub use dato::{Dato, DatoError};
pub use doedsbojournal::{
    Afdoede, Doedsbojournal, DoedsbojournalQuery, Skifteform, SkifteformKode, VigtigeDatoer,
};
pub use dokument::{Bilag, Dokument, DokumentMetadata};
pub use effektfortegnelse::{Effekt, Effektfortegnelse, Forespoergsel, Proformaopgoerelse};
pub use extra::Extra;
pub use henvendelse::{Henvendelse, HenvendelseDokument, Henvendelsestraad};
pub use id::{
    AdgangsprofilId, AdresseId, BilagId, DoedsbojournalId, DokumentId, EffektfortegnelseId,
    ForespoergselId, HenvendelsestraadId, IdError, KravId, PersonId, ProformaopgoerelseId,
    RetskredsId, SagId, TilgodehavendeId,
};
pub(crate) use json::from_json_by;
pub use json::{from_json, to_json, JsonCategory, JsonError};
pub use krav::{Krav, Kvittering, Tilgodehavende};
pub use part::{Adresse, Kontaktperson, Part, PartAnden, PartPerson, PartType, PartVirksomhed};
pub use payload::{Member, Payload};
pub use timestamp::{Timestamp, TimestampError};
pub use tvangsoploesning::{Objekt, Sag, SagsQuery, TvangKrav, TvangTilgodehavende};
#[cfg(feature = "dynamic")]
pub(crate) use {
    face::{from_face, from_face_by, to_face, whole},
    json::from_json_text,
};

/// Deserialises a text through a parser, borrowing where the format allows it.
fn parse_str<'de, D, T>(
    deserializer: D,
    expecting: &'static str,
    parse: impl FnOnce(&str) -> Result<T, D::Error>,
) -> Result<T, D::Error>
where
    D: serde::Deserializer<'de>,
{
    struct Visitor(&'static str);
    impl<'de> serde::de::Visitor<'de> for Visitor {
        type Value = std::borrow::Cow<'de, str>;
        fn expecting(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
            f.write_str(self.0)
        }
        fn visit_borrowed_str<E>(self, text: &'de str) -> Result<Self::Value, E> {
            Ok(text.into())
        }
        fn visit_str<E>(self, text: &str) -> Result<Self::Value, E> {
            Ok(text.to_owned().into())
        }
        fn visit_string<E>(self, text: String) -> Result<Self::Value, E> {
            Ok(text.into())
        }
    }
    parse(&deserializer.deserialize_str(Visitor(expecting))?)
}
