//! What a refusal of the token endpoint means, and what to do about it.

use super::Language;

/// What an OAuth error means. One `error` covers many causes; the description tells them apart.
/// Observed on Keycloak 26.4, which is what the portal's STS is (guide 3.1.2); the portal's own
/// additions may answer otherwise, and then it is [`TokenRefusal::Other`].
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
#[cfg_attr(feature = "uniffi", derive(uniffi::Enum))]
pub enum TokenRefusal {
    /// The connection presented no client certificate.
    MissingClientCertificate,
    /// The Client ID is not known or is disabled, the secret is wrong, or the subject of the assertion
    /// is not the client. (A stock Keycloak wants the client as its issuer too; the portal does not
    /// look at the issuer, guide 3.1.2.)
    WrongClientOrSecret,
    /// The client may not fetch tokens for itself.
    ServiceAccountDisabled,
    /// The client is set up for the other variant (secret or assertion) than was used.
    WrongVariant,
    /// The scope is not one of the client's. The portal's is `openid`.
    InvalidScope,
    /// The grant type is not taken.
    UnsupportedGrantType,
    /// The form has no `grant_type`, or was not read as a form.
    MissingGrantType,
    /// A form field was sent twice.
    DuplicateParameter,
    /// The assertion's `jti` was used before.
    AssertionReplayed,
    /// The assertion has expired or is not valid yet. Often a clock that is wrong.
    AssertionExpired,
    /// The assertion's `exp` is too far ahead. Also seen when our clock is ahead.
    AssertionTooLong,
    /// The assertion's `iat` is ahead of the server's clock.
    IssuedInFuture,
    /// The assertion's `iat` is too long ago.
    IssuedTooLongAgo,
    /// The assertion's `aud` is not the server's.
    WrongAudience,
    /// The assertion has more than one `aud`.
    MultipleAudiences,
    /// The assertion has no `jti`.
    MissingJti,
    /// The assertion has no `exp`.
    MissingExpiry,
    /// The assertion's signature does not belong to the registered certificate.
    BadSignature,
    /// The assertion is signed with another algorithm than the client is set up for.
    WrongAlgorithm,
    /// The assertion names a key that the server does not have.
    UnknownKey,
    /// The address names a realm that the server does not have: the wrong environment.
    UnknownRealm,
    /// The address takes no request of this method.
    MethodNotAllowed,
    /// The form is larger than the server takes.
    RequestTooLarge,
    /// The access token is expired, revoked or otherwise not accepted (RFC 6750 3.1).
    InvalidToken,
    /// The access token lacks a right (RFC 6750 3.1).
    InsufficientScope,
    /// The token that should be exchanged, or the profile, is not accepted (RFC 6749 5.2, RFC 8693).
    InvalidGrant,
    /// The client or the user may not do this.
    AccessDenied,
    /// The server asks for fewer requests.
    SlowDown,
    /// The server itself failed.
    ServerFault,
    /// Anything else. [`OAuthError`](super::OAuthError) keeps what was said.
    Other,
}

use TokenRefusal as R;

#[cfg(feature = "dynamic")]
impl serde::Serialize for TokenRefusal {
    /// Its code.
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(self.code())
    }
}

impl TokenRefusal {
    /// Whether a wrong clock is a likely cause. Compare
    /// [`PortalError::clock_offset_seconds`](super::PortalError::clock_offset_seconds).
    pub const fn clock_related(self) -> bool {
        matches!(
            self,
            R::AssertionExpired | R::AssertionTooLong | R::IssuedInFuture | R::IssuedTooLongAgo
        )
    }

