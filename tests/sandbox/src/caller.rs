//! Who a request to the API host comes from.

/// Which of the guide's two kinds an access token is (guide 1.1).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum TokenKind {
    /// "Direkte API-token": acts as the company that the client certificate is issued to.
    Direct,
    /// "Delegeret API-token": acts for a likvidator through an adgangsprofil.
    Delegated,
}

/// The caller behind a valid access token.
///
/// The API host puts an `Option<Caller>` into the extensions of every request: `None` when the
/// request bears no token. A request with a token that is not valid never reaches an operation; it
/// is answered with 401.
///
/// ```
/// use skifteportal_sandbox::caller::{Caller, TokenKind};
/// let caller = Caller {
///     cvr: "11111111".to_owned(),
///     kind: TokenKind::Direct,
///     adgangsprofil_id: None,
///     client_id: "advokatsystem-s".to_owned(),
///     serial_number: "UI:DK-O:G:00000000-0000-4000-8000-000000000000".to_owned(),
/// };
/// assert_eq!(caller.short(), "direct 11111111");
/// ```
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Caller {
    /// The CVR number of the company: of the reporter's certificate (guide 3.1.1). In a delegated
    /// token it is that of the certificate behind the direct token that was exchanged.
    pub cvr: String,
    /// Direct or delegated.
    pub kind: TokenKind,
    /// The likvidator's adgangsprofil-id; present when the token is delegated (guide 3.2.3).
    pub adgangsprofil_id: Option<String>,
    /// The client id that the token was issued to; the rate limit counts by it (guide 2.2).
    pub client_id: String,
    /// The SERIALNUMBER in the subject of the reporter's certificate (guide 3.2.1).
    pub serial_number: String,
}

impl Caller {
    /// A few words for a log line.
    pub fn short(&self) -> String {
        match (&self.kind, &self.adgangsprofil_id) {
            (TokenKind::Delegated, Some(profile)) => {
                let start: String = profile.chars().take(8).collect();
                format!("delegated {} for {start}", self.cvr)
            }
            (TokenKind::Delegated, None) => format!("delegated {}", self.cvr),
            (TokenKind::Direct, _) => format!("direct {}", self.cvr),
        }
    }
}
