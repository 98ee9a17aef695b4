"""What goes wrong between here and there, by each HTTP library."""

from __future__ import annotations

import copy
import functools
from decimal import Decimal
from typing import Any

import pytest
from skifteportal import (
    Certainty,
    DoedsbojournalQuery,
    HttpRequest,
    Krav,
    Page,
    PortalError,
    TransportError,
    TransportFailureConnectFailed,
)
from skifteportal.testing import Sandbox

from ..loopback import Proxy
from .driver import Way, claims, do, each_way, fault, find, join

KRAV = Krav(beloeb=Decimal("12345.60"), endeligt=False)


async def refusal(call: Any) -> PortalError:
    """How a call is refused: `call` makes it."""
    with pytest.raises(PortalError) as caught:
        await do(call())
    return caught.value


async def file_over_cut_connections(way: Way, sandbox: Sandbox) -> None:
    """Files once for each way in which a connection is cut off."""
    for kind in ("dropAfterProcessing", "dropBefore", "truncate"):
        async with way.client(sandbox) as client:
            caller = await join(client, sandbox.reporter)
            bo = await find(caller, sandbox)
            before = claims(sandbox)
            fault(sandbox, "POST", kind=kind)
            error = await refusal(lambda: caller.doedsbo.add_krav(bo, KRAV))  # noqa: B023
            assert (error.code, error.certainty) == ("network.broken", Certainty.UNKNOWN), kind
            assert error.attempts == 1
            assert claims(sandbox) == before + (kind != "dropBefore"), kind


@each_way
async def test_a_filing_that_may_have_arrived_is_not_sent_again(way: Way, sandbox: Sandbox) -> None:
    await file_over_cut_connections(way, sandbox)


@each_way
async def test_nor_is_it_through_a_proxy(way: Way, sandbox: Sandbox) -> None:
    through = copy.copy(way)
    through.transports = functools.partial(way.transports, trust_env=True)
    with Proxy() as proxy, proxy.named():
        await file_over_cut_connections(through, sandbox)
        assert proxy.tunnels


@each_way
async def test_a_filing_that_was_answered_after_it_was_processed(
    way: Way, sandbox: Sandbox
) -> None:
    async with way.client(sandbox) as client:
        caller = await join(client, sandbox.reporter)
        bo = await find(caller, sandbox)
        for what in (
            {"kind": "status", "status": 500, "afterProcessing": True},
            {"kind": "garbage"},
        ):
            before = claims(sandbox)
            fault(sandbox, "POST", **what)
            error = await refusal(lambda: caller.doedsbo.add_krav(bo, KRAV))
            assert error.certainty != Certainty.NOT_PROCESSED, what
            assert error.attempts == 1
            assert claims(sandbox) == before + 1, what


class _Hurried:
    """Has no patience with what is filed. The rest may take as long as it does."""

    def __init__(self, inner: Any) -> None:
        self._inner = inner
        for end in ("close", "aclose"):
            if hasattr(inner, end):
                setattr(self, end, getattr(inner, end))

    def send(self, request: HttpRequest, timeout: float, limit: int) -> Any:
        hurried = request.method_name() == "POST" and request.url().endswith("/krav")
        return self._inner.send(request, 2 if hurried else timeout, limit)


@each_way
async def test_a_filing_that_takes_too_long_is_unknown(way: Way, sandbox: Sandbox) -> None:
    async with way.client(sandbox, _Hurried) as client:
        caller = await join(client, sandbox.reporter)
        bo = await find(caller, sandbox)
        fault(sandbox, "POST", kind="latency", ms=600_000)
        error = await refusal(lambda: caller.doedsbo.add_krav(bo, KRAV))
        assert (error.code, error.certainty) == ("network.timed_out", Certainty.UNKNOWN)


@each_way
async def test_what_can_be_repeated_is_repeated(way: Way, sandbox: Sandbox) -> None:
    async with way.client(sandbox) as client:
        caller = await join(client, sandbox.reporter)
        bo = await find(caller, sandbox)
        for what in (
            {"kind": "status", "status": 503},
            {"kind": "html502"},
            {"kind": "dropAfterProcessing"},
            {"kind": "dropBefore"},
            {"kind": "truncate"},
            {"kind": "status", "status": 401},
            {"kind": "status", "status": 429, "retryAfter": "1"},
        ):
            fault(sandbox, "GET", **what)
            await do(caller.doedsbo.get_all_krav(bo))
        sandbox.revoke_tokens()
        await do(caller.doedsbo.get_all_krav(bo))
        assert client.stats().in_flight == 0


