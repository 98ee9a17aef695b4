"""Does what the session asks for: each call goes on in the task that awaits it."""

from __future__ import annotations

import asyncio
import inspect
from collections.abc import Awaitable, Coroutine, Sequence
from typing import Any, TypeVar, cast

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
from skifteportal._transport import Answer, AsyncTransport, TransportError

__all__ = ["AsyncPump"]

_Answer = TypeVar("_Answer")


class AsyncPump:
    """The session of any number of tasks of one event loop."""

    def __init__(self, lines: Lines[AsyncTransport]) -> None:
        self.lines = lines
        # Counts what has happened, so that a call that is about to wait misses nothing.
        self._changes = 0
        # Of each call that waits its own, which a change ends.
        self._waiting: set[asyncio.Future[None]] = set()
        # Of these the loop itself holds no more than weak references.
        self._going: set[asyncio.Task[None]] = set()

    async def add(self, credentials: Credentials, line: Line[AsyncTransport]) -> int:
        try:
            return self.lines.add(credentials, line)
        except BaseException:
            await self._close_quietly(line, line.retire())
            raise

    async def replace(
        self, reporter: int, credentials: Credentials, line: Line[AsyncTransport]
    ) -> None:
        try:
            old = self.lines.replace(reporter, credentials, line)
        except BaseException:
            await self._close_quietly(line, line.retire())
            raise
        self._tell()
        await self._retire(old)

    async def remove(self, reporter: int) -> None:
        old = self.lines.remove(reporter)
        self._tell()
        await self._retire(old)

    async def close(self) -> None:
        """Calls that wait end; one whose request is out goes on until it has its answer."""
        ended = self.lines.end()
        self._tell()
        await self._retire(*ended)

    async def call(
        self, reporter: int, profile: AdgangsprofilId | None, call: Call[_Answer]
    ) -> _Answer:
        done = await self._drive(self.lines.submit(reporter, profile, call.prepared()))
        assert isinstance(done, SessionActionDone)  # noqa: S101
        return call.outcome(done.outcome.response(), self.lines.now())

    async def token(self, reporter: int, profile: AdgangsprofilId | None) -> Token:
        done = await self._drive(self.lines.submit(reporter, profile, None))
        if isinstance(done, SessionActionDone):
            # It holds a failure, which this raises.
            done.outcome.response()
        assert isinstance(done, SessionActionTokenReady)  # noqa: S101
        return done.token

    async def _drive(self, call: int) -> SessionAction:
        try:
            while True:
                seen = self._changes
                action, line = self.lines.next(call)
                if isinstance(action, SessionActionSend):
                    assert line is not None  # noqa: S101
                    await self._send(action, line)
                elif isinstance(action, SessionActionSign):
                    await self._sign(action, line)
                elif isinstance(action, (SessionActionWait, SessionActionParked)):
                    if self.lines.closed:
                        raise ClientClosed(self.lines.give_up(call))
                    await self._pause(action.until, seen)
                else:
                    return action
        except BaseException:
            # Such as a task that was cancelled: nobody awaits the call any more, but others may await what
            # it was fetching.
            self.lines.give_up(call)
            self._tell()
            raise

    async def _send(self, action: SessionActionSend, line: Line[AsyncTransport]) -> None:
        got: Answer | TransportFailure = TransportFailureCancelled()
        try:
            got = await self._exchange(action, line)
        finally:
            # What came is handed in before anything else that may fail or be cancelled.
            try:
                self.lines.ended(action, got)
            finally:
                self._tell()
                await self._close_quietly(line, line.leave())

    async def _exchange(
        self, action: SessionActionSend, line: Line[AsyncTransport]
    ) -> Answer | TransportFailure:
        """What is caught here holds the request, and so must not be the context of what is raised later."""
        if self.lines.closed:
            return TransportFailureNotSent(reason="the client was closed")
        try:
            return await line.transport.send(
                action.request, action.timeout_seconds, self.lines.limit
            )
        except TransportError as error:
            return error.failure
        except Exception as error:
            return TransportFailureBroken(reason=reason(error))

    async def _sign(self, action: SessionActionSign, line: Line[AsyncTransport] | None) -> None:
        """Others may wait for the token, so a signature is handed in even where the call was given up."""
        await self._to_its_end(self._signature(action, line))

    async def _to_its_end(self, work: Coroutine[Any, Any, None]) -> None:
        """It goes on where the task that awaits it is cancelled."""
        task = asyncio.ensure_future(work)
        self._going.add(task)
        task.add_done_callback(self._going.discard)
        await asyncio.shield(task)

    async def _retire(self, *lines: Line[AsyncTransport] | None) -> None:
        over = [line for line in lines if line is not None and line.retire()]
        if over:
            await self._to_its_end(_close(over))

    async def _close_quietly(self, line: Line[AsyncTransport], is_over: bool) -> None:
        """Where there is something more important to tell than that it cannot be closed."""
        if is_over:
            try:
                await self._to_its_end(_close([line]))
            except Exception as error:
                not_closed(error)

    async def _signature(
        self, action: SessionActionSign, line: Line[AsyncTransport] | None
    ) -> None:
        signature: bytes | None = None
        why = "the reporter was added without a signer"
        try:
            if line is not None and line.signer is not None:
                why = "signing was given up"
                # It may take its time, and other tasks go on.
                loop = asyncio.get_running_loop()
                made: Any = await loop.run_in_executor(None, line.signer, action.signing_input)
                if inspect.isawaitable(made):
                    made = await cast("Awaitable[bytes]", made)
                signature = octets(made)
        except Exception as error:
            # The words of a key's keeper are for people; the session redacts and cuts them.
            why = f"{type(error).__name__}: {error}"
        finally:
            try:
                self.lines.signed(action, signature, why)
            finally:
                self._tell()

    async def _pause(self, until: Timestamp, seen: int) -> None:
        if self._changes == seen:
            waiting: asyncio.Future[None] = asyncio.get_running_loop().create_future()
            self._waiting.add(waiting)
            try:
                await self.lines.clock.pause_async(waiting, self.lines.seconds_until(until))
            finally:
                self._waiting.discard(waiting)

    def _tell(self) -> None:
        self._changes += 1
        woken, self._waiting = self._waiting, set()
        for waiting in woken:
            if not waiting.done():
                waiting.set_result(None)


async def _close(lines: Sequence[Line[AsyncTransport]]) -> None:
    """One that cannot be closed leaves no other one open."""
    first: BaseException | None = None
    for line in lines:
        try:
            await line.transport.aclose()
        except BaseException as error:
            first = first or error
    if first is not None:
        raise first
