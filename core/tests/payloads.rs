//! Payloads: the guide's examples, changes, what is refused, and the numbers of persons and companies.
#![allow(clippy::unwrap_used, clippy::expect_used)] // A test that cannot go on fails.

use std::collections::BTreeMap;

use skifteportal::model::*;
#[cfg(target_arch = "wasm32")]
use wasm_bindgen_test::wasm_bindgen_test as test;

const SEARCH_QUERY: &str = include_str!("data/guide/searchBo_query.json");
const SEARCH_ANSWER: &str = include_str!("data/guide/searchBo_answer.json");
const KRAV_ANSWER: &str = include_str!("data/guide/addKrav_answer.json");
const TRAAD: &str = include_str!("data/guide/henvendelsestraad.json");
const DOKUMENT: &str = include_str!("data/guide/dokument_answer.json");

/// The text without the blanks between its tokens.
fn compact(json: &str) -> String {
    let (mut out, mut text, mut escaped) = (String::new(), false, false);
    for c in json.chars() {
        if text || !c.is_ascii_whitespace() {
            out.push(c);
        }
        if c == '"' && !escaped {
            text = !text;
        }
        escaped = c == '\\' && !escaped;
    }
    out
}

fn survives<T: Payload>(json: &str) -> T {
    let payload: T = from_json(json.as_bytes()).unwrap();
    let again = String::from_utf8(to_json(&payload)).unwrap();
    assert_eq!(again, compact(json), "{}", T::NAME);
    payload
}

#[test]
fn the_guides_examples_survive() {
    survives::<DoedsbojournalQuery>(SEARCH_QUERY);
    survives::<Henvendelsestraad>(TRAAD);
    let found: Vec<Doedsbojournal> = from_json(SEARCH_ANSWER.as_bytes()).unwrap();
    assert_eq!(to_json(&found), compact(SEARCH_ANSWER).as_bytes());
    assert!(found[0].extra.is_empty());
    let skifteform = found[0].skifteform.as_ref().unwrap();
    assert_eq!(skifteform.skifteform, Some(SkifteformKode::UskiftetBo));
    let part = found[0].kontaktperson.as_ref().unwrap().part.as_ref();
    assert_eq!(part.unwrap().part_type, Some(PartType::Person));

    let krav: Krav = survives(KRAV_ANSWER);
    assert!(krav.extra.is_empty());
    assert_eq!(krav.beloeb.unwrap().to_string(), "123");
    assert_eq!(krav.opgjortdato.unwrap().to_string(), "2022-04-29");
    let created = krav.oprettelsestidspunkt.unwrap();
    assert_eq!(created.subsec_nanos(), 988_346_360);
    let kvittering = krav.kvittering.unwrap();
    assert_eq!(kvittering.kode.as_deref(), Some("K1"));
    assert!(kvittering.indhold.unwrap().raw().contains("\nNår boet"));

    let dokument: Dokument = survives(DOKUMENT);
    assert_eq!(dokument.stoerelse, Some(42_525));
    let owner = dokument.metadata.unwrap().oprettet_af_part_id;
    assert_eq!(owner.as_deref(), Some("21659509"));
}

#[test]
fn a_change_touches_one_member() {
    let json = r#"{"slettet":false,"x":[1.0],"beloeb":1.00,"titel":null,"id":"k1"}"#;
    let krav: Krav = from_json(json.as_bytes()).unwrap();

    let mut changed = krav.clone();
    changed.beloeb = Some(Beloeb::from_oere(250));
    assert_eq!(to_json(&changed), json.replace("1.00", "2.50").as_bytes());
    assert!(changed != krav);

    let mut set = krav.clone();
    set.titel = Some("t".into());
    assert_eq!(to_json(&set), json.replace("null", "\"t\"").as_bytes());

    let mut removed = krav.clone();
    removed.beloeb = None;
    assert_eq!(
        to_json(&removed),
        json.replace("\"beloeb\":1.00,", "").as_bytes()
    );

    // A new member follows the one that is declared before it.
    let mut added = krav.clone();
    added.endeligt = Some(true);
    let expected = json.replace("1.00,", "1.00,\"endeligt\":true,");
    assert_eq!(to_json(&added), expected.as_bytes());
}

