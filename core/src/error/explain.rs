//! What happened, whose turn it is and what to do, in words.

use std::fmt::Write;

use super::portal_error::{Inner, Origin};
use super::{rule, ErrorKind, FoundBy, FoundCode, Language, Retry, TransportFailure, Unreadable};

/// How many codes are explained in words; the rest are counted.
const EXPLAINED: usize = 5;

/// From how many seconds on a difference between the clocks is worth telling.
const CLOCK: u64 = 5;

/// A text in both languages.
type Both = (&'static str, &'static str);

fn pick(language: Language, both: Both) -> &'static str {
    match language {
        Language::Danish => both.0,
        Language::English => both.1,
    }
}

/// The whole explanation.
pub(super) fn explanation(inner: &Inner, language: Language) -> String {
    let mut out = String::new();
    if !inner.codes.is_empty() {
        codes(inner, language, &mut out);
    } else if let Some(refusal) = inner.oauth.as_ref().map(super::OAuthError::refusal) {
        out.push_str(refusal.explanation(language));
        clock(inner, refusal.clock_related(), language, &mut out);
    } else {
        out.push_str(match &inner.origin {
            Origin::Answer { status } => pick(language, of_status(*status, inner)),
            Origin::Unreadable { what, .. } => pick(language, of_unreadable(what)),
            Origin::Transport { failure } => failure.explanation(language),
        });
        said(inner, language, &mut out);
    }
    if let Retry::Later { at: Some(at) } = inner.retry {
        let words = (
            "Portalen beder om at vente til",
            "The portal asks to wait until",
        );
        let _ = write!(out, " {} {at}.", pick(language, words));
    }
    if matches!(inner.origin, Origin::Answer { .. }) && inner.kind == ErrorKind::Portal {
        out.push(' ');
        out.push_str(pick(
            language,
            (
                "Var kaldet en indsendelse, så se efter på portalen, om den er nået frem, før den sendes igen.",
                "If the call was a filing, look at the portal whether it arrived before it is sent again.",
            ),
        ));
    }
    if let Some(reference) = &inner.reference {
        let words = ("Portalens reference:", "The portal's reference:");
        let _ = write!(out, " {} {reference}.", pick(language, words));
    }
    out
}

fn codes(inner: &Inner, language: Language, out: &mut String) {
    for found in inner.codes.iter().take(EXPLAINED) {
        if !out.is_empty() {
            out.push('\n');
        }
        match found.template {
            Some(entry) => {
                out.push_str(&entry.explanation(language, &found.arguments));
            }
            None => unknown(found, language, out),
        }
        let _ = write!(out, " ({}", found.code);
        if let Some(pointer) = &found.pointer {
            let _ = write!(out, ", {} {pointer}", pick(language, ("felt", "field")));
        }
        if found.found_by == FoundBy::Text {
            out.push_str(pick(
                language,
                (", genkendt på teksten", ", recognised by its text"),
            ));
        }
        out.push(')');
    }
    let more = inner.codes.len().saturating_sub(EXPLAINED);
    if more > 0 {
        let words = ("flere fejl i svaret.", "more errors in the answer.");
        let _ = write!(out, "\n{more} {}", pick(language, words));
    }
}

fn unknown(found: &FoundCode, language: Language, out: &mut String) {
    out.push_str(pick(
        language,
        (
            "Portalen svarede med en fejlkode, som ikke står i vejledningen.",
            "The portal answered with an error code that is not in its guide.",
        ),
    ));
    if let Some(text) = &found.text {
        let _ = write!(
            out,
            " {} \"{text}\".",
            pick(language, ("Portalen skriver:", "The portal says:"))
        );
    }
    out.push_str(pick(
        language,
        (
            " Ret det, som teksten nævner, eller kontakt portalens support, og oplys koden.",
            " Correct what the text names, or contact the portal's support and give the code.",
        ),
    ));
}

