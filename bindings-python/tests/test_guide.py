"""Runs what docs/python.md shows, where it needs nobody to call."""

from __future__ import annotations

import re
import shlex
import shutil
import subprocess
from pathlib import Path
from typing import Any

import pytest
from skifteportal import AuthError, SignedAssertion, __version__
from skifteportal._cli import main

from .guide import FILE, sections
from .vectors.members import ROOT

DATA = ROOT.parent / "data"
CERTIFICATES = DATA / "certificates"
# The other sections call somebody, and are run where the sandbox is.
ALONE = [
    "Install",
    "Before you write a line",
    "Values",
    "Certificates",
    "When it fails",
    "PDF files",
]
SECTIONS = sections()


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder with the files that the document speaks of."""
    files = {
        "faktura.pdf": DATA / "pdf/collection/issue14130.pdf",
        "kvittering.pdf": DATA / "pdf/collection/XiaoBiaoSong.pdf",
        "reporter.p12": CERTIFICATES / "java.p12",
        "reporter.pem": CERTIFICATES / "leaf.pem",
        "reporter.key": CERTIFICATES / "leaf.pkcs8.pem",
    }
    for name, origin in files.items():
        shutil.copy(origin, tmp_path / name)
    chain = (CERTIFICATES / f"{name}.pem" for name in ("root", "leaf", "issuing"))
    (tmp_path / "chain.pem").write_bytes(b"".join(one.read_bytes() for one in chain))
    (tmp_path / "svar.json").write_text('{"fejlkode":"doedsbo.f17"}')
    monkeypatch.chdir(tmp_path)
    return tmp_path


@pytest.mark.parametrize("title", ALONE)
def test_what_is_shown_runs(title: str, folder: Path) -> None:
    SECTIONS[title].run()


@pytest.mark.parametrize("title", ALONE)
def test_what_is_typed_prints_what_is_shown(
    title: str, folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    for _, block in SECTIONS[title].blocks("console"):
        for shown in re.split(r"^\$ ", block, flags=re.MULTILINE)[1:]:
            typed, _, expected = shown.partition("\n")
            python, option, package, *arguments = shlex.split(typed)
            assert (python, option, package) == ("python", "-m", "skifteportal")
            main(arguments)
            assert capsys.readouterr().out == expected, typed


def test_no_section_is_left_out() -> None:
    calling = (Path(__file__).parent / "e2e/test_guide.py").read_text(encoding="utf-8")
    for title, section in SECTIONS.items():
        if section.blocks("python") or section.blocks("console"):
            assert (title in ALONE) != (f'shown("{title}")' in calling), title


def test_the_wheel_is_called_so() -> None:
    names = re.findall(r"skifteportal-([\d.]+)-cp39", FILE.read_text(encoding="utf-8"))
    assert names
    assert set(names) == {__version__}


def test_a_keeper_signs(folder: Path) -> None:
    section = SECTIONS["Certificates"]
    section.run()
    shown: dict[str, Any] = section.namespace

    def sign(asked: bytes) -> bytes:
        openssl = ["openssl", "dgst", "-sha256", "-sign", "reporter.key"]
        return subprocess.run(openssl, input=asked, stdout=subprocess.PIPE, check=True).stdout

    chain, make = shown["store"].chain(), shown["assertion"]
    signed = make(chain, "12345674", sign)
    assert signed.claims().subject == "12345674"
    assert SignedAssertion.from_jwt(signed.jwt()).chain() == chain
    with pytest.raises(AuthError):
        make(chain, "12345674", lambda asked: b"no signature")
