"""The time, and how it is waited for."""

from __future__ import annotations

import asyncio
import threading

from skifteportal._model import Timestamp

__all__ = ["Clock"]


class Clock:
    """The clock of this machine. Tests may have another one, which need not wait."""

    def now(self) -> Timestamp:
        """What time it is."""
        return Timestamp.now()

    def pause(self, changed: threading.Condition, seconds: float) -> None:
        """Waits for so long, or until something has changed. The condition's lock is held."""
        changed.wait(min(seconds, threading.TIMEOUT_MAX))

    async def pause_async(self, changed: asyncio.Future[None], seconds: float) -> None:
        """Waits for so long, or until something has changed. Nobody else waits for this future."""
        # Not by `wait_for`: before Python 3.12 it loses a cancellation that comes with what it waits for.
        timer = asyncio.get_running_loop().call_later(seconds, _end, changed)
        try:
            await changed
        finally:
            timer.cancel()


def _end(waiting: asyncio.Future[None]) -> None:
    if not waiting.done():
        waiting.set_result(None)
