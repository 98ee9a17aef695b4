//! The texts of the codes that the sandbox answers (guide 4.3.6 and 4.4.4), and their rendering.

/// Codes and texts as the guide prints them. Codes of work that only the court does (f3, f5 to
/// f12, f26 to f28, f30 to f34, f36, most of `handling.*`) cannot come up here and are left out.
const TEXTS: &[(&str, &str)] = &[
    (
        "doedsbo.f1",
        "CPR-nr. må ikke kombineres med andre parametre",
    ),
    ("doedsbo.f2", "Angiv enten CPR-nr. eller navn og adresse"),
    (
        "doedsbo.f4",
        "Anden tredjepart må ikke være tom, når 'ANDEN' part-type er sat",
    ),
    ("doedsbo.f13", "Kontaktperson skal sættes"),
    (
        "doedsbo.f14",
        "Udbetaltdato skal sættes, når udbetalt er sat til 'true'",
    ),
    (
        "doedsbo.f15",
        "Udbetaltdato må ikke sættes, når udbetalt er sat til 'false'",
    ),
    (
        "doedsbo.f16",
        "Udbetaltdato skal være dags dato eller tidligere",
    ),
    (
        "doedsbo.f17",
        "Opgjortdato skal være dags dato eller tidligere",
    ),
    (
        "doedsbo.f18",
        "Bilaget overskrider den maksimalt tilladte størrelse ({0}/{1})",
    ),
    (
        "doedsbo.f19",
        "Maksimal grænse for antal bilag på registrering ({0}) er nået",
    ),
    (
        "doedsbo.f20",
        "Kategorier må kun angives en gang, De følgende er duplikater: {0}",
    ),
    (
        "doedsbo.f21",
        "Endeligt krav kan ikke redigeres efter proklamafristens udløb",
    ),
    (
        "doedsbo.f22",
        "Foreløbigt krav kan ikke redigeres efter frist for opdatering af foreløbige krav",
    ),
    (
        "doedsbo.f23",
        "Tilgodehavende kan ikke redigeres efter proklamafristens udløb",
    ),
    ("doedsbo.f24", "Filen skal være en PDF-fil"),
    ("doedsbo.f25", "PDF filen er usikker"),
    ("doedsbo.f29", "PDF-filen er låst med password"),
    (
        "doedsbo.f35",
        "Det er ikke muligt at oprette proformaopgørelsen, hvis 'bekræftet' ikke er 'true'",
    ),
    (
        "doedsbo.f37",
        "Det er ikke muligt at oprette forespørgslen, hvis 'bekræftet' ikke er 'true'",
    ),
    (
        "doedsbo.f38",
        "Modtagelsesdatoen skal være tidligere end oprettelsesdatoen",
    ),
    (
        "doedsbo.f39",
        "Angiv venligst 1 effekt eller skriv bemærkning",
    ),
    (
        "handling.mapning.fejlet",
        "Fejlet mapning af attribut: {0}. Fejl: {1}",
    ),
    (
        "sag.allerede.afsluttet",
        "Denne aktion/handling må ikke udføres, da sagen er afsluttet.",
    ),
    (
        "sag.henvendelse.traad.findes.ikke.paa.sag",
        "Den angivne henvendelsestråd er ikke tilknyttet den angivne sag.",
    ),
    (
        "sag.henvendelse.traad.findes.ikke",
        "Den angivne henvendelsestråd eksisterer ikke.",
    ),
    (
        "sag.registrering.bruger.maa.ikke.vaere.likvidator",
        "Du må som likvidator ikke indberette krav eller tilgodehavender.",
    ),
    (
        "sag.registrering.krav.opgjortdato.fremtidig",
        "Opgjortdato skal være dags dato eller tidligere",
    ),
    (
        "sag.registrering.sag.afsluttet",
        "{0} kan ikke registreres på sagen, da sagen er afsluttet",
    ),
    (
        "sag.registrering.tilgodehavende.udbetaltdato.fremtidig",
        "Udbetaltdato skal være dags dato eller tidligere",
    ),
    (
        "sag.registrering.tredjepart.anden.tom",
        "Anden tredjepart må ikke være tom, når 'ANDEN' part-type er sat",
    ),
];

/// The text of a code with its arguments. Reading: a text without arguments is sent as it is (as
/// Spring's message source does), one with arguments goes through Java's `MessageFormat`.
pub(crate) fn rendered(code: &str, arguments: &[String]) -> String {
    match TEXTS.iter().find(|(known, _)| *known == code) {
        Some((_, text)) if arguments.is_empty() => (*text).to_owned(),
        Some((_, text)) => message_format(text, arguments),
        None => String::new(),
    }
}

/// Java's `MessageFormat` for texts whose arguments are texts: `''` is an apostrophe, a single
/// apostrophe switches quoting on and off, `{n}` outside of quotes is an argument.
pub(crate) fn message_format(template: &str, arguments: &[String]) -> String {
    let mut text = String::with_capacity(template.len());
    let mut quoted = false;
    let mut rest = template.chars().peekable();
    while let Some(character) = rest.next() {
        match character {
            '\'' if rest.peek() == Some(&'\'') => {
                rest.next();
                text.push('\'');
            }
            '\'' => quoted = !quoted,
            '{' if !quoted => {
                let number: String = rest.by_ref().take_while(|next| *next != '}').collect();
                match number
                    .parse::<usize>()
                    .ok()
                    .and_then(|index| arguments.get(index))
                {
                    Some(argument) => text.push_str(argument),
                    // An argument that is not given stays as it stands, as in Java.
                    None => text.extend(["{", &number, "}"]),
                }
            }
            other => text.push(other),
        }
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn formats_as_java_does() {
        let arguments = ["12".to_owned(), "20".to_owned()];
        assert_eq!(message_format("({0}/{1})", &arguments), "(12/20)");
        assert_eq!(
            message_format("id ''{0}'' ikke", &arguments),
            "id '12' ikke"
        );
        assert_eq!(message_format("id '{0}' ikke", &arguments), "id {0} ikke");
        assert_eq!(message_format("{7} {", &arguments), "{7} {}");
    }

    #[test]
    fn quotes_stay_where_there_is_nothing_to_fill_in() {
        assert!(rendered("doedsbo.f14", &[]).ends_with("'true'"));
    }
}
