"""What the portal or the network said."""

from __future__ import annotations

from typing import Callable

from skifteportal import (
    Errors,
    FoundBy,
    FoundCode,
    PortalError,
    PortalRefusal,
    RetryLater,
    TransportFailure,
    TransportFailureBroken,
    TransportFailureConnectFailed,
    TransportFailureNotSent,
    TransportFailureTimedOut,
    TransportFailureTlsRefused,
)

from . import wire
from .members import Members


def failure(name: str, reason: str) -> TransportFailure:
    if name == "classify":
        return Errors().classify(reason)
    if name == "timed_out":
        return TransportFailureTimedOut()
    cases = {
        "not_sent": TransportFailureNotSent,
        "connect_failed": TransportFailureConnectFailed,
        "tls_refused": TransportFailureTlsRefused,
        "broken": TransportFailureBroken,
    }
    return cases[name](reason=reason)


def answer(input: Members) -> object:
    """Each is seen as a refusal and as the exception, which must tell the same."""
    if input.text("do") != "decode":
        failed = failure(input.text("failure"), input.optional_text("reason") or "")
        return _thrown(lambda: Errors().fail_transport(failed))
    response, now = wire.response(input), wire.time(input, "now")
    if response.is_success():
        return show(Errors().decode(response, now))
    return _thrown(lambda: Errors().ensure_success(response, now))


def _thrown(fail: Callable[[], None]) -> object:
    try:
        fail()
    except PortalError as error:
        return shown(error)
    raise AssertionError("nothing was thrown")


def shown(error: PortalError) -> object:
    refusal = error.refusal
    assert (error.code, error.danish, error.english) == (
        refusal.code,
        refusal.danish,
        refusal.english,
    )
    return show(refusal)


def show(refusal: PortalRefusal) -> object:
    errors = Errors()
    oauth, retry = refusal.oauth, refusal.retry
    return {
        "code": refusal.code,
        "kind": errors.kind_name(refusal.kind),
        "status": refusal.status,
        "codes": [_code(one) for one in refusal.codes],
        "oauth": oauth and {"error": oauth.error, "description": oauth.description},
        "token_refusal": refusal.token_refusal and errors.token_refusal_code(refusal.token_refusal),
        "fault": errors.fault_name(refusal.fault),
        "retry": errors.retry_name(retry),
        "retry_at": wire.text(retry.at) if isinstance(retry, RetryLater) else None,
        "may_have_been_processed": refusal.may_have_been_processed,
        "server_time": wire.text(refusal.server_time),
        "clock_offset_seconds": refusal.clock_offset_seconds,
        "reference": refusal.reference,
        "danish": refusal.danish,
        "english": refusal.english,
    }


def _code(found: FoundCode) -> object:
    return {
        "code": found.code,
        "known": found.template is not None,
        "arguments": found.arguments,
        "text": found.text,
        "pointer": found.pointer,
        "found_by": "code" if found.found_by is FoundBy.CODE else "text",
    }
