//! Certificates as Danish authorities and openssl write them.

#[path = "certificate/fixture.rs"]
mod fixture;

use fixture::{certificate, data, pem, time};
use skifteportal::certificate::{
    Certificate, CertificateKind, CertificateWarning, Hierarchy, KeyKind, Validity,
};
#[cfg(target_arch = "wasm32")]
use wasm_bindgen_test::wasm_bindgen_test as test;

const TEST_SYSTEM: &str = "oces3-test-system-cert.pem";
const PRODUCTION_SYSTEM: &str = "oces3-prod-system-cert.pem";

#[test]
fn real_system_certificates() {
    let test = certificate(TEST_SYSTEM);
    assert_eq!(test.kind(), CertificateKind::OcesOrganisation);
    assert_eq!(test.hierarchy(), Hierarchy::Test);
    assert_eq!(test.cvr(), Some("19552101"));
    assert_eq!(
        test.subject_serial_number(),
        Some("UI:DK-O:G:5e50b9bb-22fd-483d-baf7-fd077ed975f5")
    );
    assert_eq!(test.not_after(), time("2029-03-24T14:11:29Z"));
    assert_eq!(test.key_info().kind, KeyKind::Rsa);
    assert_eq!(test.key_info().bits, 3072);
    assert!(!test.is_authority() && !test.is_self_issued());
    assert_eq!(
        test.issuer_certificate_url(),
        Some("http://ca1.cti-gov.dk/oces/issuing/1/cacert/issuing.cer")
    );

    let production = certificate(PRODUCTION_SYSTEM);
    assert_eq!(production.kind(), CertificateKind::OcesOrganisation);
    assert_eq!(production.hierarchy(), Hierarchy::Production);
    assert_eq!(production.cvr(), Some("19552101"));
    assert_eq!(
        production.subject_serial_number(),
        Some("UI:DK-O:G:bf204036-6f12-4d62-bcc7-5930618355c6")
    );
    assert_eq!(
        production.subject().to_string(),
        "CN=Skatteforvaltningen - B2B gateway TSE, \
         SERIALNUMBER=UI:DK-O:G:bf204036-6f12-4d62-bcc7-5930618355c6, O=Skatteforvaltningen, \
         organizationIdentifier=NTRDK-19552101, C=DK"
    );

    for (name, bits) in [
        ("oces3-test-issuing-ca-1.pem", 3072),
        ("oces3-test-root-ca.pem", 4096),
    ] {
        let authority = certificate(name);
        assert_eq!(authority.kind(), CertificateKind::Authority);
        assert_eq!(authority.hierarchy(), Hierarchy::Test);
        assert_eq!(authority.key_info().bits, bits);
        assert_eq!(authority.subject_serial_number(), None);
        assert_eq!(authority.cvr(), None);
    }
}

/// Thumbprints and serial numbers as `openssl x509 -fingerprint -sha256 -serial` prints them.
#[test]
fn thumbprints_and_the_other_serial_number() {
    let test = certificate(TEST_SYSTEM);
    assert_eq!(test.thumbprint_hex(), THUMBPRINT);
    assert_eq!(test.x5t_s256(), X5T);
    assert_eq!(test.x509_serial_number(), SERIAL);
    let typed = test.subject_serial_number().unwrap();
    assert!(!typed.contains(&test.x509_serial_number()));
}

const THUMBPRINT: &str = "d811fe0d1c7323a39de14e8b35db0622fdfd5644c8f98d28de34d8a669464de1";
const X5T: &str = "2BH-DRxzI6Od4U6LNdsGIv39VkTI-Y0o3jTYpmlGTeE";
const SERIAL: &str = "4c5f96b2ff8bfde1e126d13a348d4270481d1545";

