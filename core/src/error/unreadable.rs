//! A success whose body is not what it should be.

/// What is wrong with the body or the headers of a 2xx answer. It holds no value of the answer.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
#[cfg_attr(feature = "uniffi", derive(uniffi::Enum))]
#[cfg_attr(
    feature = "dynamic",
    derive(serde::Serialize),
    serde(
        tag = "type",
        rename_all = "snake_case",
        rename_all_fields = "camelCase"
    )
)]
pub enum Unreadable {
    /// There is no body where there should be one.
    Empty,
    /// The body is not JSON.
    NotJson {
        /// The line of the first mistake, from 1; 0 if not known.
        line: u64,
        /// The column of the first mistake, from 1; 0 if not known.
        column: u64,
    },
    /// The body is JSON of another shape than the operation's.
    Shape {
        /// The line of the first difference, from 1; 0 if not known.
        line: u64,
        /// The column of the first difference, from 1; 0 if not known.
        column: u64,
    },
    /// A member that the caller cannot do without is not there or is empty.
    MissingMember {
        /// Its name.
        name: String,
    },
    /// A member is there, and its value is none that the caller can use: a token type other than
    /// `Bearer`, a token with a line break in it.
    Value {
        /// The member's name.
        name: String,
    },
    /// The body is larger than the caller allows.
    TooLarge {
        /// The limit in bytes.
        limit: u64,
    },
}

impl Unreadable {
    /// The same with its texts cut and redacted.
    pub(super) fn shown(self) -> Self {
        let cut = |text: String| super::redact::shown_within(&text, 100).unwrap_or_default();
        match self {
            Self::MissingMember { name } => Self::MissingMember { name: cut(name) },
            Self::Value { name } => Self::Value { name: cut(name) },
            other => other,
        }
    }

    /// A stable code, such as `body.not_json`.
    pub const fn code(&self) -> &'static str {
        match self {
            Self::Empty => "body.empty",
            Self::NotJson { .. } => "body.not_json",
            Self::Shape { .. } => "body.shape",
            Self::MissingMember { .. } => "body.missing_member",
            Self::Value { .. } => "body.value",
            Self::TooLarge { .. } => "body.too_large",
        }
    }
}
