//! How the types of the core cross to .NET, Java and Kotlin; behind the feature `uniffi`.
//!
//! Types derive their faces where they are defined. Here is what belongs to none of them: the texts that
//! stand for scalars, and the one error that a binding throws.

mod error;
mod scalar;

pub use error::{PortalRefusal, SkifteportalError};
pub use scalar::{
    BoxedKontaktperson, BoxedKvittering, BoxedPart, BoxedPartAnden, BoxedPortalRefusal,
    BoxedReport, KindCounts, TableEntry, TableText,
};
