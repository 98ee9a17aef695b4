//! The portal's services and what the guide says of each.

use std::fmt;

/// Which token an operation takes.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[cfg_attr(feature = "uniffi", derive(uniffi::Enum))]
#[cfg_attr(
    feature = "dynamic",
    derive(serde::Serialize),
    serde(rename_all = "snake_case")
)]
pub enum TokenRule {
    /// None; none is sent, even where one is at hand.
    None,
    /// The direct token: it stands for the organisation of the certificate (guide 2.4).
    Direct,
    /// The delegated ("indirekte") token: it stands for a likvidator (guide 2.5).
    Delegated,
    /// Either of the two.
    Either,
}

impl TokenRule {
    /// Its name, which stays as it is.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::None => "none",
            Self::Direct => "direct",
            Self::Delegated => "delegated",
            Self::Either => "either",
        }
    }
}

impl fmt::Display for TokenRule {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::None => "no token",
            Self::Direct => "a direct token",
            Self::Delegated => "a delegated token",
            Self::Either => "a direct or a delegated token",
        })
    }
}

/// A service of the portal; each is described by one OpenAPI file (guide 2.3).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
#[cfg_attr(feature = "uniffi", derive(uniffi::Enum))]
pub enum Service {
    /// Dødsboer: search, and what is filed to them.
    Doedsbojournal,
    /// Tvangsopløsning: what anyone with a part in the sag may see and do.
    TvangsoploesningDirigent,
    /// Tvangsopløsning: krav and tilgodehavender of kreditors.
    TvangsoploesningKreditor,
    /// Tvangsopløsning: what only the appointed likvidator may do.
    TvangsoploesningLikvidator,
    /// The Sagshylde: search of sager, and "my sager".
    Sagslager,
    /// Look-up of persons.
    Person,
    /// Look-up of addresses.
    Adresse,
    /// Henvendelser to the court and the answers.
    Henvendelse,
    /// The other half of the henvendelser.
    HenvendelseDirigent,
    /// Look-up of companies.
    Virksomhed,
    /// Court districts and their offices.
    Retskreds,
    /// The store of documents.
    Dokumentlager,
}

/// What is known of a service.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
#[cfg_attr(feature = "uniffi", derive(uniffi::Record))]
#[cfg_attr(
    feature = "dynamic",
    derive(serde::Serialize),
    serde(rename_all = "camelCase")
)]
pub struct ServiceInfo {
    /// Which service.
    pub service: Service,
    /// Its name in the keys of operations.
    pub key: &'static str,
    /// The name of its official OpenAPI file, as the guide prints it.
    pub open_api_file: &'static str,
    /// Which token its operations take.
    pub token: TokenRule,
    /// Where the token rule stands.
    pub token_source: &'static str,
    /// What the guide says that it does, in short.
    pub purpose: &'static str,
    /// What is a reading of ours, or needs care. Empty where nothing is.
    pub note: &'static str,
}

/// All services, in the order of the guide's sections 4.3 to 4.5.
///
/// ```
/// use skifteportal::api::{services, Service, TokenRule};
/// let retskreds = services().iter().find(|s| s.service == Service::Retskreds).unwrap();
/// assert_eq!(retskreds.open_api_file, "retskreds-oas.yaml");
/// assert_eq!(retskreds.token, TokenRule::None);
/// ```
pub fn services() -> &'static [ServiceInfo] {
    &SERVICES
}

impl Service {
    /// What is known of the service.
    pub const fn info(self) -> &'static ServiceInfo {
        &SERVICES[self as usize]
    }

    /// Which token the service's operations take.
    pub const fn token(self) -> TokenRule {
        self.info().token
    }
}

#[cfg(feature = "dynamic")]
impl serde::Serialize for Service {
    /// Its key.
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(self.info().key)
    }
}

