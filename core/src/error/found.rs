//! A code that was found in an answer.

use super::catalogue::CodeEntry;

/// How a code was found.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[cfg_attr(feature = "uniffi", derive(uniffi::Enum))]
#[cfg_attr(
    feature = "dynamic",
    derive(serde::Serialize),
    serde(rename_all = "snake_case")
)]
pub enum FoundBy {
    /// It stood in the answer.
    Code,
    /// Only its text stood in the answer; the code was recovered from the catalogue's template.
    /// Three texts belong to two codes each (such as `doedsbo.f17` and
    /// `sag.registrering.krav.opgjortdato.fremtidig`); then it is the first of the catalogue.
    Text,
}

/// A code of the portal in an answer, known or not.
///
/// Texts from the portal are cut and redacted: no CPR numbers, no tokens.
#[derive(Clone, Debug, PartialEq, Eq)]
#[cfg_attr(feature = "uniffi", derive(uniffi::Record))]
#[cfg_attr(
    feature = "dynamic",
    derive(serde::Serialize),
    serde(rename_all = "camelCase")
)]
pub struct FoundCode {
    /// The code as it stood in the answer.
    pub code: String,
    /// The guide's entry; `None` for a code that the guide does not list.
    pub template: Option<&'static CodeEntry>,
    /// The values of `{0}`, `{1}`, recovered from the text; empty if they could not be.
    pub arguments: Vec<String>,
    /// The text that came with the code.
    pub text: Option<String>,
    /// The field that the answer points at, as the answer writes it.
    pub pointer: Option<String>,
    /// How it was found.
    pub found_by: FoundBy,
}

/// The limit that `doedsbo.f18` reports. The texts are the portal's; the guide does not say in
/// which unit they are (guide 4.3.4, 4.3.6).
#[derive(Clone, Debug, PartialEq, Eq)]
#[cfg_attr(feature = "uniffi", derive(uniffi::Record))]
#[cfg_attr(
    feature = "dynamic",
    derive(serde::Serialize),
    serde(rename_all = "camelCase")
)]
pub struct BilagLimit {
    /// The size of the bilag that was refused. Reading: the template's first argument.
    pub actual: String,
    /// The largest size that is allowed. Reading: the template's second argument.
    pub limit: String,
}

/// The members of a problem document (RFC 9457), where an answer has them. Cut and redacted.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
#[cfg_attr(feature = "uniffi", derive(uniffi::Record))]
#[cfg_attr(
    feature = "dynamic",
    derive(serde::Serialize),
    serde(rename_all = "camelCase")
)]
pub struct ProblemDetails {
    /// `type`: a URI that names the kind of problem.
    pub type_uri: Option<String>,
    /// `title`: the kind of problem in words.
    pub title: Option<String>,
    /// `detail`: this occurrence in words.
    pub detail: Option<String>,
    /// `instance`: a URI that names this occurrence.
    pub instance: Option<String>,
}
