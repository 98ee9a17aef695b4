"""What the exceptions of HTTP libraries and of TLS mean. The question behind it is whether the request may
have arrived; where nothing says that it did not, it may have.
"""

from __future__ import annotations

import ssl
from collections.abc import Iterator

from skifteportal._model import (
    TransportFailure,
    TransportFailureServerCertificateInvalid,
    TransportFailureTlsRefused,
)

__all__ = ["causes", "of_tls", "reason"]

_LONGEST = 20

# The alerts with which a server refuses a client certificate, or the lack of one, as OpenSSL names them. Under
# TLS 1.3 they arrive after the handshake, with the first read: the server has not looked at the request.
_REFUSALS = (
    "ALERT_BAD_CERTIFICATE",
    "ALERT_CERTIFICATE_REQUIRED",
    "ALERT_UNKNOWN_CA",
    "ALERT_CERTIFICATE_EXPIRED",
    "ALERT_CERTIFICATE_REVOKED",
    "ALERT_CERTIFICATE_UNKNOWN",
    "ALERT_UNSUPPORTED_CERTIFICATE",
    "ALERT_ACCESS_DENIED",
    "ALERT_HANDSHAKE_FAILURE",
)


def causes(error: BaseException) -> Iterator[BaseException]:
    """An exception and what it was raised from, the outermost first. Libraries wrap in many ways. Its context
    is not followed: to it belongs what the program was handling when it made the call.
    """
    waiting, met = [error], set[int]()
    while waiting and len(met) < _LONGEST:
        one = waiting.pop(0)
        if id(one) in met:
            continue
        met.add(id(one))
        yield one
        within = [one.__cause__, getattr(one, "reason", None), *one.args]
        waiting += [other for other in within if isinstance(other, BaseException)]


def of_tls(error: BaseException) -> TransportFailure | None:
    """What TLS says that surely sent nothing, if it is that."""
    for one in causes(error):
        if isinstance(one, ssl.SSLCertVerificationError):
            said = getattr(one, "verify_message", None) or type(one).__name__
            return TransportFailureServerCertificateInvalid(reason=said)
        if isinstance(one, ssl.SSLError):
            # Of an alert that this Python has no name for there is only OpenSSL's text.
            said = (one.reason or str(one)).upper().replace(" ", "_")
            if any(alert in said for alert in _REFUSALS):
                return TransportFailureTlsRefused(reason=said)
    return None


def reason(error: BaseException) -> str:
    """Words for people. What a library says of its own may name the URL, with a CPR number in it: only the
    system and TLS are quoted.
    """
    names = []
    for one in causes(error):
        said = (
            one.strerror
            if isinstance(one, OSError) and isinstance(one.strerror, str)
            else one.reason
            if isinstance(one, ssl.SSLError)
            else None
        )
        names.append(f"{type(one).__name__}: {said}" if said else type(one).__name__)
    return ", ".join(dict.fromkeys(names))
