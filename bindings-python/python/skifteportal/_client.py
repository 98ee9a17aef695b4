"""The client, and who calls by it."""

from __future__ import annotations

from collections.abc import Sequence
from types import TracebackType
from typing import TypeVar

from skifteportal._caller import Call
from skifteportal._clock import Clock
from skifteportal._identity import ClientIdentity
from skifteportal._login import Login
from skifteportal._model import AdgangsprofilId, AssertionSettings, SessionSettings
from skifteportal._native import Certificate, PortalEnvironment, Token
from skifteportal._operations import Services
from skifteportal._pump import Pump
from skifteportal._setup import Called, Reporting, Setup
from skifteportal._transport import Transport, TransportFactory

__all__ = ["Caller", "SkifteportalClient"]

_Answer = TypeVar("_Answer")


class Caller(Reporting, Services):
    """Who calls: a reporter, or a likvidator through one. Any number of threads may use it at once.

    Every method raises a `SkifteportalError`.
    """

    def __init__(self, pump: Pump, reporter: int, profile: AdgangsprofilId | None = None) -> None:
        """Use `SkifteportalClient.add_reporter`."""
        self._pump = pump
        self._lines = pump.lines
        self._reporter = reporter
        self._profile = profile
        self._serve(self)

    def acting_for(self, profile: AdgangsprofilId) -> Caller:
        """The likvidator whose adgangsprofil lists this reporter's certificate."""
        return Caller(self._pump, self._reporter, profile)

    def send(self, call: Call[_Answer]) -> _Answer:
        """Makes a call, which may be made again."""
        return self._pump.call(self._reporter, self._profile, call)

    def token(self) -> Token:
        """A fresh token, for a program that calls the API in its own way."""
        return self._pump.token(self._reporter, self._profile)


class SkifteportalClient(Called):
    """Calls the portal for any number of reporters, from any number of threads. Make one for the
    whole program: tokens, rate limits and connections are shared in it.
    """

    def __init__(
        self,
        environment: PortalEnvironment,
        *,
        transports: TransportFactory | None = None,
        transport: Transport | None = None,
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
        self._pump = Pump(self._setup.lines)

    def add_reporter(
        self,
        client_id: str,
        client_secret: str,
        identity: ClientIdentity,
        *,
        scope: str | None = None,
        transport: Transport | None = None,
    ) -> Caller:
        """Adds a reporter by variant A: a Client ID and its secret, over the reporter's certificate. A
        transport is what the program has itself for connections that present it.
        """
        login = Login.by_secret(client_id, client_secret, identity, scope)
        return self._add(login, transport)

    def add_signing_reporter(
        self,
        issuer: str,
        identity: ClientIdentity,
        api_user: ClientIdentity,
        *,
        settings: AssertionSettings | None = None,
        scope: str | None = None,
        transport: Transport | None = None,
    ) -> Caller:
        """Adds a reporter by variant B: its key signs assertions, over the certificate of the API user, whose
        CVR number stands for the client. `issuer` names the reporter's system, by a URL. Settings of the
        assertion take the place of the issuer and of the rest.
        """
        login = Login.by_assertion(issuer, identity, api_user, settings, scope)
        return self._add(login, transport)

    def replace_credentials(
        self,
        caller: Caller,
        client_id: str,
        client_secret: str,
        identity: ClientIdentity,
        *,
        scope: str | None = None,
        transport: Transport | None = None,
    ) -> None:
        """Gives a reporter the credentials of variant A in place of those that it has: a renewed certificate, a
        new secret. Calls that are under way go on with a token of the new ones, and `caller`, with those
        that act for a likvidator through it, stays what it is.
        """
        login = Login.by_secret(client_id, client_secret, identity, scope)
        self._replace(caller, login, transport)

    def replace_signing_credentials(
        self,
        caller: Caller,
        issuer: str,
        identity: ClientIdentity,
        api_user: ClientIdentity,
        *,
        settings: AssertionSettings | None = None,
        scope: str | None = None,
        transport: Transport | None = None,
    ) -> None:
        """Gives a reporter the credentials of variant B in place of those that it has."""
        login = Login.by_assertion(issuer, identity, api_user, settings, scope)
        self._replace(caller, login, transport)

    def remove_reporter(self, caller: Caller) -> None:
        """Removes a reporter. Its calls that wait end as failed and not processed; a request that is out is not
        made again. Callers of it are of no more use.
        """
        self._pump.remove(self._reporter(caller))

    def close(self) -> None:
        """Ends it. Calls that wait are given up, with `ClientClosed`; one whose request is out ends with its
        answer, and its connection with it.
        """
        self._pump.close()

    def __enter__(self) -> SkifteportalClient:
        """It is closed at the end of the block."""
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        traceback: TracebackType | None,
    ) -> None:
        """Closes it."""
        self.close()

    def _add(self, login: Login, transport: Transport | None) -> Caller:
        line = self._setup.line(login, transport)
        return Caller(self._pump, self._pump.add(login.credentials, line))

    def _replace(self, caller: Caller, login: Login, transport: Transport | None) -> None:
        reporter = self._reporter(caller)
        line = self._setup.line(login, transport)
        self._pump.replace(reporter, login.credentials, line)


def _default() -> TransportFactory:
    # Whoever has another one does not need it.
    from skifteportal.httpx import transport  # noqa: PLC0415

    return transport
