//! `[bindings.csharp]` of a crate's `uniffi.toml`.

use std::collections::BTreeMap;

use serde::Deserialize;

/// How one crate looks in C#.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub(crate) struct Config {
    /// The namespace of the crate's types; else its name in Pascal case.
    pub(crate) namespace: Option<String>,
    /// The static class of its functions; else `Functions`.
    pub(crate) functions: Option<String>,
    /// What other assemblies do not see: `Type`, `function`, `Type.member`, or `*.member` of any type.
    pub(crate) internal: Vec<String>,
    /// Immutable records that get a `With…` method for each member.
    pub(crate) with: Vec<String>,
    /// C# names by Rust names: `Type`, `function` or `Type.member`.
    pub(crate) rename: BTreeMap<String, String>,
    /// What custom types are; one that is not named is what it crosses as.
    pub(crate) custom: BTreeMap<String, Custom>,
    /// How errors look.
    pub(crate) exceptions: BTreeMap<String, Exceptions>,
    /// What sends calls; without it there are only the calls themselves.
    pub(crate) operations: Option<Operations>,
    /// What concerns the whole library; at most one of its crates says it.
    pub(crate) library: Option<Library>,
}

/// What a custom type is in C#.
#[derive(Clone, Debug, Deserialize)]
#[serde(tag = "kind", rename_all = "snake_case", deny_unknown_fields)]
pub(crate) enum Custom {
    /// What it crosses as.
    Transparent,
    /// A text as a struct of its own.
    Id {
        /// Whether it is shown as `[redacted]` and becomes a string only where asked to.
        #[serde(default)]
        secret: bool,
        /// Its documentation, which uniffi does not keep.
        doc: Option<String>,
    },
    /// A text as `decimal`; the number of decimals is kept.
    Decimal,
    /// A text by RFC 3339 as `DateTimeOffset`.
    Timestamp,
    /// A type that somebody else has written.
    Mapped {
        /// Its full name.
        r#type: String,
        /// The expression that makes one of `{}`, the type that crosses.
        lift: String,
        /// The expression that makes the type that crosses of `{}`.
        lower: String,
        /// Whether its values may be null.
        #[serde(default)]
        reference: bool,
    },
}

/// How the exceptions of an error look.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub(crate) struct Exceptions {
    /// What the names of its cases begin with.
    pub(crate) prefix: String,
}

/// What concerns the whole library.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub(crate) struct Library {
    /// Its name without prefix and extension; else that of the file which is read.
    pub(crate) name: Option<String>,
    /// The namespace of what only the generated code uses; else that of the crate and `Interop`.
    pub(crate) namespace: Option<String>,
    /// The full name of the exception that all others derive from.
    pub(crate) exception: Option<String>,
}

/// What the classes that send calls are written against.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Operations {
    /// The full name of the interface of calls, with the answer's type as its one parameter.
    pub(crate) call: String,
    /// The full name of the struct that stands for no answer.
    pub(crate) nothing: String,
    /// The full name of the type of the time at which an answer is read.
    pub(crate) now: String,
    /// The partial class that sends, in the crate's namespace.
    pub(crate) caller: String,
    /// The object of which a caller makes one of its own where none is given.
    pub(crate) checks: String,
    /// The enum of all payloads, each of which gets its JSON.
    pub(crate) payloads: String,
}
