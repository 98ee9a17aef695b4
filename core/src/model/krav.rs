//! Claims against a dødsbo, and what is owed to it.

use super::payload::payload;
use super::{Beloeb, Dato, KravId, Part, TilgodehavendeId, Timestamp};
use crate::text::Fritekst;

payload! {
    /// A claim against a dødsbo (guide 4.3.3): what the portal answers, and what `addKrav` and
    /// `updateKrav` take.
    ///
    /// ```
    /// use skifteportal::model::{to_json, Beloeb, Krav, Part};
    /// let krav = Krav {
    ///     beloeb: Some(Beloeb::from_oere(12_350)),
    ///     endeligt: Some(false),
    ///     opgjortdato: Some("2022-04-29".parse().unwrap()),
    ///     ..Krav::default()
    /// };
    /// let json = br#"{"beloeb":123.50,"endeligt":false,"opgjortdato":"2022-04-29"}"#;
    /// assert_eq!(to_json(&krav), json);
    /// ```
    Krav {
        /// Given by the portal on creation.
        id: KravId = "id",
        /// When it was created.
        oprettelsestidspunkt: Timestamp = "oprettelsestidspunkt",
        /// When it was last changed.
        redigeringstidspunkt: Timestamp = "redigeringstidspunkt",
        /// Who reported it: the organisation of the certificate (guide 2.1).
        indberetter: Box<Part> = "indberetter",
        /// Reading: whom it concerns, if another than the reporter. The guide names the role (1.1,
        /// 2.4) and prints no JSON of it.
        tredjepart: Box<Part> = reading "tredjepart",
        /// Reading: a title. Guide 3 speaks of a krav's "titel eller beskrivelse".
        titel: Fritekst = reading "titel",
        /// Reading: a description (guide 3, as for the title).
        beskrivelse: Fritekst = reading "beskrivelse",
        /// The amount in kroner.
        beloeb: Beloeb = "beloeb",
        /// Whether it is final; if not, it is provisional (guide 2.1).
        endeligt: bool = "endeligt",
        /// The date at which it was made up: today or earlier (doedsbo.f17).
        opgjortdato: Dato = "opgjortdato",
        /// Whether it was reported in time.
        rettidigt: bool = "rettidigt",
        /// Whether bilag are attached.
        har_bilag: bool = "harBilag",
        /// The portal's receipt, in the answer to the report.
        kvittering: Box<Kvittering> = "kvittering",
        /// Whether it was deleted.
        slettet: bool = "slettet",
    }

    /// Money that is owed to a dødsbo (guide 1.1, 4.3.6). The guide prints no JSON of it: every
    /// member is a reading, after the krav's and the codes doedsbo.f14 to f16.
    Tilgodehavende {
        /// Reading: given by the portal on creation.
        id: TilgodehavendeId = reading "id",
        /// Reading: when it was created.
        oprettelsestidspunkt: Timestamp = reading "oprettelsestidspunkt",
        /// Reading: when it was last changed.
        redigeringstidspunkt: Timestamp = reading "redigeringstidspunkt",
        /// Reading: who reported it.
        indberetter: Box<Part> = reading "indberetter",
        /// Reading: whom it concerns, if another than the reporter.
        tredjepart: Box<Part> = reading "tredjepart",
        /// Reading: a title.
        titel: Fritekst = reading "titel",
        /// Reading: a description.
        beskrivelse: Fritekst = reading "beskrivelse",
        /// Reading: the amount in kroner.
        beloeb: Beloeb = reading "beloeb",
        /// Reading: the date at which it was made up: today or earlier (doedsbo.f17).
        opgjortdato: Dato = reading "opgjortdato",
        /// Reading: whether it has been paid out (doedsbo.f14, f15).
        udbetalt: bool = reading "udbetalt",
        /// Reading: when it was paid out: today or earlier (doedsbo.f16).
        udbetaltdato: Dato = reading "udbetaltdato",
        /// Reading: whether bilag are attached.
        har_bilag: bool = reading "harBilag",
        /// Reading: the portal's receipt, in the answer to the report.
        kvittering: Box<Kvittering> = reading "kvittering",
        /// Reading: whether it was deleted.
        slettet: bool = reading "slettet",
    }

    /// The portal's receipt for a report (guide 4.3.3).
    Kvittering {
        /// Which receipt it is, such as `K1`.
        kode: String = "kode",
        /// The headline, as the portal wrote it.
        overskrift: Fritekst = "overskrift",
        /// The text to be shown, with line breaks.
        indhold: Fritekst = "indhold",
    }
}
