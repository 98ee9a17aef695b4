"""What a file must give, and the list of all files."""

from __future__ import annotations

import json
from typing import Callable, NamedTuple, Union

Json = Union[None, bool, int, str, list["Json"], dict[str, "Json"]]

REFUSED = "refused"
AT_RISK = "at_risk"
NOTE = "note"
ACCEPTED = "accepted"
NOT_ACCEPTED = "not_accepted"
UNDECIDABLE = "undecidable"

# For what neither the standard nor the check's own documents lay down.
ANY = "any"

# What the profile of the portal makes of each kind that is not refused.
_WEIGHTS: dict[str, str] = {
    "header_offset": AT_RISK,
    "encrypted": AT_RISK,
    "uri_link": AT_RISK,
    "launch": AT_RISK,
    "go_to_remote": AT_RISK,
    "go_to_embedded": AT_RISK,
    "full_page_internal_link": AT_RISK,
    "import_data": AT_RISK,
    "reset_form": AT_RISK,
    "xfa": AT_RISK,
    "movie": AT_RISK,
    "sound": AT_RISK,
    "three_d": AT_RISK,
    "rich_media": AT_RISK,
    "escaped_name": AT_RISK,
    "length_mismatch": NOTE,
    "changed_catalog": NOTE,
    "decompression_bomb": AT_RISK,
    "limit_reached": AT_RISK,
}
_WEAKER = {REFUSED: AT_RISK, AT_RISK: NOTE, NOTE: NOTE}


class Finding(NamedTuple):
    """A finding that a file must give. The severity follows from the kind and the presence.

    The kind `any` stands for other findings, as many as there are.
    """

    kind: str
    object: int | None
    path: str
    page: int | None = None
    revision: int | None = 1
    presence: str = "reached"
    generation: int = 0
    times: int = 1
    step: int = 0

    def weight(self) -> str:
        """What it weighs under the profile of the portal."""
        weight = _WEIGHTS.get(self.kind, REFUSED)
        return _WEAKER[weight] if self.presence == "superseded" else weight

    def json(self) -> dict[str, Json]:
        """As the test reads it. `times` findings whose path differs by a number stand as one."""
        if self.kind == ANY:
            return {"kind": ANY}
        out: dict[str, Json] = {"kind": self.kind, "severity": self.weight()}
        if self.object is not None:
            out["object"] = self.object
            out["generation"] = self.generation
        if self.page is not None:
            out["page"] = self.page
        if self.revision is not None:
            out["revision"] = self.revision
        if self.presence != ANY:
            out["presence"] = self.presence
        if self.path != ANY:
            out["path"] = self.path
        if self.times != 1:
            out["times"] = self.times
            out["object_step"] = self.step
        return out


class Facts(NamedTuple):
    """Those facts of a file that are compared.

    -1 stands for pages, or for revisions and whether the file was repaired, that are open.
    """

    pages: int = 1
    version: str | None = "1.7"
    encryption: str | None = None
    revisions: int = 1
    repaired: bool = False
    linearised: bool = False
    signed: bool = False
    tagged: bool = False
    pdfa: str | None = None
    form: bool = False

    def json(self) -> dict[str, Json]:
        """The encryption is a method and a revision, such as `AES-256 R6`, and `locked` if it is."""
        out: dict[str, Json] = {}
        for name, value in self._asdict().items():
            if name == "pages" and self.pages < 0:
                continue
            if name in ("revisions", "repaired") and self.revisions < 0:
                continue
            out[name] = value
        if self.encryption is not None:
            words = self.encryption.split()
            out["encryption"] = {
                "method": words[0],
                "revision": int(words[1][1:]) if words[1:] and words[1] != "locked" else None,
                "opens": words[-1] != "locked",
            }
        return out


class Case:
    """A file and its report."""

    def __init__(
        self,
        pdf: bytes,
        findings: list[Finding] | None = None,
        undecidable: str | None = None,
        facts: Facts | None = None,
    ) -> None:
        self.pdf = pdf
        self.findings = findings or []
        self.undecidable = undecidable
        self.facts = facts or Facts()

    def verdict(self) -> str:
        """What the findings come to."""
        weights = [finding.weight() for finding in self.findings if finding.kind != ANY]
        if REFUSED in weights:
            return REFUSED
        if len(weights) < len(self.findings):
            return NOT_ACCEPTED
        if self.undecidable:
            return UNDECIDABLE
        return AT_RISK if AT_RISK in weights else ACCEPTED

    def json(self, trick: str) -> str:
        """The expected report."""
        undecidable: Json = None
        if self.undecidable:
            undecidable = (
                {"limit": self.undecidable}
                if self.undecidable not in ("unreadable", ANY)
                else self.undecidable
            )
        out: dict[str, Json] = {"trick": trick, "verdict": self.verdict()}
        if undecidable and self.verdict() in (UNDECIDABLE, NOT_ACCEPTED):
            out["undecidable"] = undecidable
        head = json.dumps(out, ensure_ascii=False)[1:-1]
        rows = ",\n".join("    " + json.dumps(finding.json()) for finding in self.findings)
        listed = f"[\n{rows}\n  ]" if rows else "[]"
        facts = json.dumps(self.facts.json())
        return f'{{\n  {head},\n  "findings": {listed},\n  "facts": {facts}\n}}\n'


class Made(NamedTuple):
    """One file of the set."""

    area: str
    name: str
    trick: str
    make: Callable[[], Case]
    large: bool


FILES: list[Made] = []
Maker = Callable[[], Case]


def trick(area: str, large: bool = False) -> Callable[[Maker], Maker]:
    """Puts a function's file into the set; its docstring says what the trick is."""

    def note(make: Maker) -> Maker:
        words = " ".join((make.__doc__ or "").split())
        assert words, make.__name__
        FILES.append(Made(area, make.__name__.strip("_"), words, make, large))
        return make

    return note


def made(area: str, name: str, words: str, make: Maker, large: bool = False) -> None:
    """Puts one of several alike files into the set."""
    FILES.append(Made(area, name, words, make, large))


def script_at(number: int | None, path: str, page: int | None = None, revision: int = 1) -> Finding:
    """A script that the document leads to."""
    return Finding("javascript", number, path, page, revision)


def hidden(kind: str, number: int, revision: int = 1, rest: str = "") -> Finding:
    """A finding in an object that nothing leads to."""
    return Finding(kind, number, f"Object {number}{rest}", None, revision, "unreached")


def replaced(kind: str, number: int, revision: int = 1, rest: str = "") -> Finding:
    """A finding in an object that a later revision replaced or deleted."""
    path = f"Object {number} in revision {revision}{rest}"
    return Finding(kind, number, path, None, revision, "superseded")
