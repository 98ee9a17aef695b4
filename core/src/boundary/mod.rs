//! How the types of the core cross to other languages; behind the features `uniffi` and `dynamic`.
//!
//! Types derive their faces where they are defined. Here is what belongs to none of them: the texts that
//! stand for scalars, and the one error that a binding throws.

mod error;
mod pair;
#[cfg(feature = "uniffi")]
mod scalar;
#[cfg(feature = "uniffi")]
mod table;

pub use error::{PortalRefusal, SkifteportalError};
pub use pair::{MemberNames, NamedValue};

#[cfg(feature = "uniffi")]
pub use pair::ValuePair;
#[cfg(feature = "uniffi")]
pub use scalar::{
    BoxedKontaktperson, BoxedKvittering, BoxedPart, BoxedPartAnden, BoxedPortalRefusal,
    BoxedReport, KindCounts,
};
#[cfg(feature = "uniffi")]
pub use table::{KnownText, KnownTexts, TableEntry, TableText};
