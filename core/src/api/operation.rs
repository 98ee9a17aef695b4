//! What is known of one operation.

use std::borrow::Cow;

use super::service::{Service, TokenRule};
use crate::http::Method;

/// Where an operation's method and path come from.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[cfg_attr(feature = "uniffi", derive(uniffi::Enum))]
#[cfg_attr(
    feature = "dynamic",
    derive(serde::Serialize),
    serde(rename_all = "snake_case")
)]
pub enum Provenance {
    /// The guide prints them.
    Guide,
    /// The official OpenAPI file states them.
    OpenApi,
    /// They follow from those that the guide prints: "dette mønster går igen" (guide 4.1),
    /// "håndteringen af bilag er identisk" (guide 4.3.4). The segment's spelling is a reading.
    Pattern,
    /// The guide names the operation, or what it does, but not its path. The catalogue has no path
    /// for it: the host takes it from the official OpenAPI file and sets it with
    /// [`Environment::with_path`](crate::environment::Environment::with_path).
    Assumed,
    /// The host has given it in [`custom`](super::custom()).
    Host,
}

/// What an operation does to the portal; it decides whether it may be sent twice.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[cfg_attr(feature = "uniffi", derive(uniffi::Enum))]
#[cfg_attr(
    feature = "dynamic",
    derive(serde::Serialize),
    serde(rename_all = "snake_case")
)]
pub enum Effect {
    /// Only reads: a GET, or a search, which is a POST in this API.
    Reads,
    /// Creates something with each call: a repeated one may file twice.
    Creates,
    /// Sets or removes something named: once or twice comes to the same.
    Sets,
}

/// One operation of the catalogue.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
#[cfg_attr(feature = "uniffi", derive(uniffi::Record))]
#[cfg_attr(
    feature = "dynamic",
    derive(serde::Serialize),
    serde(rename_all = "camelCase")
)]
pub struct OperationSpec {
    /// The service's key and the operation's id: `doedsbojournal.addKrav`. Unique.
    pub key: Cow<'static, str>,
    /// The operationId of the OpenAPI file, as far as the guide names it; else a name by its
    /// pattern, as `note` says.
    pub id: Cow<'static, str>,
    /// Which service has it.
    pub service: Service,
    /// The HTTP method.
    pub method: Method,
    /// The path template. `None` where it is not known; never a guess.
    pub path: Option<Cow<'static, str>>,
    /// The names that a path template has for what the call fills in.
    pub parameters: Cow<'static, [Cow<'static, str>]>,
    /// Which token it takes.
    pub token: TokenRule,
    /// What it does to the portal.
    pub effect: Effect,
    /// Where method and path come from.
    pub provenance: Provenance,
    /// Where that stands: section of the guide, or the OpenAPI file.
    pub source: &'static str,
    /// What is a reading of ours. Empty where nothing is.
    pub note: &'static str,
}

impl OperationSpec {
    /// Whether sending the same call again does no harm when the outcome of the first is unknown.
    pub const fn repeatable(&self) -> bool {
        !matches!(self.effect, Effect::Creates)
    }
}
