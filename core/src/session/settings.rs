//! What a host may set, with defaults that suit the portal.

/// At most so many calls per so many seconds for one Client ID.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[cfg_attr(feature = "uniffi", derive(uniffi::Record))]
#[cfg_attr(
    feature = "dynamic",
    derive(serde::Serialize, serde::Deserialize),
    serde(rename_all = "camelCase", deny_unknown_fields)
)]
pub struct RateBudget {
    /// The calls of one window, which may also be spent at once. At least 1.
    pub calls: u32,
    /// The window's length in seconds. At least 1.
    pub per_seconds: u32,
}

/// The settings of a [`Session`](super::Session). A value that makes no sense (no attempts at all, no
/// exchange at a time) counts as the smallest that does.
#[derive(Clone, Debug, PartialEq, Eq)]
#[cfg_attr(feature = "uniffi", derive(uniffi::Record))]
#[cfg_attr(
    feature = "dynamic",
    derive(serde::Serialize, serde::Deserialize),
    serde(rename_all = "camelCase", deny_unknown_fields, default)
)]
pub struct SessionSettings {
    /// A token is not used when it has no more than this many seconds left; but never more than half
    /// of its lifetime is given away. Default 30.
    pub refresh_margin_seconds: u32,
    /// The lifetime of a token whose answer has no `expires_in`. Guide 3.1.3 shows 300; a missing one
    /// is not mentioned, so the default is a cautious 60.
    pub assumed_lifetime_seconds: u32,
    /// How often a call or token request is sent in all when the network or the portal fails.
    /// Default 4. A resend after 401 and one after 429 come on top.
    pub max_attempts: u32,
    /// No attempt begins later than this after the first one, in seconds. Default 120.
    pub retry_deadline_seconds: u32,
    /// The longest pause after the first failed attempt, in milliseconds; doubled with each further
    /// one. The pause itself is drawn between 0 and that. Default 500.
    pub backoff_base_millis: u32,
    /// Where the doubling ends, in milliseconds. Default 30 000.
    pub backoff_cap_millis: u32,
    /// The longest that a call waits because of 429 or `Retry-After`, in seconds. A longer wait fails
    /// the call at once, with the portal's time in the error. Default 300.
    pub max_wait_seconds: u32,
    /// For how long a refusal that trying again cannot help is handed to new calls without asking the
    /// portal again, in seconds. Default 10.
    pub refusal_cool_down_seconds: u32,
    /// Whether a POST that files is sent again after 401 (with a fresh token, once) and after 429.
    /// Reading: both refuse a call before it is processed (guide 2.2 item 3 for the rate limit).
    /// Default true.
    pub resend_refused_filings: bool,
    /// A budget per Client ID, kept by the session so that the portal's limit is not met. The guide
    /// gives no numbers (2.2 item 3), so there is none by default. Token requests count too.
    pub rate_budget: Option<RateBudget>,
    /// The most reporters. Default 10 000.
    pub max_reporters: u32,
    /// The most calls that are not yet handed back as [`Action::Done`](super::Action::Done). Default
    /// 200 000.
    pub max_calls: u32,
    /// The most exchanges that are out at one time. Default 64.
    pub max_in_flight: u32,
    /// The most calls that are out at one time with the same token, that is for one reporter, or for
    /// one reporter acting for one likvidator. No limit by default.
    pub max_in_flight_per_token: Option<u32>,
    /// The largest body of an answer to a call, in bytes. Default 64 MiB.
    pub max_response_bytes: u64,
    /// The largest body of an answer to a token request, in bytes. Default 1 MiB.
    pub max_token_response_bytes: u64,
    /// How long the host should wait for the answer to a call, in seconds. Default 60.
    pub timeout_seconds: u32,
    /// How long the host should wait for the answer to a token request, in seconds. Default 30.
    pub token_timeout_seconds: u32,
    /// How long after its timeout an exchange without answer counts as lost, in seconds: a host whose
    /// thread died holds nobody else up. Default 60. A signature has the token's timeout and this.
    pub lost_after_seconds: u32,
    /// Differences from the STS's clock up to this many milliseconds are ignored. Default 2 000:
    /// `Date` has whole seconds.
    pub clock_tolerance_millis: u32,
    /// Differences from the STS's clock beyond this many seconds are not believed. Default 86 400.
    pub max_clock_offset_seconds: u32,
}

impl Default for SessionSettings {
    fn default() -> Self {
        Self {
            refresh_margin_seconds: 30,
            assumed_lifetime_seconds: 60,
            max_attempts: 4,
            retry_deadline_seconds: 120,
            backoff_base_millis: 500,
            backoff_cap_millis: 30_000,
            max_wait_seconds: 300,
            refusal_cool_down_seconds: 10,
            resend_refused_filings: true,
            rate_budget: None,
            max_reporters: 10_000,
            max_calls: 200_000,
            max_in_flight: 64,
            max_in_flight_per_token: None,
            max_response_bytes: 64 << 20,
            max_token_response_bytes: 1 << 20,
            timeout_seconds: 60,
            token_timeout_seconds: 30,
            lost_after_seconds: 60,
            clock_tolerance_millis: 2_000,
            max_clock_offset_seconds: 86_400,
        }
    }
}

impl SessionSettings {
    /// The same settings with every number at least as large as makes sense.
    pub(super) fn sane(mut self) -> Self {
        for number in [
            &mut self.max_attempts,
            &mut self.max_in_flight,
            &mut self.backoff_base_millis,
            &mut self.assumed_lifetime_seconds,
            &mut self.lost_after_seconds,
        ] {
            *number = (*number).max(1);
        }
        self.backoff_cap_millis = self.backoff_cap_millis.max(self.backoff_base_millis);
        self.max_in_flight_per_token = self.max_in_flight_per_token.map(|n| n.max(1));
        self.rate_budget = self.rate_budget.map(|budget| RateBudget {
            calls: budget.calls.max(1),
            per_seconds: budget.per_seconds.max(1),
        });
        self
    }
}
