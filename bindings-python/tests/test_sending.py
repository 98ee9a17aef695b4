"""A filing that the server has read is never filed again, whatever is raised after that."""

from __future__ import annotations

import asyncio
import functools
import io
import ssl
from collections.abc import Awaitable, Iterator
from typing import Any, Callable

import httpx
import pytest
import requests
import skifteportal.httpx
import skifteportal.requests
import urllib3
from skifteportal import (
    Certainty,
    HeaderField,
    TransportError,
    TransportFailureBroken,
    TransportFailureNotSent,
)

from .e2e.driver import WAYS, Way, do
from .loopback import Server, made_by, over, refusal, serving


def each_way(story: Callable[[Way], Awaitable[None]]) -> Callable[..., None]:
    """A test that tells a story by each library."""

    @pytest.mark.parametrize("way", WAYS, ids=repr)
    @functools.wraps(story)
    def test(way: Way) -> None:
        async def told() -> None:
            await story(way)

        asyncio.run(told())

    return test


async def refused_once(caller: object, server: Server) -> None:
    """A claim is filed once, and nobody knows what became of it."""
    before = server.posts
    error = await refusal(caller)
    assert (error.code, error.certainty) == ("network.broken", Certainty.UNKNOWN)
    assert (error.attempts, server.posts) == (1, before + 1)


_POOL = urllib3.HTTPSConnectionPool("api.test")


@each_way
async def test_what_the_program_is_handling_says_nothing_of_a_filing(way: Way) -> None:
    refused = urllib3.exceptions.NewConnectionError(_POOL, "refused")  # type: ignore[arg-type]
    with serving() as server:
        async with over(way, made_by(way), server.port) as caller:
            await refused_once(caller, server)
            for handled in (
                ssl.SSLCertVerificationError(1, "another's"),
                requests.exceptions.ConnectionError(refused),
            ):
                try:
                    raise handled
                except OSError:
                    await refused_once(caller, server)


def answer(status: str, *headers: str) -> bytes:
    return "\r\n".join([f"HTTP/1.1 {status}", *headers, "", '{"id":"1"}']).encode()


@each_way
async def test_headers_of_an_answer_that_make_no_sense(way: Way) -> None:
    with serving(answer("201 Created", "Content-Length: 10", "Content-Length: 11")) as server:
        async with over(way, made_by(way), server.port) as caller:
            await refused_once(caller, server)


@each_way
async def test_an_answer_that_leads_nowhere_is_not_lost(way: Way) -> None:
    for location in ("mailto:x", "//[", "https://\u00e6.test:99999/", "//xn--a/"):
        says = answer("303 See Other", "Content-Length: 10", f"Location: {location}")
        with serving(says) as server:
            async with over(way, made_by(way), server.port) as caller:
                error = await refusal(caller)
                assert (error.certainty, error.attempts) == (Certainty.UNKNOWN, 1)
                assert (error.refusal.status, server.posts) == (303, 1)


class Sent:
    """A request that no client made."""

    def __init__(self, url: str) -> None:
        self._url = url

    def method_name(self) -> str:
        return "POST"

    def url(self) -> str:
        return self._url

    def headers(self) -> list[HeaderField]:
        return []

    def body(self) -> bytes:
        return b"{}"


@each_way
async def test_of_a_redirect_no_more_is_read_than_may_be(way: Way) -> None:
    # Read to its end it would be cut off.
    says = answer("303 See Other", "Content-Length: 1000000000", "Location: /x") + b"x" * (1 << 17)
    transport = made_by(way)
    with serving(says) as server:
        got = await do(transport.send(Sent(f"http://127.0.0.1:{server.port}/krav"), 600, 5))
        await do(transport.aclose() if way.awaited else transport.close())
        assert (got.status, server.posts) == (303, 1)
        assert ("location", "/x") in [(one.name.lower(), one.value) for one in got.headers]


@each_way
async def test_a_request_that_cannot_be_made_is_not_sent(way: Way) -> None:
    transport = made_by(way)
    with pytest.raises(TransportError) as caught:
        await do(transport.send(Sent("http://api.test:x/"), 600, 5))
    await do(transport.aclose() if way.awaited else transport.close())
    assert isinstance(caught.value.failure, TransportFailureNotSent)


class Cut(httpx.SyncByteStream):
    """A body that ends by what TLS says of a certificate."""

    def __iter__(self) -> Iterator[bytes]:
        alert = ssl.SSLError(1, "[SSL: SSLV3_ALERT_BAD_CERTIFICATE]")
        raise httpx.ReadError("cut off") from alert


def answered_by(request: httpx.Request) -> httpx.Response:
    return httpx.Response(201, json={"id": "1"})


def fails_elsewhere(response: httpx.Response) -> None:
    raise httpx.ConnectError("refused", request=httpx.Request("GET", "https://log.test"))


def fails_in_tls(response: httpx.Response) -> None:
    raise requests.exceptions.SSLError(ssl.SSLCertVerificationError(1, "another's"))


@pytest.mark.parametrize("hook", [fails_elsewhere, fails_in_tls])
@pytest.mark.parametrize("mocked", [True, False])
def test_a_hook_of_the_program_says_nothing_of_a_filing(
    hook: Callable[[httpx.Response], None], mocked: bool
) -> None:
    def unanswered() -> TransportError:
        with pytest.raises(TransportError) as caught:
            skifteportal.httpx.over(own).send(request, 600, 1000)
        return caught.value

    transport = httpx.MockTransport(answered_by) if mocked else None
    with (
        serving(answer("201 Created", "Content-Length: 10")) as server,
        httpx.Client(transport=transport, event_hooks={"response": [hook]}, trust_env=False) as own,
    ):
        request: Any = Sent(f"http://127.0.0.1:{server.port}/krav")
        assert isinstance(unanswered().failure, TransportFailureBroken)


def test_tls_that_fails_within_an_answer_says_nothing_of_the_filing() -> None:
    transport = httpx.MockTransport(lambda _: httpx.Response(201, stream=Cut()))
    with httpx.Client(transport=transport) as own, pytest.raises(TransportError) as caught:
        request: Any = Sent("https://api.test/krav")
        skifteportal.httpx.over(own).send(request, 600, 1000)
    assert isinstance(caught.value.failure, TransportFailureBroken)


class CutByRequests(requests.adapters.HTTPAdapter):
    """Gives an answer whose body ends by what TLS says of a certificate."""

    def send(self, request: Any, *_: Any, **__: Any) -> requests.Response:
        class Raw(io.BytesIO):
            def read(self, *_: Any) -> bytes:
                raise ssl.SSLCertVerificationError(1, "another's")

        return self.build_response(
            request, urllib3.HTTPResponse(Raw(), status=201, preload_content=False)
        )


def test_tls_that_fails_within_an_answer_of_requests_says_nothing_either() -> None:
    with requests.Session() as own, pytest.raises(TransportError) as caught:
        own.mount("https://", CutByRequests())
        request: Any = Sent("https://api.test/krav")
        skifteportal.requests.over(own).send(request, 600, 1000)
    assert isinstance(caught.value.failure, TransportFailureBroken)
