"""What a user does first, with nothing installed but the package. It is no test that pytest finds: the tasks
run it with the installed package, in an empty folder, and have mypy look at it.
"""

from __future__ import annotations

import pickle
import sys
from datetime import date
from decimal import Decimal
from importlib import metadata

import skifteportal
from skifteportal import (
    CallError,
    Checks,
    Doedsbo,
    DoedsbojournalId,
    Errors,
    Krav,
    KravId,
    Language,
    Pdf,
    Profile,
    Verdict,
)


def main() -> None:
    """Ten lines of everything."""
    krav = Krav.from_json('{"beloeb": 12345.60, "ukendt": [1, 2.50]}')
    amount: Decimal | None = krav.beloeb
    assert amount == Decimal("12345.60")
    assert krav.to_dict()["ukendt"] == [1, Decimal("2.50")]
    assert krav.replace(beloeb=1).beloeb == 1
    assert pickle.loads(pickle.dumps(krav)) == krav
    assert "12345" not in repr(krav)
    report = Pdf().check(b"no PDF", Profile.portal())
    assert report.verdict is Verdict.REFUSED
    assert Errors().explain_code("doedsbo.f24", [], Language.DANISH)
    late = krav.replace(id=KravId("1"), opgjortdato=date(2026, 12, 2))
    try:
        Doedsbo().add_krav(DoedsbojournalId("1"), late, Checks.on(date(2026, 12, 1)))
    except CallError as error:
        assert "doedsbo.f17" in [one.code for one in error.violations]
    else:
        raise AssertionError("a broken rule was not seen")
    # From where it was installed, and not from the sources.
    assert skifteportal.__file__.startswith(sys.prefix), skifteportal.__file__
    package = metadata.distribution("skifteportal")
    assert package.version == skifteportal.__version__
    files = {file.name for file in package.files or []}
    assert {"py.typed", "_native.pyi", "LICENSE-MIT", "LICENSE-APACHE"} <= files, files
    assert package.metadata["License-Expression"] == "MIT OR Apache-2.0"
    assert not package.requires or all("extra ==" in one for one in package.requires)


if __name__ == "__main__":
    main()
