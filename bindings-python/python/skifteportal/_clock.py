"""The time, and how it is waited for."""

from __future__ import annotations

import asyncio
import threading
from contextlib import suppress

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

    async def pause_async(self, changed: asyncio.Event, seconds: float) -> None:
        """Waits for so long, or until something has changed."""
        with suppress(asyncio.TimeoutError):
            await asyncio.wait_for(changed.wait(), seconds)
