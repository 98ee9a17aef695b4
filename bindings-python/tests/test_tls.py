"""How a key gets into TLS, and what the exceptions of libraries mean."""

from __future__ import annotations

import http.client
import os
import ssl
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import Any

import httpx
import pytest
import requests
import skifteportal.httpx
import skifteportal.requests
import urllib3
from skifteportal import (
    TransportFailureBroken,
    TransportFailureConnectFailed,
    TransportFailureConnectTimedOut,
    TransportFailureNotSent,
    TransportFailureServerCertificateInvalid,
    TransportFailureTimedOut,
    TransportFailureTlsRefused,
)

from .test_client import identity


@pytest.mark.parametrize("memory", [True, False])
def test_no_key_lies_open(memory: bool, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    if not memory:
        monkeypatch.delattr(os, "memfd_create", raising=False)
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))
    loaded: list[tuple[str, str, bool]] = []
    load = ssl.SSLContext.load_cert_chain

    def spy(self: ssl.SSLContext, certfile: str, **options: Any) -> None:
        file = Path(certfile)
        if os.name == "posix":
            assert file.stat().st_mode & 0o077 == 0 or certfile.startswith("/proc/")
        loaded.append((certfile, file.read_text(), any(tmp_path.iterdir())))
        load(self, certfile, **options)

    monkeypatch.setattr(ssl.SSLContext, "load_cert_chain", spy)
    context = identity().context()
    ((path, content, on_disk),) = loaded
    assert "BEGIN ENCRYPTED PRIVATE KEY" in content
    assert "BEGIN PRIVATE KEY" not in content
    assert "BEGIN RSA PRIVATE KEY" not in content
    if not memory:
        assert on_disk
    elif sys.platform == "linux":
        assert not on_disk
    assert not Path(path).exists()
    assert list(tmp_path.iterdir()) == []
    assert context.verify_mode == ssl.CERT_REQUIRED
    assert context.check_hostname


def test_no_authority_is_no_trust() -> None:
    with pytest.raises(ValueError, match="no authority"):
        identity().context([])


def caused(error: Exception, cause: Exception) -> Exception:
    error.__cause__ = cause
    return error


def tls(reason: str) -> ssl.SSLError:
    error = ssl.SSLError(1, f"[SSL: {reason}] told by the server (_ssl.c:1)")
    error.reason = reason
    return error


REFUSED = "TLSV13_ALERT_CERTIFICATE_REQUIRED"

OF_HTTPX = [
    (httpx.ConnectTimeout("late"), TransportFailureConnectTimedOut),
    (httpx.PoolTimeout("late"), TransportFailureNotSent),
    (httpx.ReadTimeout("late"), TransportFailureTimedOut),
    (httpx.WriteTimeout("late"), TransportFailureTimedOut),
    (httpx.ConnectError("refused"), TransportFailureConnectFailed),
    (httpx.ProxyError("407"), TransportFailureConnectFailed),
    (httpx.UnsupportedProtocol("ftp"), TransportFailureNotSent),
    (httpx.InvalidURL("of an answer"), TransportFailureBroken),
    (httpx.ReadError("reset"), TransportFailureBroken),
    (httpx.WriteError("reset"), TransportFailureBroken),
    (httpx.RemoteProtocolError("no HTTP"), TransportFailureBroken),
    (httpx.LocalProtocolError("too little"), TransportFailureBroken),
    (httpx.DecodingError("no gzip"), TransportFailureBroken),
    (caused(httpx.ReadError("x"), tls(REFUSED)), TransportFailureTlsRefused),
    (
        caused(httpx.ConnectError("x"), tls("SSLV3_ALERT_BAD_CERTIFICATE")),
        TransportFailureTlsRefused,
    ),
    (
        caused(httpx.ReadError("x"), tls("DECRYPTION_FAILED_OR_BAD_RECORD_MAC")),
        TransportFailureBroken,
    ),
    (caused(httpx.ConnectError("x"), tls("WRONG_VERSION_NUMBER")), TransportFailureConnectFailed),
    (
        caused(httpx.ConnectError("x"), ssl.SSLCertVerificationError("expired")),
        TransportFailureServerCertificateInvalid,
    ),
]

_POOL = urllib3.HTTPSConnectionPool("api.test")


def wrapped(reason: Exception) -> urllib3.exceptions.MaxRetryError:
    return urllib3.exceptions.MaxRetryError(_POOL, "/bo?cpr=0101701234", reason)