/// What the two clocks say, where they matter.
fn clock(inner: &Inner, related: bool, language: Language, out: &mut String) {
    let (Some(server), Some(ours)) = (inner.server_time, inner.received_at) else {
        return;
    };
    let offset = ours.unix().saturating_sub(server.unix());
    let seconds = offset.unsigned_abs();
    if !related {
        return;
    }
    let _ = match (language, seconds < CLOCK, offset > 0) {
        (Language::Danish, true, _) => write!(out, " De to ure stemmer overens."),
        (Language::English, true, _) => write!(out, " The two clocks agree."),
        (Language::Danish, _, true) => {
            write!(out, " Uret her er {seconds} sekunder foran portalens.")
        }
        (Language::English, _, true) => {
            write!(
                out,
                " The clock here is {seconds} seconds ahead of the portal's."
            )
        }
        (Language::Danish, _, false) => {
            write!(out, " Uret her er {seconds} sekunder bagefter portalens.")
        }
        (Language::English, _, false) => {
            write!(
                out,
                " The clock here is {seconds} seconds behind the portal's."
            )
        }
    };
}

/// What the answer itself says, where it is a problem document or a page.
fn said(inner: &Inner, language: Language, out: &mut String) {
    let problem = inner.problem.as_ref();
    let text = problem
        .and_then(|p| p.detail.as_deref().or(p.title.as_deref()))
        .or(inner.said.as_deref())
        .or(inner.excerpt.as_deref());
    if let Some(text) = text {
        let text: String = text.chars().take(200).collect();
        let words = ("Svaret siger:", "The answer says:");
        let _ = write!(out, " {} \"{text}\".", pick(language, words));
    }
}

/// One English line without advice, for `Display`.
pub(super) fn summary(inner: &Inner) -> String {
    if let Some(found) = inner
        .codes
        .iter()
        .find(|f| f.template.is_some())
        .or(inner.codes.first())
    {
        return match found.template {
            Some(entry) => entry.text(Language::English, &found.arguments),
            None => found
                .text
                .clone()
                .unwrap_or_else(|| "a code that the guide does not list".into()),
        };
    }
    if let Some(oauth) = &inner.oauth {
        return oauth
            .description
            .clone()
            .unwrap_or_else(|| oauth.error.clone());
    }
    let text = match &inner.origin {
        Origin::Answer { status } => of_status(*status, inner).1,
        Origin::Unreadable { what, .. } => of_unreadable(what).1,
        Origin::Transport { failure } => failure.explanation(Language::English),
    };
    // The first sentence says what happened.
    text.split_once(". ")
        .map_or(text, |(first, _)| first)
        .trim_end_matches('.')
        .to_owned()
}

