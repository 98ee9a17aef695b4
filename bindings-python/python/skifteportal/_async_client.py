"""The client for `asyncio`, and who calls by it."""

from __future__ import annotations

from collections.abc import Sequence
from types import TracebackType
from typing import TypeVar

from skifteportal._async_pump import AsyncPump
from skifteportal._caller import Call
from skifteportal._clock import Clock
from skifteportal._identity import ClientIdentity
from skifteportal._login import Login
from skifteportal._model import AdgangsprofilId, AssertionSettings, SessionSettings
from skifteportal._native import Certificate, PortalEnvironment, Token
from skifteportal._operations import AsyncServices
from skifteportal._setup import Called, Reporting, Setup
from skifteportal._transport import AsyncTransport, AsyncTransportFactory

__all__ = ["AsyncCaller", "AsyncSkifteportalClient"]

_Answer = TypeVar("_Answer")


class AsyncCaller(Reporting, AsyncServices):
    """Who calls: a reporter, or a likvidator through one. Any number of tasks of one event loop may use it at once.

    Every method raises a `SkifteportalError`.
    """

    def __init__(
        self, pump: AsyncPump, reporter: int, profile: AdgangsprofilId | None = None
    ) -> None:
        """Use `AsyncSkifteportalClient.add_reporter`."""
        self._pump = pump
        self._lines = pump.lines
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


class AsyncSkifteportalClient(Called):
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
        make = _default() if transports is None else transports
        self._setup = Setup(environment, make, transport, authorities, settings, clock)
        self._lines = self._setup.lines
        self._pump = AsyncPump(self._setup.lines)

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
        await self._pump.remove(self._reporter(caller))

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

    async def _add(self, login: Login, transport: AsyncTransport | None) -> AsyncCaller:
        line = self._setup.line(login, transport)
        return AsyncCaller(self._pump, await self._pump.add(login.credentials, line))

    async def _replace(
        self, caller: AsyncCaller, login: Login, transport: AsyncTransport | None
    ) -> None:
        reporter = self._reporter(caller)
        line = self._setup.line(login, transport)
        await self._pump.replace(reporter, login.credentials, line)


def _default() -> AsyncTransportFactory:
    # Whoever has another one does not need it.
    from skifteportal.httpx import async_transport  # noqa: PLC0415

    return async_transport
