//! What was found and what to do about it, in words.

use std::fmt::Write;

use super::{Finding, Kind, Presence, Report, Severity, Undecidable, Verdict};
use crate::error::Language;

/// A text in both languages.
type Both = (&'static str, &'static str);

fn pick(language: Language, both: Both) -> &'static str {
    match language {
        Language::Danish => both.0,
        Language::English => both.1,
    }
}

impl Finding {
    /// What was found, where, and what to do about it, in full sentences.
    ///
    /// ```
    /// use skifteportal::error::Language;
    /// use skifteportal::pdf::{check, Profile};
    ///
    /// let report = check(b"Kvittering", &Profile::portal());
    /// let text = report.findings[0].explanation(Language::English);
    /// assert!(text.starts_with("The file is not a PDF."));
    /// ```
    pub fn explanation(&self, language: Language) -> String {
        let mut out = String::new();
        match text(self.kind) {
            Text::Whole(both) => out.push_str(pick(language, both)),
            Text::Holds(both) => {
                let _ = match (language, self.page) {
                    (Language::Danish, Some(page)) => write!(out, "Side {page} indeholder "),
                    (Language::Danish, None) => write!(out, "Dokumentet indeholder "),
                    (Language::English, Some(page)) => write!(out, "Page {page} contains "),
                    (Language::English, None) => write!(out, "The document contains "),
                };
                out.push_str(pick(language, both));
            }
        }
        if let Some(both) = presence(self) {
            out.push(' ');
            out.push_str(pick(language, both));
        }
        if self.severity == Severity::AtRisk && self.code.is_some() {
            out.push(' ');
            out.push_str(pick(language, AT_RISK));
        }
        out.push(' ');
        out.push_str(pick(language, remedy(self)));
        out
    }

    /// Whether it belongs to a form field, as far as its path tells.
    fn in_field(&self) -> bool {
        let typed = ["/AA/K", "/AA/F", "/AA/V", "/AA/C"];
        let page = self.path.starts_with("Page ");
        self.path.contains("/AcroForm/")
            || (page
                && self.path.contains("/Annots[")
                && typed.iter().any(|a| self.path.contains(a)))
    }
}

impl std::fmt::Display for Finding {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{}", self.kind)?;
        if !self.path.is_empty() {
            write!(f, " at {}", self.path)?;
        }
        match self.object {
            Some(object) => write!(
                f,
                " (object {object} {})",
                self.generation.unwrap_or_default()
            ),
            None => Ok(()),
        }
    }
}

impl std::fmt::Display for Report {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(match (self.verdict, self.undecidable) {
            (Verdict::Accepted, _) => "accepted",
            (Verdict::AtRisk, _) => "at risk",
            (Verdict::Refused, _) => "refused",
            (Verdict::Undecidable, Some(Undecidable::Limit(_))) => {
                "undecidable: a limit was reached"
            }
            (Verdict::Undecidable, _) => "undecidable: parts are unreadable",
        })?;
        for (index, (kind, count)) in self.counts.iter().enumerate() {
            f.write_str(if index == 0 { " (" } else { ", " })?;
            write!(f, "{count} {kind}")?;
        }
        f.write_str(if self.counts.is_empty() { "" } else { ")" })
    }
}

/// What was found: a whole sentence, or what a page or the document contains.
enum Text {
    Whole(Both),
    Holds(Both),
}

const AT_RISK: Both = (
    "Portalens vejledning siger ikke klart, om filen bliver afvist for det.",
    "The portal's guide does not say clearly whether the file is refused for it.",
);

fn presence(finding: &Finding) -> Option<Both> {
    let about_contents = matches!(text(finding.kind), Text::Holds(_));
    match finding.presence {
        _ if !about_contents => None,
        Presence::Reached => None,
        Presence::Unreached => Some((
            "Det er skjult i filen og ses ikke i en PDF-læser.",
            "It is hidden in the file and does not show in a PDF reader.",
        )),
        Presence::Superseded => Some((
            "Det hører til en tidligere udgave af dokumentet, som stadig ligger i filen.",
            "It belongs to an earlier version of the document that is still in the file.",
        )),
    }
}

