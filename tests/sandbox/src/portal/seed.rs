//! The fictive data that a sandbox starts with. The test environment allows nothing else
//! (guidelines of the external test environment, "Testdata").

use serde_json::{json, Value};
use time::macros::date;

use super::ids::Ids;
use super::moment::Moment;
use super::state::{Doedsbo, Sag, State};

/// The dødsbo of the guide's example 6, with the CPR number of its example 5. Its deadlines are
/// far ahead.
pub const BO_OPEN: &str = "e25d84d3-7aec-4361-84da-93125cb83f08";
/// CPR number (fictive) of [`BO_OPEN`].
pub const CPR_OPEN: &str = "4634875520";
/// A dødsbo whose proklamafrist and deadline for preliminary krav have passed. The name is of the
/// guide's example receipt (4.3.3).
pub const BO_PASSED: &str = "7a3f0f1c-6b0e-4c53-9d5e-0b6f1f2c9a02";
/// CPR number (fictive) of [`BO_PASSED`].
pub const CPR_PASSED: &str = "4634875539";
/// A dødsbo whose proklamafrist has passed while preliminary krav can still be updated.
pub const BO_PRELIMINARY: &str = "c1b7d0a5-2f43-4a3c-8a55-6d9f43f1e703";
/// CPR number (fictive) of [`BO_PRELIMINARY`].
pub const CPR_PRELIMINARY: &str = "4634875547";
/// The sag of the guide's example (4.5.4); open, [`LIKVIDATOR_PROFIL`] is appointed.
pub const SAG_OPEN: &str = "ddf07fc5-d4af-43b0-9d55-44637c1fb2a8";
/// CVR number (fictive) of the company of [`SAG_OPEN`].
pub const CVR_OPEN: &str = "44444444";
/// A sag that is closed; the same likvidator was appointed.
pub const SAG_CLOSED: &str = "3e0b9a84-5b1d-4c5a-9f0c-3e2f9c7d4b02";
/// An open sag of another likvidator, who is of the company [`REPORTER_B`].
pub const SAG_OTHER: &str = "8d5c6f70-1c0e-4f0b-8f7e-5a1b2c3d4e03";
/// Adgangsprofil-id of the likvidator of [`SAG_OPEN`]: the one that the exchange knows.
pub const LIKVIDATOR_PROFIL: &str = crate::ADGANGSPROFIL_ID;
/// CVR number (fictive) of the company of the likvidator of [`SAG_OPEN`]. No certificate of the
/// sandbox is of this company: the likvidator acts through the API user (guide 2.5).
pub const LIKVIDATOR_CVR: &str = "77777777";
/// CVR number (fictive) of the sandbox's second reporter. It handles [`BO_PASSED`], and the
/// likvidator of [`SAG_OTHER`] works there.
pub const REPORTER_B: &str = "22222222";
/// The retskreds of the guide's example 6.
pub const RETSKREDS: &str = "1183";

/// What an integrator needs to try the operations, for the sandbox's settings.
pub fn test_data() -> Value {
    json!({
        "cprNummer": CPR_OPEN,
        "doedsboer": {
            "aabent": {"doedsbojournalId": BO_OPEN, "cprNummer": CPR_OPEN},
            "proklamafristUdloebet": {"doedsbojournalId": BO_PASSED, "cprNummer": CPR_PASSED},
            "kunForeloebigeKrav": {
                "doedsbojournalId": BO_PRELIMINARY,
                "cprNummer": CPR_PRELIMINARY,
            },
        },
        "sager": {
            "aaben": {"sagId": SAG_OPEN, "cvrNummer": CVR_OPEN},
            "afsluttet": {"sagId": SAG_CLOSED},
            "andenLikvidator": {"sagId": SAG_OTHER, "likvidatorsCvrNummer": REPORTER_B},
        },
        "retskredsId": RETSKREDS,
    })
}

