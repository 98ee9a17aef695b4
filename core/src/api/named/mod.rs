//! Operations by their names, with named arguments; behind the feature `dynamic`, whose module shows it.

mod answer;
mod any_payload;
mod given;
mod row;

pub use answer::{Answer, DynamicCall};
pub use row::call;

pub(crate) use any_payload::{ListOf, Type};
pub(super) use given::Given;
pub(super) use row::{ByName, Make, Row};
