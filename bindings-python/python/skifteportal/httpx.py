"""Sends with httpx, waiting or awaited: `pip install skifteportal[httpx]`."""

from __future__ import annotations

import asyncio
import ssl
import time
from collections.abc import Iterator

from skifteportal import _failures
from skifteportal._deadline import within
from skifteportal._model import (
    HeaderField,
    TransportFailure,
    TransportFailureBroken,
    TransportFailureConnectFailed,
    TransportFailureConnectTimedOut,
    TransportFailureNotSent,
    TransportFailureTimedOut,
)
from skifteportal._native import HttpRequest
from skifteportal._transport import Answer, AsyncTransport, Transport, TransportError

try:
    import httpx
except ImportError as missing:
    raise ImportError(
        "httpx is not installed: `pip install skifteportal[httpx]` brings it; or give the client another"
        " library's transports, such as those of skifteportal.requests"
    ) from missing

__all__ = ["async_transport", "failure_of", "over", "over_async", "transport"]

# The session says how many requests are out at once.
_LIMITS = httpx.Limits(max_connections=None, max_keepalive_connections=100)


def transport(context: ssl.SSLContext, *, trust_env: bool = True) -> Transport:
    """What sends over connections of a TLS context, which are used again. `trust_env` says whether the proxies
    that the environment names are used.
    """
    client = httpx.Client(verify=context, limits=_LIMITS, trust_env=trust_env)
    return _Transport(client, owned=True)


def over(client: httpx.Client) -> Transport:
    """What sends by the program's own client, with its connections, proxies and hooks. It stays open, and its
    TLS is the program's matter.
    """
    return _Transport(client, owned=False)


def async_transport(context: ssl.SSLContext, *, trust_env: bool = True) -> AsyncTransport:
    """The same for `asyncio`."""
    client = httpx.AsyncClient(verify=context, limits=_LIMITS, trust_env=trust_env)
    return _AsyncTransport(client, owned=True)


def over_async(client: httpx.AsyncClient) -> AsyncTransport:
    """What sends by the program's own client, for `asyncio`."""
    return _AsyncTransport(client, owned=False)


def failure_of(error: BaseException) -> TransportFailure:
    """What an exception of httpx means. What is not known counts as broken off: the request may have arrived."""
    known = _failures.of_tls(error)
    if known is not None:
        return known
    said = _failures.reason(error)
    if isinstance(error, httpx.ConnectTimeout):
        return TransportFailureConnectTimedOut()
    if isinstance(error, httpx.PoolTimeout):
        return TransportFailureNotSent(reason=said)
    if isinstance(error, httpx.TimeoutException):
        return TransportFailureTimedOut()
    # A proxy's refusal is of the tunnel: hosts of the portal are reached through nothing else.
    if isinstance(error, (httpx.ConnectError, httpx.ProxyError)):
        return TransportFailureConnectFailed(reason=said)
    if isinstance(error, (httpx.InvalidURL, httpx.UnsupportedProtocol)):
        return TransportFailureNotSent(reason=said)
    return TransportFailureBroken(reason=said)


def _made(request: HttpRequest, timeout: float) -> httpx.Request:
    # Half of the time is for the connection, so that it is known what took too long.
    limits = httpx.Timeout(timeout, connect=timeout / 2, pool=timeout / 2)
    return httpx.Request(
        request.method_name(),
        request.url(),
        headers=[(field.name, field.value) for field in request.headers()],
        content=request.body() or None,
        extensions={"timeout": limits.as_dict()},
    )


def _headers(response: httpx.Response) -> list[HeaderField]:
    fields: Iterator[tuple[str, str]] = iter(response.headers.multi_items())
    return [HeaderField(name=name, value=value) for name, value in fields]


class _Transport:
    def __init__(self, client: httpx.Client, *, owned: bool) -> None:
        self._client = client
        self._owned = owned

    def send(self, request: HttpRequest, timeout: float, limit: int) -> Answer:
        over = time.monotonic() + timeout
        try:
            made = _made(request, timeout)
            # It is sent as it is: without the client's cookies, its authentication, its redirects.
            response = self._client.send(made, stream=True, auth=None, follow_redirects=False)
            try:
                body = bytearray()
                for part in response.iter_bytes():
                    body += part
                    if len(body) > limit:
                        break
                    if time.monotonic() > over:
                        raise TransportError(TransportFailureTimedOut())
            finally:
                response.close()
        except (httpx.HTTPError, httpx.InvalidURL, httpx.StreamError, OSError) as error:
            failure = failure_of(error)
        else:
            return Answer(response.status_code, _headers(response), body)
        raise TransportError(failure)

    def close(self) -> None:
        if self._owned:
            self._client.close()


class _AsyncTransport:
    def __init__(self, client: httpx.AsyncClient, *, owned: bool) -> None:
        self._client = client
        self._owned = owned

    async def send(self, request: HttpRequest, timeout: float, limit: int) -> Answer:
        try:
            return await within(timeout * 2, self._answer(request, timeout, limit))
        except asyncio.TimeoutError:
            failure: TransportFailure = TransportFailureTimedOut()
        except (httpx.HTTPError, httpx.InvalidURL, httpx.StreamError, OSError) as error:
            failure = failure_of(error)
        raise TransportError(failure)

    async def _answer(self, request: HttpRequest, timeout: float, limit: int) -> Answer:
        made = _made(request, timeout)
        response = await self._client.send(made, stream=True, auth=None, follow_redirects=False)
        try:
            body = bytearray()
            async for part in response.aiter_bytes():
                body += part
                if len(body) > limit:
                    break
        finally:
            await response.aclose()
        return Answer(response.status_code, _headers(response), body)

    async def aclose(self) -> None:
        if self._owned:
            await self._client.aclose()
