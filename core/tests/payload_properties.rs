//! Payloads under every order of members, unknown members, misfits, and hostile input.
// Properties of random input: the host is quicker at it.
#![cfg(not(target_arch = "wasm32"))]
#![allow(clippy::unwrap_used, clippy::expect_used)] // A test that cannot go on fails.

use std::fmt;

use proptest::prelude::*;
use serde::de::{DeserializeOwned, MapAccess, Visitor};
use serde::{Deserialize, Deserializer};
use serde_json::value::RawValue;
use skifteportal::model::*;

const EXAMPLES: [&str; 4] = [
    include_str!("data/guide/searchBo_answer.json"),
    include_str!("data/guide/addKrav_answer.json"),
    include_str!("data/guide/henvendelsestraad.json"),
    include_str!("data/guide/dokument_answer.json"),
];

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
        example in prop::sample::select(&EXAMPLES[..]),
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
