//! Limits, and data that grows.

use super::builder::{portal, Pdf};
use skifteportal::pdf::{check, Kind, Limit, Limits, Profile, Undecidable, Verdict};

#[cfg(target_arch = "wasm32")]
use wasm_bindgen_test::wasm_bindgen_test as test;

fn within(set: impl FnOnce(&mut Limits)) -> Profile {
    let mut limits = Limits::default();
    set(&mut limits);
    Profile::portal().with_limits(limits)
}

#[test]
fn a_limit_that_is_reached_is_never_silent() {
    let mut pdf = Pdf::new("", "");
    for number in 4..200 {
        pdf.object(number, "<</Some/Thing>>");
    }
    let file = pdf.build();
    assert_eq!(portal(&file).verdict, Verdict::Accepted);
    for (profile, limit) in [
        (within(|limits| limits.work = 500), Limit::Work),
        (within(|limits| limits.objects = 20), Limit::Objects),
    ] {
        let report = check(&file, &profile);
        assert_eq!(report.verdict, Verdict::Undecidable);
        assert_eq!(report.undecidable, Some(Undecidable::Limit(limit)));
        assert_eq!(report.counts[&Kind::LimitReached], 1);
    }
}

#[test]
fn deep_nesting_is_told() {
    let deep = format!("{}{}", "[".repeat(100_000), "]".repeat(100_000));
    let mut pdf = Pdf::new("/OpenAction<</S/Named/N/Print/Deep 4 0 R>>", "");
    pdf.object(4, &deep);
    // Nothing is in it, and nothing has to be read of it.
    assert_ne!(portal(&pdf.build()).verdict, Verdict::Refused);
    let pdf = Pdf::new(
        &format!("/OpenAction<</S/JavaScript/JS(x)/Deep {deep}>>"),
        "",
    );
    assert_ne!(portal(&pdf.build()).verdict, Verdict::Accepted);
}

#[test]
fn findings_beyond_the_limit_are_counted() {
    let link = "<</Subtype/Link/Rect[0 0 9 9]/A<</S/URI/URI(http://x)>>>>";
    let mut pdf = Pdf::new("/Outlines 4 0 R", &format!("/Annots[{}]", link.repeat(50)));
    pdf.object(4, "<</First 5 0 R>>");
    pdf.object(5, "<</A<</S/JavaScript/JS(x)>>>>");
    let report = check(&pdf.build(), &within(|limits| limits.findings = 10));
    assert_eq!(report.counts[&Kind::UriLink], 50);
    // One of each kind is listed all the same.
    assert_eq!(report.findings.len(), 11);
    assert_eq!(report.codes(), ["doedsbo.f25"]);
}

/// A zero, and matches of 258 zeros behind it, in the fixed code of RFC 1951.
fn packed_zeros(size: usize) -> Vec<u8> {
    let mut bits = vec![1, 1, 0];
    bits.extend([0, 0, 1, 1, 0, 0, 0, 0]);
    for _ in 0..size / 258 {
        bits.extend([1, 1, 0, 0, 0, 1, 0, 1, 0, 0, 0, 0, 0]);
    }
    bits.extend([0; 7]);
    let bytes = bits
        .chunks(8)
        .map(|byte| byte.iter().rev().fold(0, |byte, bit| byte << 1 | bit));
    [0x78, 0xda].into_iter().chain(bytes).collect()
}

#[test]
fn a_stream_that_grows_is_told() {
    let profile = within(|limits| limits.unpacked_stream = 1 << 20);
    let zeros = packed_zeros(12 << 20);
    for (number, dict, found) in [
        (4, "/Filter/FlateDecode", true),
        (4, "/Filter[/FlateDecode]/DecodeParms null", true),
        (4, "", false),
        (4, "/Filter/DCTDecode", false),
        // A blank page of a scan says how large it is.
        (4, "/Subtype/Image/Width 2048/Height 2048/BitsPerComponent 8/ColorSpace/DeviceRGB/Filter/FlateDecode", false),
        (4, "/Subtype/Image/Width 20/Height 20/BitsPerComponent 8/ColorSpace/DeviceRGB/Filter/FlateDecode", true),
    ] {
        let mut pdf = Pdf::new("", "/Contents 4 0 R");
        pdf.stream(number, dict, &zeros);
        let report = check(&pdf.build(), &profile);
        if found {
            assert_eq!(report.counts.get(&Kind::DecompressionBomb), Some(&1), "{dict}");
            assert_eq!(report.verdict, Verdict::Undecidable);
            assert_eq!(report.undecidable, Some(Undecidable::Limit(Limit::Unpacked)));
        } else {
            assert_eq!(report.verdict, Verdict::Accepted, "{dict} {report}");
        }
    }
}

#[test]
fn what_is_packed_twice_is_counted_however_short_it_is() {
    let profile = within(|limits| limits.unpacked_stream = 1 << 20);
    // The zeros, stored in a block of their own and so packed twice.
    let zeros = packed_zeros(4 << 20);
    let mut twice = vec![0x78, 0xda];
    for (index, part) in zeros.chunks(60_000).enumerate() {
        let last = u8::from((index + 1) * 60_000 >= zeros.len());
        let length = u16::try_from(part.len()).unwrap();
        twice.push(last);
        twice.extend_from_slice(&length.to_le_bytes());
        twice.extend_from_slice(&(!length).to_le_bytes());
        twice.extend_from_slice(part);
    }
    let mut pdf = Pdf::new("", "/Contents 4 0 R");
    pdf.stream(4, "/Filter[/FlateDecode/Fl]", &twice);
    let report = check(&pdf.build(), &profile);
    assert_eq!(
        report.counts.get(&Kind::DecompressionBomb),
        Some(&1),
        "{report}"
    );
    // So is a form that is to be read.
    let mut pdf = Pdf::new("/AcroForm<</XFA 4 0 R>>", "");
    pdf.stream(4, "/Filter/FlateDecode", &zeros);
    let report = check(&pdf.build(), &profile);
    assert!(report.counts[&Kind::DecompressionBomb] >= 1, "{report}");
    assert_eq!(report.verdict, Verdict::Undecidable);
}
