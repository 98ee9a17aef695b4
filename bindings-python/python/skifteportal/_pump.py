"""Does what the session asks for: each call goes on in the thread that waits for it."""

from __future__ import annotations

import threading
from typing import TypeVar

from skifteportal._caller import Call
from skifteportal._failures import reason
from skifteportal._line import Line
from skifteportal._lines import ClientClosed, Lines, not_closed, octets
from skifteportal._model import (
    AdgangsprofilId,
    SessionAction,
    SessionActionDone,
    SessionActionParked,
    SessionActionSend,
    SessionActionSign,
    SessionActionTokenReady,
    SessionActionWait,
    Timestamp,
    TransportFailure,
    TransportFailureBroken,
    TransportFailureCancelled,
    TransportFailureNotSent,
)
from skifteportal._native import Credentials, Token
from skifteportal._transport import Answer, Transport, TransportError

__all__ = ["Pump"]

_Answer = TypeVar("_Answer")


class Pump:
    """The session of any number of threads. No lock is held while anything is sent or signed."""

    def __init__(self, lines: Lines[Transport]) -> None:
        self.lines = lines
        # Counts what has happened, so that a call that is about to wait misses nothing.
        self._changes = 0
        self._changed = threading.Condition()

    def add(self, credentials: Credentials, line: Line[Transport]) -> int:
        try:
            return self.lines.add(credentials, line)
        except BaseException:
            _close_quietly(line, line.retire())
            raise

    def replace(self, reporter: int, credentials: Credentials, line: Line[Transport]) -> None:
        try:
            old = self.lines.replace(reporter, credentials, line)
        except BaseException:
            _close_quietly(line, line.retire())
            raise
        self._tell()
        _retire(old)

    def remove(self, reporter: int) -> None:
        old = self.lines.remove(reporter)
        self._tell()
        _retire(old)

    def close(self) -> None:
        """Calls that wait end; one whose request is out goes on until it has its answer."""
        ended = self.lines.end()
        self._tell()
        _retire(*ended)

    def call(self, reporter: int, profile: AdgangsprofilId | None, call: Call[_Answer]) -> _Answer:
        done = self._drive(self.lines.submit(reporter, profile, call.prepared()))
        assert isinstance(done, SessionActionDone)  # noqa: S101
        return call.outcome(done.outcome.response(), self.lines.now())

    def token(self, reporter: int, profile: AdgangsprofilId | None) -> Token:
        done = self._drive(self.lines.submit(reporter, profile, None))
        if isinstance(done, SessionActionDone):
            # It holds a failure, which this raises.
            done.outcome.response()
        assert isinstance(done, SessionActionTokenReady)  # noqa: S101
        return done.token

    def _drive(self, call: int) -> SessionAction:
        try:
            while True:
                seen = self._changes
                action, line = self.lines.next(call)
                if isinstance(action, SessionActionSend):
                    assert line is not None  # noqa: S101
                    self._send(action, line)
                elif isinstance(action, SessionActionSign):
                    self._sign(action, line)
                elif isinstance(action, (SessionActionWait, SessionActionParked)):
                    if self.lines.closed:
                        raise ClientClosed(self.lines.give_up(call))
                    self._pause(action.until, seen)
                else:
                    return action
        except BaseException:
            # Such as Ctrl-C: nobody waits for the call any more, but others may for what it was fetching.
            self.lines.give_up(call)
            self._tell()
            raise

    def _send(self, action: SessionActionSend, line: Line[Transport]) -> None:
        got: Answer | TransportFailure = TransportFailureCancelled()
        try:
            got = self._exchange(action, line)
        finally:
            # What came is handed in before anything else that may fail.
            try:
                self.lines.ended(action, got)
            finally:
                self._tell()
                _close_quietly(line, line.leave())

    def _exchange(
        self, action: SessionActionSend, line: Line[Transport]
    ) -> Answer | TransportFailure:
        """What is caught here holds the request, and so must not be the context of what is raised later."""
        if self.lines.closed:
            return TransportFailureNotSent(reason="the client was closed")
        try:
            return line.transport.send(action.request, action.timeout_seconds, self.lines.limit)
        except TransportError as error:
            return error.failure
        except Exception as error:
            return TransportFailureBroken(reason=reason(error))

    def _sign(self, action: SessionActionSign, line: Line[Transport] | None) -> None:
        signature: bytes | None = None
        why = "the reporter was added without a signer"
        try:
            if line is not None and line.signer is not None:
                why = "signing was given up"
                signature = octets(line.signer(action.signing_input))
        except Exception as error:
            # The words of a key's keeper are for people; the session redacts and cuts them.
            why = f"{type(error).__name__}: {error}"
        finally:
            try:
                self.lines.signed(action, signature, why)
            finally:
                self._tell()

    def _pause(self, until: Timestamp, seen: int) -> None:
        with self._changed:
            if self._changes == seen:
                self.lines.clock.pause(self._changed, self.lines.seconds_until(until))

    def _tell(self) -> None:
        with self._changed:
            self._changes += 1
            self._changed.notify_all()


def _retire(*lines: Line[Transport] | None) -> None:
    """One that cannot be closed leaves no other one open."""
    first: BaseException | None = None
    for line in lines:
        if line is not None and line.retire():
            try:
                line.transport.close()
            except BaseException as error:
                first = first or error
    if first is not None:
        raise first


def _close_quietly(line: Line[Transport], is_over: bool) -> None:
    """Where there is something more important to tell than that it cannot be closed."""
    if is_over:
        try:
            line.transport.close()
        except Exception as error:
            not_closed(error)