@each_way
async def test_an_answer_in_html_is_told(way: Way, sandbox: Sandbox) -> None:
    async with way.client(sandbox, max_attempts=1) as client:
        caller = await join(client, sandbox.reporter)
        bo = await find(caller, sandbox)
        fault(sandbox, "POST", kind="html502")
        error = await refusal(lambda: caller.doedsbo.add_krav(bo, KRAV))
        assert error.refusal.status == 502
        assert error.certainty == Certainty.UNKNOWN
        assert error.danish
        assert error.english != error.danish


@each_way
async def test_a_server_that_is_not_trusted_is_sent_nothing(way: Way, sandbox: Sandbox) -> None:
    # Found by another client: one that has a connection already asks for no certificate.
    async with way.client(sandbox) as client:
        bo = await find(await join(client, sandbox.reporter), sandbox)
    async with way.client(sandbox, max_attempts=1) as client:
        caller = await join(client, sandbox.reporter)
        before = claims(sandbox)
        sandbox.set_certificate("api", "expired")
        error = await refusal(lambda: caller.doedsbo.add_krav(bo, KRAV))
        sandbox.set_certificate("api", "valid")
        assert error.code == "network.server_certificate_invalid"
        assert error.certainty == Certainty.NOT_PROCESSED
        assert claims(sandbox) == before


@each_way
async def test_only_the_named_authorities_are_trusted(way: Way, sandbox: Sandbox) -> None:
    others = sandbox.reporter.identity().chain.certificates()[-1:]
    options: dict[str, Any] = {"transports": way.transports, "authorities": others}
    make = sandbox.async_client if way.awaited else sandbox.client
    client: Any = make(settings=None, **options)
    try:
        caller = await join(client, sandbox.reporter)
        error = await refusal(caller.token)
        assert error.code == "network.server_certificate_invalid"
    finally:
        await do(client.aclose() if way.awaited else client.close())


@each_way
async def test_a_certificate_that_is_refused_is_said_so(way: Way, sandbox: Sandbox) -> None:
    for refused in ("expired", "revoked", "foreign"):
        async with way.client(sandbox, max_attempts=1) as client:
            party = sandbox.reporter
            identity = sandbox.party(f"/refusedCertificates/{refused}").identity()
            caller = await do(client.add_reporter(party.client_id, party.client_secret, identity))
            error = await refusal(caller.token)
            assert (error.code, error.certainty) == (
                "network.tls_refused",
                Certainty.NOT_PROCESSED,
            ), refused


@each_way
async def test_a_wrong_secret_is_said_so(way: Way, sandbox: Sandbox) -> None:
    async with way.client(sandbox) as client:
        party = sandbox.reporter
        caller = await do(client.add_reporter(party.client_id, "wrong", party.identity()))
        query = DoedsbojournalQuery(cpr_nummer=sandbox.cpr_nummer)
        error = await refusal(lambda: caller.doedsbo.search_bo(query, Page()))
        assert (error.code, error.certainty) == ("unauthorized_client", Certainty.NOT_PROCESSED)


@each_way
async def test_nobody_listens(way: Way, sandbox: Sandbox) -> None:
    class Elsewhere:
        """Sends to a port that nobody has."""

        def __init__(self, inner: Any) -> None:
            self._inner = inner
            self.close = self.aclose = getattr(inner, "aclose" if way.awaited else "close")

        def send(self, request: HttpRequest, timeout: float, limit: int) -> Any:
            return self._inner.send(_Moved(request), timeout, limit)

    class _Moved:
        def __init__(self, request: HttpRequest) -> None:
            self._request = request

        def __getattr__(self, name: str) -> Any:
            return getattr(self._request, name)

        def url(self) -> str:
            return "https://127.0.0.1:1/"

    async with way.client(sandbox, Elsewhere, max_attempts=1) as client:
        caller = await join(client, sandbox.reporter)
        error = await refusal(caller.token)
        assert (error.code, error.certainty) == (
            "network.connect_failed",
            Certainty.NOT_PROCESSED,
        )


@each_way
async def test_a_transport_says_what_it_knows(way: Way, sandbox: Sandbox) -> None:
    class Failing:
        """Knows that nothing was sent, or nothing at all."""

        def __init__(self, inner: Any) -> None:
            self.close = self.aclose = getattr(inner, "aclose" if way.awaited else "close")
            self.error: Exception = TransportError(TransportFailureConnectFailed(reason="no cable"))

        def send(self, request: HttpRequest, timeout: float, limit: int) -> Any:
            raise self.error

    made: list[Failing] = []

    def failing(inner: Any) -> Failing:
        made.append(Failing(inner))
        return made[-1]

    async with way.client(sandbox, failing, max_attempts=1) as client:
        caller = await join(client, sandbox.reporter)
        assert (await refusal(caller.token)).code == "network.connect_failed"
        made[-1].error = KeyError("geheim")
        error = await refusal(caller.token)
        assert error.code == "network.broken"
        assert "geheim" not in str(error)
