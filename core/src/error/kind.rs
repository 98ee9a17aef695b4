//! What an error is about, whose turn it is, and whether trying again can help.

use crate::model::Timestamp;

/// The language of an explanation.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[cfg_attr(feature = "uniffi", derive(uniffi::Enum))]
#[cfg_attr(
    feature = "dynamic",
    derive(serde::Serialize),
    serde(rename_all = "snake_case")
)]
pub enum Language {
    /// Danish: for the people who use the practice system.
    Danish,
    /// English: for developers and logs.
    English,
}

/// What an error is about. The set is closed: hosts may match on all of it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[cfg_attr(feature = "uniffi", derive(uniffi::Enum))]
#[cfg_attr(
    feature = "dynamic",
    derive(serde::Serialize),
    serde(rename_all = "snake_case")
)]
pub enum ErrorKind {
    /// The portal refuses the data that was sent.
    Data,
    /// The portal does not accept the certificate, the client, the assertion or the token.
    Credentials,
    /// The portal knows the caller, who may not do this.
    Forbidden,
    /// What was asked for does not exist, or is hidden from the caller.
    NotFound,
    /// What was asked for does not go with the present state.
    Conflict,
    /// The request is larger than the portal takes.
    TooLarge,
    /// The portal does not take this content type.
    MediaType,
    /// Too many calls for this Client ID (guide 2.2).
    RateLimited,
    /// The portal, or a gateway before it, failed.
    Portal,
    /// No answer arrived.
    Network,
    /// The answer is not one that the portal is known to give: a redirect, a page in place of data,
    /// a wrong address or method.
    Protocol,
}

impl ErrorKind {
    /// A stable name, for logs and bindings.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Data => "data",
            Self::Credentials => "credentials",
            Self::Forbidden => "forbidden",
            Self::NotFound => "not_found",
            Self::Conflict => "conflict",
            Self::TooLarge => "too_large",
            Self::MediaType => "media_type",
            Self::RateLimited => "rate_limited",
            Self::Portal => "portal",
            Self::Network => "network",
            Self::Protocol => "protocol",
        }
    }
}

/// Whose fault an error is, that is: who can do something about it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[cfg_attr(feature = "uniffi", derive(uniffi::Enum))]
#[cfg_attr(
    feature = "dynamic",
    derive(serde::Serialize),
    serde(rename_all = "snake_case")
)]
pub enum Fault {
    /// The data, or the way in which it was sent.
    CallerData,
    /// The certificate, client, secret, assertion, token or rights.
    CallerCredentials,
    /// The portal or the courts' systems behind it.
    Portal,
    /// The network between.
    Network,
}

impl Fault {
    /// A stable name, for logs and bindings.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::CallerData => "caller_data",
            Self::CallerCredentials => "caller_credentials",
            Self::Portal => "portal",
            Self::Network => "network",
        }
    }
}

/// Whether trying again can help.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
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
pub enum Retry {
    /// Trying again cannot help; the matter itself is closed.
    Never,
    /// The same request fails again: change the data, the setup or the case first.
    AfterChange,
    /// Fetch a new token and try once more.
    WithFreshToken,
    /// Make a new assertion with a new `jti` and try once more.
    WithFreshAssertion,
    /// The same request may succeed later. After a failure of the portal or a gateway (5xx) one that
    /// files may have been processed all the same: see
    /// [`may_have_been_processed`](super::PortalError::may_have_been_processed).
    Later {
        /// Not before this time, if the portal said when (`Retry-After`).
        at: Option<Timestamp>,
    },
    /// Nobody knows whether the request had its effect. For one that is safe to repeat this means
    /// the same as `Later`; for one that files, look first whether it did.
    LookFirst,
}

impl Retry {
    /// Whether the same call can succeed without a change to its data.
    pub const fn may_help(self) -> bool {
        !matches!(self, Self::Never | Self::AfterChange)
    }

    /// A stable name, for logs and bindings.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Never => "never",
            Self::AfterChange => "after_change",
            Self::WithFreshToken => "with_fresh_token",
            Self::WithFreshAssertion => "with_fresh_assertion",
            Self::Later { .. } => "later",
            Self::LookFirst => "look_first",
        }
    }
}
