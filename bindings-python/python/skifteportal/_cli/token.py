"""`token`: what an access token says of itself."""

from __future__ import annotations

import json
import logging
from typing import NamedTuple

from skifteportal._cli import files
from skifteportal._cli.certificate import PASSWORD_OF_FILE, Secret, ask
from skifteportal._cli.output import NOT_FOUND, OK, UNREADABLE, Output
from skifteportal._client import SkifteportalClient
from skifteportal._failure import SkifteportalError
from skifteportal._identity import ClientIdentity
from skifteportal._model import PortalError, Timestamp
from skifteportal._native import Auth, PortalEnvironment, Times
from skifteportal.testing import Sandbox

__all__ = ["SECRET", "Login", "fetch", "tell"]

SECRET = "SKIFTEPORTAL_CLIENT_SECRET"  # noqa: S105 - it is the name of a variable
"""The variable of the environment that may hold the client's secret."""

_SECRET = Secret("client secret", "client secret", "--secret-file", SECRET)


class Login(NamedTuple):
    """What a token is fetched with."""

    p12: str
    password_file: str | None
    client_id: str
    secret_file: str | None
    environment: str
    sandbox: str | None


class _Reasons(logging.Handler):
    """Why requests got no answer, in the system's words."""

    last = ""

    def emit(self, record: logging.LogRecord) -> None:
        """Keeps the last one."""
        self.last = f" ({record.getMessage()})"


def tell(output: Output, file: str, now: Timestamp) -> int:
    """Tells what a token claims, and never shows the token; returns the exit code."""
    try:
        return _tell(output, _token(files.read_small(file)), now)
    except OSError as failure:
        output.failure(file, files.reason(failure))
        return UNREADABLE
    except (ValueError, RecursionError):
        # The words of these would show what was read.
        output.failure(file, output.words("ikke et token", "no token"))
        return UNREADABLE
    except SkifteportalError as error:
        output.failure(file, str(error))
        return UNREADABLE


def fetch(output: Output, login: Login, now: Timestamp) -> int:
    """Fetches a token by variant A, as any program would, and tells what it claims; returns the exit code."""
    reasons = _Reasons()
    log = logging.getLogger("skifteportal")
    level = log.level
    log.setLevel(logging.INFO)
    log.addHandler(reasons)
    try:
        password = ask(output, login.p12, PASSWORD_OF_FILE, login.password_file)
        identity = ClientIdentity.from_p12(files.read_small(login.p12), password)
        secret = ask(output, login.p12, _SECRET, login.secret_file)
        with _client(login) as client:
            caller = client.add_reporter(login.client_id, secret, identity)
            return _tell(output, caller.token().access_token(), now)
    except ImportError as missing:
        output.failure(login.p12, str(missing))
        return UNREADABLE
    except OSError as failure:
        output.failure(failure.filename or login.p12, files.reason(failure))
        return UNREADABLE
    except PortalError as refused:
        said = refused.danish if output.is_danish else refused.english
        output.failure(login.p12, f"{said} [{refused.code}]{reasons.last}")
        return NOT_FOUND
    except SkifteportalError as error:
        output.failure(login.p12, str(error))
        return UNREADABLE
    finally:
        log.removeHandler(reasons)
        log.setLevel(level)


def _client(login: Login) -> SkifteportalClient:
    if login.sandbox is not None:
        return Sandbox.at(login.sandbox).client()
    environments = {"test": PortalEnvironment.test, "production": PortalEnvironment.production}
    return SkifteportalClient(environments[login.environment]())


def _tell(output: Output, token: str, now: Timestamp) -> int:
    claims = Auth().access_token_claims(token)
    ends = claims.expires_at
    seconds = None if ends is None else Times().milliseconds_since(ends, now) // 1000
    expired = seconds is not None and seconds <= 0
    if output.is_json:
        output.object(
            {
                "iss": claims.issuer,
                "sub": claims.subject,
                "aud": list(claims.audience),
                "exp": None if ends is None else str(ends),
                "iat": None if claims.issued_at is None else str(claims.issued_at),
                "nbf": None if claims.not_before is None else str(claims.not_before),
                "azp": claims.authorized_party,
                "client_id": claims.client_id,
                "scope": claims.scope,
                "typ": claims.token_type,
                "x5t#S256": claims.certificate_thumbprint,
                "other_claims": list(claims.other_claims),
                "seconds_left": seconds,
            }
        )
        return NOT_FOUND if expired else OK
    words, left = output.words, ""
    if seconds is not None:
        left = (
            words(" (udløbet)", " (expired)")
            if expired
            else words(f" (om {seconds} s)", f" (in {seconds} s)")
        )
    output.line(
        words(
            "Læst, ikke kontrolleret: hvem som helst kan skrive et token, der siger dette.",
            "Read, not verified: anybody can write a token that says this.",
        )
    )
    output.rows(
        [
            (words("Udsteder", "Issuer"), claims.issuer),
            (words("Om", "Subject"), claims.subject),
            (words("Til", "Audience"), ", ".join(claims.audience) or None),
            (words("Klient", "Client"), claims.authorized_party or claims.client_id),
            (words("Scope", "Scope"), claims.scope),
            (words("Udstedt", "Issued"), _text(claims.issued_at)),
            (words("Udløber", "Expires"), None if ends is None else str(ends) + left),
            (
                words("Certifikatets x5t#S256", "The certificate's x5t#S256"),
                claims.certificate_thumbprint,
            ),
            (words("Andre claims", "Other claims"), ", ".join(claims.other_claims) or None),
        ]
    )
    return NOT_FOUND if expired else OK


def _text(time: Timestamp | None) -> str | None:
    return None if time is None else str(time)


def _token(content: bytes) -> str:
    """The token of a file: alone, after `Bearer`, or in the answer that it came in."""
    text = content.decode().strip()
    if text.startswith("{"):
        answer = json.loads(text)
        found = answer.get("access_token")
        if not isinstance(found, str):
            raise ValueError("no access_token")
        text = found
    return text.removeprefix("Bearer ").strip()
