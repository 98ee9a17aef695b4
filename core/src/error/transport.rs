//! Failures without an answer, as the host reports them.

/// Why no answer arrived. The host builds it from what its HTTP library says;
/// [`TransportFailure::classify`] helps where that is only a text.
///
/// The reasons are for people: they are cut and redacted before they are shown.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
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
    /// left.
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