#[rustfmt::skip]
#[allow(clippy::too_many_lines)] // One text for each kind.
const fn text(kind: Kind) -> Text {
    use Text::{Holds, Whole};
    match kind {
        Kind::NotAPdf => Whole((
            "Filen er ikke en PDF.",
            "The file is not a PDF.",
        )),
        Kind::HeaderMissing => Whole((
            "Filen begynder ikke som en PDF: mærket %PDF mangler eller står for langt inde i filen.",
            "The file does not begin as a PDF: the mark %PDF is missing or stands too far into the file.",
        )),
        Kind::HeaderOffset => Whole((
            "Der står andet i filen, før PDF-dokumentet begynder.",
            "Other data stands in the file before the PDF document begins.",
        )),
        Kind::Damaged => Whole((
            "PDF-filen er beskadiget: der kan ikke findes nogen sider i den.",
            "The PDF file is damaged: no pages can be found in it.",
        )),
        Kind::TooLarge => Whole((
            "Filen er større end grænsen for et bilag.",
            "The file is larger than the limit for a bilag.",
        )),
        Kind::PasswordNeeded => Whole((
            "PDF-filen er låst med en adgangskode, og indholdet kan ikke kontrolleres.",
            "The PDF file is locked with a password, and its contents cannot be checked.",
        )),
        Kind::Encrypted => Whole((
            "PDF-filen er krypteret eller beskyttet mod ændringer.",
            "The PDF file is encrypted or protected against changes.",
        )),
        Kind::JavaScript => Holds((
            "JavaScript.",
            "JavaScript.",
        )),
        Kind::EmbeddedFile => Holds((
            "en vedhæftet fil.",
            "an attached file.",
        )),
        Kind::AutomaticLink => Holds((
            "en handling, der går til noget uden for dokumentet, uden at nogen klikker.",
            "an action that leads out of the document without a click.",
        )),
        Kind::UriLink => Holds((
            "et link til en webadresse eller mailadresse.",
            "a link to a web or mail address.",
        )),
        Kind::Launch => Holds((
            "en handling, der starter et program eller åbner en fil.",
            "an action that starts a program or opens a file.",
        )),
        Kind::GoToRemote => Holds((
            "et link til en anden fil.",
            "a link to another file.",
        )),
        Kind::GoToEmbedded => Holds((
            "et link til en vedhæftet fil.",
            "a link to an attached file.",
        )),
        Kind::FullPageLink => Holds((
            "et link, der dækker hele siden og ikke kan ses.",
            "a link that covers the whole page and cannot be seen.",
        )),
        Kind::FullPageInternalLink => Holds((
            "et link til et andet sted i dokumentet, der dækker hele siden og ikke kan ses.",
            "a link to another place in the document that covers the whole page and cannot be seen.",
        )),
        Kind::SubmitForm => Holds((
            "en formularhandling, der sender det udfyldte.",
            "a form action that sends what was filled in.",
        )),
        Kind::ImportData => Holds((
            "en formularhandling, der henter data fra en fil.",
            "a form action that reads data from a file.",
        )),
        Kind::ResetForm => Holds((
            "en formularhandling, der rydder felterne.",
            "a form action that clears the fields.",
        )),
        Kind::Xfa => Holds((
            "en XFA-formular (lavet med Adobe LiveCycle eller lignende).",
            "an XFA form (made with Adobe LiveCycle or the like).",
        )),
        Kind::Movie => Holds((
            "en film eller et medieklip.",
            "a film or a media clip.",
        )),
        Kind::Sound => Holds((
            "en lyd.",
            "a sound.",
        )),
        Kind::ThreeD => Holds((
            "en 3D-model.",
            "a 3D model.",
        )),
        Kind::RichMedia => Holds((
            "multimedier (video, Flash eller 3D).",
            "rich media (video, Flash or 3D).",
        )),
        Kind::EscapedName => Holds((
            "et navn, der er skrevet, så en scanner kan overse det.",
            "a name that is written so that a scanner may miss it.",
        )),
        Kind::LengthMismatch => Holds((
            "data, der ikke har den længde, filen oplyser.",
            "data that is not as long as the file says.",
        )),
        Kind::ChangedCatalog => Whole((
            "Dokumentet er ændret, efter at filen blev lavet, og ændringen gælder hele dokumentet, for eksempel dets handlinger eller formular.",
            "The document was changed after the file was made, and the change concerns the whole document, such as its actions or its form.",
        )),
        Kind::DecompressionBomb => Holds((
            "data, der bliver urimeligt stort, når det pakkes ud, og som derfor ikke kan kontrolleres.",
            "data that grows beyond reason when it is unpacked, and that cannot be checked for that.",
        )),
        Kind::LimitReached => Whole((
            "Kontrollen nåede en af sine grænser, så noget i filen er måske ikke set.",
            "The check reached one of its limits, so something in the file may not have been seen.",
        )),
    }
}

