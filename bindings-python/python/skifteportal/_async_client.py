"""The client for `asyncio`, and who calls by it."""

from __future__ import annotations

import secrets
from collections.abc import Sequence
from types import TracebackType
from typing import NoReturn, TypeVar

from skifteportal._async_pump import AsyncPump
from skifteportal._caller import Call
from skifteportal._clock import Clock
from skifteportal._identity import ClientIdentity, tls_context
from skifteportal._line import Line
from skifteportal._login import Login
from skifteportal._model import AdgangsprofilId, AssertionSettings, SessionSettings, SessionStats
from skifteportal._native import (
    Certificate,
    Checks,
    Defaults,
    PortalEnvironment,
    Session,
    Token,
)
from skifteportal._operations import AsyncServices
from skifteportal._transport import AsyncTransport, AsyncTransportFactory

__all__ = ["AsyncCaller", "AsyncSkifteportalClient"]

_Answer = TypeVar("_Answer")


class AsyncCaller(AsyncServices):
    """Who calls: a reporter, or a likvidator through one. Any number of tasks of one event loop may use it at once.

    Every method raises a `SkifteportalError`.
    """

    def __init__(
        self, pump: AsyncPump, reporter: int, profile: AdgangsprofilId | None = None
    ) -> None:
        """Use `AsyncSkifteportalClient.add_reporter`."""
        self._pump = pump
        self._reporter = reporter
        self._profile = profile
        self._serve(self)

    def acting_for(self, profile: AdgangsprofilId) -> AsyncCaller:
        """The likvidator whose adgangsprofil lists this reporter's certificate."""
        return AsyncCaller(self._pump, self._reporter, profile)

    async def send(self, call: Call[_Answer]) -> _Answer:
        """Makes a call, which may be made again."""
        return await self._pump.call(self._reporter, self._profile, call)

    async def token(self) -> Token:
        """A fresh token, for a program that calls the API in its own way."""
        return await self._pump.token(self._reporter, self._profile)

    def checks(self) -> Checks:
        """The checks of payloads, by today's date in Denmark."""
        return self._pump.lines.checks()

    def __repr__(self) -> str:
        """Which reporter it is."""
        acting = "" if self._profile is None else f" acting for {self._profile}"
        return f"<AsyncCaller of reporter {self._reporter}{acting}>"

    def __reduce__(self) -> NoReturn:
        """Refuses: behind it are credentials."""
        raise TypeError("a caller cannot be pickled")


class AsyncSkifteportalClient:
    """Calls the portal for any number of reporters, from any number of tasks of one event loop. Make one for the
    whole program: tokens, rate limits and connections are shared in it.
    """

    def __init__(
        self,
        environment: PortalEnvironment,
        *,
        transports: AsyncTransportFactory | None = None,
        transport: AsyncTransport | None = None,
        authorities: Sequence[Certificate] | None = None,
        settings: SessionSettings | None = None,
        clock: Clock | None = None,
    ) -> None:
        """A client for an environment. `transports` makes what sends, for each certificate; without it httpx
        does. `transport` is what the program has itself for connections that present none. `authorities` are
        those of the servers' certificates, in place of those of the system.
        """
        self._authorities = None if authorities is None else list(authorities)
        self._transports = _default() if transports is None else transports
        session = Session(
            environment,
            Defaults().session() if settings is None else settings,
            secrets.token_bytes(32),
        )
        owned = transport is None
        if transport is None:
            transport = self._transports(tls_context(self._authorities))
        plain = Line(transport, None, owned=owned)
        self._pump = AsyncPump(session, plain, clock or Clock())

    async def add_reporter(
        self,
        client_id: str,
        client_secret: str,
        identity: ClientIdentity,
        *,
        scope: str | None = None,
        transport: AsyncTransport | None = None,
    ) -> AsyncCaller:
        """Adds a reporter by variant A: a Client ID and its secret, over the reporter's certificate. A
        transport is what the program has itself for connections that present it.
        """
        login = Login.by_secret(client_id, client_secret, identity, scope)
        return await self._add(login, transport)

    async def add_signing_reporter(
        self,
        issuer: str,
        identity: ClientIdentity,
        api_user: ClientIdentity,
        *,
        settings: AssertionSettings | None = None,
        scope: str | None = None,
        transport: AsyncTransport | None = None,
    ) -> AsyncCaller:
        """Adds a reporter by variant B: its key signs assertions, over the certificate of the API user, whose
        CVR number stands for the client. `issuer` names the reporter's system, by a URL. Settings of the
        assertion take the place of the issuer and of the rest.
        """
        login = Login.by_assertion(issuer, identity, api_user, settings, scope)
        return await self._add(login, transport)

    async def replace_credentials(
        self,
        caller: AsyncCaller,
        client_id: str,
        client_secret: str,
        identity: ClientIdentity,
        *,
        scope: str | None = None,
        transport: AsyncTransport | None = None,
    ) -> None:
        """Gives a reporter the credentials of variant A in place of those that it has: a renewed certificate, a
        new secret. Calls that are under way go on with a token of the new ones, and `caller`, with those
        that act for a likvidator through it, stays what it is.
        """
        login = Login.by_secret(client_id, client_secret, identity, scope)
        await self._replace(caller, login, transport)

    async def replace_signing_credentials(
        self,
        caller: AsyncCaller,
        issuer: str,
        identity: ClientIdentity,
        api_user: ClientIdentity,
        *,
        settings: AssertionSettings | None = None,
        scope: str | None = None,
        transport: AsyncTransport | None = None,
    ) -> None:
        """Gives a reporter the credentials of variant B in place of those that it has."""
        login = Login.by_assertion(issuer, identity, api_user, settings, scope)
        await self._replace(caller, login, transport)

    async def remove_reporter(self, caller: AsyncCaller) -> None:
        """Removes a reporter. Its calls that wait end as failed and not processed; a request that is out is not
        made again. Callers of it are of no more use.
        """
        await self._pump.remove(caller._reporter)

    def stats(self) -> SessionStats:
        """The session's figures."""
        return self._pump.lines.session.stats()

    async def aclose(self) -> None:
        """Ends it. Calls that wait are given up, with `ClientClosed`; one whose request is out ends with its
        answer, and its connection with it.
        """
        await self._pump.close()

    async def __aenter__(self) -> AsyncSkifteportalClient:
        """It is closed at the end of the block."""
        return self

    async def __aexit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        traceback: TracebackType | None,
    ) -> None:
        """Closes it."""
        await self.aclose()

    def __repr__(self) -> str:
        """Where it calls."""
        return f"<AsyncSkifteportalClient of {self._pump.lines.session.environment().api()}>"

    def __reduce__(self) -> NoReturn:
        """Refuses: it holds credentials."""
        raise TypeError("a client cannot be pickled")

    async def _add(self, login: Login, transport: AsyncTransport | None) -> AsyncCaller:
        line = self._line(login, transport)
        return AsyncCaller(self._pump, await self._pump.add(login.credentials, line))

    async def _replace(
        self, caller: AsyncCaller, login: Login, transport: AsyncTransport | None
    ) -> None:
        line = self._line(login, transport)
        await self._pump.replace(caller._reporter, login.credentials, line)

    def _line(self, login: Login, transport: AsyncTransport | None) -> Line[AsyncTransport]:
        owned = transport is None
        if transport is None:
            transport = self._transports(login.identity.context(self._authorities))
        return Line(transport, login.signer, owned=owned)


def _default() -> AsyncTransportFactory:
    # Whoever has another one does not need it.
    from skifteportal.httpx import async_transport  # noqa: PLC0415

    return async_transport
