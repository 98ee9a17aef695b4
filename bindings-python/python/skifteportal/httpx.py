"""Sends with httpx, waiting or awaited: `pip install skifteportal[httpx]`."""

from __future__ import annotations

import asyncio
import ssl
import time
from typing import Any, Callable

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
    TransportFailureTlsRefused,
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

# Under this name an answer keeps its headers as they were received.
_RECEIVED = "skifteportal.received"


def transport(context: ssl.SSLContext, *, trust_env: bool = True) -> Transport:
    """What sends over connections of a TLS context, which are used again. `trust_env` says whether the proxies
    that the environment names are used.
    """
    hooks = {"response": [_stay]}
    client = httpx.Client(verify=context, limits=_LIMITS, trust_env=trust_env, event_hooks=hooks)
    return _Transport(client, owned=True)


def over(client: httpx.Client) -> Transport:
    """What sends by the program's own client, with its connections, proxies and hooks. It stays open, and its
    TLS is the program's matter.
    """
    return _Transport(client, owned=False)


def async_transport(context: ssl.SSLContext, *, trust_env: bool = True) -> AsyncTransport:
    """The same for `asyncio`."""
    hooks = {"response": [_stay_async]}
    client = httpx.AsyncClient(
        verify=context, limits=_LIMITS, trust_env=trust_env, event_hooks=hooks
    )
    return _AsyncTransport(client, owned=True)


def over_async(client: httpx.AsyncClient) -> AsyncTransport:
    """What sends by the program's own client, for `asyncio`."""
    return _AsyncTransport(client, owned=False)


def failure_of(error: BaseException) -> TransportFailure:
    """What an exception means that httpx raised while it sent one request, and before any of it was sent. What
    is not known counts as broken off: the request may have arrived.
    """
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
    if isinstance(error, httpx.UnsupportedProtocol):
        return TransportFailureNotSent(reason=said)
    return TransportFailureBroken(reason=said)


class _Progress:
    """How far a request came. httpx tells it while it sends, unless the program's transport is another."""

    def __init__(self) -> None:
        self._begun = False
        self.answered = False
        # Which exception, and not itself: it would hold on to the request.
        self._failed: int | None = None

    def told(self, event: str, info: dict[str, Any]) -> None:
        """A step is begun, has been made, or failed."""
        if event.endswith(".send_request_headers.started"):
            # That of a tunnel through a proxy is none of ours.
            self._begun |= getattr(info.get("request"), "method", None) != b"CONNECT"
        elif event.endswith(".receive_response_headers.complete"):
            self.answered |= self._begun
        elif event.endswith(".failed"):
            self._failed = id(info.get("exception"))

    async def told_async(self, event: str, info: dict[str, Any]) -> None:
        """The same for `asyncio`."""
        self.told(event, info)

    def failure_of(self, error: BaseException, made: httpx.Request) -> TransportFailure:
        """What an exception means. That nothing was sent is believed only of this request, and where it was
        not being sent yet.
        """
        if self._is_ours(error, made) and not self.answered:
            failure = failure_of(error)
            refused = isinstance(failure, TransportFailureTlsRefused)
            if refused or not self._begun:
                return failure
        if isinstance(error, httpx.TimeoutException):
            return TransportFailureTimedOut()
        return TransportFailureBroken(reason=_failures.reason(error))

    def _is_ours(self, error: BaseException, made: httpx.Request) -> bool:
        """Not what a hook or a transport of the program raised over a request of its own."""
        if not isinstance(error, httpx.RequestError):
            return id(error) == self._failed
        try:
            return error.request is made
        except RuntimeError:
            return False


def _made(request: HttpRequest, timeout: float, trace: Callable[..., Any]) -> httpx.Request:
    # Half of the time is for the connection, so that it is known what took too long.
    limits = httpx.Timeout(timeout, connect=timeout / 2, pool=timeout / 2)
    try:
        return httpx.Request(
            request.method_name(),
            request.url(),
            headers=[(field.name, field.value) for field in request.headers()],
            content=request.body() or None,
            extensions={"timeout": limits.as_dict(), "trace": trace},
        )
    except (httpx.InvalidURL, ValueError) as error:
        failure = TransportFailureNotSent(reason=_failures.reason(error))
    raise TransportError(failure)


def _stay(response: httpx.Response) -> None:
    """Httpx works out where an answer leads even where it is not to follow, and raises if it leads nowhere."""
    response.extensions[_RECEIVED] = response.headers.multi_items()
    response.headers.pop("location", None)


async def _stay_async(response: httpx.Response) -> None:
    _stay(response)


def _headers(response: httpx.Response) -> list[HeaderField]:
    fields = response.extensions.get(_RECEIVED) or response.headers.multi_items()
    return [HeaderField(name=name, value=value) for name, value in fields]


class _Transport:
    def __init__(self, client: httpx.Client, *, owned: bool) -> None:
        self._client = client
        self._owned = owned

    def send(self, request: HttpRequest, timeout: float, limit: int) -> Answer:
        over = time.monotonic() + timeout
        progress = _Progress()
        made = _made(request, timeout, progress.told)
        try:
            # It is sent as it is: without the client's cookies, its authentication, its redirects.
            response = self._client.send(made, stream=True, auth=None, follow_redirects=False)
            progress.answered = True
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
            failure = progress.failure_of(error, made)
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
        progress = _Progress()
        made = _made(request, timeout, progress.told_async)
        try:
            return await within(timeout * 2, self._answer(made, limit, progress))
        except asyncio.TimeoutError:
            failure: TransportFailure = TransportFailureTimedOut()
        except (httpx.HTTPError, httpx.InvalidURL, httpx.StreamError, OSError) as error:
            failure = progress.failure_of(error, made)
        raise TransportError(failure)

    async def _answer(self, made: httpx.Request, limit: int, progress: _Progress) -> Answer:
        response = await self._client.send(made, stream=True, auth=None, follow_redirects=False)
        progress.answered = True
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