    /// A stable code, such as `assertion.replayed`.
    pub const fn code(self) -> &'static str {
        match self {
            R::MissingClientCertificate => "client.certificate_missing",
            R::WrongClientOrSecret => "client.unknown_or_wrong_secret",
            R::ServiceAccountDisabled => "client.service_account_disabled",
            R::WrongVariant => "client.wrong_variant",
            R::InvalidScope => "request.scope",
            R::UnsupportedGrantType => "request.grant_type_unsupported",
            R::MissingGrantType => "request.grant_type_missing",
            R::DuplicateParameter => "request.duplicate_parameter",
            R::AssertionReplayed => "assertion.replayed",
            R::AssertionExpired => "assertion.not_active",
            R::AssertionTooLong => "assertion.expiry_too_far",
            R::IssuedInFuture => "assertion.issued_in_future",
            R::IssuedTooLongAgo => "assertion.issued_too_long_ago",
            R::WrongAudience => "assertion.audience",
            R::MultipleAudiences => "assertion.multiple_audiences",
            R::MissingJti => "assertion.jti_missing",
            R::MissingExpiry => "assertion.exp_missing",
            R::BadSignature => "assertion.signature",
            R::WrongAlgorithm => "assertion.algorithm",
            R::UnknownKey => "assertion.key_unknown",
            R::UnknownRealm => "request.realm_unknown",
            R::MethodNotAllowed => "request.method",
            R::RequestTooLarge => "request.too_large",
            R::InvalidToken => "token.invalid",
            R::InsufficientScope => "token.insufficient_scope",
            R::InvalidGrant => "grant.invalid",
            R::AccessDenied => "access.denied",
            R::SlowDown => "server.slow_down",
            R::ServerFault => "server.fault",
            R::Other => "other",
        }
    }

    /// What happened and what to do, in full sentences.
    ///
    /// ```
    /// use skifteportal::error::{Language, TokenRefusal};
    /// let text = TokenRefusal::AssertionReplayed.explanation(Language::English);
    /// assert!(text.contains("new jti"));
    /// ```
    pub const fn explanation(self, language: Language) -> &'static str {
        let (danish, english) = self.texts();
        match language {
            Language::Danish => danish,
            Language::English => english,
        }
    }

    #[rustfmt::skip]
    #[allow(clippy::too_many_lines)] // A table.
    const fn texts(self) -> (&'static str, &'static str) {
        match self {
            R::MissingClientCertificate => (
                "Forbindelsen viste intet klientcertifikat. Sæt indberetterens OCES3-certifikat (variant A) eller API-anvenderens (variant B) på TLS-forbindelsen til token-adressen, og send igen.",
                "The connection presented no client certificate. Put the reporter's OCES3 certificate (variant A) or the API user's (variant B) on the TLS connection to the token address and send again.",
            ),
            R::WrongClientOrSecret => (
                "Portalen kender ikke dette Client ID, eller Client Secret er forkert. Kontrollér Client ID, Client Secret og miljøet (test eller produktion). I variant B skal assertionens emne (sub) være API-anvenderens CVR-nummer.",
                "The portal does not know this Client ID, or the client secret is wrong. Check Client ID, client secret and environment (test or production). In variant B, the subject (sub) of the assertion must be the API user's CVR number.",
            ),
            R::ServiceAccountDisabled => (
                "Klienten har ikke lov til at hente et token på egne vegne. Kontakt Domstolsstyrelsen, så opsætningen af jeres Client ID kan blive rettet.",
                "The client may not fetch a token for itself. Contact Domstolsstyrelsen to have the setup of your Client ID corrected.",
            ),
            R::WrongVariant => (
                "Klienten er sat op til den anden loginvariant. Brug assertion i stedet for Client Secret eller omvendt, eller kontakt Domstolsstyrelsen om opsætningen.",
                "The client is set up for the other way of logging in. Use an assertion in place of the client secret or the other way round, or ask Domstolsstyrelsen about the setup.",
            ),
            R::InvalidScope => (
                "Det scope, der blev bedt om, findes ikke for klienten. Brug openid, skrevet med små bogstaver.",
                "The scope asked for is not one of the client's. Use openid, in lower case.",
            ),
            R::UnsupportedGrantType => (
                "Portalen tager ikke imod denne grant_type. Brug den, som vejledningen angiver for kaldet, og kontrollér, at adressen er den rigtige.",
                "The portal does not take this grant_type. Use the one that the guide gives for the call, and check that the address is the right one.",
            ),
            R::MissingGrantType => (
                "Portalen fandt ingen grant_type. Formularen skal sendes som POST-kaldets indhold (request body) i formatet application/x-www-form-urlencoded. Kontrollér, at intet på vejen ændrer kaldet.",
                "The portal found no grant_type. The form must be the body of a POST, as application/x-www-form-urlencoded. Check that nothing on the way changes the request.",
            ),
            R::DuplicateParameter => (
                "Et felt i formularen blev sendt to gange. Send hvert felt én gang.",
                "A field of the form was sent twice. Send each field once.",
            ),
            R::AssertionReplayed => (
                "Denne assertion er brugt før. Lav en ny med et nyt jti til hvert forsøg, også efter et forsøg, der mislykkedes.",
                "This assertion has been used before. Make a new one with a new jti for every attempt, also after one that failed.",
            ),
            R::AssertionExpired => (
                "Assertionen er udløbet eller gælder ikke endnu. Lav en ny. Sker det igen, er uret på denne maskine sandsynligvis forkert.",
                "The assertion has expired or is not valid yet. Make a new one. If it happens again, the clock of this machine is probably wrong.",
            ),
            R::AssertionTooLong => (
                "Assertionen udløber for langt ude i fremtiden. Giv den en levetid under 60 sekunder, eller tag iat med, og kontrollér uret på denne maskine.",
                "The assertion expires too far ahead. Give it a lifetime of less than 60 seconds, or include iat, and check the clock of this machine.",
            ),
            R::IssuedInFuture => (
                "Assertionen er udstedt i fremtiden efter portalens ur. Uret på denne maskine er foran. Stil det (brug NTP), eller udelad iat.",
                "By the portal's clock the assertion was issued in the future. The clock of this machine is ahead. Set it (use NTP), or leave iat out.",
            ),
            R::IssuedTooLongAgo => (
                "Assertionen er udstedt for længe siden efter portalens ur. Lav en ny, lige før den sendes. Sker det igen, er uret på denne maskine bagefter.",
                "By the portal's clock the assertion was issued too long ago. Make a new one just before it is sent. If it happens again, the clock of this machine is behind.",
            ),
            R::WrongAudience => (
                "Assertionens modtager (aud) er ikke denne portal. Brug adressen på det miljø, der kaldes (test eller produktion), eller den modtager, som miljøets opsætning angiver.",
                "The audience (aud) of the assertion is not this portal. Use the address of the environment that is called (test or production), or the audience that its setup gives.",
            ),
            R::MultipleAudiences => (
                "Assertionen har flere modtagere (aud). Angiv præcis én.",
                "The assertion has several audiences (aud). Give exactly one.",
            ),
            R::MissingJti => (
                "Assertionen mangler jti. Giv hver assertion sit eget.",
                "The assertion has no jti. Give each assertion its own.",
            ),
            R::MissingExpiry => (
                "Assertionen mangler exp. Angiv, hvornår den udløber.",
                "The assertion has no exp. Say when it expires.",
            ),
            R::BadSignature => (
                "Signaturen passer ikke til det certifikat, som portalen har registreret. Kontrollér, at nøglen hører til certifikatet, og at assertionen ikke er ændret, efter at den blev signeret.",
                "The signature does not belong to the certificate that the portal has registered. Check that the key belongs to the certificate and that the assertion was not changed after it was signed.",
            ),
            R::WrongAlgorithm => (
                "Assertionen er signeret med en anden algoritme, end klienten er sat op til. Brug RS256.",
                "The assertion is signed with another algorithm than the client is set up for. Use RS256.",
            ),
            R::UnknownKey => (
                "Assertionen henviser til en nøgle, som portalen ikke har. Udelad kid, eller få det nye certifikat registreret.",
                "The assertion names a key that the portal does not have. Leave kid out, or have the new certificate registered.",
            ),
            R::UnknownRealm => (
                "Adressen findes ikke på portalens loginserver. Kontrollér, at det er det rigtige miljø og den rigtige sti.",
                "The address does not exist on the portal's login server. Check that it is the right environment and path.",
            ),
            R::MethodNotAllowed => (
                "Adressen tager ikke imod et kald af denne art. Et token hentes med POST; kontrollér adressen, og at intet på vejen gør POST til GET.",
                "The address takes no request of this method. A token is fetched with POST; check the address, and that nothing on the way turns POST into GET.",
            ),
            R::RequestTooLarge => (
                "Formularen er større, end portalen tager imod. Kontrollér, at det er certifikatkæden og ikke andet, der er lagt i assertionen.",
                "The form is larger than the portal takes. Check that the certificate chain, and nothing else, is in the assertion.",
            ),
            R::InvalidToken => (
                "Access-tokenet er udløbet, trukket tilbage eller hører til en anden forbindelse. Hent et nyt token, og prøv én gang til.",
                "The access token has expired, was revoked or belongs to another connection. Fetch a new token and try once more.",
            ),
            R::InsufficientScope => (
                "Access-tokenet giver ikke ret til dette kald. Brug den rigtige slags token (direkte eller vekslet), eller få rettigheden tildelt.",
                "The access token does not give the right to this call. Use the right kind of token (direct or exchanged), or have the right granted.",
            ),
            R::InvalidGrant => (
                "Portalen godtager ikke det token eller den adgangsprofil, der skulle veksles. Hent et nyt direkte token, og kontrollér adgangsprofilens id i Samarbejdsportalen.",
                "The portal does not accept the token or the adgangsprofil that should be exchanged. Fetch a new direct token and check the id of the adgangsprofil in Samarbejdsportalen.",
            ),
            R::AccessDenied => (
                "Portalen giver ikke adgang. Kontrollér i Samarbejdsportalen, at certifikatet er tilknyttet adgangsprofilen, og at profilen er tilknyttet sagen.",
                "The portal denies access. Check in Samarbejdsportalen that the certificate is attached to the adgangsprofil, and the profile to the case.",
            ),
            R::SlowDown => (
                "Portalen beder om færre kald. Vent lidt, og prøv igen.",
                "The portal asks for fewer requests. Wait a little and try again.",
            ),
            R::ServerFault => (
                "Portalens loginserver fejlede. Prøv igen senere. Sker det hver gang, så kontrollér, at formularen er kodet rigtigt, og kontakt portalens support.",
                "The portal's login server failed. Try again later. If it happens every time, check that the form is encoded correctly and contact the portal's support.",
            ),
            R::Other => (
                "Portalens loginserver afviste kaldet. Kontrollér certifikat, Client ID og miljø, og kontakt Domstolsstyrelsen med fejlteksten, hvis det fortsætter.",
                "The portal's login server refused the request. Check certificate, Client ID and environment, and contact Domstolsstyrelsen with the error's text if it goes on.",
            ),
        }
    }
}
