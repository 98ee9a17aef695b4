"""`python -m skifteportal token`, where it fetches one."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from skifteportal._cli import main
from skifteportal._cli.certificate import PASSWORD
from skifteportal._cli.token import SECRET
from skifteportal.testing import Sandbox


def test_a_token_is_fetched_and_told_of(
    skifteportal_sandbox: Sandbox,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    sandbox = skifteportal_sandbox
    reporter, settings = sandbox.reporter, tmp_path / "sandbox.json"
    settings.write_text(json.dumps(sandbox.value("")))
    secret = tmp_path / "secret"
    secret.write_text(reporter.client_secret)
    monkeypatch.setenv(PASSWORD, reporter.password)
    monkeypatch.delenv(SECRET, raising=False)
    words = ["token", "--json", "--p12", str(reporter.certificate_file)]
    words += ["--client-id", reporter.client_id, "--sandbox", str(settings)]
    assert main([*words, "--secret-file", str(secret)]) == 0
    told = json.loads(capsys.readouterr().out)
    assert told["x5t#S256"] == reporter.identity().certificate.x5t_s256()
    assert told["seconds_left"] > 0
    assert main(words) == 3
    assert "--secret-file" in capsys.readouterr().out
    monkeypatch.setenv(SECRET, "geheim")
    assert main([*words, "--lang", "da"]) == 1
    out, err = capsys.readouterr()
    assert "unauthorized_client" in out
    assert "geheim" not in out + err
    assert reporter.password not in out + err