def by_proxy(error: Exception) -> Exception:
    within = urllib3.exceptions.ProxyError("Unable to connect to proxy", error)
    return requests.exceptions.ProxyError(wrapped(within))


OF_REQUESTS = [
    (
        by_proxy(urllib3.exceptions.NewConnectionError(_POOL, "refused")),  # type: ignore[arg-type]
        TransportFailureConnectFailed,
    ),
    (
        by_proxy(urllib3.exceptions.ConnectTimeoutError("late")),
        TransportFailureConnectTimedOut,
    ),
    (by_proxy(OSError("Tunnel connection failed: 407 x")), TransportFailureConnectFailed),
    (by_proxy(http.client.RemoteDisconnected("closed")), TransportFailureBroken),
    (by_proxy(ConnectionResetError(104, "reset")), TransportFailureBroken),
    (by_proxy(urllib3.exceptions.ReadTimeoutError(_POOL, "/", "late")), TransportFailureTimedOut),
    (requests.exceptions.ConnectTimeout("late"), TransportFailureConnectTimedOut),
    (requests.exceptions.ReadTimeout("late"), TransportFailureTimedOut),
    (requests.exceptions.InvalidURL("of an answer"), TransportFailureBroken),
    (requests.exceptions.InvalidHeader("of an answer"), TransportFailureBroken),
    (
        requests.exceptions.ConnectionError(
            wrapped(urllib3.exceptions.NewConnectionError(_POOL, "refused"))  # type: ignore[arg-type]
        ),
        TransportFailureConnectFailed,
    ),
    (
        requests.exceptions.ConnectionError(
            urllib3.exceptions.ReadTimeoutError(_POOL, "/", "late")
        ),
        TransportFailureTimedOut,
    ),
    (
        requests.exceptions.ConnectionError(
            urllib3.exceptions.ProtocolError("aborted", ConnectionResetError(104, "reset"))
        ),
        TransportFailureBroken,
    ),
    (requests.exceptions.ChunkedEncodingError("cut"), TransportFailureBroken),
    (
        requests.exceptions.SSLError(wrapped(urllib3.exceptions.SSLError(tls(REFUSED)))),
        TransportFailureTlsRefused,
    ),
    (
        requests.exceptions.SSLError(
            wrapped(urllib3.exceptions.SSLError(ssl.SSLCertVerificationError("expired")))
        ),
        TransportFailureServerCertificateInvalid,
    ),
    (
        requests.exceptions.SSLError(wrapped(urllib3.exceptions.SSLError(tls("BAD_RECORD_MAC")))),
        TransportFailureBroken,
    ),
]


@pytest.mark.parametrize(("error", "meaning"), OF_HTTPX, ids=repr)
def test_what_httpx_says(error: Exception, meaning: type) -> None:
    assert type(skifteportal.httpx.failure_of(error)) is meaning


@pytest.mark.parametrize(("error", "meaning"), OF_REQUESTS, ids=lambda one: type(one).__name__)
def test_what_requests_says(error: Exception, meaning: type) -> None:
    failure = skifteportal.requests.failure_of(error)
    assert type(failure) is meaning
    # The library quotes the URL.
    assert "0101701234" not in repr(failure.to_dict())


def test_a_session_that_repeats_is_refused() -> None:
    with requests.Session() as session:
        skifteportal.requests.over(session)
        never = urllib3.Retry(total=False)
        session.mount("https://", requests.adapters.HTTPAdapter(max_retries=never))
        skifteportal.requests.over(session)
        for retries in (3, urllib3.Retry(total=None, read=3, allowed_methods=None)):
            session.mount("https://api.test/", requests.adapters.HTTPAdapter(max_retries=retries))
            with pytest.raises(ValueError, match="file twice"):
                skifteportal.requests.over(session)


def python(code: str) -> None:
    subprocess.run([sys.executable, "-c", code], check=True)


def test_no_library_is_loaded_that_is_not_asked_for() -> None:
    python(
        "import sys, skifteportal, skifteportal.testing\n"
        "assert not {'httpx', 'requests', 'urllib3'} & set(sys.modules)"
    )


@pytest.mark.parametrize("name", ["httpx", "requests"])
def test_a_library_that_is_missing_is_named(name: str) -> None:
    python(
        f"import sys\nsys.modules[{name!r}] = None\n"
        f"try:\n    import skifteportal.{name}\n"
        f"except ImportError as error:\n    assert 'pip install skifteportal[{name}]' in str(error)\n"
        "else:\n    raise SystemExit('it was imported')"
    )
