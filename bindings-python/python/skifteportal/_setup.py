"""What a client is made of, whether its calls are waited for or awaited."""

from __future__ import annotations

import secrets
import ssl
from collections.abc import Sequence
from typing import Any, Callable, Generic, NoReturn, TypeVar

from skifteportal._clock import Clock
from skifteportal._identity import tls_context
from skifteportal._line import Line
from skifteportal._lines import Lines
from skifteportal._login import Login
from skifteportal._model import AdgangsprofilId, SessionSettings, SessionStats
from skifteportal._native import Certificate, Checks, Defaults, PortalEnvironment, Session

__all__ = ["Called", "Reporting", "Setup"]

_T = TypeVar("_T")


class Setup(Generic[_T]):
    """Where a client calls, whom it trusts, and how what sends is made for a certificate."""

    def __init__(
        self,
        environment: PortalEnvironment,
        make: Callable[[ssl.SSLContext], _T],
        transport: _T | None,
        authorities: Sequence[Certificate] | None,
        settings: SessionSettings | None,
        clock: Clock | None,
    ) -> None:
        self._make = make
        self._authorities = None if authorities is None else list(authorities)
        session = Session(
            environment,
            Defaults().session() if settings is None else settings,
            secrets.token_bytes(32),
        )
        plain = self._over(transport, lambda: tls_context(self._authorities))
        self.lines = Lines(session, plain, clock or Clock())

    def line(self, login: Login, transport: _T | None) -> Line[_T]:
        """A line for who logs in so, over what the program has itself or over what is made."""
        signer = login.signer
        return self._over(transport, lambda: login.identity.context(self._authorities), signer)

    def _over(
        self,
        transport: _T | None,
        context: Callable[[], ssl.SSLContext],
        signer: Callable[[bytes], bytes] | None = None,
    ) -> Line[_T]:
        if transport is None:
            return Line(self._make(context()), signer, owned=True)
        return Line(transport, signer, owned=False)


class Called:
    """What all clients tell of themselves."""

    _lines: Lines[Any]

    def stats(self) -> SessionStats:
        """The session's figures."""
        return self._lines.session.stats()

    def _reporter(self, caller: Reporting) -> int:
        # The reporters of every client are counted from the same number.
        if caller._lines is not self._lines:
            raise ValueError("the caller is of another client")
        return caller._reporter

    def __repr__(self) -> str:
        """Where it calls."""
        return f"<{type(self).__name__} of {self._lines.session.environment().api()}>"

    def __reduce__(self) -> NoReturn:
        """Refuses: it holds credentials."""
        raise TypeError("a client can be neither pickled nor copied; make one in each process")


class Reporting:
    """What all callers tell of themselves."""

    _lines: Lines[Any]
    _reporter: int
    _profile: AdgangsprofilId | None

    def checks(self) -> Checks:
        """The checks of payloads, by today's date in Denmark."""
        return self._lines.checks()

    def __repr__(self) -> str:
        """Which reporter it is."""
        acting = "" if self._profile is None else f" acting for {self._profile}"
        return f"<{type(self).__name__} of reporter {self._reporter}{acting}>"

    def __reduce__(self) -> NoReturn:
        """Refuses: behind it are credentials."""
        raise TypeError("a caller can be neither pickled nor copied; make one in each process")