#[test]
fn kinds() {
    use CertificateKind as Kind;
    use Hierarchy::{Production, Test, Unknown};
    let cases = [
        ("leaf.pem", Kind::OcesOrganisation, Test, Some("12345674")),
        ("employee.pem", Kind::OcesEmployee, Test, Some("12345674")),
        ("person.pem", Kind::OcesPerson, Test, None),
        ("oces2-function.pem", Kind::Oces2, Test, Some("12345674")),
        ("oces2-company.pem", Kind::Oces2, Test, Some("12345674")),
        ("oces2-person.pem", Kind::Oces2, Test, None),
        ("oces2-prod.pem", Kind::Oces2, Production, Some("12345674")),
        (
            "prod-like.pem",
            Kind::OcesOrganisation,
            Production,
            Some("12345674"),
        ),
        (
            "lookalike.pem",
            Kind::OcesOrganisation,
            Unknown,
            Some("12345674"),
        ),
        ("no-serial.pem", Kind::Other, Test, None),
        ("two-serials.pem", Kind::Other, Test, None),
        ("root.pem", Kind::Authority, Test, None),
    ];
    for (name, kind, hierarchy, cvr) in cases {
        let certificate = certificate(name);
        assert_eq!(certificate.kind(), kind, "{name}");
        assert_eq!(certificate.hierarchy(), hierarchy, "{name}");
        assert_eq!(certificate.cvr(), cvr, "{name}");
    }
    assert_eq!(certificate("two-serials.pem").subject_serial_number(), None);
    let oces2 = certificate("oces2-function.pem");
    assert_eq!(
        oces2.subject_serial_number(),
        Some("CVR:12345674-FID:87654321")
    );
}

#[test]
fn danish_letters_in_every_string_type() {
    for kind in ["utf8", "t61", "bmp", "universal", "printable-latin1"] {
        let certificate = certificate(&format!("string-{kind}.der"));
        let name = certificate.subject().common_name();
        assert_eq!(name, Some("Blåbærgrød Æ/Ø/Å"), "{kind}");
    }
    let name_in = |file| certificate(file).subject().common_name().map(str::to_owned);
    assert_eq!(name_in("string-printable.der").unwrap(), "Blaabaergroed");
    assert_eq!(
        name_in("string-ia5.der").unwrap(),
        "Blaabaergroed@example.dk"
    );
    assert_eq!(name_in("string-not-text.der").unwrap(), "#2a");
    let leaf = certificate("leaf.pem");
    assert_eq!(leaf.subject().common_name(), Some("Skiftesystem Åkirkeby"));
    assert_eq!(
        leaf.subject().organization(),
        Some("Prøveselskabet Æblegrød A/S")
    );
    // The same name in two string types is the same name (RFC 5280 section 7.1).
    let (utf8, bmp) = (
        certificate("string-utf8.der"),
        certificate("string-bmp.der"),
    );
    assert!(utf8.subject().matches(bmp.subject()));
    assert_ne!(utf8.subject(), bmp.subject());
    assert!(!utf8.subject().matches(leaf.subject()));
}

#[test]
fn validity_to_the_second() {
    let certificate = certificate("leaf.pem");
    let at = |text| certificate.validity_at(time(text), 30);
    let not_after = time("2049-12-31T23:59:59Z");
    assert_eq!(
        at("2019-12-31T23:59:59Z"),
        Validity::NotYetValid {
            not_before: time("2020-01-01T00:00:00Z")
        }
    );
    assert_eq!(at("2020-01-01T00:00:00Z"), Validity::Valid { not_after });
    assert_eq!(at("2049-12-01T23:59:59Z"), Validity::Valid { not_after });
    let soon = |days_left| Validity::ExpiresSoon {
        not_after,
        days_left,
    };
    assert_eq!(at("2049-12-02T00:00:00Z"), soon(29));
    assert_eq!(at("2049-12-31T23:59:59.999Z"), soon(0));
    assert_eq!(at("2050-01-01T00:00:00Z"), Validity::Expired { not_after });
    assert_eq!(
        certificate.validity_at(not_after, 0),
        Validity::Valid { not_after }
    );
}

