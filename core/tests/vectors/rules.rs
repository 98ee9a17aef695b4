use serde::Deserialize;
use serde_json::{json, Value};
use skifteportal::model::{
    from_json, Doedsbojournal, DoedsbojournalQuery, DokumentId, Effektfortegnelse, Forespoergsel,
    Henvendelsestraad, Krav, Part, Payload, Proformaopgoerelse, SagsQuery, Tilgodehavende,
    TvangKrav, TvangTilgodehavende,
};
use skifteportal::rules::*;

use crate::wire::Bytes;

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Input {
    today: String,
    #[serde(default)]
    update: bool,
    #[serde(default)]
    without: Vec<String>,
    of: Subject,
}

#[derive(Deserialize)]
#[serde(tag = "do", rename_all = "snake_case", deny_unknown_fields)]
enum Subject {
    Payload {
        r#type: String,
        json: String,
    },
    PdfHeader {
        file: Bytes,
    },
    Redegoerelse {
        opsummering: Option<String>,
        bilag: usize,
    },
    Fristudsaettelse {
        aarsag: Option<String>,
        bilag: usize,
    },
    Konkursbegaering {
        bilag: usize,
    },
    AnmodningOmRevisor {
        aarsag: Option<String>,
        bilag: usize,
    },
    AnmodningOmErklaering {
        fristdato: Option<String>,
        modtagere: Vec<String>,
    },
    Erklaering {
        har_aktiver: bool,
        beskrevne_aktiver: usize,
        selskab_aktivt: bool,
        ophoert: Option<String>,
    },
    Kaeremaal {
        skrivelse_om_kaereafgift: Option<String>,
        skrivelse_til_landsretten: Option<String>,
    },
    TidligereLedelse {
        part: String,
    },
    RetsbogFraLandsret {
        udestaaende_id: Option<String>,
        udfald: Option<String>,
    },
}

fn payload<T: Payload + Checked>(json: &str, checks: &Checks) -> Vec<RuleViolation> {
    check(&from_json::<T>(json.as_bytes()).unwrap(), checks)
}

fn of_type(name: &str, json: &str, checks: &Checks) -> Vec<RuleViolation> {
    let run = match name {
        "Doedsbojournal" => payload::<Doedsbojournal>,
        "DoedsbojournalQuery" => payload::<DoedsbojournalQuery>,
        "Effektfortegnelse" => payload::<Effektfortegnelse>,
        "Forespoergsel" => payload::<Forespoergsel>,
        "Henvendelsestraad" => payload::<Henvendelsestraad>,
        "Krav" => payload::<Krav>,
        "Proformaopgoerelse" => payload::<Proformaopgoerelse>,
        "SagsQuery" => payload::<SagsQuery>,
        "Tilgodehavende" => payload::<Tilgodehavende>,
        "TvangKrav" => payload::<TvangKrav>,
        "TvangTilgodehavende" => payload::<TvangTilgodehavende>,
        other => panic!("type {other}"),
    };
    run(json, checks)
}

fn part(json: &str) -> Part {
    from_json(json.as_bytes()).unwrap()
}

fn violations(subject: Subject, checks: &Checks) -> Vec<RuleViolation> {
    let date = |text: Option<String>| text.map(|text| text.parse().unwrap());
    let document = |text: Option<String>| text.map(|id| DokumentId::new(&id).unwrap());
    match subject {
        Subject::Payload { r#type, json } => of_type(&r#type, &json, checks),
        Subject::PdfHeader { file } => check_pdf_header(&file.read(), checks),
        Subject::Redegoerelse { opsummering, bilag } => {
            check_redegoerelse(opsummering.as_deref(), bilag, checks)
        }
        Subject::Fristudsaettelse { aarsag, bilag } => {
            check_fristudsaettelse(aarsag.as_deref(), bilag, checks)
        }
        Subject::Konkursbegaering { bilag } => check_konkursbegaering(bilag, checks),
        Subject::AnmodningOmRevisor { aarsag, bilag } => {
            check_anmodning_om_revisor(aarsag.as_deref(), bilag, checks)
        }
        Subject::AnmodningOmErklaering {
            fristdato,
            modtagere,
        } => {
            let parts: Vec<Part> = modtagere.iter().map(|json| part(json)).collect();
            check_anmodning_om_erklaering(date(fristdato), &parts, checks)
        }
        Subject::Erklaering {
            har_aktiver,
            beskrevne_aktiver,
            selskab_aktivt,
            ophoert,
        } => check_erklaering(
            har_aktiver,
            beskrevne_aktiver,
            selskab_aktivt,
            date(ophoert),
            checks,
        ),
        Subject::Kaeremaal {
            skrivelse_om_kaereafgift,
            skrivelse_til_landsretten,
        } => check_kaeremaal(
            document(skrivelse_om_kaereafgift).as_ref(),
            document(skrivelse_til_landsretten).as_ref(),
            checks,
        ),
        Subject::TidligereLedelse { part: json } => check_tidligere_ledelse(&part(&json), checks),
        Subject::RetsbogFraLandsret {
            udestaaende_id,
            udfald,
        } => check_retsbog_fra_landsret(udestaaende_id.as_deref(), udfald.as_deref(), checks),
    }
}

pub(crate) fn answer(input: Input) -> Value {
    let mut checks = Checks::on(input.today.parse().unwrap());
    if input.update {
        checks = checks.for_update();
    }
    for code in input.without {
        checks = checks.without(code);
    }
    let found: Vec<Value> = violations(input.of, &checks)
        .into_iter()
        .map(|violation| {
            json!({
                "code": violation.code,
                "pointer": violation.pointer,
                "arguments": violation.arguments,
            })
        })
        .collect();
    json!({ "violations": found })
}
