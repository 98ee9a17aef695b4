"""`python -m skifteportal`: what it prints, its exit codes, and what hostile files do to it."""

from __future__ import annotations

import base64
import json
import os
import socket
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from skifteportal import CertificateWarning
from skifteportal._cli import main
from skifteportal._cli.certificate import PASSWORD, WARNINGS

from .vectors.members import ROOT

DATA = ROOT.parent / "data"
CERTIFICATES = DATA / "certificates"
PDFS = DATA / "pdf" / "collection"
SERIAL = "UI:DK-O:G:11111111-2222-3333-4444-555555555555"
ACCEPTED, AT_RISK, REFUSED = "XiaoBiaoSong.pdf", "bug766086.pdf", "issue14130.pdf"
Run = Any


@pytest.fixture
def run(capsys: pytest.CaptureFixture[str]) -> Run:
    def run(*arguments: object) -> tuple[int, str, str]:
        try:
            code = main([str(one) for one in arguments])
        except SystemExit as end:
            code = end.code if isinstance(end.code, int) else -1
        out, err = capsys.readouterr()
        return code, out, err

    return run


def objects(text: str) -> list[dict[str, Any]]:
    return [json.loads(line) for line in text.splitlines()]


def test_options_stand_before_the_command_or_after_it(run: Run) -> None:
    after = run("explain", "doedsbo.f17", "--json", "--lang", "da")
    assert run("--json", "--lang", "da", "explain", "doedsbo.f17") == after
    assert run("--lang", "da", "explain", "--json", "doedsbo.f17") == after
    assert objects(after[1])[0]["code"] == "doedsbo.f17"
    assert run("explain", "doedsbo.f17")[1] != run("--lang", "da", "explain", "doedsbo.f17")[1]


