"""Many threads and tasks at once, credentials that change under way, and calls that nobody waits for."""

from __future__ import annotations

import asyncio
import subprocess
import tempfile
import threading
from concurrent.futures import ThreadPoolExecutor
from decimal import Decimal
from typing import Any

import httpx
import pytest
import requests
import skifteportal.httpx
import skifteportal.requests
from skifteportal import (
    Answer,
    ClientIdentity,
    HttpRequest,
    Krav,
    SessionError,
    SkifteportalClient,
    TransportError,
    TransportFailureBroken,
)
from skifteportal.testing import Sandbox

from .driver import WAYS, Way, claims, do, each_way, fault, find

THREADS = 16
KRAV = Krav(beloeb=Decimal("12345.60"), endeligt=False)
WAITING = [way for way in WAYS if not way.awaited]


def waiting_client(way: Way, sandbox: Sandbox) -> SkifteportalClient:
    return sandbox.client(transports=way.transports)


@pytest.mark.parametrize("way", WAITING, ids=repr)
def test_many_threads_share_one_client(way: Way, skifteportal_sandbox: Sandbox) -> None:
    sandbox = skifteportal_sandbox
    with waiting_client(way, sandbox) as client:
        caller = sandbox.reporter.add_to(client)
        with ThreadPoolExecutor(THREADS) as pool:
            tokens = list(pool.map(lambda _: caller.token().access_token(), range(THREADS)))
        assert len(set(tokens)) == 1
        assert client.stats().token_requests_total == 1
        (bo,) = {asyncio.run(find(caller, sandbox))}
        before = claims(sandbox)
        with ThreadPoolExecutor(THREADS) as pool:
            filed = list(pool.map(lambda _: caller.doedsbo.add_krav(bo, KRAV).id, range(48)))
        assert len(set(filed)) == 48
        assert claims(sandbox) == before + 48
        assert client.stats().in_flight == 0


def test_many_tasks_share_one_client(skifteportal_sandbox: Sandbox) -> None:
    async def story(sandbox: Sandbox) -> None:
        async with sandbox.async_client() as client:
            caller = await sandbox.reporter.add_to_async(client)
            tokens = await asyncio.gather(*(caller.token() for _ in range(THREADS)))
            assert len({token.access_token() for token in tokens}) == 1
            assert client.stats().token_requests_total == 1
            bo = await find(caller, sandbox)
            filed = await asyncio.gather(*(caller.doedsbo.add_krav(bo, KRAV) for _ in range(48)))
            assert len({krav.id for krav in filed}) == 48
            assert client.stats().in_flight == 0

    asyncio.run(story(skifteportal_sandbox))


@each_way
async def test_a_key_that_its_keeper_holds(way: Way, sandbox: Sandbox) -> None:
    asked: list[int] = []
    with_key = sandbox.reporter.identity()

    def signer(input: bytes) -> bytes:
        asked.append(len(input))
        return _signature(with_key, input)

    context = with_key.context(sandbox.authorities())
    detached = ClientIdentity.detached(with_key.chain, context, signer)
    api_user = sandbox.api_user.identity()
    async with way.client(sandbox) as client:
        issuer = "https://practice-system.example"
        signing = await do(client.add_signing_reporter(issuer, detached, api_user))
        assert (await do(signing.token())).access_token()
        assert len(asked) == 1
        party = sandbox.reporter
        secret = await do(client.add_reporter(party.client_id, party.client_secret, detached))
        assert (await do(secret.token())).access_token()


def _signature(identity: ClientIdentity, input: bytes) -> bytes:
    """What a keeper of the key would answer: here OpenSSL's command line."""
    key = identity.key
    assert key is not None
    with tempfile.NamedTemporaryFile("w") as file:
        file.write(key.to_pkcs8_pem())
        file.flush()
        sign = ["openssl", "dgst", "-sha256", "-sign", file.name]
        return subprocess.run(sign, input=input, check=True, capture_output=True).stdout


class _Held:
    """Holds the first request of one line up, until a test lets it go. Unless it is to arrive, it is cut."""

    def __init__(self, place: int = 1, path: str = "", *, arrives: bool = False) -> None:
        # The first line is that of requests without a reporter.
        self.place = place
        self.path = path
        self.arrives = arrives
        self.out = threading.Event()
        self.go = threading.Event()
        self.sent: list[int] = []

    def around(self, inner: Any) -> Any:
        place = len(self.sent)
        self.sent.append(0)
        held = self

        class Line:
            close = inner.close

            def send(self, request: HttpRequest, timeout: float, limit: int) -> Answer:
                held.sent[place] += 1
                here = place == held.place and request.url().endswith(held.path)
                if here and not held.out.is_set():
                    held.out.set()
                    assert held.go.wait(600)
                    if not held.arrives:
                        raise TransportError(TransportFailureBroken(reason="cut"))
                answer: Answer = inner.send(request, timeout, limit)
                return answer

        return Line()


@pytest.mark.parametrize("way", WAITING, ids=repr)
def test_calls_that_wait_go_on_with_renewed_credentials(
    way: Way, skifteportal_sandbox: Sandbox
) -> None:
    sandbox, held = skifteportal_sandbox, _Held()
    with sandbox.client(transports=lambda context: held.around(way.transports(context))) as client:
        caller = sandbox.reporter.add_to(client)
        bo = []

        def filing() -> None:
            bo.append(asyncio.run(find(caller, sandbox)))

        thread = threading.Thread(target=filing)
        thread.start()
        assert held.out.wait(600)
        # Another company's certificate stands for a renewed one.
        party, renewed = sandbox.reporter, sandbox.other_reporter.identity()
        client.replace_credentials(caller, party.client_id, party.client_secret, renewed)
        assert caller.token().access_token()
        held.go.set()
        thread.join()
        assert bo
        assert held.sent[1:] == [1, 1]


