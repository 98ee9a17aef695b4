//! The types of one crate that another one exports functions for.

mod scalar;

pub use scalar::{Amount, BoxedPerson, CaseId, Cpr, Day, Extra, Moment};

use std::fmt;

/// What a value is refused for.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error, uniffi::Error)]
pub enum ShapesError {
    /// A value that was given is not what it should be.
    #[error("{text}")]
    Input {
        /// The stable code.
        code: String,
        /// What is wrong.
        text: String,
    },
    /// The case is closed. Nothing can be done.
    #[error("closed")]
    Closed,
    /// There is more to say.
    #[error("refused")]
    Refused {
        /// The stable code.
        code: String,
        /// What is wrong.
        text: String,
        /// A value that no message may hold.
        message: String,
        /// How often it was tried.
        attempts: u32,
        /// Who refuses.
        by: Option<Role>,
    },
}

/// A role, which needs no data.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, uniffi::Enum)]
#[uniffi::export(Display)]
pub enum Role {
    /// Who files.
    Reporter,
    /// Who answers.
    Court,
}

impl fmt::Display for Role {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Reporter => "the reporter",
            Self::Court => "the court",
        })
    }
}

#[uniffi::export]
impl Role {
    /// The other one of the two.
    #[must_use]
    pub fn other(&self) -> Self {
        match self {
            Self::Reporter => Self::Court,
            Self::Court => Self::Reporter,
        }
    }
}

/// A person. See [`Claim::person`] & `a < b`.
///
/// - one
/// - two
#[derive(Clone, Default, PartialEq, Eq, uniffi::Record)]
#[uniffi::export(Debug)]
pub struct Person {
    /// The name.
    #[uniffi(default = None)]
    pub name: Option<String>,
    /// The number.
    #[uniffi(default = None)]
    pub cpr: Option<Cpr>,
}

impl fmt::Debug for Person {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Person(…)")
    }
}

/// A payload: every member has a default.
#[derive(Clone, Default, PartialEq, uniffi::Record)]
pub struct Claim {
    /// The amount.
    #[uniffi(default = None)]
    pub amount: Option<Amount>,
    /// Whether it is final.
    #[uniffi(default = None)]
    pub r#final: Option<bool>,
    /// Whose it is.
    #[uniffi(default = None)]
    pub person: Option<BoxedPerson>,
    /// Its case.
    #[uniffi(default = None)]
    pub case: Option<CaseId>,
    /// Its day.
    #[uniffi(default = None)]
    pub day: Option<Day>,
    /// Its moment.
    #[uniffi(default = None)]
    pub moment: Option<Moment>,
    /// Its texts.
    #[uniffi(default = [])]
    pub texts: Vec<String>,
    /// How often.
    #[uniffi(default = 3)]
    pub count: u32,
    /// Its title.
    #[uniffi(default = "a \"title\"")]
    pub title: String,
    /// What nobody knows.
    #[uniffi(default)]
    pub extra: Extra,
}

#[uniffi::export]
impl Claim {
    /// The amount twice.
    pub fn doubled(&self) -> Result<Amount, ShapesError> {
        match &self.amount {
            Some(amount) => Ok(Amount(format!("{0}+{0}", amount.0))),
            None => Err(ShapesError::Closed),
        }
    }

    /// The title, and what stands before it.
    pub fn titled(&self, before: String) -> String {
        before + &self.title
    }
}

/// An open set: known cases, and any other text.
#[derive(Clone, Debug, PartialEq, Eq, Hash, uniffi::Enum)]
#[uniffi::export(Display)]
pub enum Kind {
    /// A debt.
    Debt,
    /// An asset.
    Asset,
    /// Another one.
    Other(String),
}

impl fmt::Display for Kind {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Debt => "debt",
            Self::Asset => "asset",
            Self::Other(_) => "another kind",
        })
    }
}

uniffi::setup_scaffolding!();
