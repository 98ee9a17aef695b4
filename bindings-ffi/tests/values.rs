//! The groups of functions: payloads, rules, PDFs, errors, texts, scalars.
#![allow(clippy::unwrap_used, clippy::panic)] // A test that cannot go on fails.

use skifteportal::error::{Language, TransportFailure};
use skifteportal::model::{from_json, to_json, Krav, Timestamp};
use skifteportal::pdf::{Kind, Severity, Verdict};
use skifteportal::SkifteportalError;
use skifteportal_ffi::*;

const PDF: &[u8] = b"%PDF-1.4
1 0 obj <</Type/Catalog /Pages 2 0 R /OpenAction <</S/JavaScript /JS(app.alert\\(1\\))>> >> endobj
2 0 obj <</Type/Pages /Kids[3 0 R] /Count 1>> endobj
3 0 obj <</Type/Page /Parent 2 0 R /MediaBox[0 0 595 842]>> endobj
trailer <</Root 1 0 R>>";

fn place(bytes: &[u8]) -> (i64, i64) {
    let address = bytes.as_ptr().expose_provenance();
    let length = i64::try_from(bytes.len()).unwrap();
    (i64::try_from(address).unwrap(), length)
}

#[test]
fn payloads_are_changed_by_names() {
    let payloads = Payloads::new();
    let arrived = br#"{"nyt":{"a":1.50},"beloeb":123}"#;
    let krav = payloads.decode("Krav", arrived[..].into()).unwrap();
    assert_eq!(payloads.name_of(&krav), "Krav");
    let krav = payloads
        .with_member(krav, "titel", Some("\"T\"".into()))
        .unwrap();
    let extra = payloads.extra_of(&krav);
    assert_eq!(payloads.extra_members(&extra)[0].name, "nyt");
    let raw = payloads.extra_member(&extra, "nyt").unwrap();
    assert_eq!(raw, r#"{"a":1.50}"#);
    let extra = payloads
        .with_extra_member(extra, "andet", "[true]")
        .unwrap();
    let krav = payloads.with_extra(krav, extra);
    let mut by_hand: Krav = from_json(arrived).unwrap();
    by_hand.titel = Some("T".into());
    by_hand.extra.set("andet", "[true]").unwrap();
    assert_eq!(*payloads.encode(&krav), *to_json(&by_hand));
    assert!(!format!("{krav:?}").contains("1.50"));

    let krav = payloads.with_member(krav, "titel", None).unwrap();
    let extra = payloads.without_extra_member(payloads.extra_of(&krav), "nyt");
    let krav = payloads.with_extra(krav, extra);
    assert_eq!(
        *payloads.encode(&krav),
        *br#"{"beloeb":123,"andet":[true]}"#
    );
    for (member, json) in [
        ("beloeb", "\"x\""),
        ("beloeb", "1,\"a\":2"),
        ("ukendt", "1"),
    ] {
        let set = payloads.with_member(krav.clone(), member, Some(json.into()));
        assert!(set.is_err(), "{member} {json}");
    }
}

#[test]
fn every_payload_crosses_as_json() {
    let payloads = Payloads::new();
    assert_eq!(payloads.names().len(), 29);
    for name in payloads.names() {
        let list = payloads
            .decode_list(&name, b"[{\"x\":1},{}]"[..].into())
            .unwrap();
        assert!(list.iter().all(|payload| payloads.name_of(payload) == name));
        assert_eq!(*payloads.encode_list(list), *b"[{\"x\":1},{}]");
        payloads.members(&name).unwrap();
    }
    match payloads
        .decode("Krav", br#"{"beloeb":"many"}"#[..].into())
        .unwrap_err()
    {
        SkifteportalError::Json {
            code,
            pointer,
            line,
            ..
        } => {
            assert_eq!((code.as_str(), pointer.as_str()), ("json.data", "/beloeb"));
            assert_eq!(line, 1);
        }
        other => panic!("{other:?}"),
    }
    assert!(payloads.decode("Ukendt", b"{}"[..].into()).is_err());
}

#[test]
fn rules_are_told_with_their_places() {
    let krav = Payloads::new()
        .decode("Krav", br#"{"opgjortdato":"2022-04-30"}"#[..].into())
        .unwrap();
    let checks = Checks::on("2022-04-29".parse().unwrap());
    let broken = Rules::new().check(&krav, &checks);
    let (code, pointer) = (broken[0].code, broken[0].pointer.as_str());
    assert_eq!((code, pointer), ("doedsbo.f17", "/opgjortdato"));
    let without = checks.without("doedsbo.f17".into());
    assert!(Rules::new().check(&krav, &without).is_empty());
    assert_eq!(Rules::new().check_konkursbegaering(-1, &checks).len(), 1);
}

#[test]
fn a_pdf_is_read_where_it_is() {
    let (pdf, profile) = (Pdf::new(), Profile::portal());
    let (address, length) = place(PDF);
    let report = pdf.check_at(address, length, &profile).unwrap();
    assert_eq!(report, pdf.check(PDF.into(), &profile));
    let json = pdf.report_json(&report);
    assert!(json.contains("\"verdict\":\"refused\""));
    let danish = pdf.explain(&report.findings[0], Language::Danish);
    assert!(danish.contains("JavaScript"));
    for (address, length) in [(0, 1), (-1, 1), (1, -1)] {
        assert!(pdf.check_at(address, length, &profile).is_err());
    }

    let options = SanitizeOptions::new();
    let clean = pdf
        .sanitize_at(address, length, &profile, &options)
        .unwrap();
    assert_eq!(clean.report().verdict, Verdict::Accepted);
    let again = pdf
        .check_at(clean.address(), clean.length(), &profile)
        .unwrap();
    assert_eq!(again, clean.report());
    let copied = pdf.sanitize(PDF.into(), &profile, &options).unwrap();
    assert_eq!(*copied.bytes, *clean.bytes());
    assert_eq!(copied.removed, clean.removed());
    assert!(!format!("{copied:?}").contains("37, 80, 68, 70"));
}

#[test]
fn profiles_do_not_change() {
    let profile = Profile::portal();
    let lenient = profile
        .with_severity(Kind::JavaScript, Severity::Note)
        .with_max_size(10);
    assert_eq!(profile.max_size(), None);
    assert_eq!(lenient.max_size(), Some(10));
    let mut limits = profile.limits();
    limits.depth = 3;
    assert_eq!(profile.with_limits(limits).limits().depth, 3);
    let pdf = Pdf::new();
    for kind in pdf.kinds() {
        assert_eq!(pdf.kind_named(&pdf.kind_name(kind)), Some(kind));
    }
}

#[test]
fn errors_are_explained() {
    let errors = Errors::new();
    let now = Timestamp::from_unix(1_700_000_000);
    let body = br#"{"kode":"doedsbo.f24"}"#[..].into();
    let response = HttpResponse::new(400, vec![], body).unwrap();
    let refusal = errors.decode(&response, now);
    assert_eq!(refusal.code, "doedsbo.f24");
    assert_eq!(refusal.status, Some(400));
    assert_eq!(errors.kind_name(refusal.kind), "data");
    assert!(errors.ensure_success(&response, now).is_err());
    let refused = errors.classify("received fatal alert: CertificateUnknown");
    assert_eq!(errors.failure_code(&refused), "network.tls_refused");
    assert!(errors.fail_transport(TransportFailure::TimedOut).is_err());
    assert_eq!(errors.codes().len(), 89);
    let text = errors.explain_code("doedsbo.f5", vec!["1183".into()], Language::Danish);
    assert!(text.unwrap().contains("1183"));
}

#[test]
fn scalars_come_from_what_a_host_has() {
    assert_eq!(Amounts::new().from_oere(12_345).to_string(), "123.45");
    assert!(Amounts::new().read("1.234,50").is_err());
    let late = Times::new().read("2026-06-30T22:30:00Z").unwrap();
    assert_eq!(Dates::new().in_denmark(late).to_string(), "2026-07-01");
    assert!(Dates::new().read("2022-02-30").is_err());
    assert!(Ids::new().read("../x").is_err());
    let cpr = Ids::new().read_cpr("463487-5520").unwrap();
    assert_eq!(cpr.expose(), "4634875520");
    assert_eq!(Texts::new().escape_html(&"<b>".into()), "&lt;b&gt;");
    let header = "attachment; filename=\"../x\"";
    assert_eq!(Filenames::new().decode(header).unwrap(), "x");
    assert!(Filenames::new().encode("a/b").is_err());
}