@pytest.mark.parametrize("way", WAITING, ids=repr)
def test_a_filing_that_is_out_outlives_its_credentials(
    way: Way, skifteportal_sandbox: Sandbox
) -> None:
    sandbox, held = skifteportal_sandbox, _Held(0, "/krav", arrives=True)
    with sandbox.client(transports=lambda context: held.around(way.transports(context))) as client:
        caller = sandbox.reporter.add_to(client)
        bo, before = asyncio.run(find(caller, sandbox)), claims(sandbox)
        with ThreadPoolExecutor(1) as pool:
            filing = pool.submit(lambda: caller.doedsbo.add_krav(bo, KRAV).id)
            assert held.out.wait(600)
            party, renewed = sandbox.reporter, sandbox.other_reporter.identity()
            client.replace_credentials(caller, party.client_id, party.client_secret, renewed)
            held.go.set()
            assert filing.result()
        assert claims(sandbox) == before + 1
        assert caller.token().access_token()


@pytest.mark.parametrize("way", WAITING, ids=repr)
def test_calls_of_a_removed_reporter_end(way: Way, skifteportal_sandbox: Sandbox) -> None:
    sandbox, held = skifteportal_sandbox, _Held()
    with sandbox.client(transports=lambda context: held.around(way.transports(context))) as client:
        caller = sandbox.reporter.add_to(client)
        ended: list[str] = []

        def fetching() -> None:
            with pytest.raises(SessionError) as caught:
                caller.token()
            ended.append(caught.value.code)

        thread = threading.Thread(target=fetching)
        thread.start()
        assert held.out.wait(600)
        client.remove_reporter(caller)
        held.go.set()
        thread.join()
        assert ended == ["session.reporter_removed"]
        assert client.stats().in_flight == 0


def test_a_cancelled_task_leaves_nothing_behind(skifteportal_sandbox: Sandbox) -> None:
    async def story(sandbox: Sandbox) -> None:
        out = asyncio.Event()
        make = WAYS[1].transports

        def watched(context: Any) -> Any:
            inner = make(context)

            class Line:
                aclose = inner.aclose

                async def send(self, request: HttpRequest, timeout: float, limit: int) -> Answer:
                    if request.method_name() == "GET":
                        out.set()
                    answer: Answer = await inner.send(request, timeout, limit)
                    return answer

            return Line()

        async with sandbox.async_client(transports=watched) as client:
            caller = await sandbox.reporter.add_to_async(client)
            bo = await find(caller, sandbox)
            out.clear()
            fault(sandbox, "GET", kind="latency", ms=600_000)
            task = asyncio.ensure_future(caller.doedsbo.get_all_krav(bo))
            await out.wait()
            task.cancel()
            with pytest.raises(asyncio.CancelledError):
                await task
            assert client.stats().in_flight == 0
            # The request may have been given up before it met its fault.
            sandbox.reset()
            assert await caller.doedsbo.get_all_krav(bo) is not None

    asyncio.run(story(skifteportal_sandbox))


def test_others_get_the_token_that_a_cancelled_task_was_fetching(
    skifteportal_sandbox: Sandbox,
) -> None:
    async def story(sandbox: Sandbox) -> None:
        async with sandbox.async_client() as client:
            caller = await sandbox.reporter.add_to_async(client)
            first = asyncio.ensure_future(caller.token())
            others = [asyncio.ensure_future(caller.token()) for _ in range(5)]
            await asyncio.sleep(0)
            first.cancel()
            tokens = await asyncio.gather(*others)
            assert len({token.access_token() for token in tokens}) == 1
            with pytest.raises(asyncio.CancelledError):
                await first

    asyncio.run(story(skifteportal_sandbox))


def test_connections_are_used_again(skifteportal_sandbox: Sandbox) -> None:
    sandbox = skifteportal_sandbox
    opened: list[str] = []

    def trace(name: str, _: Any) -> None:
        if name == "connection.start_tls.complete":
            opened.append(name)

    def hook(request: httpx.Request) -> None:
        request.extensions["trace"] = trace

    identity = sandbox.reporter.identity()
    with httpx.Client(
        verify=identity.context(sandbox.authorities()),
        trust_env=False,
        event_hooks={"request": [hook]},
    ) as own:
        over = skifteportal.httpx.over(own)
        with sandbox.client(transport=over) as client:
            party = sandbox.reporter
            caller = client.add_reporter(
                party.client_id, party.client_secret, identity, transport=over
            )
            bo = asyncio.run(find(caller, sandbox))
            for _ in range(5):
                caller.doedsbo.get_all_krav(bo)
        # One to the STS, one to the API.
        assert len(opened) == 2
        assert not own.is_closed


def test_the_programs_own_session_is_used(skifteportal_sandbox: Sandbox) -> None:
    sandbox = skifteportal_sandbox
    party, identity = sandbox.reporter, sandbox.reporter.identity()
    with requests.Session() as own:
        own.trust_env = False
        context = identity.context(sandbox.authorities())
        trusted = context.cert_store_stats()
        own.mount("https://", skifteportal.requests.TlsAdapter(context))
        over = skifteportal.requests.over(own)
        with sandbox.client(transport=over) as client:
            caller = client.add_reporter(
                party.client_id, party.client_secret, identity, transport=over
            )
            assert asyncio.run(find(caller, sandbox))
        assert context.cert_store_stats() == trusted
