"""Wrong calls, for mypy: it must refuse each line that says so, for that reason, and no other line. Nothing of
this is run.
"""

from __future__ import annotations

from datetime import date, datetime
from decimal import Decimal

from skifteportal import (
    BilagId,
    Checks,
    CprNummer,
    Doedsbo,
    DoedsbojournalId,
    Fritekst,
    HttpResponse,
    Krav,
    KravId,
    Part,
    Pdf,
    Profile,
    Report,
    Timestamp,
)

BO = DoedsbojournalId("1")
CHECKS = Checks.none()


def ids(krav: KravId, bilag: BilagId) -> None:
    """An id of one kind is not one of another, and a text is none."""
    Doedsbo().delete_krav(BO, krav)
    Doedsbo().delete_krav(BO, bilag)  # type: ignore[arg-type]
    Doedsbo().delete_krav(BO, "1")  # type: ignore[arg-type]
    Doedsbo().delete_krav(krav, BO)  # type: ignore[arg-type]
    Krav(id=bilag)  # type: ignore[arg-type]


def members(krav: Krav, report: Report) -> None:
    """A value never changes, and has no other members than its own."""
    krav.beloeb = Decimal(1)  # type: ignore[misc]
    krav.beloebet = Decimal(1)  # type: ignore[attr-defined]
    report.verdict = report.verdict  # type: ignore[misc]
    krav.replace(belob=Decimal(1))  # type: ignore[call-arg]
    Krav(Decimal(1))  # type: ignore[arg-type, misc]
    print(krav.bilob)  # type: ignore[attr-defined]


def amounts() -> None:
    """Money is exact, a date is no point in time, and what may be absent is looked for first."""
    Krav(beloeb=Decimal("1.10"), opgjortdato=date(2026, 11, 1), titel="Husleje")
    Krav(beloeb=1.10)  # type: ignore[arg-type]
    Krav(beloeb="1.10")  # type: ignore[arg-type]
    Krav(id="1")  # type: ignore[arg-type]
    KravId(1)  # type: ignore[arg-type]
    Krav(opgjortdato="2026-11-01")  # type: ignore[arg-type]
    Krav(oprettelsestidspunkt=datetime(2026, 11, 1))
    krav = Krav(beloeb=1)
    krav.beloeb + 1  # type: ignore[operator]
    krav.beskrivelse.html()  # type: ignore[union-attr]
    text: str = krav.beskrivelse  # type: ignore[assignment]
    print(text)


def calls(profile: Profile) -> None:
    """Arguments are of their types, and none is forgotten."""
    Pdf().check("file.pdf", profile)  # type: ignore[arg-type]
    Pdf().check(b"", None)  # type: ignore[arg-type]
    Pdf().check(b"")  # type: ignore[call-arg]
    Pdf().check_at(1, 2, profile)  # type: ignore[attr-defined]
    Doedsbo().add_krav(BO, Part(), CHECKS)  # type: ignore[arg-type]
    Doedsbo().add_krav(BO, Krav())  # type: ignore[call-arg]
    HttpResponse("200", [], b"")  # type: ignore[arg-type]
    Timestamp(0)  # type: ignore[arg-type]
    CprNummer(101701234)  # type: ignore[arg-type]
    Fritekst(None)  # type: ignore[arg-type]
