//! What a sandbox is started with.

use std::path::PathBuf;
use std::sync::Arc;

use serde::{Deserialize, Serialize};

use crate::api_host::ApiHost;
use crate::clock::Clock;
use crate::pki::Pki;

/// The ports on loopback; 0 takes a free one.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Ports {
    /// The STS.
    pub sysauth: u16,
    /// The exchange service.
    pub auth: u16,
    /// The API host.
    pub api: u16,
    /// The control endpoint, plain HTTP.
    pub control: u16,
}

/// A limit of calls per client id (guide 2.2). The portal's numbers are not known.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct RateLimit {
    /// How many calls one client id may make in a window, counted over all three hosts.
    pub calls: u32,
    /// The window's length in seconds.
    pub per_seconds: u32,
}

/// Makes the operations of the API host around the sandbox's clock.
pub type ApiHostMaker = Arc<dyn Fn(&Clock) -> ApiHost + Send + Sync>;

/// The settings of a sandbox. The defaults suit a test: free ports, a folder of its own that is
/// removed at the end, no printed log.
#[derive(Clone)]
pub struct SandboxOptions {
    /// The ports; all free ones by default.
    pub ports: Ports,
    /// Where the files are written. `None`, the default, is a new folder among the system's
    /// temporary files, removed when the sandbox stops.
    pub directory: Option<PathBuf>,
    /// How long an access token lives, in seconds; 300 as in guide 3.1.3.
    pub token_lifetime_seconds: u32,
    /// The limit per client id; none by default.
    pub rate_limit: Option<RateLimit>,
    /// Values of `aud` that the STS takes beside its own scheme, host and port.
    pub more_audiences: Vec<String>,
    /// Whether each request is printed to standard output; off by default.
    pub print_log: bool,
    /// Certificates made earlier, to save the time of making new ones.
    pub pki: Option<Arc<Pki>>,
    /// The operations of the API host; the sandbox's own by default.
    pub api: Option<ApiHostMaker>,
}

impl Default for SandboxOptions {
    fn default() -> Self {
        Self {
            ports: Ports::default(),
            directory: None,
            token_lifetime_seconds: 300,
            rate_limit: None,
            more_audiences: Vec::new(),
            print_log: false,
            pki: None,
            api: None,
        }
    }
}
