"""The session with the lines of its reporters, which change together."""

from __future__ import annotations

import inspect
import logging
import os
import threading
from typing import Generic, TypeVar
from urllib.parse import urlsplit

from skifteportal._clock import Clock
from skifteportal._failure import SkifteportalError
from skifteportal._failures import reason
from skifteportal._line import Line
from skifteportal._model import (
    AdgangsprofilId,
    Certainty,
    SessionAction,
    SessionActionSend,
    SessionActionSign,
    Timestamp,
    TransportFailure,
    TransportFailureBroken,
)
from skifteportal._native import Checks, Credentials, PreparedCall, Session, Times
from skifteportal._transport import Answer

__all__ = ["ClientClosed", "Lines", "not_closed", "octets"]

_T = TypeVar("_T")

# What becomes of requests, in words that name no more of them than the method and the host.
_LOG = logging.getLogger("skifteportal")

# What was out for so long that the session has given it up.
_UNKNOWN_EXCHANGE = "session.unknown_exchange"
_UNKNOWN_SIGNATURE = "session.unknown_signature"


def octets(made: object) -> bytes:
    """What a signer gave, if it is bytes: an `async def` gives something else to those who do not await it."""
    try:
        return bytes(memoryview(made))  # type: ignore[arg-type]
    except TypeError:
        if inspect.iscoroutine(made):
            made.close()
        raise TypeError(f"the signer gave no bytes, but {type(made).__name__}") from None


def not_closed(error: Exception) -> None:
    """Connections that are wanted no more could not be closed, and whoever is here asked for something else."""
    _LOG.warning("connections could not be closed: %s", reason(error))


class ClientClosed(RuntimeError):
    """The client was closed before the call had ended."""

    certainty: Certainty
    """Whether the portal may have acted on the call."""

    def __init__(self, certainty: Certainty) -> None:
        super().__init__("the client was closed before the call had ended")
        self.certainty = certainty


class Lines(Generic[_T]):
    """What waiting and awaited calls have in common."""

    def __init__(self, session: Session, plain: Line[_T], clock: Clock) -> None:
        self.session = session
        self.clock = clock
        self.limit = session.settings().max_response_bytes
        self.closed = False
        self._process = os.getpid()
        self._plain = plain
        self._lines: dict[int, Line[_T]] = {}
        # Held while credentials change, so that no request or signature is made by the line of others. The
        # handler of a signal may close the client while its own thread holds it.
        self._changing = threading.RLock()

    def now(self) -> Timestamp:
        return self.clock.now()

    def checks(self) -> Checks:
        return Checks.at(self.now())

    def add(self, credentials: Credentials, line: Line[_T]) -> int:
        self._stay()
        with self._changing:
            if self.closed:
                raise ClientClosed(Certainty.NOT_PROCESSED)
            reporter = self.session.add_reporter(credentials)
            self._lines[reporter] = line
        return reporter

    def replace(self, reporter: int, credentials: Credentials, line: Line[_T]) -> Line[_T] | None:
        """Gives the line that is not wanted any more."""
        self._stay()
        with self._changing:
            if self.closed:
                raise ClientClosed(Certainty.NOT_PROCESSED)
            self.session.replace_credentials(reporter, credentials)
            old = self._lines.get(reporter)
            self._lines[reporter] = line
        return old

    def remove(self, reporter: int) -> Line[_T] | None:
        """Gives the line that is not wanted any more."""
        self._stay()
        with self._changing:
            self.session.remove_reporter(reporter)
            return self._lines.pop(reporter, None)

    def end(self) -> list[Line[_T]]:
        """Gives all lines, which are not wanted any more."""
        if self._process != os.getpid():
            # The connections are those of the process that made the client, and stay as they are.
            self.closed = True
            return []
        with self._changing:
            self.closed = True
            ended = [self._plain, *self._lines.values()]
            self._lines.clear()
        return ended

    def submit(
        self, reporter: int, profile: AdgangsprofilId | None, prepared: PreparedCall | None
    ) -> int:
        self._stay()
        if self.closed:
            raise ClientClosed(Certainty.NOT_PROCESSED)
        if prepared is None:
            return self.session.submit_token(self.now(), reporter, profile)
        return self.session.submit(self.now(), reporter, profile, prepared)

    def next(self, call: int) -> tuple[SessionAction, Line[_T] | None]:
        """What a call is to do now. The line of what is sent is taken, and to be left."""
        with self._changing:
            action = self.session.next_for(self.now(), call)
            if isinstance(action, SessionActionSend):
                line = self._plain if action.reporter is None else self._lines.get(action.reporter)
                line = self._plain if line is None else line
                line.take()
                return action, line
            if isinstance(action, SessionActionSign):
                return action, self._lines.get(action.reporter)
            return action, None

    def ended(self, action: SessionActionSend, got: Answer | TransportFailure) -> None:
        """Tells the session what became of a request."""
        try:
            self._hand_in(action, got)
        except SkifteportalError as error:
            if error.code != _UNKNOWN_EXCHANGE:
                raise
            # It took so long that the session counts it as lost. The call knows, and how sure that is.
            late, level = "given up before this came: ", logging.WARNING
        else:
            late, level = "", logging.DEBUG if isinstance(got, Answer) else logging.INFO
        if _LOG.isEnabledFor(level):
            if isinstance(got, Answer):
                said = f"status {got.status}"
            else:
                kind = type(got).__name__.removeprefix("TransportFailure")
                said = ": ".join(["no answer", kind, *map(str, got._values())])
            host = urlsplit(action.request.url()).hostname
            _LOG.log(level, "%s %s: %s%s", action.request.method_name(), host, late, said)

    def _hand_in(self, action: SessionActionSend, got: Answer | TransportFailure) -> None:
        try:
            if isinstance(got, Answer):
                self.session.receive(self.now(), action.exchange, got.status, got.headers, got.body)
            else:
                self.session.failed(self.now(), action.exchange, got)
        except Exception as error:
            if getattr(error, "code", None) != _UNKNOWN_EXCHANGE:
                # A transport of the program's own gave what is none of both. Its place must be free again.
                broken = TransportFailureBroken(reason=type(error).__name__)
                self.session.failed(self.now(), action.exchange, broken)
            raise

    def signed(self, action: SessionActionSign, made: bytes | None, why: str) -> None:
        """Tells the session what became of a signature."""
        try:
            if made is None:
                # Names of files may hold what is no text.
                why = why.encode("utf-8", "replace").decode()
                self.session.sign_failed(self.now(), action.signature, why)
            else:
                self.session.signed(self.now(), action.signature, made)
        except SkifteportalError as error:
            if error.code != _UNKNOWN_SIGNATURE:
                raise
            _LOG.warning("a signature was given up before its signer ended")

    def _stay(self) -> None:
        """Connections, and the numbers that must occur once, are not for two processes."""
        if self._process != os.getpid():
            raise RuntimeError(
                "this client was made by another process, before a fork; make one in each process"
            )

    def give_up(self, call: int) -> Certainty:
        try:
            return self.session.cancel(call)
        except SkifteportalError:
            # A call that has just ended is not known any more, which is as well.
            return Certainty.UNKNOWN

    def seconds_until(self, time: Timestamp) -> float:
        # One more, because a wait may end a moment before its time.
        return max(Times().milliseconds_since(time, self.now()), 0) / 1000 + 0.001