// In the order of the enum; a test holds it to that.
const SERVICES: [ServiceInfo; 12] = [
    ServiceInfo {
        service: Service::Doedsbojournal,
        key: "doedsbojournal",
        open_api_file: "doedsbojournal-oas.yaml",
        token: TokenRule::Direct,
        token_source: "guide 2.1, 4.3",
        purpose: "Search of dødsboer; filing, changing and fetching of what is filed to them",
        note: "2.1 names the direct token for krav, tilgodehavender, effektfortegnelser and \
               forespørgsler, 4.3 for the search; for proformaopgørelser it is a reading",
    },
    ServiceInfo {
        service: Service::TvangsoploesningDirigent,
        key: "tvangsoploesning-dirigent",
        open_api_file: "tvangsoploesning-dirigent-oas.yaml",
        token: TokenRule::Either,
        token_source: "guide 4.4.1",
        purpose:
            "General information on a sag (its course, decisions, court records); erklæringer \
                  and kæremål. A GET answers an empty list to one with no relation to the sag",
        note: "4.4: use the token that fits the part that one plays in the sag; the list is \
               filtered by it. The guide prints no operation",
    },
    ServiceInfo {
        service: Service::TvangsoploesningKreditor,
        key: "tvangsoploesning-dirigent-kreditor",
        open_api_file: "tvangsoploesning-dirigent-kreditor-oas.yaml",
        token: TokenRule::Direct,
        token_source: "guide 4.4.2",
        purpose: "Filing of krav and tilgodehavender against a sag, with bilag named by their id",
        note: "A likvidator must not file here (error sag.registrering.bruger.maa.ikke.vaere.\
               likvidator, guide 4.4.4)",
    },
    ServiceInfo {
        service: Service::TvangsoploesningLikvidator,
        key: "tvangsoploesning-dirigent-likvidator",
        open_api_file: "tvangsoploesning-dirigent-likvidator-oas.yaml",
        token: TokenRule::Delegated,
        token_source: "guide 4.4.3",
        purpose: "What the likvidator who is appointed to the sag files and fetches",
        note: "The guide prints no operation",
    },
    ServiceInfo {
        service: Service::Sagslager,
        key: "sagslager",
        open_api_file: "sagslager-oas.yaml",
        token: TokenRule::Either,
        token_source: "guide 4.5.1",
        purpose: "Search of sager by CVR number and name, and the sager of the token's holder",
        note: "",
    },
    ServiceInfo {
        service: Service::Person,
        key: "person",
        open_api_file: "person-oas.yaml",
        token: TokenRule::Either,
        token_source: "guide 4.5.2",
        purpose: "Look-up of a person by person id (never by CPR number); how much is answered \
                  depends on the relation that the token has to the person",
        note: "The guide prints no operation",
    },
    ServiceInfo {
        service: Service::Adresse,
        key: "adresse",
        open_api_file: "adresse-oas.yaml",
        token: TokenRule::Either,
        token_source: "reading",
        purpose: "Turns the DAR id of a Danish address into a readable one",
        note: "4.5.3 states no token rule; the guide prints no operation",
    },
    ServiceInfo {
        service: Service::Henvendelse,
        key: "henvendelse",
        open_api_file: "henvendelse-oas.yaml",
        token: TokenRule::Delegated,
        token_source: "guide 4.5.4",
        purpose: "A likvidator's henvendelser to the court, and the court's answers",
        note: "",
    },
    ServiceInfo {
        service: Service::HenvendelseDirigent,
        key: "henvendelse-dirigent",
        open_api_file: "henvendelse-dirigent-oas.yaml",
        token: TokenRule::Delegated,
        token_source: "guide 4.5.4",
        purpose: "Henvendelser to the court, and the court's answers",
        note: "4.5.4 names both files and does not say which operation stands in which; the guide \
               prints none of this one",
    },
    ServiceInfo {
        service: Service::Virksomhed,
        key: "virksomhed",
        open_api_file: "virksomhed-oas.yaml",
        token: TokenRule::Either,
        token_source: "reading",
        purpose: "Look-up of companies, as the central business register (CVR) has them",
        note: "4.5.5 states no token rule; the guide prints no operation",
    },
    ServiceInfo {
        service: Service::Retskreds,
        key: "retskreds",
        open_api_file: "retskreds-oas.yaml",
        token: TokenRule::None,
        token_source: "guide 4.5.6",
        purpose: "Court districts, their offices and how to reach them; changes seldom",
        note: "Offered \"uden krav til kalderen\"; the guide prints no operation",
    },
    ServiceInfo {
        service: Service::Dokumentlager,
        key: "dokumentlager",
        open_api_file: "dokument-lager-ekstern-oas.yaml",
        token: TokenRule::Either,
        token_source: "guide 4.5.7",
        purpose: "Takes the bilag of tvangsopløsningssager before they are named in a filing; a \
                  document belongs to the API user behind the token",
        note: "",
    },
];
