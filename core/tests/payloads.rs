//! Payloads: the guide's examples, unknown members, order, `null`, and hostile input.
#![allow(clippy::unwrap_used, clippy::expect_used)] // A test that cannot go on fails.

use std::fmt;

use proptest::prelude::*;
use serde::de::{DeserializeOwned, MapAccess, Visitor};
use serde::{Deserialize, Deserializer};
use serde_json::value::RawValue;
use skifteportal::model::*;

const SEARCH_QUERY: &str = include_str!("data/guide/searchBo_query.json");
const SEARCH_ANSWER: &str = include_str!("data/guide/searchBo_answer.json");
const KRAV_ANSWER: &str = include_str!("data/guide/addKrav_answer.json");
const TRAAD: &str = include_str!("data/guide/henvendelsestraad.json");
const DOKUMENT: &str = include_str!("data/guide/dokument_answer.json");

/// An object's members in order, as raw text.
#[derive(Debug)]
struct Ordered(Vec<(String, String)>);

impl<'de> Deserialize<'de> for Ordered {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct Collect;
        impl<'de> Visitor<'de> for Collect {
            type Value = Ordered;
            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("an object")
            }
            fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Ordered, A::Error> {
                let mut members = Vec::new();
                while let Some((name, raw)) = map.next_entry::<String, Box<RawValue>>()? {
                    members.push((name, raw.get().to_owned()));
                }
                Ok(Ordered(members))
            }
        }
        deserializer.deserialize_map(Collect)
    }
}

fn members(json: &[u8]) -> Vec<(String, String)> {
    serde_json::from_slice::<Ordered>(json).unwrap().0
}

fn object<N: AsRef<str>, R: AsRef<str>>(members: &[(N, R)]) -> String {
    let quoted = |name: &str| serde_json::to_string(name).unwrap();
    let list: Vec<String> = members
        .iter()
        .map(|(name, raw)| format!("{}:{}", quoted(name.as_ref()), raw.as_ref()))
        .collect();
    format!("{{{}}}", list.join(","))
}

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

/// Every payload, with a value in canonical form for every typed member.
macro_rules! every_payload {
    ($run:ident) => {
        let id = "\"4b97d591-1b88-4b70-81bc-7a4c4a227627\"";
        let time = "\"2022-09-09T13:08:25.98834636Z\"";
        let part = r#"{"type":"VIRKSOMHED","virksomhed":{"cvrNummer":"11111111","x":1}}"#;
        let value = |name: &str| -> &str {
            match name {
                "id" | "personId" | "sagId" | "dokumentId" => id,
                "oprettelsestidspunkt" | "redigeringstidspunkt" | "oprettet" => time,
                "indberetter" | "tredjepart" | "part" => part,
                "beloeb" => "123.50",
                "stoerelse" => "42525",
                "kvittering" => r#"{"indhold":"a\nb","kode":"K1"}"#,
                "cvrNummer" => "\"01234567\"",
                "cprNummer" => "\"4634875520\"",
                "effekter" => r#"[{"kategori":"A"},{"x":null}]"#,
                "bilag" => r#"["b1","b2"]"#,
                "henvendelser" => r#"[{"tekst":"t","dokumenter":[{"filnavn":"f"}]}]"#,
                "dokumenter" => r#"[{"navn":"n"}]"#,
                "type" => "\"NYT\"",
                "afdoede" | "person" | "virksomhed" | "anden" | "adresse" | "metadata"
                | "vigtigeDatoer" => r#"{"ukendt":[1.0]}"#,
                "kontaktperson" => r#"{"part":{"type":"PERSON"}}"#,
                "retskredsId" => "\"1183\"",
                _ if name.ends_with("dato") || name == "boUdleveret" => "\"2022-04-29\"",
                "endeligt"
                | "rettidigt"
                | "harBilag"
                | "slettet"
                | "udbetalt"
                | "bekraeftet"
                | "erNavnAdresseBeskyttet" => "true",
                _ => "\"hemmelig\"",
            }
        };
        $run::<Krav>(&value);
        $run::<Tilgodehavende>(&value);
        $run::<Kvittering>(&value);
        $run::<Effektfortegnelse>(&value);
        $run::<Effekt>(&value);
        $run::<Forespoergsel>(&value);
        $run::<Proformaopgoerelse>(&value);
        $run::<Doedsbojournal>(&value);
        $run::<DoedsbojournalQuery>(&value);
        $run::<Afdoede>(&value);
        $run::<Skifteform>(&|name| match name {
            "skifteform" => "\"USKIFTET_BO\"",
            _ => value(name),
        });
        $run::<VigtigeDatoer>(&value);
        $run::<Adresse>(&value);
        $run::<Kontaktperson>(&value);
        $run::<Part>(&value);
        $run::<PartPerson>(&value);
        $run::<PartVirksomhed>(&value);
        $run::<PartAnden>(&value);
        $run::<Bilag>(&value);
        $run::<Dokument>(&value);
        $run::<DokumentMetadata>(&value);
        $run::<Henvendelsestraad>(&value);
        $run::<Henvendelse>(&value);
        $run::<HenvendelseDokument>(&value);
        $run::<TvangKrav>(&value);
        $run::<TvangTilgodehavende>(&value);
        $run::<SagsQuery>(&value);
        $run::<Sag>(&value);
        $run::<Objekt>(&value);
    };
}

