//! Payload rules: for every code a payload that breaks it and one that does not.
#![allow(clippy::unwrap_used, clippy::expect_used)] // A test that cannot go on fails.

use std::collections::BTreeSet;

use skifteportal::model::*;
use skifteportal::rules::*;
#[cfg(target_arch = "wasm32")]
use wasm_bindgen_test::wasm_bindgen_test as test;

fn today() -> Dato {
    "2024-03-24".parse().unwrap()
}

fn broken<T: Payload + Checked>(json: &str, checks: &Checks) -> Vec<RuleViolation> {
    check(&from_json::<T>(json.as_bytes()).unwrap(), checks)
}

type Run = fn(&str, &Checks) -> Vec<RuleViolation>;

/// Code, how to check, a payload that breaks it alone, where, and payloads that break nothing.
const TABLE: &[(&str, Run, &str, &str, &[&str])] = &[
    (
        "doedsbo.f1",
        broken::<DoedsbojournalQuery>,
        r#"{"cprNummer":"4634875520","navn":"A"}"#,
        "/cprNummer",
        &[
            r#"{"cprNummer":"4634875520"}"#,
            r#"{"cprNummer":"4634875520","navn":" "}"#,
        ],
    ),
    (
        "doedsbo.f1",
        broken::<DoedsbojournalQuery>,
        r#"{"cprNummer":"4634875520","ukendt":1}"#,
        "/cprNummer",
        &[r#"{"cprNummer":"463487-5520"}"#],
    ),
    (
        "doedsbo.f2",
        broken::<DoedsbojournalQuery>,
        r#"{"navn":"A"}"#,
        "",
        &[
            r#"{"navn":"A","adresse":{"by":"B"}}"#,
            r#"{"navn":"A","vej":"B"}"#,
        ],
    ),
    (
        "doedsbo.f2",
        broken::<DoedsbojournalQuery>,
        r#"{"adresse":{"by":"B"}}"#,
        "",
        &[r#"{"navn":"A","adresse":"B 1"}"#],
    ),
    (
        "doedsbo.f4",
        broken::<Krav>,
        r#"{"tredjepart":{"type":"ANDEN"}}"#,
        "/tredjepart/anden",
        &[
            "{}",
            r#"{"tredjepart":{"type":"ANDEN","anden":{"navn":"A"}}}"#,
            r#"{"tredjepart":{"type":"ANDEN","anden":"A"}}"#,
            r#"{"tredjepart":{"type":"ANDEN","anden":{"x":1}}}"#,
            r#"{"tredjepart":{"type":"PERSON"}}"#,
        ],
    ),
    (
        "doedsbo.f4",
        broken::<Tilgodehavende>,
        r#"{"tredjepart":{"type":"ANDEN","anden":{"navn":" "}}}"#,
        "/tredjepart/anden",
        &["{}"],
    ),
    (
        "doedsbo.f13",
        broken::<Doedsbojournal>,
        "{}",
        "/kontaktperson",
        &[r#"{"kontaktperson":{"part":{"type":"PERSON"}}}"#],
    ),
    (
        "doedsbo.f13",
        broken::<Forespoergsel>,
        r#"{"bekraeftet":true,"kontaktperson":{"part":{}}}"#,
        "/kontaktperson",
        &[
            r#"{"bekraeftet":true}"#,
            r#"{"bekraeftet":true,"kontaktperson":{"x":1}}"#,
            r#"{"bekraeftet":true,"kontaktperson":{"part":{"type":"PERSON"}}}"#,
        ],
    ),
    (
        "doedsbo.f14",
        broken::<Tilgodehavende>,
        r#"{"udbetalt":true}"#,
        "/udbetaltdato",
        &[r#"{"udbetalt":true,"udbetaltdato":"2024-03-24"}"#, "{}"],
    ),
    (
        "doedsbo.f15",
        broken::<Tilgodehavende>,
        r#"{"udbetalt":false,"udbetaltdato":"2024-03-01"}"#,
        "/udbetaltdato",
        &[r#"{"udbetalt":false}"#, r#"{"udbetaltdato":"2024-03-01"}"#],
    ),
    (
        "doedsbo.f16",
        broken::<Tilgodehavende>,
        r#"{"udbetalt":true,"udbetaltdato":"2024-03-25"}"#,
        "/udbetaltdato",
        &[r#"{"udbetalt":true,"udbetaltdato":"2024-03-23"}"#],
    ),
    (
        "doedsbo.f17",
        broken::<Krav>,
        r#"{"opgjortdato":"2024-03-25"}"#,
        "/opgjortdato",
        &[r#"{"opgjortdato":"2024-03-24"}"#, "{}"],
    ),
    (
        "doedsbo.f17",
        broken::<Tilgodehavende>,
        r#"{"opgjortdato":"2024-03-25"}"#,
        "/opgjortdato",
        &[r#"{"opgjortdato":"2024-03-24"}"#],
    ),
    (
        "doedsbo.f20",
        broken::<Effektfortegnelse>,
        r#"{"effekter":[{"kategori":"A"},{"kategori":"A"}]}"#,
        "/effekter",
        &[r#"{"effekter":[{"kategori":"A"},{"kategori":"B"},{},{}]}"#],
    ),
    (
        "doedsbo.f35",
        broken::<Proformaopgoerelse>,
        r#"{"bekraeftet":false}"#,
        "/bekraeftet",
        &[r#"{"bekraeftet":true}"#, r#"{"bekraeftet":"true"}"#],
    ),
    (
        "doedsbo.f35",
        broken::<Proformaopgoerelse>,
        "{}",
        "/bekraeftet",
        &[r#"{"bekraeftet":true}"#],
    ),
    (
        "doedsbo.f37",
        broken::<Forespoergsel>,
        "{}",
        "/bekraeftet",
        &[r#"{"bekraeftet":true}"#],
    ),
    (
        "doedsbo.f38",
        broken::<Effektfortegnelse>,
        r#"{"bemaerkning":"b","modtagelsesdato":"2024-03-24"}"#,
        "/modtagelsesdato",
        &[r#"{"bemaerkning":"b","modtagelsesdato":"2024-03-23"}"#],
    ),
    (
        "doedsbo.f39",
        broken::<Effektfortegnelse>,
        r#"{"effekter":[],"bemaerkning":" "}"#,
        "/effekter",
        &[
            r#"{"bemaerkning":"b"}"#,
            r#"{"effekter":[{}]}"#,
            r#"{"effekter":{"a":1}}"#,
        ],
    ),
    (
        "sag.registrering.krav.opgjortdato.fremtidig",
        broken::<TvangKrav>,
        r#"{"opgjortdato":"2024-03-25"}"#,
        "/opgjortdato",
        &[r#"{"opgjortdato":"2024-03-24"}"#],
    ),
    (
        "sag.registrering.tilgodehavende.udbetaltdato.fremtidig",
        broken::<TvangTilgodehavende>,
        r#"{"udbetaltdato":"2024-03-25"}"#,
        "/udbetaltdato",
        &[
            r#"{"udbetaltdato":"2024-03-24"}"#,
            r#"{"opgjortdato":"2024-03-25"}"#,
        ],
    ),
    (
        "sag.registrering.tredjepart.anden.tom",
        broken::<TvangKrav>,
        r#"{"tredjepart":{"type":"ANDEN","anden":{}}}"#,
        "/tredjepart/anden",
        &[r#"{"tredjepart":{"type":"ANDEN","anden":{"navn":"A"}}}"#],
    ),
    (
        "sag.registrering.tredjepart.anden.tom",
        broken::<TvangTilgodehavende>,
        r#"{"tredjepart":{"type":"ANDEN","anden":null}}"#,
        "/tredjepart/anden",
        &["{}"],
    ),
];

/// The same for rules on values: those that break, and those that do not.
fn values(checks: &Checks) -> Vec<(&'static str, Vec<RuleViolation>, Vec<RuleViolation>)> {
    let (day, next) = (today(), "2024-03-25".parse().unwrap());
    let person = Part::from_person("p1".parse().unwrap());
    let company = Part::from_cvr("12345678".parse().unwrap());
    let id: DokumentId = "d1".parse().unwrap();
    let some = Some(&id);
    vec![
        (
            "doedsbo.f24",
            check_pdf_header(b"\x89PNG", checks),
            check_pdf_header(b"\n\n%PDF-1.4", checks),
        ),
        (
            "doedsbo.f24",
            check_pdf_header(&[&[b' '; 1020][..], b"%PDF-1.4"].concat(), checks),
            check_pdf_header(&[&[b' '; 1019][..], b"%PDF-1.4"].concat(), checks),
        ),
        (
            "handling.erklaering.anmod.fristdato.fremtiden",
            check_anmodning_om_erklaering(Some(day), &[], checks),
            check_anmodning_om_erklaering(Some(next), &[], checks),
        ),
        (
            "handling.erklaering.anmod.modtager.virksomhed",
            check_anmodning_om_erklaering(None, &[person.clone(), company.clone()], checks),
            check_anmodning_om_erklaering(None, std::slice::from_ref(&person), checks),
        ),
        (
            "handling.erklaering.udfyld.validation.aktiver",
            check_erklaering(true, 0, true, None, checks),
            check_erklaering(true, 1, true, None, checks),
        ),
        (
            "handling.erklaering.udfyld.validation.ophoert",
            check_erklaering(false, 0, false, None, checks),
            check_erklaering(false, 0, false, Some(day), checks),
        ),
        (
            "handling.fristudsaettelse.anmodning.ikke.udfyldt",
            check_fristudsaettelse(None, 0, checks),
            check_fristudsaettelse(Some("a"), 0, checks),
        ),
        (
            "handling.kaeremaal.skrivelse.kaereafgift.mangelfuld",
            check_kaeremaal(None, some, checks),
            check_kaeremaal(some, some, checks),
        ),
        (
            "handling.kaeremaal.skrivelse.landsretten.mangelfuld",
            check_kaeremaal(some, None, checks),
            check_kaeremaal(some, some, checks),
        ),
        (
            "handling.konkursbegaering.ikke.udfyldt",
            check_konkursbegaering(0, checks),
            check_konkursbegaering(1, checks),
        ),
        (
            "handling.likvidator.anmodning.revisor.ikke.udfyldt",
            check_anmodning_om_revisor(Some(""), 0, checks),
            check_anmodning_om_revisor(None, 1, checks),
        ),
        (
            "handling.redegoerelse.ikke.udfyldt",
            check_redegoerelse(None, 0, checks),
            check_redegoerelse(Some("a"), 0, checks),
        ),
        (
            "handling.tidlLedelse.ikke.person",
            check_tidligere_ledelse(&company, checks),
            check_tidligere_ledelse(&person, checks),
        ),
        (
            "sag.retsbog.landsret.ikke.udfyldt.korrekt",
            check_retsbog_fra_landsret(Some("1"), None, checks),
            check_retsbog_fra_landsret(Some("1"), Some("u"), checks),
        ),
    ]
}

#[test]
fn every_code_has_a_payload_that_breaks_it_and_one_that_does_not() {
    let checks = Checks::on(today());
    let mut tested = BTreeSet::new();
    for (code, run, bad, pointer, good) in TABLE {
        let found = run(bad, &checks);
        let all: Vec<_> = found.iter().map(|v| (v.code, v.pointer.as_str())).collect();
        assert_eq!(all, [(*code, *pointer)], "{bad}");
        for json in *good {
            assert_eq!(run(json, &checks), [], "{code} {json}");
        }
        assert_eq!(run(bad, &checks.clone().without(*code)), []);
        assert_eq!(run(bad, &Checks::none()), []);
        tested.insert(*code);
    }
    for (code, bad, good) in values(&checks) {
        let all: Vec<_> = bad.iter().map(|v| v.code).collect();
        assert_eq!((all.as_slice(), good.len()), (&[code][..], 0));
        tested.insert(code);
    }
    for code in &tested {
        let off = values(&checks.clone().without(*code));
        assert!(off.iter().all(|(c, bad, _)| c != code || bad.is_empty()));
    }
    assert_eq!(tested, CHECKED_CODES.iter().copied().collect());
    assert_eq!(tested.len(), CHECKED_CODES.len());
}

#[test]
fn all_violations_are_reported_at_once() {
    let json = r#"{
        "tredjepart":{"type":"ANDEN"},"udbetalt":false,
        "udbetaltdato":"2024-03-25","opgjortdato":"2024-04-01"
    }"#;
    let found = broken::<Tilgodehavende>(json, &Checks::on(today()));
    let codes: Vec<_> = found.iter().map(|v| v.code).collect();
    let expected = ["doedsbo.f4", "doedsbo.f15", "doedsbo.f16", "doedsbo.f17"];
    assert_eq!(codes, expected);
}

#[test]
fn duplicates_are_listed_once_each_and_not_shown() {
    let json = r#"{"effekter":[
        {"kategori":"Biler"},{"kategori":"Ure"},{"kategori":"Biler"},{"kategori":"Biler"},
        {"kategori":"Ure"},{"kategori":"Bøger"}
    ]}"#;
    let found = broken::<Effektfortegnelse>(json, &Checks::on(today()));
    assert_eq!(found[0].arguments, ["Biler, Ure"]);
    assert_eq!(found[0].to_string(), "doedsbo.f20 at \"/effekter\"");
    assert!(!format!("{found:?}").contains("Biler"));
}

#[test]
fn an_update_is_judged_as_one() {
    let update = Checks::on(today()).for_update();
    assert_eq!(broken::<Forespoergsel>("{}", &update), []);
    assert_eq!(
        broken::<Proformaopgoerelse>(r#"{"bekraeftet":false}"#, &update),
        []
    );
    let created = |date: &str| {
        format!(
            r#"{{"oprettelsestidspunkt":"2024-03-01T23:30:00Z","bemaerkning":"b","modtagelsesdato":"{date}"}}"#
        )
    };
    // Half past eleven in the evening of 1 March UTC is 2 March in Denmark.
    assert_eq!(
        broken::<Effektfortegnelse>(&created("2024-03-01"), &update),
        []
    );
    assert_eq!(
        broken::<Effektfortegnelse>(&created("2024-03-02"), &update).len(),
        1
    );
    let create = Checks::on(today());
    assert_eq!(
        broken::<Effektfortegnelse>(&created("2024-03-02"), &create),
        []
    );
}

#[test]
fn today_is_denmarks() {
    let late = "2024-03-23T23:30:00Z".parse().unwrap();
    assert_eq!(Checks::at(late).today(), today());
    let json = r#"{"opgjortdato":"2024-03-24"}"#;
    assert_eq!(broken::<Krav>(json, &Checks::at(late)), []);
}

#[test]
fn the_guides_krav_breaks_nothing() {
    let json = include_str!("data/guide/addKrav_answer.json");
    assert_eq!(broken::<Krav>(json, &Checks::on(today())), []);
    let json = include_str!("data/guide/searchBo_query.json");
    assert_eq!(
        broken::<DoedsbojournalQuery>(json, &Checks::on(today())),
        []
    );
    let json = include_str!("data/guide/henvendelsestraad.json");
    assert_eq!(broken::<Henvendelsestraad>(json, &Checks::on(today())), []);
}