#[test]
fn a_host_sends_what_has_no_type() {
    let mut krav = Krav::default();
    assert!(krav.extra.set("titel", "{").is_err());
    assert!(krav.extra.set("titel", "1 2").is_err());
    assert!(krav.extra.is_empty());
    krav.extra.set("titel", "null").unwrap();
    krav.extra.set("ny", " [1, 2] ").unwrap();
    assert_eq!(to_json(&krav), br#"{"titel":null,"ny":[1, 2]}"#);
    assert_eq!(krav.extra.len(), 2);
    krav.titel = Some("t".into());
    krav.beloeb = Some(Beloeb::from_kroner(5));
    assert_eq!(to_json(&krav), br#"{"titel":"t","beloeb":5,"ny":[1, 2]}"#);
    krav.extra.set("ny", "3").unwrap();
    assert!(!krav.extra.remove("andet"));
    assert_eq!(to_json(&krav), br#"{"titel":"t","beloeb":5,"ny":3}"#);
}

#[test]
fn equality_ignores_order() {
    let a: Krav = from_json(br#"{"x":1,"beloeb":2,"y":[3]}"#).unwrap();
    let b: Krav = from_json(br#"{"y":[3],"titel":null,"x":1,"beloeb":2.0}"#).unwrap();
    let c: Krav = from_json(br#"{"y":[4],"x":1,"beloeb":2}"#).unwrap();
    assert!(a == b && a != c);
}

#[test]
fn json_is_one_value_in_utf8() {
    let code = |bytes: &[u8]| from_json::<Krav>(bytes).unwrap_err().code();
    assert!(from_json::<Krav>(b"\xef\xbb\xbf {\"id\":\"a\"} \n").is_ok());
    assert_eq!(code(b"{} {}"), "json.syntax");
    assert_eq!(code(b"{}x"), "json.syntax");
    assert_eq!(code(b""), "json.incomplete");
    assert_eq!(code(b"{\"a\":"), "json.incomplete");
    assert_eq!(code(b"\xff\xfe{\0}\0"), "json.not_utf8");
    let error = from_json::<Krav>(b"{\n \"titel\":\"\xe6\"}").unwrap_err();
    let place = (error.code(), error.line, error.column);
    assert_eq!(place, ("json.not_utf8", 2, 11));
    let error = from_json::<Krav>(br#"{"beloeb":"4634875520"}"#).unwrap_err();
    assert!(!format!("{error} {error:?}").contains("4634875520"));
}

type Deep = BTreeMap<String, BTreeMap<String, Vec<bool>>>;

#[test]
fn an_error_names_the_member() {
    let pointer = |json: &str| {
        let error = from_json::<Vec<Krav>>(json.as_bytes()).unwrap_err();
        assert_eq!(error.category, JsonCategory::Data, "{json}");
        error.pointer
    };
    for (json, expected) in [
        (r#"{"x":"}],{\"","beloeb":"many"}"#, "/0/beloeb"),
        (
            r#"{}, {"opgjortdato":"2022-02-30","x":1}"#,
            "/1/opgjortdato",
        ),
        (r#"{}, {"opgjortdato" : [1,2]}"#, "/1/opgjortdato"),
        (
            r#"{"x":[{"y":{}},2],"kvittering":{"kode":1}}"#,
            "/0/kvittering/kode",
        ),
        (
            r#"{"indberetter":{"virksomhed":{"cvrNummer":"1"}}}"#,
            "/0/indberetter/virksomhed/cvrNummer",
        ),
        (r#"{"slettet":"4634875520"}"#, "/0/slettet"),
        (r#"{"opgjortdato":"2022-02-30"}"#, "/0/opgjortdato"),
        (r#"{"opgjortdato":"2022-02-30" }, {}"#, "/0/opgjortdato"),
        (r#"{"slettet":true},[]"#, "/1"),
        (r#"{"id":"a","beloeb":1,"id":"b"}"#, "/0/id"),
    ] {
        assert_eq!(pointer(&format!("[{json}]")), expected, "{json}");
        let spread = format!("[\n{}\n]", json.replace(",\"", ",\n \""));
        assert_eq!(pointer(&spread), expected, "{spread}");
    }
    let data = r#"{"4634875520":{"navn æ":[true,{"a":{"b":1}}]}}"#;
    let error = from_json::<Deep>(data.as_bytes()).unwrap_err();
    assert_eq!(error.pointer, "/-/-/1");
}

#[test]
fn depth_is_bounded() {
    let deep = format!("{}{}", "[".repeat(100_000), "]".repeat(100_000));
    assert!(from_json::<Vec<Krav>>(deep.as_bytes()).is_err());
    for (name, kept) in [("ukendt", true), ("tredjepart", true), ("beloeb", false)] {
        let json = format!("{{\"{name}\":{deep}}}");
        let krav = from_json::<Krav>(json.as_bytes());
        assert_eq!(krav.is_ok(), kept, "{name}");
        if let Ok(krav) = krav {
            assert_eq!(to_json(&krav), json.as_bytes());
        }
    }
    let open = "{\"anden\":".repeat(100_000);
    assert!(from_json::<Part>(open.as_bytes()).is_err());
}

#[test]
fn numbers_of_persons_and_companies() {
    for text in ["4634875520", "463487-5520", "0000000000"] {
        let cpr = CprNummer::new(text).unwrap();
        assert_eq!(cpr.expose(), text.replace('-', ""));
        assert_eq!(format!("{cpr:?}"), "[redacted]");
    }
    for text in [
        "",
        "463487552",
        "46348755201",
        "46348-75520",
        "463487--5520",
        "463487-552",
        "463487 5520",
        "46348755２0",
        "4634875520-",
        "463487-55200",
    ] {
        assert!(CprNummer::new(text).is_err(), "{text}");
    }
    for text in ["", "1234567", "123456789", "1234567x", "１234567"] {
        assert!(CvrNummer::new(text).is_err(), "{text}");
    }
    let open: PartType = "HELT_NY".into();
    assert_eq!(open.as_str(), "HELT_NY");
    assert_eq!(to_json(&open), b"\"HELT_NY\"");
}

#[test]
fn a_bilag_has_a_relative_url() {
    let url = |member: &str| {
        let json = format!(r#"{{"id":"b1","filnavn":"f/g.pdf",{member}}}"#);
        from_json::<Bilag>(json.as_bytes()).unwrap().relative_url()
    };
    assert_eq!(
        url(r#""n":1,"u":"/a/bilag/b1""#).as_deref(),
        Some("/a/bilag/b1")
    );
    assert_eq!(url(r#""u":"a/b""#).as_deref(), Some("a/b"));
    for member in [
        r#""u":"https://evil.example/a""#,
        r#""u":"//evil.example/a""#,
        r#""u":"a b/c""#,
        r#""u":"/\\evil.example""#,
        r#""u":"javascript:/x""#,
        r#""u":"b1""#,
        r#""u":["/a"]"#,
    ] {
        assert_eq!(url(member), None, "{member}");
    }
}

#[test]
fn names_of_aendringer_are_given() {
    let placeholders = AendringerNavne::default();
    assert!(placeholders.are_placeholders());
    let given = AendringerNavne::new(placeholders.ids(), placeholders.siden()).unwrap();
    assert!(!given.are_placeholders());
    assert!(AendringerNavne::new("a", "a").is_err());
    assert!(AendringerNavne::new("", "a").is_err());
    let mut query = DoedsbojournalAendringer {
        ids: vec!["d1".parse().unwrap()],
        siden: "2024-01-01T00:00:00.5Z".parse().unwrap(),
        navne: AendringerNavne::default(),
        extra: Extra::default(),
    };
    query.extra.set("tidspunkt", "1").unwrap();
    query.extra.set("x", "1.0").unwrap();
    let json = br#"{"doedsbojournalIder":["d1"],"tidspunkt":"2024-01-01T00:00:00.5Z","x":1.0}"#;
    assert_eq!(to_json(&query), json);
}

#[test]
fn payloads_cross_threads_and_stay_small() {
    fn crosses<T: Send + Sync>() {}
    crosses::<Krav>();
    crosses::<Doedsbojournal>();
    assert!(std::mem::size_of::<Krav>() <= 200);
}