#[rustfmt::skip]
fn remedy(finding: &Finding) -> Both {
    match finding.kind {
        Kind::NotAPdf => (
            "Gem eller udskriv dokumentet som PDF, og send den fil. Det er ikke nok at ændre filens navn.",
            "Save or print the document as PDF and send that file. It is not enough to change the file's name.",
        ),
        Kind::HeaderMissing | Kind::HeaderOffset | Kind::Damaged => (
            "Åbn filen i en PDF-læser, og udskriv den til PDF igen, eller hent dokumentet på ny.",
            "Open the file in a PDF reader and print it to PDF again, or fetch the document anew.",
        ),
        Kind::TooLarge => (
            "Gør filen mindre, for eksempel ved at skanne i lavere opløsning, eller del den i flere bilag.",
            "Make the file smaller, for example by scanning at a lower resolution, or split it into several bilag.",
        ),
        Kind::PasswordNeeded => (
            "Åbn filen med koden, gem eller udskriv en kopi uden kode, og send kopien. Send ikke adgangskoden.",
            "Open the file with the password, save or print a copy without one, and send the copy. Do not send the password.",
        ),
        Kind::Encrypted => (
            "Gem eller udskriv en kopi uden beskyttelse, og send kopien.",
            "Save or print a copy without protection and send the copy.",
        ),
        Kind::JavaScript if finding.in_field() => (
            "Udskriv eller flad formularen, så felterne bliver almindelig tekst, og send den nye fil.",
            "Print or flatten the form, so that its fields become ordinary text, and send the new file.",
        ),
        Kind::Xfa | Kind::SubmitForm | Kind::ImportData | Kind::ResetForm => (
            "Udskriv eller flad formularen, så felter og knapper bliver almindelig tekst, og send den nye fil.",
            "Print or flatten the form, so that its fields and buttons become ordinary text, and send the new file.",
        ),
        Kind::EmbeddedFile => (
            "Fjern den vedhæftede fil, eller udskriv dokumentet til PDF igen. Skal filen med, så send den som sit eget bilag i PDF.",
            "Remove the attached file, or print the document to PDF again. If the file is to come along, send it as a bilag of its own, as PDF.",
        ),
        Kind::UriLink | Kind::GoToRemote | Kind::GoToEmbedded => (
            "For at være sikker kan du fjerne linket eller udskrive dokumentet til PDF igen uden links.",
            "To be on the safe side, remove the link or print the document to PDF again without links.",
        ),
        Kind::LimitReached => (
            "Udskriv dokumentet til PDF igen, så filen bliver enklere, eller del det i flere filer.",
            "Print the document to PDF again, so that the file gets simpler, or split it into several files.",
        ),
        Kind::LengthMismatch | Kind::ChangedCatalog if finding.severity <= Severity::Note => (
            "Det er almindeligt, og der skal ikke gøres noget.",
            "This is common, and nothing needs to be done.",
        ),
        _ => (
            "Udskriv dokumentet til PDF igen (for eksempel Udskriv, derefter Gem som PDF), og send den nye fil.",
            "Print the document to PDF again (for example Print, then Save as PDF) and send the new file.",
        ),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::pdf::Profile;

    fn finding(kind: Kind, path: &str) -> Finding {
        Finding {
            kind,
            severity: Profile::portal().severity(kind, Presence::Reached),
            code: kind.portal_code(),
            object: Some(7),
            generation: Some(0),
            page: None,
            revision: None,
            presence: Presence::Reached,
            path: path.to_owned(),
            excerpt: None,
        }
    }

    fn is_text(text: &str) -> bool {
        text.ends_with('.')
            && text.starts_with(char::is_uppercase)
            && !text.contains("  ")
            && !text.contains(" .")
            && !text.contains("..")
    }

    #[test]
    fn every_kind_is_explained_in_both_languages() {
        let presences = [Presence::Reached, Presence::Unreached, Presence::Superseded];
        for (kind, presence) in Kind::ALL
            .iter()
            .flat_map(|kind| presences.map(|presence| (*kind, presence)))
        {
            for (page, severity) in [(None, Severity::Note), (Some(3), Severity::AtRisk)] {
                let finding = Finding {
                    severity,
                    page,
                    presence,
                    ..finding(kind, "Root")
                };
                let danish = finding.explanation(Language::Danish);
                let english = finding.explanation(Language::English);
                assert!(is_text(&danish), "{danish}");
                assert!(is_text(&english), "{english}");
                assert_ne!(danish, english);
            }
        }
    }

    #[test]
    fn the_page_is_named() {
        let finding = Finding {
            page: Some(3),
            ..finding(Kind::FullPageLink, "Page 3/Annots[0]")
        };
        let danish = finding.explanation(Language::Danish);
        assert!(
            danish.starts_with("Side 3 indeholder et link, der dækker hele siden"),
            "{danish}"
        );
        assert!(danish.contains("Udskriv dokumentet til PDF igen"));
        let english = finding.explanation(Language::English);
        assert!(english.starts_with("Page 3 contains a link that covers the whole page"));
    }

    #[test]
    fn scripts_in_fields_are_flattened() {
        for path in [
            "Root/AcroForm/Fields[0]/AA/K",
            "Page 1/Annots[2]/AA/F",
            "Root/AcroForm/XFA[3]",
        ] {
            let finding = finding(Kind::JavaScript, path);
            assert!(finding
                .explanation(Language::Danish)
                .contains("Udskriv eller flad formularen"));
            assert!(finding
                .explanation(Language::English)
                .contains("Print or flatten the form"));
        }
        let finding = finding(Kind::JavaScript, "Root/OpenAction");
        assert!(!finding.explanation(Language::English).contains("flatten"));
    }

    #[test]
    fn what_may_be_refused_is_told_as_such() {
        let finding = finding(Kind::UriLink, "Page 1/Annots[0]/A");
        let danish = finding.explanation(Language::Danish);
        assert!(danish.contains("siger ikke klart"), "{danish}");
        assert_eq!(
            finding.to_string(),
            "uri_link at Page 1/Annots[0]/A (object 7 0)"
        );
    }
}
