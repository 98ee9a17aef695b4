"""A server that reads a request to its end before anything goes wrong, and clients that file to it."""

from __future__ import annotations

import os
import selectors
import socket
import socketserver
import ssl
import threading
import unittest.mock
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager, contextmanager, suppress
from typing import Any

import pytest
from skifteportal import AsyncSkifteportalClient as AsyncClient
from skifteportal import (
    Caller,
    Defaults,
    HttpRequest,
    PortalEnvironment,
    PortalError,
    SkifteportalClient,
)

from .e2e.driver import Way, do
from .test_client import BO, KRAV, SECRET, AsyncFake, Fake, identity, token

__all__ = ["Proxy", "Server", "filed", "made_by", "over", "refusal", "serving"]


class Server:
    """Says the same to every request that it has read, and hangs up."""

    def __init__(self, says: bytes) -> None:
        self.says = says
        self.posts = 0
        self.heard = socket.create_server(("127.0.0.1", 0))
        self.port: int = self.heard.getsockname()[1]

    def _read(self, connection: socket.socket) -> None:
        with connection.makefile("rb") as sent:
            method, length = sent.readline(), 0
            for field in iter(sent.readline, b"\r\n"):
                name, value = field.split(b":", 1)
                length = int(value) if name.lower() == b"content-length" else length
            self.posts += len(sent.read(length)) == length and method.startswith(b"POST")

    def run(self) -> None:
        """Until a connection says nothing."""
        while True:
            connection, _ = self.heard.accept()
            with connection:
                if not connection.recv(1, socket.MSG_PEEK):
                    return
                self._read(connection)
                # Who has heard enough hangs up first.
                with suppress(OSError):
                    connection.sendall(self.says)


@contextmanager
def serving(says: bytes = b"") -> Iterator[Server]:
    """Such a server, for as long as it is needed."""
    server = Server(says)
    thread = threading.Thread(target=server.run)
    thread.start()
    try:
        yield server
    finally:
        socket.create_connection(("127.0.0.1", server.port)).close()
        thread.join()
        server.heard.close()


class _Tunnel(socketserver.StreamRequestHandler):
    def handle(self) -> None:
        _, target, _ = self.rfile.readline().split()
        while self.rfile.readline() != b"\r\n":
            pass
        host, port = target.decode().rsplit(":", 1)
        with socket.create_connection((host, int(port))) as far, suppress(OSError):
            self.server.tunnels += 1  # type: ignore[attr-defined]
            self.wfile.write(b"HTTP/1.1 200 OK\r\n\r\n")
            self._join(self.connection, far)

    @staticmethod
    def _join(near: socket.socket, far: socket.socket) -> None:
        """Passes on what either says, until one hangs up."""
        with selectors.DefaultSelector() as ready:
            ready.register(near, selectors.EVENT_READ, far)
            ready.register(far, selectors.EVENT_READ, near)
            while True:
                for key, _ in ready.select():
                    said = key.fileobj.recv(1 << 16)  # type: ignore[union-attr]
                    if not said:
                        return
                    key.data.sendall(said)


class Proxy(socketserver.ThreadingTCPServer):
    """Lets everything through that comes by CONNECT."""

    # A test that failed may have left connections open, for which nobody is to wait.
    daemon_threads = True
    block_on_close = False

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), _Tunnel)
        self.tunnels = 0

    @contextmanager
    def named(self) -> Iterator[None]:
        """While the environment names it."""
        thread = threading.Thread(target=self.serve_forever)
        thread.start()
        url = f"http://127.0.0.1:{self.server_address[1]}"
        names = {"https_proxy": url, "HTTPS_PROXY": url, "no_proxy": "", "NO_PROXY": ""}
        try:
            with unittest.mock.patch.dict(os.environ, names):
                yield
        finally:
            self.shutdown()
            thread.join()


class _Moved:
    """A request that goes to the server, whatever its host."""

    def __init__(self, request: HttpRequest, url: str) -> None:
        self._request = request
        self._url = url

    def __getattr__(self, name: str) -> Any:
        return getattr(self._request, name)

    def url(self) -> str:
        return self._url


class _Moving:
    def __init__(self, inner: Any, url: str) -> None:
        self._inner = inner
        self._url = url

    def send(self, request: HttpRequest, timeout: float, limit: int) -> Any:
        moved: Any = _Moved(request, self._url)
        return self._inner.send(moved, timeout, limit)

    def close(self) -> None:
        self._inner.close()

    async def aclose(self) -> None:
        await self._inner.aclose()


def made_by(way: Way) -> Any:
    """A transport of this library's."""
    return way.transports(ssl.create_default_context())


@asynccontextmanager
async def over(way: Way, transport: Any, port: int) -> AsyncIterator[Caller]:
    """Who files by a transport. What may be tried again is, and at once."""
    environment = PortalEnvironment.custom(
        "https://sts.test", "https://auth.test", "https://api.test"
    )
    fake = (AsyncFake if way.awaited else Fake)(lambda _: token())
    make: Any = AsyncClient if way.awaited else SkifteportalClient
    settings = Defaults().session().replace(backoff_base_millis=1, backoff_cap_millis=2)
    moving = _Moving(transport, f"http://127.0.0.1:{port}/krav")
    client = make(environment, transports=lambda _: fake, transport=moving, settings=settings)
    try:
        yield await do(client.add_reporter("client", SECRET, identity()))
    finally:
        await do(client.aclose() if way.awaited else client.close())


async def filed(caller: Any) -> Any:
    """A claim."""
    return await do(caller.doedsbo.add_krav(BO, KRAV))


async def refusal(caller: Any) -> PortalError:
    """How a claim is refused."""
    with pytest.raises(PortalError) as caught:
        await filed(caller)
    return caught.value
