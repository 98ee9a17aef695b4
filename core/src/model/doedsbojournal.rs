//! The portal's file on an estate, and the search for it.

use super::open_enum::open_enum;
use super::payload::payload;
use super::{
    Adresse, CprNummer, Dato, DoedsbojournalId, Kontaktperson, PersonId, RetskredsId, Timestamp,
};
use crate::text::Fritekst;

open_enum! {
    /// How an estate is administered (guide 4.3.2 prints one value; the others are not known).
    SkifteformKode {
        /// The surviving spouse keeps the estate undivided.
        UskiftetBo = "USKIFTET_BO",
    }
}

payload! {
    /// What the portal tells of an estate (guide 4.3.2).
    Doedsbojournal {
        /// Its id, used in every later call.
        id: DoedsbojournalId = "id",
        /// When it was created.
        oprettelsestidspunkt: Timestamp = "oprettelsestidspunkt",
        /// When it was last changed.
        redigeringstidspunkt: Timestamp = "redigeringstidspunkt",
        /// The deceased.
        afdoede: Afdoede = "afdoede",
        /// The court's district (guide 4.5.6).
        retskreds_id: RetskredsId = "retskredsId",
        /// How the estate is administered.
        skifteform: Skifteform = "skifteform",
        /// Whom to contact.
        kontaktperson: Kontaktperson = "kontaktperson",
        /// The dates that matter.
        vigtige_datoer: VigtigeDatoer = "vigtigeDatoer",
    }

    /// The deceased (guide 4.3.2).
    Afdoede {
        /// The person's id, for the person service (guide 4.5.2).
        person_id: PersonId = "personId",
        /// The name.
        navn: Fritekst = "navn",
        /// The date of birth.
        foedselsdato: Dato = "foedselsdato",
        /// The last address.
        adresse: Adresse = "adresse",
        /// Whether name and address are protected.
        er_navn_adresse_beskyttet: bool = "erNavnAdresseBeskyttet",
    }

    /// How an estate is administered, and since when (guide 4.3.2).
    Skifteform {
        /// The form.
        skifteform: SkifteformKode = "skifteform",
        /// When the estate was handed over.
        udleveringsdato: Dato = "udleveringsdato",
    }

    /// The dates that matter for an estate (guide 4.3.2).
    VigtigeDatoer {
        /// The date of death.
        doedsdato: Dato = "doedsdato",
        /// When the estate was handed over.
        bo_udleveret: Dato = "boUdleveret",
    }

    /// What `searchBo` looks for: either a CPR number alone, or name and address (guide 4.3, 4.3.1;
    /// doedsbo.f1, f2).
    ///
    /// ```
    /// use skifteportal::model::{to_json, DoedsbojournalQuery};
    /// let query = DoedsbojournalQuery::from_cpr("4634875520".parse().unwrap());
    /// assert_eq!(to_json(&query), br#"{"cprNummer":"4634875520"}"#);
    /// ```
    DoedsbojournalQuery {
        /// The CPR number of the deceased.
        cpr_nummer: CprNummer = "cprNummer",
        /// Reading: the name of the deceased.
        navn: Fritekst = reading "navn",
        /// Reading: the address of the deceased, shaped as in the answer.
        adresse: Adresse = reading "adresse",
    }
}

impl DoedsbojournalQuery {
    /// A search by CPR number.
    pub fn from_cpr(cpr: CprNummer) -> Self {
        Self {
            cpr_nummer: Some(cpr),
            ..Self::default()
        }
    }
}
