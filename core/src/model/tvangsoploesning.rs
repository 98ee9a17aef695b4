//! Compulsory dissolution: sager, and what is reported to them.

use super::payload::payload;
use super::{
    Beloeb, CvrNummer, Dato, DokumentId, KravId, Kvittering, Part, SagId, TilgodehavendeId,
    Timestamp,
};
use crate::text::Fritekst;

payload! {
    /// A claim against a company under compulsory dissolution (guide 4.4.2). The guide names the
    /// member `bilag`; every other member is a reading, after the dødsbo's krav (guide 4.1 speaks of
    /// the same pattern).
    TvangKrav {
        /// Reading: given by the portal on creation.
        id: KravId = reading "id",
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
        /// Reading: whether it is final.
        endeligt: bool = reading "endeligt",
        /// Reading: the date at which it was made up: today or earlier
        /// (sag.registrering.krav.opgjortdato.fremtidig).
        opgjortdato: Dato = reading "opgjortdato",
        /// The documents that go with it, uploaded to the dokumentlager before (guide 4.4.2). The
        /// guide prints the name; that the value is a list of ids is a reading.
        bilag: Vec<DokumentId> = reading "bilag",
        /// Reading: the portal's receipt, in the answer to the report.
        kvittering: Box<Kvittering> = reading "kvittering",
        /// Reading: whether it was deleted.
        slettet: bool = reading "slettet",
    }

    /// Money that is owed to a company under compulsory dissolution (guide 4.4.2). Every member is a
    /// reading, as for [`TvangKrav`].
    TvangTilgodehavende {
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
        /// Reading: the date at which it was made up.
        opgjortdato: Dato = reading "opgjortdato",
        /// Reading: whether it has been paid out.
        udbetalt: bool = reading "udbetalt",
        /// Reading: when it was paid out: today or earlier
        /// (sag.registrering.tilgodehavende.udbetaltdato.fremtidig).
        udbetaltdato: Dato = reading "udbetaltdato",
        /// Reading: the documents that go with it, as for [`TvangKrav`].
        bilag: Vec<DokumentId> = reading "bilag",
        /// Reading: the portal's receipt, in the answer to the report.
        kvittering: Box<Kvittering> = reading "kvittering",
        /// Reading: whether it was deleted.
        slettet: bool = reading "slettet",
    }

    /// What `soegSager` looks for: a CVR number or a company's name (guide 2.3, 4.5.1). The names of
    /// both members are readings.
    SagsQuery {
        /// Reading: the company's number.
        cvr_nummer: CvrNummer = reading "cvrNummer",
        /// Reading: the company's name.
        virksomhedsnavn: Fritekst = reading "virksomhedsnavn",
    }

    /// A sag as the search finds it: "f.eks. rettens sagsnummer og et tvangopløsningssag-id (en
    /// UUID)" (guide 2.3). The names of the members are readings.
    Sag {
        /// Reading: its id, used in every later call.
        id: SagId = reading "id",
        /// Reading: the court's number of the sag.
        sagsnummer: Fritekst = reading "sagsnummer",
        /// Reading: the company's number.
        cvr_nummer: CvrNummer = reading "cvrNummer",
        /// Reading: the company's name.
        virksomhedsnavn: Fritekst = reading "virksomhedsnavn",
    }

    /// An object of which the guide prints nothing, such as the answer of a look-up of a person, a
    /// company, an address or a retskreds (guide 4.5.2 to 4.5.6). All of it is in `extra`.
    Objekt {
    }
}
