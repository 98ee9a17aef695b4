"""`check-pdf`: what the portal would refuse in PDFs."""

from __future__ import annotations

import json
import sys
from collections import Counter
from typing import Any

from skifteportal._cli import files
from skifteportal._cli.output import Output, shown
from skifteportal._model import Language, Report, Severity, UndecidableLimit, Verdict
from skifteportal._native import Pdf, Profile

__all__ = ["check"]

_WORDS = {
    Verdict.ACCEPTED: ("godkendt", "accepted"),
    Verdict.AT_RISK: ("usikker", "at risk"),
    Verdict.REFUSED: ("afvist", "refused"),
    Verdict.UNDECIDABLE: ("uafklaret", "undecidable"),
}
_UNREADABLE = ("ulæselig", "unreadable")
# What was not seen at all weighs most, then what a filing would fail on.
_EXIT_CODES = [
    (None, 3),
    (Verdict.REFUSED, 1),
    (Verdict.UNDECIDABLE, 2),
    (Verdict.AT_RISK, 4),
]
_WIDTH = 11


def check(output: Output, paths: list[str], profile: Profile) -> int:
    """Checks files and folders; returns the exit code."""
    pdf = Pdf()
    counts: Counter[Verdict | None] = Counter()
    found = list(files.find(paths))
    # Where the lines themselves are on the screen, they are the progress.
    progress = sys.stderr.isatty() and not sys.stdout.isatty()
    if not output.is_json and found:
        name, code, file = output.words("udfald kode fil", "verdict code file").split(" ")
        output.line(f"{name:<{_WIDTH}}  {code:<{_WIDTH}}  {file}")
    for index, (path, failure) in enumerate(found):
        if progress:
            print(f"\r{index + 1} / {len(found)}", end="", file=sys.stderr, flush=True)
        try:
            if failure is not None:
                raise failure
            report = pdf.check(files.read(path), profile)
        except (OSError, ValueError) as error:
            counts[None] += 1
            why = files.reason(error) if isinstance(error, OSError) else str(error)
            _unreadable(output, path, why)
        else:
            counts[report.verdict] += 1
            _checked(output, pdf, path, report)
    if progress:
        print(file=sys.stderr)
    _close(output, counts)
    return next((code for verdict, code in _EXIT_CODES if counts[verdict]), 0)


def _checked(output: Output, pdf: Pdf, path: str, report: Report) -> None:
    if output.is_json:
        told: dict[str, Any] = json.loads(pdf.report_json(report))
        for finding, member in zip(report.findings, told["findings"]):
            member["explanation"] = {
                "da": pdf.explain(finding, Language.DANISH),
                "en": pdf.explain(finding, Language.ENGLISH),
            }
        first = {"file": shown(path), "verdict": told.pop("verdict")}
        output.object({**first, "codes": pdf.codes(report), **told})
        return
    verdict, codes = output.words(*_WORDS[report.verdict]), pdf.codes(report)
    code = codes[0] if codes else "-"
    output.line(f"{verdict:<{_WIDTH}}  {code:<{_WIDTH}}  {shown(path)}")
    below = " " * (2 * _WIDTH + 4)
    if report.counts:
        kinds = [kind for kind in pdf.kinds() if kind in report.counts]
        counted = (f"{pdf.kind_name(kind)} {report.counts[kind]}" for kind in kinds)
        output.line(below + ", ".join(counted))
    if isinstance(report.undecidable, UndecidableLimit):
        limit = report.undecidable.value.value
        output.line(
            below
            + output.words(f"En grænse blev nået ({limit}).", f"A limit was reached ({limit}).")
        )
    elif report.undecidable is not None:
        output.line(
            below
            + output.words("Dele af filen kan ikke læses.", "Parts of the file are unreadable.")
        )
    # What to do something about first, of what decides.
    for severity in (Severity.REFUSED, Severity.AT_RISK):
        worst = [finding for finding in report.findings if finding.severity is severity]
        if worst:
            output.line(below + shown(pdf.explain(worst[0], output.language)))
            break


def _unreadable(output: Output, path: str, why: str) -> None:
    if output.is_json:
        output.object({"file": shown(path), "error": why})
        return
    word = output.words(*_UNREADABLE)
    output.line(f"{word:<{_WIDTH}}  {'-':<{_WIDTH}}  {shown(path)}: {shown(why)}")


def _close(output: Output, counts: Counter[Verdict | None]) -> None:
    total = sum(count for verdict, count in counts.items() if verdict is not None)
    one = total == 1
    text = f"{total} " + output.words("fil" if one else "filer", "file" if one else "files")
    for verdict, words in _WORDS.items():
        text += f", {counts[verdict]} {output.words(*words)}"
    if counts[None]:
        text += f"; {counts[None]} {output.words(*_UNREADABLE)}"
    if output.is_json:
        print(text, file=sys.stderr)
    else:
        output.line(text)
