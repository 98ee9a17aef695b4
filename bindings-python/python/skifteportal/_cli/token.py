"""`token`: what an access token says of itself."""

from __future__ import annotations

import json

from skifteportal._cli import files
from skifteportal._cli.output import NOT_FOUND, OK, UNREADABLE, Output
from skifteportal._failure import SkifteportalError
from skifteportal._model import Timestamp
from skifteportal._native import Auth, Times

__all__ = ["tell"]


def tell(output: Output, file: str, now: Timestamp) -> int:
    """Tells what a token claims, and never shows the token; returns the exit code."""
    try:
        claims = Auth().access_token_claims(_token(files.read_small(file)))
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