#[rustfmt::skip]
fn of_status(status: u16, inner: &Inner) -> Both {
    match status {
        400 | 495 | 496 | 497 if status != 400 || rule::certificate_missing(inner) => (
            "Portalens gateway godtog ikke klientcertifikatet, eller der var intet. Sæt det rigtige OCES3-certifikat på forbindelsen, og prøv igen.",
            "The portal's gateway did not accept the client certificate, or there was none. Put the right OCES3 certificate on the connection and try again.",
        ),
        200..=299 => (
            "Portalen svarede, at kaldet lykkedes, men svaret kunne ikke bruges. Se efter på portalen, om kaldet er udført, før det sendes igen.",
            "The portal answered that the call succeeded, but the answer was of no use. Look at the portal whether the call was carried out before it is sent again.",
        ),
        300..=399 => (
            "Svaret viderestiller til en anden adresse, og det gør portalen aldrig. Følg ikke viderestillingen. Kontrollér miljøets adresse og en eventuel proxy.",
            "The answer redirects to another address, which the portal never does. Do not follow it. Check the environment's address and any proxy.",
        ),
        401 => (
            "Portalen godtog ikke access-tokenet. Hent et nyt, og prøv én gang til. Sker det igen, så kontrollér certifikat, Client ID og miljø.",
            "The portal did not accept the access token. Fetch a new one and try once more. If it happens again, check certificate, Client ID and environment.",
        ),
        403 | 451 => (
            "Portalen kender afsenderen, men afsenderen har ikke adgang til dette. Kontrollér, at det er den rigtige slags token (direkte eller vekslet), og at I har en rolle på sagen.",
            "The portal knows the caller, who has no access to this. Check that it is the right kind of token (direct or exchanged) and that you have a role on the case.",
        ),
        404 | 410 => (
            "Det, der blev spurgt efter, findes ikke, eller I må ikke se det. Kontrollér id'et, adressen og miljøet (test eller produktion).",
            "What was asked for does not exist, or you may not see it. Check the id, the address and the environment (test or production).",
        ),
        405 | 406 | 411 | 501 | 505 => (
            "Adressen tager ikke imod et kald af denne art. Kontrollér miljøets adresser, og at intet på vejen ændrer kaldet.",
            "The address takes no request of this kind. Check the environment's addresses, and that nothing on the way changes the request.",
        ),
        407 | 511 => (
            "Netværkets proxy kræver login. Kontakt jeres netværksansvarlige. Kaldet nåede ikke portalen.",
            "The network's proxy wants a login. Contact whoever runs your network. The call did not reach the portal.",
        ),
        408 => (
            "Portalen nåede ikke at læse kaldet i tide. Prøv igen, helst på en hurtigere forbindelse.",
            "The portal did not get to read the call in time. Try again, if possible on a faster connection.",
        ),
        409 | 412 | 423 | 428 => (
            "Kaldet passer ikke til sagens nuværende tilstand. Hent den nyeste udgave, se, hvad der er ændret, og send igen, hvis det stadig er relevant.",
            "The call does not go with the present state. Fetch the newest version, see what has changed, and send again if it still applies.",
        ),
        413 | 414 | 431 => (
            "Kaldet er større, end portalen tager imod. Gør filen eller kaldet mindre, og send igen.",
            "The call is larger than the portal takes. Make the file or the call smaller and send again.",
        ),
        415 => (
            "Portalen tager ikke imod denne indholdstype. Data sendes som application/json og bilag som application/pdf.",
            "The portal does not take this content type. Data is sent as application/json and bilag as application/pdf.",
        ),
        429 => (
            "Der er sendt for mange kald med dette Client ID. Vent, og send færre kald ad gangen.",
            "Too many calls were sent with this Client ID. Wait, and send fewer at a time.",
        ),
        421 | 425 => (
            "Kaldet kom over en forbindelse, som serveren ikke ville bruge til det. Prøv igen på en ny forbindelse.",
            "The call came over a connection that the server would not use for it. Try again on a new connection.",
        ),
        400..=499 => (
            "Portalen afviste det, der blev sendt, uden en kendt fejlkode. Kontrollér felterne mod OpenAPI-filen, og send igen.",
            "The portal refused what was sent, without a known error code. Check the fields against the OpenAPI file and send again.",
        ),
        503 => (
            "Portalen er midlertidigt ude af drift eller overbelastet. Prøv igen senere. Se driftsstatus på domstol.dk under Kendte fejl og mangler.",
            "The portal is out of service or overloaded for the moment. Try again later. See its status at domstol.dk under Kendte fejl og mangler.",
        ),
        502 | 504 => (
            "Portalens gateway fik intet brugbart svar fra portalen. Prøv igen senere. Se driftsstatus på domstol.dk under Kendte fejl og mangler.",
            "The portal's gateway got no usable answer from the portal. Try again later. See its status at domstol.dk under Kendte fejl og mangler.",
        ),
        500..=599 => (
            "Der skete en fejl hos portalen. Prøv igen senere. Fortsætter det, så kontakt portalens support.",
            "The portal failed. Try again later. If it goes on, contact the portal's support.",
        ),
        _ => (
            "Svaret følger ikke HTTP. Kontrollér miljøets adresse og en eventuel proxy.",
            "The answer does not follow HTTP. Check the environment's address and any proxy.",
        ),
    }
}

