//! Amounts, dates, times, ids and URLs: exact, or refused.
// What the property tests alone use.
#![cfg_attr(target_arch = "wasm32", allow(unused_imports, dead_code))]

#[cfg(not(target_arch = "wasm32"))]
use proptest::prelude::*;
use skifteportal::http::{form_encode, Header, Query, Url, UrlPath};
use skifteportal::model::{Beloeb, Dato, KravId, Timestamp};
#[cfg(target_arch = "wasm32")]
use wasm_bindgen_test::wasm_bindgen_test as test;

#[test]
fn amounts_keep_their_decimals() {
    for text in [
        "123",
        "123.00",
        "0.1",
        "-5.50",
        "0",
        "0.00",
        "79228162514264337593543950335",
    ] {
        let amount: Beloeb = serde_json::from_str(text).unwrap();
        assert_eq!(serde_json::to_string(&amount).unwrap(), text);
    }
    for text in ["1e2", "1.5E1", "12e-1"] {
        let amount: Beloeb = text.parse().unwrap();
        let value = text.parse::<f64>().unwrap().to_bits();
        assert_eq!(amount.to_string().parse::<f64>().unwrap().to_bits(), value);
    }
}

#[test]
fn amounts_that_would_be_rounded_are_refused() {
    for text in [
        "",
        "-",
        "+1",
        ".5",
        "5.",
        "1,5",
        "1 000",
        "NaN",
        "1e99",
        "0x10",
        "1_000",
        "0.12345678901234567890123456789",
        "79228162514264337593543950336",
        "1.2345678901234567890123456789012345e5",
    ] {
        assert!(text.parse::<Beloeb>().is_err(), "{text}");
    }
    assert!(serde_json::from_str::<Beloeb>("\"5\"").is_err());
    assert!(serde_json::from_str::<Beloeb>("null").is_err());
}

#[test]
fn timestamps_survive_as_written() {
    for text in [
        "2022-06-15T07:14:50.6432001Z",
        "2022-09-09T13:08:25.988362763Z",
        "2022-09-09T13:08:25.98834636Z",
        "2024-02-29T00:00:00Z",
        "2024-02-29T00:00:00.000Z",
        "2024-01-01T00:30:00+02:00",
        "9999-12-31T23:59:59.999999999Z",
        "0000-01-01T00:00:00Z",
        "2024-01-01T00:00:00+00:00",
        "2024-01-01t00:00:00.5-00:00",
        "2024-01-01T00:00:00z",
        "2016-12-31T23:59:60Z",
        "9999-12-31T23:59:59-00:00",
    ] {
        assert_eq!(text.parse::<Timestamp>().unwrap().to_string(), text);
    }
    for text in [
        "2022-06-15",
        "2022-06-15T07:14:50",
        "2022-06-15T25:00:00Z",
        "2022-02-29T00:00:00Z",
        "2022-06-15T07:14:50.1234567890Z",
        "2022-06-15T07:14:50.Z",
        "2022-06-15T07:14:61Z",
    ] {
        assert!(text.parse::<Timestamp>().is_err(), "{text}");
    }
    let with_offset: Timestamp = "2024-01-01T01:00:00+01:00".parse().unwrap();
    assert_eq!(with_offset, "2024-01-01T00:00:00Z".parse().unwrap());
}

#[test]
fn http_dates() {
    let parsed = Timestamp::from_http_date("Sun, 06 Nov 1994 08:49:37 GMT").unwrap();
    assert_eq!(parsed.unix(), 784_111_777);
    for text in [
        "",
        "now",
        "Sun, 6 Nov 1994 08:49:37 GMT",
        "Sunday, 06-Nov-94 08:49:37 GMT",
    ] {
        assert!(Timestamp::from_http_date(text).is_err(), "{text}");
    }
}

#[test]
fn the_date_in_denmark_follows_summer_time() {
    let cases = [
        ("2026-01-31T22:59:59Z", "2026-01-31"),
        ("2026-01-31T23:00:00Z", "2026-02-01"),
        ("2026-03-29T00:59:59Z", "2026-03-29"),
        ("2026-03-29T22:00:00Z", "2026-03-30"),
        ("2026-10-24T22:00:00Z", "2026-10-25"),
        ("2026-10-25T22:30:00Z", "2026-10-25"),
        ("2026-12-31T23:00:00Z", "2027-01-01"),
    ];
    for (now, date) in cases {
        let now: Timestamp = now.parse().unwrap();
        assert_eq!(Dato::in_denmark(now).to_string(), date, "{now}");
    }
}

#[test]
fn ids_cannot_leave_their_segment() {
    for text in [
        "e25d84d3-7aec-4361-84da-93125cb83f08",
        "1183",
        "E25D84D3-7AEC-4361-84DA-93125CB83F08",
        "a.b_c~d",
    ] {
        assert_eq!(KravId::new(text).unwrap().to_string(), text);
    }
    for text in [
        "", ".", "..", "../x", "a/b", "a%2fb", "a?b", "a#b", "a b", "a\r\nb", "æ", "a;b", "a\\b",
    ] {
        assert!(KravId::new(text).is_err(), "{text:?}");
    }
    assert!(KravId::new(&"x".repeat(129)).is_err());
    #[cfg(target_pointer_width = "64")]
    assert_eq!(std::mem::size_of::<Option<KravId>>(), 24);
}