#[test]
fn a_summary_warns() {
    use CertificateWarning as Warning;
    let now = time("2026-11-21T08:00:00Z");
    let warnings = |name| certificate(name).summary(now, 30).warnings;
    assert_eq!(warnings(TEST_SYSTEM), []);
    assert_eq!(warnings("expired.pem"), [Warning::Expired]);
    assert_eq!(warnings("future.pem"), [Warning::NotYetValid]);
    assert_eq!(warnings("oces2-company.pem"), [Warning::Oces2]);
    assert_eq!(warnings("employee.pem"), [Warning::NotAnOrganisation]);
    assert_eq!(warnings("ec-leaf.pem"), [Warning::KeyNotRsa]);
    assert_eq!(
        warnings("no-serial.pem"),
        [
            Warning::NotOces,
            Warning::NoSubjectSerialNumber,
            Warning::NoCvr,
            Warning::KeyNotForSigning
        ]
    );
    let summary = certificate(PRODUCTION_SYSTEM).summary(time("2029-03-20T00:00:00Z"), 30);
    assert_eq!(summary.warnings, [Warning::ExpiresSoon]);
    assert_eq!(summary.warnings[0].code(), "certificate.expires_soon");
    assert_eq!(summary.key_bits, 3072);
    assert_eq!(summary.organisation.as_deref(), Some("Skatteforvaltningen"));
}

#[test]
fn pem_as_people_save_it() {
    let plain = data(TEST_SYSTEM);
    let expected = certificate(TEST_SYSTEM);
    let text = String::from_utf8(plain).unwrap();
    let one_line = {
        let body: String = text.lines().filter(|line| !line.starts_with('-')).collect();
        format!("-----BEGIN CERTIFICATE-----\n{body}\n-----END CERTIFICATE-----")
    };
    for text in [
        text.replace('\n', "\r\n"),
        text.replace('\n', "\r"),
        format!("\u{feff}{text}"),
        format!("Bag Attributes\n    friendlyName: x\nsubject=CN = x\n{text}"),
        text.replace('\n', "  \n"),
        one_line,
        expected.to_pem(),
    ] {
        let found = Certificate::from_pem(text.as_bytes()).unwrap();
        assert_eq!(found.as_slice(), std::slice::from_ref(&expected));
    }
    let several = [pem("leaf.pem"), pem("issuing.pem"), pem("leaf.pkcs8.pem")].concat();
    assert_eq!(
        Certificate::from_pem(&several).unwrap(),
        [certificate("leaf.pem"), certificate("issuing.pem")]
    );
}

#[test]
fn what_is_no_certificate_is_told_apart() {
    let code = |result: Result<_, skifteportal::certificate::CertificateError>| {
        result.map(|_: Vec<Certificate>| ()).unwrap_err().code()
    };
    let one = |bytes: &[u8]| Certificate::from_der(bytes).map(|one| vec![one]);
    let der = data("leaf.der");
    assert_eq!(code(one(b"")), "certificate.malformed");
    assert_eq!(code(one(&pem("leaf.pem"))), "certificate.malformed");
    assert_eq!(code(one(&data("leaf.pkcs8.der"))), "certificate.malformed");
    assert_eq!(code(one(&der[..der.len() - 1])), "certificate.malformed");
    let longer = [der.as_slice(), b"\0"].concat();
    assert_eq!(code(one(&longer)), "certificate.trailing_data");
    assert_eq!(code(one(&vec![0x30; 1 << 20])), "certificate.too_large");
    assert_eq!(code(Certificate::from_pem(&der)), "certificate.not_pem");
    assert_eq!(
        code(Certificate::from_pem(&pem("leaf.pkcs8.pem"))),
        "certificate.no_certificate"
    );
    let cut = pem("leaf.pem");
    assert_eq!(
        code(Certificate::from_pem(&cut[..cut.len() / 2])),
        "certificate.malformed"
    );
    assert_eq!(
        code(Certificate::from_pem(
            b"-----BEGIN CERTIFICATE-----\n!!\n-----END CERTIFICATE-----"
        )),
        "certificate.malformed"
    );
}
