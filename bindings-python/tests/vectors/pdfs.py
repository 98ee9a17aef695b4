"""The check of PDFs and the remedy."""

from __future__ import annotations

import hashlib

from skifteportal import Kind, Language, Pdf, Profile, SanitizeOptions, Severity

from .members import Members, parsed


def _kind(name: str) -> Kind:
    kind = Pdf().kind_named(name)
    assert kind is not None, f"no kind {name}"
    return kind


def _profile(given: Members) -> Profile:
    profile = Profile.portal() if given.text("base") == "portal" else Profile.strict()
    for name, weight in (given.optional("weights") or {}).items():
        profile = profile.with_severity(_kind(name), Severity(weight))
    if given.flag("superseded_as_present"):
        profile = profile.with_superseded_as_present()
    if given.optional("page_cover") is not None:
        profile = profile.with_page_cover(float(given.get("page_cover")))
    if given.optional("max_size") is not None:
        profile = profile.with_max_size(given.number("max_size"))
    limits = profile.limits().replace(**(given.optional("limits") or {}))
    return given.end(profile.with_limits(limits))


def answer(input: Members) -> object:
    file, profile = input.bytes("pdf"), _profile(input.members("profile"))
    pdf = Pdf()
    if input.text("do") == "check":
        report = pdf.check(file, profile)
        return {
            "report": parsed(pdf.report_json(report)),
            "codes": pdf.codes(report),
            "explanations": [
                {
                    "da": pdf.explain(finding, Language.DANISH),
                    "en": pdf.explain(finding, Language.ENGLISH),
                }
                for finding in report.findings
            ],
        }
    options = (
        SanitizeOptions()
        .break_signatures(input.flag("break_signatures"))
        .remove_at_risk(input.flag("remove_at_risk"))
    )
    for name in input.texts("remove"):
        options = options.remove(_kind(name))
    sanitized = pdf.sanitize(file, profile, options)
    return {
        "sha256": hashlib.sha256(sanitized.bytes).hexdigest(),
        "removed": parsed(pdf.removed_json(sanitized.removed)),
        "report": parsed(pdf.report_json(sanitized.report)),
    }