def test_a_pattern_is_what_it_stands_for(
    run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in ("b.pdf", "a.pdf", "c.txt", "[d].pdf"):
        (tmp_path / name).write_bytes(b"no PDF")
    monkeypatch.chdir(tmp_path)
    checked = [one["file"] for one in objects(run("check-pdf", "--json", "?.pdf")[1])]
    assert checked == ["a.pdf", "b.pdf"]
    # What is there by its name is no pattern.
    checked = [one["file"] for one in objects(run("check-pdf", "--json", "[d].pdf")[1])]
    assert checked == ["[d].pdf"]
    code, out, _ = run("check-pdf", "--json", "x*.pdf")
    assert (code, objects(out)[0]["file"]) == (3, "x*.pdf")


def test_what_is_neither_a_code_nor_a_file(run: Run) -> None:
    code, out, err = run("explain", "svar.json")
    assert (code, out) == (1, "")
    assert err == "svar.json: the guide has no such code, and there is no such file\n"


def test_the_worst_file_decides(run: Run) -> None:
    for files, expected in [
        ([ACCEPTED], 0),
        ([ACCEPTED, AT_RISK], 4),
        ([ACCEPTED, AT_RISK, REFUSED], 1),
        ([ACCEPTED, AT_RISK, REFUSED, "there-is-no-such.pdf"], 3),
    ]:
        code, out, err = run("check-pdf", *(PDFS / file for file in files))
        assert code == expected
        assert err == ""
        assert len([line for line in out.splitlines() if line.endswith(".pdf")]) >= len(files) - 1
    code, out, _ = run("check-pdf", "--lang", "da", PDFS / REFUSED)
    assert "afvist       doedsbo.f25  " in out
    assert "JavaScript" in out
    assert out.endswith("1 fil, 0 godkendt, 0 usikker, 1 afvist, 0 uafklaret\n")
    assert run("check-pdf", "--profile", "strict", PDFS / AT_RISK)[0] == 1


def test_a_report_as_json_has_both_languages(run: Run) -> None:
    code, out, err = run("check-pdf", "--json", PDFS / REFUSED, PDFS / "no.pdf")
    assert code == 3
    assert err == "1 file, 0 accepted, 0 at risk, 1 refused, 0 undecidable; 1 unreadable\n"
    report, failure = objects(out)
    assert report["file"] == str(PDFS / REFUSED)
    assert report["verdict"] == "refused"
    assert report["codes"] == ["doedsbo.f25"]
    assert report["counts"] == {"javascript": 3, "xfa": 1}
    assert report["findings"][0]["explanation"].keys() == {"da", "en"}
    assert failure.keys() == {"file", "error"}


def test_a_folder_is_all_that_is_in_it(run: Run, tmp_path: Path) -> None:
    for name in ("b/c/two.PDF", "b/one.pdf", "b/not.txt", "a.pdf"):
        path = tmp_path / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(b"no PDF")
    (tmp_path / "b" / "pipe.pdf.d").mkdir()
    if os.name == "posix":
        (tmp_path / "b" / "round").symlink_to(tmp_path, target_is_directory=True)
        (tmp_path / "nowhere.pdf").symlink_to(tmp_path / "gone")
        os.mkfifo(tmp_path / "waits.pdf")
    _, out, _ = run("check-pdf", "--json", tmp_path)
    names = [Path(one["file"]).relative_to(tmp_path).as_posix() for one in objects(out)]
    expected = ["a.pdf", "b/c/two.PDF", "b/one.pdf"]
    assert names == expected + (["nowhere.pdf"] if os.name == "posix" else [])
    (tmp_path / "empty").mkdir()
    assert run("check-pdf", tmp_path / "empty")[:2] == (
        0,
        "0 files, 0 accepted, 0 at risk, 0 refused, 0 undecidable\n",
    )


@pytest.mark.skipif(sys.platform != "linux", reason="other systems have no such names")
def test_a_name_is_never_obeyed(run: Run, tmp_path: Path) -> None:
    for name in (b"\xff\xfe.pdf", b"\x1b[31mred\n.pdf", "txt.\u202efdp.pdf".encode()):
        with open(os.path.join(os.fsencode(tmp_path), name), "wb") as file:
            file.write(b"no PDF")
    code, out, _ = run("check-pdf", tmp_path)
    assert code == 1
    assert "\x1b" not in out
    assert "\u202e" not in out
    assert out.count("\n") == 1 + 3 * 3 + 1
    code, out, _ = run("check-pdf", "--json", tmp_path)
    assert all("\ufffd" in one["file"] for one in objects(out))
    assert run("check-pdf", "/dev/zero")[0] == 3
    for command in ("cert", "token", "explain"):
        assert run(command, "/dev/zero")[0] == 3
        assert run(command, tmp_path)[0] == 3


@pytest.mark.parametrize("command", ["check-pdf", "cert", "token", "explain"])
def test_junk_is_told_of(run: Run, tmp_path: Path, command: str) -> None:
    junk = tmp_path / "junk"
    for content in (b"", b"\0" * 100, bytes(range(256)) * 40, b"{" * 10_000, b"[" * 100_000):
        junk.write_bytes(content)
        for options in ([], ["--json"], ["--lang", "da"]):
            code, out, err = run(command, *options, junk)
            assert code in (0, 1, 3), (content[:10], out, err)
            assert out + err
            assert "Traceback" not in err


@pytest.mark.parametrize(
    "arguments",
    [
        [],
        ["no-such-command"],
        ["check-pdf"],
        ["check-pdf", "--profile", "lax", "x"],
        ["cert", "--warning-days", "-1", "x"],
        ["cert", "--password", "hemmelig", "x"],
        ["explain", "--status", "99", "x"],
        ["token", "a", "b"],
    ],
)
def test_wrong_usage_has_a_code_of_its_own(run: Run, arguments: list[str]) -> None:
    code, out, err = run(*arguments)
    assert (code, out) == (64, "")
    assert "usage" in err


def test_what_to_type_in_samarbejdsportalen(run: Run, tmp_path: Path) -> None:
    for file in ("leaf.pem", "leaf.der", "empty-password.p12"):
        code, out, err = run("cert", CERTIFICATES / file)
        assert (code, err) == (0, "")
        assert out.splitlines()[0] == f"Type in Samarbejdsportalen  {SERIAL}"
    (tmp_path / "password").write_bytes("blåbærgrød\r\nno more\n".encode())
    options = ["--password-file", tmp_path / "password", "--json"]
    code, out, _ = run("cert", *options, CERTIFICATES / "aeoeaa-password.p12")
    told = objects(out)[0]
    assert code == 0
    assert told["serialnumber"] == SERIAL
    assert told["key"] == {"kind": "rsa", "bits": 2048, "is_in_file": True}
    assert told["chain"]["has_root"] is True
    assert told["warnings"] == []


def test_a_password_comes_from_where_nobody_sees_it(
    run: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    file = CERTIFICATES / "java.p12"
    monkeypatch.delenv(PASSWORD, raising=False)
    code, _, err = run("cert", file)
    assert code == 3
    assert "--password-file" in err
    monkeypatch.setenv(PASSWORD, "a wrong one")
    code, out, err = run("cert", file)
    assert (code, out) == (3, "")
    assert "certificate.wrong_password" in err
    assert "a wrong one" not in err
    monkeypatch.setenv(PASSWORD, "hemmelig")
    assert run("cert", file)[0] == 0
    code, out, _ = run("cert", "--json", CERTIFICATES / "several-keys.p12")
    assert len({one["thumbprint"] for one in objects(out)}) == 2


@pytest.mark.parametrize("lang", ["en", "da"])
def test_a_password_that_is_none_is_told(
    run: Run, monkeypatch: pytest.MonkeyPatch, lang: str
) -> None:
    file = CERTIFICATES / "java.p12"
    monkeypatch.setenv(PASSWORD, "geheim\udce6")
    code, out, err = run("cert", "--lang", lang, file)
    assert (code, out) == (3, "")
    assert "UTF-8" in err
    assert "geheim" not in err
    monkeypatch.delenv(PASSWORD)
    monkeypatch.setattr("sys.stdin.isatty", lambda: True, raising=False)

    def ended(_: str) -> str:
        raise EOFError

    monkeypatch.setattr("getpass.getpass", ended)
    code, out, err = run("cert", "--lang", lang, file)
    assert (code, out) == (3, "")
    assert ("no password was typed" if lang == "en" else "blev ikke indtastet") in err


def test_what_speaks_against_a_certificate(run: Run) -> None:
    assert WARNINGS.keys() == set(CertificateWarning)
    code, out, _ = run("cert", "--lang", "da", CERTIFICATES / "expired.pem")
    assert code == 1
    assert "! Certifikatet er udløbet. [certificate.expired]" in out
    code, out, _ = run("cert", "--json", CERTIFICATES / "employee.pem")
    assert code == 4
    codes = [one["code"] for one in objects(out)[0]["warnings"]]
    assert "certificate.not_an_organisation" in codes
    assert run("cert", "--warning-days", "36500", CERTIFICATES / "leaf.pem")[0] == 4


def test_codes_are_explained(run: Run) -> None:
    code, out, _ = run("explain", "--lang", "da", "DOEDSBO.F18", "12", "10")
    assert code == 0
    assert out.startswith("doedsbo.f18 (guide 4.3.6)\n")
    assert "12" in out
    told = objects(run("explain", "--json", "doedsbo.f18")[1])[0]
    assert told.keys() == {"code", "da", "en", "source", "fault", "retry"}
    code, out, err = run("explain", "doedsbo.f99")
    assert (code, out) == (1, "")
    assert "doedsbo.f9" in err


def test_answers_are_explained(run: Run, tmp_path: Path) -> None:
    body = b'{"fejlkode":"doedsbo.f17"}'
    (tmp_path / "body").write_bytes(body)
    (tmp_path / "whole").write_bytes(
        b"HTTP/1.1 429 Too Many Requests\r\nRetry-After: 5\r\nno header\r\n\r\n" + body
    )
    assert objects(run("explain", "--json", tmp_path / "body")[1])[0]["code"] == "doedsbo.f17"
    told = objects(run("explain", "--json", tmp_path / "whole")[1])[0]
    assert told["status"] == 429
    assert told["kind"] == "rate_limited"
    (tmp_path / "broken").write_bytes(b"HTTP/1.1\r\n\r\n")
    assert run("explain", tmp_path / "broken")[0] == 3
    text = run("explain", "--lang", "da", tmp_path / "body")[1]
    assert "Opgjortdato skal være dags dato eller tidligere" in text


def _jwt(claims: dict[str, Any]) -> str:
    def part(value: dict[str, Any]) -> str:
        return base64.urlsafe_b64encode(json.dumps(value).encode()).decode().rstrip("=")

    return f"{part({'alg': 'RS256'})}.{part(claims)}.c2lnbmF0dXJl"


def test_a_token_is_told_of_and_never_shown(run: Run, tmp_path: Path) -> None:
    claims = {"iss": "https://sts.example", "sub": "1", "exp": 4102444800, "hemmelig": "geheim"}
    token, file = _jwt(claims), tmp_path / "token"
    for content in (token, f"Bearer {token}\n", json.dumps({"access_token": token})):
        file.write_text(content)
        for options in ([], ["--json"]):
            code, out, err = run("token", *options, file)
            assert (code, err) == (0, "")
            assert "https://sts.example" in out
            assert "2100-01-01T00:00:00Z" in out
            assert "hemmelig" in out
            for secret in (token, token.split(".")[1], "geheim", "c2lnbmF0dXJl"):
                assert secret not in out
    file.write_text(_jwt({**claims, "exp": 1}))
    assert run("token", file)[0] == 1
    file.write_text('{"access_token": 1, "other": "geheim"}')
    code, out, err = run("token", file)
    assert code == 3
    assert "geheim" not in out + err


def started(*arguments: object, **options: Any) -> subprocess.Popen[bytes]:
    command = [sys.executable, "-m", "skifteportal", *map(str, arguments)]
    return subprocess.Popen(command, stderr=subprocess.PIPE, **options)


def test_why_no_token_is_fetched_is_told(
    run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    pytest.importorskip("httpx")
    with socket.socket() as nobody:
        # It is taken, and nobody listens.
        nobody.bind(("127.0.0.1", 0))
        for name in ("HTTPS_PROXY", "https_proxy"):
            monkeypatch.setenv(name, f"http://127.0.0.1:{nobody.getsockname()[1]}")
        for name in ("NO_PROXY", "no_proxy"):
            monkeypatch.setenv(name, "")
        monkeypatch.setenv(PASSWORD, "hemmelig")
        monkeypatch.setenv("SKIFTEPORTAL_CLIENT_SECRET", "geheim")
        code, out, err = run(
            "token", "--json", "--client-id", "id", "--p12", CERTIFICATES / "java.p12"
        )
    assert (code, err) == (1, "")
    error = objects(out)[0]["error"]
    assert "[network.connect_failed] (POST " in error
    assert "no answer: ConnectFailed: ConnectError" in error
    assert "geheim" not in error


def test_an_interruption_is_no_verdict(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    def interrupted(_: str) -> bytes:
        raise KeyboardInterrupt

    monkeypatch.setattr("skifteportal._cli.files.read", interrupted)
    code, _, err = run("check-pdf", PDFS / ACCEPTED)
    assert (code, err) == (130, "")


def test_a_reader_may_go_away() -> None:
    reading, writing = os.pipe()
    os.close(reading)
    program = started("check-pdf", PDFS, stdout=writing)
    os.close(writing)
    _, err = program.communicate()
    assert (program.returncode, err) == (141, b"")


def test_any_encoding_and_standard_input() -> None:
    environment = {**os.environ, "PYTHONIOENCODING": "ascii", "PYTHONUTF8": "0"}
    program = started("cert", "-", stdin=subprocess.PIPE, stdout=subprocess.PIPE, env=environment)
    out, err = program.communicate((CERTIFICATES / "leaf.pem").read_bytes())
    assert (program.returncode, err) == (0, b"")
    assert SERIAL.encode() in out
    assert b"?kirkeby" in out


def test_a_pdf_comes_from_standard_input() -> None:
    program = started("check-pdf", "-", "--json", stdin=subprocess.PIPE, stdout=subprocess.PIPE)
    out, _ = program.communicate((PDFS / REFUSED).read_bytes())
    assert program.returncode == 1
    assert objects(out.decode())[0]["file"] == "-"


@pytest.mark.parametrize("arguments", [["explain", "doedsbo.f17"], ["cert", "leaf.pem"]])
def test_a_locale_that_has_no_danish_letters(arguments: list[str]) -> None:
    c = {"LC_ALL": "C", "PYTHONUTF8": "0", "PYTHONCOERCECLOCALE": "0"}
    program = started(
        *arguments,
        "--lang",
        "da",
        stdout=subprocess.PIPE,
        cwd=CERTIFICATES,
        env={**os.environ, **c},
    )
    out, err = program.communicate()
    assert (program.returncode, err) == (0, b"")
    # Windows has no such locale: there a pipe is written to in the code page of the system.
    assert "\ufffd" not in out.decode("mbcs" if os.name == "nt" else "utf-8")


@pytest.mark.skipif(not os.path.exists("/dev/full"), reason="there is no full device")
def test_a_full_disk_is_no_verdict() -> None:
    with open("/dev/full", "wb") as full:
        program = started("check-pdf", PDFS / ACCEPTED, stdout=full)
        _, err = program.communicate()
    assert program.returncode == 74
    assert b"could not be written" in err
    assert b"Traceback" not in err
