"""What sends requests, and what may become of them."""

from __future__ import annotations

import ssl
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Callable, Protocol

from skifteportal._model import HeaderField, TransportFailure
from skifteportal._native import HttpRequest

__all__ = [
    "Answer",
    "AsyncTransport",
    "AsyncTransportFactory",
    "Transport",
    "TransportError",
    "TransportFactory",
]


@dataclass(frozen=True)
class Answer:
    """An answer as it was received: after the transport's own decoding, and before any other. It may hold what
    can change, and so has no hash.
    """

    __hash__ = None  # type: ignore[assignment]

    status: int
    """The status."""
    headers: Sequence[HeaderField] = field(repr=False)
    """The headers in their order."""
    body: bytes | bytearray = field(repr=False)
    """The body."""


class TransportError(Exception):
    """A request got no answer."""

    failure: TransportFailure
    """Why, and with it whether the portal may have received the request."""

    def __init__(self, failure: TransportFailure) -> None:
        super().__init__("a request got no answer")
        self.failure = failure


class Transport(Protocol):
    """Sends requests over connections that present one client certificate, or none.

    It sends each request once, follows no redirect, and adds no header beyond those of the connection.
    Any number of threads may use it at once.
    """

    def send(self, request: HttpRequest, timeout: float, limit: int) -> Answer:
        """Sends a request and waits so many seconds for its answer. Of a body that is longer than the limit
        no more need be read than shows that it is.

        It raises a `TransportError`. After any other exception the request may have arrived.
        """
        ...

    def close(self) -> None:
        """Closes the connections. Nothing is sent any more."""
        ...


class AsyncTransport(Protocol):
    """The same for `asyncio`. A task that is cancelled gives its request up."""

    async def send(self, request: HttpRequest, timeout: float, limit: int) -> Answer:
        """Sends a request and awaits its answer."""
        ...

    async def aclose(self) -> None:
        """Closes the connections."""
        ...


TransportFactory = Callable[[ssl.SSLContext], Transport]
"""Makes what sends over connections of a TLS context."""

AsyncTransportFactory = Callable[[ssl.SSLContext], AsyncTransport]
"""Makes what sends over connections of a TLS context, for `asyncio`."""