/// `Doedsbojournal::skifteform` is an object where `Skifteform::skifteform` is a text.
fn typed<T: Payload>(value: &dyn Fn(&str) -> &'static str) -> Vec<(String, String)> {
    let special = |name: &str| match (T::NAME, name) {
        ("Doedsbojournal", "skifteform") => r#"{"skifteform":"NY_FORM"}"#,
        _ => value(name),
    };
    T::MEMBERS
        .iter()
        .map(|member| (member.name.to_owned(), special(member.name).to_owned()))
        .collect()
}

const RAW: &[&str] = &[
    "null",
    "true",
    "1.50",
    "1e400",
    "-0",
    "123456789012345678901234567890.10",
    "{\"b\":1,\"a\":2,\"a\":3}",
    "[ 1 , {\t} ]",
    "\"\\u00e6 \\/\"",
    "\"\"",
];

fn members_come_and_go_in_order<T: Payload>(value: &dyn Fn(&str) -> &'static str) {
    let typed = typed::<T>(value);
    let known = move |name: &str| T::MEMBERS.iter().any(|member| member.name == name);
    let unknown = ("[a-zæ\"\\\\/\u{1f600}]{0,6}", prop::sample::select(RAW));
    let unknown = unknown.prop_map(|(name, raw)| (name, raw.to_owned()));
    let unknown = unknown.prop_filter("a typed name", move |(name, _)| !known(name));
    let some = prop::sample::subsequence(typed.clone(), 0..=typed.len());
    let input = (some, prop::collection::vec(unknown, 0..5), any::<u32>())
        .prop_map(|(mut some, unknown, nulls)| {
            for (at, (_, raw)) in some.iter_mut().enumerate() {
                if nulls & (1 << at) != 0 && nulls & 0x8000_0000 != 0 {
                    "null".clone_into(raw);
                }
            }
            some.extend(unknown);
            some
        })
        .prop_shuffle();
    let config = ProptestConfig {
        cases: 48,
        failure_persistence: None,
        ..ProptestConfig::default()
    };
    proptest!(config, |(input in input)| {
        let json = object(&input);
        let payload: T = from_json(json.as_bytes()).unwrap();
        prop_assert_eq!(&members(&to_json(&payload)), &input);
        let again: T = from_json(&to_json(&payload)).unwrap();
        prop_assert!(again == payload);

        // One more unknown member changes nothing else.
        let mut changed = payload.clone();
        changed.extra_mut().set("0", "[0]").unwrap();
        let mut expected = input.clone();
        expected.push(("0".to_owned(), "[0]".to_owned()));
        prop_assert_eq!(&members(&to_json(&changed)), &expected);
        prop_assert!(changed != payload);
        prop_assert!(changed.extra_mut().remove("0"));
        prop_assert_eq!(&members(&to_json(&changed)), &input);

        // Removing an unknown member moves no other.
        if let Some((name, _)) = input.iter().find(|(name, _)| payload.extra().get(name).is_some())
        {
            prop_assert!(changed.extra_mut().remove(name));
            let rest: Vec<_> = input.iter().filter(|(n, _)| n != name).cloned().collect();
            prop_assert_eq!(members(&to_json(&changed)), rest);
        }
    });
}

#[test]
fn every_payload_keeps_unknown_members_and_order() {
    every_payload!(members_come_and_go_in_order);
}

