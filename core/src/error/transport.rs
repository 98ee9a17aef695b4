//! Failures without an answer, as the host reports them.

/// Why no answer arrived. The host builds it from what its HTTP library says;
/// [`TransportFailure::classify`] helps where that is only a text.
///
/// The reasons are for people: they are cut and redacted before they are shown.
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
pub enum TransportFailure {
    /// The request did not leave: the host refused or could not build it.
    NotSent {
        /// The host's own words.
        reason: String,
    },
    /// No connection: the name was not found, the address did not answer or refused.
    ConnectFailed {
        /// The host's own words.
        reason: String,
    },
    /// The server ended the TLS handshake over the client certificate: of an unknown authority,
    /// expired, revoked, or not sent at all.
    TlsRefused {
        /// The host's own words, such as the name of the TLS alert.
        reason: String,
    },
    /// The server's own certificate did not check out, so nothing was sent. Never switch the check
    /// off: it protects the token and the client secret.
    ServerCertificateInvalid {
        /// The host's own words.
        reason: String,
    },
    /// The time that the host allows for connecting ran out. Nothing was sent.
    ConnectTimedOut,
    /// The time that the host allows ran out after the request may have left.
    TimedOut,
    /// The connection broke, or the answer could not be read as HTTP, after the request may have
    /// left. In TLS 1.3 a server that refuses the client certificate can look like this to a client
    /// that is still writing.
    Broken {
        /// The host's own words.
        reason: String,
    },
    /// The host gave the call up after the request may have left.
    Cancelled,
}

impl TransportFailure {
    /// Whether the portal may have received the request and acted on it. Where this is so, a
    /// request that files must not be sent again before someone has looked.
    pub const fn may_have_been_processed(&self) -> bool {
        matches!(self, Self::TimedOut | Self::Broken { .. } | Self::Cancelled)
    }

    /// Sorts a failure by the words of an HTTP or TLS library, for hosts whose library gives nothing
    /// else. What it does not know it takes for [`TransportFailure::Broken`], which is the careful
    /// choice: the request may have been processed.
    ///
    /// ```
    /// use skifteportal::error::TransportFailure;
    /// let failure = TransportFailure::classify("received fatal alert: CertificateUnknown");
    /// assert_eq!(failure.code(), "network.tls_refused");
    /// assert!(TransportFailure::classify("connection reset by peer").may_have_been_processed());
    /// ```
    pub fn classify(reason: &str) -> Self {
        let mut words: String = reason.chars().take(4096).collect();
        words.make_ascii_lowercase();
        words.retain(|c| !matches!(c, ' ' | '_' | '-' | '\'' | '"'));
        let any = |list: &[&str]| list.iter().any(|w| words.contains(w));
        let reason = reason.to_owned();
        // An alert that arrives is the server's verdict on our certificate (RFC 8446 6.2); "peer"
        // and "server" certificates are ours to judge.
        let alert = any(&["alert"]);
        let client = &[
            "unknownca",
            "certificateunknown",
            "badcertificate",
            "certificateexpired",
            "certificaterevoked",
            "certificaterequired",
            "unsupportedcertificate",
            "handshakefailure",
            "accessdenied",
        ];
        if (alert && any(client)) || any(&["certificaterequired", "alertcertificate"]) {
            return Self::TlsRefused { reason };
        }
        let server = &[
            "certificateverifyfailed",
            "invalidpeercertificate",
            "unabletoverify",
            "selfsigned",
            "certpathvalidation",
            "pkixpath",
            "unabletofindvalidcertificationpath",
            "hostnamemismatch",
            "doesntmatch",
            "certnotvalidforname",
            "remotecertificateisinvalid",
            "certhasexpired",
            "unabletogetlocalissuer",
            "unabletogetissuer",
            "errtlscertaltname",
        ];
        if any(server) {
            return Self::ServerCertificateInvalid { reason };
        }
        let connecting = &[
            "connecttimeout",
            "connecttimedout",
            "connectiontimedoutwhileconnecting",
        ];
        if any(connecting) {
            return Self::ConnectTimedOut;
        }
        let unreached = &[
            "connectionrefused",
            "econnrefused",
            "enotfound",
            "eaiagain",
            "nameresolution",
            "nameorservicenotknown",
            "nodenameorserv",
            "nosuchhost",
            "unknownhost",
            "couldnotresolve",
            "dnserror",
            "failedtolookup",
            "networkisunreachable",
            "enetunreach",
            "ehostunreach",
            "noroutetohost",
        ];
        if any(unreached) {
            return Self::ConnectFailed { reason };
        }
        if any(&["timeout", "timedout"]) {
            return Self::TimedOut;
        }
        Self::Broken { reason }
    }

    /// The same failure with its reason cut and redacted.
    pub(super) fn shown(self) -> Self {
        let cut = |reason: String| super::redact::shown(&reason).unwrap_or_default();
        match self {
            Self::NotSent { reason } => Self::NotSent {
                reason: cut(reason),
            },
            Self::ConnectFailed { reason } => Self::ConnectFailed {
                reason: cut(reason),
            },
            Self::TlsRefused { reason } => Self::TlsRefused {
                reason: cut(reason),
            },
            Self::ServerCertificateInvalid { reason } => Self::ServerCertificateInvalid {
                reason: cut(reason),
            },
            Self::Broken { reason } => Self::Broken {
                reason: cut(reason),
            },
            other => other,
        }
    }

    /// A stable code, such as `network.timed_out`.
    pub const fn code(&self) -> &'static str {
        match self {
            Self::NotSent { .. } => "network.not_sent",
            Self::ConnectFailed { .. } => "network.connect_failed",
            Self::TlsRefused { .. } => "network.tls_refused",
            Self::ServerCertificateInvalid { .. } => "network.server_certificate_invalid",
            Self::ConnectTimedOut => "network.connect_timed_out",
            Self::TimedOut => "network.timed_out",
            Self::Broken { .. } => "network.broken",
            Self::Cancelled => "network.cancelled",
        }
    }

    /// The host's own words, if it gave any.
    pub fn reason(&self) -> Option<&str> {
        match self {
            Self::NotSent { reason }
            | Self::ConnectFailed { reason }
            | Self::TlsRefused { reason }
            | Self::ServerCertificateInvalid { reason }
            | Self::Broken { reason } => Some(reason),
            Self::ConnectTimedOut | Self::TimedOut | Self::Cancelled => None,
        }
    }
}

#[cfg(feature = "dynamic")]
mod read {
    use serde::de::Error as _;
    use serde::{Deserialize, Deserializer};

    use super::TransportFailure;

    /// All cases at once: what serde derives for an enum like this one is four times as large.
    #[derive(Deserialize)]
    #[serde(deny_unknown_fields)]
    struct Told {
        r#type: String,
        #[serde(default)]
        reason: String,
    }

    impl<'de> Deserialize<'de> for TransportFailure {
        fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
            let Told { r#type, reason } = Told::deserialize(deserializer)?;
            Ok(match r#type.as_str() {
                "not_sent" => Self::NotSent { reason },
                "connect_failed" => Self::ConnectFailed { reason },
                "tls_refused" => Self::TlsRefused { reason },
                "server_certificate_invalid" => Self::ServerCertificateInvalid { reason },
                "connect_timed_out" => Self::ConnectTimedOut,
                "timed_out" => Self::TimedOut,
                "broken" => Self::Broken { reason },
                "cancelled" => Self::Cancelled,
                _ => return Err(D::Error::custom("no failure of the network")),
            })
        }
    }
}
