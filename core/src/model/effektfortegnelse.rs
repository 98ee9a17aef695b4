//! What the deceased left that can be fetched, and the other reports to a dødsbo.

use super::payload::payload;
use super::{
    Dato, EffektfortegnelseId, ForespoergselId, Kontaktperson, Kvittering, Part,
    ProformaopgoerelseId, Timestamp,
};
use crate::text::Fritekst;

payload! {
    /// A list of the deceased's effects that the estate can fetch (guide 1.1). The guide prints no
    /// JSON of it: every member is a reading, after the krav's and the codes doedsbo.f20, f38, f39.
    Effektfortegnelse {
        /// Reading: given by the portal on creation.
        id: EffektfortegnelseId = reading "id",
        /// Reading: when it was created.
        oprettelsestidspunkt: Timestamp = reading "oprettelsestidspunkt",
        /// Reading: when it was last changed.
        redigeringstidspunkt: Timestamp = reading "redigeringstidspunkt",
        /// Reading: who reported it.
        indberetter: Box<Part> = reading "indberetter",
        /// Reading: the effects; each category once (doedsbo.f20).
        effekter: Vec<Effekt> = reading "effekter",
        /// Reading: a remark, which may stand in for the effects (doedsbo.f39).
        bemaerkning: Fritekst = reading "bemaerkning",
        /// Reading: when the reporter received the effects or the report: earlier than the date of
        /// creation (doedsbo.f38).
        modtagelsesdato: Dato = reading "modtagelsesdato",
        /// Reading: whether bilag are attached.
        har_bilag: bool = reading "harBilag",
        /// Reading: the portal's receipt, in the answer to the report.
        kvittering: Box<Kvittering> = reading "kvittering",
        /// Reading: whether it was deleted.
        slettet: bool = reading "slettet",
    }

    /// One kind of effects.
    Effekt {
        /// Reading: the category (doedsbo.f20); its values are not known.
        kategori: String = reading "kategori",
        /// Reading: a description.
        beskrivelse: Fritekst = reading "beskrivelse",
    }

    /// A request to learn who the contact of a dødsbo is (guide 1.1). The guide prints no JSON of
    /// it: every member is a reading, after the krav's and the code doedsbo.f37.
    Forespoergsel {
        /// Reading: given by the portal on creation.
        id: ForespoergselId = reading "id",
        /// Reading: when it was created.
        oprettelsestidspunkt: Timestamp = reading "oprettelsestidspunkt",
        /// Reading: when it was last changed.
        redigeringstidspunkt: Timestamp = reading "redigeringstidspunkt",
        /// Reading: who asks.
        indberetter: Box<Part> = reading "indberetter",
        /// Reading: the asker's confirmation; must be `true` on creation (doedsbo.f37, where it is
        /// spelled 'bekræftet').
        bekraeftet: bool = reading "bekraeftet",
        /// Reading: where the request stands; doedsbo.f34 speaks of the status of requests.
        status: String = reading "status",
        /// Reading: the contact that was asked for.
        kontaktperson: Box<Kontaktperson> = reading "kontaktperson",
        /// Reading: a description of the asker's interest.
        beskrivelse: Fritekst = reading "beskrivelse",
        /// Reading: whether bilag are attached.
        har_bilag: bool = reading "harBilag",
        /// Reading: the portal's receipt, in the answer to the report.
        kvittering: Box<Kvittering> = reading "kvittering",
        /// Reading: whether it was deleted.
        slettet: bool = reading "slettet",
    }

    /// A provisional statement of an estate's affairs (guide 2.1). The guide prints no JSON of it:
    /// every member is a reading, after the krav's and the code doedsbo.f35.
    Proformaopgoerelse {
        /// Reading: given by the portal on creation.
        id: ProformaopgoerelseId = reading "id",
        /// Reading: when it was created.
        oprettelsestidspunkt: Timestamp = reading "oprettelsestidspunkt",
        /// Reading: when it was last changed.
        redigeringstidspunkt: Timestamp = reading "redigeringstidspunkt",
        /// Reading: who reported it.
        indberetter: Box<Part> = reading "indberetter",
        /// Reading: the reporter's confirmation; must be `true` on creation (doedsbo.f35, where it
        /// is spelled 'bekræftet').
        bekraeftet: bool = reading "bekraeftet",
        /// Reading: a description.
        beskrivelse: Fritekst = reading "beskrivelse",
        /// Reading: whether bilag are attached.
        har_bilag: bool = reading "harBilag",
        /// Reading: the portal's receipt, in the answer to the report.
        kvittering: Box<Kvittering> = reading "kvittering",
        /// Reading: whether it was deleted.
        slettet: bool = reading "slettet",
    }
}