#[rustfmt::skip]
fn of_unreadable(what: &Unreadable) -> Both {
    match what {
        Unreadable::Empty | Unreadable::NotJson { .. } => (
            "Kaldet lykkedes efter svarets status, men svaret er ikke det, der skulle komme. Noget mellem jer og portalen kan have svaret i stedet for portalen. Undersøg, om kaldet er udført, før det sendes igen.",
            "By its status the call succeeded, but the answer is not what should come. Something between you and the portal may have answered in its place. Look whether the call was carried out before it is sent again.",
        ),
        Unreadable::Shape { .. } | Unreadable::MissingMember { .. } | Unreadable::Value { .. } => (
            "Kaldet lykkedes, men svaret har en anden form end ventet. Portalen kan være kommet i en ny udgave; se efter en nyere udgave af biblioteket. Send ikke igen, før I har undersøgt, om kaldet er udført.",
            "The call succeeded, but the answer has another shape than expected. The portal may have a new version; look for a newer version of this library. Do not send again before you have looked whether the call was carried out.",
        ),
        Unreadable::TooLarge { .. } => (
            "Kaldet lykkedes, men svaret er større, end opsætningen her tillader. Hæv grænsen, eller bed om mindre ad gangen.",
            "The call succeeded, but the answer is larger than the setup here allows. Raise the limit, or ask for less at a time.",
        ),
    }
}

impl TransportFailure {
    /// What happened and what to do, in full sentences.
    pub const fn explanation(&self, language: Language) -> &'static str {
        let (danish, english) = self.texts();
        match language {
            Language::Danish => danish,
            Language::English => english,
        }
    }

    #[rustfmt::skip]
    const fn texts(&self) -> Both {
        match self {
            Self::NotSent { .. } => (
                "Kaldet blev ikke sendt. Kontrollér programmets opsætning, og prøv igen.",
                "The call was not sent. Check the setup of the program and try again.",
            ),
            Self::ConnectFailed { .. } | Self::ConnectTimedOut => (
                "Der var ingen forbindelse til portalen, og intet blev sendt. Kontrollér netværk, firewall og adresse, og prøv igen.",
                "There was no connection to the portal, and nothing was sent. Check network, firewall and address and try again.",
            ),
            Self::TlsRefused { .. } => (
                "Portalen afviste klientcertifikatet, da forbindelsen blev oprettet. Kontrollér, at det er et gyldigt OCES3-certifikat til det rigtige miljø, at det ikke er udløbet eller spærret, og at hele certifikatkæden sendes med.",
                "The portal refused the client certificate when the connection was made. Check that it is a valid OCES3 certificate for the right environment, that it is neither expired nor revoked, and that the whole chain is sent.",
            ),
            Self::ServerCertificateInvalid { .. } => (
                "Serverens certifikat kunne ikke godkendes, og intet blev sendt. Slå aldrig kontrollen fra. Kontrollér adressen, maskinens ur, dens liste over rodcertifikater, og om en proxy åbner den krypterede forbindelse.",
                "The server's certificate did not check out, and nothing was sent. Never switch the check off. Check the address, the machine's clock, its list of root certificates, and whether a proxy opens the connection.",
            ),
            Self::TimedOut => (
                "Portalen svarede ikke i tide. Kaldet kan være udført. Se efter på portalen, før en indsendelse sendes igen.",
                "The portal did not answer in time. The call may have been carried out. Look at the portal before a filing is sent again.",
            ),
            Self::Broken { .. } => (
                "Forbindelsen blev afbrudt, før svaret kom. Kaldet kan være udført. Se efter på portalen, før en indsendelse sendes igen.",
                "The connection broke before the answer came. The call may have been carried out. Look at the portal before a filing is sent again.",
            ),
            Self::Cancelled => (
                "Kaldet blev afbrudt her. Det kan være udført alligevel. Se efter på portalen, før en indsendelse sendes igen.",
                "The call was given up here. It may have been carried out all the same. Look at the portal before a filing is sent again.",
            ),
        }
    }
}
