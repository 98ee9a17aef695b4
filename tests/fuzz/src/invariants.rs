//! What holds of a report, whatever the file is.

use skifteportal::pdf::{check, Limit, Limits, Profile, Report, Severity, Undecidable, Verdict};

/// Limits in which one run of a fuzzer ends soon, and which some inputs do reach.
#[must_use]
pub(crate) fn small_limits() -> Limits {
    let mut limits = Limits::default();
    limits.work = 64_000_000;
    limits.objects = 20_000;
    limits.unpacked = 8 << 20;
    limits.unpacked_stream = 2 << 20;
    limits.findings = 200;
    limits
}

/// The portal's profile with these limits.
#[must_use]
pub(crate) fn portal() -> Profile {
    Profile::portal().with_limits(small_limits())
}

/// The strict profile with these limits.
#[must_use]
pub(crate) fn strict() -> Profile {
    Profile::strict().with_limits(small_limits())
}

/// Checks a file, and checks the report. Panics where something does not hold.
pub(crate) fn hold(bytes: &[u8]) -> Report {
    let report = check(bytes, &portal());
    assert_eq!(
        report,
        check(bytes, &portal()),
        "the same file, another report"
    );
    hold_alone(&report);

    let harder = check(bytes, &strict());
    hold_alone(&harder);
    assert!(
        at_least(harder.verdict, report.verdict),
        "strict says {:?}, the portal's profile {:?}",
        harder.verdict,
        report.verdict
    );

    if report.verdict == Verdict::Refused {
        let mut longer = bytes.to_vec();
        longer.extend_from_slice(b"\n% a comment\n");
        let verdict = check(&longer, &portal()).verdict;
        assert_ne!(
            verdict,
            Verdict::Accepted,
            "a comment made a refused file good"
        );
    }
    report
}

/// What holds of any report by itself.
pub(crate) fn hold_alone(report: &Report) {
    let worst = report.findings.iter().map(|finding| finding.severity).max();
    let listed: u64 = report.findings.len() as u64;
    let counted: u64 = report.counts.values().sum();
    assert!(
        listed <= counted,
        "{listed} findings listed, {counted} counted"
    );
    match report.verdict {
        Verdict::Accepted => {
            assert!(
                worst.is_none_or(|severity| severity < Severity::AtRisk),
                "accepted with a finding that is {worst:?}"
            );
            assert_eq!(report.undecidable, None, "accepted, and undecidable");
        }
        Verdict::AtRisk => {
            assert!(worst.is_none_or(|severity| severity < Severity::Refused));
            assert_eq!(report.undecidable, None, "at risk, and undecidable");
        }
        Verdict::Refused => {}
        Verdict::Undecidable => {
            assert!(report.undecidable.is_some(), "undecidable without a reason");
            assert!(worst.is_none_or(|severity| severity < Severity::Refused));
        }
    }
    for finding in &report.findings {
        assert!(
            finding.severity > Severity::Ignored,
            "an ignored finding is listed"
        );
        assert!(
            report.counts.contains_key(&finding.kind),
            "a kind is not counted"
        );
        let excerpt = finding.excerpt.as_deref().unwrap_or_default();
        assert!(
            !excerpt.chars().any(char::is_control),
            "an excerpt with control characters"
        );
        assert!(
            excerpt.len() < 4096,
            "an excerpt of {} bytes",
            excerpt.len()
        );
        assert!(!finding.path.chars().any(char::is_control));
    }
}

/// The work that a file costs grows with its size and with what it unpacks to, and no faster. What it
/// unpacks to has limits of its own.
pub(crate) fn ends_in_time(bytes: &[u8], report: &Report) {
    if report.undecidable != Some(Undecidable::Limit(Limit::Work)) {
        return;
    }
    let mut limits = small_limits();
    limits.work += 2_000 * bytes.len() as u64;
    let report = check(bytes, &Profile::portal().with_limits(limits));
    assert_ne!(
        report.undecidable,
        Some(Undecidable::Limit(Limit::Work)),
        "the work of {} bytes did not end",
        bytes.len()
    );
}

/// Whether a stricter profile's verdict may follow a milder one's.
fn at_least(harder: Verdict, milder: Verdict) -> bool {
    match milder {
        Verdict::Accepted => true,
        Verdict::AtRisk => harder != Verdict::Accepted,
        Verdict::Undecidable => matches!(harder, Verdict::Undecidable | Verdict::Refused),
        Verdict::Refused => harder == Verdict::Refused,
    }
}