pub(crate) fn state() -> State {
    let guide_bo = Doedsbo {
        id: BO_OPEN,
        cpr: CPR_OPEN,
        navn: "Erlinda Hills",
        foedselsdato: "1923-06-10",
        person_id: "6dc24b2e-0097-4ec4-b7f5-d75edb7547ea",
        adresse_id: "5d7a5811-d837-4eeb-88f1-71d22bc11153",
        adresselinje: "Ved Ringen 1",
        postnummer: "4000",
        by: "Roskilde",
        doedsdato: "2014-12-11",
        udleveret: Some("2022-06-15"),
        kontaktperson_id: Some("e37eef41-5493-4ccf-b16d-33f7a80a78e2"),
        bobestyrer_cvr: None,
        proklamafrist: date!(2199 - 12 - 31),
        frist_foreloebige: date!(2199 - 12 - 31),
        oprettet: at("2022-06-15T07:14:50.6432001Z"),
        redigeret: at("2022-06-15T07:14:50.7475822Z"),
        registreringer: Vec::new(),
    };
    let passed = Doedsbo {
        id: BO_PASSED,
        cpr: CPR_PASSED,
        navn: "Ione Koss",
        foedselsdato: "1931-02-28",
        person_id: "b0a3f0c2-3a44-4f5e-9d7c-1e2d3c4b5a02",
        adresse_id: "0f6a9f4e-8b7c-4d6e-a5f4-3e2d1c0b9a02",
        adresselinje: "Ved Ringen 2",
        doedsdato: "2020-01-15",
        udleveret: Some("2020-03-02"),
        kontaktperson_id: None,
        bobestyrer_cvr: Some(REPORTER_B),
        proklamafrist: date!(2020 - 05 - 04),
        frist_foreloebige: date!(2020 - 11 - 04),
        oprettet: at("2020-01-20T09:00:00.1234567Z"),
        redigeret: at("2020-03-02T10:11:12.345678901Z"),
        ..like(&guide_bo)
    };
    // Two of one name and address, so that a search can have more than one hit.
    let preliminary = Doedsbo {
        id: BO_PRELIMINARY,
        cpr: CPR_PRELIMINARY,
        navn: "Testine Fiktiv",
        foedselsdato: "1940-10-31",
        person_id: "b0a3f0c2-3a44-4f5e-9d7c-1e2d3c4b5a03",
        adresse_id: "0f6a9f4e-8b7c-4d6e-a5f4-3e2d1c0b9a03",
        adresselinje: "Prøvevej 3",
        doedsdato: "2020-02-01",
        udleveret: None,
        kontaktperson_id: None,
        proklamafrist: date!(2020 - 05 - 04),
        oprettet: at("2020-02-05T08:00:00Z"),
        redigeret: at("2020-02-05T08:00:00.000000001Z"),
        ..like(&guide_bo)
    };
    let namesake = Doedsbo {
        id: "d4e8c1f6-70b2-4b9a-9c3d-2a1b0c9d8e04",
        cpr: "4634875555",
        person_id: "b0a3f0c2-3a44-4f5e-9d7c-1e2d3c4b5a04",
        foedselsdato: "1968-04-05",
        proklamafrist: date!(2199 - 12 - 31),
        oprettet: at("2021-04-01T08:00:00Z"),
        redigeret: at("2021-04-01T08:00:00.5Z"),
        ..like(&preliminary)
    };
    let open = Sag {
        id: SAG_OPEN,
        sagsnummer: "SKS-147/2024-RBG",
        cvr: CVR_OPEN,
        navn: "Fiktiv Handel ApS",
        afsluttet: false,
        likvidator_profil: Some(LIKVIDATOR_PROFIL),
        likvidator_cvr: Some(LIKVIDATOR_CVR),
        registreringer: Vec::new(),
    };
    let closed = Sag {
        id: SAG_CLOSED,
        sagsnummer: "SKS-98/2022-RBG",
        cvr: "55555555",
        navn: "Fiktiv Transport ApS",
        afsluttet: true,
        registreringer: Vec::new(),
        ..open
    };
    let other = Sag {
        id: SAG_OTHER,
        sagsnummer: "SKS-201/2024-RBG",
        cvr: "66666666",
        navn: "Fiktiv Service A/S",
        likvidator_profil: Some(crate::OTHER_ADGANGSPROFIL_ID),
        likvidator_cvr: Some(REPORTER_B),
        registreringer: Vec::new(),
        ..open
    };
    State {
        ids: Ids::default(),
        boer: vec![guide_bo, passed, preliminary, namesake],
        sager: vec![open, closed, other],
        ..State::default()
    }
}

/// A copy of a dødsbo, without what was filed on it.
fn like(bo: &Doedsbo) -> Doedsbo {
    Doedsbo {
        registreringer: Vec::new(),
        ..*bo
    }
}

/// The times above are constants; the fallback is never taken.
fn at(text: &str) -> Moment {
    Moment::parse(text).unwrap_or(Moment::new(time::OffsetDateTime::UNIX_EPOCH))
}
