//! Operations by their names, with named arguments; behind the feature `dynamic`, whose module shows it.

mod answer;
mod given;
mod row;

pub use answer::{Answer, DynamicCall};
pub use row::call;

pub(super) use given::Given;
pub(super) use row::{ByName, Make, Row};
