//! Payload types: what the portal sends and takes.
//!
//! Typed members are those that the guide prints or names; every other member is kept, in its place,
//! through decode, change and encode.

mod beloeb;
mod dato;
mod id;
mod timestamp;

pub use beloeb::{Beloeb, BeloebError};
pub use dato::{Dato, DatoError};
pub use id::{
    AdgangsprofilId, BilagId, DoedsbojournalId, DokumentId, EffektfortegnelseId, ForespoergselId,
    HenvendelsestraadId, IdError, KravId, ProformaopgoerelseId, SagId, TilgodehavendeId,
};
pub use timestamp::{Timestamp, TimestampError};

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
