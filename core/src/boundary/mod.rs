//! How the types of the core cross to .NET, Java and Kotlin; behind the feature `uniffi`.
//!
//! Types derive their faces where they are defined. Here is what belongs to none of them: the texts that
//! stand for scalars, and the one error that a binding throws.

mod error;
mod pair;
mod scalar;
mod table;

pub use error::{PortalRefusal, SkifteportalError};
pub use pair::{MemberNames, NamedValue, ValuePair};
pub use scalar::{
    BoxedKontaktperson, BoxedKvittering, BoxedPart, BoxedPartAnden, BoxedPortalRefusal,
    BoxedReport, KindCounts,
};
pub use table::{KnownText, KnownTexts, TableEntry, TableText};
