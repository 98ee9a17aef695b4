"""Runs every case of every file of the shared vectors."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from skifteportal import SkifteportalError

from . import (
    assertions,
    certificate_files,
    failures,
    operations,
    payloads,
    pdfs,
    rule_checks,
    scalars,
    tokens,
    wire,
)
from .members import ROOT, Members, parsed, same

AREAS: dict[str, Callable[[Members], object]] = {
    "amounts": scalars.amount,
    "assertion": assertions.answer,
    "certificates": certificate_files.answer,
    "claims": tokens.claims,
    "dates": scalars.date,
    "disposition": scalars.disposition,
    "errors": failures.answer,
    "form": wire.form,
    "ids": scalars.id,
    "operations": operations.answer,
    "outcomes": operations.outcome,
    "payloads": payloads.answer,
    "pdf": pdfs.answer,
    "rules": rule_checks.answer,
    "text": scalars.text,
    "times": scalars.time,
    "token": tokens.token,
    "url": wire.url,
}

FILES = [file for area in AREAS for file in sorted((ROOT / area).glob("*.json"))]


def test_every_folder_is_an_area_that_is_run() -> None:
    folders = {path.name for path in ROOT.iterdir() if path.is_dir()}
    assert folders == AREAS.keys() | {"session"}
    assert {file.parent.name for file in FILES} == AREAS.keys()
    assert not list(ROOT.glob("*.json"))


@pytest.mark.parametrize("file", FILES, ids=lambda file: f"{file.parent.name}/{file.stem}")
def test_vectors(file: Path) -> None:
    whole = Members(parsed(file.read_bytes()))
    assert whole.text("description")
    assert whole.text("origin")
    cases = whole.end(whole.get("cases"))
    assert cases, "no cases"
    answer = AREAS[file.parent.name]
    names, differing = set(), []
    for node in cases:
        assert node.keys() == {"name", "input", "expect"}
        name, expect = node["name"], node["expect"]
        assert name not in names, f"{name} is there twice"
        names.add(name)
        found, again = (_answered(answer, node["input"]) for _ in range(2))
        if not same(found, again):
            differing.append(f"{name}: not the same the second time\n  {found}\n  {again}")
        elif not same(found, expect):
            differing.append(f"{name}\n  expected {expect}\n  found    {found}")
    assert not differing, f"{len(differing)} of {len(cases)} differ\n" + "\n".join(differing)


def _answered(answer: Callable[[Members], object], input: object) -> object:
    members = Members(input)
    try:
        return members.end(answer(members))
    except SkifteportalError as error:
        return {"error": error.code}