fn misfits_are_kept_or_refused<T: Payload>(_: &dyn Fn(&str) -> &'static str) {
    for member in T::MEMBERS {
        let json = object(&[("a", "1"), (member.name, "[[[]]]"), ("b", "2")]);
        match from_json::<T>(json.as_bytes()) {
            Ok(payload) => {
                assert!(!member.printed, "{} {}", T::NAME, member.name);
                assert_eq!(payload.extra().get(member.name), Some("[[[]]]"));
                assert_eq!(to_json(&payload), json.as_bytes());
            }
            Err(error) => {
                assert!(member.printed, "{} {}", T::NAME, member.name);
                assert_eq!(error.category, JsonCategory::Data);
            }
        }
        let twice = object(&[(member.name, "null"), (member.name, "null")]);
        let error = from_json::<T>(twice.as_bytes()).unwrap_err();
        assert_eq!(error.code(), "json.data");
    }
}

#[test]
fn a_wrong_reading_never_makes_an_answer_undecodable() {
    every_payload!(misfits_are_kept_or_refused);
}

fn nothing_is_required<T: Payload>(value: &dyn Fn(&str) -> &'static str) {
    let empty: T = from_json(b"{}").unwrap();
    assert!(empty == T::default());
    assert_eq!(to_json(&empty), b"{}");
    let json = object(&typed::<T>(value));
    let shown = format!("{:?}", from_json::<T>(json.as_bytes()).unwrap());
    for secret in ["4634875520", "4b97d591", "123.50", "2022", "hemmelig"] {
        assert!(!shown.contains(secret), "{shown}");
    }
    let hostile = ["[]", "1", "null", "\"x\"", "{\"a\"}", "{\"a\":}", "{", ""];
    for json in hostile {
        assert!(
            from_json::<T>(json.as_bytes()).is_err(),
            "{} {json}",
            T::NAME
        );
    }
}

#[test]
fn nothing_is_required_and_debug_shows_no_value() {
    every_payload!(nothing_is_required);
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

#[test]
fn depth_is_bounded() {
    let deep = format!("{}{}", "[".repeat(100_000), "]".repeat(100_000));
    assert!(from_json::<Vec<Krav>>(deep.as_bytes()).is_err());
    for (name, kept) in [("ukendt", true), ("tredjepart", true), ("beloeb", false)] {
        let json = object(&[(name, deep.as_str())]);
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
    assert!(AendringerNavne::default().are_placeholders());
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

fn read_all<T: Payload + DeserializeOwned>(bytes: &[u8]) {
    if let Ok(payload) = from_json::<T>(bytes) {
        let again: T = from_json(&to_json(&payload)).unwrap();
        assert!(again == payload);
    }
    let _ = from_json::<Vec<T>>(bytes);
}

fn read(bytes: &[u8]) {
    read_all::<Krav>(bytes);
    read_all::<Tilgodehavende>(bytes);
    read_all::<Doedsbojournal>(bytes);
    read_all::<Henvendelsestraad>(bytes);
    read_all::<Dokument>(bytes);
    read_all::<DoedsbojournalQuery>(bytes);
    read_all::<Effektfortegnelse>(bytes);
}

proptest! {
    #[test]
    fn arbitrary_bytes_never_panic(bytes in prop::collection::vec(any::<u8>(), 0..200)) {
        read(&bytes);
    }

    #[test]
    fn damaged_examples_never_panic(
        example in prop::sample::select(vec![SEARCH_ANSWER, KRAV_ANSWER, TRAAD, DOKUMENT]),
        damage in prop::collection::vec((any::<prop::sample::Index>(), any::<u8>()), 1..4),
        end in any::<prop::sample::Index>(),
        cut in any::<bool>(),
    ) {
        let mut bytes = example.as_bytes().to_vec();
        for (at, byte) in damage {
            let at = at.index(bytes.len());
            bytes[at] = byte;
        }
        if cut {
            bytes.truncate(end.index(bytes.len()));
        }
        read(&bytes);
    }

    #[test]
    fn every_number_text_never_panics(text in "\\PC{0,12}") {
        let _ = (CprNummer::new(&text), CvrNummer::new(&text));
        let mut extra = Extra::default();
        let _ = extra.set(&text, &text);
    }
}

#[test]
fn payloads_cross_threads_and_stay_small() {
    fn crosses<T: Send + Sync>() {}
    crosses::<Krav>();
    crosses::<Doedsbojournal>();
    assert!(std::mem::size_of::<Krav>() <= 200);
}
