//! Persons, companies and others who take part, and where they live.

use super::open_enum::open_enum;
use super::payload::payload;
use super::{AdresseId, CvrNummer, PersonId};
use crate::text::Fritekst;

open_enum! {
    /// What a [`Part`] is (guide 4.3.2, 4.3.3, 4.3.6).
    PartType {
        /// A person, named by a person id (guide 4.3.2).
        Person = "PERSON",
        /// A company, named by a CVR number (guide 4.3.3).
        Virksomhed = "VIRKSOMHED",
        /// Another party, described in words (guide 4.3.6, doedsbo.f4).
        Anden = "ANDEN",
    }
}

payload! {
    /// Who reports, who is owed, or who is to be contacted (guide 4.3.2, 4.3.3).
    ///
    /// ```
    /// use skifteportal::model::{to_json, Part};
    /// let part = Part::from_cvr("11111111".parse().unwrap());
    /// let json = br#"{"type":"VIRKSOMHED","virksomhed":{"cvrNummer":"11111111"}}"#;
    /// assert_eq!(to_json(&part), json);
    /// ```
    Part {
        /// Which of the other members is set.
        part_type: PartType = "type",
        /// The person.
        person: PartPerson = "person",
        /// The company.
        virksomhed: PartVirksomhed = "virksomhed",
        /// Reading: the other party. The guide names the type `ANDEN` and that it must not be empty
        /// (doedsbo.f4), and prints no JSON of it.
        anden: Box<PartAnden> = reading "anden",
    }

    /// A person as a part (guide 4.3.2).
    PartPerson {
        /// The person's id, for the person service (guide 4.5.2).
        person_id: PersonId = "personId",
    }

    /// A company as a part (guide 4.3.3).
    PartVirksomhed {
        /// The company's number in the business register.
        cvr_nummer: CvrNummer = "cvrNummer",
    }

    /// A part that is neither a person nor a company known to the registers.
    PartAnden {
        /// Reading: the name.
        navn: Fritekst = reading "navn",
        /// Reading: the address, shaped as that of an afdøde.
        adresse: Adresse = reading "adresse",
    }

    /// An address (guide 4.3.2).
    Adresse {
        /// The address's id; an id of the Danish address register (guide 4.5.3).
        id: AdresseId = "id",
        /// Street and number.
        adresselinje: Fritekst = "adresselinje",
        /// Postal code: four digits, kept as text.
        postnummer: String = "postnummer",
        /// Town.
        by: Fritekst = "by",
    }

    /// Whom to contact about a dødsbo (guide 4.3.2).
    Kontaktperson {
        /// The contact.
        part: Part = "part",
    }
}

impl Part {
    /// A person.
    pub fn from_person(id: PersonId) -> Self {
        Self {
            part_type: Some(PartType::Person),
            person: Some(PartPerson {
                person_id: Some(id),
                ..PartPerson::default()
            }),
            ..Self::default()
        }
    }

    /// A company.
    pub fn from_cvr(cvr: CvrNummer) -> Self {
        Self {
            part_type: Some(PartType::Virksomhed),
            virksomhed: Some(PartVirksomhed {
                cvr_nummer: Some(cvr),
                ..PartVirksomhed::default()
            }),
            ..Self::default()
        }
    }

    /// Another party, by name. Reading: the member `anden.navn`.
    pub fn from_navn(navn: impl Into<Fritekst>) -> Self {
        Self {
            part_type: Some(PartType::Anden),
            anden: Some(Box::new(PartAnden {
                navn: Some(navn.into()),
                ..PartAnden::default()
            })),
            ..Self::default()
        }
    }
}