#[test]
fn base_urls() {
    for text in [
        "https://api.domstol.dk",
        "https://localhost:8443",
        "http://127.0.0.1:1",
        "https://[::1]:9",
        "http://localhost",
    ] {
        assert_eq!(Url::base(text).unwrap().as_str(), text);
    }
    for text in [
        "",
        "api.domstol.dk",
        "ftp://x",
        "https://",
        "https://a/b",
        "https://a?b",
        "https://a#b",
        "https://u@a",
        "https://a:b",
        "https://a:99999",
        "https://a:",
        "http://evil.example",
        "https://a b",
        "https://a\r\nb",
        "https://[::1",
        "https://[]",
    ] {
        assert!(Url::base(text).is_err(), "{text:?}");
    }
}

#[test]
fn headers_hold_one_line() {
    for value in ["a\r\nb", "a\nb", "a\0b", "æ", "\u{7f}"] {
        assert!(Header::new("X", value).is_err(), "{value:?}");
    }
    for name in ["", "a b", "a:b", "a\r\n", "æ"] {
        assert!(Header::new(name, "v").is_err(), "{name:?}");
    }
    let header = Header::new("Authorization", "Bearer abc").unwrap();
    assert!(!format!("{header:?}").contains("abc"));
}

#[cfg(not(target_arch = "wasm32"))]
proptest! {
    #[test]
    fn any_value_stays_in_its_segment(value in any::<String>()) {
        if let Ok(path) = UrlPath::fill("/a/{id}/b", &[("id", &value)]) {
            let parts: Vec<&str> = path.as_str().split('/').collect();
            prop_assert_eq!(parts.len(), 4);
            prop_assert!(!path.as_str().contains(['?', '#', '\\', '\r', '\n', ' ']));
            prop_assert!(parts[2] != "." && parts[2] != "..");
            let mut bytes = Vec::new();
            let mut rest = parts[2].bytes();
            while let Some(byte) = rest.next() {
                let mut digit = || char::from(rest.next().unwrap()).to_digit(16).unwrap();
                let byte = if byte == b'%' { u8::try_from(digit() * 16 + digit()).unwrap() } else { byte };
                bytes.push(byte);
            }
            prop_assert_eq!(bytes, value.as_bytes());
        } else {
            let leaves = |c: char| matches!(c, '/' | '\\' | '%' | '?' | '#' | ';') || c.is_control();
            prop_assert!(matches!(value.as_str(), "" | "." | "..") || value.contains(leaves));
        }
    }

    #[test]
    fn queries_and_forms_hold_one_pair(name in any::<String>(), value in any::<String>()) {
        let query = Query::new().pair(&name, &value);
        prop_assert_eq!(query.as_str().matches('=').count(), 1);
        prop_assert_eq!(query.as_str().matches('&').count(), 0);
        let form = form_encode(&[(&name, &value)]);
        prop_assert_eq!(form.matches('=').count(), 1);
        prop_assert!(form.is_ascii() && !form.contains(['&', ' ', '\r', '\n']));
        // Room was made once: a form that grows leaves a copy of a secret behind.
        prop_assert!((form.len()..=form.len() + 1).contains(&form.capacity()));
        let by_byte: String = value
            .bytes()
            .map(|byte| match byte {
                b' ' => "+".to_owned(),
                b'*' | b'-' | b'.' | b'_' | b'0'..=b'9' | b'A'..=b'Z' | b'a'..=b'z' => {
                    char::from(byte).to_string()
                }
                _ => format!("%{byte:02X}"),
            })
            .collect();
        prop_assert_eq!(form.split_once('=').unwrap().1, by_byte);
    }

    #[test]
    fn decimals_survive(mantissa in any::<i64>(), scale in 0u32..19) {
        let amount = Beloeb::new(rust_decimal::Decimal::new(mantissa, scale));
        let text = serde_json::to_string(&amount).unwrap();
        let back: Beloeb = serde_json::from_str(&text).unwrap();
        prop_assert_eq!(back.to_string(), amount.to_string());
    }

    #[test]
    fn nothing_panics(text in any::<String>()) {
        let _ = text.parse::<Timestamp>();
        let _ = text.parse::<Dato>();
        let _ = text.parse::<Beloeb>();
        let _ = Timestamp::from_http_date(&text);
        let _ = KravId::new(&text);
        let _ = Url::base(&text);
        let _ = UrlPath::fill(&text, &[]);
        let _ = Header::new(text.clone(), text);
    }

    #[test]
    fn times_survive(seconds in -62_167_219_200i64..253_402_300_799, millis in 0i64..1000) {
        let time = Timestamp::from_unix_millis(seconds * 1000 + millis);
        prop_assert_eq!(time.to_string().parse::<Timestamp>().unwrap(), time);
        let _ = Dato::in_denmark(time);
    }
}
